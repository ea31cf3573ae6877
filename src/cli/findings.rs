//! 问题 — findings as people read them, with the line and a caret, and as programs read them.

use std::io::IsTerminal;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use super::arguments::FindingFormat;
use super::print;
use crate::diag::{Code, Diagnostic, Report, Severity};
use crate::personal;
use crate::source::Sources;

/// Prints all findings, in the order of files and places.
pub(super) fn show(report: &mut Report, sources: &Sources, format: FindingFormat) {
    report.sort();
    match format {
        FindingFormat::Text => {
            #[expect(clippy::disallowed_methods, reason = "cli asks the environment")]
            let styled = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
            for finding in report.findings() {
                print::error(&format!("{}\n", text(finding, sources, &renderer)));
            }
        }
        FindingFormat::Json => print::out(&json(report, sources)),
    }
}

/// `3 处错误，1 处提醒`.
pub(super) fn count(report: &Report) -> String {
    match report.count() {
        (0, 0) => "没有问题".to_owned(),
        (errors, 0) => format!("{errors}处错误"),
        (0, warnings) => format!("{warnings}处提醒"),
        (errors, warnings) => format!("{errors}处错误，{warnings}处提醒"),
    }
}

/// One finding with its line.
pub(super) fn text(finding: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR.with_name("错误"),
        Severity::Warning => Level::WARNING.with_name("提醒"),
    };
    let located = finding.place.and_then(|place| Some((place, sources.get(place.file)?)));
    let message = match located {
        Some((place, source)) => {
            let (line, column) = source.line_column(place.start as usize);
            format!("{} 第{line}行第{column}列：{}", source.path(), finding.message)
        }
        None => finding.message.clone(),
    };
    let mut group = Group::with_title(level.primary_title(message).id(finding.code.name()));
    if let Some((place, source)) = located {
        let whole = source.text();
        let start = whole.floor_char_boundary((place.start as usize).min(whole.len()));
        let line_start = whole.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let line = whole.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        // A place of several lines is shown by its first one.
        let end = whole
            .ceil_char_boundary((place.end as usize).clamp(start, whole.len()))
            .min(line_start + line.len())
            .max(start);
        let (number, _) = source.line_column(start);
        if !whole.is_empty() {
            let caret = (start - line_start).min(line.len())
                ..(end - line_start).min(line.len()).max((start - line_start).min(line.len()));
            // A log of the build must not become the leak that the build was stopped for.
            let line = personal::blot(line, (finding.code == Code::Privacy).then(|| caret.clone()));
            let mut annotation = AnnotationKind::Primary.span(caret);
            if let Some(label) = &finding.label {
                annotation = annotation.label(label.as_str());
            }
            group = group.element(Snippet::source(line).line_start(number).path(source.path()).annotation(annotation));
        }
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.with_name("办法").message(help.as_str()));
    }
    renderer.render(&[group])
}

/// A finding as programs read it.
#[derive(Serialize)]
pub(super) struct FindingRecord<'a> {
    #[serde(rename = "级别")]
    pub(super) severity: &'static str,
    #[serde(rename = "类别")]
    pub(super) code: &'a str,
    #[serde(rename = "问题")]
    pub(super) message: &'a str,
    /// The cell of a foreign table.
    #[serde(rename = "格", skip_serializing_if = "Option::is_none")]
    pub(super) cell: Option<String>,
    #[serde(rename = "文件")]
    pub(super) file: Option<&'a str>,
    #[serde(rename = "行")]
    pub(super) line: Option<usize>,
    #[serde(rename = "列")]
    pub(super) column: Option<usize>,
    #[serde(rename = "办法")]
    pub(super) help: Option<&'a str>,
}

impl<'a> FindingRecord<'a> {
    /// A finding without its place.
    pub(super) fn of(finding: &'a Diagnostic) -> Self {
        Self {
            severity: if finding.severity == Severity::Error { "错误" } else { "提醒" },
            code: finding.code.name(),
            message: &finding.message,
            cell: None,
            file: None,
            line: None,
            column: None,
            help: finding.help.as_deref(),
        }
    }
}

fn json(report: &Report, sources: &Sources) -> String {
    let records: Vec<FindingRecord<'_>> = report
        .findings()
        .iter()
        .map(|finding| {
            let source = finding.place.and_then(|place| sources.get(place.file));
            let at = finding.place.zip(source).map(|(place, source)| source.line_column(place.start as usize));
            FindingRecord {
                file: source.map(crate::source::Source::path),
                line: at.map(|(line, _)| line),
                column: at.map(|(_, column)| column),
                ..FindingRecord::of(finding)
            }
        })
        .collect();
    serde_json::to_string_pretty(&records).unwrap_or_default()
}
