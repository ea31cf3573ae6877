//! 试 — the workspace as it would be with the records in it: checked as it always is, each finding taken back to the cell that it came from.

use std::collections::{BTreeMap, BTreeSet};

use crate::build::Workshop;
use crate::calendar::{Day, Year};
use crate::diag::{Code, Diagnostic, Report, Severity};
use crate::exchange::intake::{Finding, Intake, Target};
use crate::exchange::merge::{Change, Home, Merged, Part, merge};
use crate::exchange::workbook::At;
use crate::project::Project;
use crate::register::Register;
use crate::source::{Source, Sources};

use super::places::{Cells, Names};

/// What would come of it.
pub(super) struct Trial {
    /// The files that would be written, by path.
    pub(super) files: BTreeMap<String, Merged>,
    /// What the workspace's own checks say, in cells.
    pub(super) findings: Vec<Finding>,
    /// The register as it would be.
    pub(super) register: Register,
}

impl Trial {
    /// What would be different, by file.
    pub(super) fn changes(&self) -> impl Iterator<Item = (&String, &Change)> {
        self.files.iter().flat_map(|(path, merged)| merged.changes.iter().map(move |change| (path, change)))
    }
}

/// A finding without its place: what two readings of the workspace are compared by.
fn mark(finding: &Diagnostic, sources: &Sources) -> (Code, String, Option<String>) {
    let path = finding.place.and_then(|place| sources.get(place.file)).map(|source| source.path().to_owned());
    (finding.code, finding.message.clone(), path)
}

/// Puts the records of an intake, all or only the sound ones, into copies of their files, and reads the workspace with them. The enterprises
/// and declarations of the project are given up where they are not asked for any more: tens of thousands need not lie there twice.
pub(super) fn run(project: &mut Project, before: &Report, intake: &Intake, broken: bool, on: Day) -> Trial {
    let mut trial = Trial { files: BTreeMap::new(), findings: Vec::new(), register: Register::default() };
    let mut files: BTreeMap<&str, Vec<&Target>> = BTreeMap::new();
    for target in &intake.targets {
        files.entry(&target.path).or_default().push(target);
    }
    for (path, targets) in files {
        let Some(first) = targets.first() else { continue };
        let text = project.sources.at(path).map_or(first.start.as_str(), Source::text);
        let mut parts: Vec<Part<'_>> = Vec::new();
        for target in &targets {
            let kept = target.records.iter().filter(|record| broken || !record.broken);
            let home = Home { list: target.list, key: target.key.as_deref(), aliases: &target.aliases };
            parts.push((home, kept.map(|record| &record.value).collect()));
        }
        match merge(text, &parts) {
            Ok(merged) => {
                trial.findings.extend(merged.missed.iter().map(|(what, at)| Finding {
                    at: at.clone(),
                    diagnostic: Diagnostic::warning(Code::Unknown, format!("{path} 里没有“{what}”，没有可删去的")),
                }));
                trial.files.insert(path.to_owned(), merged);
            }
            Err(refused) => trial
                .findings
                .push(Finding { at: None, diagnostic: Diagnostic::error(Code::File, format!("{path}：{refused}")) }),
        }
    }
    trial.files.retain(|_, merged| !merged.changes.is_empty());
    if trial.files.is_empty() {
        return trial;
    }
    let touches_record = touches_record(project, &trial);
    if !touches_record {
        project.register.enterprises.clear();
        project.register.declarations.clear();
    }
    let texts = trial.files.iter().map(|(path, merged)| (path.as_str(), merged.text.as_str())).collect();
    let (fresh, mut report) = Project::load_with(&project.root, &[], &texts);
    let mut known: BTreeSet<_> = before.findings().iter().map(|finding| mark(finding, &project.sources)).collect();
    // Over a year that was paid: what the record would answer.
    if touches_record && !report.has_errors() {
        let answers = Workshop::new(project, before, on).0.answers();
        known.extend(answers.findings().iter().map(|finding| mark(finding, &project.sources)));
        let answers = Workshop::new(&fresh, &report, on).0.answers();
        // A correction of a paid year is written, and answered for in the ledger afterwards.
        let told = |finding: &Diagnostic| Diagnostic { severity: Severity::Warning, ..finding.clone() };
        report.extend(answers.findings().iter().map(told));
    }
    let cells: BTreeMap<&str, Cells<'_>> =
        trial.files.iter().map(|(path, merged)| (path.as_str(), Cells::of(merged))).collect();
    let names = Names::of(intake);
    for finding in report.findings() {
        let mark = mark(finding, &fresh.sources);
        if known.contains(&mark) {
            continue;
        }
        let cells = mark.2.as_ref().and_then(|path| cells.get(path.as_str()));
        let at = cells.zip(finding.place).and_then(|(cells, place)| cells.at(place.start as usize));
        let at = at.or_else(|| names.in_message(&finding.message)).cloned();
        let mut diagnostic = finding.clone();
        if at.is_some() && diagnostic.code == Code::Missing {
            diagnostic.help = Some("在表里填上这一项".to_owned());
        }
        if at.is_none()
            && let Some(place) = finding.place
        {
            diagnostic.message = format!("{} {}", fresh.sources.locate(place), diagnostic.message);
        }
        trial.findings.push(Finding { at, diagnostic });
    }
    trial.register = fresh.register;
    trial
}

/// Whether what would change is of a year that was paid, or of what all years rest on.
fn touches_record(project: &Project, trial: &Trial) -> bool {
    let paid = |path: &str| {
        let of_year = path.strip_prefix("data/declarations/").and_then(|rest| rest.get(..4)?.parse().ok().map(Year));
        match of_year {
            Some(year) => project.register.ledger.contains_key(&year),
            None => !project.register.ledger.is_empty() && !path.starts_with("data/calendar/"),
        }
    };
    // Nothing was declared by an enterprise that is new, nor paid to it.
    let is_new = |path: &str, change: &Change| {
        path.starts_with("data/enterprises/") && change.field.is_empty() && change.old.is_none()
    };
    trial.changes().any(|(path, change)| paid(path) && !is_new(path, change))
}

/// Marks the records that errors are found in, so that the sound ones can be told from them.
pub(super) fn mark_broken(intake: &mut Intake, findings: &[Finding]) {
    let wrong: BTreeSet<&At> = findings
        .iter()
        .filter(|finding| finding.diagnostic.severity == Severity::Error)
        .filter_map(|finding| finding.at.as_ref())
        .collect();
    for record in intake.targets.iter_mut().flat_map(|target| &mut target.records) {
        record.broken |= record.value.cells().into_iter().any(|at| wrong.contains(at));
    }
}
