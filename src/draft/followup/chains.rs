//! 产业链 — the chains of a policy for the template of the document about them, and as a page: who is responsible, which enterprises and
//! districts, what was awarded along each, how its tasks stand.

use serde_json::{Value, json};

use super::plan::{heading, table};
use crate::calendar::Year;
use crate::document::{Article, Block, Document, inlines};
use crate::followup::chains::{Along, COLUMNS};
use crate::followup::standing::Line;
use crate::register::Register;

/// What a template sees of chains.
pub(super) fn facts(along: &[Along<'_>], register: &Register) -> Value {
    let one = |one: &Along<'_>| {
        let tasks = one.tasks();
        json!({
            "名称": one.chain.name.value,
            "链长": one.chain.head,
            "盟会长": one.chain.president(register),
            "区县": districts(one),
            "企业数": one.members.len().to_string(),
            "获奖企业数": one.awarded().to_string(),
            "金额": one.amount().yuan_text(),
            "任务数": tasks.total.to_string(),
            "已完成": tasks.done.to_string(),
            "滞后和未报": (tasks.behind + tasks.silent).to_string(),
            "逾期": tasks.overdue.to_string(),
            "企业": one.members.iter().map(|(enterprise, amount)| json!({
                "名称": enterprise.name.value,
                "区县": enterprise.district.value,
                "金额": amount.yuan_text(),
            })).collect::<Vec<_>>(),
            "任务": one.lines.iter().map(|line| json!({
                "名称": line.task.name.value,
                "条款": line.task.clause.value.0,
                "单位": line.who(),
                "时限": line.task.until.value.to_string(),
                "状态": line.word(),
                "逾期": line.overdue,
                "工作": line.entry.map(|entry| entry.done.clone()).unwrap_or_default(),
            })).collect::<Vec<_>>(),
        })
    };
    json!({ "列表": along.iter().map(one).collect::<Vec<_>>() })
}

fn districts(along: &Along<'_>) -> String {
    along.chain.districts.iter().map(|district| district.value.as_str()).collect::<Vec<_>>().join("、")
}

/// The page of the chains, below that of a policy's document in a folder of the site, with the awards of a year, those of
/// each enterprise where `each` is true; none where there is no chain.
#[must_use]
pub fn article(
    along: &[Along<'_>],
    register: &Register,
    (year, each): (Year, bool),
    document: &Document,
    folder: &str,
) -> Option<Article> {
    if along.is_empty() {
        return None;
    }
    let told = format!("奖励是{year}年度的，任务是最近一期报送的。一家企业属于几条产业链的，各条都计。");
    let mut body = vec![Block::Paragraph { label: None, text: inlines(&told), indent: true }];
    let rows = along.iter().map(|one| one.told(register));
    body.extend([heading("总体情况", "all"), table(&COLUMNS, rows)]);
    for (at, one) in along.iter().enumerate() {
        body.push(heading(&one.chain.name.value, &format!("c{}", at + 1)));
        let districts = districts(one);
        if !districts.is_empty() {
            let told = format!("所在区县（市）：{districts}。");
            body.push(Block::Paragraph { label: None, text: inlines(&told), indent: true });
        }
        let members = one.members.iter().map(|(enterprise, amount)| {
            let cells = [enterprise.name.value.clone(), enterprise.district.value.clone()];
            cells.into_iter().chain(each.then(|| amount.wan_text())).collect()
        });
        let head = ["企业", "区县（市）", "奖励（万元）"];
        body.push(table(head.get(..if each { 3 } else { 2 }).unwrap_or_default(), members));
        if !one.lines.is_empty() {
            body.push(table(&["条款", "任务", "单位", "时限", "状态"], one.lines.iter().map(line)));
        }
    }
    Some(Article::below(document, folder, "chains", "产业链", body))
}

fn line(line: &Line<'_>) -> Vec<String> {
    let state = if line.overdue { format!("{}，逾期", line.word()) } else { line.word() };
    vec![
        line.task.clause.value.0.clone(),
        line.task.name.value.clone(),
        line.who().to_owned(),
        line.task.until.value.to_string(),
        state,
    ]
}
