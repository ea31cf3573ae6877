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
    // A title above the table has none of them.
    let parted = |c: &char| text.lines().take(20).map(|line| line.matches(*c).count()).sum::<usize>();
    let delimiter = ['\t', ';', ','].into_iter().max_by_key(parted).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut sheet = Sheet { name: name.into(), ..Sheet::default() };
    // The reader passes over empty lines, which a person counts; a cell may itself hold line breaks.
    let (mut row, mut rest) = (0, text);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).unwrap_or(false) {
        let empty = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let passed = rest.get(..empty).unwrap_or_default().matches('\n').count();
        row += u32::try_from(passed).unwrap_or(0);
        let cells: BTreeMap<u32, Cell> = (0..)
            .zip(record.iter())
            .filter(|(_, text)| !text.is_empty())
            .map(|(column, text)| (column, Cell::text(bare(text))))
            .collect();
        if !cells.is_empty() {
            sheet.rows.insert(row, cells);
        }
        row += 1;
        // The reader may stop between the two characters of a line's end.
        let end = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        rest = text.get(end..).unwrap_or_default();
        if text.get(..end).is_some_and(|read| read.ends_with('\r')) {
            rest = rest.strip_prefix('\n').unwrap_or(rest);
        }
    }
    sheet
}

/// `="00012"` is how Excel is made to keep digits as text.
fn bare(text: &str) -> &str {
    text.strip_prefix("=\"").and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_those_that_a_person_counts() {
        let text = "\u{6807}题,\r\n\r\n\r\n甲,\"一\n二\"\r\n\r\n乙,1\r\n";
        let sheet = sheet("表", text);
        let rows: Vec<_> = sheet.rows.iter().map(|(row, cells)| (*row, cells[&0].shown())).collect();
        assert_eq!(rows, [(0, "标题".to_owned()), (3, "甲".to_owned()), (5, "乙".to_owned())]);
        assert_eq!(super::sheet("表", "2025年度，甲\n甲\t乙\n1\t2\n").rows[&2][&1].shown(), "2");
    }
}
