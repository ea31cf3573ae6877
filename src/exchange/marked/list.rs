//! 清单 — a sheet that lists all that was found, each with the cell that it leads to.

use std::fmt::Write;

use crate::diag::Severity;
use crate::exchange::tags::escaped;

use super::fault::Fault;
use super::styles::Styles;

/// What the sheet is called, its first words, and its head.
const NAME: &str = "问题";
const WORDS: &str = "红色的格有错误，要改正；黄色的格请核对。指着格，看批注里怎么说。";
const NOTHING: &str = "没有发现问题。";
const HEAD: [&str; 3] = ["格", "级别", "问题"];

/// How wide the words of the list are (characters).
const WIDTH: usize = 90;

/// The most rows that a sheet has, and the most leads that Excel opens in one.
const ROWS: usize = 1_048_576;
const LEADS: usize = 65_000;

/// How many lines words take in a cell of the list.
fn height(words: &str) -> usize {
    let wide = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    words.lines().map(|line| wide(line).div_ceil(WIDTH).max(1)).sum::<usize>().clamp(1, 27)
}

/// A name that none of these sheets has.
pub(super) fn free_name(sheets: &[&str]) -> String {
    let names = (1..).map(|number| if number == 1 { NAME.to_owned() } else { format!("{NAME}{number}") });
    names.into_iter().find(|name| !sheets.contains(&name.as_str())).unwrap_or_default()
}

/// The sheet.
pub(super) fn list(faults: &[Fault], namespace: &str, styles: &mut Styles) -> String {
    let border = styles.add(
        "borders",
        "<border><left style=\"thin\"/><right style=\"thin\"/><top style=\"thin\"/><bottom style=\"thin\"/><diagonal/></border>",
    );
    let face = |look: &str| format!("<font>{look}<name val=\"宋体\"/><charset val=\"134\"/></font>");
    let plain = styles.add("fonts", &face("<sz val=\"11\"/>"));
    let bold = styles.add("fonts", &face("<b/><sz val=\"11\"/>"));
    let lead = styles.add("fonts", &face("<u/><sz val=\"11\"/><color rgb=\"FF0563C1\"/>"));
    let mut format = |font: u32, border: u32| {
        styles.add(
            "cellXfs",
            &format!(
                "<xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"0\" borderId=\"{border}\" applyFont=\"1\" applyBorder=\"1\" applyAlignment=\"1\">\
                 <alignment vertical=\"top\" wrapText=\"1\"/></xf>"
            ),
        )
    };
    let (words, head, plain, lead) =
        (format(plain, 0), format(bold, border), format(plain, border), format(lead, border));
    let cell = |column: char, row: usize, format: u32, text: &str| {
        format!(
            "<c r=\"{column}{row}\" s=\"{format}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
            escaped(text)
        )
    };
    let mut rows = format!(
        "<row r=\"1\" ht=\"36\" customHeight=\"1\">{}</row><row r=\"2\">{}{}{}</row>",
        cell('A', 1, words, if faults.is_empty() { NOTHING } else { WORDS }),
        cell('A', 2, head, HEAD[0]),
        cell('B', 2, head, HEAD[1]),
        cell('C', 2, head, HEAD[2]),
    );
    let mut leads = String::new();
    for (row, fault) in (3..=ROWS).zip(faults) {
        let place = fault.at.as_ref().map(ToString::to_string).unwrap_or_default();
        let kind = if fault.severity == Severity::Error { "错误" } else { "提醒" };
        let _ = write!(
            rows,
            "<row r=\"{row}\" ht=\"{}\">{}{}{}</row>",
            15 * height(&fault.words),
            cell('A', row, if place.is_empty() { plain } else { lead }, &place),
            cell('B', row, plain, kind),
            cell('C', row, plain, &fault.words)
        );
        if let Some(at) = fault.at.as_ref().filter(|_| row < LEADS) {
            let there = at.to_string();
            let there = there.strip_prefix(&*at.sheet).unwrap_or(&there);
            let there = format!("'{}'{there}", at.sheet.replace('\'', "''"));
            let _ = write!(leads, "<hyperlink ref=\"A{row}\" location=\"{}\"/>", escaped(&there));
        }
    }
    if !leads.is_empty() {
        leads = format!("<hyperlinks>{leads}</hyperlinks>");
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{namespace}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
         <sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"2\" topLeftCell=\"A3\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
         <cols><col min=\"1\" max=\"1\" width=\"22\" customWidth=\"1\"/><col min=\"2\" max=\"2\" width=\"8\" customWidth=\"1\"/>\
         <col min=\"3\" max=\"3\" width=\"{WIDTH}\" customWidth=\"1\"/></cols><sheetData>{rows}</sheetData>\
         <mergeCells count=\"1\"><mergeCell ref=\"A1:C1\"/></mergeCells>{leads}\
         <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>"
    )
}
