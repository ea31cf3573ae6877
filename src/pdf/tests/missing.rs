//! A character that no face has is named, wherever it stands.

use crate::document::{Block, Colophon, Document, Figure, Genre, Inline, Secrecy, SecrecyLevel, Signatory};

use super::samples::*;

/// In no face that is shipped.
const RARE: &str = "𡘙";

#[test]
fn it_is_named_with_the_words_around_it() {
    let mut document = blank(Genre::Publicity, &["公示"]);
    document.body = vec![paragraph("联系人：张𡘙，电话见网站。")];
    let (print, report) = press().print(&document, day());
    assert!(print.is_none());
    assert_eq!(report.findings()[0].message, "没有一种字体有 “𡘙”（U+21619），出现在“联系人：张𡘙，电话见网站。”");
}

/// Puts a text somewhere into a document.
type Put = fn(&mut Document, String);

fn add(document: &mut Document, block: Block) {
    document.body.push(block);
}

/// Every place of a page on which words stand.
const PLACES: [(&str, Put); 27] = [
    ("标题", |document, text| document.title = text),
    ("标题行", |document, text| document.title_lines.push(text)),
    ("主送", |document, text| document.addressee = text),
    ("份号", |document, text| document.masthead.copy_number = Some(text)),
    ("保密期限", |document, text| {
        document.masthead.secrecy = Some(Secrecy { level: SecrecyLevel::Secret, period: Some(text) });
    }),
    ("发文机关", |document, text| document.masthead.issuers.push(text)),
    ("标志后缀", |document, text| document.masthead.suffix = Some(text)),
    ("签发人", |document, text| document.masthead.signatories.push(Signatory { name: text })),
    ("层次", |document, text| add(document, heading(1, "一、", &text))),
    ("层次序号", |document, text| add(document, heading(1, &text, "总则"))),
    ("段", |document, text| add(document, paragraph(&text))),
    ("段的序号", |document, text| add(document, item(3, &text, "总则"))),
    ("加粗", |document, text| {
        let text = vec![Inline::Strong { text: vec![Inline::Super { text }] }];
        add(document, Block::Paragraph { label: None, text, indent: true });
    }),
    ("列表", |document, text| add(document, Block::List { items: vec![vec![paragraph(&text)]] })),
    ("表头", |document, text| add(document, Block::Table(table(&["序号", &text], &[], None)))),
    ("单元格", |document, text| add(document, Block::Table(table(&["序号"], &[vec![text]], None)))),
    ("表题", |document, text| {
        let mut table = table(&["序号"], &[], None);
        table.caption = Some(text);
        add(document, Block::Table(table));
    }),
    ("表的单位", |document, text| {
        let mut table = table(&["序号"], &[], None);
        table.unit = Some(text);
        add(document, Block::Table(table));
    }),
    ("图题", |document, text| {
        let figure = Figure { path: "图.png".into(), alt: "图".into(), caption: Some(text) };
        add(document, Block::Figure(figure));
    }),
    ("出席", |document, text| {
        add(document, Block::Roll { label: "出席".into(), text: vec![Inline::text(text)] });
    }),
    ("附件标题", |document, text| document.attachments[0].title = text),
    ("附件", |document, text| document.attachments[0].body = vec![paragraph(&text)]),
    ("署名", |document, text| document.closing.signatures = vec![signature(&text)]),
    ("签名章", |document, text| document.closing.signatures[0].person = Some(text)),
    ("附注", |document, text| document.note = Some(text)),
    ("抄送", |document, text| {
        document.colophon = Some(Colophon { copies_to: vec![text], ..Colophon::default() });
    }),
    ("印发机关", |document, text| {
        document.colophon = Some(Colophon { printed_by: Some(text), ..Colophon::default() });
    }),
];

#[test]
fn it_is_found_wherever_words_stand() {
    for (place, put) in PLACES {
        let mut document = notice();
        put(&mut document, format!("前{RARE}后"));
        let report = press().missing_glyphs(&document);
        let found: Vec<&str> = report.findings().iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(found, [format!("没有一种字体有 “{RARE}”（U+21619），出现在“前{RARE}后”")], "{place}");
    }
}
