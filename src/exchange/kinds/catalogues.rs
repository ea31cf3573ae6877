//! 目录 — a table of entries becomes the next edition of a catalogue, or changes an edition where it stands.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{Ground, tables};
use crate::calendar::Day;
use crate::diag::Code;
use crate::exchange::form::{Form, Reads};
use crate::exchange::intake::{Finding, Intake, Record, Target};
use crate::exchange::repair::{Repair, repaired};
use crate::exchange::value::{Kind, Value};
use crate::exchange::workbook::Workbook;
use crate::grid::{Column, Datum, Grid, Shape};
use crate::register::{Catalogue, ColumnKind};
use crate::yaml;

/// What the entries of a catalogue may hold: its columns.
#[must_use]
pub fn form(ground: &Ground<'_>, catalogue: &Catalogue) -> Form {
    let mut form = Form::new("目录", ground.heads);
    for column in &catalogue.columns {
        let reads = match column.kind {
            ColumnKind::Id => Reads::Id,
            ColumnKind::Stars => Reads::Stars,
            ColumnKind::Short | ColumnKind::Long | ColumnKind::Number | ColumnKind::Option => Reads::Text,
        };
        form.add("", &column.name.value, reads, false);
        if column.required {
            form.require("", &column.name.value);
        }
    }
    form.add_removal();
    form
}

/// A catalogue as a sheet that [`read`] reads back.
#[must_use]
pub fn sheet(catalogue: &Catalogue) -> Grid {
    let columns = catalogue.columns.iter().map(|column| {
        let shape = if column.kind == ColumnKind::Long { Shape::Long } else { Shape::Text };
        let choices = match column.kind {
            ColumnKind::Option => column.options.clone(),
            ColumnKind::Stars => (1..=5).map(|stars| stars.to_string()).collect(),
            _ => Vec::new(),
        };
        Column { choices, ..Column::new(&column.name.value, shape) }
    });
    let rows = catalogue.entries.iter().map(|entry| {
        let cell = |name: &str| entry.get(name).map(|cell| Datum::text(&cell.value.0)).unwrap_or_default();
        catalogue.columns.iter().map(|column| cell(&column.name.value)).collect()
    });
    Grid {
        name: "目录".to_owned(),
        title: format!("{}（{}）", catalogue.name.value, catalogue.edition),
        columns: columns.collect(),
        rows: rows.collect(),
        ..Grid::default()
    }
}

/// The edition that is imported.
#[derive(Debug, Clone, Copy)]
pub struct Edition<'a> {
    /// The catalogue that it is an edition of, by the stem of its file.
    pub of: &'a str,
    /// What the new edition is called; `None` where the catalogue itself is changed.
    pub name: Option<&'a str>,
    /// From when it holds.
    pub from: Option<Day>,
    /// Whether superscripts that were lost are put back.
    pub repair: bool,
}

/// Reads the entries of a workbook. `text` is the file of the catalogue that they are an edition of.
#[must_use]
pub fn read(
    workbook: &Workbook,
    ground: &Ground<'_>,
    catalogue: &Catalogue,
    edition: Edition<'_>,
    text: &str,
) -> Intake {
    let (mut intake, mut form) = (Intake::default(), form(ground, catalogue));
    // What an edition has that the last one had not.
    let fresh = if edition.name.is_some() { fresh_columns(workbook, ground, &form) } else { Vec::new() };
    for column in fresh.iter().filter_map(|column| column.get("名称").and_then(Value::as_text)) {
        form.add("", column, Reads::Text, false);
    }
    let id = catalogue.id_column().map(|column| column.name.value.clone());
    let mut records = Vec::new();
    for table in tables(workbook, ground, &form, &mut intake) {
        let sheet = table.sheet;
        intake.understand(&table, &form, None);
        if !table.columns.iter().any(|column| form.identifies(column.field)) {
            let help = "目录的条目靠编号辨认：加一列编号；叫别的名称，写 --map 列=编号";
            intake.found(Finding::error(Code::Missing, &sheet.at_row(0), "没有认出编号是哪一列", help));
            continue;
        }
        for row in &table.rows {
            let cells = intake.row(&table, &form, *row, None);
            let mut value = Value::map(Some(sheet.at_row(*row)));
            let key = form.fields.iter().position(|field| Some(&*field.key) == id.as_deref());
            if let (Some(at), Some(known), Some(id)) = (&cells.removed, cells.value(key), &id) {
                value.put(id.as_str(), known.value.clone());
                value.remove(Some(at.clone()));
                // What is not in the last edition need not be taken out of the next one.
                if edition.name.is_none() {
                    records.push(Record { value, broken: cells.broken });
                }
                continue;
            }
            // Of an entry that is there a table may say a part.
            let known = cells.value(key).and_then(|read| catalogue.entry(read.value.as_text()?));
            let is_whole = edition.name.is_some() || known.is_none();
            let broken = cells.broken | (is_whole && intake.missing(&table, &form, *row, &cells, ""));
            for (index, field) in form.fields.iter().enumerate() {
                if let Some(cell) = cells.value(Some(index)) {
                    let words = cell.value.as_text().filter(|_| field.reads == Reads::Text).unwrap_or_default();
                    let (text, repairs) = repaired(words);
                    let told = told(&repairs);
                    let mut read = cell.value.clone();
                    if !repairs.is_empty() && edition.repair {
                        read.kind = Kind::Text(text);
                        intake.remarks.push((cell.at.clone(), format!("修补了上标：{told}")));
                    } else if !repairs.is_empty() {
                        let remark = format!("上标像是丢了：{told}；加 --repair 一并修补");
                        intake.remarks.push((cell.at.clone(), remark));
                    }
                    value.put(Rc::clone(&field.key), read);
                }
            }
            records.push(Record { value, broken });
        }
    }
    let path = match edition.name {
        Some(name) => format!("data/catalogues/{}.yaml", file_of(edition.of, name)),
        None => format!("data/catalogues/{}.yaml", edition.of),
    };
    let start = edition.name.map(|name| next(text, name, edition.from)).unwrap_or_default();
    let columns = fresh.into_iter().map(|value| Record { value, broken: false }).collect();
    let key = Some("名称".to_owned());
    intake.targets = vec![
        Target {
            path: path.clone(),
            start: start.clone(),
            list: Some("列"),
            key,
            records: columns,
            ..Target::default()
        },
        Target { path, start, list: Some("条目"), key: id, records, ..Target::default() },
    ];
    intake
}

/// What was put back, each once: 10-6→10⁻⁶、cm3→cm³.
fn told(repairs: &[Repair]) -> String {
    let mut all: Vec<String> = repairs.iter().map(|repair| format!("{}→{}", repair.old, repair.new)).collect();
    let mut seen = BTreeSet::new();
    all.retain(|one| seen.insert(one.clone()));
    all.join("、")
}

/// Texts longer than this (characters) are set as sentences.
const SHORT: usize = 30;

/// Columns that are none of the catalogue's and hold something, as its file will list them.
fn fresh_columns(workbook: &Workbook, ground: &Ground<'_>, form: &Form) -> Vec<Value> {
    let mut fresh: Vec<Value> = Vec::new();
    for table in tables(workbook, ground, form, &mut Intake::default()) {
        for column in table.columns.iter().filter(|column| column.field.is_none() && !form.passes_over(&column.head)) {
            let cells: Vec<String> =
                table.rows.iter().filter_map(|row| Some(table.cell(*row, column.index)?.0.shown())).collect();
            let known = fresh.iter().any(|one| one.get("名称").and_then(Value::as_text) == Some(&column.head.shown));
            if cells.is_empty() || known || table.sheet.hidden_columns.contains(&column.index) {
                continue;
            }
            let long = cells.iter().any(|cell| cell.chars().count() > SHORT);
            let mut value = Value::map(None);
            value.put("名称", Value::text(&column.head.shown, None));
            value.put("类型", Value::text(if long { "长文" } else { "短文" }, None));
            if cells.len() < table.rows.len() {
                value.put("必填", Value::text("否", None));
            }
            fresh.push(value);
        }
    }
    fresh
}

/// What the file of an edition is called: gaoduan-lv and 2026年版 make gaoduan-lv-2026.
fn file_of(of: &str, edition: &str) -> String {
    let digits: String = edition.chars().filter(char::is_ascii_digit).collect();
    let base = of.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
    if digits.is_empty() { format!("{base}-{edition}") } else { format!("{base}-{digits}") }
}

/// The head of the next edition: as that of the last one, but what only a person can say of it.
fn next(text: &str, edition: &str, from: Option<Day>) -> String {
    let mut fresh = String::new();
    for line in text.lines() {
        let key = line.split(':').next().unwrap_or_default();
        match key {
            "版本" => fresh.push_str(&format!("版本: {}", yaml::scalar(edition))),
            "有效期" => match from {
                Some(day) => fresh.push_str(&format!("有效期: {{ 自: {} }}", day.iso())),
                None => fresh.push_str(line),
            },
            "文号" => continue,
            "状态" => fresh.push_str("状态: 草稿"),
            "条目" => break,
            _ => fresh.push_str(line),
        }
        fresh.push('\n');
    }
    fresh + "条目: []\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_begins_as_the_last_one_did() {
        let text = "# 目录\n名称: 甲\n版本: 2022年版\n文号: 示〔2022〕1号\n有效期: { 自: 2022-07-01, 至: 2025-06-30 }\n状态: 定稿\n列:\n  - { 名称: 编号, 类型: 编号 }\n条目:\n  - 编号: A\n";
        let wanted = "# 目录\n名称: 甲\n版本: 2026年版\n有效期: { 自: 2026-07-01 }\n状态: 草稿\n列:\n  - { 名称: 编号, 类型: 编号 }\n条目: []\n";
        assert_eq!(next(text, "2026年版", Day::new(2026, 7, 1)), wanted);
        assert_eq!(
            [file_of("gaoduan-lv", "2026年版"), file_of("rencai-2023", "第二版")],
            ["gaoduan-lv-2026", "rencai-第二版"]
        );
    }
}
