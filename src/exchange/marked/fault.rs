//! 毛病 — what is wrong in a table, by the cell on which it is noted.

use std::collections::BTreeMap;

use super::cells::Cell;
use crate::diag::Severity;
use crate::exchange::workbook::{At, Workbook};

/// What is wrong, for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where; `None` where it is of the file as a whole.
    pub at: Option<At>,
    /// How bad.
    pub severity: Severity,
    /// What, and what to do.
    pub words: String,
}

/// What is wrong in a cell.
#[derive(Debug)]
pub(super) struct Noted {
    pub(super) severity: Severity,
    pub(super) words: String,
}

/// What is wrong in each cell of each sheet. What is wrong with a whole row is noted in its first cell that holds something; merged cells show
/// the ground and the note of their first.
pub(super) fn noted(workbook: &Workbook, faults: &[Fault]) -> BTreeMap<String, BTreeMap<Cell, Noted>> {
    let mut all: BTreeMap<String, BTreeMap<Cell, Noted>> = BTreeMap::new();
    for (fault, at) in faults.iter().filter_map(|fault| Some((fault, fault.at.as_ref()?))) {
        let Some(sheet) = workbook.sheets.iter().find(|sheet| sheet.name == at.sheet) else { continue };
        let first = || sheet.rows.get(&at.row).and_then(|cells| cells.keys().next()).copied();
        let column = at.column.map(u32::from).or_else(first).unwrap_or(0);
        let cell = sheet.merged_at(at.row, column).map_or((at.row, column), |merged| merged.first);
        let noted = all.entry(sheet.name.to_string()).or_default().entry(cell);
        let noted = noted.or_insert_with(|| Noted { severity: fault.severity, words: String::new() });
        noted.severity = noted.severity.min(fault.severity);
        if !noted.words.is_empty() {
            noted.words.push('\n');
        }
        noted.words.push_str(&fault.words);
    }
    all
}
