//! 公开 — the published web site: documents, lists and articles as pages that any server, or no server at all, can serve
//! (《政府信息公开条例》; 国办发〔2017〕47号; `WCAG 2.2`).
//!
//! [`render`] is a pure function: what is published and the day of the build come in, pages go out. It reads no file and
//! no clock, computes no amount, and chooses no word of a document.

/// Appends formatted text to a `String`, which cannot fail.
macro_rules! put {
    ($out:expr, $($words:tt)*) => {{
        use std::fmt::Write as _;
        let _ = write!($out, $($words)*);
    }};
}

mod article;
mod changes;
mod chart;
mod column;
mod dataset;
mod edition;
mod feed;
mod home;
mod html;
mod identity;
mod link;
mod markdown;
mod notice;
mod opendata;
mod search;
mod shelf;
mod shell;
mod templates;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::iter;
use std::sync::{Mutex, PoisonError};

use crate::calendar::Day;
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::document::{Article, Dataset, Document};
use crate::parallel::{parallel, threads};

pub use column::Column;
pub use html::figure_path;
pub use identity::{Domain, Identity, SiteCode};
pub use shelf::{folders, notice_folder, notice_pdf};
pub use templates::{TemplateFile, Templates};

use shell::Press;

/// Everything that is published.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    /// Who publishes.
    pub identity: &'a Identity,
    /// 公文, in any order.
    pub notices: &'a [Document],
    /// Lists: catalogues and awards.
    pub datasets: &'a [Dataset],
    /// Pages of text that belong to lists.
    pub articles: &'a [Article],
    /// Files that others put into the output (PDF, CSV, pictures), by their path below it. A page links to a document's PDF
    /// only if it stands here.
    pub files: &'a BTreeMap<String, FileFacts>,
}

/// What a reader wants to know of a file before fetching it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileFacts {
    /// Its size.
    pub bytes: u64,
    /// Its pages, if it is a PDF.
    pub pages: Option<u32>,
}

/// A file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its path below the output folder, with `/`.
    pub path: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// A page with the addresses that it carries.
struct Made {
    page: Page,
    /// What it is called in findings.
    name: String,
    /// Whether the sitemap passes it over.
    unlisted: bool,
    /// When it was published.
    changed: Option<Day>,
    targets: BTreeSet<String>,
    refused: Vec<String>,
}

/// Makes all pages as they stand on the day `on` and hands each over to `put` as soon as it is made, on any thread and in any order:
/// ten thousand of them need not be in memory at once.
#[must_use]
pub fn render(site: &Site, templates: &Templates, on: Day, put: &(dyn Fn(Page) + Sync)) -> Report {
    let mut report = Report::default();
    let press = Press::new(site, templates, on, &mut report);
    check_withheld(site, &mut report);
    let out = Out { put, paths: Mutex::default() };
    let hand_over = |result: Result<Made, Diagnostic>| result.map(|made| out.hand_over(made));
    let entries = parallel(&press.entries, threads(), |entry| {
        for page in notice::files(entry) {
            out.put(page);
        }
        notice::pages(&press, entry).into_iter().map(hand_over).collect::<Vec<_>>()
    });
    let datasets = parallel(site.datasets, threads(), |dataset| {
        opendata::pages(&press, dataset).for_each(|page| out.put(page));
        let page = dataset::page(&press, dataset);
        iter::once(page).chain(edition::page(&press, dataset)).map(hand_over).collect::<Vec<_>>()
    });
    let articles = parallel(site.articles, threads(), |article| hand_over(article::page(&press, article)));
    let columns = site.identity.columns.iter().flat_map(|column| home::column(&press, column));
    let others = [home::index(&press), home::map(&press), home::missing(&press), search::page(&press)];
    let mut made: Vec<Made> = Vec::new();
    let results = entries.into_iter().flatten().chain(datasets.into_iter().flatten()).chain(articles);
    for result in results.chain(columns.chain(others).map(hand_over)) {
        match result {
            Ok(page) => made.push(page),
            Err(finding) => report.push(finding),
        }
    }
    check_columns(site, &press, &mut report);
    for (name, text) in templates.assets() {
        out.put(Page { path: format!("assets/{name}"), bytes: text.as_bytes().to_vec() });
    }
    search::index(&press, &|page| out.put(page));
    feed::all(&press)
        .into_iter()
        .chain([feed::sitemap(&press, &made), feed::robots(&press)])
        .for_each(|page| out.put(page));
    let mut paths = out.paths.into_inner().unwrap_or_else(PoisonError::into_inner);
    paths.sort_unstable();
    check_links(site, &made, &paths, &mut report);
    check_paths(&paths, &mut report);
    report
}

/// Where pages go, and the paths of those that have gone.
struct Out<'a> {
    put: &'a (dyn Fn(Page) + Sync),
    paths: Mutex<Vec<String>>,
}

impl Out<'_> {
    fn put(&self, page: Page) {
        self.paths.lock().unwrap_or_else(PoisonError::into_inner).push(page.path.clone());
        (self.put)(page);
    }

    /// Only what other pages must know of it stays.
    fn hand_over(&self, mut made: Made) -> Made {
        self.put(Page { path: made.page.path.clone(), bytes: std::mem::take(&mut made.page.bytes) });
        made
    }
}

/// A column that the site does not have would list its documents nowhere.
fn check_columns(site: &Site, press: &Press, report: &mut Report) {
    let names: Vec<&str> = site.identity.columns.iter().map(|column| column.name.as_str()).collect();
    for entry in &press.entries {
        let (column, document) = (entry.column, entry.document);
        if !names.contains(&column) {
            let help = nearest(column, names.iter().copied())
                .map_or_else(|| format!("网站的栏目有：{}", names.join("、")), |near| format!("是不是“{near}”？"));
            report.push(
                Diagnostic::error(Code::Column, format!("《{}》的栏目“{column}”不是网站的栏目", document.title))
                    .help(help),
            );
        }
    }
}

/// Files of a document that is not public, or no longer, must not lie in the output.
fn check_withheld(site: &Site, report: &mut Report) {
    for (document, folder) in site.notices.iter().zip(folders(site.notices)) {
        let pdf = notice_pdf(&document.slug);
        if folder.is_none()
            && site.files.contains_key(&pdf)
            && !site.notices.iter().any(|other| other.slug == document.slug && other.shows_text())
        {
            report.push(
                Diagnostic::error(Code::Publication, format!("{pdf} 属于不公开或已撤回的公文，不能输出"))
                    .help("这样的公文不印制到网站"),
            );
        }
    }
}

/// Links into the site must lead somewhere.
fn check_links(site: &Site, made: &[Made], paths: &[String], report: &mut Report) {
    let known: HashSet<&str> = paths.iter().chain(site.files.keys()).map(String::as_str).collect();
    for made in made {
        for target in made.targets.iter().filter(|target| !known.contains(target.as_str())) {
            report.push(
                Diagnostic::error(Code::Link, format!("《{}》链接到 {target}，网站上没有这个页面或文件", made.name))
                    .help("改正链接；链接到公文写 notices/<文件名>/"),
            );
        }
        for href in &made.refused {
            report.push(
                Diagnostic::warning(Code::Link, format!("《{}》中的“{href}”不能作链接，只印出了文字", made.name))
                    .help("链接只能是 https:、http:、mailto:、tel: 或本站的路径"),
            );
        }
    }
}

/// Two pages at one address would overwrite each other.
fn check_paths(paths: &[String], report: &mut Report) {
    for pair in paths.windows(2) {
        if let [a, b] = pair
            && a == b
        {
            report.push(Diagnostic::error(Code::Address, format!("两个页面的地址都是 {a}")).help("改其中一个的文件名"));
        }
    }
}

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
