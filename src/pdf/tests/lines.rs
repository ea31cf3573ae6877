//! Rows that surely are one line high are set without looking how high they are: they stand where they would stand.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::collection;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

use super::samples::*;
use crate::document::{Block, Document, Genre, Inline, Table};
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

/// The shipped layouts, and the same with every row as high as it turns out to be.
fn presses() -> &'static [Press; 2] {
    static PRESSES: LazyLock<[Press; 2]> = LazyLock::new(|| {
        let mut plain = layouts();
        let (text, _) = plain.get_mut("table.typ").unwrap();
        *text = text.replace("    rows: head-heights + heights,\n", "");
        assert_ne!(plain, layouts());
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

fn any_list() -> impl Strategy<Value = Table> {
    (2..9_usize).prop_flat_map(|columns| {
        let heads = collection::vec(
            select(&["序号", "企业名称", "R&D投入（万元）", "WWW", "对象", "项目（产品）名称"]),
            columns,
        );
        let rows = collection::vec((collection::vec(cell(), columns), 0..12_u8), 1..40);
        (heads, rows).prop_map(|(heads, rows)| {
            let mut table = table(&heads, &vec![vec![String::new(); heads.len()]; rows.len()], None);
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

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if std::env::var_os("HONGTOU_SWEEP").is_some() { 1_000 } else { 16 },
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(7),
        ..ProptestConfig::default()
    })]

    /// `HONGTOU_SWEEP=1 cargo test --lib rows_of_one_line` tries a thousand lists.
    #[test]
    fn rows_of_one_line_stand_where_they_would(tables in collection::vec(any_list(), 1..3)) {
        let mut document = blank(Genre::Publicity, &["公示"]);
        document.body = tables.into_iter().map(Block::Table).chain([paragraph("完。")]).collect();
        let [known, plain] = presses();
        let (known, plain) = (stands(known, &document), stands(plain, &document));
        let first = known.iter().zip(&plain).find(|(known, plain)| known != plain);
        prop_assert!(known.len() == plain.len() && first.is_none(), "{first:?}");
    }
}
