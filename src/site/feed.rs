//! 订阅与站点地图 — Atom (RFC 4287) and JSON feeds of the newest documents, of the whole site and of each column; the sitemap;
//! robots.txt.

use serde_json::{Value, json};

use crate::calendar::Day;
use crate::document::TimeOfDay;

use super::home::of_column;
use super::html::escape;
use super::shelf::{Entry, summary};
use super::shell::{Press, pub_date};
use super::{Made, Page, link, notice_folder};

/// How many documents a feed holds.
const LENGTH: usize = 50;

/// A feed, before it is written in one of the two forms.
struct Feed<'a> {
    title: String,
    /// The page whose documents it holds.
    home: String,
    /// Its folder with `/`, or nothing.
    folder: String,
    entries: Vec<&'a Entry<'a>>,
}

/// All feeds.
pub(super) fn all(press: &Press) -> Vec<Page> {
    let name = &press.site.identity.name;
    let whole = Feed {
        title: name.clone(),
        home: "index.html".to_owned(),
        folder: String::new(),
        entries: press.entries.iter().take(LENGTH).collect(),
    };
    let columns = press.site.identity.columns.iter().map(|column| Feed {
        title: format!("{name} - {}", column.name),
        home: column.path(),
        folder: format!("columns/{}/", column.slug),
        entries: of_column(press, column).take(LENGTH).collect(),
    });
    std::iter::once(whole).chain(columns).flat_map(|feed| [atom(press, &feed), json_feed(press, &feed)]).collect()
}

fn atom(press: &Press, feed: &Feed) -> Page {
    let identity = press.site.identity;
    let path = format!("{}feed.xml", feed.folder);
    let home = link::absolute(identity, &feed.home);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-CN\">\n\
         <id>{home}</id>\n<title>{}</title>\n<updated>{}</updated>\n<author><name>{}</name></author>\n\
         <link rel=\"self\" href=\"{}\"/>\n<link rel=\"alternate\" href=\"{home}\"/>\n",
        escape(&feed.title),
        moment(feed.entries.first().and_then(|entry| entry.day).unwrap_or(press.on), None),
        escape(&identity.host),
        link::absolute(identity, &path),
    );
    for entry in &feed.entries {
        let address = address(press, entry);
        put!(
            out,
            "<entry>\n<id>{address}</id>\n<title>{}</title>\n<updated>{}</updated>\n\
             <link rel=\"alternate\" href=\"{address}\"/>\n<category term=\"{}\"/>\n<summary>{}</summary>\n</entry>\n",
            escape(&title(entry)),
            moment_of(press, entry),
            escape(entry.column),
            escape(&summary(entry.document)),
        );
    }
    out.push_str("</feed>\n");
    Page { path, bytes: out.into_bytes() }
}

/// JSON Feed 1.1.
fn json_feed(press: &Press, feed: &Feed) -> Page {
    let identity = press.site.identity;
    let path = format!("{}feed.json", feed.folder);
    let items: Vec<Value> = feed
        .entries
        .iter()
        .map(|entry| {
            let address = address(press, entry);
            json!({
                "id": address,
                "url": address,
                "title": title(entry),
                "content_text": summary(entry.document),
                "date_published": moment_of(press, entry),
                "tags": [entry.column],
            })
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": link::absolute(identity, &feed.home),
        "feed_url": link::absolute(identity, &path),
        "language": "zh-CN",
        "authors": [{ "name": identity.host }],
        "items": items,
    });
    Page { path, bytes: feed.to_string().into_bytes() }
}

/// The title with the word of a document that is not final, or no longer stands.
fn title(entry: &Entry) -> String {
    let mut title = String::new();
    for word in entry.mark.into_iter().chain(entry.over) {
        put!(title, "〔{word}〕");
    }
    title + entry.title
}

fn address(press: &Press, entry: &Entry) -> String {
    link::absolute(press.site.identity, &format!("{}/index.html", notice_folder(&entry.document.slug)))
}

fn moment_of(press: &Press, entry: &Entry) -> String {
    moment(entry.day.unwrap_or(press.on), entry.document.record.publication.time)
}

/// A moment in China, as RFC 3339 writes it; the day's beginning where no time is known.
fn moment(day: Day, time: Option<TimeOfDay>) -> String {
    format!("{}:00+08:00", pub_date(day, time).replace(' ', "T"))
}

pub(super) fn sitemap(press: &Press, made: &[Made]) -> Page {
    let mut pages: Vec<&Made> = made.iter().filter(|made| !made.unlisted).collect();
    pages.sort_by(|a, b| a.page.path.cmp(&b.page.path));
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for made in pages {
        let modified = made.changed.map(|day| format!("<lastmod>{}</lastmod>", day.iso())).unwrap_or_default();
        put!(out, "<url><loc>{}</loc>{modified}</url>\n", link::absolute(press.site.identity, &made.page.path));
    }
    out.push_str("</urlset>\n");
    Page { path: "sitemap.xml".to_owned(), bytes: out.into_bytes() }
}

pub(super) fn robots(press: &Press) -> Page {
    let sitemap = link::absolute(press.site.identity, "sitemap.xml");
    let text = format!("User-agent: *\nDisallow: /assets/search/\n\nSitemap: {sitemap}\n");
    Page { path: "robots.txt".to_owned(), bytes: text.into_bytes() }
}
