//! 公文页 — a document on the web: 信息公开 header table, the text as it is printed, its files, its versions, and what other
//! documents say of it.

use serde::Serialize;
use serde_json::{Value, json};

use crate::calendar::Day;
use crate::diag::Diagnostic;
use crate::document::{Closing, Colophon, Document, PublicPeriod, Validity};

use super::changes::{Change, compare};
use super::html::Writer;
use super::shelf::{Entry, version_folder};
use super::shell::{ArticleTags, DownloadView, Draft, Link, Mark, Press, pub_date};
use super::{Made, Page, link, markdown, notice_folder, shelf};

#[derive(Serialize)]
struct Notice<'a> {
    title: &'a str,
    mark: Option<Mark>,
    header: Vec<(&'static str, String)>,
    /// The version that took the place of this one.
    replaced: Option<Replaced>,
    /// Withdrawn: the day and the reason, in place of the text.
    withdrawn: Option<(String, &'a str)>,
    period: Option<PeriodView<'a>>,
    text: Option<TextView<'a>>,
    downloads: Vec<DownloadView>,
    relations: Vec<RelatedView<'a>>,
    versions: Vec<VersionView<'a>>,
    source: Option<&'a str>,
}

#[derive(Serialize)]
struct TextView<'a> {
    number: Option<String>,
    addressee: Option<&'a str>,
    body: String,
    attachments: Vec<AttachmentView<'a>>,
    signatures: Vec<(&'a str, Option<&'a str>)>,
    dated: Option<DateView>,
    note: Option<&'a str>,
    colophon: Option<ColophonView<'a>>,
}

#[derive(Serialize)]
struct AttachmentView<'a> {
    id: String,
    label: &'a str,
    title: &'a str,
    body: String,
}

#[derive(Serialize)]
struct DateView {
    iso: String,
    text: String,
}

#[derive(Serialize)]
struct ColophonView<'a> {
    offices: &'a [String],
    addressee: Option<&'a str>,
    copies_to: &'a [String],
    printed_by: Option<&'a str>,
    printed_on: Option<String>,
}

/// The days of a 公示. The script of the page brings `state` up to the day of reading.
#[derive(Serialize)]
struct PeriodView<'a> {
    words: String,
    from: String,
    last: Option<String>,
    state: &'static str,
    built: String,
    objection: Option<&'a str>,
}

#[derive(Serialize)]
struct RelatedView<'a> {
    words: &'static str,
    title: &'a str,
    path: String,
}

#[derive(Serialize)]
struct Replaced {
    version: u16,
    path: String,
}

#[derive(Serialize)]
struct VersionView<'a> {
    number: u16,
    path: String,
    date: Option<String>,
    change: Option<&'a str>,
    current: bool,
    /// Against the version before it, on the page of versions alone.
    changes: Vec<ChangeView>,
}

/// A line of a comparison; `same` counts lines that stayed, and is 0 for a line that came or went.
#[derive(Serialize)]
struct ChangeView {
    same: usize,
    added: bool,
    text: String,
}

#[derive(Serialize)]
struct History<'a> {
    title: String,
    path: String,
    versions: Vec<VersionView<'a>>,
}

/// All pages of a document: its latest version, those that were replaced, and their comparison.
pub(super) fn pages(press: &Press, entry: &Entry) -> Vec<Result<Made, Diagnostic>> {
    let mut pages = vec![print(press, entry, entry.document, None)];
    pages.extend(entry.earlier.iter().map(|earlier| version(press, entry, earlier)));
    if !entry.earlier.is_empty() {
        pages.push(history(press, entry));
    }
    pages
}

/// The page of a version that was replaced.
fn version(press: &Press, entry: &Entry, document: &Document) -> Result<Made, Diagnostic> {
    let replaced = Replaced { version: entry.document.record.publication.version.number(), path: entry.path.clone() };
    print(press, entry, document, Some(replaced))
}

/// The page that sets all versions side by side.
fn history(press: &Press, entry: &Entry) -> Result<Made, Diagnostic> {
    let title = format!("《{}》的版本", entry.title);
    let mut versions = versions(entry);
    let words: Vec<Vec<String>> =
        std::iter::once(entry.document).chain(entry.earlier.iter().copied()).map(Document::words).collect();
    for (version, pair) in versions.iter_mut().zip(words.windows(2)) {
        if let [after, before] = pair {
            version.changes = compare(before, after).into_iter().map(ChangeView::of).collect();
        }
    }
    let content = History { title: title.clone(), path: entry.path.clone(), versions };
    let column = press.column(entry.column);
    let mut draft = Draft::new("versions", history_path(entry), &title, content);
    draft.column = column;
    draft.crumbs = column.map(super::Column::link).into_iter().collect();
    draft.crumbs.push(Link { title: entry.title.to_owned(), path: entry.path.clone() });
    press.print(&draft, Writer::new("", ""))
}

fn history_path(entry: &Entry) -> String {
    format!("{}/versions/index.html", notice_folder(&entry.document.slug))
}

/// The text and the elements of every version, as files beside their pages.
pub(super) fn files(entry: &Entry) -> Vec<Page> {
    let mut files = Vec::new();
    let mut add = |document: &Document, folder: &str| {
        if document.shows_text() {
            files.push(Page {
                path: format!("{folder}/{}.md", document.slug),
                bytes: markdown::of(document).into_bytes(),
            });
            if let Ok(bytes) = serde_json::to_vec(document) {
                files.push(Page { path: format!("{folder}/{}.json", document.slug), bytes });
            }
        }
    };
    add(entry.document, &notice_folder(&entry.document.slug));
    for earlier in &entry.earlier {
        add(earlier, &version_folder(earlier));
    }
    files
}

fn print(press: &Press, entry: &Entry, document: &Document, replaced: Option<Replaced>) -> Result<Made, Diagnostic> {
    let current = replaced.is_none();
    let folder = if current { notice_folder(&document.slug) } else { version_folder(document) };
    let path = format!("{folder}/index.html");
    let root = link::root(&path);
    let mut writer = Writer::new(&root, &document.title);
    let record = &document.record;
    let publication = &record.publication;
    let column = press.column(entry.column);
    let notice = Notice {
        title: &document.title,
        mark: Mark::of(document.status),
        header: header(document),
        withdrawn: publication.withdrawn.as_ref().map(|why| (why.on.padded(), why.reason.as_str())),
        period: publication
            .period
            .as_ref()
            .filter(|_| document.shows_text())
            .map(|period| PeriodView::of(period, press.on)),
        text: document.shows_text().then(|| TextView::of(document, &mut writer)),
        downloads: downloads(press, document, &folder),
        relations: entry
            .relations
            .iter()
            .map(|related| RelatedView {
                words: related.words,
                title: &related.document.title,
                path: link::encode_path(&format!("{}/index.html", notice_folder(&related.document.slug))),
            })
            .collect(),
        versions: if entry.earlier.is_empty() { Vec::new() } else { versions(entry) },
        replaced,
        source: record.source.as_deref(),
    };
    let day = record.published.or(record.dated);
    let mut draft = Draft::new("notice", path, &document.title, notice);
    let summary = shelf::summary(document);
    if !summary.is_empty() {
        draft.summary = summary.into_owned();
    }
    draft.column = column;
    draft.article = Some(ArticleTags {
        day,
        title: document.title.clone(),
        published: day.map(|day| pub_date(day, record.publication.time)),
        source: record.source.clone().unwrap_or_else(|| record.issuer.clone()),
        keywords: shelf::keywords(document).join(","),
        author: record.author.clone().unwrap_or_else(|| record.issuer.clone()),
    });
    draft.crumbs = column.map(super::Column::link).into_iter().collect();
    if !current {
        draft.crumbs.push(Link { title: entry.title.to_owned(), path: entry.path.clone() });
        draft.canonical = Some(format!("{}/index.html", notice_folder(&document.slug)));
        draft.unlisted = true;
    }
    draft.data = Some(data(press, document, entry.column));
    press.print(&draft, writer)
}

/// The header table. Its dates are padded with zeros, as government sites print them; those of the text are not.
fn header(document: &Document) -> Vec<(&'static str, String)> {
    let record = &document.record;
    let day = |day: Option<Day>| day.map(Day::padded).unwrap_or_default();
    let mut rows = vec![
        ("索引号", record.index_number.clone()),
        ("主题分类", record.topic.clone()),
        ("发文机关", record.issuer.clone()),
        ("成文日期", day(record.dated)),
        ("标题", document.title.clone()),
        ("发文字号", document.masthead.number.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("发布日期", day(record.published)),
        ("有效性", record.validity.name().to_owned()),
    ];
    let publication = &record.publication;
    if publication.effective.is_some() || publication.expires.is_some() {
        rows.push(("施行日期", day(publication.effective)));
        rows.push(("失效日期", day(publication.expires)));
    }
    rows
}

fn downloads(press: &Press, document: &Document, folder: &str) -> Vec<DownloadView> {
    if !document.shows_text() {
        return Vec::new();
    }
    let pdf = format!("{folder}/{}.pdf", document.slug);
    let mut downloads = Vec::new();
    if press.site.files.contains_key(&pdf) {
        downloads.push(press.download("PDF", &pdf));
    }
    downloads.push(press.download("纯文本（Markdown）", &format!("{folder}/{}.md", document.slug)));
    downloads.push(press.download("数据（JSON）", &format!("{folder}/{}.json", document.slug)));
    downloads
}

fn versions<'a>(entry: &Entry<'a>) -> Vec<VersionView<'a>> {
    let view = |document: &'a Document, folder: String, current| VersionView {
        number: document.record.publication.version.number(),
        path: link::encode_path(&format!("{folder}/index.html")),
        date: document.record.published.or(document.record.dated).map(Day::iso),
        change: document.record.publication.change.as_deref(),
        current,
        changes: Vec::new(),
    };
    std::iter::once(view(entry.document, notice_folder(&entry.document.slug), true))
        .chain(entry.earlier.iter().map(|earlier| view(earlier, version_folder(earlier), false)))
        .collect()
}

/// What a document is to machines: a policy is `Legislation`, anything else a `DigitalDocument` (schema.org).
fn data(press: &Press, document: &Document, column: &str) -> Value {
    let record = &document.record;
    let identity = press.site.identity;
    let address = link::absolute(identity, &format!("{}/index.html", notice_folder(&document.slug)));
    let issuer = json!({ "@type": "GovernmentOrganization", "name": record.issuer });
    let mut data = json!({
        "@context": "https://schema.org",
        "@id": address,
        "url": address,
        "inLanguage": "zh-CN",
        "name": document.title,
        "identifier": record.index_number,
        "publisher": { "@type": "GovernmentOrganization", "name": identity.host },
        "version": record.publication.version.to_string(),
    });
    let mut put = |key: &str, value: Value| data[key] = value;
    if let Some(day) = record.published {
        put("datePublished", json!(day.iso()));
    }
    if !shelf::keywords(document).is_empty() {
        put("keywords", json!(shelf::keywords(document)));
    }
    if column == "政策文件" {
        put("@type", json!("Legislation"));
        put("legislationType", json!(document.genre.name()));
        put("legislationPassedBy", issuer);
        if let Some(number) = &document.masthead.number {
            put("legislationIdentifier", json!(number.to_string()));
        }
        if let Some(day) = record.dated {
            put("legislationDate", json!(day.iso()));
        }
        let force = if record.validity == Validity::Valid { "InForce" } else { "NotInForce" };
        put("legislationLegalForce", json!(format!("https://schema.org/{force}")));
    } else {
        put("@type", json!("DigitalDocument"));
        put("genre", json!(document.genre.name()));
        put("author", issuer);
        if let Some(day) = record.dated {
            put("dateCreated", json!(day.iso()));
        }
    }
    data
}

impl ChangeView {
    fn of(change: Change) -> Self {
        match change {
            Change::Same { count } => Self { same: count, added: false, text: String::new() },
            Change::Added { text } => Self { same: 0, added: true, text },
            Change::Removed { text } => Self { same: 0, added: false, text },
        }
    }
}

impl<'a> TextView<'a> {
    fn of(document: &'a Document, writer: &mut Writer) -> Self {
        writer.blocks(&document.body);
        let body = writer.take();
        let attachments = document
            .attachments
            .iter()
            .zip(1..)
            .map(|(attachment, number)| {
                writer.part(2, &format!("fj{number}-"), &attachment.title);
                writer.blocks(&attachment.body);
                AttachmentView {
                    id: format!("fj{number}"),
                    label: &attachment.label,
                    title: &attachment.title,
                    body: writer.take(),
                }
            })
            .collect();
        let Closing { signatures, dated, .. } = &document.closing;
        Self {
            number: document.masthead.number.as_ref().map(ToString::to_string),
            addressee: Some(document.addressee.as_str()).filter(|words| !words.is_empty()),
            body,
            attachments,
            signatures: signatures
                .iter()
                .map(|signature| (signature.name.as_str(), signature.person.as_deref()))
                .collect(),
            dated: dated.map(|day| DateView { iso: day.iso(), text: day.to_string() }),
            note: document.note.as_deref(),
            colophon: document.colophon.as_ref().map(ColophonView::of),
        }
    }
}

impl<'a> ColophonView<'a> {
    fn of(colophon: &'a Colophon) -> Self {
        Self {
            offices: &colophon.offices,
            addressee: colophon.addressee.as_deref(),
            copies_to: &colophon.copies_to,
            printed_by: colophon.printed_by.as_deref(),
            printed_on: colophon.printed_on.map(|day| day.to_string()),
        }
    }
}

impl<'a> PeriodView<'a> {
    fn of(period: &'a PublicPeriod, on: Day) -> Self {
        Self {
            words: period.words(),
            from: period.from.iso(),
            last: period.last.map(Day::iso),
            state: shelf::state(period, on),
            built: on.to_string(),
            objection: period.objection.as_deref(),
        }
    }
}
