//! 表格数据 — rows as CSV (RFC 4180) that a spreadsheet opens: in UTF-8 with a byte-order mark, so that Excel reads Chinese,
//! and without a cell that a spreadsheet would compute.

use std::borrow::Cow;

/// Rows below their head, each with as many cells as it has.
pub fn text(head: &[&str], rows: impl IntoIterator<Item = impl IntoIterator<Item: AsRef<str>>>) -> String {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(vec![]);
    // A vector takes every row of the same length.
    let _ = writer.write_record(head.iter().map(|cell| inert(cell).into_owned()));
    for row in rows {
        let _ = writer.write_record(row.into_iter().map(|cell| inert(cell.as_ref()).into_owned()));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

/// The cell as one that no spreadsheet takes for a formula: an apostrophe before it makes it text (OWASP, CSV Injection). A
/// figure with its sign stays a figure.
fn inert(cell: &str) -> Cow<'_, str> {
    // An Excel that is set to an East Asian language takes the full-width signs too.
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    match cell {
        _ if formula && !is_figure(cell) => Cow::Owned(format!("'{cell}")),
        _ if is_code(cell) => Cow::Owned(format!("{cell}\t")),
        _ => Cow::Borrowed(cell),
    }
}

/// The digits that a spreadsheet keeps of a number.
const KEPT: usize = 15;

/// Whether a text of digits is no number: a spreadsheet would round it, or take its zeros. A tab behind it makes it text; who reads it
/// with a program cuts off the white space.
fn is_code(text: &str) -> bool {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits && (text.len() > KEPT || text.len() > 1 && text.starts_with('0'))
}

/// Whether a text is a number and nothing more: `-5.0`, `+3`, `-20%`.
fn is_figure(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = digits.strip_suffix('%').unwrap_or(digits);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, part].iter().all(|digits| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(cells: &[&str]) -> String {
        let text = text(cells, std::iter::empty::<[&str; 0]>());
        text.strip_prefix('\u{feff}').unwrap().to_owned()
    }

    #[test]
    fn no_cell_is_a_formula() {
        for cell in [
            "=1+1", "+cmd", "-2+3+cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1", "-", "-1.",
            "+.5",
        ] {
            assert_eq!(inert(cell), format!("'{cell}"), "{cell:?}");
        }
        for cell in ["", "500.00", "-5.0", "+3", "-20%", "a=b", "0", "2024", "'=1", "四（五）7"] {
            assert_eq!(inert(cell), cell);
        }
        for code in ["914101810000000150", "000000", "0371"] {
            assert_eq!(inert(code), format!("{code}\t"));
        }
    }

    #[test]
    fn no_cell_leaves_its_place() {
        assert_eq!(line(&["a,\"b\"", "两\n行", "", "丙"]), "\"a,\"\"b\"\"\",\"两\n行\",,丙\r\n");
    }

    proptest! {
        #[test]
        fn cells_are_read_back_as_they_were_but_for_the_apostrophe(cells in prop::collection::vec("[=+a1,\"\r\n@'-]{0,4}", 2..5)) {
            let text = line(&cells.iter().map(String::as_str).collect::<Vec<_>>());
            let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            let read = reader.records().next().unwrap().unwrap();
            let wanted: Vec<_> = cells.iter().map(|cell| inert(cell).into_owned()).collect();
            prop_assert_eq!(read.iter().collect::<Vec<_>>(), wanted);
        }
    }
}
