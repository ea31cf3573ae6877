//! How the text ends: what stands beside the closing (7.3.5.5), signatures, seals, 附件说明.

use std::collections::BTreeMap;

use crate::diag::Severity;
use crate::document::{Block, ClosingStyle, Document, Genre, Seal, Signature};

use super::super::settings::{Points, Settings};
use super::samples::*;
use super::{near, print};

#[test]
fn the_closing_never_stands_alone() {
    let mut tightened = 0;
    for lines in 10..20 {
        let mut document = blank(Genre::Publicity, &["公示"]);
        document.body = vec![paragraph(&"国".repeat(28 * lines))];
        if lines % 2 == 0 {
            document.attachments = vec![notice().attachments.remove(0)];
        }
        document.closing.signatures = vec![signature("示例市工业和信息化局")];
        let print = print("落款", &document);
        tightened += usize::from(print.pitch.is_some());
        let note = print.layout.element("attachment-note");
        let text = print.layout.between("body", "body-end").chain(note).map(|ink| ink.page).max();
        let closing = print.layout.element("date").map(|ink| ink.page).max();
        assert_eq!(text, closing, "{lines}");
    }
    assert!(tightened > 0);
}

/// Where a document needs another pitch than its office's, the ruler names the one that it measures.
#[test]
fn a_fitted_pitch_starts_from_the_office_s() {
    let press = press_with(Settings { pitch: Points::new(28.0), ..Settings::default() }, BTreeMap::new());
    let mut fitted = 0;
    for lines in 14..26 {
        let mut document = blank(Genre::Publicity, &["公示"]);
        document.body = vec![paragraph(&"国".repeat(28 * lines))];
        document.closing.signatures = vec![signature("示例市工业和信息化局")];
        let print = press.print(&document, day()).0.unwrap();
        let measured = press.measure(&document, &print);
        let pitch = measured.iter().find(|one| one.item.starts_with("正文行距")).unwrap();
        assert!(pitch.holds, "{lines}: {pitch:?}");
        if let Some(points) = print.pitch {
            fitted += 1;
            let stands: f64 = pitch.measured.trim_end_matches("毫米").parse().unwrap();
            assert!((points * 25.4 / 72.0 - stands).abs() < 0.01, "{lines}: {points} pt, {pitch:?}");
        }
    }
    assert!(fitted > 0);
}

/// One short paragraph and more seals than its page has room for: the title, the addressee and the text stay on the first page,
/// and no addressee moves that is not what pushed the text away.
#[test]
fn the_first_page_keeps_its_text() {
    let issuers = ["示例市工业和信息化局", "示例市财政局", "示例市科学技术局", "示例市统计局"];
    for addressee in ["", "各区县（市）工信主管部门"] {
        let mut document = notice();
        document.attachments.clear();
        document.addressee = addressee.into();
        document.body = vec![paragraph("现将有关名单予以公布。")];
        document.masthead.issuers = issuers.map(str::to_owned).into();
        document.closing.style = ClosingStyle::Sealed;
        document.closing.signatures = issuers.map(signature).into();
        let print = press().print(&document, day()).0.unwrap();
        for element in ["title", "body"] {
            assert_eq!(print.layout.anchor(element).unwrap().page, 1, "{element}");
        }
        assert_eq!(print.layout.element("main-copies").count(), 0);
    }
}

/// A table ends its page, the closing would be alone: its last rows go with it, under their head, and not one row by itself.
#[test]
fn the_last_rows_of_a_table_go_with_the_closing() {
    for count in 20..36 {
        let mut document = blank(Genre::Publicity, &["公示"]);
        document.closing.style = ClosingStyle::Sealed;
        document.closing.signatures = vec![signature("示例市工业和信息化局")];
        let rows: Vec<Vec<String>> = (1..=count).map(|n: usize| vec![n.to_string(), "企业".to_owned()]).collect();
        document.body = vec![paragraph("名单如下。"), Block::Table(table(&["序号", "名称"], &rows, None))];
        let print = print(&format!("名单{count}"), &document);
        let pages: Vec<usize> = print.layout.ink.iter().filter(|ink| ink.text == "序号").map(|ink| ink.page).collect();
        let mut once = pages.clone();
        once.dedup();
        assert_eq!(pages, once, "{count}: a head in the middle of a page");
        let last = print.layout.ink.iter().filter(|ink| ink.of("table")).map(|ink| ink.page).max();
        assert_eq!(last, print.layout.element("date").map(|ink| ink.page).max(), "{count}");
    }
}

/// An addressee that leaves the first page no room for the text moves to the colophon; one that no page holds goes on on the next.
#[test]
fn a_long_addressee_moves_and_nothing_is_lost() {
    for (count, pages) in [(60, 4), (300, 7)] {
        let mut document = notice();
        document.addressee = "市示例局，".repeat(count) + "有关单位";
        let print = print(&format!("主送{count}"), &document);
        assert_eq!(print.pages, pages, "{count}");
        assert_eq!(print.layout.anchor("body").unwrap().page, 1);
        let names: String = print.layout.element("main-copies").map(|ink| ink.text.as_str()).collect();
        assert_eq!(names.matches("市示例局").count(), count);
        for ink in print.layout.element("colophon") {
            assert!(ink.top > 36.9 && ink.bottom < 262.1, "{count}: {ink:?}");
        }
    }
}

/// Names of attachments that begin with a year or an opening mark stand under each other all the same.
#[test]
fn names_of_attachments_stand_under_each_other() {
    let mut document = notice();
    for (attachment, title) in document.attachments.iter_mut().zip([
        "2023年度示例市新材料产业奖补资金拟奖励企业名单（按区县（市）、开发区排列）",
        "《示例市新材料首批次示范应用目录（2024年版）》2024年修订说明",
    ]) {
        attachment.title = title.into();
    }
    let print = print("附件说明", &document);
    let measured = press().measure(&document, &print);
    let aligned = measured.iter().find(|one| one.item == "附件名称首字对齐").unwrap();
    assert!(aligned.holds, "{aligned:?}");
}

/// A name that no line holds goes on on the next, sealed or not.
#[test]
fn a_long_signature_stays_on_the_page() {
    for style in [ClosingStyle::Sealed, ClosingStyle::Unsealed] {
        let mut document = notice();
        document.closing.style = style;
        document.closing.signatures =
            vec![signature("示例市推进国家新型工业化产业示范基地建设和高质量发展工作领导小组办公室")];
        let print = print("长署名", &document);
        let names = print.layout.element("signature").chain(print.layout.element("date"));
        for ink in names {
            assert!(ink.left > 27.9 && ink.right < 184.1, "{style:?}: {ink:?}");
        }
    }
}

/// One seal and several: each is printed whole, as wide as the office says.
#[test]
fn seals_are_whole() {
    let square =
        br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100"/></svg>"#;
    let press = press_with(Settings::default(), BTreeMap::from([("章.svg".to_owned(), square.to_vec())]));
    for count in [1, 2, 4, 9] {
        let mut document = notice();
        document.closing.style = ClosingStyle::Sealed;
        let seal = || Some(Seal { path: "章.svg".into(), width: 420 });
        document.closing.signatures =
            (0..count).map(|_| Signature { seal: seal(), ..signature("示例市财政局") }).collect();
        let (print, report) = press.print(&document, day());
        assert!(report.is_empty(), "{report:#?}");
        let print = print.unwrap();
        let seals: Vec<_> = print.layout.element("seal").collect();
        assert_eq!(seals.len(), count);
        for seal in seals {
            assert_mm!(seal.right - seal.left, 42.0);
            assert_mm!(seal.bottom - seal.top, 42.0);
        }
        let short: Vec<_> = press
            .measure(&document, &print)
            .into_iter()
            .filter(|one| one.item.contains("印章") && !one.holds)
            .collect();
        assert!(short.is_empty(), "{count}: {short:#?}");
    }
}

/// No page holds the seals of thirty issuers, nor their names: they go on on the next one, and nothing is lost.
#[test]
fn more_signatures_than_a_page_holds() {
    for style in [ClosingStyle::Sealed, ClosingStyle::Unsealed, ClosingStyle::Stamped] {
        for count in [14, 30] {
            let mut document = notice();
            document.closing.style = style;
            document.closing.signatures =
                (1..=count).map(|number| signature(&format!("示例市第{number}号机关"))).collect();
            let print = print(&format!("{style:?}{count}"), &document);
            let measured = press().measure(&document, &print);
            let short: Vec<_> = measured.iter().filter(|one| !one.holds).collect();
            assert!(short.is_empty(), "{style:?} {count}: {short:#?}");
            assert_eq!(print.layout.each("signature").count(), count, "{style:?}");
        }
    }
}

/// A notice with a text of so many characters, ended by so many offices.
fn ended(characters: usize, style: ClosingStyle, offices: usize) -> Document {
    let mut document = notice();
    document.attachments.clear();
    // Paragraphs of five lines, and what is left.
    let whole = (0..characters / 138).map(|_| paragraph(&"国".repeat(138)));
    document.body = whole.chain([paragraph(&"国".repeat(1 + characters % 138))]).collect();
    document.closing.style = style;
    document.closing.signatures = (1..=offices).map(|number| signature(&format!("示例市第{number}局"))).collect();
    document
}

/// Every length of a text under every closing: nothing that the ruler calls an error, text beside the closing, nothing outside, and more
/// pages only for more text. `HONGTOU_SWEEP=1 cargo test --lib every_length` tries three hundred lengths, the test every thirteenth.
#[test]
fn every_length_of_a_text_ends_well() {
    let step = if std::env::var_os("HONGTOU_SWEEP").is_some() { 1 } else { 13 };
    let closings = [
        (ClosingStyle::Unsealed, 1),
        (ClosingStyle::Sealed, 1),
        (ClosingStyle::Sealed, 3),
        (ClosingStyle::Sealed, 5),
        (ClosingStyle::Stamped, 1),
    ];
    let mut wrong = Vec::new();
    for (style, offices) in closings {
        let mut least = 0;
        for length in (0..300).step_by(step) {
            let document = ended(140 + 7 * length, style, offices);
            let (print, report) = press().print(&document, day());
            let at = format!("{style:?}{offices} {length}");
            wrong.extend(report.findings().iter().map(|one| format!("{at}: {}", one.message)));
            let print = print.unwrap();
            let measured = press().measure(&document, &print).into_iter();
            let short = measured.filter(|one| !one.holds && one.severity == Severity::Error);
            wrong.extend(short.map(|one| format!("{at}: {}", one.finding().message)));
            if print.pages < least {
                wrong.push(format!("{at}: {}页，短些的要{least}页", print.pages));
            }
            least = least.max(print.pages);
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}
