//! Whatever an author writes: documents made at random.

use proptest::collection;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

use crate::diag::Severity;
use crate::document::{Attachment, Block, ClosingStyle, Document, Genre};

use super::samples::*;

/// What official texts are made of, and what is hard to set: marks in a row, units, codes, addresses.
const WORDS: [&str; 14] = [
    "关于加快新材料产业高质量发展的",
    "“专精特新”企业",
    "（以下简称《办法》），",
    "2024年6月13日",
    "抗拉强度≥500 MPa，",
    "https://www.example.invalid/zwgk/2024/06/13/content_000000001.html",
    "给予支持。",
    "纯度99.99%；",
    "示例市工业和信息化局、",
    "Al—Mg—Si合金",
    "如下：",
    "企业——",
    "150℃～300℃",
    "……",
];

/// A text of `WORDS`.
pub(super) fn words(most: usize) -> impl Strategy<Value = String> {
    collection::vec(select(&WORDS), 1..=most).prop_map(|words| words.concat())
}

fn any_table() -> impl Strategy<Value = Block> {
    (2..8_usize, any::<bool>()).prop_flat_map(|(columns, landscape)| {
        let row = || collection::vec(words(5), columns);
        let heads = collection::vec(select(&["序号", "企业名称", "项目（产品）", "金额"]), columns);
        (heads, collection::vec(row(), 0..20)).prop_map(move |(heads, rows)| {
            let mut table = table(&heads, &rows, None);
            table.landscape = landscape;
            Block::Table(table)
        })
    })
}

pub(super) fn any_block() -> impl Strategy<Value = Block> {
    prop_oneof![
        4 => words(25).prop_map(|text| paragraph(&text)),
        1 => words(4).prop_map(|text| heading(1, "一、", &text)),
        1 => words(10).prop_map(|text| item(3, "1.", &text)),
        1 => collection::vec(words(8).prop_map(|text| vec![paragraph(&text)]), 1..4).prop_map(|items| Block::List { items }),
        1 => any_table(),
    ]
}

/// Any document that an author may write.
pub(super) fn any_document() -> impl Strategy<Value = Document> {
    let base = select(vec![notice(), letter(), order(), request(), blank(Genre::Publicity, &["公示"])]);
    let style = select(vec![ClosingStyle::Sealed, ClosingStyle::Unsealed, ClosingStyle::Stamped]);
    let issuers = ["示例市财政局", "示例市工业和信息化局", "中国（示例）自由贸易试验区示例片区管理委员会办公室"];
    let signatures = collection::vec(select(issuers.to_vec()), 1..5);
    let attached = collection::vec(collection::vec(any_block(), 0..5), 0..3);
    (base, collection::vec(any_block(), 1..10), 0..150_usize, style, signatures, attached).prop_map(
        |(mut document, body, offices, style, signatures, attached)| {
            document.body.extend(body);
            if document.genre != Genre::Order && offices > 20 {
                document.addressee = "市示例局，".repeat(offices) + "有关单位";
            }
            document.closing.style = style;
            document.closing.signatures = signatures.into_iter().map(signature).collect();
            let attachment = notice().attachments.remove(0);
            document.attachments = attached.into_iter().map(|body| Attachment { body, ..attachment.clone() }).collect();
            document
        },
    )
}

proptest! {
    // The same documents in every run: what a few per cent of others show is a matter of the page, not of the change at hand.
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(9704),
        ..ProptestConfig::default()
    })]

    /// Whatever an author writes: it is printed word by word, nothing lies over anything, and nothing passes the type area (5.2.1).
    #[test]
    fn any_document_is_printed_whole(document in any_document()) {
        let (print, report) = press().print(&document, day());
        prop_assert!(print.is_some(), "{report:#?}");
        let measured = press().measure(&document, &print.unwrap());
        let wrong: Vec<_> = measured.iter().filter(|one| one.severity == Severity::Error && !one.holds).collect();
        prop_assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
