//! 表 — a table of Word: heads repeated, cells merged as they are, columns as wide as what stands in them asks.

use std::fmt::Write;

use super::flow::{Face, Flow, Look, Paragraph, run, twips};
use super::place::Printed;
use super::text::inline;
use crate::document::{Align, Cell, Merge, Table, plain};

/// No column asks for more than so many characters.
const WIDEST: f64 = 24.0;

/// What a cell has beside its text, in characters.
const PADDING: f64 = 0.6;

/// How far apart the lines of a cell are, in its size, and what stands above and below them and beside them in points (`table.typ`).
const LINE: f64 = 1.45;
const ABOVE: f64 = 4.5;
const BESIDE: f64 = 3.0;
const RULE: f64 = 0.5;

/// The size of a table that is not printed.
const SIZE: f64 = 12.0;

/// The size of a caption, and what stands below it and below the unit in points (`table.typ`).
const CAPTION: f64 = 14.0;
const BELOW_CAPTION: f64 = 6.8;
const BELOW_UNIT: f64 = 3.0;

/// How many characters wide a text is.
fn width_of(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum()
}

fn most_of(wants: &[(f64, f64)]) -> f64 {
    wants.iter().map(|(most, _)| most).sum()
}

/// Writes a table with what stands around it.
pub(super) fn write(flow: &mut Flow, table: &Table, printed: &Printed, width: f64, sections: &(String, String)) {
    let size = if printed.size > 0.0 { printed.size } else { SIZE };
    // A page that is turned already is that of the table.
    if table.landscape && !flow.fresh {
        flow.add(&between(&sections.0));
    }
    flow.fresh = false;
    if let Some(caption) = &table.caption {
        let runs = run(caption, Look::sized(Face::Hei, CAPTION));
        let line = CAPTION + BELOW_CAPTION;
        flow.add(&Paragraph { alignment: "center", keep_next: true, line, ..Paragraph::new(runs).flush() });
    }
    if let Some(unit) = &table.unit {
        let runs = run(unit, Look::sized(Face::Fang, size));
        let line = size + BELOW_UNIT;
        flow.add(&Paragraph { alignment: "right", keep_next: true, line, ..Paragraph::new(runs).flush() });
    }
    let width = if table.landscape { width * 225.0 / 156.0 } else { width };
    // As they are printed; a table that is not has columns as wide as what stands in them asks.
    let widths = Some(&printed.widths).filter(|widths| widths.len() == table.columns.len());
    let widths = widths.cloned().unwrap_or_else(|| wanted(table, size, width));
    flow.xml.push_str(&grid(table, size, width, &widths));
    if table.landscape {
        flow.add(&between(&sections.1));
    }
}

/// A paragraph that takes no room and ends a section.
pub(super) fn between(section: &str) -> Paragraph {
    Paragraph { line: 1.0, section: section.to_owned(), ..Paragraph::default() }.flush()
}

/// How wide the columns are that what stands in them asks for.
fn wanted(table: &Table, size: f64, width: f64) -> Vec<f64> {
    let columns = table.columns.len();
    let cells_of = |column: usize| {
        let alone = move |row: Option<usize>| table.span(row, column).0 == 1;
        let head = table.columns.get(column).filter(|_| alone(None)).map(|column| plain(&column.name));
        let cells = table.rows.iter().enumerate().filter(move |(row, _)| alone(Some(*row)));
        head.into_iter().chain(cells.filter_map(move |(_, row)| row.cells.get(column)).map(|cell| plain(&cell.text)))
    };
    // What a column wants, and what it needs so that no number or code is broken; in characters.
    let wants: Vec<(f64, f64)> = (0..columns)
        .map(|column| {
            cells_of(column).fold((2.0, 2.0), |(most, least): (f64, f64), text| {
                let word = text.split(|c: char| !c.is_ascii() || c == ' ').map(width_of).fold(0.0, f64::max);
                (most.max(width_of(&text).min(WIDEST)), least.max(word))
            })
        })
        .map(|(most, least)| (most.max(least) + PADDING, least + PADDING))
        .collect();
    let room = width / size;
    let (most, least) = wants.iter().fold((0.0, 0.0), |(most, least), want| (most + want.0, least + want.1));
    let part = if most > least { ((room - least) / (most - least)).max(0.0) } else { 1.0 };
    let wide = |(most, least): &(f64, f64)| {
        if most_of(&wants) <= room { most * room / most_of(&wants) } else { least + (most - least) * part }
    };
    wants.iter().map(wide).collect()
}

fn grid(table: &Table, size: f64, width: f64, widths: &[f64]) -> String {
    let all: f64 = widths.iter().sum();
    let widths: Vec<i64> = widths.iter().map(|one| twips(width * one / all)).collect();
    let mut out = String::from("<w:tbl><w:tblPr><w:tblStyle w:val=\"gwtable\"/>");
    // Half of what is between two lines stands above the first and below the last; a rule takes room in Word.
    let (above, beside) = (twips(ABOVE - (LINE - 1.0) * size / 2.0 - RULE / 2.0), twips(BESIDE));
    let _ = write!(
        out,
        "<w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:top w:w=\"{above}\" w:type=\"dxa\"/>\
         <w:left w:w=\"{beside}\" w:type=\"dxa\"/><w:bottom w:w=\"{above}\" w:type=\"dxa\"/><w:right w:w=\"{beside}\" w:type=\"dxa\"/>\
         </w:tblCellMar></w:tblPr><w:tblGrid>",
        twips(width)
    );
    for width in &widths {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid>");
    let writing = Rows { table, size, widths };
    if !table.is_form() {
        let names: Vec<Cell> =
            table.columns.iter().map(|column| Cell { text: column.name.clone(), merge: column.merge }).collect();
        out.push_str(&writing.row(None, &names, true, false));
    }
    for (index, row) in table.rows.iter().enumerate() {
        out.push_str(&writing.row(Some(index), &row.cells, row.head, row.total));
    }
    out.push_str("</w:tbl>");
    out
}

struct Rows<'a> {
    table: &'a Table,
    size: f64,
    widths: Vec<i64>,
}

impl Rows<'_> {
    fn row(&self, at: Option<usize>, cells: &[Cell], head: bool, total: bool) -> String {
        let mut out = String::from("<w:tr><w:trPr><w:cantSplit/>");
        out.push_str(if head { "<w:tblHeader/></w:trPr>" } else { "</w:trPr>" });
        for column in 0..self.table.columns.len() {
            let cell = cells.get(column);
            let merge = cell.map_or(Merge::None, |cell| cell.merge);
            if merge == Merge::Left {
                continue;
            }
            // A cell that goes on the one above is as wide as that one.
            let (wide, high) =
                if merge == Merge::Above { self.origin(at, column) } else { self.table.span(at, column) };
            let width: i64 = self.widths.iter().skip(column).take(wide.max(1)).sum();
            let _ = write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
            if wide > 1 {
                let _ = write!(out, "<w:gridSpan w:val=\"{wide}\"/>");
            }
            if merge == Merge::Above {
                out.push_str("<w:vMerge/>");
            } else if high > 1 {
                out.push_str("<w:vMerge w:val=\"restart\"/>");
            }
            out.push_str("<w:vAlign w:val=\"center\"/></w:tcPr>");
            let face = if head || total { Face::Hei } else { Face::Fang };
            let runs = cell.map(|cell| inline(&cell.text, Look::sized(face, self.size))).unwrap_or_default();
            let align = self.table.columns.get(column).map_or(Align::Left, |column| column.align);
            let alignment = match align {
                _ if head || wide > 1 => "center",
                Align::Left => "left",
                Align::Center => "center",
                Align::Right => "right",
            };
            out.push_str(
                &Paragraph { style: "gwcell", alignment, line: self.size * LINE, ..Paragraph::new(runs) }.xml(),
            );
            out.push_str("</w:tc>");
        }
        out.push_str("</w:tr>");
        out
    }

    /// How wide the cell is that a cell goes on.
    fn origin(&self, at: Option<usize>, column: usize) -> (usize, usize) {
        let rows = (0..at.unwrap_or(0)).rev().map(Some).chain([None]);
        rows.map(|row| self.table.span(row, column)).find(|(wide, _)| *wide > 0).unwrap_or((1, 1))
    }
}
