//! 页面的外框 — what stands around the content of every page: the government tags of the head (国办发〔2017〕47号), navigation,
//! breadcrumb, the duties of the footer.

use serde::Serialize;
use serde_json::Value;

use crate::calendar::Day;
use crate::diag::{Diagnostic, Report};
use crate::document::{Dataset, Download, Fact, Status, TimeOfDay, Validity};
use crate::qr::Qr;

use super::column::Column;
use super::contents::{FileFacts, Site};
use super::documents::{Listed, listed};
use super::identity::Identity;
use super::leads::Leads;
use super::link::{self, Link};
use super::output::{Addresses, Output, Page, Rendered};
use super::structured;
use super::templates::Templates;

/// What all pages of one build share.
pub(super) struct Rendering<'a> {
    pub(super) site: &'a Site<'a>,
    templates: &'a Templates,
    /// The day of the build.
    pub(super) on: Day,
    /// All public documents, newest first.
    pub(super) documents: Vec<Listed<'a>>,
    /// Where words lead.
    pub(super) leads: Leads,
    /// Where the pages go.
    pub(super) output: &'a Output<'a>,
    /// By what is known again all that a page of text or of a list rests on beside what it tells, the files that it names and the pages
    /// that it stands with.
    around: Option<String>,
}

/// A page before it is put into its frame.
pub(super) struct PageSpec<'a, T> {
    template: &'a str,
    path: String,
    title: &'a str,
    /// What the template prints, as `content`.
    content: T,
    pub(super) addresses: Addresses,
    /// 内容概述; the title where nothing else is said.
    pub(super) summary: String,
    pub(super) column: Option<&'a Column>,
    /// 栏目页标签 of a page that stands in no column: its name and its kind.
    pub(super) own: Option<(&'static str, &'static str)>,
    pub(super) article: Option<ArticleTags>,
    /// The pages above it, without the first one.
    pub(super) crumbs: Vec<Link>,
    /// Files of `assets/`, beside the one that every page has.
    pub(super) scripts: &'static [&'static str],
    /// What the page is to machines (JSON-LD, schema.org).
    pub(super) data: Option<Value>,
    /// The page that stands for this one where it is called from outside: the latest version of a document.
    pub(super) canonical: Option<String>,
    /// Whether search engines and the sitemap shall pass it over.
    pub(super) unlisted: bool,
    /// The way to the output folder, where it does not follow from the path.
    pub(super) root: Option<&'static str>,
    /// How many bytes of HTML the text has that the page is made for; none where it has none of its own.
    length: usize,
}

/// So many bytes of HTML are short.
const SHORT: usize = 1 << 20;

impl<'a, T> PageSpec<'a, T> {
    pub(super) fn new(template: &'a str, path: String, title: &'a str, content: T) -> Self {
        Self {
            template,
            path,
            title,
            content,
            addresses: Addresses::default(),
            summary: title.to_owned(),
            column: None,
            own: None,
            article: None,
            crumbs: Vec::new(),
            scripts: &[],
            data: None,
            canonical: None,
            unlisted: false,
            root: None,
            length: 0,
        }
    }

    /// Says how long the text is that the page is made for.
    pub(super) fn of_length(mut self, bytes: usize) -> Self {
        self.length = bytes;
        self
    }

    /// Whether it is short, and one of thousands of its kind: nothing can be wrong with it but what its template asks for.
    fn is_short(&self) -> bool {
        (1..SHORT).contains(&self.length)
    }
}

/// 内容页标签 (国办发〔2017〕47号).
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
    label: String,
    path: String,
    /// `3页，120 KB`.
    facts: Option<String>,
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
    own: Option<(&'static str, &'static str)>,
    article: Option<&'a ArticleTags>,
    crumbs: &'a [Link],
    nav: Vec<NavItem<'a>>,
    scripts: &'static [&'static str],
    built: String,
    /// Its address as paper shows it.
    qr: Option<Qr>,
}

#[derive(Serialize)]
struct NavItem<'a> {
    title: &'a str,
    path: String,
    here: bool,
}

impl<'a> Rendering<'a> {
    pub(super) fn new(
        site: &'a Site<'a>,
        templates: &'a Templates,
        on: Day,
        output: &'a Output<'a>,
        report: &mut Report,
    ) -> Self {
        let documents = listed(site.notices, site.elsewhere, (on, site.words), report);
        let leads = Leads::of(&documents, site.datasets);
        let around = output.of(&(templates.digest(), site.identity, on, site.words.of, site.kept, leads.of_texts()));
        Self { site, templates, on, documents, leads, output, around }
    }

    /// By what the page of a text is known again, by the SHA-256 of all that the text rests on; that of a list, by all that it tells.
    pub(super) fn of_told(&self, told: &impl Serialize) -> Option<String> {
        self.output.of(&(self.around.as_ref()?, told))
    }

    pub(super) fn column(&self, name: &str) -> Option<&'a Column> {
        self.site.identity.columns.iter().find(|column| column.name == name)
    }

    /// The documents of a column, newest first.
    pub(super) fn of_column(&self, column: &Column) -> impl Iterator<Item = &Listed<'a>> {
        self.documents.iter().filter(move |document| document.column == column.name)
    }

    /// The documents that published a list.
    pub(super) fn publishers<'s>(&'s self, dataset: &'s Dataset) -> impl Iterator<Item = &'s Listed<'a>> {
        self.documents.iter().filter(|entry| dataset.issued_by.contains(&entry.document.slug))
    }

    /// Whether the time of a list is over: its own, or that of what issued it.
    pub(super) fn is_over(&self, dataset: &Dataset) -> bool {
        let own = dataset.expires.is_some_and(|last| last < self.on);
        let over = |entry: &Listed| !matches!(entry.document.record.validity, Validity::Valid | Validity::Corrected);
        let mut publishers = self.publishers(dataset).peekable();
        own || publishers.peek().is_some() && publishers.all(over)
    }

    /// Puts a page into its frame, and hands it over. A page is what its template says of its view: of the same view it is not made
    /// twice.
    pub(super) fn page<T: Serialize>(&self, spec: PageSpec<T>) -> Result<Rendered, Diagnostic> {
        let identity = self.site.identity;
        let nav = identity
            .columns
            .iter()
            .map(|column| NavItem {
                title: &column.name,
                path: column.path(),
                here: spec.column.is_some_and(|here| here.slug == column.slug),
            })
            .collect();
        let root = spec.root.map_or_else(|| link::root(&spec.path), str::to_owned);
        let mut view = View {
            site: identity,
            page: PageView {
                title: spec.title,
                home: spec.path == "index.html",
                root: &root,
                url: identity.address(&spec.path),
                canonical: identity.address(spec.canonical.as_ref().unwrap_or(&spec.path)),
                unlisted: spec.unlisted,
                data: spec.data.as_ref().map(structured::in_script),
                summary: &spec.summary,
                column: spec.column,
                own: spec.own,
                article: spec.article.as_ref(),
                crumbs: &spec.crumbs,
                nav,
                scripts: spec.scripts,
                built: self.on.padded(),
                qr: None,
            },
            content: &spec.content,
        };
        let of = self.output.of(&(self.templates.digest(), spec.template, &spec.path, &view));
        self.output.made_of(of.clone(), |put| {
            if !spec.unlisted && self.site.kept {
                view.page.qr = Qr::of(&view.page.url);
            }
            // The program's own templates ask for nothing that there is not.
            let told = spec.is_short() && !self.output.is_read() && !self.templates.are_foreign();
            let text = if told { String::new() } else { self.templates.render(spec.template, &view, spec.length)? };
            put(Page::text(spec.path.clone(), text));
            Ok(())
        })?;
        Ok(Rendered {
            title: spec.title.to_owned(),
            unlisted: spec.unlisted,
            changed: spec.article.as_ref().and_then(|article| article.day),
            addresses: spec.addresses,
            path: spec.path,
            of,
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

    /// What a page says of a file that it names; `None` where that is not published.
    pub(super) fn says_of(&self, path: &str) -> Option<String> {
        self.site.files.get(path).map(FileFacts::words)
    }

    /// The link to a file, with its size and pages where they are known.
    pub(super) fn download(&self, label: &str, path: &str) -> DownloadView {
        DownloadView { label: label.to_owned(), path: link::encode_path(path), facts: self.says_of(path) }
    }
}

/// The word on a page that is not final; what it means stands in the template.
#[derive(Serialize)]
pub(super) struct Mark {
    word: &'static str,
    /// Whether the content is invented; else it is a draft.
    sample: bool,
}

impl Mark {
    pub(super) fn of(status: Status) -> Option<Self> {
        status.mark().map(|word| Self { word, sample: status == Status::Sample })
    }
}

/// The facts of a head as a template prints them.
pub(super) fn facts(facts: &[Fact]) -> Vec<(&str, &str)> {
    facts.iter().map(|fact| (fact.label.as_str(), fact.text.as_str())).collect()
}
