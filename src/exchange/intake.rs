//! 收进来 — what a foreign table comes to: records for the data files, what was found in its cells, what was left out and how each column
//! was understood.

use std::collections::{BTreeMap, BTreeSet};

use super::form::{Form, Reads};
use super::table::{LeftOut, Table};
use super::value::{self, Around, Kind, Value};
use super::workbook::{At, letters};
use crate::calendar::Year;
use crate::diag::{Code, Diagnostic};

/// A finding in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The cell; `None` where it is of the file as a whole.
    pub at: Option<At>,
    /// What is wrong.
    pub diagnostic: Diagnostic,
}

impl Finding {
    /// An error in a cell.
    pub fn error(code: Code, at: &At, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at: Some(at.clone()), diagnostic: Diagnostic::error(code, message).help(help) }
    }
}

/// How a column was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// The column: `申报表!G列`.
    pub column: String,
    /// Its head.
    pub head: String,
    /// The item, with year and unit; `None` where it has none.
    pub item: Option<String>,
}

/// A record for a data file.
#[derive(Debug, Clone)]
pub struct Record {
    /// What it says.
    pub value: Value,
    /// Whether something in its cells could not be read.
    pub broken: bool,
}

/// A data file and what goes into it.
#[derive(Debug, Clone, Default)]
pub struct Target {
    /// Its path in the workspace.
    pub path: String,
    /// What stands in it where it is new.
    pub start: String,
    /// The key of its list; `None` where the file is the list.
    pub list: Option<&'static str>,
    /// The key by which a record is known; `None` where each is added.
    pub key: Option<String>,
    /// What else a record may be known by in the file: former codes with those of today.
    pub aliases: BTreeMap<String, String>,
    /// The records.
    pub records: Vec<Record>,
}

/// All that a file comes to.
#[derive(Debug, Clone, Default)]
pub struct Intake {
    /// What goes where.
    pub targets: Vec<Target>,
    /// What is wrong in its cells.
    pub findings: Vec<Finding>,
    /// How cells were read that are not plainly what was asked for.
    pub remarks: Vec<(At, String)>,
    /// What was not read.
    pub left_out: Vec<LeftOut>,
    /// The columns.
    pub understood: Vec<Understood>,
}

/// A cell of a row, read.
#[derive(Debug, Clone)]
pub struct Read {
    /// The item.
    pub field: usize,
    /// Of which year.
    pub year: Option<Year>,
    /// The value.
    pub value: Value,
    /// The cell.
    pub at: At,
    /// Whether its cell stands in another row and is merged with this row's.
    pub shared: bool,
}

/// A row, read.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Read>,
    /// Whether a cell could not be read.
    pub broken: bool,
    /// The cell that says that what the row is about is to be taken out.
    pub removed: Option<At>,
    /// Items whose cell could not be read: nothing more is asked of them.
    pub unreadable: BTreeSet<usize>,
}

impl Row {
    /// The value of an item.
    #[must_use]
    pub fn value(&self, field: Option<usize>) -> Option<&Read> {
        self.cells.iter().find(|read| Some(read.field) == field)
    }
}

impl Intake {
    /// All records.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.targets.iter().flat_map(|target| &target.records)
    }

    /// Adds a finding.
    pub fn found(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Says how the columns of a table are understood.
    pub fn understand(&mut self, table: &Table<'_>, form: &Form, year: Option<Year>) {
        for column in &table.columns {
            let item = column.field.and_then(|field| form.fields.get(field)).map(|field| {
                let of = if field.yearly {
                    value::year_of(&column.head, year).map(|year| format!("，{year}年"))
                } else {
                    None
                };
                let unit =
                    if field.reads == Reads::Amount { column.head.unit.as_ref().or(table.unit.as_ref()) } else { None };
                let unit = unit.map(|unit| format!("，{unit}"));
                format!("{}{}{}", field.name(), of.unwrap_or_default(), unit.unwrap_or_default())
            });
            self.understood.push(Understood {
                column: format!("{}!{}列", table.sheet.name, letters(column.index)),
                head: column.head.shown.clone(),
                item,
            });
        }
    }

    /// Reads a row of a table.
    pub fn row(&mut self, table: &Table<'_>, form: &Form, row: u32, year: Option<Year>) -> Row {
        let mut read = Row::default();
        for column in &table.columns {
            let Some((index, field)) = column.field.and_then(|index| Some((index, form.fields.get(index)?))) else {
                continue;
            };
            let around = Around {
                head: &column.head,
                unit: column.head.unit.as_deref().or(table.unit.as_deref()),
                from_1904: table.sheet.from_1904,
            };
            let (outcome, at) = match table.cell(row, column.index) {
                Some((cell, at)) => (value::read(cell, &field.reads, around, &at), at),
                None if field.reads == Reads::Flag && column.head.ticked => {
                    let at = table.sheet.at(row, column.index);
                    (value::empty_flag(&at), at)
                }
                None => continue,
            };
            let shared = at.row != row;
            if field.required && outcome.value.as_ref().is_some_and(|value| value.kind == Kind::Gone) {
                read.broken = true;
                read.unreadable.insert(index);
                let message = format!("“{}”不能清空", field.key);
                self.found(Finding::error(Code::Missing, &at, message, "填上它"));
                continue;
            }
            if let Some((message, help)) = outcome.problem {
                read.broken = true;
                read.unreadable.insert(index);
                if !shared {
                    self.found(Finding::error(Code::Value, &at, message, help));
                }
            }
            if let Some(remark) = outcome.remark.filter(|_| !shared) {
                self.remarks.push((at.clone(), remark));
            }
            if Some(index) == form.removal {
                let says = outcome.value.as_ref().and_then(Value::as_text) == Some("是");
                read.removed = says.then_some(at).or(read.removed);
                continue;
            }
            if let Some(value) = outcome.value {
                let year = if field.yearly { value::year_of(&column.head, year) } else { None };
                read.cells.push(Read { field: index, year, value, at, shared });
            }
        }
        read
    }

    /// Finds the items of a group that a row has to have and has not: in the empty cell of its column, or in the row where there is no column.
    /// Whether there were any.
    pub fn missing(&mut self, table: &Table<'_>, form: &Form, row: u32, read: &Row, group: &str) -> bool {
        let before = self.findings.len();
        for (index, field) in form.fields.iter().enumerate().filter(|(_, field)| field.required && field.group == group)
        {
            if read.value(Some(index)).is_some() || read.unreadable.contains(&index) {
                continue;
            }
            let at = table
                .columns_of(index)
                .last()
                .map_or_else(|| table.sheet.at_row(row), |column| table.sheet.at(row, column.index));
            self.found(Finding::error(Code::Missing, &at, format!("没有填“{}”", field.key), "填上它"));
        }
        self.findings.len() > before
    }
}
