//! 源文件 — the texts of `data/` as they are: what would be wrong with one as it is being typed is what `hongtou check` would say, and what
//! it would make of its form and of the pages of a document is seen.

use std::collections::BTreeMap;

use super::desk::View;
use super::fields::form_of;
use super::typed::{Told, told_all};
use crate::build::{Job, Workshop};
use crate::pdf::Drawing;
use crate::project::Project;

/// What a file comes to if it says something else.
pub(super) struct Tried {
    /// What would be wrong with it.
    pub(super) findings: Vec<Told>,
    /// Its form, if it has one.
    pub(super) form: Option<String>,
    /// The pages of the document that shows it.
    pub(super) drawing: Option<Drawing>,
}

/// Tries a text in the place of a file; `proof` is the document that shows what becomes of the pages.
pub(super) fn tried(view: &View<'_>, path: &str, text: &str, proof: Option<&str>) -> Tried {
    let texts = BTreeMap::from([(path, text)]);
    let (project, mut report) = Project::load_with(&view.project.root, &[], &texts);
    let drawing = proof.and_then(|slug| {
        let (workshop, _) = Workshop::new(&project, &report, view.on);
        let notice = project.notices.get_key_value(slug).map(|(slug, notice)| Job::Notice { slug, notice });
        let catalogues = &project.register.catalogues;
        let catalogue = || catalogues.get_key_value(slug).map(|(slug, catalogue)| Job::Catalogue { slug, catalogue });
        let job = notice.or_else(catalogue)?;
        let letters = match job {
            Job::Notice { slug, notice } if notice.head.for_each => workshop.letters(slug, notice),
            _ => Vec::new(),
        };
        let (document, _) = workshop.compose(letters.first().unwrap_or(&job));
        workshop.drawn(document?)
    });
    let form = form_of(path).map(|form| (form.shown)(&project, path, text).into_string());
    report.sort();
    let file = project.sources.ids().find(|(_, source)| source.path() == path).map(|(file, _)| file);
    let findings = file.map_or_else(Vec::new, |file| {
        let here = report.findings().iter().filter(|one| one.place.is_some_and(|place| place.file == file));
        told_all(here, file, &project.sources)
    });
    Tried { findings, form, drawing }
}
