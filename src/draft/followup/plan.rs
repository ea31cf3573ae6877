//! 任务分解 — a plan for the template of the notice that hands it out, and as a page.

use serde_json::{Value, json};

use crate::document::{Align, Article, Block, Column, Document, Fact, Label, Row, Table, inlines, plain};
use crate::followup::{Plan, Target, Task};
use crate::policy::Policy;
use crate::yaml::Located;

/// What a template sees of a plan.
pub(super) fn facts(plan: &Plan, policy: &Policy) -> Value {
    let leads = plan.leads();
    json!({
        "政策": { "标题": policy.title, "发文字号": policy.number, "失效日期": policy.last_day().iso() },
        "合计": {
            "任务数": plan.tasks.len().to_string(),
            "目标数": plan.targets.len().to_string(),
            "牵头单位数": leads.len().to_string(),
        },
        "调度": plan.rhythm.as_ref().map(|rhythm| json!({
            "周期": rhythm.every.name(),
            "自": rhythm.from.value.to_string(),
            "工作日": rhythm.workdays.to_string(),
        })),
        "单位": leads.iter().map(|lead| json!({
            "名称": lead,
            "牵头": plan.tasks.iter().filter(|task| task.lead.value == *lead).count().to_string(),
            "配合": plan.tasks.iter().filter(|task| assists(task, lead)).count().to_string(),
        })).collect::<Vec<_>>(),
        "目标": plan.targets.iter().map(target).collect::<Vec<_>>(),
        "列表": plan.tasks.iter().map(|task| task_facts(task, policy)).collect::<Vec<_>>(),
    })
}

fn assists(task: &Task, unit: &str) -> bool {
    task.assisting.iter().any(|own| own.value == unit)
}

fn joined<'a>(words: impl IntoIterator<Item = &'a Located<String>>, between: &str) -> String {
    words.into_iter().map(|word| word.value.trim_end_matches('。')).collect::<Vec<_>>().join(between)
}

fn target(target: &Target) -> Value {
    json!({
        "名称": target.name.value,
        "条款": target.clause.value.0,
        "数值": target.amount.value.to_string(),
        "时限": target.by.value.to_string(),
        "原文": target.words.value,
        "牵头": target.lead.as_ref().map(|lead| lead.value.clone()).unwrap_or_default(),
    })
}

pub(super) fn task_facts(task: &Task, policy: &Policy) -> Value {
    let headings = policy.outline.clause(&task.clause.value).map(|clause| clause.headings.join("　"));
    json!({
        "名称": task.name.value,
        "条款": task.clause.value.0,
        "标题": headings.unwrap_or_default(),
        "措施": joined(&task.measures, "；"),
        "牵头": task.lead.value,
        "配合": joined(&task.assisting, "、"),
        "区县": joined(&task.districts, "、"),
        "时限": task.until.value.to_string(),
        "责任人": task.owner.clone().unwrap_or_default(),
    })
}

/// The page of a plan, below that of its policy's document in a folder of the site.
#[must_use]
pub fn article(plan: &Plan, document: &Document, folder: &str) -> Article {
    let mut body = Vec::new();
    if !plan.targets.is_empty() {
        body.push(heading("目标", "targets"));
        let rows = plan.targets.iter().map(|target| {
            let lead = target.lead.as_ref().map(|lead| lead.value.clone()).unwrap_or_default();
            let clause = target.clause.value.0.clone();
            vec![clause, target.name.value.clone(), target.amount.value.to_string(), target.by.value.to_string(), lead]
        });
        body.push(table(&["条款", "目标", "数值", "时限", "牵头单位"], rows));
    }
    body.push(heading("任务", "tasks"));
    let rows = plan.tasks.iter().map(|task| {
        vec![
            task.clause.value.0.clone(),
            task.name.value.clone(),
            joined(&task.measures, "；"),
            task.lead.value.clone(),
            joined(&task.assisting, "、"),
            task.until.value.to_string(),
        ]
    });
    body.push(table(&["条款", "任务", "主要措施", "牵头单位", "配合单位", "时限"], rows));
    let fact = |label: &str, text: String| Fact { label: label.to_owned(), text };
    Article {
        facts: vec![
            fact("任务数", plan.tasks.len().to_string()),
            fact("目标数", plan.targets.len().to_string()),
            fact("牵头单位", plan.leads().join("、")),
        ],
        ..Article::below(document, folder, "tasks", "任务分解", body)
    }
}

pub(super) fn heading(text: &str, anchor: &str) -> Block {
    let label = Label { level: 1, text: String::new() };
    Block::Heading { label, text: inlines(text), anchor: anchor.to_owned() }
}

pub(super) fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Block {
    let rows = rows.map(|cells| Row::new(cells.iter().map(|text| inlines(text).into()).collect(), false)).collect();
    table_of(head, rows)
}

pub(super) fn table_of(head: &[&str], rows: Vec<Row>) -> Block {
    Block::Table(Table {
        caption: None,
        unit: None,
        columns: head.iter().enumerate().map(|(at, name)| Column::new(inlines(name), aligned(&rows, at))).collect(),
        rows,
        landscape: false,
    })
}

/// To the right where a column holds nothing but numbers.
fn aligned(rows: &[Row], at: usize) -> Align {
    let texts = || rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| plain(&cell.text));
    let numbers = texts().all(|text| text.parse::<rust_decimal::Decimal>().is_ok());
    if numbers && !rows.is_empty() { Align::Right } else { Align::Left }
}
