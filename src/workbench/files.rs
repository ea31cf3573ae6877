//! 源文件 — the texts of `data/` as they are, for whatever no form shows: what would be wrong with one as it is being typed is what
//! `hongtou check` would say.

use std::collections::BTreeMap;

use super::desk::View;
use super::typed::{Told, told};
use crate::project::Project;

/// What would be wrong with a file if it said this.
pub(super) fn findings(view: &View<'_>, path: &str, text: &str) -> Vec<Told> {
    let texts = BTreeMap::from([(path, text)]);
    let (project, mut report) = Project::load_with(&view.project.root, &[], &texts);
    report.sort();
    let file = project.sources.ids().find(|(_, source)| source.path() == path).map(|(file, _)| file);
    let Some(file) = file else { return Vec::new() };
    let here = report.findings().iter().filter(|finding| finding.place.is_some_and(|place| place.file == file));
    here.map(|finding| told(finding, file, &project.sources)).collect()
}
