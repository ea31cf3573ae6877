//! `hongtou statistics` — a year's awards counted: for a report as tables, for charts as data.

use std::path::PathBuf;

use super::arguments::{Common, Statistics as Options, StatisticsFormat};
use super::awards::year;
use super::destination::{FileFormat, format_of, say, write_sheets};
use super::opened::Opened;
use super::table::{Align, table};
use super::{Ending, Failure};
use crate::award::{Count, Statistics};

pub(super) fn run(common: &Common, options: &Options) -> Result<Ending, Failure> {
    let mut opened = common.open(&[])?;
    opened.show();
    let Opened { project, report, .. } = opened;
    let year = year(&project, options.year)?;
    let statistics = Statistics::of(&project.register, &project.policies, year);
    let text = match format_of(&project.root, options.format, options.output.as_deref(), StatisticsFormat::Table)? {
        StatisticsFormat::Json => statistics.json(),
        StatisticsFormat::Table => text(&statistics),
        StatisticsFormat::Csv => statistics.csv(),
        StatisticsFormat::Xlsx => {
            let path = options.output.clone().unwrap_or_else(|| PathBuf::from(format!("统计-{year}.xlsx")));
            write_sheets(&project.root, &path, &statistics.sheets())?;
            return Ok(Ending::of(&report));
        }
    };
    say(&project.root, options.output.as_ref(), &text)?;
    Ok(Ending::of(&report))
}

impl FileFormat for StatisticsFormat {
    fn endings(&self) -> &'static [&'static str] {
        match self {
            Self::Table => &["txt"],
            Self::Json => &["json"],
            Self::Xlsx => &["xlsx"],
            Self::Csv => &["csv"],
        }
    }
}

fn text(statistics: &Statistics) -> String {
    let mut out = vec![format!("{}年度奖励统计", statistics.year)];
    for (name, counts) in statistics.parts().into_iter().filter(|(_, counts)| !counts.is_empty()) {
        out.push(counted(name, counts));
    }
    let rows: Vec<Vec<String>> = statistics
        .limits
        .iter()
        .map(|line| {
            let scope = format!("{}最高{}", line.scope, line.limit);
            vec![line.clause.clone(), scope, line.asked.to_string(), line.reached.to_string(), line.cut.wan_text()]
        })
        .collect();
    let head = [
        ("条款", Align::Left),
        ("限额", Align::Left),
        ("核对项数", Align::Right),
        ("达到项数", Align::Right),
        ("核减（万元）", Align::Right),
    ];
    out.push(table(&head, &rows));
    let Count { enterprises, awards, amount, .. } = &statistics.total;
    out.push(format!("合计：{enterprises}家企业，{awards}项，{}元（{}）", amount.yuan_text(), amount.capitals()));
    out.join("\n\n")
}

fn counted(name: &str, counts: &[Count]) -> String {
    let head = [(name, Align::Left), ("企业数", Align::Right), ("项数", Align::Right), ("金额（万元）", Align::Right)];
    let rows: Vec<Vec<String>> = counts
        .iter()
        .map(|count| {
            vec![count.name.clone(), count.enterprises.to_string(), count.awards.to_string(), count.amount.wan_text()]
        })
        .collect();
    table(&head, &rows)
}
