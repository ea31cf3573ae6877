//! 给人看 — findings by cell, how the columns were understood, what was left out, what would be different.

use serde::Serialize;
use similar::TextDiff;

use super::super::arguments::FindingFormat;
use super::super::print;
use super::super::table::{Align, table};
use super::trial::Trial;
use crate::diag::Severity;
use crate::exchange::intake::{Finding, Intake};
use crate::project::Project;
use crate::source::Source;

/// The most lines of a list that a terminal is given.
const MOST: usize = 200;

#[derive(Serialize)]
struct Row<'a> {
    #[serde(rename = "级别")]
    severity: &'static str,
    #[serde(rename = "类别")]
    code: &'a str,
    #[serde(rename = "问题")]
    message: &'a str,
    #[serde(rename = "格")]
    cell: Option<String>,
    #[serde(rename = "办法")]
    help: Option<&'a str>,
}

fn severity(finding: &Finding) -> &'static str {
    if finding.diagnostic.severity == Severity::Error { "错误" } else { "提醒" }
}

/// Says what was found, cell by cell; and how cells were read that are not plainly what was asked for.
pub(super) fn findings(findings: &[Finding], intake: &Intake, format: FindingFormat) {
    if format == FindingFormat::Json {
        let found = findings.iter().map(|finding| Row {
            severity: severity(finding),
            code: finding.diagnostic.code.name(),
            message: &finding.diagnostic.message,
            cell: finding.at.as_ref().map(ToString::to_string),
            help: finding.diagnostic.help.as_deref(),
        });
        let told = intake.remarks.iter().map(|(at, remark)| Row {
            severity: "说明",
            code: "取值",
            message: remark,
            cell: Some(at.to_string()),
            help: None,
        });
        let rows: Vec<Row<'_>> = found.chain(told).collect();
        print::out(&serde_json::to_string_pretty(&rows).unwrap_or_default());
        return;
    }
    for finding in findings {
        let place = finding.at.as_ref().map(|at| format!("{at}  ")).unwrap_or_default();
        print::error(&format!(
            "{}[{}]: {place}{}",
            severity(finding),
            finding.diagnostic.code,
            finding.diagnostic.message
        ));
        if let Some(help) = &finding.diagnostic.help {
            print::error(&format!("  办法：{help}"));
        }
    }
    if !findings.is_empty() {
        let errors = findings.iter().filter(|finding| finding.diagnostic.severity == Severity::Error).count();
        print::error(&format!("\n{errors}处错误，{}处提醒\n", findings.len() - errors));
    }
}

/// Says how the columns were understood, how odd cells were read, and what was not read.
pub(super) fn understood(intake: &Intake) {
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
    list("读的时候", intake.remarks.iter().map(|(at, remark)| format!("{at}  {remark}")));
    list("没有读的", intake.left_out.iter().map(|left| format!("{}  {}", left.at, left.why)));
}

fn list(title: &str, lines: impl ExactSizeIterator<Item = String>) {
    let count = lines.len();
    if count == 0 {
        return;
    }
    print::out(&format!("\n{title}（{count}处）："));
    for line in lines.take(MOST) {
        print::out(&format!("  {line}"));
    }
    if count > MOST {
        print::out(&format!("  ……还有{}处", count - MOST));
    }
}

/// Says what would be different: record by record, and line by line.
pub(super) fn changes(trial: &Trial, project: &Project) {
    let named = |record: &str| {
        let known = record.parse().ok().and_then(|code| project.register.enterprise(code));
        known.map_or_else(|| record.to_owned(), |known| format!("{} {record}", known.name.value))
    };
    let (fresh, changed): (Vec<_>, Vec<_>) = trial.changes().partition(|(_, change)| change.field.is_empty());
    if !fresh.is_empty() {
        print::out(&format!("\n新增（{}条）：", fresh.len()));
        for (path, change) in fresh.iter().take(MOST) {
            print::out(&format!("  {path}  {}", named(&change.record)));
        }
        if fresh.len() > MOST {
            print::out(&format!("  ……还有{}条", fresh.len() - MOST));
        }
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
    let broken = intake.targets.iter().flat_map(|target| target.records.iter().map(move |record| (target, record)));
    let broken: Vec<String> = broken
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
