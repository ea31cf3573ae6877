//! 表格 — a table on the page, with its plan: the widths of its columns, the size of its text, the rows that may be split.

use serde::Serialize;

use crate::diag::{Code, Diagnostic};
use crate::document::{Align, Cell, Table, plain};

use super::super::faces::Fonts;
use super::super::grid::{HEIGHT, POINT, WIDTH};
use super::builder::Builder;
use super::columns::{INSET, SIZE, plan};
use super::piece::Piece;

/// A table on the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct TablePart<'a> {
    caption: Option<&'a str>,
    unit: Option<&'a str>,
    columns: Vec<ColumnPart>,
    rows: Vec<RowPart>,
    landscape: bool,
    /// The columns' shares of the width, each with the space on both sides of its text.
    widths: Vec<f64>,
    /// The size of its text, in points.
    size: f64,
    /// The space on each side of a cell's text, in points.
    inset: f64,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct ColumnPart {
    name: Vec<Piece>,
    align: Align,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct RowPart {
    cells: Vec<CellPart>,
    /// Whether it sums the others up.
    total: bool,
    /// Whether it may be split between pages: only what no page could hold.
    breakable: bool,
}

/// A cell is its text: plain characters where it has nothing else, as nearly all have, a run where it does. A table may have tens of
/// thousands.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
enum CellPart {
    Plain(String),
    Run(Vec<Piece>),
}

impl<'a> TablePart<'a> {
    /// A table as wide as the type area, or as it is high where the table lies on its side.
    pub(super) fn of(table: &'a Table, builder: &mut Builder<'_>) -> Self {
        let fonts = builder.fonts;
        let width = if table.landscape { HEIGHT } else { WIDTH };
        let plan = plan(table, width / POINT, builder.table_size.unwrap_or(SIZE), fonts);
        if !plan.fits {
            builder.report.push(too_many_columns(table, plan.rooms.len()));
        } else if let Some(column) = plan.cut {
            builder.report.push(number_cut(table, column));
        }
        let columns = table.columns.iter().zip(&plan.rooms);
        let columns = columns
            .map(|(column, room)| ColumnPart { name: Piece::run(&column.name, *room, fonts), align: column.align })
            .collect();
        let rows = table.rows.iter().zip(&plan.breakable).map(|(row, breakable)| RowPart {
            cells: row.cells.iter().zip(&plan.rooms).map(|(cell, room)| CellPart::of(cell, *room, fonts)).collect(),
            total: row.total,
            breakable: *breakable,
        });
        Self {
            caption: table.caption.as_deref(),
            unit: table.unit.as_deref(),
            columns,
            rows: rows.collect(),
            landscape: table.landscape,
            widths: plan.rooms.iter().map(|room| room + 2.0 * INSET / plan.size).collect(),
            size: plan.size,
            inset: INSET,
        }
    }
}

impl CellPart {
    fn of(cell: &Cell, room: f64, fonts: &Fonts) -> Self {
        let mut run = Piece::run_with_quantities(&cell.text, room, fonts);
        match run.as_mut_slice() {
            [Piece::Text { text }] => Self::Plain(std::mem::take(text)),
            _ => Self::Run(run),
        }
    }
}

/// Numbers that would be cut in the middle.
fn number_cut(table: &Table, column: usize) -> Diagnostic {
    let caption = table.caption.as_ref().map(|caption| format!("“{caption}”")).unwrap_or_default();
    let name = table.columns.get(column).map(|column| plain(&column.name)).unwrap_or_default();
    let message = format!("表格{caption}太窄，“{name}”一列的数字一行排不下，会从中间断开");
    Diagnostic::error(Code::Layout, message).help(if table.landscape {
        "分成几张表，或者减去几列"
    } else {
        "把表格横排（表题后面写“｜横排”），或者分成几张表"
    })
}

fn too_many_columns(table: &Table, count: usize) -> Diagnostic {
    let caption = table.caption.as_ref().map(|caption| format!("“{caption}”")).unwrap_or_default();
    Diagnostic::error(Code::Layout, format!("表格{caption}有{count}列，一页放不下，字会压到邻列上")).help(
        if table.landscape {
            "分成几张表，或者减去几列"
        } else {
            "把表格横排，或者分成几张表"
        },
    )
}
