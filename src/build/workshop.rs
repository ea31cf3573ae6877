//! 工作间 — all that documents are made with: the awards, the templates, the titles' dictionary, the press.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::artifact::Sheets;
use super::{Job, Prints, Spool, plan};
use crate::award::{Selection, assess};
use crate::calendar::Day;
use crate::diag::{Diagnostic, Report, Severity};
use crate::digest::digest_of_json;
use crate::disk::Cache;
use crate::document::{Dataset, Document};
use crate::doing::{doing, doing_long};
use crate::draft::facts::{Known, SelectedAwards, selection_of};
use crate::draft::{Notice, Setting, Templates};
use crate::pdf::{Codes, Drawing, Layouts, Measurement, Press, Print, Titles};
use crate::picture;
use crate::project::Project;
use crate::review::{Origin, privacy, review};
use crate::site;
use crate::source::Sources;

/// So many rows of tables are given a second more.
const ROWS_A_SECOND: u32 = 50;

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

/// All that documents are made with; borrows the project.
pub struct Workshop<'p> {
    pub(super) project: &'p Project,
    /// The texts of the workspace, one of them perhaps as it is being typed.
    pub(super) sources: &'p Sources,
    pub(super) awards: Arc<BTreeMap<Selection, SelectedAwards<'p>>>,
    pub(super) on: Day,
    templates: Arc<Templates>,
    titles: Arc<Titles>,
    press: Option<Arc<Press>>,
    /// What was printed before.
    pub(super) prints: Option<Prints>,
    /// The files in which something is wrong, and whether nothing of them could be read.
    faulty: Arc<BTreeMap<String, bool>>,
}

/// The addresses that documents bear as codes, where the office wants it.
fn codes(project: &Project) -> Option<Codes> {
    let identity = project.identity.clone().filter(|_| project.codes)?;
    let site = site::notice_address(&identity, "");
    Some(Codes { site, of: Box::new(move |slug| site::notice_address(&identity, slug)) })
}

impl<'p> Workshop<'p> {
    /// Sets up the workshop: the awards that documents are about, the templates, the press. `found` is what reading the project
    /// found: a document that rests on a file with errors is not made, so that no figure of it is ever printed.
    pub fn new(project: &'p Project, found: &Report, on: Day) -> (Self, Report) {
        let mut report = Report::default();
        let asked = project.notices.values().filter_map(selection_of).filter_map(Result::ok);
        let selections: BTreeSet<Selection> = project.years().map(Selection::year).chain(asked).collect();
        let awards = selections.into_iter().map(|selection| {
            let mut assessments = assess(&project.register, &project.policies, selection.year);
            assessments.retain(|assessment| selection.takes(assessment));
            (selection, SelectedAwards::new(assessments))
        });
        let awards = Arc::new(awards.collect());
        let (templates, broken) = Templates::new(
            project
                .templates_in("notices")
                .filter(|(name, _, _)| name.ends_with(".hbs"))
                .map(|(_, file, source)| (file, source)),
        );
        report.absorb(broken);
        let layouts: Layouts = project
            .templates_in("layout")
            .map(|(name, file, source)| (name.to_owned(), (source.text().to_owned(), Some(file))))
            .collect();
        let press = project.faces.clone().and_then(|faces| {
            let fonts = project.fonts.iter().map(|(name, file)| (name.clone(), file.clone()));
            let (press, found) = Press::new(layouts, fonts, project.pictures.clone(), project.page.clone(), faces);
            report.absorb(found);
            press.map(|press| Arc::new(press.with_codes(codes(project))))
        });
        report.extend(of_office(project));
        let titles = Arc::new(Titles::new(project.words.iter().cloned()));
        let errors = found.findings().iter().filter(|finding| finding.severity == Severity::Error);
        let faulty = errors.filter_map(|finding| project.sources.get(finding.place?.file));
        let faulty = Arc::new(faulty.map(|source| (source.path().to_owned(), source.text().is_empty())).collect());
        let templates = Arc::new(templates);
        let sources = &project.sources;
        (Self { project, sources, awards, on, templates, titles, press, prints: None, faulty }, report)
    }

    /// The same workshop, in which a file is as it is being typed: everything else is shared, and nothing is read again.
    #[must_use]
    pub fn over<'s>(&self, sources: &'s Sources) -> Workshop<'s>
    where
        'p: 's,
    {
        Workshop {
            project: self.project,
            sources,
            awards: Arc::clone(&self.awards) as Arc<BTreeMap<Selection, SelectedAwards<'s>>>,
            on: self.on,
            templates: Arc::clone(&self.templates),
            titles: Arc::clone(&self.titles),
            press: self.press.clone(),
            prints: None,
            faulty: Arc::default(),
        }
    }

    /// Takes what was printed before from a cache, and keeps there what is printed.
    #[must_use]
    pub fn keeping(mut self, cache: Cache) -> Self {
        self.prints = self.press.as_ref().map(|press| Prints::new(cache, press));
        self
    }

    /// The press, if there are layouts and faces to print with.
    pub fn press(&self) -> Option<&Press> {
        self.press.as_deref()
    }

    /// The letters of a notice (每户一份).
    pub fn letters(&self, slug: &'p str, notice: &'p Notice) -> Vec<Job<'p>> {
        Job::letters(self.project, &self.awards, slug, notice)
    }

    /// What documents are made from.
    pub(super) fn known(&self) -> Known<'_> {
        Known {
            office: &self.project.office,
            policies: &self.project.policies,
            catalogues: &self.project.register.catalogues,
            sources: self.sources,
            awards: &self.awards,
            followed: self.project.followed(),
        }
    }

    pub(super) fn setting(&self) -> Setting<'_> {
        Setting {
            office: &self.project.office.name,
            templates: &self.templates,
            calendar: &self.project.calendar,
            on: self.on,
        }
    }

    /// Whether a file that a document is made from has errors: what it would say could not be trusted.
    pub(super) fn rests_on_faults(&self, job: &Job<'_>) -> bool {
        if self.faulty.is_empty() {
            return false;
        }
        let sources = job.sources(self.project);
        // What lies in a folder of facts and could not be read may belong to any award.
        let unread = || self.faulty.iter().any(|(path, unread)| *unread && plan::is_award_source(path));
        sources.iter().any(|file| self.faulty.contains_key(file))
            || sources.iter().any(|file| plan::is_award_source(file)) && unread()
    }

    /// Composes one document and looks at it.
    pub fn compose(&self, job: &Job<'_>) -> (Option<Document>, Report) {
        let _doing = doing(format!("起草 {} ", job.named(self.sources)));
        let (document, mut report) = job.compose(&self.known(), &self.setting());
        let document = document.filter(|document| {
            // What would give a person away is not printed at all, also where the rest of a faulty build is kept.
            let origin = job.origin(self.sources);
            // Of what stays inside no more than the title is seen by anybody else.
            let found = if document.shows_text() {
                let mut found = privacy::document(document, origin);
                found.extend(self.shown_in_pictures(document));
                found
            } else {
                privacy::lines(&document.title, [document.title.as_str()], origin)
            };
            let clean = found.is_empty();
            for finding in found.into_iter().chain(review(document)).chain(self.announced_too_shortly(job, document)) {
                report.push(job.locate(finding, self.project, self.sources));
            }
            clean
        });
        (document, report)
    }

    /// What the drawings of a document would give away.
    fn shown_in_pictures(&self, document: &Document) -> Vec<Diagnostic> {
        let pictures = document.pictures().into_iter().filter_map(|path| self.project.pictures.get_key_value(path));
        let words: Vec<String> = pictures.flat_map(|(path, bytes)| picture::words(path, bytes)).collect();
        let origin = Origin { file: None, sources: self.sources };
        privacy::lines(&document.title, words.iter().map(String::as_str), origin)
    }

    /// A document as it was issued, where it was; else as the data have it now.
    pub(super) fn worded(&self, job: &Job<'_>) -> (Option<Document>, Report) {
        match job.frozen() {
            Some(document) => (Some(document.clone()), Report::default()),
            None => self.compose(job),
        }
    }

    /// One document, set as the layouts are today: as it was issued, where it was; else as the data have it now.
    pub fn made(&self, job: &Job<'p>) -> (Option<Made>, Report) {
        let issued = match job {
            Job::Notice { slug, .. } => self.project.record.latest(slug).and_then(|frozen| frozen.document.clone()),
            Job::Letter { issued, .. } => issued.cloned(),
            Job::Catalogue { .. } => None,
        };
        match issued {
            Some(document) => self.print(job, document),
            None => self.make(job),
        }
    }

    /// Composes and prints one document.
    pub fn make(&self, job: &Job<'_>) -> (Option<Made>, Report) {
        let (document, mut report) = self.compose(job);
        let Some(document) = document else { return (None, report) };
        let (made, found) = self.print(job, document);
        report.absorb(found);
        (made, report)
    }

    /// The pages of a composed document, as they are drawn.
    #[must_use]
    pub fn drawing(&self, document: &Document) -> Option<Drawing> {
        self.press.as_ref()?.drawing(document)
    }

    /// The pages of a document whose titles are not set yet, as they are drawn.
    #[must_use]
    pub fn drawn(&self, mut document: Document) -> Option<Drawing> {
        self.titles.set(&mut document);
        self.drawing(&document)
    }

    /// Prints what is no document of the workspace.
    #[must_use]
    pub fn printed(&self, mut document: Document) -> (Option<Print>, Report) {
        let Some(press) = &self.press else { return (None, Report::default()) };
        self.titles.set(&mut document);
        press.print(&document, self.on)
    }

    /// Prints a document and measures its pages.
    pub fn print(&self, job: &Job<'_>, mut document: Document) -> (Option<Made>, Report) {
        self.titles.set(&mut document);
        let (made, found) = self.pressed(job, document);
        (made, self.located(job, found))
    }

    /// The print of a document laid aside, with the document: as it was printed before, where nothing of what it rests on is
    /// another.
    pub(super) fn sheets(
        &self,
        job: &Job<'_>,
        mut document: Document,
        spool: &Spool,
    ) -> (Option<(Document, Sheets)>, Report) {
        self.titles.set(&mut document);
        let prints = self.prints.as_ref().map(|prints| (prints, prints.key(&document, self.project, self.on)));
        if let Some((sheets, found)) = prints.as_ref().and_then(|(prints, key)| prints.get(key)) {
            return (Some((document, sheets)), self.located(job, found));
        }
        let (made, found) = self.pressed(job, document);
        let printed = made.map(|Made { document, pdf, pages, .. }| {
            let kept = prints.and_then(|(prints, key)| {
                // A cache that cannot be written costs time, and nothing else.
                prints.put(&key, &document.slug, &pdf, pages, &found).ok().flatten()
            });
            (document, kept.unwrap_or_else(|| Sheets::new(pdf, Some(pages), spool)))
        });
        (printed, self.located(job, found))
    }

    /// Why a document would be printed again, or that it would not.
    #[must_use]
    pub fn why(&self, job: &Job<'_>) -> Option<String> {
        let prints = self.prints.as_ref()?;
        let mut document = self.worded(job).0?;
        self.titles.set(&mut document);
        Some(prints.why(&prints.key(&document, self.project, self.on), &document.slug))
    }

    /// What the press and the ruler find has no place yet.
    fn located(&self, job: &Job<'_>, found: Vec<Diagnostic>) -> Report {
        let mut report = Report::default();
        report.extend(found.into_iter().map(|finding| job.locate(finding, self.project, self.sources)));
        report
    }

    /// A document whose titles are set, printed and measured, with what was found.
    fn pressed(&self, job: &Job<'_>, document: Document) -> (Option<Made>, Vec<Diagnostic>) {
        let Some(press) = &self.press else { return (None, Vec::new()) };
        let rows = document.rows();
        let _doing = doing_long(format!("印制 {} ", job.named(self.sources)), rows / ROWS_A_SECOND);
        let (print, report) = press.print(&document, self.on);
        let mut found = report.findings().to_vec();
        let Some(print) = print else { return (None, found) };
        let measurements = press.measure(&document, &print);
        found.extend(measurements.iter().filter(|one| !one.holds).map(Measurement::finding));
        (Some(Made { document, pdf: print.pdf, pages: print.pages, measurements }), found)
    }

    /// Lets go of the dictionary of the titles.
    pub(super) fn titles_are_set(&self) {
        self.titles.unload();
    }

    /// The pages of the site that show these, each handed over as it is made.
    pub fn pages(&self, shown: &Shelves<'_>, sink: &dyn site::Sink) -> Report {
        let Some(identity) = &self.project.identity else { return Report::default() };
        let templates = self.project.templates_in("site").map(|(name, file, source)| site::TemplateFile {
            name: name.to_owned(),
            text: source.text().to_owned(),
            file: self.project.has_own("site", name).then_some(file),
        });
        let (templates, mut report) = site::Templates::new(templates);
        let Shelves { notices, datasets, articles, files, kept } = *shown;
        let elsewhere = self.project.document_names();
        // Who only looks sees no lines.
        let words = |text: &str| if kept { self.titles.words(text) } else { Vec::new() };
        let of_words = digest_of_json(&self.project.words).unwrap_or_default();
        let site = site::Site {
            identity,
            notices,
            datasets,
            articles,
            files,
            elsewhere: &elsewhere,
            kept,
            words: site::Words { ends: &words, of: &of_words },
        };
        let found = site::render(&site, &templates, self.on, sink);
        report.extend(found.findings().iter().map(|finding| self.at_its_document(finding.clone())));
        report
    }

    /// A finding of the site without a place, at the document that it speaks of: at the words that it quotes, or at its title.
    fn at_its_document(&self, finding: Diagnostic) -> Diagnostic {
        let title = finding.message.split_once('《').and_then(|(_, rest)| Some(rest.split_once('》')?.0));
        let Some(title) = title.filter(|_| finding.place.is_none()) else { return finding };
        let notices = self.project.notices.iter();
        let of_title = |notice: &Notice| notice.head.title.value.lines().map(str::trim).collect::<String>() == title;
        let places = notices.filter(|(_, notice)| of_title(notice)).filter_map(|(slug, notice)| {
            let place = Job::Notice { slug, notice }.locate(finding.clone(), self.project, self.sources).place?;
            Some((place != notice.head.title.place, place))
        });
        // Of several of one title, the one that says what is quoted.
        match places.max_by_key(|(quoted, place)| (*quoted, std::cmp::Reverse(*place))) {
            Some((_, place)) => finding.at(place),
            None => finding,
        }
    }
}

/// What `data/office.yaml` would give away: its telephones and addresses stand on every page.
fn of_office(project: &Project) -> Vec<Diagnostic> {
    const FILE: &str = "data/office.yaml";
    let Some((file, source)) = project.sources.ids().find(|(_, source)| source.path() == FILE) else {
        return Vec::new();
    };
    let said = source.text().lines().filter(|line| !line.trim_start().starts_with('#'));
    privacy::lines(FILE, said, Origin { file: Some(file), sources: &project.sources })
}

/// What a site shows.
#[derive(Clone, Copy)]
pub struct Shelves<'a> {
    /// Documents.
    pub notices: &'a [Document],
    /// Lists.
    pub datasets: &'a [Dataset],
    /// Pages that belong to lists.
    pub articles: site::Articles<'a>,
    /// Files that pages link to.
    pub files: &'a BTreeMap<String, site::FileFacts>,
    /// Whether what is made is kept: a single page, or a site that is only looked at, has no index and no data files.
    pub kept: bool,
}
