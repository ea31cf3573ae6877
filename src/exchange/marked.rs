//! 标注 — a copy of a foreign table in which every cell with a finding is red and bears the finding as a note, to be sent back to whoever
//! filled it in. Values, merged cells and hidden rows are as they were; the look of the original is not copied.

use std::collections::BTreeMap;

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatBorder, Note, Workbook as Fresh, Worksheet, XlsxError,
};

use super::workbook::{At, Cell, Content, Sheet, Workbook};

/// What the sheet is called that lists all findings.
const LIST: &str = "问题";

/// A4, as Excel numbers papers.
const A4: u8 = 9;

/// The widest that a column is made (characters).
const WIDEST: usize = 40;

/// A workbook as .xlsx with notes on cells, and a sheet that lists them all.
///
/// # Errors
///
/// What the writer refuses: more rows or characters than Excel has.
pub fn marked(workbook: &Workbook, findings: &[(Option<At>, String)]) -> Result<Vec<u8>, XlsxError> {
    let mut fresh = Fresh::new();
    // The same bytes for the same file.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    fresh.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let mut notes: BTreeMap<&At, Vec<&str>> = BTreeMap::new();
    for (at, words) in findings.iter().filter_map(|(at, words)| Some((at.as_ref()?, words))) {
        notes.entry(at).or_default().push(words);
    }
    for sheet in &workbook.sheets {
        let page = fresh.add_worksheet();
        page.set_name(&*sheet.name)?;
        page.set_hidden(sheet.hidden);
        page.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
        copy(page, sheet, &notes)?;
    }
    let taken = |name: &String| workbook.sheets.iter().any(|sheet| *sheet.name == **name);
    let names = (1..).map(|number| if number == 1 { LIST.to_owned() } else { format!("{LIST}{number}") });
    let name = names.into_iter().find(|name| !taken(name)).unwrap_or_default();
    list(fresh.add_worksheet().set_name(name)?, findings)?;
    fresh.save_to_buffer()
}

fn column(column: u32) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

fn copy(page: &mut Worksheet, sheet: &Sheet, notes: &BTreeMap<&At, Vec<&str>>) -> Result<(), XlsxError> {
    let plain = Format::new();
    let wrong = Format::new()
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0x00FF_C7CE))
        .set_font_color(Color::RGB(0x009C_0006));
    for merged in sheet.merged.iter() {
        if merged.first != merged.last {
            page.merge_range(merged.first.0, column(merged.first.1), merged.last.0, column(merged.last.1), "", &plain)?;
        }
    }
    let mut widths: BTreeMap<u32, usize> = BTreeMap::new();
    for (row, cells) in &sheet.rows {
        for (index, cell) in cells {
            let at = sheet.at(*row, *index);
            let format = if notes.contains_key(&at) { &wrong } else { &plain };
            put(page, *row, column(*index), cell, format)?;
            let width: usize = cell.shown().chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            let widest = widths.entry(*index).or_default();
            *widest = (*widest).max(width.min(WIDEST));
        }
    }
    for (at, words) in notes.iter().filter(|(at, _)| at.sheet == sheet.name) {
        // What is wrong with a whole row is noted in its first cell.
        let first = sheet.rows.get(&at.row).and_then(|cells| cells.keys().next()).copied().unwrap_or(0);
        let place = at.column.unwrap_or(first);
        if sheet.cell(at.row, place).is_none() || at.column.is_none() {
            match sheet.cell(at.row, place) {
                Some(cell) => put(page, at.row, column(place), cell, &wrong)?,
                None => {
                    page.write_blank(at.row, column(place), &wrong)?;
                }
            }
        }
        let note = Note::new(words.join("\n")).add_author_prefix(false).set_width(260).set_height(90);
        page.insert_note(at.row, column(place), &note)?;
    }
    for (index, width) in widths {
        page.set_column_width(column(index), u32::try_from(width).unwrap_or(0) + 2)?;
    }
    for row in &sheet.hidden_rows {
        page.set_row_hidden(*row)?;
    }
    Ok(())
}

/// Text is written as text, whatever it begins with.
fn put(page: &mut Worksheet, row: u32, column: u16, cell: &Cell, format: &Format) -> Result<(), XlsxError> {
    match &cell.content {
        Content::Number(number) if !cell.percent => {
            page.write_number_with_format(row, column, number.to_f64().unwrap_or_default(), format)?;
        }
        _ => {
            page.write_string_with_format(row, column, cell.shown(), format)?;
        }
    }
    Ok(())
}

/// All findings, one a row.
fn list(page: &mut Worksheet, findings: &[(Option<At>, String)]) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_border(FormatBorder::Thin);
    let plain = Format::new().set_border(FormatBorder::Thin).set_text_wrap();
    page.write_string_with_format(0, 0, "格", &head)?;
    page.write_string_with_format(0, 1, "问题", &head)?;
    for (row, (at, words)) in (1..).zip(findings) {
        page.write_string_with_format(row, 0, at.as_ref().map(ToString::to_string).unwrap_or_default(), &plain)?;
        page.write_string_with_format(row, 1, words, &plain)?;
    }
    page.set_column_width(0, 22)?;
    page.set_column_width(1, 90)?;
    page.set_freeze_panes(1, 0)?;
    Ok(())
}
