//! The printed page, measured: what is laid out is compared with the figures of GB/T 9704—2012 in millimetres.

use std::collections::BTreeMap;

use crate::document::{Block, Document, Figure, Genre, Inline};

use super::Print;
use super::settings::{Cmyk, Millimetres, NumberForm, Points, Rgb, Settings};
use samples::*;

/// Writes the pages to the folder that `HONGTOU_PROOF` names, to be looked at.
fn proof(name: &str, pdf: &[u8]) {
    if let Some(folder) = std::env::var_os("HONGTOU_PROOF") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), pdf).unwrap();
    }
}

fn print(name: &str, document: &Document) -> Print {
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

mod about;
mod any;
mod closing;
mod code;
mod drawing;
mod joint;
mod lines;
mod missing;
mod pagination;
mod parts;
pub(in crate::pdf) mod samples;
mod second;
mod stops;
mod stretches;
mod table;

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
    let mut document = blank(Genre::Publicity, &["标题"]);
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
    let mut document = blank(Genre::Publicity, &["公示"]);
    document.body =
        vec![paragraph(words), Block::Table(table(&["名称", "数"], &[vec![words.into(), "1.00".into()]], None))];
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
    let mut document = blank(Genre::Publicity, &["公示"]);
    let mut wide = table(
        &["序号", "企业名称", "网址", "性能要求", "金额"],
        &rows,
        Some(&["", "合计", "", "", "4938271560.00"].map(str::to_owned)),
    );
    // Lines that end with a dash and a stop: nothing hangs into the margin.
    let ends = [format!("{}——国", "国".repeat(24)), format!("{}No. 国", "国".repeat(24))];
    document.body = ends.iter().map(|text| paragraph(&text.repeat(4))).collect();
    document.body.extend([paragraph(&long), Block::Table(wide.clone())]);
    wide.landscape = true;
    wide.caption = Some("表1 汇总".into());
    document.body.push(Block::Table(wide));
    document.body.push(paragraph("完。"));
    let print = print("溢出", &document);
    for ink in print.layout.ink.iter().filter(|ink| !ink.text.is_empty() && !ink.of("page-number")) {
        let (width, _) = print.layout.sheets[ink.page - 1];
        let (left, right, top, bottom) =
            if width > 250.0 { (35.0, 260.0, 28.0, 184.0) } else { (28.0, 184.0, 37.0, 262.0) };
        let mark = ink.text == "样例";
        assert!(
            mark || (ink.left > left - 0.02
                && ink.right < right + 0.05
                && ink.top > top - 0.02
                && ink.bottom < bottom + 0.02),
            "{ink:?}"
        );
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let documents = [notice(), notice(), notice()];
    let prints = crate::parallel::parallel(&documents, 2, |document| press().print(document, day()).0.unwrap().pdf);
    assert!(prints.iter().all(|pdf| *pdf == prints[0]));
}

#[test]
fn a_mistake_in_a_layout_has_its_place() {
    let mut layouts = layouts();
    let file = crate::source::FileId(7);
    let text = "#let title-lines(rows, below: 0pt, label: none, level: 1) = [#nonsense]\n";
    layouts.insert("title.typ".into(), (text.into(), Some(file)));
    let (press, _) = super::Press::new(layouts, fonts(), BTreeMap::new(), Settings::default(), faces());
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
        let measured = press().measure(&document, &print);
        let short: Vec<_> = measured.iter().filter(|one| !one.holds).collect();
        assert!(short.is_empty(), "{name}: {short:#?}");
    }
}

/// A picture of few pixels is not blown up; a drawing is as wide as the type area.
#[test]
fn pictures_keep_their_size() {
    let drawing =
        br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><rect width="60" height="20"/></svg>"#;
    // A page of the notice, ten pixels to the inch: 82 of them wide.
    let pixels = super::picture(&print("图", &notice()).pdf, 0, 10.0).unwrap();
    let pictures = [("图.svg".to_owned(), drawing.to_vec()), ("图.png".to_owned(), pixels)];
    let press = press_with(Settings::default(), BTreeMap::from(pictures));
    let mut document = blank(Genre::Publicity, &["公示"]);
    let figure = Figure { path: "图.svg".into(), alt: String::new(), caption: Some("图1　流程".into()) };
    let small = Figure { path: "图.png".into(), ..figure.clone() };
    document.body =
        vec![paragraph("流程如下。"), Block::Figure(figure), Block::Figure(small), paragraph("请遵照执行。")];
    let (print, report) = press.print(&document, day());
    assert!(report.is_empty(), "{report:#?}");
    let print = print.unwrap();
    let pictures: Vec<_> = print.layout.between("body", "body-end").filter(|ink| ink.text.is_empty()).collect();
    assert_mm!(pictures[0].right - pictures[0].left, 156.0);
    assert_mm!(pictures[0].bottom - pictures[0].top, 52.0);
    assert_mm!(pictures[1].right - pictures[1].left, 82.0 * 25.4 / 96.0);
    let short: Vec<_> = press.measure(&document, &print).into_iter().filter(|one| !one.holds).collect();
    assert!(short.is_empty(), "{short:#?}");
}

/// The ruler takes a raised character at the head of a page, a note of two lines and five signatories for what they are.
#[test]
fn the_ruler_raises_no_false_alarm() {
    let mut document = request();
    let names = ["张三", "王五一", "李四", "欧阳示例", "赵六"];
    document.masthead.signatories = names.map(|name| crate::document::Signatory { name: name.into() }).into();
    document.note = Some("联系人：示例，电话：0000—00000000；".repeat(3));
    for lines in 1..24 {
        let raised = [Inline::text("面积1 m"), Inline::Super { text: "2".into() }, Inline::text("。")];
        document.body.insert(0, Block::Paragraph { label: None, text: raised.into(), indent: true });
        let lowered = [Inline::text("水是H"), Inline::Sub { text: "2".into() }, Inline::text("O。")];
        document.body.push(Block::Paragraph { label: None, text: lowered.into(), indent: true });
        if lines % 8 == 0 {
            let print = print("误报", &document);
            let short: Vec<_> = press().measure(&document, &print).into_iter().filter(|one| !one.holds).collect();
            assert!(short.is_empty(), "{lines}: {short:#?}");
        }
    }
}

/// 一、 followed by 1. is practice, and an author may begin with （一）: the file's outline stays in order.
#[test]
fn levels_may_be_skipped() {
    for genre in [Genre::Notice, Genre::Order] {
        let mut document = blank(genre, &["标题"]);
        let levels = [(2, "（一）"), (4, "（1）"), (1, "一、"), (3, "1.")];
        document.body = levels.into_iter().map(|(level, number)| heading(level, number, "甲")).collect();
        document.attachments = notice().attachments;
        document.attachments[0].body = vec![heading(3, "1.", "甲"), paragraph("乙。")];
        print("层次", &document);
    }
}

fn settled(settings: Settings) -> (Print, Vec<String>) {
    let press = press_with(settings, BTreeMap::new());
    let (print, report) = press.print(&notice(), day());
    assert!(report.is_empty(), "{report:#?}");
    let print = print.unwrap();
    let short = press.measure(&notice(), &print).into_iter().filter(|one| !one.holds);
    let short: Vec<String> = short.map(|one| format!("{one:?}")).collect();
    (print, short)
}

/// 双页镜像: the binding edge of even pages at the right.
#[test]
fn even_pages_are_mirrored() {
    let (print, short) = settled(Settings { mirrored: Some(true), ..Settings::default() });
    assert_eq!(short, Vec::<String>::new());
    let lefts = |page: usize| {
        let inks = print.layout.ink.iter().filter(move |ink| ink.page == page && !ink.of("furniture"));
        inks.map(|ink| ink.left).fold(f64::MAX, f64::min)
    };
    assert_mm!(lefts(1), 28.0);
    assert_mm!(lefts(2), 26.0);
}

/// 红线粗: as thick as the office says; where it says nothing, one point.
#[test]
fn the_red_rule_is_as_thick_as_set() {
    let thickness = |settings| {
        let (print, short) = settled(settings);
        assert_eq!(short, Vec::<String>::new());
        print.layout.element("red-rule").next().unwrap().weight
    };
    assert_mm!(thickness(Settings::default()), 25.4 / 72.0);
    assert_mm!(thickness(Settings { rule_weight: Points::new(2.0), ..Settings::default() }), 2.0 * 25.4 / 72.0);
}

/// 四色红: the plates themselves stand in the file, which is then no PDF/A.
#[test]
fn red_may_be_plates() {
    let (print, short) = settled(Settings { cmyk: Cmyk::new([0.0, 80.0, 80.0, 0.0]), ..Settings::default() });
    assert_eq!(short, Vec::<String>::new());
    proof("四色", &print.pdf);
    let file = lopdf::Document::load_mem(&print.pdf).unwrap();
    let page = file.get_pages()[&1];
    let content = String::from_utf8_lossy(&file.get_page_content(page)).into_owned();
    assert!(content.contains("0 0.8 0.8 0 k"), "no plates");
}

/// Every setting moves what it names, and the ruler says so and holds the page against it.
#[test]
fn settings_are_measured() {
    let settings = Settings {
        pitch: Points::new(28.0),
        title_size: Points::new(22.0),
        mark_top: Millimetres::new(25.0),
        red: Rgb::new("#ff0000"),
        number_form: NumberForm::new("-#-"),
        ..Settings::default()
    };
    let press = press_with(settings, BTreeMap::new());
    let print = press.print(&notice(), day()).0.unwrap();
    let measured = press.measure(&notice(), &print);
    let short: Vec<_> = measured.iter().filter(|one| !one.holds).collect();
    assert!(short.is_empty(), "{short:#?}");
    let named: std::collections::BTreeSet<&str> =
        measured.iter().filter_map(|one| one.setting.as_deref()?.split('：').next()).collect();
    assert_eq!(named.into_iter().collect::<Vec<_>>(), ["标志上边距", "标题字号", "红色", "行距", "页码样式"]);
}

/// Quotes and dashes are Chinese in every role, units and figures keep their face: no sign comes from a face that it should not.
#[test]
fn signs_have_their_width_in_every_role() {
    let (proof, report) = press().proof(day());
    assert!(report.is_empty(), "{report:#?}");
    let proof = proof.unwrap();
    self::proof("字体样张", &proof.pdf);
    let full = ["“", "”", "‘", "’", "〔", "〕", "（", "）", "《", "》", "、", "，", "。", "：", "；", "～", "％", "℃"];
    let others = [super::Role::Latin, super::Role::Script];
    for role in super::Role::ALL.into_iter().filter(|role| !others.contains(role)) {
        let signs = proof.layout.signs(role);
        let width = |text: &str| signs.iter().find(|sign| sign.text == text).map(|sign| (sign.width * 100.0).round());
        let widths: Vec<_> = full.iter().map(|text| width(text)).collect();
        assert_eq!(widths, vec![Some(100.0); full.len()], "{role:?}");
        assert_eq!([width("——"), width("……")], [Some(200.0); 2], "{role:?}");
    }
    for role in [super::Role::Fang, super::Role::Kai, super::Role::Song] {
        let signs = proof.layout.signs(role);
        for text in ["×", "≥", "≤", "±", "%", "8", "A"] {
            let sign = signs.iter().find(|sign| sign.text == text).unwrap();
            assert_eq!(sign.face, "Liberation Serif", "{role:?} {text}");
        }
    }
}
