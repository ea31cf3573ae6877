//! 督导 — how a policy's tasks stand, for the templates of 通报 and 督办函, and as the page of every task's history.

use serde_json::{Value, json};

use super::plan::{heading, table};
use crate::calendar::Day;
use crate::document::{Article, Block, Document, Fact, inlines};
use crate::followup::ranking::{RULE, Ranked, ranked};
use crate::followup::standing::{Count, Line, Standing};
use crate::followup::{Entry, Period, Plan, Round, State};
use crate::policy::Policy;

/// What a template sees of a period.
pub(super) fn facts(plan: &Plan, policy: &Policy, rounds: &[&Round], period: Period) -> Value {
    let standing = Standing::of(plan, rounds, period);
    let chosen = |wanted: &dyn Fn(&&Line<'_>) -> bool| -> Vec<Value> {
        standing.lines.iter().filter(wanted).map(line).collect()
    };
    json!({
        "政策": { "标题": policy.title, "发文字号": policy.number },
        "期": period.to_string(),
        "起": period.first().iso(),
        "止": period.last().iso(),
        "规则": RULE,
        "合计": count(Count::of(standing.of_units())),
        "单位": ranked(standing.of_units()).iter().map(place).collect::<Vec<_>>(),
        "区县": ranked(standing.of_districts()).iter().map(place).collect::<Vec<_>>(),
        "列表": chosen(&|_| true),
        "逾期": chosen(&|line| line.overdue),
        "滞后": chosen(&|line| !line.overdue && line.state() == Some(State::Behind)),
        "未报送": chosen(&|line| line.entry.is_none()),
        "问题": chosen(&|line| line.entry.is_some_and(|entry| !entry.problem.is_empty())),
    })
}

/// What the template of a letter sees of what a unit owes; `None` where it owes nothing.
pub(super) fn urged(
    plan: &Plan,
    policy: &Policy,
    rounds: &[&Round],
    period: Period,
    unit: &str,
    (workdays, last): (u32, Option<Day>),
) -> Option<Value> {
    let standing = Standing::of(plan, rounds, period);
    let late: Vec<Value> = standing.done_by(unit).filter(|line| line.is_late()).map(line).collect();
    (!late.is_empty()).then(|| {
        json!({
            "单位": unit,
            "政策": policy.title,
            "任务数": late.len().to_string(),
            "工作日": workdays.to_string(),
            "限期": last.map(Day::iso),
            "列表": late,
        })
    })
}

fn count(count: Count) -> Value {
    let Count { total, done, going, waiting, behind, silent, overdue, in_time } = count;
    json!({
        "任务数": total.to_string(),
        "已完成": done.to_string(),
        "推进中": going.to_string(),
        "未启动": waiting.to_string(),
        "滞后": behind.to_string(),
        "未报送": silent.to_string(),
        "逾期": overdue.to_string(),
        "按时": in_time.to_string(),
    })
}

fn place(ranked: &Ranked<'_>) -> Value {
    let mut value = count(ranked.count);
    if let Some(map) = value.as_object_mut() {
        map.insert("名次".to_owned(), json!(ranked.place.to_string()));
        map.insert("名称".to_owned(), json!(ranked.name));
    }
    value
}

fn line(line: &Line<'_>) -> Value {
    let said = |text: fn(&Entry) -> String| line.entry.map(text).unwrap_or_default();
    let late = match (line.overdue, line.state()) {
        (true, None) => "逾期，未报送",
        (true, _) => "逾期",
        (false, None) => "未报送",
        (false, Some(State::Behind)) => "滞后",
        _ => "",
    };
    json!({
        "条款": line.task.clause.value.0,
        "任务": line.task.name.value,
        "单位": line.who(),
        "责任人": line.task.owner.clone().unwrap_or_default(),
        "时限": line.task.until.value.to_string(),
        "状态": line.word(),
        "督办": late,
        "工作": ended(said(|entry| entry.done.clone())),
        "数据": said(Entry::figures_text),
        "问题": ended(said(|entry| entry.problem.clone())),
        "下一步": ended(said(|entry| entry.next.clone())),
    })
}

/// A sentence without its last mark: the template sets it.
fn ended(text: String) -> String {
    text.trim_end_matches(['。', '；']).to_owned()
}

/// The page of every task's history, below that of its policy's document in a folder of the site; nothing where nobody reported.
#[must_use]
pub fn article(plan: &Plan, rounds: &[&Round], document: &Document, folder: &str) -> Option<Article> {
    let last = rounds.last()?.period.value;
    let standing = Standing::of(plan, rounds, last);
    let count = Count::of(standing.of_units());
    let mut body = vec![heading(&format!("{last}的情况"), "now"), overview(&standing)];
    for (index, task) in plan.tasks.iter().enumerate() {
        let rows: Vec<Vec<String>> = rounds
            .iter()
            .flat_map(|round| {
                let of_task = round.entries.iter().filter(|entry| entry.task.value == task.name.value);
                of_task.map(|entry| history(task.lead.value.as_str(), round.period.value, entry))
            })
            .collect();
        body.push(heading(&format!("{}　{}", task.clause.value, task.name.value), &format!("t{}", index + 1)));
        let who = format!("{}牵头，时限：{}。", task.lead.value, task.until.value);
        body.push(Block::Paragraph { label: None, text: inlines(&who), indent: true });
        if rows.is_empty() {
            body.push(Block::Paragraph { label: None, text: inlines("还没有报送过进展。"), indent: true });
        } else {
            body.push(table(&["期", "单位", "状态", "工作", "数据", "问题", "下一步"], rows.into_iter()));
        }
    }
    body.extend(answers(rounds));
    let fact = |label: &str, text: String| Fact { label: label.to_owned(), text };
    Some(Article {
        facts: vec![
            fact("最近一期", last.to_string()),
            fact("任务数", count.total.to_string()),
            fact("已完成", count.done.to_string()),
            fact("推进中", count.going.to_string()),
            fact("未启动", count.waiting.to_string()),
            fact("滞后", count.behind.to_string()),
            fact("未报送", count.silent.to_string()),
            fact("逾期", count.overdue.to_string()),
        ],
        ..Article::below(document, folder, "progress", "任务进展", body)
    })
}

fn overview(standing: &Standing<'_>) -> Block {
    let rows = standing.lines.iter().map(|line| {
        let overdue = if line.overdue { "是" } else { "" };
        let (clause, name) = (line.task.clause.value.0.clone(), line.task.name.value.clone());
        vec![clause, name, line.who().to_owned(), line.task.until.value.to_string(), line.word(), overdue.to_owned()]
    });
    table(&["条款", "任务", "单位", "时限", "状态", "逾期"], rows)
}

fn history(lead: &str, period: Period, entry: &Entry) -> Vec<String> {
    vec![
        period.to_string(),
        entry.district().unwrap_or(lead).to_owned(),
        entry.state.value.to_string(),
        entry.done.clone(),
        entry.figures_text(),
        entry.problem.clone(),
        entry.next.clone(),
    ]
}

/// The letters that urged, with what was answered.
fn answers(rounds: &[&Round]) -> Vec<Block> {
    let rows: Vec<Vec<String>> = rounds
        .iter()
        .flat_map(|round| {
            round.urged.iter().map(|urged| {
                let answered = urged.answered.map_or_else(|| "还没有反馈".to_owned(), |day| day.value.to_string());
                vec![round.period.value.to_string(), urged.unit.value.clone(), answered, urged.result.clone()]
            })
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![heading("督办和反馈", "urged"), table(&["期", "单位", "反馈", "结果"], rows.into_iter())]
}
