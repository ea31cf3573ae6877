//! 着色 — the cells of a sheet with other formats: those that are there get one, those that are not are put in where they belong.

use std::collections::BTreeMap;
use std::ops::RangeBounds;

use crate::diag::Severity;
use crate::exchange::tags::{Edited, Kind, Tag, element, tags};
use crate::exchange::workbook::letters;

use super::styles::Styles;

/// A cell by its row and column, from 0.
pub(super) type Cell = (u32, u32);

/// What a cell is called in its sheet: `G17`.
pub(super) fn reference((row, column): Cell) -> String {
    format!("{}{}", letters(column), row + 1)
}

/// The cell of a name, as [`reference`] makes it.
pub(super) fn cell(reference: &str) -> Option<Cell> {
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = reference.split_at(digits);
    let digit = |letter: u8| u32::from(letter.to_ascii_uppercase().checked_sub(b'A')?).checked_add(1);
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        column.checked_mul(26)?.checked_add(digit(letter).filter(|one| *one <= 26)?)
    })?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

/// The columns of a sheet, as far as it says something of them.
#[derive(Debug, Default)]
pub(super) struct Columns {
    said: Vec<Column>,
    usual: Option<f64>,
}

/// Columns that are alike, from 0.
#[derive(Debug)]
struct Column {
    first: u32,
    last: u32,
    width: Option<f64>,
    format: Option<u32>,
}

impl Columns {
    pub(super) fn of(text: &str) -> Self {
        let mut columns = Self::default();
        let before = tags(text).take_while(|tag| tag.name() != "sheetData").filter(Tag::begins);
        for tag in before {
            match tag.name() {
                "sheetFormatPr" => columns.usual = width(&tag, "defaultColWidth"),
                "col" => {
                    let bound = |name: &str| Some(tag.number(name)?.saturating_sub(1));
                    let (Some(first), Some(last)) = (bound("min"), bound("max")) else { continue };
                    let width = if tag.flag("hidden") { Some(0.0) } else { width(&tag, "width") };
                    columns.said.push(Column { first, last, width, format: tag.number("style") });
                }
                _ => {}
            }
        }
        columns
    }

    fn at(&self, column: u32) -> Option<&Column> {
        self.said.iter().find(|said| (said.first..=said.last).contains(&column))
    }

    /// How wide a column is (pixels of a screen).
    pub(super) fn pixels(&self, column: u32) -> f64 {
        let characters = self.at(column).and_then(|said| said.width).or(self.usual).unwrap_or(8.43);
        if characters > 0.0 { characters.mul_add(7.0, 5.0).round() } else { 0.0 }
    }
}

fn width(tag: &Tag<'_>, name: &str) -> Option<f64> {
    tag.attribute(name)?.parse().ok().filter(|width: &f64| width.is_finite() && *width >= 0.0)
}

/// The sheet with faulty cells on their ground; `None` where it has no cells to speak of.
pub(super) fn coloured(
    text: &str,
    columns: &Columns,
    faults: &BTreeMap<Cell, Severity>,
    styles: &mut Styles,
) -> Option<String> {
    let data = element(text, "sheetData", 1)?;
    let mut sheet = Colouring {
        declaration: element(text, "worksheet", 0)?.first.declaration(),
        edited: Edited::new(text),
        columns,
        faults,
        styles,
    };
    let mut row = Row { number: 0, format: None, next: 0 };
    let mut done = 0;
    for tag in tags(text).skip_while(|tag| tag.place.start <= data.first.place.start) {
        match (tag.name(), tag.depth) {
            ("row", 2) if tag.begins() => {
                let number = tag.number("r").map_or(done, |number| number.saturating_sub(1));
                let fresh = sheet.rows(done, number);
                sheet.edited.insert(tag.place.start, fresh);
                row = Row { number, format: tag.number("s").filter(|_| tag.flag("customFormat")), next: 0 };
                done = number + 1;
                if faults.range((number, 0)..(done, 0)).next().is_some() {
                    // Which columns it spans is a hint to readers, and may be true no more.
                    let open = tag.opened().with(&[("spans", None)]);
                    let whole = if tag.kind == Kind::Empty {
                        format!("{}{}", sheet.cells(&row, 0..), tag.end())
                    } else {
                        String::new()
                    };
                    sheet.edited.replace(tag.place.clone(), open + &whole);
                }
            }
            ("row", 2) => {
                let fresh = sheet.cells(&row, row.next..);
                sheet.edited.insert(tag.place.start, fresh);
            }
            ("c", 3) if tag.begins() => {
                let named = tag.attribute("r").and_then(|name| cell(&name));
                let column = named.map_or(row.next, |(_, column)| column);
                let fresh = sheet.cells(&row, row.next..column);
                sheet.edited.insert(tag.place.start, fresh);
                if let Some(severity) = faults.get(&(row.number, column)) {
                    let format = sheet.styles.faulty(tag.number("s").unwrap_or(0), *severity).to_string();
                    sheet.edited.replace(tag.place.clone(), tag.with(&[("s", Some(&format))]));
                }
                row.next = column + 1;
            }
            ("sheetData", 1) => break,
            _ => {}
        }
    }
    let fresh = sheet.rows(done, u32::MAX);
    sheet.edited.append(&data.first, data.last.as_ref(), &fresh);
    Some(sheet.edited.done())
}

/// A row that is being gone through.
struct Row {
    number: u32,
    /// The format that it has as a whole.
    format: Option<u32>,
    /// The first column that was not seen yet.
    next: u32,
}

struct Colouring<'a> {
    declaration: String,
    edited: Edited<'a>,
    columns: &'a Columns,
    faults: &'a BTreeMap<Cell, Severity>,
    styles: &'a mut Styles,
}

impl Colouring<'_> {
    /// Faulty cells that a row has not, of some of its columns.
    fn cells(&mut self, row: &Row, columns: impl RangeBounds<u32>) -> String {
        let mut fresh = String::new();
        for ((_, column), severity) in self.faults.range((row.number, 0)..=(row.number, u32::MAX)) {
            if columns.contains(column) {
                let of_column = || self.columns.at(*column).and_then(|said| said.format);
                let format = self.styles.faulty(row.format.or_else(of_column).unwrap_or(0), *severity);
                let (declaration, name) = (&self.declaration, reference((row.number, *column)));
                fresh.push_str(&format!("<c{declaration} r=\"{name}\" s=\"{format}\"/>"));
            }
        }
        fresh
    }

    /// Rows with faulty cells that a sheet has not.
    fn rows(&mut self, from: u32, to: u32) -> String {
        let mut fresh = String::new();
        let mut next = from;
        while let Some((number, _)) = self.faults.range((next, 0)..(to.max(next), 0)).next().map(|(cell, _)| *cell) {
            let cells = self.cells(&Row { number, format: None, next: 0 }, ..);
            let declaration = &self.declaration;
            fresh.push_str(&format!("<row{declaration} r=\"{}\">{cells}</row>", number + 1));
            next = number + 1;
        }
        fresh
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_excel_does() {
        for (at, name) in [((16, 6), "G17"), ((0, 0), "A1"), ((1_048_575, 16_383), "XFD1048576")] {
            assert_eq!((reference(at).as_str(), cell(name)), (name, Some(at)));
        }
        for wrong in ["", "G", "17", "G0", "哈1", "ZZZZZZZZZZ1", "A99999999999"] {
            assert_eq!(cell(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn cells_get_the_format_of_their_place_and_a_ground() {
        let text = "<worksheet><cols><col min=\"3\" max=\"3\" width=\"5\" style=\"1\"/></cols><sheetData>\
                    <row r=\"2\"><c r=\"B2\" s=\"1\" t=\"s\"><v>0</v></c></row><row r=\"5\" s=\"1\" customFormat=\"1\"/></sheetData></worksheet>";
        let faults: BTreeMap<Cell, Severity> =
            [(0, 0), (1, 1), (1, 2), (2, 2), (4, 0), (7, 0)].map(|cell| (cell, Severity::Error)).into();
        let mut styles = Styles::of(None).unwrap();
        styles.add("cellXfs", "<xf/>");
        let fresh = coloured(text, &Columns::of(text), &faults, &mut styles).unwrap();
        let wanted = "<worksheet><cols><col min=\"3\" max=\"3\" width=\"5\" style=\"1\"/></cols><sheetData>\
                      <row r=\"1\"><c r=\"A1\" s=\"2\"/></row><row r=\"2\"><c r=\"B2\" t=\"s\" s=\"3\"><v>0</v></c><c r=\"C2\" s=\"3\"/></row>\
                      <row r=\"3\"><c r=\"C3\" s=\"3\"/></row><row r=\"5\" s=\"1\" customFormat=\"1\"><c r=\"A5\" s=\"3\"/></row>\
                      <row r=\"8\"><c r=\"A8\" s=\"2\"/></row></sheetData></worksheet>";
        assert_eq!(fresh, wanted);
        assert_eq!(coloured("<worksheet/>", &Columns::default(), &faults, &mut styles), None);
        let empty = coloured(
            "<x:worksheet xmlns:x='u'><x:sheetData/></x:worksheet>",
            &Columns::default(),
            &[((0, 0), Severity::Warning)].into(),
            &mut styles,
        );
        assert_eq!(
            empty.unwrap(),
            "<x:worksheet xmlns:x='u'><x:sheetData><row xmlns=\"u\" r=\"1\"><c xmlns=\"u\" r=\"A1\" s=\"4\"/></row></x:sheetData></x:worksheet>"
        );
    }
}
