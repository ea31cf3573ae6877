//! 缺字 — every character of a document against the faces, before anything is laid out: a box instead of a character is
//! never printed, and a person's name with a rare character is named here with the words around it.

use crate::diag::{Code, Diagnostic, Report};
use crate::document::{Block, Document, printed};

use super::fonts::Fonts;

/// How many characters of context stand on either side.
const AROUND: usize = 8;

/// One finding for each character that no face has, at its first occurrence.
pub(in crate::pdf) fn missing_glyphs(document: &Document, fonts: &Fonts) -> Report {
    let mut report = Report::default();
    let mut seen = std::collections::BTreeSet::new();
    for text in texts(document) {
        for (at, character) in text.char_indices() {
            if invisible(character) || fonts.has(character) || !seen.insert(character) {
                continue;
            }
            let what = if character.is_control() { "控制字符".to_owned() } else { format!("“{character}”") };
            report.push(
                Diagnostic::error(
                    Code::MissingGlyph,
                    format!("没有一种字体有 {what}（U+{:04X}），出现在“{}”", u32::from(character), around(&text, at)),
                )
                .help("换用规范汉字，或者把含有这个字的字体放进 fonts/"),
            );
        }
    }
    report
}

/// Characters that print nothing by design.
fn invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{ad}' | '\n' | '\r')
}

/// The words around a byte.
fn around(text: &str, at: usize) -> String {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let skip = before.chars().count().saturating_sub(AROUND);
    before.chars().skip(skip).chain(after.chars().take(AROUND + 1)).filter(|c| !c.is_control()).collect()
}

/// Every text that a page prints.
fn texts(document: &Document) -> Vec<String> {
    let masthead = &document.masthead;
    let mut texts: Vec<String> = vec![document.title.clone(), document.addressee.clone()];
    texts.extend(document.title_lines.iter().cloned());
    texts.extend(masthead.copy_number.clone());
    texts.extend(masthead.secrecy.iter().filter_map(|secrecy| secrecy.period.clone()));
    texts.extend(masthead.issuers.iter().cloned());
    texts.extend(masthead.suffix.clone());
    texts.extend(masthead.number.iter().map(ToString::to_string));
    texts.extend(masthead.signatories.iter().map(|signatory| signatory.name.clone()));
    blocks(&document.body, &mut texts);
    for attachment in &document.attachments {
        texts.extend([attachment.label.clone(), attachment.title.clone()]);
        texts.extend(attachment.title_lines.iter().cloned());
        blocks(&attachment.body, &mut texts);
    }
    for signature in &document.closing.signatures {
        texts.push(signature.name.clone());
        texts.extend(signature.person.clone());
    }
    texts.extend(document.note.iter().chain(&document.annotation).cloned());
    if let Some(colophon) = &document.colophon {
        texts.extend(colophon.offices.iter().cloned());
        texts.extend(colophon.addressee.clone());
        texts.extend(colophon.copies_to.iter().cloned());
        texts.extend(colophon.printed_by.clone());
    }
    texts
}

fn blocks(list: &[Block], texts: &mut Vec<String>) {
    for block in list {
        match block {
            Block::Heading { label, text, .. } => texts.extend([label.text.clone(), printed(text)]),
            Block::Paragraph { label, text, .. } => {
                texts.extend(label.iter().map(|label| label.text.clone()));
                texts.push(printed(text));
            }
            Block::List { items } => items.iter().for_each(|item| blocks(item, texts)),
            Block::Table(table) => {
                texts.extend(table.caption.iter().chain(&table.unit).cloned());
                texts.extend(table.columns.iter().map(|column| printed(&column.name)));
                texts.extend(table.rows.iter().flat_map(|row| &row.cells).map(|cell| printed(&cell.text)));
            }
            Block::Figure(figure) => texts.extend(figure.caption.clone()),
            Block::Roll { label, text } => texts.extend([label.clone(), printed(text)]),
        }
    }
}
