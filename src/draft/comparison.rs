//! 条款与规则对照 — a page of a policy that shows each clause beside the rules that carry it out: what one gets, and under which words.

use crate::document::{Align, Article, Block, Cell, Column, Document, Inline, Row, Table, inlines};
use crate::policy::Policy;

/// The text of the page; nothing where no clause has a rule.
#[must_use]
pub fn blocks(policy: &Policy) -> Vec<Block> {
    let carried = policy.carried();
    if carried.is_empty() {
        return Vec::new();
    }
    let introduction = "奖励按下列规则计算。每一行左边是条款里作出规定的原文，右边是据以计算的规则。";
    let columns = ["条款和事项", "原文", "给谁", "给多少", "限额"];
    let rows = carried.iter().flat_map(|clause| {
        clause.rules.iter().map(|rule| {
            let conditions: Vec<String> = rule.conditions.iter().map(|condition| (*condition).to_owned()).collect();
            let whom = [vec![rule.subject.to_owned()], conditions].concat();
            let name = vec![clause.clause.id.0.clone(), rule.name.to_owned()];
            let cells = [name, vec![rule.wording.clone()], whom];
            let cells = cells.iter().chain([&rule.gives, &rule.limits]).map(|lines| cell(lines)).collect();
            Row::new(cells, false)
        })
    });
    let table = Table {
        caption: None,
        unit: None,
        columns: columns.map(|name| Column::new(inlines(name), Align::Left)).into(),
        rows: rows.collect(),
        landscape: false,
    };
    vec![Block::Paragraph { label: None, text: inlines(introduction), indent: true }, Block::Table(table)]
}

/// A cell with a line for each.
fn cell(lines: &[String]) -> Cell {
    let mut text = Vec::new();
    for line in lines {
        if !text.is_empty() {
            text.push(Inline::Break);
        }
        text.extend(inlines(line));
    }
    text.into()
}

/// The page of a policy's document, which lies in a folder of the site; none where nothing is compared.
#[must_use]
pub fn article(document: &Document, folder: &str, blocks: Vec<Block>) -> Option<Article> {
    (!blocks.is_empty()).then(|| Article::below(document, folder, "rules", "条款与规则对照", blocks))
}
