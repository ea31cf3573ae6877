//! 种类 — what a table may be a table of; one kind, one file.

pub mod catalogues;
pub mod declarations;
pub mod enterprises;
pub mod holidays;
pub mod ledger;

use std::collections::BTreeSet;

use super::form::{Form, Heads};
use super::intake::Intake;
use super::table::{self, LeftOut, Mapping, Table};
use super::workbook::Workbook;
use crate::register::{Catalogue, ColumnKind, Register};

/// What a table is read with.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// What the workspace knows.
    pub register: &'a Register,
    /// The heads that were seen.
    pub heads: &'a Heads,
    /// What a person said of its columns.
    pub mapping: &'a Mapping,
}

/// The tables of a workbook, and a word on the sheets that hold none.
pub(super) fn tables<'w>(
    workbook: &'w Workbook,
    ground: &Ground<'_>,
    form: &Form,
    intake: &mut Intake,
) -> Vec<Table<'w>> {
    let mut tables = Vec::new();
    for sheet in &workbook.sheets {
        let why = if sheet.hidden {
            "隐藏的表"
        } else if sheet.rows.is_empty() {
            "空表"
        } else if let Some(table) = table::find(sheet, form, ground.mapping, &mut intake.left_out) {
            tables.push(table);
            continue;
        } else {
            "没有认出表头"
        };
        intake.left_out.push(LeftOut { at: sheet.name.to_string(), why: why.to_owned() });
    }
    tables
}

/// All districts that are known, in order.
fn districts(register: &Register) -> Vec<String> {
    let all: BTreeSet<&str> = register.enterprises.values().map(|known| known.district.value.as_str()).collect();
    all.into_iter().map(str::to_owned).collect()
}

/// The entries of all catalogues to choose from: number and name.
fn catalogue_choices(register: &Register) -> Vec<String> {
    let choice = |catalogue: &Catalogue, id: &str| {
        let name = catalogue.columns.iter().find(|column| column.kind == ColumnKind::Short);
        let entry = catalogue.entry(id)?;
        let name = name.and_then(|column| entry.get(&column.name.value)).map(|cell| cell.value.0.as_str());
        Some(format!("{id} {}", name.unwrap_or_default()).trim_end().to_owned())
    };
    let all = register.catalogues.values();
    all.flat_map(|catalogue| catalogue.ids().filter_map(|id| choice(catalogue, id)).collect::<Vec<_>>()).collect()
}
