//! 电子表格 — rows below their head as a spreadsheet shows them: what each column holds, what may be chosen in it, which columns are summed.
//! Written as a workbook or as CSV; a cell is what it is, and never a formula.

mod workbook;

use rust_decimal::Decimal;

use crate::calendar::Day;
use crate::csv;
use crate::money::Money;

pub use workbook::{TooLarge, letters, workbook};

/// A sheet.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// What the sheet is called.
    pub name: String,
    /// A line above the head; none where it is empty.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<Datum>>,
    /// Whether a row of sums stands below.
    pub summed: bool,
    /// For one who fills it in: only what is open can be changed, and so many empty rows follow.
    pub form: Option<usize>,
}

/// A column.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// Its head, with year and unit.
    pub head: String,
    /// How its cells are shown.
    pub shape: Shape,
    /// What a person should know who fills it in.
    pub note: String,
    /// What may be chosen; anything where it is empty.
    pub choices: Vec<String>,
    /// Whether something else may be typed, after a word of warning: several of them.
    pub free: bool,
    /// Whether cells that hold something may be changed in a form; empty ones may always be filled in.
    pub open: bool,
}

impl Column {
    /// A column of some shape.
    pub fn new(head: impl Into<String>, shape: Shape) -> Self {
        Self { head: head.into(), shape, ..Self::default() }
    }
}

/// How the cells of a column are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// Text on one line: names, codes, numbers of documents.
    #[default]
    Text,
    /// Sentences, broken into lines.
    Long,
    /// Amounts, with separators and as many decimals as they have.
    Amount,
    /// Whole numbers.
    Count,
    /// Days.
    Day,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Datum {
    /// Nothing.
    #[default]
    Blank,
    /// Text, whatever it begins with.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A day.
    Day(Day),
}

impl Datum {
    /// Text; nothing where it is empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Blank } else { Self::Text(text) }
    }

    /// An amount in 万元, exactly.
    #[must_use]
    pub fn wan(amount: Money) -> Self {
        Self::Number((amount.decimal() / Decimal::from(10_000)).normalize())
    }

    /// How many there are.
    #[must_use]
    pub fn count(count: usize) -> Self {
        Self::Number(Decimal::from(count))
    }

    /// As a file of plain text has it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.normalize().to_string(),
            Self::Day(day) => day.iso(),
        }
    }
}

impl Grid {
    /// The sum of a column.
    #[must_use]
    pub fn sum(&self, column: usize) -> Decimal {
        let cells = self.rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| if let Datum::Number(number) = cell { *number } else { Decimal::ZERO }).sum()
    }

    /// Whether a column has a sum below it.
    #[must_use]
    pub fn is_summed(&self, column: usize) -> bool {
        let shape = self.columns.get(column).map(|column| column.shape);
        self.summed && matches!(shape, Some(Shape::Amount | Shape::Count))
    }

    /// As CSV: head and rows, no title, no sums.
    #[must_use]
    pub fn csv(&self) -> String {
        let head: Vec<&str> = self.columns.iter().map(|column| column.head.as_str()).collect();
        csv::text(&head, self.rows.iter().map(|row| row.iter().map(Datum::shown)))
    }
}
