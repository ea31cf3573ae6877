//! 目录 — a table of entries becomes the next edition of a catalogue, or changes an edition where it stands.

use super::{Ground, tables};
use crate::calendar::Day;
use crate::diag::Code;
use crate::exchange::form::{Form, Reads};
use crate::exchange::intake::{Finding, Intake, Record, Target};
use crate::exchange::value::Value;
use crate::exchange::workbook::Workbook;
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
    form
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
    let (mut intake, form) = (Intake::default(), form(ground, catalogue));
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
            let broken = cells.broken | intake.missing(&table, &form, *row, &cells, "");
            let mut value = Value::map(Some(sheet.at_row(*row)));
            for (index, field) in form.fields.iter().enumerate() {
                if let Some(cell) = cells.value(Some(index)) {
                    value.put(&field.key, cell.value.clone());
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
    intake.targets = vec![Target { path, start, list: Some("条目"), key: id, records }];
    intake
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
