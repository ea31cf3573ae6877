//! 页面的外框 — what stands around the content of every page: the government tags of the head (国办发〔2017〕47号), navigation,
//! breadcrumb, the duties of the footer.

use serde::Serialize;
use serde_json::Value;

use crate::calendar::Day;
use crate::diag::{Diagnostic, Report};
use crate::document::{Download, Fact, Status, TimeOfDay};

use super::html::Writer;
use super::shelf::{self, Entry};
use super::{Column, FileFacts, Identity, Made, Page, Site, Templates, link};

/// What all pages of one build share.
pub(super) struct Press<'a> {
    pub(super) site: &'a Site<'a>,
    templates: &'a Templates,
    pub(super) on: Day,
    /// All documents, newest first.
    pub(super) entries: Vec<Entry<'a>>,
}

/// A page before it is put into its frame.
pub(super) struct Draft<'a, T> {
    template: &'a str,
    path: String,
    title: &'a str,
    content: T,
    pub(super) summary: String,
    pub(super) column: Option<&'a Column>,
    pub(super) article: Option<ArticleTags>,
    /// The pages above it, without the first one.
    pub(super) crumbs: Vec<Link>,
    pub(super) scripts: &'static [&'static str],
    /// What the page is to machines (JSON-LD, schema.org).
    pub(super) data: Option<Value>,
    /// The page that stands for this one where it is called from outside: the latest version of a document.
    pub(super) canonical: Option<String>,
    /// Whether search engines and the sitemap shall pass it over.
    pub(super) unlisted: bool,
    /// The way to the output folder, where it does not follow from the path.
    pub(super) root: Option<&'static str>,
}

impl<'a, T> Draft<'a, T> {
    pub(super) fn new(template: &'a str, path: String, title: &'a str, content: T) -> Self {
        Self {
            template,
            path,
            title,
            content,
            summary: title.to_owned(),
            column: None,
            article: None,
            crumbs: Vec::new(),
            scripts: &[],
            data: None,
            canonical: None,
            unlisted: false,
            root: None,
        }
    }
}

/// Words that lead to a page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Link {
    pub(super) title: String,
    /// Below the output folder.
    pub(super) path: String,
}

/// 内容页标签.
#[derive(Serialize)]
pub(super) struct ArticleTags {
    #[serde(skip)]
    pub(super) day: Option<Day>,
    pub(super) title: String,
    /// `YYYY-MM-DD HH:MM`.
    pub(super) published: Option<String>,
    pub(super) source: String,
    pub(super) keywords: String,
    pub(super) author: String,
}

/// 发布时间 (`PubDate`), `2024-06-13 09:30`; what names no time was published with the day.
pub(super) fn pub_date(day: Day, time: Option<TimeOfDay>) -> String {
    let time = time.map_or_else(|| "00:00".to_owned(), |time| time.to_string());
    format!("{} {time}", day.iso())
}

/// A file to fetch.
#[derive(Serialize)]
pub(super) struct DownloadView {
    pub(super) label: String,
    pub(super) path: String,
    /// `3页，120 KB`.
    pub(super) facts: Option<String>,
}

#[derive(Serialize)]
struct View<'a, T> {
    site: &'a Identity,
    page: PageView<'a>,
    content: &'a T,
}

#[derive(Serialize)]
struct PageView<'a> {
    title: &'a str,
    home: bool,
    root: &'a str,
    url: String,
    canonical: String,
    unlisted: bool,
    /// JSON, safe inside a `script` element.
    data: Option<String>,
    summary: &'a str,
    column: Option<&'a Column>,
    article: Option<&'a ArticleTags>,
    crumbs: &'a [Link],
    nav: Vec<NavItem<'a>>,
    scripts: &'static [&'static str],
    built: String,
}

#[derive(Serialize)]
struct NavItem<'a> {
    title: &'a str,
    path: String,
    here: bool,
}

impl<'a> Press<'a> {
    pub(super) fn new(site: &'a Site<'a>, templates: &'a Templates, on: Day, report: &mut Report) -> Self {
        Self { site, templates, on, entries: shelf::entries(site.notices, on, report) }
    }

    /// The column of a name.
    pub(super) fn column(&self, name: &str) -> Option<&'a Column> {
        self.site.identity.columns.iter().find(|column| column.name == name)
    }

    /// Puts a page into its frame.
    pub(super) fn print<T: Serialize>(&self, draft: &Draft<T>, writer: Writer<'_>) -> Result<Made, Diagnostic> {
        let identity = self.site.identity;
        let nav = identity
            .columns
            .iter()
            .map(|column| NavItem {
                title: &column.name,
                path: column.path(),
                here: draft.column.is_some_and(|here| here.slug == column.slug),
            })
            .collect();
        let root = draft.root.map_or_else(|| link::root(&draft.path), str::to_owned);
        let view = View {
            site: identity,
            page: PageView {
                title: draft.title,
                home: draft.path == "index.html",
                root: &root,
                url: link::absolute(identity, &draft.path),
                canonical: link::absolute(identity, draft.canonical.as_ref().unwrap_or(&draft.path)),
                unlisted: draft.unlisted,
                data: draft.data.as_ref().map(json_in_html),
                summary: &draft.summary,
                column: draft.column,
                article: draft.article.as_ref(),
                crumbs: &draft.crumbs,
                nav,
                scripts: draft.scripts,
                built: self.on.iso(),
            },
            content: &draft.content,
        };
        let text = self.templates.render(draft.template, &view)?;
        Ok(Made {
            page: Page { path: draft.path.clone(), bytes: text.into_bytes() },
            name: draft.title.to_owned(),
            unlisted: draft.unlisted,
            changed: draft.article.as_ref().and_then(|article| article.day),
            targets: writer.targets,
            refused: writer.refused,
        })
    }

    /// The links to those of the files named on a page that really are published.
    pub(super) fn declared(&self, folder: &str, downloads: &[Download]) -> Vec<DownloadView> {
        downloads
            .iter()
            .filter_map(|download| Some((download, link::join(folder, &download.href)?)))
            .filter(|(_, path)| self.site.files.contains_key(path))
            .map(|(download, path)| self.download(&download.label, &path))
            .collect()
    }

    /// The link to a file, with its size and pages where they are known.
    pub(super) fn download(&self, label: &str, path: &str) -> DownloadView {
        let facts = self.site.files.get(path).map(FileFacts::words);
        DownloadView { label: label.to_owned(), path: link::encode_path(path), facts }
    }
}

impl Column {
    pub(super) fn link(&self) -> Link {
        Link { title: self.name.clone(), path: self.path() }
    }
}

impl FileFacts {
    fn words(&self) -> String {
        let size = match self.bytes {
            0..1024 => format!("{} 字节", self.bytes),
            1024..1_048_576 => format!("{} KB", self.bytes.div_ceil(1024)),
            _ => format!("{}.{} MB", self.bytes / 1_048_576, self.bytes % 1_048_576 * 10 / 1_048_576),
        };
        self.pages.map_or_else(|| size.clone(), |pages| format!("{pages}页，{size}"))
    }
}

/// The word on a page that is not final, and what it means.
#[derive(Serialize)]
pub(super) struct Mark {
    word: &'static str,
    meaning: &'static str,
}

impl Mark {
    pub(super) fn of(status: Status) -> Option<Self> {
        let meaning = match status {
            Status::Final => return None,
            Status::Draft => "尚未印发，内容可能变动",
            Status::Sample => "内容为虚构，仅供演示",
        };
        status.mark().map(|word| Self { word, meaning })
    }
}

/// The facts of a head as a template prints them.
pub(super) fn facts(facts: &[Fact]) -> Vec<(&str, &str)> {
    facts.iter().map(|fact| (fact.label.as_str(), fact.text.as_str())).collect()
}

/// JSON that no `</script>` or `<!--` in a text can end.
fn json_in_html(data: &Value) -> String {
    data.to_string().replace('<', "\\u003c")
}
