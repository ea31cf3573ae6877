//! What a file says of its document beside its pages.

use std::collections::BTreeMap;

use super::super::{Press, Settings};
use super::samples::{day, faces, fonts, layouts, notice, press};
use crate::document::Document;

/// Title, authors, keywords and summary of a file.
fn about(press: &Press, document: &Document) -> [String; 4] {
    let (print, report) = press.print(document, day());
    assert!(report.is_empty(), "{report:#?}");
    let file = lopdf::Document::load_mem(&print.unwrap().pdf).unwrap();
    let (_, info) = file.dereference(file.trailer.get(b"Info").unwrap()).unwrap();
    let info = info.as_dict().unwrap();
    [&b"Title"[..], b"Author", b"Keywords", b"Subject"]
        .map(|key| info.get(key).and_then(lopdf::decode_text_string).unwrap_or_default())
}

/// A press whose layouts have other main lines.
fn with_main(change: impl Fn(&str) -> String) -> Press {
    let mut own = layouts();
    let (text, _) = own.get_mut("main.typ").unwrap();
    *text = change(text);
    Press::new(own, fonts(), BTreeMap::new(), Settings::default(), faces()).0.unwrap()
}

#[test]
fn a_file_says_what_its_document_is_called_and_about() {
    let mut document = notice();
    document.record.keywords = vec!["铝加工".to_owned(), "目录".to_owned()];
    document.record.summary = "这是摘要。".to_owned();
    let title = document.title.replace('\n', "");
    let issuer = document.masthead.issuers.join(", ");
    let wanted = [title.as_str(), &issuer, "铝加工, 目录", "这是摘要。"].map(str::to_owned);
    assert_eq!(about(press(), &document), wanted);
    // An office's own copy from before says the same in a rule of its own; one that says something else is let.
    let rule = "#set document(title: it.title, author: it.authors, keywords: it.record.keywords, description: it.record.summary)\n";
    let copy = with_main(|text| text.replacen("#set page(", &format!("{rule}#set page("), 1));
    assert_eq!(about(&copy, &document), wanted);
    let other = with_main(|text| text.replacen("#set page(", "#set document(description: \"另一句\")\n#set page(", 1));
    let [title, issuer, keywords, _] = wanted;
    assert_eq!(about(&other, &document), [title, issuer, keywords, "另一句".to_owned()]);
}

/// Rules are part of what typst knows a line by: one that tells of a single document keeps it from knowing the same line again in the next
/// letter, and a letter costs a third more (`cargo bench --bench pages`).
#[test]
fn no_rule_tells_of_a_single_document() {
    for (name, (text, _)) in layouts().iter().filter(|(name, _)| !["proof.typ", "faces.yaml"].contains(&name.as_str()))
    {
        assert!(!text.contains("set document("), "{name}");
    }
}
