//! `hongtou awards` — the awards of a year: for people as a table, for programs as JSON or CSV; and side by side under
//! another reading of the words.

use std::path::{Path, PathBuf};

use super::arguments::{AwardFormat, Awards, Common, FindingFormat};
use super::destination::{FileFormat, format_of, say, write_sheets};
use super::opened::Opened;
use super::table::{Align, table};
use super::{Ending, Failure, findings};
use crate::award::{Assessment, Outcome, Summary, assess, csv, json, records, sheets};
use crate::calendar::Year;
use crate::money::Money;
use crate::policy::readings::Reading;
use crate::project::{self, Project};

pub(super) fn run(common: &Common, options: &Awards) -> Result<Ending, Failure> {
    let mut opened = common.open(&[])?;
    opened.show();
    let Opened { project, report, .. } = opened;
    let year = year(&project, options.year)?;
    let mut assessments = assess(&project.register, &project.policies, year);
    select(&project, options, &mut assessments)?;
    let format = format_of(&project.root, options.format, options.output.as_deref(), AwardFormat::Table)?;
    if options.readings.is_empty() {
        write(&project, options, format, &assessments, year, || listing(&assessments, year, options.all))?;
        return Ok(Ending::of(&report));
    }
    let Opened { project: other, report: mut found, .. } = common.open(&readings(&options.readings)?)?;
    findings::show(&mut found, &other.sources, FindingFormat::Text);
    if found.has_errors() {
        return Ok(Ending::Findings);
    }
    let mut others = assess(&other.register, &other.policies, year);
    select(&other, options, &mut others)?;
    write(&other, options, format, &others, year, || comparison(&assessments, &others))?;
    Ok(Ending::of(&report))
}

/// Writes or prints awards as they were asked for; `text` is what a person reads on the terminal.
fn write(
    project: &Project,
    options: &Awards,
    format: AwardFormat,
    assessments: &[Assessment<'_>],
    year: Year,
    text: impl FnOnce() -> String,
) -> Result<(), Failure> {
    let records = || records(assessments, &project.sources);
    let text = match format {
        AwardFormat::Json => json(records()),
        AwardFormat::Csv => csv(records()),
        AwardFormat::Table => text(),
        AwardFormat::Xlsx => {
            let path = options.output.clone().unwrap_or_else(|| PathBuf::from(format!("奖励-{year}.xlsx")));
            return write_sheets(&project.root, &path, &sheets(assessments, &format!("{year}年度奖励"), options.all));
        }
    };
    say(&project.root, options.output.as_ref(), &text)
}

impl FileFormat for AwardFormat {
    fn endings(&self) -> &'static [&'static str] {
        match self {
            Self::Table => &["txt"],
            Self::Json => &["json"],
            Self::Csv => &["csv"],
            Self::Xlsx => &["xlsx"],
        }
    }
}

/// Readings as they were typed, or as they stand in a file, one a line; what begins with `#` is a remark.
fn readings(typed: &[String]) -> Result<Vec<Reading>, Failure> {
    let mut readings = Vec::new();
    for text in typed {
        if text.contains(['=', '＝']) {
            readings.push(text.parse().map_err(Failure::Unknown)?);
            continue;
        }
        let lines = project::read_text(Path::new(text))
            .map_err(|error| Failure::Unknown(format!("“{text}”不是条文理解，也不是可读的文件（{error}）")))?;
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            readings.push(line.parse().map_err(Failure::Unknown)?);
        }
    }
    Ok(readings)
}

/// The year asked for, or the latest one declared.
pub(super) fn year(project: &Project, asked: Option<Year>) -> Result<Year, Failure> {
    let known: Vec<String> = project.years().map(|year| year.to_string()).collect();
    let year = asked.or_else(|| project.years().max());
    match year {
        Some(year) if project.register.declarations.contains_key(&year) => Ok(year),
        Some(year) => Err(Failure::Unknown(format!("没有{year}年度的申报（有：{}）", known.join("、")))),
        None => Err(Failure::Unknown("data/declarations 里没有任何年度的申报".to_owned())),
    }
}

fn select(project: &Project, options: &Awards, assessments: &mut Vec<Assessment<'_>>) -> Result<(), Failure> {
    if let Some(asked) = &options.enterprise {
        let enterprise = enterprise(project, asked)?;
        assessments.retain(|assessment| assessment.enterprise.code.value == enterprise.code.value);
    }
    if let Some(asked) = &options.clause {
        let known: Vec<&str> = project
            .policies
            .iter()
            .flat_map(|policy| &policy.rules.rules)
            .map(|rule| rule.clause.value.0.as_str())
            .collect();
        if !known.contains(&asked.as_str()) {
            return Err(Failure::Unknown(format!("没有条款“{asked}”的规则；有规则的条款是：{}", known.join("、"))));
        }
        assessments.retain(|assessment| assessment.rule.clause.value.0 == *asked);
    }
    Ok(())
}

/// The enterprise with a name or a code.
pub(super) fn enterprise<'a>(project: &'a Project, asked: &str) -> Result<&'a crate::register::Enterprise, Failure> {
    project.register.find(asked).ok_or_else(|| {
        let names = project.register.enterprises.values().map(|enterprise| enterprise.name.value.as_str());
        let hint = crate::diag::nearest(asked, names).map(|near| format!("，是不是“{near}”？")).unwrap_or_default();
        Failure::Unknown(format!("企业库里没有“{asked}”{hint}"))
    })
}

fn listing(assessments: &[Assessment<'_>], year: Year, all: bool) -> String {
    let shown: Vec<&Assessment<'_>> =
        assessments.iter().filter(|assessment| all || matches!(assessment.outcome, Outcome::Granted(_))).collect();
    let rows: Vec<Vec<String>> = shown
        .iter()
        .map(|assessment| {
            let remark =
                assessment.reason().or_else(|| assessment.cut.map(crate::award::Cut::text)).unwrap_or_default();
            vec![
                assessment.rule.clause.value.to_string(),
                assessment.rule.name.clone(),
                assessment.enterprise.name.value.clone(),
                if assessment.subject == assessment.enterprise.name.value {
                    String::new()
                } else {
                    assessment.subject.to_owned()
                },
                assessment.amount().wan_text(),
                remark,
            ]
        })
        .collect();
    let head = [
        ("条款", Align::Left),
        ("事项", Align::Left),
        ("企业", Align::Left),
        ("对象", Align::Left),
        ("金额（万元）", Align::Right),
        ("限额或理由", Align::Left),
    ];
    let summary = Summary::of(assessments);
    let clauses: Vec<Vec<String>> = summary
        .clauses
        .iter()
        .map(|clause| {
            vec![
                clause.clause.clone(),
                clause.name.clone(),
                clause.enterprises.to_string(),
                clause.awards.to_string(),
                clause.amount.wan_text(),
            ]
        })
        .collect();
    let head_of_sums = [
        ("条款", Align::Left),
        ("事项", Align::Left),
        ("企业数", Align::Right),
        ("项数", Align::Right),
        ("金额（万元）", Align::Right),
    ];
    format!(
        "{year}年度奖励\n\n{}\n\n{}\n\n合计：{}家企业，{}项，{}元（{}）",
        table(&head, &rows),
        table(&head_of_sums, &clauses),
        summary.enterprises,
        summary.awards,
        summary.total.yuan_text(),
        summary.total.capitals()
    )
}

/// Both readings side by side: only what differs, and the totals.
fn comparison(now: &[Assessment<'_>], other: &[Assessment<'_>]) -> String {
    let difference = |from: Money, to: Money| {
        if to >= from { format!("+{}", (to - from).wan_text()) } else { format!("-{}", (from - to).wan_text()) }
    };
    let rows: Vec<Vec<String>> = now
        .iter()
        .zip(other)
        .filter(|(now, other)| now.amount() != other.amount())
        .map(|(now, other)| {
            vec![
                now.rule.clause.value.to_string(),
                now.enterprise.name.value.clone(),
                now.subject.to_owned(),
                now.amount().wan_text(),
                other.amount().wan_text(),
                difference(now.amount(), other.amount()),
            ]
        })
        .collect();
    let head = [
        ("条款", Align::Left),
        ("企业", Align::Left),
        ("对象", Align::Left),
        ("现行（万元）", Align::Right),
        ("试算（万元）", Align::Right),
        ("相差", Align::Right),
    ];
    let (a, b) = (Summary::of(now).total, Summary::of(other).total);
    let body = if rows.is_empty() { "两种理解的结果相同。".to_owned() } else { table(&head, &rows) };
    format!("{body}\n\n合计：现行{}万元，试算{}万元，相差{}万元", a.wan_text(), b.wan_text(), difference(a, b))
}
