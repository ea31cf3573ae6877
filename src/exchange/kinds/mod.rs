//! 种类 — what a table may be a table of; one kind, one file.

pub mod catalogues;
pub mod declarations;
pub mod enterprises;

use super::form::Heads;
use super::intake::Intake;
use super::table::Mapping;
use super::workbook::Workbook;
use crate::calendar::Year;
use crate::register::Register;

/// What a table is read with.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// What the workspace knows.
    pub register: &'a Register,
    /// The heads that were seen.
    pub heads: &'a Heads,
    /// What a person said of its columns.
    pub mapping: &'a Mapping,
    /// The year of the facts, where the table is of one.
    pub year: Option<Year>,
}

/// The sheets that are read, and a word on those that are not.
pub(super) fn sheets<'w>(workbook: &'w Workbook, intake: &mut Intake) -> Vec<&'w super::workbook::Sheet> {
    let mut read = Vec::new();
    for sheet in &workbook.sheets {
        let why = if sheet.hidden {
            "隐藏的表"
        } else if sheet.rows.is_empty() {
            "空表"
        } else {
            read.push(sheet);
            continue;
        };
        intake.left_out.push(super::table::LeftOut { at: sheet.name.to_string(), why: why.to_owned() });
    }
    read
}
