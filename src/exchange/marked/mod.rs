//! 标注 — a copy of a foreign table in which every cell with a finding is coloured and bears the finding as a note, to be sent back to whoever
//! filled it in. Of an .xlsx it is the very file: what is not a fault stays as it is, byte for byte, but for its macros. Of all other formats
//! the cells are copied, not their look.

mod cells;
mod copied;
mod fault;
mod list;
mod notes;
mod parts;
mod plain;
mod styles;

use rust_xlsxwriter::XlsxError;

use super::workbook::Workbook;

pub use fault::Fault;

/// A copy of a table with its faults.
#[derive(Debug)]
pub struct Marked {
    /// An .xlsx.
    pub bytes: Vec<u8>,
    /// Whether it looks as the table did.
    pub has_look: bool,
}

/// A table as .xlsx with notes on cells, and a sheet that lists them all; `bytes` is the file that it was read from.
///
/// # Errors
///
/// What the writer refuses: more rows or characters than Excel has.
pub fn marked(bytes: &[u8], workbook: &Workbook, faults: &[Fault]) -> Result<Marked, XlsxError> {
    let noted = fault::noted(workbook, faults);
    let names: Vec<&str> = workbook.sheets.iter().map(|sheet| &*sheet.name).collect();
    let list = list::free_name(&names);
    if let Some(bytes) = copied::copied(bytes, &list, &noted, faults) {
        return Ok(Marked { bytes, has_look: true });
    }
    let plain = plain::plain(workbook)?;
    let copied = copied::copied(&plain, &list, &noted, faults);
    Ok(Marked { bytes: copied.unwrap_or(plain), has_look: false })
}
