//! 工作簿 — a foreign table file as it was left: its sheets, cell by cell, with what their look says (hidden, merged, a percentage,
//! a formula). Nothing is interpreted here beyond what a cell holds.

mod delimited;
mod opened;
pub(super) mod sheet_xml;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;

use rust_decimal::Decimal;

use crate::calendar::Day;

pub use opened::open;

pub use crate::grid::letters;

/// A file of tables.
#[derive(Debug, Clone, Default)]
pub struct Workbook {
    /// Its sheets, in their order.
    pub sheets: Vec<Sheet>,
    /// What a person should know of the file as a whole: macros that were passed over, a wrong ending.
    pub remarks: Vec<String>,
}

/// One sheet.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Its name.
    pub name: Rc<str>,
    /// Whether it is shown.
    pub hidden: bool,
    /// The rows that hold something, by number from 0; of each the cells that hold something, by column from 0.
    pub rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
    /// Rows that are not shown.
    pub hidden_rows: BTreeSet<u32>,
    /// Columns that are not shown.
    pub hidden_columns: BTreeSet<u32>,
    /// Cells that are merged into one.
    pub merged: Merges,
    /// Whether its days are counted from 1904, as on old Macintoshes.
    pub from_1904: bool,
}

/// Cells that are shown as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    /// First row and column.
    pub first: (u32, u32),
    /// Last row and column.
    pub last: (u32, u32),
}

impl Merged {
    /// Whether a cell belongs to it.
    #[must_use]
    pub fn contains(&self, row: u32, column: u32) -> bool {
        (self.first.0..=self.last.0).contains(&row) && (self.first.1..=self.last.1).contains(&column)
    }
}

/// All merged cells of a sheet, by their first row.
#[derive(Debug, Clone, Default)]
pub struct Merges {
    by_row: BTreeMap<u32, Vec<Merged>>,
    tallest: u32,
}

impl Merges {
    /// Takes them in.
    pub(super) fn of(all: impl IntoIterator<Item = Merged>) -> Self {
        let mut merges = Self::default();
        for merged in all {
            merges.tallest = merges.tallest.max(merged.last.0.saturating_sub(merged.first.0));
            merges.by_row.entry(merged.first.0).or_default().push(merged);
        }
        merges
    }

    /// Whether there are none, or none were told.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_row.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Merged> {
        self.by_row.values().flatten()
    }

    fn at(&self, row: u32, column: u32) -> Option<&Merged> {
        let mut near = self.by_row.range(row.saturating_sub(self.tallest)..=row).flat_map(|(_, merges)| merges);
        near.find(|merged| merged.contains(row, column))
    }
}

/// A cell that holds something.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What.
    pub content: Content,
    /// Whether a formula made it.
    pub formula: bool,
    /// Whether a number is shown as a percentage.
    pub percent: bool,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Text, as it stands.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A number of more digits than a cell keeps, as it is shown.
    Long(String),
    /// A truth value.
    Flag(bool),
    /// A whole day.
    Day(Day),
    /// A point of time or a duration, which no table of ours asks for.
    Time(String),
    /// `#REF!`, `#DIV/0!`.
    Error(String),
    /// A formula that was never calculated.
    NoResult,
}

impl Cell {
    /// A cell of text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self { content: Content::Text(text.into()), formula: false, percent: false }
    }

    /// What a person sees in it, roughly.
    #[must_use]
    pub fn shown(&self) -> String {
        match &self.content {
            Content::Text(text) | Content::Error(text) | Content::Time(text) | Content::Long(text) => text.clone(),
            Content::Number(number) if self.percent => {
                format!("{}%", (number * Decimal::ONE_HUNDRED).normalize())
            }
            Content::Number(number) => number.normalize().to_string(),
            Content::Flag(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
            Content::Day(day) => day.iso(),
            Content::NoResult => String::new(),
        }
    }

    /// Whether it holds nothing but blanks.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        matches!(&self.content, Content::Text(text) if text.chars().all(|c| c.is_whitespace() || c == '\u{200b}'))
    }
}

impl Sheet {
    /// The cell at a row and column, where it holds something.
    #[must_use]
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        self.rows.get(&row)?.get(&column)
    }

    /// The merged cells that a cell is part of.
    #[must_use]
    pub fn merged_at(&self, row: u32, column: u32) -> Option<&Merged> {
        self.merged.at(row, column)
    }

    /// Where a cell stands.
    #[must_use]
    pub fn at(&self, row: u32, column: u32) -> At {
        At { sheet: Rc::clone(&self.name), row, column: u16::try_from(column).ok() }
    }

    /// Where a row stands.
    #[must_use]
    pub fn at_row(&self, row: u32) -> At {
        At { sheet: Rc::clone(&self.name), row, column: None }
    }
}

/// A cell, as people name it: `申报表!G17`; or a whole row, `申报表!17:17`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// The sheet.
    pub sheet: Rc<str>,
    /// The row, from 0.
    pub row: u32,
    /// The column, from 0; `None` for the whole row. (A sheet has 16,384 at most; a large table has millions of these.)
    pub column: Option<u16>,
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = self.row + 1;
        match self.column {
            Some(column) => write!(f, "{}!{}{row}", self.sheet, letters(u32::from(column))),
            None => write!(f, "{}!{row}:{row}", self.sheet),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_excel_does() {
        assert_eq!([0, 25, 26, 701, 702, 16383].map(letters), ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }
}
