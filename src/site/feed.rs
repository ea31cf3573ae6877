//! 订阅与站点地图 — an Atom feed of the newest documents (RFC 4287) and the sitemap of all pages.

use crate::calendar::Day;

use super::html::escape;
use super::shell::Press;
use super::{Made, Page, link};

/// How many documents a feed holds.
const LENGTH: usize = 50;

pub(super) fn atom(press: &Press) -> Page {
    let identity = press.site.identity;
    let home = link::absolute(identity, "index.html");
    let newest = press.entries.first().and_then(|entry| entry.day).unwrap_or(press.on);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-CN\">\n\
         <id>{home}</id>\n<title>{}</title>\n<updated>{}</updated>\n<author><name>{}</name></author>\n\
         <link rel=\"self\" href=\"{}\"/>\n<link rel=\"alternate\" href=\"{home}\"/>\n",
        escape(&identity.name),
        moment(newest),
        escape(&identity.host),
        link::absolute(identity, "feed.xml"),
    );
    for entry in press.entries.iter().take(LENGTH) {
        let document = entry.document;
        let address = link::absolute(identity, &format!("{}/index.html", super::notice_folder(&document.slug)));
        let mark = document.status.mark().map(|word| format!("〔{word}〕")).unwrap_or_default();
        put!(
            out,
            "<entry>\n<id>{address}</id>\n<title>{mark}{}</title>\n<updated>{}</updated>\n\
             <link rel=\"alternate\" href=\"{address}\"/>\n<category term=\"{}\"/>\n<summary>{}</summary>\n</entry>\n",
            escape(&document.title),
            moment(entry.day.unwrap_or(press.on)),
            escape(entry.column),
            escape(&document.record.summary)
        );
    }
    out.push_str("</feed>\n");
    Page { path: "feed.xml".to_owned(), bytes: out.into_bytes() }
}

pub(super) fn sitemap(press: &Press, made: &[Made]) -> Page {
    let mut addresses: Vec<String> =
        made.iter().map(|made| link::absolute(press.site.identity, &made.page.path)).collect();
    addresses.sort();
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for address in addresses {
        put!(out, "<url><loc>{address}</loc></url>\n");
    }
    out.push_str("</urlset>\n");
    Page { path: "sitemap.xml".to_owned(), bytes: out.into_bytes() }
}

/// The beginning of a day in China, as RFC 3339 writes it.
fn moment(day: Day) -> String {
    format!("{}T00:00:00+08:00", day.iso())
}
