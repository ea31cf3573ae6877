//! 页面的外框 — what stands around the content of every page: the government tags of the head (国办发〔2017〕47号), navigation,
//! breadcrumb, the duties of the footer.

use serde::Serialize;

use crate::calendar::Day;
use crate::diag::Diagnostic;
use crate::document::{Document, Fact, Status, Validity};

use super::html::Writer;
use super::{Column, FileFacts, Identity, Made, Page, Site, Templates, link, notice_folder};

/// What all pages of one build share.
pub(super) struct Press<'a> {
    pub(super) site: &'a Site<'a>,
    templates: &'a Templates,
    pub(super) on: Day,
    /// All documents, newest first.
    pub(super) entries: Vec<Entry<'a>>,
}

/// A document as it stands in a list.
#[derive(Serialize)]
pub(super) struct Entry<'a> {
    #[serde(skip)]
    pub(super) document: &'a Document,
    title: &'a str,
    pub(super) path: String,
    pub(super) column: &'a str,
    number: Option<String>,
    date: Option<String>,
    #[serde(skip)]
    pub(super) day: Option<Day>,
    mark: Option<&'static str>,
    /// The word of its 有效性 where it is no longer in force.
    over: Option<&'static str>,
}

/// A page before it is put into its frame.
pub(super) struct Draft<'a, T> {
    pub(super) template: &'a str,
    pub(super) path: String,
    pub(super) title: &'a str,
    pub(super) summary: String,
    pub(super) column: Option<&'a Column>,
    pub(super) article: Option<ArticleTags>,
    /// The pages above it, without the first one.
    pub(super) crumbs: Vec<Link>,
    pub(super) scripts: &'static [&'static str],
    pub(super) content: T,
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
    pub(super) title: String,
    /// `YYYY-MM-DD HH:MM`.
    pub(super) published: Option<String>,
    pub(super) source: String,
    pub(super) keywords: String,
    pub(super) author: String,
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
    root: String,
    url: String,
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
    pub(super) fn new(site: &'a Site<'a>, templates: &'a Templates, on: Day) -> Self {
        let mut entries: Vec<Entry> = site.notices.iter().map(Entry::new).collect();
        entries.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.path.cmp(&b.path)));
        Self { site, templates, on, entries }
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
        let view = View {
            site: identity,
            page: PageView {
                title: draft.title,
                home: draft.path == "index.html",
                root: link::root(&draft.path),
                url: link::absolute(identity, &draft.path),
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
            targets: writer.targets,
            refused: writer.refused,
        })
    }

    /// The link to a file, with its size and pages where they are known.
    pub(super) fn download(&self, label: &str, path: &str) -> DownloadView {
        let facts = self.site.files.get(path).map(FileFacts::words);
        DownloadView { label: label.to_owned(), path: link::encode_path(path), facts }
    }
}

impl<'a> Entry<'a> {
    fn new(document: &'a Document) -> Self {
        let day = document.record.published.or(document.record.dated);
        Self {
            document,
            title: &document.title,
            path: format!("{}/index.html", link::encode_path(&notice_folder(&document.slug))),
            column: Column::of(document),
            number: document.masthead.number.as_ref().map(ToString::to_string),
            date: day.map(Day::iso),
            day,
            mark: document.status.mark(),
            over: (document.record.validity != Validity::Valid).then(|| document.record.validity.name()),
        }
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
