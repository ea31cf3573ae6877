//! `hongtou progress` — how a policy's tasks stand in a period: what is done, silent, overdue; units and districts side by side.

use std::path::PathBuf;

use super::arguments::{Common, Progress, SheetFormat};
use super::destination::{format_of, say, write_sheets};
use super::table::{Align, table};
use super::tasks::plan;
use super::{Ending, Failure};
use crate::diag::nearest;
use crate::followup::ranking::{RULE, Ranked, ranked};
use crate::followup::standing::{Count, Line, Standing};
use crate::followup::{Period, Round, sheets};

pub(super) fn run(common: &Common, options: &Progress) -> Result<Ending, Failure> {
    let mut opened = common.open(&[])?;
    opened.show();
    let project = &opened.project;
    let plan = plan(project, options.policy.as_deref())?;
    let rounds: Vec<&Round> = project.followup.rounds(&plan.policy.value).collect();
    let period = period(options.period.as_deref(), &rounds)?;
    let mut standing = Standing::of(plan, &rounds, period);
    if let Some(unit) = &options.unit {
        let known: Vec<&str> = standing.lines.iter().map(Line::who).collect();
        if !known.contains(&unit.as_str()) {
            let hint = nearest(unit, known).map(|near| format!("，是不是“{near}”？")).unwrap_or_default();
            return Err(Failure::Unknown(format!("没有“{unit}”牵头的任务{hint}")));
        }
        standing.lines.retain(|line| line.who() == unit);
    }
    let (units, districts) = (ranked(standing.of_units()), ranked(standing.of_districts()));
    let count = Count::of(standing.of_units());
    if options.late {
        standing.lines.retain(Line::is_late);
    }
    let format = format_of(&project.root, options.format, options.output.as_deref(), SheetFormat::Table)?;
    if format == SheetFormat::Xlsx {
        let path = options.output.clone().unwrap_or_else(|| PathBuf::from(format!("调度-{period}.xlsx")));
        let grids = [sheets::standing(&standing), sheets::ranking("单位", &units), sheets::ranking("区县", &districts)];
        write_sheets(&project.root, &path, &grids)?;
        return Ok(Ending::of(&opened.report));
    }
    let mut out = vec![format!("{period}任务调度表"), lines(&standing)];
    if options.unit.is_none() {
        out.extend([("单位", &units), ("区县", &districts)].map(|(name, ranked)| places(name, ranked)));
        out.push(format!("排名：{RULE}。"));
    }
    let Count { total, done, going, waiting, behind, silent, overdue, .. } = count;
    out.push(format!(
        "共{total}项任务：已完成{done}项，推进中{going}项，未启动{waiting}项，滞后{behind}项，未报送{silent}项；逾期{overdue}项"
    ));
    say(&project.root, options.output.as_ref(), &out.join("\n\n"))?;
    Ok(Ending::of(&opened.report))
}

/// The period asked for, or the last one that was reported on.
fn period(asked: Option<&str>, rounds: &[&Round]) -> Result<Period, Failure> {
    let told = || {
        let told: Vec<String> = rounds.iter().map(|round| round.period.value.to_string()).collect();
        if told.is_empty() {
            "data/progress 里还没有进展".to_owned()
        } else {
            format!("已有：{}", told.join("、"))
        }
    };
    match asked {
        None => rounds.last().map(|round| round.period.value).ok_or_else(|| Failure::Unknown(told())),
        Some(text) => {
            let period: Period = text.parse().map_err(Failure::Unknown)?;
            let known = rounds.iter().any(|round| round.period.value == period);
            if known { Ok(period) } else { Err(Failure::Unknown(format!("没有{period}的进展；{}", told()))) }
        }
    }
}

fn lines(standing: &Standing<'_>) -> String {
    let rows: Vec<Vec<String>> = standing
        .lines
        .iter()
        .map(|line| {
            vec![
                line.task.clause.value.to_string(),
                line.task.name.value.clone(),
                line.who().to_owned(),
                line.task.until.value.to_string(),
                line.word(),
                if line.overdue { "逾期".to_owned() } else { String::new() },
            ]
        })
        .collect();
    table(&["条款", "任务", "单位", "时限", "状态", "逾期"].map(|name| (name, Align::Left)), &rows)
}

fn places(name: &str, ranked: &[Ranked<'_>]) -> String {
    let head = ["任务数", "已完成", "推进中", "未启动", "滞后", "未报送", "逾期"].map(|name| (name, Align::Right));
    let head: Vec<(&str, Align)> = [("名次", Align::Right), (name, Align::Left)].into_iter().chain(head).collect();
    let rows: Vec<Vec<String>> = ranked
        .iter()
        .map(|one| {
            let Count { total, done, going, waiting, behind, silent, overdue, .. } = one.count;
            let counts = [total, done, going, waiting, behind, silent, overdue].map(|count| count.to_string());
            [one.place.to_string(), one.name.to_owned()].into_iter().chain(counts).collect()
        })
        .collect();
    table(&head, &rows)
}
