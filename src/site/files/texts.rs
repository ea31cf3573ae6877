//! 公文的文本和数据 — the text and the elements of every version of a document, as files beside their pages.

use super::markdown;
use crate::document::Document;
use crate::site::documents::{Listed, notice_folder, version_folder};
use crate::site::output::Page;

pub(in crate::site) fn pages(entry: &Listed) -> Vec<Page> {
    let mut pages = of_version(entry.document, &notice_folder(&entry.document.slug));
    pages.extend(entry.earlier.iter().flat_map(|earlier| of_version(earlier, &version_folder(earlier))));
    pages
}

fn of_version(document: &Document, folder: &str) -> Vec<Page> {
    if !document.shows_text() {
        return Vec::new();
    }
    let path = |ending: &str| format!("{folder}/{}.{ending}", document.slug);
    let markdown = Page::text(path("md"), markdown::of(document));
    let json = serde_json::to_string(document).ok().map(|json| Page::text(path("json"), json));
    [markdown].into_iter().chain(json).collect()
}
