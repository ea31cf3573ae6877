//! 表格 — a table on the page, with its plan: the widths of its columns, the size of its text, the rows that may be split.

use serde::Serialize;

use crate::diag::{Code, Diagnostic};
use crate::document::{Align, Merge, Table, plain};

use super::super::grid::{HEIGHT, POINT, WIDTH};
use super::builder::Builder;
use super::cell::{CellPart, Face, cell_run};
use super::columns::{INSET, SIZE, SMALL, plan};
use super::piece::Piece;

/// A list of so many rows is long.
const LONG_LIST: usize = 100;

/// A table on the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct TablePart<'a> {
    caption: Option<&'a str>,
    unit: Option<&'a str>,
    /// Its columns; none has a head in a form.
    columns: Vec<ColumnPart>,
    /// What is known of the height of their heads.
    head_height: Height,
    form: bool,
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
    /// How many columns and rows its head takes, where these are not one; no column where another one goes on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    span: Option<(usize, usize)>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct RowPart {
    cells: Vec<CellPart>,
    /// Whether it sums the others up.
    total: bool,
    /// Whether it belongs to the head.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    head: bool,
    /// How many columns and rows each cell takes, where one of them takes more or less than one.
    #[serde(skip_serializing_if = "Option::is_none")]
    spans: Option<Vec<(usize, usize)>>,
    /// Whether it may be split between pages: only what no page could hold.
    breakable: bool,
    height: Height,
}

/// What is known of the height of a row before it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Height {
    /// It surely is one line high: nothing in it needs a second one, and nothing in it reaches out of it.
    Line,
    /// It is as high as its cells turn out to be.
    Auto,
}

impl Height {
    fn of(line: bool) -> Self {
        if line { Self::Line } else { Self::Auto }
    }
}

impl TablePart<'_> {
    /// How many rows its head has, which is repeated on every page.
    pub(super) fn head(&self) -> usize {
        usize::from(!self.form) + self.rows.iter().filter(|row| row.head).count()
    }

    /// How many rows there are below it.
    pub(super) fn len(&self) -> usize {
        self.rows.iter().filter(|row| !row.head).count()
    }

    /// Whether each row stands on one page whole and no cell goes on in the next.
    pub(super) fn parts_between_rows(&self) -> bool {
        let whole = |row: &RowPart| !row.breakable && row.spans.iter().flatten().all(|(_, high)| *high <= 1);
        self.rows.iter().all(|row| row.head || whole(row))
    }

    /// The table up to its row `end` (below the head).
    pub(super) fn before(&self, end: usize) -> Self {
        let heads = self.rows.iter().filter(|row| row.head);
        let rows = heads.chain(self.rows.iter().filter(|row| !row.head).take(end)).cloned().collect();
        Self { columns: self.columns.clone(), widths: self.widths.clone(), rows, ..*self }
    }

    /// Leaves its first `count` rows out: what goes on has no caption.
    pub(super) fn skip(&mut self, count: usize) {
        let mut at = 0;
        self.rows.retain(|row| {
            at += usize::from(!row.head);
            row.head || at > count
        });
        (self.caption, self.unit) = (None, None);
    }
}

impl<'a> TablePart<'a> {
    /// Gives the pieces of its cells that lines may have to heed their numbers, from the one after the last.
    pub(super) fn number(&mut self, last: &mut u32) {
        self.columns.iter_mut().for_each(|column| Piece::number(&mut column.name, last));
        for cell in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if let CellPart::Run(run) = cell {
                Piece::number(run, last);
            }
        }
    }

    /// A table as wide as the type area, or as it is high where the table lies on its side.
    pub(super) fn of(table: &'a Table, builder: &mut Builder<'_>) -> Self {
        let fonts = builder.fonts;
        let long = builder.small_lists && table.rows.len() >= LONG_LIST;
        let size = builder.table_size.unwrap_or(if long { SMALL } else { SIZE });
        let of_width = |width: f64| plan(table, width / POINT, size, fonts);
        let upright = of_width(if table.landscape { HEIGHT } else { WIDTH });
        let (plan, turned) = if builder.turns_tables && !table.landscape && !upright.holds() {
            let wide = of_width(HEIGHT);
            let better = wide.holds() || (wide.fits && !upright.fits);
            if better { (wide, true) } else { (upright, false) }
        } else {
            (upright, false)
        };
        if turned {
            builder.report.push(was_turned(table));
        }
        if !plan.fits {
            builder.report.push(too_many_columns(table, plan.rooms.len()));
        } else if let Some(column) = plan.cut {
            builder.report.push(number_cut(table, column));
        }
        let span = |row: Option<usize>, column: usize| table.span(row, column);
        let room = |(wide, _): (usize, usize), column: usize| -> f64 {
            let gaps = 2.0 * INSET / plan.size * f64::from(u32::try_from(wide.saturating_sub(1)).unwrap_or(0));
            plan.rooms.iter().skip(column).take(wide.max(1)).sum::<f64>() + gaps
        };
        let heads = table.columns.iter().enumerate().map(|(at, column)| {
            let span = span(None, at);
            let (name, line) = cell_run(&column.name, room(span, at), Face::Hei, fonts);
            let part = ColumnPart { name, align: column.align, span: Some(span).filter(|span| *span != (1, 1)) };
            (line && part.span.is_none(), part)
        });
        let (lines, columns): (Vec<bool>, Vec<ColumnPart>) = heads.unzip();
        let rows = table.rows.iter().zip(&plan.breakable).enumerate().map(|(number, (row, breakable))| {
            let alone = row.cells.iter().all(|cell| cell.merge == Merge::None) && !is_gone_on(table, number);
            let spans = (!alone).then(|| (0..row.cells.len()).map(|at| span(Some(number), at)).collect::<Vec<_>>());
            let room = |at: usize| room(spans.as_ref().and_then(|spans| spans.get(at)).copied().unwrap_or((1, 1)), at);
            let face = if row.head { Face::Hei } else { Face::Song };
            let cells = row.cells.iter().enumerate().map(|(at, cell)| CellPart::of(&cell.text, room(at), face, fonts));
            let (cells, lines): (Vec<CellPart>, Vec<bool>) = cells.unzip();
            let empty = row.cells.iter().all(|cell| plain(&cell.text).trim().is_empty());
            let height = Height::of(alone && !empty && lines.into_iter().all(|line| line));
            RowPart { cells, total: row.total, head: row.head, spans, breakable: *breakable, height }
        });
        Self {
            form: table.is_form(),
            caption: table.caption.as_deref(),
            unit: table.unit.as_deref(),
            head_height: Height::of(lines.into_iter().all(|line| line)),
            columns,
            rows: rows.collect(),
            landscape: table.landscape || turned,
            widths: plan.rooms.iter().map(|room| room + 2.0 * INSET / plan.size).collect(),
            size: plan.size,
            inset: INSET,
        }
    }
}

/// Whether a cell of the row reaches into the next one.
fn is_gone_on(table: &Table, row: usize) -> bool {
    table.rows.get(row + 1).is_some_and(|next| next.cells.iter().any(|cell| cell.merge == Merge::Above))
}

/// A table that was turned by itself, as the office allows (8).
fn was_turned(table: &Table) -> Diagnostic {
    let caption = table.caption.as_ref().map(|caption| format!("“{caption}”")).unwrap_or_default();
    Diagnostic::warning(Code::Layout, format!("表格{caption}竖排放不下，已按“自动横排”横排（GB/T 9704—2012，8）"))
        .help("要竖排，减去几列；就要横排，表题后面写“｜横排”")
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
