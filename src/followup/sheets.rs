//! 表格 — what becomes of a policy as sheets of a workbook.

use super::chains::Along;
use super::evaluation::Measured;
use super::ranking::{RULE, Ranked};
use super::standing::{Count, Standing};
use super::{Entry, Plan, Task, Until};
use crate::calendar::Day;
use crate::grid::{Column, Datum, Grid, Shape};
use crate::register::{Listing, Register};
use crate::yaml::Located;

/// Words as one text.
fn joined<'a>(words: impl IntoIterator<Item = &'a Located<String>>, between: &str) -> Datum {
    Datum::text(words.into_iter().map(|word| word.value.as_str()).collect::<Vec<_>>().join(between))
}

/// A term: a day where it is one.
fn term(until: Until) -> Datum {
    match until {
        Until::Day(day) => Datum::Day(day),
        other => Datum::text(other.to_string()),
    }
}

fn columns(heads: &[(&str, Shape)]) -> Vec<Column> {
    heads.iter().map(|(head, shape)| Column::new(*head, *shape)).collect()
}

/// Tasks, a row each.
#[must_use]
pub fn tasks(tasks: &[&Task]) -> Grid {
    let rows = tasks.iter().map(|task| {
        vec![
            Datum::text(&task.clause.value.0),
            Datum::text(&task.name.value),
            joined(&task.measures, "；"),
            Datum::text(&task.lead.value),
            joined(&task.assisting, "、"),
            joined(&task.districts, "、"),
            Datum::text(task.owner.clone().unwrap_or_default()),
            term(task.until.value),
        ]
    });
    let heads = [
        ("条款", Shape::Text),
        ("任务", Shape::Text),
        ("主要措施", Shape::Long),
        ("牵头单位", Shape::Text),
        ("配合单位", Shape::Text),
        ("区县（市）", Shape::Text),
        ("责任人", Shape::Text),
        ("时限", Shape::Day),
    ];
    Grid { name: "任务分解".into(), columns: columns(&heads), rows: rows.collect(), ..Grid::default() }
}

/// The targets of a plan, a row each.
#[must_use]
pub fn targets(plan: &Plan) -> Grid {
    let rows = plan.targets.iter().map(|target| {
        vec![
            Datum::text(&target.clause.value.0),
            Datum::text(&target.name.value),
            Datum::text(target.amount.value.to_string()),
            term(target.by.value),
            Datum::text(&target.words.value),
            joined(&target.lead, ""),
        ]
    });
    let heads = [
        ("条款", Shape::Text),
        ("目标", Shape::Text),
        ("数值", Shape::Text),
        ("时限", Shape::Day),
        ("原文", Shape::Long),
        ("牵头单位", Shape::Text),
    ];
    Grid { name: "目标".into(), columns: columns(&heads), rows: rows.collect(), ..Grid::default() }
}

/// How the tasks stand in a period, a row for each and whoever does it.
#[must_use]
pub fn standing(standing: &Standing<'_>) -> Grid {
    let rows = standing.lines.iter().map(|line| {
        let said = |text: fn(&Entry) -> String| Datum::text(line.entry.map(text).unwrap_or_default());
        vec![
            Datum::text(&line.task.clause.value.0),
            Datum::text(&line.task.name.value),
            Datum::text(line.who()),
            term(line.task.until.value),
            Datum::text(line.word()),
            Datum::text(if line.overdue { "是" } else { "" }),
            said(|entry| entry.done.clone()),
            said(Entry::figures_text),
            said(|entry| entry.problem.clone()),
            said(|entry| entry.next.clone()),
        ]
    });
    let heads = [
        ("条款", Shape::Text),
        ("任务", Shape::Text),
        ("单位", Shape::Text),
        ("时限", Shape::Day),
        ("状态", Shape::Text),
        ("逾期", Shape::Text),
        ("工作", Shape::Long),
        ("数据", Shape::Long),
        ("问题", Shape::Long),
        ("下一步", Shape::Long),
    ];
    let (name, title) = ("调度表".to_owned(), format!("{}任务调度表", standing.period));
    Grid { name, title, columns: columns(&heads), rows: rows.collect(), ..Grid::default() }
}

/// Units or districts in their places.
#[must_use]
pub fn ranking(name: &str, ranked: &[Ranked<'_>]) -> Grid {
    let rows = ranked.iter().map(|one| {
        let Count { total, done, going, waiting, behind, silent, overdue, in_time } = one.count;
        let counts = [total, done, going, waiting, behind, silent, overdue, in_time].map(Datum::count);
        [Datum::count(one.place), Datum::text(one.name)].into_iter().chain(counts).collect()
    });
    let counts = ["任务数", "已完成", "推进中", "未启动", "滞后", "未报送", "逾期", "完成和按时推进"];
    let heads = [("名次", Shape::Text), (name, Shape::Text)];
    let heads: Vec<(&str, Shape)> = heads.into_iter().chain(counts.map(|name| (name, Shape::Count))).collect();
    Grid {
        name: format!("{name}排名"),
        title: RULE.to_owned(),
        columns: columns(&heads),
        rows: rows.collect(),
        ..Grid::default()
    }
}

/// Indicators, a row each.
#[must_use]
pub fn indicators(measured: &[Measured<'_>]) -> Grid {
    let rows = measured.iter().map(|one| {
        let last = one.last();
        let against = one.against.as_ref();
        vec![
            Datum::text(&one.indicator.name.value),
            Datum::text(&one.indicator.unit.value),
            Datum::text(last.map(|(period, _)| period.to_string()).unwrap_or_default()),
            last.map(|(_, value)| Datum::Number(value)).unwrap_or_default(),
            Datum::text(one.change().unwrap_or_default()),
            against.map(|progress| Datum::Number(progress.wanted)).unwrap_or_default(),
            Datum::text(against.map(|progress| progress.target.by.value.to_string()).unwrap_or_default()),
            against.map(|progress| Datum::Number(progress.expected.round_dp(2))).unwrap_or_default(),
            Datum::text(against.map(|progress| progress.against.word()).unwrap_or_default()),
        ]
    });
    let heads = [
        ("指标", Shape::Text),
        ("单位", Shape::Text),
        ("期", Shape::Text),
        ("数值", Shape::Amount),
        ("比上年", Shape::Text),
        ("目标", Shape::Amount),
        ("时限", Shape::Text),
        ("应达到", Shape::Amount),
        ("结论", Shape::Text),
    ];
    Grid { name: "指标".into(), columns: columns(&heads), rows: rows.collect(), ..Grid::default() }
}

/// All values of indicators, a row each.
#[must_use]
pub fn series(measured: &[Measured<'_>]) -> Grid {
    let rows = measured.iter().flat_map(|one| {
        let row = |period: String, whom: &str, value| {
            let name = Datum::text(&one.indicator.name.value);
            vec![
                name,
                Datum::text(period),
                Datum::text(whom),
                Datum::Number(value),
                Datum::text(&one.indicator.unit.value),
            ]
        };
        let of_city = one.values.iter().map(move |(period, value)| row(period.to_string(), "全市", *value));
        let period = one.district_period.map(|period| period.to_string()).unwrap_or_default();
        of_city.chain(one.districts.iter().map(move |(district, value)| row(period.clone(), district, *value)))
    });
    let heads = [
        ("指标", Shape::Text),
        ("期", Shape::Text),
        ("范围", Shape::Text),
        ("数值", Shape::Amount),
        ("单位", Shape::Text),
    ];
    Grid { name: "历年和区县".into(), columns: columns(&heads), rows: rows.collect(), ..Grid::default() }
}

/// Chains, a row each.
#[must_use]
pub fn chains(along: &[Along<'_>], register: &Register) -> Grid {
    let rows = along.iter().map(|one| {
        let tasks = one.tasks();
        vec![
            Datum::text(&one.chain.name.value),
            Datum::text(&one.chain.head),
            Datum::text(one.chain.president(register)),
            joined(&one.chain.districts, "、"),
            Datum::count(one.members.len()),
            Datum::count(one.awarded()),
            Datum::wan(one.amount()),
            Datum::count(tasks.total),
            Datum::count(tasks.behind + tasks.silent),
            Datum::count(tasks.overdue),
        ]
    });
    let heads = [
        ("产业链", Shape::Text),
        ("链长", Shape::Text),
        ("盟会长", Shape::Text),
        ("区县（市）", Shape::Long),
        ("企业数", Shape::Count),
        ("获奖企业数", Shape::Count),
        ("奖励（万元）", Shape::Amount),
        ("任务数", Shape::Count),
        ("滞后和未报", Shape::Count),
        ("逾期", Shape::Count),
    ];
    Grid { name: "产业链".into(), columns: columns(&heads), rows: rows.collect(), ..Grid::default() }
}

/// The enterprises of chains, a row each.
#[must_use]
pub fn chain_members(along: &[Along<'_>]) -> Grid {
    let rows = along.iter().flat_map(|one| {
        one.members.iter().map(|(enterprise, amount)| {
            vec![
                Datum::text(&one.chain.name.value),
                Datum::text(&enterprise.name.value),
                Datum::text(enterprise.code.value.as_str()),
                Datum::text(&enterprise.district.value),
                Datum::wan(*amount),
            ]
        })
    });
    let heads = [
        ("产业链", Shape::Text),
        ("企业", Shape::Text),
        ("统一社会信用代码", Shape::Text),
        ("区县（市）", Shape::Text),
        ("奖励（万元）", Shape::Amount),
    ];
    Grid { name: "产业链企业".into(), columns: columns(&heads), rows: rows.collect(), ..Grid::default() }
}

/// A list as it stands on a day, a row for each that is or was on it.
#[must_use]
pub fn listing(listing: &Listing, register: &Register, on: Day) -> Grid {
    let rows = listing.entries.iter().map(|entry| {
        let enterprise = register.enterprise(entry.enterprise.value);
        let day = |day: Option<Day>| day.map(Datum::Day).unwrap_or_default();
        vec![
            Datum::text(enterprise.map_or("", |enterprise| enterprise.name.value.as_str())),
            Datum::text(entry.enterprise.value.as_str()),
            Datum::text(enterprise.map_or("", |enterprise| enterprise.district.value.as_str())),
            Datum::text(entry.grade.as_ref().map_or("", |grade| grade.value.as_str())),
            Datum::Day(entry.from.value),
            day(entry.until.map(|until| until.value)),
            day(entry.left.map(|left| left.value)),
            Datum::text(entry.reason.clone().unwrap_or_default()),
            Datum::text(&entry.document.value),
            Datum::text(if entry.holds(on) { "在册" } else { "不在册" }),
        ]
    });
    let heads = [
        ("企业", Shape::Text),
        ("统一社会信用代码", Shape::Text),
        ("区县（市）", Shape::Text),
        ("等级", Shape::Text),
        ("列入", Shape::Day),
        ("有效期至", Shape::Day),
        ("退出", Shape::Day),
        ("原因", Shape::Long),
        ("文件", Shape::Text),
        ("现状", Shape::Text),
    ];
    let title = format!("{}（{on}）", listing.name.value);
    Grid { name: "名单".into(), title, columns: columns(&heads), rows: rows.collect(), ..Grid::default() }
}
