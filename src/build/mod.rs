//! 生成 — the main job: assess, compose, review, print and publish the whole workspace, in parallel, and put it into `output/` at once.

mod content;
mod manifest;
mod plan;
mod publish;
mod secrets;
mod write;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::award::{assess, csv, examine, json, records};
use crate::calendar::{Day, Year};
use crate::diag::{Code, Diagnostic, Report};
use crate::document::{Article, Dataset, Document, Status};
use crate::draft::facts::{Known, YearAwards, argument, year_of};
use crate::draft::{Notice, Setting, Templates, lists};
use crate::parallel::parallel;
use crate::pdf::{Layouts, Measurement, Press, Titles, forgetting};
use crate::project::Project;
use crate::review::secrecy::Secrets;
use crate::review::{Origin, privacy, review};
use crate::site;

pub use content::{Content, Spool};
pub use manifest::Manifest;
pub use plan::Job;
pub use publish::{PublishError, Release, WebRoot};
pub use write::{Written, replace, write_file};

/// A file of the output.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// Its path below `output/`, with `/`.
    pub path: String,
    /// What stands in it.
    pub content: Content,
    /// The SHA-256 of that.
    pub digest: [u8; 32],
    /// The files of the workspace that it was made from.
    pub sources: Vec<String>,
}

impl Artifact {
    /// A file that is kept in memory.
    pub fn new(path: impl Into<String>, bytes: Vec<u8>, sources: Vec<String>) -> Self {
        Self::aside(&Spool::default(), path.into(), bytes, sources)
    }

    /// A file that is laid aside.
    fn aside(spool: &Spool, path: String, bytes: Vec<u8>, sources: Vec<String>) -> Self {
        let digest = if spool.keeps() { Sha256::digest(&bytes).into() } else { [0; 32] };
        Self { path, digest, content: spool.put(bytes), sources }
    }
}

/// Everything that was made.
#[derive(Debug, Default)]
pub struct Output {
    /// The files, by path.
    pub artifacts: Vec<Artifact>,
    /// How many documents were printed.
    pub documents: usize,
    /// On how many pages.
    pub pages: usize,
    spool: Spool,
}

impl Output {
    fn add(
        &mut self,
        files: &mut BTreeMap<String, site::FileFacts>,
        path: String,
        bytes: Vec<u8>,
        sources: Vec<String>,
    ) {
        files.insert(path.clone(), site::FileFacts { bytes: bytes.len() as u64, pages: None });
        self.artifacts.push(Artifact::aside(&self.spool, path, bytes, sources));
    }

    fn add_print(
        &mut self,
        files: &mut BTreeMap<String, site::FileFacts>,
        path: String,
        sheets: Sheets,
        sources: Vec<String>,
    ) {
        let Sheets { content, digest, pages } = sheets;
        let facts = site::FileFacts { bytes: content.size() as u64, pages: u32::try_from(pages).ok() };
        files.insert(path.clone(), facts);
        self.artifacts.push(Artifact { path, content, digest, sources });
    }
}

/// A document, printed.
pub struct Made {
    /// The document.
    pub document: Document,
    /// Its PDF.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// What the ruler says of them.
    pub measurements: Vec<Measurement>,
}

/// Whether a check found nothing; what it found goes into the report.
fn clean(found: impl IntoIterator<Item = Diagnostic>, report: &mut Report) -> bool {
    let mut clean = true;
    for finding in found {
        report.push(finding);
        clean = false;
    }
    clean
}

/// What is kept of a document once it is printed: a thousand letters are kept as files, not as documents.
enum Kept {
    /// The document, for its page.
    Page(Box<Document>),
    /// The path of its PDF.
    File(String),
    /// Nothing: it is not public, and has no page that could say so.
    Nothing,
}

/// A printed document, laid aside.
struct Sheets {
    content: Content,
    digest: [u8; 32],
    pages: usize,
}

/// A document with what was printed of it, and what was found.
type Printed = (Option<(Kept, Sheets)>, Report);

/// All that documents are made with; borrows the project.
pub struct Workshop<'p> {
    project: &'p Project,
    awards: BTreeMap<Year, YearAwards<'p>>,
    templates: Templates,
    titles: Titles,
    press: Option<Press>,
    on: Day,
}

impl<'p> Workshop<'p> {
    /// Sets up the workshop: the awards of every declared year, the templates, the press.
    pub fn new(project: &'p Project, on: Day) -> (Self, Report) {
        let mut report = Report::default();
        let awards = project
            .years()
            .map(|year| (year, YearAwards::new(assess(&project.register, &project.policies, year))))
            .collect();
        let (templates, found) = Templates::new(
            project
                .templates_in("notices")
                .filter(|(name, _, _)| name.ends_with(".hbs"))
                .map(|(_, file, source)| (file, source)),
        );
        report.absorb(found);
        let layouts: Layouts = project
            .templates_in("layout")
            .map(|(name, file, source)| (name.to_owned(), (source.text().to_owned(), Some(file))))
            .collect();
        let press = project.faces.clone().and_then(|faces| {
            let fonts = project.fonts.values().cloned();
            let (press, found) = Press::new(layouts, fonts, project.pictures.clone(), project.page.clone(), faces);
            report.absorb(found);
            press
        });
        let titles = Titles::new(project.words.iter().cloned());
        (Self { project, awards, templates, titles, press, on }, report)
    }

    /// The awards of a year.
    pub fn awards(&self, year: Year) -> Option<&YearAwards<'p>> {
        self.awards.get(&year)
    }

    /// The press, if there are layouts and faces to print with.
    pub fn press(&self) -> Option<&Press> {
        self.press.as_ref()
    }

    fn known(&self) -> Known<'_> {
        Known {
            office: &self.project.office,
            policies: &self.project.policies,
            catalogues: &self.project.register.catalogues,
            sources: &self.project.sources,
            awards: &self.awards,
        }
    }

    fn setting(&self) -> Setting<'_> {
        Setting {
            office: &self.project.office.name,
            templates: &self.templates,
            calendar: &self.project.calendar,
            on: self.on,
        }
    }

    /// Composes one document and looks at it.
    fn compose(&self, job: &Job<'_>) -> (Option<Document>, Report) {
        let (document, mut report) = job.compose(&self.known(), &self.setting());
        let document = document.filter(|document| {
            // What would give a person away is not printed at all, also where the rest of a faulty build is kept.
            let found = privacy::document(document, job.origin(self.project));
            let clean = found.is_empty();
            for finding in found.into_iter().chain(review(document)) {
                report.push(job.locate(finding, &self.project.sources));
            }
            clean
        });
        (document, report)
    }

    /// Composes and prints one document.
    pub fn make(&self, job: &Job<'_>) -> (Option<Made>, Report) {
        let (document, mut report) = self.compose(job);
        let made = document.zip(self.press.as_ref()).and_then(|(mut document, press)| {
            self.titles.set(&mut document);
            let (print, found) = press.print(&document, self.on);
            for finding in found.findings() {
                report.push(job.locate(finding.clone(), &self.project.sources));
            }
            let print = print?;
            let measurements = press.measure(&document, &print);
            for short in measurements.iter().filter(|one| !one.holds) {
                report.push(job.locate(short.finding(), &self.project.sources));
            }
            Some(Made { document, pdf: print.pdf, pages: print.pages, measurements })
        });
        (made, report)
    }

    /// Everything that the workspace publishes, calling `progress` as each document is done.
    pub fn build(&self, threads: usize, progress: &(dyn Fn(usize, usize) + Sync)) -> (Output, Report) {
        let jobs = Job::all(self.project, &self.awards);
        let total = jobs.len();
        let done = std::sync::atomic::AtomicUsize::new(0);
        let secrets = self.secrets(&jobs);
        let spool = Spool::beside(&self.project.root);
        let make = |job: &Job<'_>| {
            let (made, mut found) = self.make(job);
            progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, total);
            let printed = made.map(|Made { document, pdf, pages, .. }| {
                let digest = Sha256::digest(&pdf).into();
                (self.keep(job, document, &secrets, &mut found), Sheets { digest, content: spool.put(pdf), pages })
            });
            (printed, found)
        };
        let made = forgetting(|| parallel(&jobs, threads, make));
        // The dictionary of the titles would only stand in the way of the site's pages.
        self.titles.unload();
        self.assemble(&jobs, made, &secrets, spool)
    }

    /// Looks at everything that the workspace publishes, and prints nothing.
    #[must_use]
    pub fn inspect(&self, threads: usize) -> Report {
        let jobs = Job::all(self.project, &self.awards);
        let secrets = self.secrets(&jobs);
        let composed = parallel(&jobs, threads, |job| {
            let (document, mut found) = self.compose(job);
            if let Some((document, press)) = document.as_ref().zip(self.press.as_ref()) {
                for finding in press.missing_glyphs(document).findings() {
                    found.push(job.locate(finding.clone(), &self.project.sources));
                }
            }
            let none = Sheets { content: Vec::new().into(), digest: [0; 32], pages: 0 };
            (document.map(|document| (self.keep(job, document, &secrets, &mut found), none)), found)
        });
        self.assemble(&jobs, composed, &secrets, Spool::nowhere()).1
    }

    /// What is kept of a document. One without a page is looked at here for what it tells of secret ones; those with a page are
    /// when all of them are there.
    fn keep(&self, job: &Job<'_>, document: Document, secrets: &Secrets, report: &mut Report) -> Kept {
        let Some(path) = job.path() else { return Kept::Page(Box::new(document)) };
        if !document.is_public() {
            return Kept::Nothing;
        }
        let told = secrets
            .document(&document, job.origin(self.project))
            .map(|finding| job.locate(finding, &self.project.sources));
        if clean(told, report) { Kept::File(path) } else { Kept::Nothing }
    }

    /// A reminder of the documents that are published without 索引号.
    fn unnumbered(&self) -> Report {
        let mut report = Report::default();
        let missing: Vec<_> = self.project.without_index_number().collect();
        if let Some((slug, notice)) = missing.first() {
            let count = missing.len();
            let message = format!(
                "公开的公文还没有索引号，网页上这一项空着：{slug}{}",
                if count > 1 { format!("等{count}件") } else { String::new() }
            );
            report.push(
                Diagnostic::warning(Code::IndexNumber, message)
                    .at(notice.head.title.place)
                    .help("用 hongtou number 编号；编定后不再改动"),
            );
        }
        report
    }

    /// What the site holds, of these documents with their PDFs.
    fn assemble(&self, jobs: &[Job<'_>], made: Vec<Printed>, secrets: &Secrets, spool: Spool) -> (Output, Report) {
        let Project { register, policies, cases, .. } = self.project;
        let mut report = examine(register, policies, cases);
        let mut output = Output { spool, ..Output::default() };
        let mut notices: Vec<Document> = Vec::new();
        let mut makers: Vec<&Job<'_>> = Vec::new();
        let mut printed: Vec<Sheets> = Vec::new();
        let mut files = BTreeMap::new();
        for (job, (made, found)) in jobs.iter().zip(made) {
            report.absorb(found);
            let Some((kept, sheets)) = made else { continue };
            output.documents += 1;
            output.pages += sheets.pages;
            match kept {
                Kept::Page(document) => {
                    notices.push(*document);
                    makers.push(job);
                    printed.push(sheets);
                }
                Kept::File(path) => output.add_print(&mut files, path, sheets, job.sources(self.project)),
                Kept::Nothing => {}
            }
        }
        self.keep_secrets(secrets, &mut notices, &makers, &mut report);
        report.absorb(self.unnumbered());
        // A document that may not be published has no folder, and its PDF goes nowhere.
        let folders = site::folders(&notices).into_iter();
        for (((document, folder), sheets), job) in notices.iter().zip(folders).zip(printed).zip(&makers) {
            if let Some(folder) = folder {
                let path = format!("{folder}/{}.pdf", document.slug);
                output.add_print(&mut files, path, sheets, job.sources(self.project));
            }
        }
        for (path, bytes) in &self.project.pictures {
            if notices.iter().any(|notice| notice.is_public() && shows(notice, path)) {
                output.add(&mut files, site::figure_path(path), bytes.clone(), vec![path.clone()]);
            }
        }
        let (datasets, articles) = self.lists(secrets, &mut output, &mut files, &mut report);
        let pages = Mutex::new(Vec::new());
        report.absorb(self.pages(&notices, &datasets, &articles, &files, &|page| {
            let artifact = Artifact::aside(&output.spool, page.path, page.bytes, Vec::new());
            pages.lock().unwrap_or_else(PoisonError::into_inner).push(artifact);
        }));
        output.artifacts.extend(pages.into_inner().unwrap_or_else(PoisonError::into_inner));
        output.artifacts.sort_by(|a, b| a.path.cmp(&b.path));
        let manifest = Manifest::of(&output.artifacts).bytes();
        output.artifacts.push(Artifact::new("manifest.json", manifest, Vec::new()));
        (output, report)
    }

    /// Catalogues and awards as lists, with their data files; and the explanations.
    fn lists(
        &self,
        secrets: &Secrets,
        output: &mut Output,
        files: &mut BTreeMap<String, site::FileFacts>,
        report: &mut Report,
    ) -> (Vec<Dataset>, Vec<Article>) {
        let known = self.known();
        let mut datasets: Vec<Dataset> = Vec::new();
        let mut articles: Vec<Article> = Vec::new();
        let origin = |file| Origin { file, sources: &self.project.sources };
        for (slug, catalogue) in &self.project.register.catalogues {
            let dataset = lists::catalogue_dataset(
                slug,
                catalogue,
                self.published(|notice| argument(notice, "目录") == Some(slug)),
            );
            let origin = origin(Some(catalogue.name.place.file));
            if clean(privacy::dataset(&dataset, origin).into_iter().chain(secrets.dataset(&dataset, origin)), report) {
                datasets.push(dataset);
            }
        }
        for (year, awards) in &self.awards {
            let status = self.status_of(*year);
            let published = self.published(|notice| year_of(notice) == Some(Ok(*year)));
            let dataset = lists::awards_dataset(*year, awards, status, published);
            let records = records(&awards.assessments, &self.project.sources);
            let json = json(&records);
            let found = privacy::dataset(&dataset, origin(None)).into_iter();
            let found = found.chain(privacy::lines(&dataset.title, json.lines(), origin(None)));
            if !clean(found.chain(secrets.dataset(&dataset, origin(None))), report) {
                continue;
            }
            datasets.push(dataset);
            articles.extend(
                awards
                    .summary
                    .by_enterprise
                    .iter()
                    .filter_map(|total| lists::explanation(*year, &total.code, awards, &known, status, published)),
            );
            let sources = plan::award_sources(self.project, *year);
            output.add(files, format!("awards/{year}/awards.json"), json.into_bytes(), sources.clone());
            output.add(files, format!("awards/{year}/awards.csv"), csv(&records).into_bytes(), sources);
        }
        articles.retain(|article| {
            let found = privacy::article(article, origin(None)).into_iter();
            clean(found.chain(secrets.article(article, origin(None))), report)
        });
        (datasets, articles)
    }

    /// The day of the last open notice of those that publish a list.
    fn published(&self, publishes: impl Fn(&Notice) -> bool) -> Option<Day> {
        let notices = self.project.notices.values().filter(|notice| publishes(notice) && !notice.head.is_secret());
        notices.filter_map(|notice| notice.head.published.or(notice.head.dated)).max()
    }

    /// How final the lists of a year are: as final as the least final notice that publishes them.
    fn status_of(&self, year: Year) -> Status {
        let notices = self.project.notices.values();
        let of_year = notices.filter(|notice| year_of(notice) == Some(Ok(year))).map(|notice| notice.head.status);
        let rank = |status: &Status| match status {
            Status::Final => 0,
            Status::Draft => 1,
            Status::Sample => 2,
        };
        of_year.max_by_key(rank).unwrap_or_else(|| {
            let all = self.project.notices.values().map(|notice| notice.head.status);
            all.max_by_key(rank).unwrap_or_default()
        })
    }

    /// The pages of the site that show these, each handed over to `put`.
    pub fn pages(
        &self,
        notices: &[Document],
        datasets: &[Dataset],
        articles: &[Article],
        files: &BTreeMap<String, site::FileFacts>,
        put: &(dyn Fn(site::Page) + Sync),
    ) -> Report {
        let Some(identity) = &self.project.identity else { return Report::default() };
        let templates = self.project.templates_in("site").map(|(name, file, source)| site::TemplateFile {
            name: name.to_owned(),
            text: source.text().to_owned(),
            file: Some(file),
        });
        let (templates, mut report) = site::Templates::new(templates);
        let site = site::Site { identity, notices, datasets, articles, files };
        report.absorb(site::render(&site, &templates, self.on, put));
        report
    }
}

/// Whether a document shows a picture.
fn shows(document: &Document, path: &str) -> bool {
    fn in_blocks(blocks: &[crate::document::Block], path: &str) -> bool {
        blocks.iter().any(|block| match block {
            crate::document::Block::Figure(figure) => figure.path == path,
            crate::document::Block::List { items } => items.iter().any(|item| in_blocks(item, path)),
            _ => false,
        })
    }
    in_blocks(&document.body, path) || document.attachments.iter().any(|attachment| in_blocks(&attachment.body, path))
}

/// Writes what was made into the workspace's `output/`, at once.
///
/// # Errors
///
/// What stands in the way of writing, in words; the last good output stays whole then.
pub fn publish(root: &Path, output: &Output) -> Result<Written, Diagnostic> {
    replace(&root.join("output"), &output.artifacts)
}
