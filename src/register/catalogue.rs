//! 目录 — a published list with editions: `data/catalogues/<slug>.yaml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Deserialize;

use super::Recurrence;
use crate::calendar::{Day, Year};
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::document::Status;
use crate::yaml::Located;

/// From when to when a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validity {
    /// Its first day.
    #[serde(rename = "自")]
    pub from: Day,
    /// Its last day; open, if left out.
    #[serde(rename = "至", default)]
    pub to: Option<Day>,
}

impl Validity {
    /// Whether any day of a year lies in it.
    pub fn touches(&self, year: Year) -> bool {
        self.from.year() <= year && self.to.is_none_or(|to| to.year() >= year)
    }

    /// Whether a day lies in it.
    pub fn holds_on(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// A published list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// Its name.
    #[serde(rename = "名称")]
    pub name: Located<String>,
    /// Its edition.
    #[serde(rename = "版本")]
    pub edition: String,
    /// Who published it.
    #[serde(rename = "发布机关")]
    pub issuer: String,
    /// The document that issued it.
    #[serde(rename = "文号", default)]
    pub number: Option<String>,
    /// From when to when it holds.
    #[serde(rename = "有效期")]
    pub validity: Located<Validity>,
    /// How final it is.
    #[serde(rename = "状态", default)]
    pub status: Status,
    /// How often a new edition is due.
    #[serde(rename = "定期", default)]
    pub again: Option<Located<Recurrence>>,
    /// What it is for.
    #[serde(rename = "说明", default)]
    pub description: Option<String>,
    /// Its columns.
    #[serde(rename = "列")]
    pub columns: Vec<ColumnSpec>,
    /// Its entries: column names with cells.
    #[serde(rename = "条目")]
    pub entries: Vec<BTreeMap<String, Located<Cell>>>,
    /// Where each number stands in `entries`; made when it is first asked for.
    #[serde(skip)]
    positions: OnceLock<BTreeMap<String, usize>>,
}

/// A cell: text, or words of a list joined by 、.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Cell(pub String);

/// A column of a list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnSpec {
    /// Its head.
    #[serde(rename = "名称")]
    pub name: Located<String>,
    /// What stands in it.
    #[serde(rename = "类型")]
    pub kind: ColumnKind,
    /// What may stand in a column of options.
    #[serde(rename = "选项", default)]
    pub options: Vec<String>,
    /// Whether every entry must have it.
    #[serde(rename = "必填", default = "yes")]
    pub required: bool,
}

fn yes() -> bool {
    true
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum ColumnKind {
    /// The number by which an entry is called, unique in all catalogues.
    #[serde(rename = "编号")]
    Id,
    /// A word or two.
    #[serde(rename = "短文")]
    Short,
    /// Sentences.
    #[serde(rename = "长文")]
    Long,
    /// A number.
    #[serde(rename = "数字")]
    Number,
    /// One of a few words.
    #[serde(rename = "选项")]
    Option,
    /// One to five stars.
    #[serde(rename = "星级")]
    Stars,
}

impl Catalogue {
    /// The column that numbers the entries.
    pub fn id_column(&self) -> Option<&ColumnSpec> {
        self.columns.iter().find(|column| column.kind == ColumnKind::Id)
    }

    /// The numbers of all entries.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let column = self.id_column().map(|column| column.name.value.as_str());
        self.entries.iter().filter_map(move |entry| entry.get(column?)).map(|cell| cell.value.0.as_str())
    }

    /// The entry of a number.
    pub fn entry(&self, id: &str) -> Option<&BTreeMap<String, Located<Cell>>> {
        let positions = self.positions.get_or_init(|| {
            let column = self.id_column().map(|column| column.name.value.as_str());
            let id = |entry: &BTreeMap<String, Located<Cell>>| Some(entry.get(column?)?.value.0.clone());
            self.entries.iter().enumerate().filter_map(|(at, entry)| Some((id(entry)?, at))).collect()
        });
        self.entries.get(*positions.get(id)?)
    }

    /// Everything that its columns say against its entries. Entries with something wrong are left out.
    pub fn check(mut self) -> (Self, Report) {
        let mut report = Report::default();
        let head = self.name.place;
        if self.id_column().is_none() {
            report.push(Diagnostic::error(Code::Catalogue, "目录没有编号列").at(head).help("给一列写上“类型: 编号”"));
        }
        if let Some(to) = self.validity.value.to.filter(|to| *to < self.validity.value.from) {
            let message = format!("有效期的终止日{to}在起始日之前");
            report.push(Diagnostic::error(Code::Date, message).at(self.validity.place));
        }
        let columns = self.columns.clone();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        self.entries.retain(|entry| {
            let before = report.findings().len();
            let place = entry.values().map(|cell| cell.place).min().unwrap_or(head);
            for (name, cell) in entry {
                match columns.iter().find(|column| column.name.value == *name) {
                    Some(column) => column.check(&cell.value.0, cell, &mut report),
                    None => {
                        let known = columns.iter().map(|column| column.name.value.as_str());
                        let help = nearest(name, known)
                            .map_or_else(|| "先在“列”里写上这一列".to_owned(), |near| format!("是不是“{near}”？"));
                        report.push(
                            Diagnostic::error(Code::Unknown, format!("目录没有“{name}”这一列"))
                                .at(cell.place)
                                .help(help),
                        );
                    }
                }
            }
            for column in columns.iter().filter(|column| column.required && !entry.contains_key(&column.name.value)) {
                let message = format!("这一条缺少“{}”", column.name.value);
                report.push(Diagnostic::error(Code::Missing, message).at(place).help("补上；可以不填的列写“必填: 否”"));
            }
            for column in columns.iter().filter(|column| column.kind == ColumnKind::Id) {
                if let Some(cell) = entry.get(&column.name.value)
                    && !seen.insert(cell.value.0.clone())
                {
                    let message = format!("编号“{}”用了两次", cell.value.0);
                    report.push(Diagnostic::error(Code::Duplicate, message).at(cell.place).help("每一条有自己的编号"));
                }
            }
            report.findings().len() == before
        });
        (self, report)
    }
}

impl ColumnSpec {
    fn check(&self, text: &str, cell: &Located<Cell>, report: &mut Report) {
        let problem = match self.kind {
            ColumnKind::Option if !self.options.iter().any(|option| option == text) => {
                Some(format!("“{text}”不在“{}”的选项里：{}", self.name.value, self.options.join("、")))
            }
            ColumnKind::Stars if !matches!(text, "1" | "2" | "3" | "4" | "5") => {
                Some(format!("“{text}”不是星级，应写 1 到 5"))
            }
            ColumnKind::Number if !text.bytes().all(|b| b.is_ascii_digit() || b == b'.') => {
                Some(format!("“{text}”不是数字"))
            }
            _ => None,
        };
        if let Some(problem) = problem {
            report.push(Diagnostic::error(Code::Value, problem).at(cell.place));
        }
    }

    /// A cell as it is printed: stars as stars.
    pub fn print(&self, text: &str) -> String {
        match (self.kind, text.parse::<usize>()) {
            (ColumnKind::Stars, Ok(stars @ 1..=5)) => "★".repeat(stars),
            _ => text.to_owned(),
        }
    }
}
