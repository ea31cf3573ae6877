//! 表 — a table of a draft, its merged cells as a grid.

use super::inline::plain;
use super::manuscript::{Cell, Edit, Line, Table};
use super::reading::{Paragraph, Reading, Standing};
use super::xml::Element;

impl Reading<'_> {
    /// Reads a table.
    pub(super) fn table(&mut self, element: &Element) -> Table {
        let mut table = Table { is_layout: is_layout(element), ..Table::default() };
        let mut marked = 0;
        for row in element.elements().filter(|child| child.name == "tr") {
            let none = Element::default();
            let properties = row.child("trPr").unwrap_or(&none);
            let edit = ["ins", "del"].iter().find_map(|name| properties.child(name));
            let edit = edit.map(|edit| {
                let kind = if edit.name == "ins" { Edit::RowInserted } else { Edit::RowDeleted };
                (kind, edit.attribute("author").unwrap_or_default().to_owned())
            });
            let standing = Standing { listed: edit.is_some(), ..Standing::default() };
            let mut cells: Vec<Cell> = Vec::new();
            let mut words = Vec::new();
            for cell in cells_of(row) {
                let properties = cell.child("tcPr").unwrap_or(&none);
                let span = properties.value("gridSpan").and_then(|span| span.parse::<usize>().ok()).unwrap_or(1);
                let above = properties.child("vMerge").is_some_and(|merge| merge.attribute("val") != Some("restart"));
                let lines = self.cell(cell, &standing);
                words.push(plain(cell));
                cells.push(Cell {
                    lines: if above { Vec::new() } else { lines },
                    goes_on_left: false,
                    goes_on_above: above,
                });
                for _ in 1..span.min(64) {
                    cells.push(Cell { lines: Vec::new(), goes_on_left: !above, goes_on_above: above });
                }
            }
            if let Some((kind, author)) = edit {
                self.changes.begin();
                self.changes.note(kind, &author, &words.join("　"));
                self.changes.begin();
                if !self.mode.keeps(kind) {
                    continue;
                }
            }
            if properties.flag("tblHeader") == Some(true) && marked == table.rows.len() {
                marked += 1;
            }
            table.rows.push(cells);
        }
        let widest = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        for row in &mut table.rows {
            row.resize(widest, Cell::default());
        }
        // Where no row says that it is a head, the rows over which the first one's cells reach are.
        let reaches = |row: &[Cell]| row.iter().any(|cell| cell.goes_on_above);
        let by_merging = 1 + table.rows.iter().skip(1).take_while(|row| reaches(row)).count();
        table.head = if marked > 0 { marked } else { by_merging.min(3) }.min(table.rows.len());
        table
    }

    fn cell(&mut self, cell: &Element, standing: &Standing) -> Vec<Line> {
        let mut lines = Vec::new();
        for child in cell.elements() {
            match child.name.as_str() {
                "p" => {
                    let mut paragraph = Paragraph::default();
                    let number = self.number(child);
                    self.inline(child, &mut paragraph, standing);
                    let line = self.line(child, paragraph, number);
                    if !line.is_blank() {
                        lines.push(line);
                    }
                }
                "tbl" => {
                    self.remark("表里套的表当作文字".to_owned());
                    let inner = self.table(child);
                    lines.extend(inner.rows.into_iter().flatten().flat_map(|cell| cell.lines));
                }
                "sdt" => {
                    lines.extend(child.child("sdtContent").map(|inner| self.cell(inner, standing)).unwrap_or_default());
                }
                _ => {}
            }
        }
        lines
    }
}

/// The cells of a row, those in content controls too.
fn cells_of(row: &Element) -> Vec<&Element> {
    let mut cells = Vec::new();
    row.all("tc", &mut cells);
    cells
}

/// Whether a table has no rules, or floats on the page.
fn is_layout(table: &Element) -> bool {
    let Some(properties) = table.child("tblPr") else { return false };
    if properties.child("tblpPr").is_some() {
        return true;
    }
    let none = |side: &Element| matches!(side.attribute("val"), Some("nil" | "none"));
    match properties.child("tblBorders") {
        Some(borders) => borders.elements().all(none),
        None => {
            let mut cells = Vec::new();
            table.all("tcBorders", &mut cells);
            properties.child("tblStyle").is_none() && cells.iter().all(|borders| borders.elements().all(none))
        }
    }
}
