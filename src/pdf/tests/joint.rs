//! Heads of many issuers above titles of many lines: every first page shows text, nothing lies over anything (7.2.4, 7.3.3).

use std::collections::BTreeMap;

use crate::diag::Severity;
use crate::document::{ClosingStyle, Document, Format, Genre};

use super::super::{Press, Settings};
use super::samples::*;

const ISSUERS: [&str; 10] = [
    "示例市工业和信息化局",
    "示例市财政局",
    "示例市人力资源和社会保障局",
    "示例市自然资源和规划局",
    "示例市生态环境局",
    "示例市商务局",
    "示例市市场监督管理局",
    "示例市统计局",
    "示例市税务局",
    "示例市地方金融管理局",
];

/// A joint notice: so many issuers, so many lines of title, so many lines of text, with or without seals.
fn joint(issuers: usize, title: usize, lines: usize, style: ClosingStyle) -> Document {
    joined(notice(), issuers, title, lines, style)
}

/// That document as one of so many issuers.
fn joined(mut document: Document, issuers: usize, title: usize, lines: usize, style: ClosingStyle) -> Document {
    document.masthead.issuers = ISSUERS[..issuers].iter().map(|name| (*name).to_owned()).collect();
    document.title_lines = (0..title).map(|_| "关于做好示例工作有关事项的通知".to_owned()).collect();
    document.body = (0..lines).map(|_| paragraph(&"为进一步做好工作，现通知如下。".repeat(3))).collect();
    document.attachments.clear();
    document.closing.style = style;
    document.closing.signatures = ISSUERS[..issuers].iter().map(|name| signature(name)).collect();
    document
}

/// What is wrong with the pages of a document.
fn faults(document: &Document) -> Vec<String> {
    let (print, report) = press().print(document, day());
    // That only the host's mark found room is said, and no fault.
    let findings = report.findings().iter().map(|finding| finding.message.clone());
    let mut found: Vec<String> = findings.filter(|message| !message.contains("只印了主办机关的标志")).collect();
    let Some(print) = print else { return found };
    let measured = press().measure(document, &print).into_iter();
    found.extend(measured.filter(|one| !one.holds && one.severity == Severity::Error).map(|one| one.finding().message));
    found
}

/// `HONGTOU_SWEEP=1 cargo test --lib joint` tries all of them, the test a part.
#[test]
fn every_first_page_shows_text_and_nothing_is_overprinted() {
    let whole = std::env::var_os("HONGTOU_SWEEP").is_some();
    let (issuers, titles, lengths): (&[usize], &[usize], &[usize]) = if whole {
        (&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], &[1, 2, 3, 4, 5], &[1, 3, 5, 7, 8, 9, 11])
    } else {
        (&[2, 4, 7, 10], &[1, 3, 5], &[3, 8])
    };
    let (mut wrong, mut tried) = (Vec::new(), 0);
    let kinds = [notice(), request(), letter()];
    for (kind, style) in kinds.iter().flat_map(|kind| [(kind, ClosingStyle::Unsealed), (kind, ClosingStyle::Sealed)]) {
        for (issuers, title, lines) in issuers
            .iter()
            .flat_map(|one| titles.iter().flat_map(move |two| lengths.iter().map(move |three| (*one, *two, *three))))
        {
            tried += 1;
            let document = joined(kind.clone(), issuers, title, lines, style);
            let found = faults(&document);
            if !found.is_empty() {
                wrong.push(format!(
                    "{:?}：{issuers}家、标题{title}行、正文{lines}段、{style:?}：{}",
                    kind.genre,
                    found.join("；")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}\n{}", wrong.len(), wrong.join("\n"));
}

/// Offices that seal together stand in rows of three, each seal on its own name (7.3.5.1).
#[test]
fn nine_seals_stand_in_rows_of_three() {
    let (print, report) = press().print(&joint(9, 1, 8, ClosingStyle::Sealed), day());
    assert!(report.is_empty(), "{report:?}");
    let print = print.unwrap();
    super::proof("九家盖章", &print.pdf);
    let seals: Vec<_> = print.layout.element("seal").filter(|ink| ink.text.is_empty()).collect();
    let mut tops: Vec<(usize, f64)> = seals.iter().map(|ink| (ink.page, ink.top)).collect();
    tops.dedup_by(|one, other| one.0 == other.0 && (one.1 - other.1).abs() < 0.1);
    assert_eq!((seals.len(), tops.len()), (9, 3), "{seals:?}");
    assert!(seals.iter().all(|ink| ink.left > 27.9 && ink.right < 184.1 && ink.bottom < 262.1), "{seals:?}");
}

/// What is published without a head bears its number below the title; nothing that is declared vanishes.
#[test]
fn an_announcement_shows_the_number_that_it_declares() {
    for (genre, number) in [(Genre::Announcement, "2024年第3号"), (Genre::PublicNotice, "示政告〔2024〕3号")] {
        let mut document = blank(genre, &["示例市人民政府", "关于实施示例管理的公告"]);
        document.format = Format::Plain;
        document.masthead.number = Some(number.parse().unwrap());
        document.body = vec![paragraph("现将有关事项公告如下。")];
        let (print, report) = press().print(&document, day());
        assert!(report.is_empty(), "{report:?}");
        let print = print.unwrap();
        let shown: String = print.layout.element("number").map(|ink| ink.text.as_str()).collect();
        assert_eq!(shown, number);
        let wrong: Vec<_> = press().measure(&document, &print).into_iter().filter(|one| !one.holds).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        // An element that no layout has a place for is said.
        document.masthead.copy_number = Some("000001".to_owned());
        let (print, _) = press().print(&document, day());
        let measured = press().measure(&document, &print.unwrap());
        assert!(measured.iter().any(|one| one.item == "份号" && one.measured == "没有"), "{measured:?}");
    }
}

/// Each of the checks speaks where a layout is spoilt: what is printed over, what is missing, a first page without text.
#[test]
fn spoilt_layouts_are_refused() {
    let spoil = |file: &str, from: &str, to: &str| {
        let mut layouts = layouts();
        let (text, _) = layouts.get_mut(file).unwrap();
        assert!(text.contains(from), "{from}");
        *text = text.replace(from, to);
        let (press, _) = Press::new(layouts, fonts(), BTreeMap::new(), Settings::default(), faces());
        let (press, document) = (press.unwrap(), joint(2, 1, 3, ClosingStyle::Unsealed));
        let print = press.print(&document, day()).0.unwrap();
        press.measure(&document, &print)
    };
    let cases = [
        ("colophon.typ", "place(bottom + left, [#body <colophon>])", "place(top + left, [#body <colophon>])", "上面"),
        ("main.typ", "  [#metadata(none) <body>]\n", "  v(-20pt)\n  [#metadata(none) <body>]\n", "上面"),
        (
            "closing.typ",
            "  [#block(width: 100%, {\n    set par(first-line",
            "  if false [#block(width: 100%, {\n    set par(first-line",
            "附注：应为有",
        ),
        ("main.typ", "  [#metadata(none) <body>]\n", "  pagebreak()\n  [#metadata(none) <body>]\n", "首页显示正文"),
    ];
    for (file, from, to, message) in cases {
        let findings: Vec<_> = spoil(file, from, to).into_iter().filter(|one| !one.holds).collect();
        assert!(findings.iter().any(|one| one.finding().message.contains(message)), "{to}: {findings:#?}");
    }
}
