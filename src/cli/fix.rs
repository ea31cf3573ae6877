//! `hongtou fix` — writes in the form that is asked for what was read as meant; the documents stay what they were.

use std::collections::{BTreeMap, BTreeSet};

use super::arguments::{Common, Fix};
use super::documents::named;
use super::{Ending, Failure, print, unwritten};
use crate::diag::Diagnostic;
use crate::disk::rewrite;
use crate::parallel::threads;
use crate::source::{Edit, FileId, edited};

pub(super) fn run(common: &Common, options: &Fix) -> Result<Ending, Failure> {
    let (opened, _lock) = common.open_to_write("改写法")?;
    let project = &opened.project;
    let mut chosen = BTreeSet::new();
    for asked in &options.notices {
        let slug = named(project, asked)?;
        let notice = project.notices.get(&slug);
        let notice = notice.ok_or_else(|| Failure::Unknown(format!("“{slug}”不是 data/notices 里的公文")))?;
        chosen.insert(notice.file);
    }
    let (workshop, mut report) = opened.workshop();
    report.absorb(workshop.inspect(threads()));
    report.sort();
    let mut edits: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
    for edit in report.findings().iter().flat_map(Diagnostic::slips) {
        if options.notices.is_empty() || chosen.contains(&edit.place.file) {
            edits.entry(edit.place.file).or_default().push(edit.clone());
        }
    }
    if edits.is_empty() {
        print::out("没有要改的写法");
    }
    for (file, edits) in edits {
        let Some(source) = project.sources.get(file) else { continue };
        let text = edited(source.text(), &edits);
        if options.dry_run {
            let diff = similar::TextDiff::from_lines(source.text(), text.as_str());
            print::out(&format!("{}\n{}", source.path(), diff.unified_diff().context_radius(1)));
            continue;
        }
        rewrite(&project.root.join(source.path()), Some(source.text()), text.as_bytes())
            .map_err(|error| unwritten(source.path(), error))?;
        print::out(&format!("写入 {}：改了{}处写法", source.path(), edits.len()));
    }
    Ok(Ending::Fine)
}
