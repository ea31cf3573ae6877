//! 部件 — what lists and explanations are put together from.

use super::inlines;
use crate::document::{Bar, Block, Download, Fact};
use crate::money::Money;

/// Something that is told above a list or a page.
pub(super) fn fact(label: &str, text: impl Into<String>) -> Fact {
    Fact { label: label.to_owned(), text: text.into() }
}

/// A paragraph without a label.
pub(super) fn paragraph(text: &str) -> Block {
    Block::Paragraph { label: None, text: inlines(text), indent: true }
}

/// A file to fetch; `href` is seen from the page.
pub(super) fn download(label: &str, href: impl Into<String>) -> Download {
    Download { label: label.to_owned(), href: href.into() }
}

/// An amount as a bar of a chart.
pub(super) fn bar(label: String, amount: Money) -> Bar {
    Bar { label, value: u64::try_from(amount.cents()).unwrap_or_default(), text: amount.wan_text() }
}
