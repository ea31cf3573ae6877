//! 名单 — what is published beside documents as a list: a catalogue, the awards of a year. Like a document, it is complete and
//! final: every figure in it is already text.
//!
//! It stands with the document because three rooms share it: `draft` makes it, `review` looks at it, `site` shows it.

use serde::{Deserialize, Serialize};

use crate::calendar::Day;

use super::{Block, Inline, Status};

/// A published list.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Dataset {
    /// Its folder in the output: `catalogues/gaoduan-lv`, `awards/2023`.
    pub path: String,
    /// Whether it is a catalogue or a year's awards.
    pub kind: DatasetKind,
    /// How final it is.
    pub status: Status,
    /// The day of the notice that published it last.
    pub published: Option<Day>,
    /// Its title, as its page and its files are called.
    pub title: String,
    /// The facts of its head: 版本, 发布机关, 有效期, 合计 …
    pub facts: Vec<Fact>,
    /// Words before the list.
    pub intro: Vec<Block>,
    /// The columns, in order.
    pub fields: Vec<Field>,
    /// The rows, in order.
    pub records: Vec<Record>,
    /// The sum, cell by cell, where the list has one.
    pub total: Option<Vec<String>>,
    /// Files of the same content, relative to the folder.
    pub downloads: Vec<Download>,
    /// Which edition of a catalogue it is, where there are several.
    pub edition: Option<Edition>,
    /// Pictures of the figures.
    pub charts: Vec<Chart>,
    /// 奖励 as open data, one entry for each grant.
    pub grants: Vec<Grant>,
    /// By what else it is looked for and linked to: an enterprise's name and code, the number of a clause.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub called: Vec<String>,
    /// The documents that published it, by their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issued_by: Vec<String>,
    /// The last day on which it is in force, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Day>,
}

/// An edition of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Edition {
    /// What its editions have in common: the catalogue's name without the edition.
    pub series: String,
    /// `2024年版`.
    pub label: String,
    /// The day from which it is in force: editions follow one another in this order.
    pub from: Day,
}

/// A bar chart; the site draws it and writes the same figures as a table beside it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Chart {
    /// What it shows: `各条款奖励金额（万元）`.
    pub title: String,
    /// The head of the labels: `条款`.
    pub of: String,
    /// The bars, in order.
    pub bars: Vec<Bar>,
}

/// A bar of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// Its length, in any whole unit (分 of an amount).
    pub value: u64,
    /// The figure as it is printed: `596.00`.
    pub text: String,
}

/// One grant as open data, in the spirit of the 360Giving standard.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Grant {
    /// Its name, the same for ever: `2023-四（五）7-91410181MA0000015M-1`.
    pub id: String,
    /// What it is given for.
    pub title: String,
    /// The number of the clause: `四（五）7`.
    pub clause: String,
    /// The amount in yuan with two decimals; `None` where the list has no amounts.
    pub amount: Option<String>,
    /// Who receives it.
    pub recipient: String,
    /// The recipient's 统一社会信用代码.
    pub recipient_code: String,
    /// The day of the award.
    pub awarded: Option<Day>,
    /// Its explanation, below the output folder.
    pub link: Option<String>,
}

/// What a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DatasetKind {
    /// 目录.
    Catalogue,
    /// 奖励.
    Awards,
    /// 名单库: who is and was on a list that is kept.
    Listing,
    /// 历年: what the lists of awards say of one enterprise, clause or district over the years.
    Years,
}

/// A label and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Fact {
    /// `发布机关`.
    pub label: String,
    /// `示例市工业和信息化局`.
    pub text: String,
}

/// A column of a list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Field {
    /// The words of its head.
    pub name: String,
    /// What stands in it.
    pub kind: FieldKind,
    /// Whether the reader may choose one of its values to filter by.
    pub filter: bool,
    /// The words of which one stands in it, where only those may.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A number or a code by which a row is called.
    Code,
    /// A word or two.
    Text,
    /// Sentences.
    Long,
    /// A day, as `2024-06-13`; empty where there is none.
    Day,
    /// An amount or a count, aligned to the right.
    Number,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Record {
    /// Its name in addresses (`#LJG-003`), unique in the list.
    pub id: String,
    /// Its cells, one for each column.
    pub cells: Vec<Vec<Inline>>,
    /// Where its explanation stands, relative to the output folder's root.
    pub link: Option<String>,
    /// From when until when it holds, where entries come and go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
}

/// From when until when an entry holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub struct Held {
    /// Its first day.
    pub from: Day,
    /// Its last day, if one is known.
    pub until: Option<Day>,
}

/// A file to download.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Download {
    /// `PDF`, `CSV（可用 Excel 打开）`.
    pub label: String,
    /// Its path, relative to the folder of the page.
    pub href: String,
}
