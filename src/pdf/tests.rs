//! The printed page, measured: what is laid out is compared with the figures of GB/T 9704—2012 in millimetres.

use super::samples::*;

/// Writes the pages to the folder that `HONGTOU_PROOF` names, to be looked at.
fn proof(name: &str, pdf: &[u8]) {
    if let Some(folder) = std::env::var_os("HONGTOU_PROOF") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), pdf).unwrap();
    }
}

fn print(name: &str, document: &crate::document::Document) -> super::Print {
    let (print, report) = press().print(document, day());
    assert!(report.is_empty(), "{report:#?}");
    let print = print.unwrap();
    proof(name, &print.pdf);
    print
}

/// Whether two lengths in millimetres are the same for a ruler that shows hundredths.
fn near(measured: f64, wanted: f64) -> bool {
    (measured - wanted).abs() < 0.01
}

macro_rules! assert_mm {
    ($measured:expr, $wanted:expr) => {
        let (measured, wanted): (f64, f64) = ($measured, $wanted);
        assert!(near(measured, wanted), "{measured:.3} mm instead of {wanted:.3} mm");
    };
}

/// A character step and a line pitch (5.2.1, 5.2.3).
const STEP: f64 = 156.0 / 28.0;
const PITCH: f64 = (225.0 - SIZE_3) / 21.0;
const SIZE_3: f64 = 15.75 * 25.4 / 72.0;

#[test]
fn a_notice_is_printed() {
    let print = print("通知", &notice());
    let layout = &print.layout;
    assert_eq!(print.pages, 4);
    let first = |name: &'static str| layout.element(name).next().unwrap();
    assert_mm!(layout.element("mark").map(|ink| ink.ink.0).fold(f64::MAX, f64::min), 37.0 + 35.0);
    assert_mm!(first("red-rule").top - first("number").bottom, 4.0);
    assert_mm!(first("red-rule").left, 28.0);
    assert_mm!(first("red-rule").right, 184.0);
    assert_mm!(first("addressee").left, 28.0);
    let rules: Vec<_> = layout.element("colophon-rule").collect();
    let weights: Vec<f64> = rules.iter().map(|rule| (rule.weight * 100.0).round() / 100.0).collect();
    assert_eq!(weights, [0.35, 0.25, 0.25, 0.35]);
    assert_mm!(rules.last().unwrap().bottom, 262.0);
    assert_eq!(rules.last().unwrap().page, 4);
    let dash = layout.ink.iter().find(|ink| ink.of("page-number") && ink.text.starts_with('—')).unwrap();
    assert!(dash.baseline > 269.0 && dash.ink.1 < 275.0, "{dash:?}");
}

#[test]
fn a_page_holds_22_lines_of_28_characters() {
    let mut document = blank(crate::document::Genre::Publicity, &["标题"]);
    document.body = vec![paragraph(&"国".repeat(28 * 60))];
    let print = print("网格", &document);
    let second: Vec<_> = print.layout.ink.iter().filter(|ink| ink.page == 2 && ink.text.starts_with('国')).collect();
    assert_eq!(second.len(), 22);
    for (line, ink) in second.iter().enumerate() {
        assert_eq!(ink.text.chars().count(), 28);
        assert_mm!(ink.left, 28.0);
        assert_mm!(ink.right, 28.0 + 28.0 * STEP);
        assert_mm!(ink.top, 37.0 + f64::from(u32::try_from(line).unwrap()) * PITCH);
    }
    assert_mm!(second.last().unwrap().bottom, 262.0);
}

#[test]
fn text_is_never_markup() {
    let words = "#read(\"/etc/passwd\") {{x}} <script>alert(1)</script> $x$ *b* _c_ @d \\n // 公司";
    let mut document = blank(crate::document::Genre::Publicity, &["公示"]);
    document.body = vec![
        paragraph(words),
        crate::document::Block::Table(table(&["名称", "数"], &[vec![words.into(), "1.00".into()]], None)),
    ];
    let print = print("原样", &document);
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect::<String>();
    let all: String = print.layout.ink.iter().map(|ink| ink.text.as_str()).collect();
    assert_eq!(bare(&all).matches(&bare(words)).count(), 2);
}

#[test]
fn nothing_passes_the_type_area() {
    let long = format!("https://example.invalid/{}", "abcdefghij-0123456789/".repeat(8));
    let name = "示例市超长名称的新材料与先进金属材料及高性能复合材料研究开发股份有限公司".to_owned();
    let cells = |n: usize| {
        vec![
            n.to_string(),
            name.clone(),
            long.clone(),
            "聚四氟乙烯（polytetrafluoroethylene）微孔膜，孔隙率≥85%".repeat(3),
            "123456789.00".into(),
        ]
    };
    let rows: Vec<Vec<String>> = (1..40).map(cells).collect();
    let mut document = blank(crate::document::Genre::Publicity, &["公示"]);
    let mut wide = table(
        &["序号", "企业名称", "网址", "性能要求", "金额"],
        &rows,
        Some(&["", "合计", "", "", "4938271560.00"].map(str::to_owned)),
    );
    document.body = vec![paragraph(&long), crate::document::Block::Table(wide.clone())];
    wide.landscape = true;
    wide.caption = Some("表1 汇总".into());
    document.body.push(crate::document::Block::Table(wide));
    document.body.push(paragraph("完。"));
    let print = print("溢出", &document);
    for ink in print.layout.ink.iter().filter(|ink| !ink.text.is_empty() && !ink.of("page-number")) {
        let (width, _) = print.layout.sheets[ink.page - 1];
        let (left, right, top, bottom) =
            if width > 250.0 { (35.0, 260.0, 28.0, 184.0) } else { (28.0, 184.0, 37.0, 262.0) };
        let mark = ink.text == "样例";
        assert!(
            mark || (ink.left > left - 0.02
                && ink.right < right + 0.4
                && ink.top > top - 0.02
                && ink.bottom < bottom + 0.02),
            "{ink:?}"
        );
    }
}

#[test]
fn a_missing_character_is_named() {
    let mut document = blank(crate::document::Genre::Publicity, &["公示"]);
    document.body = vec![paragraph("联系人：张𡘙，电话见网站。")];
    let (print, report) = press().print(&document, day());
    assert!(print.is_none());
    assert_eq!(report.findings()[0].message, "没有一种字体有 “𡘙”（U+21619），出现在“联系人：张𡘙，电话见网站。”");
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let documents = [notice(), notice(), notice()];
    let prints = super::parallel(&documents, 2, |document| press().print(document, day()).0.unwrap().pdf);
    assert!(prints.iter().all(|pdf| *pdf == prints[0]));
}

#[test]
fn a_mistake_in_a_layout_has_its_place() {
    let mut layouts = layouts();
    let file = crate::source::FileId(7);
    let text = "#let title-lines(rows, label: none, level: 1) = [#nonsense]\n";
    layouts.insert("title.typ".into(), (text.into(), Some(file)));
    let (press, _) = super::Press::new(layouts, fonts(), std::collections::BTreeMap::new(), super::Settings::default());
    let (print, report) = press.unwrap().print(&notice(), day());
    assert!(print.is_none());
    let place = report.findings()[0].place.unwrap();
    assert_eq!((place.file, &text[place.range()]), (file, "nonsense"));
}

#[test]
fn a_page_becomes_a_picture() {
    let print = print("通知", &notice());
    let png = super::picture(&print.pdf, 0, 60.0).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    assert!(super::picture(&print.pdf, 99, 60.0).is_none());
}

#[test]
fn every_format_is_printed() {
    for (name, document) in
        [("通知", notice()), ("信函", letter()), ("命令", order()), ("纪要", minutes()), ("请示", request())]
    {
        let print = print(name, &document);
        let measured = super::measure(&document, &print, &super::Settings::default());
        let short: Vec<_> = measured.iter().filter(|one| !one.holds).collect();
        assert!(short.is_empty(), "{name}: {short:#?}");
    }
}

#[test]
fn the_closing_never_stands_alone() {
    let mut tightened = 0;
    for lines in 10..20 {
        let mut document = blank(crate::document::Genre::Publicity, &["公示"]);
        document.body = vec![paragraph(&"国".repeat(28 * lines))];
        if lines % 2 == 0 {
            document.attachments = vec![notice().attachments.remove(0)];
        }
        document.closing.signatures = vec![signature("示例市工业和信息化局")];
        let print = print("落款", &document);
        tightened += usize::from(print.tightened.is_some());
        let note = print.layout.element("attachment-note");
        let text = print.layout.between("body", "body-end").chain(note).map(|ink| ink.page).max();
        let closing = print.layout.element("date").map(|ink| ink.page).max();
        assert_eq!(text, closing, "{lines}");
    }
    assert!(tightened > 0);
}
