//! CSV — a sheet as plain text: UTF-8 or, as Excel and WPS write it here, GBK.

use std::collections::BTreeMap;

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::{Cell, Sheet};

/// The text of a file in whichever encoding it is: with a mark, as UTF-8 where it is that, as GB18030 else.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Some(UTF_16LE.decode(rest).0.into_owned());
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Some(UTF_16BE.decode(rest).0.into_owned());
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    let (text, _, broken) = GB18030.decode(bytes);
    (!broken).then(|| text.into_owned())
}

/// The rows of a text whose cells are parted by commas, tabs or semicolons.
pub(super) fn sheet(name: &str, text: &str) -> Sheet {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = ['\t', ';', ','].into_iter().max_by_key(|c| first.matches(*c).count()).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut sheet = Sheet { name: name.into(), ..Sheet::default() };
    for (row, record) in (0..).zip(reader.records().flatten()) {
        let cells: BTreeMap<u32, Cell> = (0..)
            .zip(record.iter())
            .filter(|(_, text)| !text.is_empty())
            .map(|(column, text)| (column, Cell::text(bare(text))))
            .collect();
        if !cells.is_empty() {
            sheet.rows.insert(row, cells);
        }
    }
    sheet
}

/// `="00012"` is how Excel is made to keep digits as text.
fn bare(text: &str) -> &str {
    text.strip_prefix("=\"").and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}
