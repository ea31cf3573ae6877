//! 公文的版面 — a whole document as the layouts read it, element by element.

use serde::Serialize;

use crate::document::{
    Attachment, Closing, ClosingStyle, Colophon, Document, Format, Masthead, Record, Signature, Status,
};

use super::builder::Builder;
use super::part::{Part, ROOM};
use super::piece::Piece;

/// A document as the layouts read it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::pdf) struct Page<'a> {
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
    attachments: Vec<AttachmentPart<'a>>,
    closing: ClosingPart<'a>,
    annotation: Option<&'a str>,
    note: Option<&'a str>,
    colophon: Option<&'a Colophon>,
    record: &'a Record,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct AttachmentPart<'a> {
    label: &'a str,
    /// Its line of the 附件说明.
    title: Vec<Piece>,
    title_lines: &'a [String],
    body: Vec<Part<'a>>,
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
        let issuers = &document.masthead.issuers;
        let authors = if issuers.is_empty() {
            vec![document.record.issuer.as_str()]
        } else {
            issuers.iter().map(String::as_str).collect()
        };
        let mut page = Self {
            format: document.format,
            status: document.status,
            mark: document.status.mark(),
            code,
            title: &document.title,
            title_lines: &document.title_lines,
            authors,
            masthead: &document.masthead,
            addressee: Piece::words(&document.addressee, ROOM, builder.fonts),
            body: Part::body(&document.body, builder),
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

    /// As the layouts read it.
    pub(in crate::pdf) fn json(&self) -> Vec<u8> {
        // Structures with names for keys always have a JSON form.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl<'a> AttachmentPart<'a> {
    fn of(attachment: &'a Attachment, builder: &mut Builder<'a>) -> Self {
        Self {
            label: &attachment.label,
            title: Piece::words(&attachment.title, ROOM, builder.fonts),
            title_lines: &attachment.title_lines,
            body: Part::all(&attachment.body, builder),
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
