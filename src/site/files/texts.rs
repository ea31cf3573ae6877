//! 公文的文本和数据 — the text and the elements of every version of a document, as files beside their pages.

use super::markdown;
use crate::calendar::{Day, Event, ics};
use crate::digest::sha256;
use crate::document::Document;
use crate::site::documents::{Listed, calendar_path, notice_folder, version_folder};
use crate::site::output::Page;

pub(in crate::site) fn pages(entry: &Listed, on: Day) -> Vec<Page> {
    let mut pages = of_version(entry.document, &notice_folder(&entry.document.slug));
    pages.extend(entry.earlier.iter().flat_map(|earlier| of_version(earlier, &version_folder(earlier))));
    pages.extend(calendar(entry, on));
    pages
}

/// The days of a 公示, for calendars.
fn calendar(entry: &Listed, on: Day) -> Option<Page> {
    let document = entry.document;
    let period = document.record.publication.period.as_ref().filter(|_| document.shows_text())?;
    let event = Event {
        name: sha256(document.slug.as_bytes()).chars().take(24).collect(),
        from: period.from,
        last: period.last?,
        what: format!("公示期：{}", document.title),
        more: period.objection.clone().unwrap_or_default(),
    };
    Some(Page::text(calendar_path(&document.slug), ics("site", &[event], entry.day.unwrap_or(on))))
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
