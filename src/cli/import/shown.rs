//! 给人看 — findings by cell, how the columns were understood, what was left out, what would be different.

use similar::TextDiff;

use super::super::arguments::FindingFormat;
use super::super::findings::FindingRecord;
use super::super::print;
use super::super::table::{Align, table};
use super::trial::Trial;
use crate::diag::{Code, Diagnostic, Report};
use crate::exchange::intake::{Finding, Intake};
use crate::exchange::workbook::At;
use crate::project::Project;
use crate::source::{Source, Sources};

/// The most lines of a list that a terminal is given.
const MOST: usize = 200;

/// Says what was found, cell by cell; to programs also how cells were read that are not plainly what was asked for.
pub(super) fn findings(findings: &[Finding], intake: &Intake, remarks: &[String], format: FindingFormat) {
    if format == FindingFormat::Json {
        let cell = |at: &Option<At>| at.as_ref().map(ToString::to_string);
        let found = findings
            .iter()
            .map(|finding| FindingRecord { cell: cell(&finding.at), ..FindingRecord::of(&finding.diagnostic) });
        let told: Vec<(Option<String>, Diagnostic)> = remarks
            .iter()
            .map(|remark| (None, remark))
            .chain(intake.remarks.iter().map(|(at, remark)| (Some(at.to_string()), remark)))
            .map(|(cell, remark)| (cell, Diagnostic::warning(Code::Value, remark)))
            .collect();
        let told = told.iter().map(|(cell, remark)| FindingRecord {
            severity: "说明",
            cell: cell.clone(),
            ..FindingRecord::of(remark)
        });
        let records: Vec<FindingRecord<'_>> = found.chain(told).collect();
        print::out(&serde_json::to_string_pretty(&records).unwrap_or_default());
        return;
    }
    let mut report = Report::default();
    report.extend(findings.iter().map(|finding| {
        let place = finding.at.as_ref().map(|at| format!("{at}：")).unwrap_or_default();
        Diagnostic {
            message: format!("{place}{}", finding.diagnostic.message),
            place: None,
            ..finding.diagnostic.clone()
        }
    }));
    super::super::findings::show(&mut report, &Sources::default(), format);
    if !report.is_empty() {
        print::error(&super::super::findings::count(&report));
    }
}

/// Says how the columns were understood, how odd cells were read, and what was not read.
pub(super) fn understood(intake: &Intake, remarks: &[String]) {
    let rows: Vec<Vec<String>> = intake
        .understood
        .iter()
        .map(|column| {
            vec![
                column.column.clone(),
                column.head.clone(),
                column.item.clone().unwrap_or_else(|| "（不读）".to_owned()),
            ]
        })
        .collect();
    if !rows.is_empty() {
        print::out(&table(&[("列", Align::Left), ("表头", Align::Left), ("认作", Align::Left)], &rows));
    }
    let told = remarks.iter().cloned().chain(intake.remarks.iter().map(|(at, remark)| format!("{at}  {remark}")));
    list("读的时候", &told.collect::<Vec<_>>());
    list("没有读的", &intake.left_out.iter().map(|left| format!("{}  {}", left.at, left.why)).collect::<Vec<_>>());
}

/// Lines below a title, as many as a terminal is given.
pub(super) fn list(title: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    print::out(&format!("\n{title}（{}处）：", lines.len()));
    for line in lines.iter().take(MOST) {
        print::out(&format!("  {line}"));
    }
    if lines.len() > MOST {
        print::out(&format!("  ……还有{}处", lines.len() - MOST));
    }
}

/// Says what would be different: record by record, and line by line.
pub(super) fn changes(trial: &Trial, project: &Project) {
    let named = |record: &str| {
        let known = record.parse().ok().and_then(|code| trial.register.enterprise(code));
        known.map_or_else(|| record.to_owned(), |known| format!("{} {record}", known.name.value))
    };
    let (whole, changed): (Vec<_>, Vec<_>) = trial.changes().partition(|(_, change)| change.field.is_empty());
    let (fresh, gone): (Vec<_>, Vec<_>) = whole.into_iter().partition(|(_, change)| change.old.is_none());
    for (title, records) in [("新增", fresh), ("删去", gone)] {
        let lines = records.iter().map(|(path, change)| format!("{path}  {}", named(&change.record)));
        list(title, &lines.collect::<Vec<_>>());
    }
    if !changed.is_empty() {
        let rows: Vec<Vec<String>> = changed
            .iter()
            .take(MOST)
            .map(|(_, change)| {
                vec![
                    named(&change.record),
                    change.field.clone(),
                    change.old.clone().unwrap_or_default(),
                    change.new.clone(),
                ]
            })
            .collect();
        print::out(&format!("\n改动（{}处）：", changed.len()));
        print::out(&table(
            &[("哪一条", Align::Left), ("项", Align::Left), ("原来", Align::Left), ("现在", Align::Left)],
            &rows,
        ));
    }
    for (path, merged) in &trial.files {
        let Some(old) = project.sources.at(path).map(Source::text).filter(|_| merged.changes.len() <= MOST) else {
            continue;
        };
        let diff = TextDiff::from_lines(old, merged.text.as_str());
        let shown = diff.unified_diff().context_radius(1).header(path, path).to_string();
        print::out(&format!("\n{shown}"));
    }
}

/// Names the records that were not written.
pub(super) fn left_behind(intake: &Intake) {
    let all = intake.targets.iter().flat_map(|target| target.records.iter().map(move |record| (target, record)));
    let broken: Vec<String> = all
        .filter(|(_, record)| record.broken)
        .map(|(target, record)| {
            let key = target.key.as_deref().and_then(|key| record.value.get(key)).and_then(|value| value.as_text());
            let at = record.value.at.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("{at}  {}", key.unwrap_or("（没有代码）"))
        })
        .collect();
    print::error(&format!("有错误、没有写的{}条：", broken.len()));
    for line in broken {
        print::error(&format!("  {line}"));
    }
}
