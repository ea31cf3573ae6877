//! What is spared in setting tables shows nowhere: rows that surely are one line high are not measured before they are set, and a table
//! between lines of text is not on the grid that the text is fitted to. Everything stands where it would stand.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::collection;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

use super::samples::*;
use crate::document::{Block, Document, Inline, Table};
use crate::pdf::{Press, Settings};

/// What cells are made of: what fills its box, what does not, what is kept together, what lines heed.
const WORDS: [&str; 18] = [
    "铝",
    "新材料",
    "示例铝业有限公司",
    "“专精特新”企业",
    "（二）",
    "《办法》、",
    "2024年6月13日",
    "5504万元",
    "17.6548个百分点",
    "≥500 MPa",
    "99.99%",
    "WAVY VAT To",
    "Al—Mg—Si",
    "R&D",
    "①",
    "…",
    "：",
    "γ-Al₂O₃",
];

/// The shipped layouts, and the same with nothing spared.
fn presses() -> &'static [Press; 2] {
    static PRESSES: LazyLock<[Press; 2]> = LazyLock::new(|| {
        let mut plain = layouts();
        for (file, from, to) in [
            ("table.typ", "    rows: head-heights + heights,\n", ""),
            ("body.typ", "and is-between(items, index)", "and false"),
        ] {
            let (text, _) = plain.get_mut(file).unwrap();
            assert!(text.contains(from), "{file}: {from}");
            *text = text.replace(from, to);
        }
        let plain = Press::new(plain, fonts(), BTreeMap::new(), Settings::default(), faces()).0.unwrap();
        [press_with(Settings::default(), BTreeMap::new()), plain]
    });
    &PRESSES
}

/// What stands on the pages, and where, in hundredths of a millimetre.
fn stands(press: &Press, document: &Document) -> Vec<(usize, String, [i64; 4])> {
    let (print, report) = press.print(document, day());
    let print = print.unwrap_or_else(|| panic!("{report:?}"));
    #[expect(clippy::cast_possible_truncation, reason = "a page has no more")]
    let round = |length: f64| (length * 100.0).round() as i64;
    let ink =
        |ink: &crate::pdf::Ink| (ink.page, ink.text.clone(), [ink.left, ink.right, ink.top, ink.bottom].map(round));
    print.layout.ink.iter().map(ink).collect()
}

fn cell() -> impl Strategy<Value = Vec<Inline>> {
    let text = || collection::vec(select(&WORDS[..]), 0..4).prop_map(|words| Inline::text(words.concat()));
    prop_oneof![
        8 => text().prop_map(|text| vec![text]),
        1 => (text(), text()).prop_map(|(strong, text)| vec![Inline::Strong { text: vec![strong] }, text]),
        1 => (text(), text()).prop_map(|(stressed, text)| vec![text, Inline::Emphasis { text: vec![stressed] }]),
        1 => text().prop_map(|text| vec![text.clone(), Inline::Break, text]),
        1 => text().prop_map(|text| vec![text, Inline::Super { text: "2".into() }]),
        1 => Just(vec![]),
    ]
}

/// Blocks of a text: lists with lines before and behind them, and such without.
fn any_body() -> impl Strategy<Value = Vec<Block>> {
    let block = prop_oneof![
        4 => any_list().prop_map(Block::Table),
        5 => (1..90_usize).prop_map(|count| paragraph(&"落实。".repeat(count))),
        2 => Just(heading(1, "一、", "审核结果")),
    ];
    collection::vec(block, 2..9)
}

fn any_list() -> impl Strategy<Value = Table> {
    (2..9_usize).prop_flat_map(|columns| {
        let heads = collection::vec(
            select(&["序号", "企业名称", "R&D投入（万元）", "WWW", "对象", "项目（产品）名称"]),
            columns,
        );
        let rows = collection::vec((collection::vec(cell(), columns), 0..12_u8), 1..16);
        (heads, rows, any::<(bool, bool)>()).prop_map(|(heads, rows, (caption, unit))| {
            let mut table = table(&heads, &vec![vec![String::new(); heads.len()]; rows.len()], None);
            table.caption = caption.then(|| "计算过程".to_owned());
            table.unit = table.unit.filter(|_| unit);
            for (row, (cells, kind)) in table.rows.iter_mut().zip(rows) {
                (row.total, row.head) = (kind == 0, false);
                for (cell, text) in row.cells.iter_mut().zip(cells) {
                    cell.text = text;
                }
            }
            table
        })
    })
}

/// An office's own copies of single layouts from before know nothing of it; everything stands where it would stand.
#[test]
fn copies_from_before_stand_beside_the_shipped_layouts() {
    const BEFORE: &str = "#let (its-blocks, its-kept, its-pushed) = (blocks, kept, pushed)
#let blocks(items, shift: 1, fresh: false) = its-blocks(items, shift: shift, fresh: fresh)
#let kept(items, shift: 1) = its-kept(items, shift: shift)
#let pushed(height, items, shift: 1) = its-pushed(height, items, shift: shift)
";
    let row = |number: usize| vec![number.to_string(), "核对条件".to_owned(), format!("{number}万元")];
    let list = || Block::Table(table(&["序号", "步骤", "结果"], &(1..9).map(row).collect::<Vec<_>>(), None));
    // Of so many lines one length or another leaves the closing alone on its page, and the text is fitted.
    for lines in 1..24 {
        let mut document = notice();
        document.attachments.clear();
        let text = || paragraph(&"落实各项措施。".repeat(lines * 4));
        document.body = vec![text(), list(), text(), list(), paragraph("完。")];
        let wanted = stands(press(), &document);
        for (file, from, to, behind) in [
            ("body.typ", "#let takes-grid = true\n", "", BEFORE),
            ("table.typ", "#let table-between", "#let nothing", ""),
        ] {
            let mut own = layouts();
            let (text, _) = own.get_mut(file).unwrap();
            assert!(text.contains(from), "{file}: {from}");
            *text = text.replace(from, to) + behind;
            let own = Press::new(own, fonts(), BTreeMap::new(), Settings::default(), faces()).0.unwrap();
            assert_eq!(stands(&own, &document), wanted, "{file}, {lines}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if std::env::var_os("HONGTOU_SWEEP").is_some() { 1_000 } else { 16 },
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(7),
        ..ProptestConfig::default()
    })]

    /// `HONGTOU_SWEEP=1 cargo test --lib what_is_spared` tries a thousand texts.
    #[test]
    fn what_is_spared_shows_nowhere(body in any_body(), office in select(&["示例市财政局", "示例市工业和信息化局"][..])) {
        let mut document = notice();
        document.attachments.clear();
        document.closing.signatures = vec![signature(office)];
        document.body = body;
        let [spared, plain] = presses();
        let (spared, plain) = (stands(spared, &document), stands(plain, &document));
        let first = spared.iter().zip(&plain).find(|(spared, plain)| spared != plain);
        prop_assert!(spared.len() == plain.len() && first.is_none(), "{first:?}");
    }
}
