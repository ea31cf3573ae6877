//! `hongtou statistics` — a year's awards counted: for a report as tables, for charts as data.

use super::arguments::{Common, Statistics as Options, StatisticsFormat};
use super::awards::year;
use super::opened::Opened;
use super::table::{Align, table};
use super::{Ending, Failure, print};
use crate::award::{Count, Statistics};

pub(super) fn run(common: &Common, options: &Options) -> Result<Ending, Failure> {
    let mut opened = common.open(&[])?;
    opened.show();
    let Opened { project, report, .. } = opened;
    let year = year(&project, options.year)?;
    let statistics = Statistics::of(&project.register, &project.policies, year);
    match options.format {
        StatisticsFormat::Json => print::out(&statistics.json()),
        StatisticsFormat::Table => print::out(&text(&statistics)),
    }
    Ok(Ending::of(&report))
}

fn text(statistics: &Statistics) -> String {
    let Statistics { year, clauses, districts, industries, largest, levels, years, .. } = statistics;
    let mut out = vec![format!("{year}年度奖励统计")];
    let parts = [
        ("条款", clauses),
        ("区县", districts),
        ("行业", industries),
        ("企业（前十）", largest),
        ("分担", levels),
        ("年度", years),
    ];
    for (name, counts) in parts.into_iter().filter(|(_, counts)| !counts.is_empty()) {
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
