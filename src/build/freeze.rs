//! 定本的制作 — what an act freezes is made here: the document composed with its number, printed, measured, and laid together with
//! what it was made from.

use std::collections::BTreeSet;

use super::form::FORM;
use super::{Job, Workshop};
use crate::award::Explained;
use crate::diag::Report;
use crate::digest::sha256;
use crate::document::{Block, Document};
use crate::draft::facts::{argument, selection_of};
use crate::draft::followup::{LISTING, SINCE, listing_dataset};
use crate::draft::{comparison, lists};
use crate::record::{Enclosed, Frozen, FrozenCatalogue, Letter, Listed, Manifest, picture_file};
use crate::review::secrecy::Secrets;
use crate::source::Source;

/// What is to be frozen.
pub enum Order<'p> {
    /// One document.
    Document(Job<'p>),
    /// All letters of one notice.
    Letters(Vec<Job<'p>>),
}

/// What was made for an act.
pub struct Freezing {
    /// The files of the version's folder, the manifest last.
    pub files: Vec<Enclosed>,
    /// SHA-256 of the manifest.
    pub manifest: String,
    /// The document, or the first of the letters.
    pub document: Document,
    /// A policy's clauses beside its rules.
    pub comparison: Vec<Block>,
    /// The letters' PDFs by the enterprise's code: they lie outside the record.
    pub letters: Vec<(String, Vec<u8>)>,
}

impl Workshop<'_> {
    /// Makes a version of a document; nothing where the report has errors.
    #[must_use]
    pub fn freeze(&self, order: &Order<'_>, slug: &str, version: u16) -> (Option<Freezing>, Report) {
        let mut report = Report::default();
        let jobs = match order {
            Order::Document(job) => std::slice::from_ref(job),
            Order::Letters(jobs) => jobs,
        };
        let mut frozen =
            Frozen { document: None, letters: Vec::new(), awards: Vec::new(), catalogue: None, comparison: Vec::new() };
        let mut files = Vec::new();
        let mut letters = Vec::new();
        let mut first = None;
        let secrets: Secrets = self.secrets(&Job::all(self.project, &self.awards));
        for job in jobs {
            let (made, found) = self.make(job);
            report.absorb(found);
            let Some(made) = made else { continue };
            if made.document.is_public()
                && let Some(finding) = secrets.document(&made.document, job.origin(self.sources))
            {
                report.push(job.locate(finding, self.project, self.sources));
            }
            first.get_or_insert_with(|| made.document.clone());
            match job {
                Job::Letter { code, .. } => {
                    let digest = sha256(&made.pdf);
                    frozen.letters.push(Letter { code: code.clone(), document: made.document, digest });
                    letters.push((code.clone(), made.pdf));
                }
                _ => {
                    files.push(Enclosed { name: format!("{slug}.pdf"), bytes: made.pdf });
                    frozen.document = Some(made.document);
                }
            }
        }
        self.freeze_data(jobs, &mut frozen, &mut files, &mut report);
        let Some(document) = first.filter(|_| !report.has_errors()) else { return (None, report) };
        let documents = frozen.document.iter().chain(frozen.letters.iter().map(|letter| &letter.document));
        files.extend(self.freeze_pictures(documents));
        files.push(frozen.file());
        let manifest = Manifest {
            slug: slug.to_owned(),
            version,
            program: Manifest::PROGRAM.to_owned(),
            on: self.on,
            files: files.iter().map(|file| Listed::new(&file.name, &file.bytes)).collect(),
            sources: self.made_from(jobs),
        };
        let manifest = manifest.file();
        let sum = sha256(&manifest.bytes);
        files.push(manifest);
        (Some(Freezing { files, manifest: sum, document, comparison: frozen.comparison, letters }), report)
    }

    /// The pictures that documents show, as they are today.
    fn freeze_pictures<'d>(&self, documents: impl Iterator<Item = &'d Document>) -> Vec<Enclosed> {
        let shown: BTreeSet<&str> = documents.flat_map(Document::pictures).collect();
        let pictures = shown.into_iter().filter_map(|path| self.project.pictures.get_key_value(path));
        pictures.map(|(path, bytes)| Enclosed { name: picture_file(path), bytes: bytes.clone() }).collect()
    }

    /// The awards and the catalogue or list that a document publishes.
    fn freeze_data(&self, jobs: &[Job<'_>], frozen: &mut Frozen, files: &mut Vec<Enclosed>, report: &mut Report) {
        if let Some(Job::Notice { notice, .. }) = jobs.first() {
            files.extend(self.form(notice).map(|bytes| Enclosed { name: FORM.to_owned(), bytes }));
        }
        if let Some(Job::Notice { notice, .. }) = jobs.first()
            && let (Some(name), Some(on)) = (argument(notice, LISTING), notice.head.dated)
        {
            let since = argument(notice, SINCE).and_then(|since| since.parse().ok());
            let listing = self.project.register.listings.get(name);
            let dataset = listing.map(|listing| listing_dataset(name, listing, &self.project.register, on, since));
            frozen.catalogue = dataset.map(|dataset| FrozenCatalogue { slug: name.to_owned(), dataset });
        }
        let catalogue = match jobs.first() {
            Some(Job::Notice { slug, notice } | Job::Letter { slug, notice, .. }) => {
                let selection = selection_of(notice).and_then(Result::ok);
                if let Some(awards) = selection.and_then(|selection| self.awards.get(&selection)) {
                    frozen.awards =
                        awards.assessments.iter().map(|one| Explained::new(one, &self.project.sources)).collect();
                }
                let policy = self.project.policies.iter().find(|policy| policy.slug == **slug);
                frozen.comparison = policy.map(comparison::blocks).unwrap_or_default();
                argument(notice, "目录").and_then(|slug| self.project.register.catalogues.get_key_value(slug))
            }
            Some(Job::Catalogue { slug, .. }) => self.project.register.catalogues.get_key_value(*slug),
            None => None,
        };
        let Some((slug, catalogue)) = catalogue else { return };
        let dataset = lists::catalogue_dataset(slug, catalogue, None);
        frozen.catalogue = Some(FrozenCatalogue { slug: slug.clone(), dataset });
        let (made, found) = self.make(&Job::Catalogue { slug, catalogue });
        report.absorb(found);
        files.extend(made.map(|made| Enclosed { name: "catalogue.pdf".to_owned(), bytes: made.pdf }));
    }

    /// All that documents are made from, by path: the data that they rest on, the office, the wording, the layouts, the faces.
    pub(super) fn made_from(&self, jobs: &[Job<'_>]) -> Vec<Listed> {
        let own: Vec<String> = jobs.iter().flat_map(|job| job.sources(self.project)).collect();
        let common =
            ["data/office.yaml", "data/layout.yaml", "data/calendar/", "templates/layout/", "templates/notices/"];
        let sources = self.project.sources.iter().filter(|source| {
            let path = source.path();
            own.iter().any(|own| own == path) || common.iter().any(|common| path.starts_with(common))
        });
        let mut listed: Vec<Listed> =
            sources.map(|source| Listed::new(source.path(), source.text().as_bytes())).collect();
        listed.extend(self.project.fonts.iter().map(|(name, file)| Listed::new(format!("fonts/{name}"), file.bytes())));
        listed.sort_by(|a, b| a.path.cmp(&b.path));
        listed.dedup_by(|a, b| a.path == b.path);
        listed
    }

    /// The findings of a report that concern a document: those in a file that it is made from, in what all documents share, and those
    /// without a place.
    #[must_use]
    pub fn concerning(&self, job: &Job<'_>, found: &Report) -> Report {
        let own = job.sources(self.project);
        let folders = ["data/office.yaml", "data/layout.yaml", "data/facts.yaml", "data/calendar/", "templates/"];
        let shared = |path: &str| folders.iter().any(|folder| path.starts_with(folder));
        let mut report = Report::default();
        for finding in found.findings() {
            let path = finding.place.and_then(|place| self.project.sources.get(place.file)).map(Source::path);
            if path.is_none_or(|path| shared(path) || own.iter().any(|own| own == path)) {
                report.push(finding.clone());
            }
        }
        report
    }
}

impl<'p> Order<'p> {
    /// The document, or the first of the letters.
    #[must_use]
    pub fn first(&self) -> Option<&Job<'p>> {
        match self {
            Self::Document(job) => Some(job),
            Self::Letters(jobs) => jobs.first(),
        }
    }
}
