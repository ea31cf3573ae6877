//! Lines end before what a mark belongs to (GB/T 15834—2011, 5.1): quantities, bold words, cells, at every place of a line.

use crate::document::{Align, Block, Document, Genre, Inline};

use super::samples::*;

/// What the ruler finds wrong with the pages.
fn faults(document: &Document) -> Vec<String> {
    let (print, report) = press().print(document, day());
    let print = print.unwrap_or_else(|| panic!("{report:?}"));
    let measured = press().measure(document, &print).into_iter();
    measured.filter(|one| !one.holds).map(|one| format!("{} {}", one.item, one.measured)).collect()
}

/// A quantity, a date, a name, bold words, each with every mark behind it, at every place of a line.
#[test]
fn no_line_begins_with_a_mark() {
    for what in ["10万元", "1个百分点", "2024年6月13日", "3家", "200 W/(m·K)", "GB/T 3190—2020"] {
        for mark in ["；", "：", "，", "）", "”", "；（", "……", "——"] {
            let mut document = blank(Genre::Notice, &["关于示例的通知"]);
            let text = |before: usize| "甲".repeat(before) + what + mark + "乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙。";
            document.body = (14..30).map(|before| paragraph(&text(before))).collect();
            document.body.extend((14..30).map(|before| {
                let text = vec![
                    Inline::text("甲".repeat(before)),
                    Inline::Strong { text: vec![Inline::text(what)] },
                    Inline::text(format!("{mark}乙乙乙乙乙乙乙乙。")),
                ];
                Block::Paragraph { label: None, text, indent: true }
            }));
            assert_eq!(faults(&document), [""; 0], "{what}{mark}");
        }
    }
}

/// Where the quantity and the mark are not of one run: stressed within something stressed, or the mark alone.
#[test]
fn no_line_begins_with_a_mark_that_cannot_be_taken_along() {
    let strong = |text: Vec<Inline>| Inline::Strong { text };
    let what = || Inline::text("10万元");
    let ways: [(Vec<Inline>, Inline); 3] = [
        (vec![what()], strong(vec![Inline::text("；乙乙乙乙乙乙。")])),
        (vec![strong(vec![Inline::Emphasis { text: vec![what()] }])], Inline::text("；乙乙乙乙乙乙。")),
        (vec![strong(vec![what()])], strong(vec![Inline::text("；乙乙乙乙乙乙。")])),
    ];
    for (whole, mark) in ways {
        let mut document = blank(Genre::Notice, &["关于示例的通知"]);
        document.body = (14..30)
            .map(|before| {
                let mut text = vec![Inline::text("甲".repeat(before))];
                text.extend(whole.iter().cloned());
                text.push(mark.clone());
                Block::Paragraph { label: None, text, indent: true }
            })
            .collect();
        assert_eq!(faults(&document), [""; 0], "{whole:?}");
    }
}

/// Of several on lines that follow each other, none. (A line or two of the many may be stretched: nothing but amounts leaves no choice.)
#[test]
fn no_line_of_a_list_of_amounts_begins_with_a_mark() {
    for shift in 0..28 {
        let mut document = blank(Genre::Notice, &["关于示例的通知"]);
        let amounts: Vec<_> = (1..40).map(|n| format!("示例公司{}万元；", n * 37 % 1000)).collect();
        document.body = vec![paragraph(&("丙".repeat(shift) + &amounts.concat()))];
        let faults = faults(&document).into_iter().filter(|fault| !fault.starts_with("正文字距撑开"));
        assert_eq!(faults.collect::<Vec<_>>(), [""; 0], "{shift}");
    }
}

/// Nor one of a cell.
#[test]
fn no_line_of_a_cell_begins_with_a_mark() {
    let mut document = blank(Genre::Publicity, &["公示"]);
    let rows: Vec<Vec<String>> = (0..60)
        .map(|n| {
            let words =
                "甲".repeat(n % 30) + "每提高1个百分点：5万元；最高10万元；" + &"乙".repeat(n % 7) + "封顶300万元。";
            vec![n.to_string(), words, "2024年6月13日：首次；再次".to_owned(), "5".to_owned()]
        })
        .collect();
    let mut table = table(&["序号", "标准", "日期", "金额"], &rows, None);
    table.columns[1].align = Align::Left;
    document.body = vec![Block::Table(table)];
    assert_eq!(faults(&document), [""; 0]);
}
