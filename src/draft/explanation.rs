//! 奖励说明 — why an enterprise gets what it gets: a page of text beside the list of a year's awards.

use serde::{Deserialize, Serialize};

use super::inlines;
use super::pieces::{download, fact, paragraph};
use crate::award::{Explained, Verdict};
use crate::calendar::{Day, Year};
use crate::document::{AWARDS, Align, Article, Block, Column, Crumb, Inline, Label, Row, Status, Table};
use crate::money::Money;

/// 公开范围 of awards: how much is told of them beside the document that publishes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize, Serialize)]
pub enum Detail {
    /// The list, as the issued document shows it.
    #[default]
    #[serde(rename = "名单")]
    List,
    /// A page for each enterprise with the words of the clauses by which it gets what it gets.
    #[serde(rename = "名单和条款")]
    Clauses,
    /// Every step with the declared figures, and what is refused with the reasons.
    #[serde(rename = "全部计算")]
    Everything,
}

/// Where the explanation of an enterprise's awards stands.
pub fn explanation_path(year: Year, code: &str) -> String {
    format!("awards/{year}/{code}")
}

/// What the explanations of a year rest on beside the awards that they explain: of the same and the same awards the same is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explaining {
    pub(super) year: Year,
    /// The title of the list.
    pub(super) list: String,
    pub(super) detail: Detail,
    pub(super) status: Status,
    /// The day of the document that published the list.
    pub(super) published: Option<Day>,
    /// Whether the letters to the enterprises lie beside the list.
    pub(super) letters: bool,
}

impl Explaining {
    /// The explanation of one enterprise's awards: what it got and how that was computed, what it did not get and why.
    pub fn explanation<'e>(&self, code: &str, awards: impl IntoIterator<Item = &'e Explained>) -> Option<Article> {
        let awards: Vec<&Explained> = awards.into_iter().collect();
        let first = &awards.first()?.award;
        let year = self.year;
        let total: Money = awards.iter().map(|award| award.amount()).sum();
        let given = awards.iter().filter(|award| !award.amount().is_zero()).count();
        let mut body = Vec::new();
        for (index, award) in awards.iter().enumerate() {
            award_blocks(index, award, self.detail == Detail::Everything, &mut body);
        }
        let letter = download("奖励告知书（PDF）", format!("../letters/{code}.pdf"));
        Some(Article {
            path: explanation_path(year, code),
            column: AWARDS.to_owned(),
            status: self.status,
            published: self.published,
            title: format!("{}{year}年度奖励说明", first.enterprise),
            facts: vec![
                fact("企业", &first.enterprise),
                fact("统一社会信用代码", code),
                fact("区县（市）", &first.district),
                fact("给予项数", given.to_string()),
                fact("金额合计", format!("{}元（{}）", total.grouped_text(), total.capitals())),
            ],
            crumbs: vec![Crumb { title: self.list.clone(), path: format!("awards/{year}") }],
            body,
            downloads: if self.letters { vec![letter] } else { Vec::new() },
            grants: Vec::new(),
        })
    }
}

fn award_blocks(index: usize, award: &Explained, traced: bool, body: &mut Vec<Block>) {
    let record = &award.award;
    let subject = if record.subject == record.enterprise { String::new() } else { format!("：{}", record.subject) };
    body.push(Block::Heading {
        label: Label { level: 1, text: String::new() },
        text: inlines(&format!("{} {}{subject}", record.clause, record.name)),
        anchor: format!("a{}", index + 1),
    });
    let amount = award.amount();
    let reason = record.reason.clone().unwrap_or_default();
    let result = if record.outcome == Verdict::Refused {
        format!("结果：不予。{reason}。")
    } else if amount.is_zero() {
        format!("结果：{reason}。")
    } else {
        let cut = record.cap.as_ref().map(|cap| format!("，已按限额核减：{cap}")).unwrap_or_default();
        format!("结果：给予{}元（{}万元，{}）{cut}。", amount.yuan_text(), amount.wan_text(), amount.capitals())
    };
    body.push(Block::Paragraph { label: None, text: vec![Inline::Strong { text: inlines(&result) }], indent: true });
    body.push(paragraph(&format!("条文（{}）：{}", award.policy, award.words)));
    if record.steps.is_empty() || !traced {
        return;
    }
    let column = |name: &str, align| Column::new(inlines(name), align);
    let rows = record.steps.iter().map(|step| {
        let source = step.source.clone().unwrap_or_default();
        let cells = [&step.step, &step.formula, &step.value, &source];
        Row::new(cells.iter().map(|text| inlines(text).into()).collect(), false)
    });
    body.push(Block::Table(Table {
        caption: Some(format!("{}{subject}的计算过程", record.name)),
        unit: None,
        columns: vec![
            column("步骤", Align::Left),
            column("算式", Align::Left),
            column("值", Align::Right),
            column("数据来源", Align::Left),
        ],
        rows: rows.collect(),
        landscape: false,
    }));
}
