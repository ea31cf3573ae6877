//! 插图 — pictures among the text: as large as they are meant to be, not squeezed, over nothing.

use std::collections::BTreeMap;

use crate::document::Block;

use super::super::model::{Picture, printed_size};
use super::super::sheet::Ink;
use super::ruler::Ruler;

pub(super) fn measure(ruler: &mut Ruler<'_>, pictures: &BTreeMap<String, Picture>) {
    let document = ruler.document;
    let blocks = document.body.iter().chain(document.attachments.iter().flat_map(|attachment| &attachment.body));
    let figures: Vec<_> = blocks
        .filter_map(|block| match block {
            Block::Figure(figure) => pictures.get(&figure.path),
            _ => None,
        })
        .collect();
    sheets(ruler, figures.iter().flat_map(|picture| &picture.sheets).map(|(_, size)| *size));
    let figures: Vec<_> = figures.into_iter().filter(|picture| picture.sheets.is_empty()).collect();
    let inks: Vec<&Ink> = ruler.ink("figure").filter(|ink| ink.text.is_empty()).collect();
    for (index, (picture, ink)) in figures.iter().zip(inks).enumerate() {
        let (width, height) = printed_size(picture);
        ruler.length("7.3.3", format!("插图{}宽", index + 1), width, ink.right - ink.left);
        ruler.length("7.3.3", format!("插图{}高", index + 1), height, ink.bottom - ink.top);
        let under = ruler.pages.ink.iter().filter(|other| other.page == ink.page && !other.text.trim().is_empty());
        let across = |other: &&Ink| {
            !other.of("furniture")
                && other.left < ink.right - 0.5
                && other.right > ink.left + 0.5
                && other.top < ink.bottom - 0.5
                && other.bottom > ink.top + 0.5
        };
        let over = under.filter(|other| !other.of("figure")).find(across);
        let shown = over.map_or("没有".to_owned(), |other| format!("第{}页“{}”", other.page, other.text));
        let (item, holds) = (format!("插图{}压住的文字", index + 1), over.is_none());
        ruler.must("7.3.3", item, "没有", shown, holds);
    }
}

/// 7.3.7: of another file all pages, none squeezed.
fn sheets(ruler: &mut Ruler<'_>, sizes: impl Iterator<Item = (f64, f64)>) {
    let sizes: Vec<(f64, f64)> = sizes.collect();
    let inks: Vec<&Ink> = ruler.ink("sheet").filter(|ink| ink.text.is_empty()).collect();
    if sizes.is_empty() && inks.is_empty() {
        return;
    }
    let (wanted, found) = (format!("{}页", sizes.len()), format!("{}页", inks.len()));
    ruler.must("7.3.7", "附页", wanted, found, sizes.len() == inks.len());
    let squeezed = sizes.iter().zip(&inks).position(|((width, height), ink)| {
        let printed = (ink.right - ink.left) / (ink.bottom - ink.top);
        (printed * height / width - 1.0).abs() > 0.01
    });
    let shown = squeezed.map_or("如此".to_owned(), |page| format!("第{}页不是", page + 1));
    ruler.must("7.3.7", "附页长宽之比", "照原样", shown, squeezed.is_none());
}
