//! The address of a page as a code: in the upper margin of the first page of an open document alone, where the office wants it; nothing else
//! of the page moves.

use std::collections::BTreeMap;

use super::super::{Codes, Layouts, Press, Settings};
use super::parts::good;
use super::samples::{faces, fonts, layouts, notice, press, press_with};
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

/// An office's own copies of single layouts from before are given the code, or give it.
#[test]
fn copies_from_before_bear_it_too() {
    let of = |own: Layouts| {
        let codes =
            Codes { site: "https://www.example.gov.cn/".to_owned(), of: Box::new(|slug| format!("https://{slug}/")) };
        let press = Press::new(own, fonts(), BTreeMap::new(), Settings::default(), faces()).0.unwrap();
        let mut document: Document = notice();
        document.record.publication.disclosure = Some(Disclosure::Open);
        drawn(&good("从前的版面", &press.with_codes(Some(codes)), &document))
    };
    let wanted = of(layouts());
    assert!(!wanted.is_empty());
    let given = "..if \"finds-code\" not in dictionary(numbers) { (code: it.at(\"code\", default: none)) },";
    let finds = "if code == auto { json(\"/document.json\").at(\"code\", default: none) } else { code }";
    for (file, edits) in [
        ("main.typ", vec![(given, "code: it.at(\"code\", default: none),")]),
        ("pagenumber.typ", vec![("#let finds-code = true\n", ""), ("code: auto", "code: none"), (finds, "{ code }")]),
    ] {
        let mut own = layouts();
        let (text, _) = own.get_mut(file).unwrap();
        for (from, to) in edits {
            assert!(text.contains(from), "{file}: {from}");
            *text = text.replace(from, to);
        }
        assert_eq!(of(own), wanted, "{file}");
    }
}
