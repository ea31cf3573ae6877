//! 公文页 — a document on the web: 信息公开 header table, the text as it is printed, its files, its versions, and what other
//! documents say of it.

use serde::Serialize;

use super::objection;
use super::versions::{self, VersionView};
use crate::calendar::Day;
use crate::diag::Diagnostic;
use crate::digest::hex;
use crate::document::{Closing, Colophon, DatasetKind, Document, PublicPeriod, Validity};
use crate::site::column::Column;
use crate::site::documents::{
    Listed, calendar_path, form_path, keywords, notice_folder, notice_page, state, summary, version_folder,
};
use crate::site::frame::{ArticleTags, DownloadView, Mark, PageSpec, Rendering, pub_date};
use crate::site::link::{self, Link};
use crate::site::markup::TextWriter;
use crate::site::output::Rendered;
use crate::site::records::page_of;
use crate::site::structured;

#[derive(Serialize)]
struct Notice<'a> {
    title: &'a str,
    broken: String,
    mark: Option<Mark>,
    header: Vec<(&'static str, String)>,
    /// What this version changed, and its number.
    corrected: Option<(u16, &'a str)>,
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
    /// By what a reader may know the files of its versions again.
    sums: Vec<SumView>,
}

#[derive(Serialize)]
struct SumView {
    label: String,
    sha256: String,
    sm3: String,
    /// What became of the version since.
    over: Option<&'static str>,
}

#[derive(Serialize)]
struct TextView<'a> {
    number: Option<String>,
    annotation: Option<&'a str>,
    addressee: Option<&'a str>,
    /// HTML.
    body: String,
    attachments: Vec<AttachmentView<'a>>,
    /// Whether any of them is an attachment, no text that the document issues.
    attached: bool,
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
    /// HTML.
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
    /// The file of its days for calendars.
    calendar: Option<String>,
    /// The page of the form for objections.
    form: Option<String>,
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

/// The page of the latest version of a document.
pub(in crate::site) fn latest(rendering: &Rendering, entry: &Listed) -> Result<Rendered, Diagnostic> {
    page(rendering, entry, entry.document, None)
}

/// The page of a version that was replaced.
pub(in crate::site) fn earlier(
    rendering: &Rendering,
    entry: &Listed,
    document: &Document,
) -> Result<Rendered, Diagnostic> {
    let replaced = Replaced { version: entry.document.record.publication.version.number(), path: entry.path.clone() };
    page(rendering, entry, document, Some(replaced))
}

fn page(
    rendering: &Rendering,
    entry: &Listed,
    document: &Document,
    replaced: Option<Replaced>,
) -> Result<Rendered, Diagnostic> {
    let current = replaced.is_none();
    let folder = if current { notice_folder(&document.slug) } else { version_folder(document) };
    let path = link::page(&folder);
    let root = link::root(&path);
    let own = path.clone();
    let mut writer = TextWriter::new(&root, &document.title).leading((&rendering.leads, rendering.site.words), &own);
    let record = &document.record;
    let publication = &record.publication;
    let column = rendering.column(entry.column);
    let notice = Notice {
        title: &document.title,
        broken: rendering.site.words.broken(&document.title),
        sums: sums(rendering, entry),
        mark: Mark::of(document.status),
        header: header(document),
        corrected: entry.version.filter(|_| current).zip(publication.change.as_deref()),
        withdrawn: publication.withdrawn.as_ref().map(|why| (why.on.padded(), why.reason.as_str())),
        period: publication.period.as_ref().filter(|_| document.shows_text()).map(|period| {
            let calendar = period.last.map(|_| link::encode_path(&calendar_path(&document.slug)));
            let form = objection::folder(document).map(|folder| link::encode_path(&link::page(&folder)));
            PeriodView::of(period, rendering.on, calendar.filter(|_| current), form.filter(|_| current))
        }),
        text: document.shows_text().then(|| TextView::of(document, &mut writer)),
        downloads: downloads(rendering, document, &folder),
        relations: entry
            .relations
            .iter()
            .map(|related| RelatedView {
                words: related.words,
                title: &related.document.title,
                path: link::encode_path(&notice_page(&related.document.slug)),
            })
            .chain(explained(rendering, &folder))
            .chain(published(rendering, document))
            .collect(),
        versions: if entry.earlier.is_empty() { Vec::new() } else { versions::all(entry) },
        replaced,
        source: record.source.as_deref(),
    };
    let day = record.published.or(record.dated);
    let verified = !notice.sums.is_empty();
    let mut spec = PageSpec::new("notice", path, &document.title, notice);
    if verified {
        spec.scripts = &["verify.js"];
    }
    spec.addresses = writer.addresses;
    let summary = summary(document);
    if !summary.is_empty() {
        spec.summary = summary.into_owned();
    }
    spec.column = column;
    spec.article = Some(ArticleTags {
        day: if current { entry.changed } else { day },
        title: document.title.clone(),
        published: day.map(|day| pub_date(day, record.publication.time)),
        source: record.source.clone().unwrap_or_else(|| record.issuer.clone()),
        keywords: keywords(document).join(","),
        author: record.author.clone().unwrap_or_else(|| record.issuer.clone()),
    });
    spec.crumbs = column.map(Column::link).into_iter().collect();
    if !current {
        spec.crumbs.push(Link { title: entry.title.to_owned(), path: entry.path.clone() });
        spec.canonical = Some(notice_page(&document.slug));
        spec.unlisted = true;
    }
    spec.data = Some(structured::document(rendering.site.identity, document, entry));
    rendering.page(spec)
}

/// The lists that a document published.
fn published<'a>(rendering: &Rendering<'a>, document: &Document) -> impl Iterator<Item = RelatedView<'a>> {
    let lists = rendering.site.datasets.iter().filter(|dataset| dataset.issued_by.contains(&document.slug));
    lists.map(|dataset| {
        let words = match dataset.kind {
            DatasetKind::Catalogue => "目录查询",
            DatasetKind::Listing => "名单查询",
            DatasetKind::Awards | DatasetKind::Years => "奖励查询",
        };
        RelatedView { words, title: &dataset.title, path: link::encode_path(&page_of(dataset)) }
    })
}

/// The pages that belong to a document: its rules, and what becomes of it.
fn explained<'a>(rendering: &Rendering<'a>, folder: &str) -> impl Iterator<Item = RelatedView<'a>> {
    rendering.site.articles.few.iter().filter_map(move |article| {
        let own = article.path.strip_prefix(folder)?.strip_prefix('/')?;
        let words = match own {
            "rules" => "规则",
            "guide" => "申报",
            _ => "执行",
        };
        Some(RelatedView { words, title: &article.title, path: link::encode_path(&link::page(&article.path)) })
    })
}

/// `2024年06月13日 09:30`; the day alone where no time is known.
fn published_at(document: &Document) -> String {
    let record = &document.record;
    let Some(day) = record.published else { return String::new() };
    let time = record.publication.time.map(|time| format!(" {time}")).unwrap_or_default();
    day.padded() + &time
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
        ("发布日期", published_at(document)),
        ("有效性", record.validity.name().to_owned()),
    ];
    let publication = &record.publication;
    if publication.effective.is_some() || publication.expires.is_some() {
        rows.push(("施行日期", day(publication.effective)));
        rows.push(("失效日期", day(publication.expires)));
    }
    rows
}

/// The sums of the printed versions, the latest first.
fn sums(rendering: &Rendering, entry: &Listed) -> Vec<SumView> {
    let versions = std::iter::once((entry.document, true)).chain(entry.earlier.iter().map(|earlier| (*earlier, false)));
    let shown = versions.filter(|_| entry.document.shows_text());
    let sum = |(document, current): (&Document, bool)| {
        let folder = if current { notice_folder(&document.slug) } else { version_folder(document) };
        let sums = rendering.site.files.get(&format!("{folder}/{}.pdf", document.slug))?.sums?;
        let validity = document.record.validity;
        Some(SumView {
            label: format!("第{}版PDF", document.record.publication.version),
            sha256: hex(&sums.sha256),
            sm3: hex(&sums.sm3),
            over: if current { (validity != Validity::Valid).then(|| validity.name()) } else { Some("已被替代") },
        })
    };
    shown.filter_map(sum).collect()
}

fn downloads(rendering: &Rendering, document: &Document, folder: &str) -> Vec<DownloadView> {
    if !document.shows_text() {
        return Vec::new();
    }
    let pdf = format!("{folder}/{}.pdf", document.slug);
    let mut downloads = Vec::new();
    if rendering.site.files.contains_key(&pdf) {
        downloads.push(rendering.download("PDF", &pdf));
    }
    let form = form_path(folder, &document.slug);
    if rendering.site.files.contains_key(&form) {
        downloads.push(rendering.download("空白申报表（xlsx）", &form));
    }
    downloads.push(rendering.download("纯文本（Markdown）", &format!("{folder}/{}.md", document.slug)));
    downloads.push(rendering.download("数据（JSON）", &format!("{folder}/{}.json", document.slug)));
    downloads
}

impl<'a> TextView<'a> {
    fn of(document: &'a Document, writer: &mut TextWriter) -> Self {
        let body = writer.body(document).into_string();
        let attachments = document
            .attachments
            .iter()
            .zip(1..)
            .map(|(attachment, number)| {
                writer.part(2, &format!("fj{number}-"), &attachment.title);
                AttachmentView {
                    id: format!("fj{number}"),
                    label: &attachment.label,
                    title: &attachment.title,
                    body: writer.blocks(&attachment.body).into_string(),
                }
            })
            .collect();
        let Closing { signatures, dated, .. } = &document.closing;
        Self {
            number: document.masthead.number.as_ref().map(ToString::to_string),
            annotation: document.annotation.as_deref(),
            addressee: Some(document.addressee.as_str()).filter(|words| !words.is_empty()),
            body,
            attached: document.attachments.iter().any(|attachment| !attachment.is_issued()),
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
    fn of(period: &'a PublicPeriod, on: Day, calendar: Option<String>, form: Option<String>) -> Self {
        Self {
            words: period.words(),
            from: period.from.iso(),
            last: period.last.map(Day::iso),
            state: state(period, on),
            built: on.to_string(),
            objection: period.objection.as_deref(),
            calendar,
            form,
        }
    }
}
