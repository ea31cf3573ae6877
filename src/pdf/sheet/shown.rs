//! 要素 — what a document declares is on its pages: nothing that was written in its head vanishes without a word.

use super::pages::Pages;
use crate::document::Document;

impl Pages {
    /// The elements that a document declares and its pages do not show, by their names in the standard.
    #[must_use]
    pub fn missing(&self, document: &Document) -> Vec<&'static str> {
        let Document { masthead, closing, note, addressee, attachments, colophon, .. } = document;
        let signed = closing.signatures.iter().any(|signature| !signature.name.is_empty());
        let colophon = colophon.as_ref();
        let copies = colophon.is_some_and(|colophon| !colophon.copies_to.is_empty());
        let printed = colophon.is_some_and(|colophon| colophon.printed_by.is_some());
        let declared: [(&'static str, bool, &[&str]); 11] = [
            ("份号", masthead.copy_number.is_some(), &["copy-number"]),
            ("密级", masthead.secrecy.is_some(), &["secrecy"]),
            ("紧急程度", masthead.urgency.is_some(), &["urgency"]),
            ("发文字号", masthead.number.is_some(), &["number"]),
            ("主送", !addressee.is_empty(), &["addressee", "main-copies"]),
            ("附件", !attachments.is_empty(), &["attachment-label", "attachment-title"]),
            ("署名", signed, &["signature"]),
            ("成文日期", closing.dated.is_some(), &["date"]),
            ("附注", note.is_some(), &["note"]),
            ("抄送", copies, &["copies"]),
            ("印发机关", printed, &["printed-by", "colophon"]),
        ];
        let shown = |names: &[&str]| names.iter().any(|name| self.element(name).any(|ink| !ink.text.trim().is_empty()));
        declared
            .into_iter()
            .filter(|(_, is_declared, names)| *is_declared && !shown(names))
            .map(|(name, ..)| name)
            .collect()
    }
}
