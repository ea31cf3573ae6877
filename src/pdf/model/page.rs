//! 公文的版面 — a whole document as the layouts read it, element by element.

use serde::Serialize;

use crate::document::{
    Attachment, Closing, ClosingStyle, Colophon, Document, Format, Masthead, Record, Signature, Status,
};

use super::about::authors;
use super::builder::Builder;
use super::part::{Part, ROOM};
use super::piece::Piece;

/// Which part of its document a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Stretch {
    /// How many pages of the document lie before it.
    pub(super) before: usize,
    /// Whether the document ends with it.
    pub(super) last: bool,
}

/// A document as the layouts read it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::pdf) struct Page<'a> {
    /// Which part of the document it is, where it is set in several.
    pub(super) stretch: Stretch,
    format: Format,
    status: Status,
    /// The grey word in the upper margin of what is not final.
    mark: Option<&'static str>,
    /// The code that leads to its page, a drawing.
    code: Option<String>,
    title: &'a str,
    title_lines: &'a [String],
    /// Who the file says has written it.
    authors: Vec<&'a str>,
    masthead: &'a Masthead,
    addressee: Vec<Piece>,
    body: Vec<Part<'a>>,
    /// What the 附件说明 lists, also where it follows on later pages.
    noted: Vec<Noted>,
    pub(super) attachments: Vec<AttachmentPart<'a>>,
    closing: ClosingPart<'a>,
    annotation: Option<&'a str>,
    note: Option<&'a str>,
    colophon: Option<&'a Colophon>,
    record: &'a Record,
}

/// A line of the 附件说明.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Noted {
    title: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct AttachmentPart<'a> {
    label: &'a str,
    /// Its line of the 附件说明, for layouts of an office's own that look for it here.
    title: Vec<Piece>,
    title_lines: &'a [String],
    pub(super) body: Vec<Part<'a>>,
    /// Whether its head and its first parts stand on pages before these.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) continued: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct ClosingPart<'a> {
    style: ClosingStyle,
    signatures: Vec<SignaturePart<'a>>,
    /// As it is printed.
    dated: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct SignaturePart<'a> {
    name: &'a str,
    person: Option<&'a str>,
    seal: Option<SealPart<'a>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct SealPart<'a> {
    /// Its virtual path.
    path: &'a str,
    /// In tenths of a millimetre.
    width: u32,
}

impl<'a> Page<'a> {
    /// The page of a document; what cannot be printed as it is, the builder's report says.
    pub(in crate::pdf) fn of(document: &'a Document, code: Option<String>, builder: &mut Builder<'a>) -> Self {
        let labelled = document.attachments.iter().filter(|one| !one.label.is_empty());
        let mut page = Self {
            stretch: Stretch { before: 0, last: true },
            format: document.format,
            status: document.status,
            mark: document.status.mark(),
            code,
            title: &document.title,
            title_lines: &document.title_lines,
            authors: authors(document),
            masthead: &document.masthead,
            addressee: Piece::words(&document.addressee, ROOM, builder.fonts),
            body: Part::body(&document.body, builder),
            noted: labelled.map(|one| Noted { title: Piece::words(&one.title, ROOM, builder.fonts) }).collect(),
            attachments: document.attachments.iter().map(|one| AttachmentPart::of(one, builder)).collect(),
            closing: ClosingPart::of(&document.closing, builder),
            annotation: document.annotation.as_deref(),
            note: document.note.as_deref(),
            colophon: document.colophon.as_ref(),
            record: &document.record,
        };
        let attached = page.attachments.iter_mut().flat_map(|one| one.body.iter_mut());
        let mut last = 0;
        page.body.iter_mut().chain(attached).for_each(|part| part.number(&mut last));
        page
    }

    /// The same up to the end of these attachments, with more of it to come.
    pub(super) fn before(&mut self, attachments: Vec<AttachmentPart<'a>>) -> Self {
        // Not copied only to be left out.
        let all = std::mem::take(&mut self.attachments);
        let page = Self { stretch: Stretch { last: false, ..self.stretch }, attachments, ..self.clone() };
        self.attachments = all;
        page
    }

    /// As the layouts read it.
    pub(in crate::pdf) fn json(&self) -> Vec<u8> {
        // Structures with names for keys always have a JSON form.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl<'a> AttachmentPart<'a> {
    /// The same with another body.
    pub(super) fn with(&self, body: Vec<Part<'a>>) -> Self {
        Self { title: self.title.clone(), body, ..*self }
    }

    fn of(attachment: &'a Attachment, builder: &mut Builder<'a>) -> Self {
        Self {
            label: &attachment.label,
            title: Piece::words(&attachment.title, ROOM, builder.fonts),
            title_lines: &attachment.title_lines,
            body: Part::all(&attachment.body, builder),
            continued: false,
        }
    }
}

impl<'a> ClosingPart<'a> {
    fn of(closing: &'a Closing, builder: &mut Builder<'a>) -> Self {
        Self {
            style: closing.style,
            signatures: closing.signatures.iter().map(|one| SignaturePart::of(one, builder)).collect(),
            dated: closing.dated.map(|day| day.to_string()),
        }
    }
}

impl<'a> SignaturePart<'a> {
    /// Without its seal where there is no such picture.
    fn of(signature: &'a Signature, builder: &mut Builder<'a>) -> Self {
        let seal = signature.seal.as_ref().and_then(|seal| {
            let picture = builder.picture(&seal.path)?;
            Some(SealPart { path: &picture.path, width: seal.width })
        });
        Self { name: &signature.name, person: signature.person.as_deref(), seal }
    }
}
