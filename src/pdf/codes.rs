//! 网址 — where the page of an open document is, for the code in its upper margin, where an office wants one.

use crate::document::{Document, Genre};
use crate::qr::Qr;

/// The addresses of pages.
pub struct Codes {
    /// The address of the site: by it prints with other codes are told apart.
    pub site: String,
    /// The address of the page of a document's name.
    pub of: Box<dyn Fn(&str) -> String + Send + Sync>,
}

impl Codes {
    /// The code of a document as a drawing; none for one that has no page. A letter (告知书) has none.
    pub(super) fn drawing(&self, document: &Document) -> Option<String> {
        let has_page = document.is_public() && document.genre != Genre::Advice;
        has_page.then(|| Qr::of(&(self.of)(&document.slug))).flatten().map(|code| code.svg())
    }
}
