//! What a text may have besides paragraphs: a regulation that it issues, chapters, 题注, tables with merged cells, forms, lists of names.

use std::collections::BTreeMap;

use lopdf::dictionary;

use crate::document::{Block, Cell, Document, Figure, Genre, Inline, Merge, Row, Table};

use super::super::settings::Settings;
use super::super::{Press, Print};
use super::samples::*;

/// Prints a document that has no fault.
pub(super) fn good(name: &str, press: &Press, document: &Document) -> Print {
    let (print, report) = press.print(document, day());
    let print = print.unwrap_or_else(|| panic!("{name}: {report:#?}"));
    super::proof(name, &print.pdf);
    let short: Vec<_> = press.measure(document, &print).into_iter().filter(|one| !one.holds).collect();
    assert!(short.is_empty(), "{name}: {short:#?}");
    print
}

fn words(print: &Print, element: &str) -> String {
    print.layout.element(element).map(|ink| ink.text.as_str()).collect()
}

/// What a notice issues is no attachment: no label, no line in the 附件说明, its title on the first line; what is one keeps its number.
#[test]
fn a_text_that_is_issued_is_no_attachment() {
    let mut document = notice();
    document.attachments[0].label.clear();
    document.attachments[1].label = "附件".into();
    document.attachments[0].body = vec![
        heading(0, "", "第一章　总则"),
        paragraph("第一条　为了促进新材料产业发展，制定本办法。"),
        heading(0, "", "第二章　附则"),
        paragraph("第二条　本办法自2024年7月1日起施行。"),
    ];
    let print = good("印发", press(), &document);
    assert_eq!(words(&print, "attachment-label"), "附件");
    let note = words(&print, "attachment-note");
    assert!(!note.contains("目录") && note.contains("申报材料清单"), "{note}");
    let title = print.layout.element("attachment-title").next().unwrap();
    assert!((title.top - 37.0).abs() < 0.1, "{title:?}");
    let chapter = print.layout.ink.iter().find(|ink| ink.text.contains("总则")).unwrap();
    assert_eq!(chapter.face, "Noto Sans SC");
    let article = print.layout.ink.iter().find(|ink| ink.text.starts_with("第一条")).unwrap();
    assert_eq!((article.face.as_str(), article.text.trim()), ("Noto Sans SC", "第一条"));
}

/// 题注 of a 决议, in brackets below its title.
#[test]
fn an_annotation_stands_below_the_title() {
    let mut document = blank(Genre::Resolution, &["示例市人民代表大会", "关于促进新材料产业发展的决议"]);
    document.format = crate::document::Format::Plain;
    document.annotation = Some("2024年6月13日示例市第十六届人民代表大会第三次会议通过".into());
    document.body = vec![paragraph("会议决定如下。")];
    let print = good("题注", press(), &document);
    assert_eq!(words(&print, "annotation"), "（2024年6月13日示例市第十六届人民代表大会第三次会议通过）");
}

/// A head of two rows over three columns, a cell over two rows, 其中 under its sum.
fn merged() -> Table {
    let rows = [["铝业", "甲", "10"], ["", "乙", "20"], ["合计", "", "30"]].map(|row| row.map(str::to_owned).to_vec());
    let mut table = table(&["行业", "企业", ""], &rows, None);
    table.columns[2].merge = Merge::Left;
    table.rows[1].cells[0].merge = Merge::Above;
    let head = ["", "名称", "数"].map(|text| Cell::from(vec![Inline::text(text)]));
    let mut head = Row { head: true, ..Row::new(head.into(), false) };
    head.cells[0].merge = Merge::Above;
    table.rows.insert(0, head);
    table.rows[3].total = true;
    table
}

#[test]
fn cells_are_merged() {
    let table = merged();
    assert_eq!([table.span(None, 0), table.span(None, 1), table.span(None, 2)], [(1, 2), (2, 1), (0, 0)]);
    assert_eq!([table.span(Some(1), 0), table.span(Some(2), 0)], [(1, 2), (0, 0)]);
    let mut document = blank(Genre::Publicity, &["公示"]);
    document.body = vec![paragraph("名单如下。"), Block::Table(table)];
    let print = good("合并", press(), &document);
    let at = |text: &str| print.layout.element("table").find(|ink| ink.text == text).unwrap();
    // 铝业 stands in the middle of its two rows, 企业 over its two columns, 名称 below it.
    let (one, two) = (at("甲"), at("乙"));
    assert!((at("铝业").baseline - f64::midpoint(one.baseline, two.baseline)).abs() < 0.5);
    assert!(at("企业").bottom < at("名称").top && at("企业").left > at("名称").left);
}

/// A table of tall rows, a second row in its head and its last rows merged: whatever page its end moves to, what is merged stays together
/// under both rows of the head (7.3.5.5).
#[test]
fn the_end_of_a_merged_table_moves_whole() {
    let mut moved = 0;
    let number: Vec<char> = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未".chars().collect();
    for (count, tall) in (6..18).flat_map(|count| [3, 5].map(|tall| (count, tall))) {
        let rows = (0..count).map(|row| {
            vec![format!("组{}", number[row]), format!("行{}", number[row]) + &"某".repeat(30 * tall), "1".to_owned()]
        });
        let mut table = table(&["行业", "企业", ""], &rows.collect::<Vec<_>>(), None);
        table.columns[2].merge = Merge::Left;
        for row in count - 2..count {
            table.rows[row].cells[0] = Cell { merge: Merge::Above, ..Cell::from(Vec::new()) };
        }
        let head = ["", "名称", "数"].map(|text| Cell::from(vec![Inline::text(text)]));
        let mut head = Row { head: true, ..Row::new(head.into(), false) };
        head.cells[0].merge = Merge::Above;
        table.rows.insert(0, head);
        let mut document = blank(Genre::Publicity, &["公示"]);
        document.body = vec![Block::Table(table)];
        document.closing.signatures = vec![signature("示例市工业和信息化局")];
        let print = good("末行", press(), &document);
        let page =
            |text: String| print.layout.element("table").find(|ink| ink.text.starts_with(&text)).map(|ink| ink.page);
        let last: Vec<_> = (count - 3..count).map(|row| page(format!("行{}", number[row]))).collect();
        assert!(last.iter().all(|one| *one == page(format!("组{}", number[count - 3]))), "{count} {tall}: {last:?}");
        let heads =
            print.layout.element("table").filter(|ink| ink.text == "名称").map(|ink| ink.page).collect::<Vec<_>>();
        assert_eq!(heads.last().copied(), last[0], "{count} {tall}: {heads:?}");
        moved += usize::from(last[0] > page("行甲".to_owned()));
    }
    assert!(moved > 0);
}

#[test]
fn a_form_has_no_head() {
    let rows = [["企业名称", ""], ["法定代表人", ""]].map(|row| row.map(str::to_owned).to_vec());
    let mut document = blank(Genre::Publicity, &["申报表"]);
    document.body = vec![Block::Table(table(&["", ""], &rows, None))];
    let print = good("申报表", press(), &document);
    let first = print.layout.element("table").find(|ink| !ink.text.is_empty()).unwrap();
    assert_eq!((first.text.as_str(), first.face.as_str()), ("企业名称", "Noto Serif SC"));
}

/// A table that cannot be upright lies on its side where the office allows it, and that is said.
#[test]
fn a_wide_table_turns_by_itself() {
    let heads: Vec<String> = (1..=10).map(|n| format!("指标{n}")).collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut wide = table(&heads, &[vec!["−1234567.89".to_owned(); 10]], None);
    wide.columns.iter_mut().for_each(|column| column.align = crate::document::Align::Right);
    let mut document = blank(Genre::Publicity, &["公示"]);
    document.body = vec![paragraph("指标如下。"), Block::Table(wide)];
    let (_, report) = press().print(&document, day());
    assert!(report.findings()[0].message.contains("一行排不下"), "{report:?}");
    let turning = press_with(Settings { turns_tables: Some(true), ..Settings::default() }, BTreeMap::new());
    let (print, report) = turning.print(&document, day());
    assert!(report.findings()[0].message.contains("已按“自动横排”横排"), "{report:?}");
    let print = print.unwrap();
    assert!(print.layout.is_turned(2) && print.layout.element("table").all(|ink| ink.page == 2));
}

/// A long list in 五号 where the office wants it so.
#[test]
fn a_long_list_is_set_smaller() {
    let rows: Vec<Vec<String>> = (1..=145).map(|n| vec![n.to_string(), "示例有限公司".into(), "1.00".into()]).collect();
    let mut document = blank(Genre::Publicity, &["名单"]);
    document.body = vec![Block::Table(table(&["序号", "企业", "金额"], &rows, None))];
    let usual = good("长表", press(), &document);
    let small = press_with(Settings { small_lists: Some(true), ..Settings::default() }, BTreeMap::new());
    let small = good("长表小字", &small, &document);
    let size = |print: &Print| print.layout.element("table").map(|ink| ink.size).fold(0.0, f64::max);
    assert_eq!((size(&usual), size(&small)), (12.0, 10.5));
    assert!(small.pages < usual.pages);
}

/// No name of those who were there is parted, wherever the line ends (10.3).
#[test]
fn names_of_those_present_stay_whole() {
    for extra in 0..12 {
        let mut document = minutes();
        let names = format!("{}　{}", "甲".repeat(extra), "上官示例　欧阳示例　司马示例（示例市统计局）　".repeat(5));
        document.body = vec![
            paragraph("会议议定如下。"),
            Block::Roll { label: "出席".into(), text: vec![Inline::text(names.trim())] },
        ];
        good("出席", press(), &document);
    }
}

/// Marks of any length: what follows the names keeps them on their lines; names of signatories each as wide as they are.
#[test]
fn marks_and_signatories_of_any_length() {
    for suffix in ["文件", "嘉奖令", "联席会议纪要"] {
        let mut document = request();
        document.masthead.issuers = vec!["青岩市人民政府".into(), "中国人民解放军青岩军分区".into()];
        document.masthead.suffix = Some(suffix.into());
        let names = ["艾尼瓦尔·吐尔逊", "马翀", "张示例"];
        document.masthead.signatories = names.map(|name| crate::document::Signatory { name: name.into() }).into();
        document.closing.signatures = document.masthead.issuers.iter().map(|name| signature(name)).collect();
        good(suffix, press(), &document);
    }
}

/// What is copied from a page is `10⁷` and not `107`, and no line begins with a raised or lowered character.
#[test]
fn raised_characters_are_copied_as_themselves_and_stay_with_their_words() {
    let mut document = notice();
    let words = ["≥10⁷次", "25m²以上", "2.7g/cm³", "10⁻⁶以下", "H₂O的", "MPa·m¹ᐟ²", "面积²的"];
    let lines = (0..28).flat_map(|length| words.map(|word| format!("{}{word}为准。", "字".repeat(length + 3))));
    document.body = lines
        .map(|text| Block::Paragraph { label: None, text: crate::document::inlines(&text), indent: true })
        .collect();
    let print = good("角标", press(), &document);
    let letters = super::second::read(&print.pdf);
    let shifted = |text: &str| text.chars().any(|c| "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ᐟ₀₁₂".contains(c));
    assert!(!letters.iter().any(|one| shifted(&one.text) && one.ink.x0 < 30.0));
    let copied: String = letters.iter().map(|one| one.text.as_str()).collect();
    for word in words {
        assert_eq!(copied.matches(word).count(), 28, "{word}");
    }
}

/// Quotes beside other marks give up their white halves as brackets do, in 仿宋 (whose quotes are those of the 楷体) and in 楷体.
#[test]
fn quotes_are_squeezed_as_brackets_are() {
    let width = |text: &str, strong: bool| {
        let mut document = notice();
        let text = vec![Inline::text(text)];
        let text = if strong { vec![Inline::Emphasis { text }] } else { text };
        document.body = vec![Block::Paragraph { label: None, text, indent: true }];
        let letters = super::second::read(&good("挤压", press(), &document).pdf);
        let at = |letter: &str| letters.iter().find(|one| one.text == letter).map(|one| one.ink.x0).unwrap();
        at("癸") - at("甲")
    };
    for (quoted, bracketed) in [
        ("甲：“乙。”癸", "甲：（乙。）癸"),
        ("甲（“乙”）、《“丙”》癸", "甲（《乙》）、《（丙）》癸"),
        ("甲《“十四五”规划》癸", "甲《（十四五）规划》癸"),
        ("甲“乙”癸", "甲（乙）癸"),
    ] {
        for kai in [false, true] {
            let [quotes, brackets] = [quoted, bracketed].map(|text| width(text, kai));
            assert!((quotes - brackets).abs() < 0.5, "{quoted}: {quotes} {brackets}");
        }
    }
}

/// Those who hear the page hear each element by itself: nothing but whole paragraphs, headings, tables and groups of them.
#[test]
fn each_element_is_one_of_its_own_in_the_tags() {
    let names = ["示例市工业和信息化局", "示例市财政局"];
    for document in [notice(), request(), letter(), order(), minutes()] {
        for joint in [1, 2] {
            let mut document = document.clone();
            document.masthead.issuers = names.iter().take(joint).map(|name| (*name).to_owned()).collect();
            let (print, report) = press().print(&document, day());
            let print = print.unwrap_or_else(|| panic!("{report:#?}"));
            let file = lopdf::Document::load_mem(&print.pdf).unwrap();
            let root = file.catalog().unwrap().get(b"StructTreeRoot").unwrap();
            let parts: Vec<_> = children(&file, root).iter().flat_map(|one| children(&file, one)).collect();
            let loose = parts.iter().filter(|one| kind(&file, one) == b"Span");
            assert_eq!(loose.count(), 0, "{:?} {joint}", document.genre);
        }
    }
}

/// The structure elements below one.
fn children(file: &lopdf::Document, of: &lopdf::Object) -> Vec<lopdf::Object> {
    let Ok((_, lopdf::Object::Dictionary(dictionary))) = file.dereference(of) else { return Vec::new() };
    match dictionary.get(b"K").and_then(|below| file.dereference(below)) {
        Ok((_, lopdf::Object::Array(many))) => many.clone(),
        Ok((_, one)) => vec![one.clone()],
        Err(_) => Vec::new(),
    }
}

fn kind(file: &lopdf::Document, of: &lopdf::Object) -> Vec<u8> {
    let dictionary = file.dereference(of).ok().and_then(|(_, one)| one.as_dict().ok());
    dictionary.and_then(|one| one.get(b"S").ok()?.as_name().ok()).unwrap_or_default().to_vec()
}

/// A file that is attached stands in the attachment page by page, as it is: the first page below the head, all in the type area, and the
/// ruler sees one that lacks or is squeezed. What would not look the same is refused.
#[test]
fn a_pdf_is_attached_page_by_page() {
    let form = press().print(&request(), day()).0.unwrap();
    let path = "data/pictures/申报表.pdf";
    let attached = |layouts| {
        let pictures = BTreeMap::from([(path.to_owned(), form.pdf.clone())]);
        Press::new(layouts, fonts(), pictures, Settings::default(), faces()).0.unwrap()
    };
    let mut document = notice();
    let figure = Figure { path: path.into(), alt: "申报表".into(), caption: None };
    document.attachments.truncate(1);
    document.attachments[0].body = vec![Block::Figure(figure)];
    let print = good("附页", &attached(layouts()), &document);
    let pages: Vec<usize> = print.layout.element("sheet").map(|ink| ink.page).collect();
    let first = print.layout.anchor("attachment-title").unwrap().page;
    assert_eq!(pages, (first..first + form.pages).collect::<Vec<_>>());
    for (from, to, wrong) in [
        ("height: height)) <sheet>", "height: 40mm, fit: \"stretch\")) <sheet>", "附页长宽之比"),
        ("for (index, sheet) in it.sheets.enumerate()", "for (index, sheet) in it.sheets.slice(1).enumerate()", "附页"),
    ] {
        let mut spoilt = layouts();
        let (text, _) = spoilt.get_mut("body.typ").unwrap();
        assert!(text.contains(from), "{from}");
        *text = text.replace(from, to);
        let press = attached(spoilt);
        let print = press.print(&document, day()).0.unwrap();
        let found = press.measure(&document, &print).into_iter().find(|one| one.item == wrong).unwrap();
        assert!(!found.holds, "{found:?}");
    }
    let torn = form.pdf.get(..form.pdf.len() / 2).unwrap().to_vec();
    for bytes in [torn, b"%PDF-1.7\n".to_vec(), without_fonts()] {
        let pictures = BTreeMap::from([(path.to_owned(), bytes)]);
        let (_, report) = Press::new(layouts(), fonts(), pictures, Settings::default(), faces());
        assert!(report.findings().iter().any(|one| one.message.contains("申报表.pdf")), "{report:?}");
    }
}

/// A page whose letters ask for a face that does not lie in the file.
fn without_fonts() -> Vec<u8> {
    let mut file = lopdf::Document::with_version("1.5");
    let font = file.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let content = lopdf::Stream::new(dictionary! {}, b"BT /F1 24 Tf 100 600 Td (Hello) Tj ET".to_vec());
    let content = file.add_object(content);
    let pages = file.new_object_id();
    let page = file.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    });
    let all = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    file.objects.insert(pages, lopdf::Object::Dictionary(all));
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    file.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}
