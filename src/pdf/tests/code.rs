//! The address of a page as a code: in the upper margin of the first page of an open document alone, where the office wants it; nothing else
//! of the page moves.

use std::collections::BTreeMap;

use super::super::{Codes, Settings};
use super::parts::good;
use super::samples::{notice, press, press_with};
use crate::document::{Disclosure, Document};

/// Where the ink of the code lies: pages, left, top, right, bottom.
fn drawn(print: &super::super::Print) -> Vec<(usize, f64, f64, f64, f64)> {
    let code = print.layout.ink.iter().filter(|ink| ink.of("furniture") && ink.text.is_empty());
    code.map(|ink| (ink.page, ink.left, ink.top, ink.right, ink.bottom)).collect()
}

#[test]
fn an_open_document_bears_the_address_of_its_page() {
    let site = "https://www.example.gov.cn/notices/".to_owned();
    let of = |slug: &str| format!("https://www.example.gov.cn/notices/{slug}/");
    let coded = press_with(Settings::default(), BTreeMap::new()).with_codes(Some(Codes { site, of: Box::new(of) }));
    let open = |disclosure| {
        let mut document: Document = notice();
        document.record.publication.disclosure = Some(disclosure);
        document
    };
    let print = good("二维码", &coded, &open(Disclosure::Open));
    let ink = drawn(&print);
    assert!(!ink.is_empty());
    for (page, left, top, right, bottom) in ink {
        assert!(page == 1 && left > 150.0 && right < 185.0 && top > 9.0 && bottom < 29.0, "{page} {left} {top}");
    }
    let plain = good("没有二维码", press(), &open(Disclosure::Open));
    assert!(drawn(&plain).is_empty());
    let text = |print: &super::super::Print| {
        print.layout.ink.iter().filter(|ink| !ink.of("furniture")).cloned().collect::<Vec<_>>()
    };
    assert_eq!(text(&plain), text(&print));
    assert!(drawn(&good("不公开", &coded, &open(Disclosure::Withheld))).is_empty());
    // Prints with other codes are other prints.
    assert_ne!(coded.setup(), press().setup());
}
