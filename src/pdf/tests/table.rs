//! Tables: what fits, what is split, what is said.

use std::collections::BTreeSet;

use crate::document::{Align, Block, Genre};

use super::print;
use super::samples::*;

/// A table of more columns than a page has room for says so; one that smaller letters fit is set in them.
#[test]
fn a_table_that_does_not_fit_is_named() {
    let of = |count: usize| {
        let heads: Vec<String> = (1..=count).map(|n| n.to_string()).collect();
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let mut document = blank(Genre::Publicity, &["公示"]);
        let mut wide = table(&heads, &[vec!["甲".to_owned(); count]], None);
        wide.caption = Some("宽表".into());
        document.body = vec![Block::Table(wide)];
        press().print(&document, day()).1
    };
    assert!(of(12).is_empty());
    assert_eq!(of(40).findings()[0].message, "表格“宽表”有40列，一页放不下，字会压到邻列上");
}

/// A row that no page could hold goes on on the next page, and no word of it is lost; rows that a page can hold are never split.
#[test]
fn only_a_row_that_no_page_holds_is_split() {
    let row = |number: usize, sentences: usize| vec![number.to_string(), "核对条件，符合条款。".repeat(sentences)];
    let mut document = blank(Genre::Publicity, &["公示"]);
    let rows: Vec<Vec<String>> =
        [3, 12, 200, 12, 30, 12, 30].into_iter().enumerate().map(|(number, long)| row(number, long)).collect();
    let mut long = table(&["序号", "说明"], &rows, None);
    long.columns[1].align = Align::Left;
    document.body = vec![Block::Table(long), paragraph("完。")];
    let layout = print("长行", &document).layout;
    // Without the heads, which stand in the middle of the row that is split.
    let rows =
        || layout.element("table").filter(|ink| !ink.text.is_empty() && !["序号", "说明"].contains(&ink.text.as_str()));
    let words: String = rows().map(|ink| ink.text.as_str()).collect();
    assert_eq!(words.matches("核对条件，符合条款。").count(), 3 + 12 + 200 + 12 + 30 + 12 + 30);
    for ink in layout.element("table") {
        assert!(ink.top > 36.9 && ink.bottom < 262.1, "{ink:?}");
    }
    // Each row begins with its number; its words follow up to the next one.
    let mut pages: Vec<BTreeSet<usize>> = Vec::new();
    for ink in
        layout.element("table").filter(|ink| !ink.text.is_empty() && !["序号", "说明"].contains(&ink.text.as_str()))
    {
        if ink.text.parse::<usize>().is_ok_and(|number| number == pages.len()) {
            pages.push([ink.page].into());
        } else if let Some(row) = pages.last_mut() {
            row.insert(ink.page);
        }
    }
    let split: Vec<bool> = pages.iter().map(|pages| pages.len() > 1).collect();
    assert_eq!(split, [false, false, true, false, false, false, false], "{pages:?}");
}

/// No number is cut: columns of words give way, and where that is not enough a person is told what to do.
#[test]
fn numbers_are_never_cut() {
    let of = |count: usize, amount: &str| {
        let heads = vec!["企业名称"; count];
        let mut wide = table(&heads, &[vec![amount.to_owned(); count]], None);
        for column in wide.columns.iter_mut().skip(count - 7) {
            column.align = Align::Right;
        }
        let mut document = blank(Genre::Publicity, &["公示"]);
        document.body = vec![Block::Table(wide)];
        press().print(&document, day())
    };
    let (print, report) = of(13, "−1200.50");
    assert!(report.is_empty(), "{report:?}");
    let cells: Vec<String> = print.unwrap().layout.element("table").map(|ink| ink.text.clone()).collect();
    assert!(cells.iter().filter(|text| *text == "−1200.50").count() >= 7, "{cells:?}");
    let (_, report) = of(13, "123456789.00");
    assert!(report.findings()[0].message.contains("数字一行排不下"), "{report:?}");
}
