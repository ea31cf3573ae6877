//! 审核 — looks at a document as a strict editor would: whether it has the elements that its 文种 and format ask for. One check,
//! one file; a check changes nothing, and the caller says where the document stands.

mod addressee;
mod closing;
mod colophon;
mod explanation;
mod format;
mod issuers;
mod number;
mod particulars;
pub mod privacy;
mod published;
pub mod secrecy;
mod signatory;
mod title;
mod unseen;

use crate::diag::Diagnostic;
use crate::document::Document;

pub use published::Origin;

/// What is wrong with the elements of a document.
#[must_use]
pub fn review(document: &Document) -> Vec<Diagnostic> {
    let checks = [
        format::check,
        particulars::check,
        number::check,
        issuers::check,
        signatory::check,
        title::check,
        addressee::check,
        closing::check,
        colophon::check,
        explanation::check,
        unseen::check,
    ];
    checks.iter().flat_map(|check| check(document)).collect()
}

#[cfg(test)]
mod tests;
