//! 照抄 — a new .xlsx with the cells of a table, merged and hidden as they were.

use std::collections::BTreeMap;

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook as Fresh, Worksheet, XlsxError};

use crate::exchange::workbook::{Content, Sheet, Workbook};

/// A4, as Excel numbers papers.
const A4: u8 = 9;

/// The widest that a column is made (characters).
const WIDEST: usize = 40;

/// The cells of a table.
///
/// # Errors
///
/// What the writer refuses: more rows or characters than Excel has.
pub(super) fn plain(workbook: &Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut fresh = Fresh::new();
    // The same bytes for the same file.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    fresh.set_properties(&DocProperties::new().set_creation_datetime(&made));
    for sheet in &workbook.sheets {
        let page = fresh.add_worksheet();
        page.set_name(&*sheet.name)?;
        page.set_hidden(sheet.hidden);
        page.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
        copy(page, sheet)?;
    }
    fresh.save_to_buffer()
}

fn column(column: u32) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

fn copy(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let plain = Format::new();
    for merged in sheet.merged.iter() {
        if merged.first != merged.last {
            page.merge_range(merged.first.0, column(merged.first.1), merged.last.0, column(merged.last.1), "", &plain)?;
        }
    }
    let mut widths: BTreeMap<u32, usize> = BTreeMap::new();
    for (row, cells) in &sheet.rows {
        for (index, cell) in cells {
            // Text is written as text, whatever it begins with.
            match &cell.content {
                Content::Number(number) if !cell.percent => {
                    page.write_number(*row, column(*index), number.to_f64().unwrap_or_default())?;
                }
                _ => {
                    page.write_string(*row, column(*index), cell.shown())?;
                }
            }
            let width: usize = cell.shown().chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            let widest = widths.entry(*index).or_default();
            *widest = (*widest).max(width.min(WIDEST));
        }
    }
    for (index, width) in widths {
        page.set_column_width(column(index), u32::try_from(width).unwrap_or(0) + 2)?;
    }
    for row in &sheet.hidden_rows {
        page.set_row_hidden(*row)?;
    }
    Ok(())
}
