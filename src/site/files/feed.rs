//! 订阅 — Atom (RFC 4287) and JSON feeds of the newest documents, of the whole site and of each column.

use serde_json::{Value, json};

use super::xml::Xml;
use crate::calendar::Day;
use crate::document::TimeOfDay;
use crate::site::documents::{Listed, notice_page, summary};
use crate::site::frame::{Rendering, pub_date};
use crate::site::output::Page;

/// How many documents a feed holds.
const LENGTH: usize = 50;

/// A feed, before it is written in one of the two forms.
struct Feed<'a> {
    title: String,
    /// The page whose documents it holds.
    home: String,
    /// Where it stands, without the ending.
    path: String,
    entries: Vec<&'a Listed<'a>>,
}

/// Those to which something happened last: who follows the feed learns of corrections, withdrawals and what is over, too.
fn newest<'e, 'a: 'e>(entries: impl Iterator<Item = &'e Listed<'a>>) -> Vec<&'e Listed<'a>> {
    let mut entries: Vec<&Listed> = entries.collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.changed));
    entries.truncate(LENGTH);
    entries
}

pub(in crate::site) fn all(rendering: &Rendering) -> Vec<Page> {
    let name = &rendering.site.identity.name;
    let whole = Feed {
        title: name.clone(),
        home: "index.html".to_owned(),
        path: "feed".to_owned(),
        entries: newest(rendering.documents.iter()),
    };
    let columns = rendering.site.identity.columns.iter().map(|column| Feed {
        title: format!("{name} - {}", column.name),
        home: column.path(),
        path: format!("{}/feed", column.folder()),
        entries: newest(rendering.of_column(column)),
    });
    std::iter::once(whole)
        .chain(columns)
        .flat_map(|feed| [atom(rendering, &feed), json_feed(rendering, &feed)])
        .collect()
}

fn atom(rendering: &Rendering, feed: &Feed) -> Page {
    let identity = rendering.site.identity;
    let path = format!("{}.xml", feed.path);
    let (home, own) = (identity.address(&feed.home), identity.address(&path));
    let updated = feed.entries.first().and_then(|entry| entry.changed).unwrap_or(rendering.on);
    let attributes = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", "zh-CN")];
    let text = Xml::document("feed", &attributes, |xml| {
        line(xml, |xml| xml.text("id", &home));
        line(xml, |xml| xml.text("title", &feed.title));
        line(xml, |xml| xml.text("updated", &moment(updated, None)));
        line(xml, |xml| xml.element("author", &[], |xml| xml.text("name", &identity.host)));
        line(xml, |xml| xml.empty("link", &[("rel", "self"), ("href", &own)]));
        line(xml, |xml| xml.empty("link", &[("rel", "alternate"), ("href", &home)]));
        for entry in &feed.entries {
            line(xml, |xml| xml.element("entry", &[], |xml| atom_entry(xml, rendering, entry)));
        }
    });
    Page::text(path, text)
}

fn atom_entry(xml: &mut Xml, rendering: &Rendering, entry: &Listed) {
    let address = address(rendering, entry);
    xml.line();
    line(xml, |xml| xml.text("id", &address));
    line(xml, |xml| xml.text("title", &title(entry)));
    line(xml, |xml| xml.text("published", &first(rendering, entry)));
    line(xml, |xml| xml.text("updated", &moment_of(rendering, entry)));
    line(xml, |xml| xml.empty("link", &[("rel", "alternate"), ("href", &address)]));
    line(xml, |xml| xml.empty("category", &[("term", entry.column)]));
    line(xml, |xml| xml.text("summary", &told(entry)));
}

/// Writes something on a line of its own.
fn line(xml: &mut Xml, what: impl FnOnce(&mut Xml)) {
    what(xml);
    xml.line();
}

/// JSON Feed 1.1.
fn json_feed(rendering: &Rendering, feed: &Feed) -> Page {
    let identity = rendering.site.identity;
    let path = format!("{}.json", feed.path);
    let items: Vec<Value> = feed
        .entries
        .iter()
        .map(|entry| {
            let address = address(rendering, entry);
            json!({
                "id": address,
                "url": address,
                "title": title(entry),
                "content_text": told(entry),
                "date_published": first(rendering, entry),
                "date_modified": moment_of(rendering, entry),
                "tags": [entry.column],
            })
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": identity.address(&feed.home),
        "feed_url": identity.address(&path),
        "language": "zh-CN",
        "authors": [{ "name": identity.host }],
        "items": items,
    });
    Page::text(path, feed.to_string())
}

/// The title with the word of a document that is not final, or no longer stands.
fn title(entry: &Listed) -> String {
    let mut title = String::new();
    let corrected = entry.version.filter(|_| entry.over.is_none()).map(|_| "更正");
    for word in entry.mark.into_iter().chain(entry.over).chain(corrected) {
        title.extend(["〔", word, "〕"]);
    }
    title + entry.title
}

fn address(rendering: &Rendering, entry: &Listed) -> String {
    rendering.site.identity.address(&notice_page(&entry.document.slug))
}

fn moment_of(rendering: &Rendering, entry: &Listed) -> String {
    let day = entry.changed.unwrap_or(rendering.on);
    // The time of day is that of the publication, not of what happened since.
    moment(day, entry.document.record.publication.time.filter(|_| entry.day == Some(day)))
}

fn first(rendering: &Rendering, entry: &Listed) -> String {
    let day = entry.first.unwrap_or(rendering.on);
    moment(day, entry.document.record.publication.time.filter(|_| entry.day == Some(day)))
}

/// What it is about, and first what its version changed.
fn told(entry: &Listed) -> String {
    let summary = summary(entry.document);
    match (entry.version, &entry.document.record.publication.change) {
        (Some(version), Some(change)) if entry.document.shows_text() => format!("第{version}版：{change}。{summary}"),
        _ => summary.into_owned(),
    }
}

/// A moment in China, as RFC 3339 writes it; the day's beginning where no time is known.
fn moment(day: Day, time: Option<TimeOfDay>) -> String {
    format!("{}:00+08:00", pub_date(day, time).replace(' ', "T"))
}
