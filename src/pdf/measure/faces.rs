//! 字体字号 — face and size of every element but the text itself, all its words (5.2.2, 7.2 to 7.5).

use super::super::faces::Role;
use super::ruler::{Ruler, Size};

/// What an element is set in: its name, its label, the clause, the size, the face.
type Type = (&'static str, &'static str, &'static str, Size, Option<Role>);

/// The elements; 签发人 has two faces, which are told apart where its place is measured.
const TYPES: [Type; 16] = [
    ("份号", "copy-number", "7.2.1", Size::Three, Some(Role::Fang)),
    ("密级和保密期限", "secrecy", "7.2.2", Size::Three, Some(Role::Hei)),
    ("紧急程度", "urgency", "7.2.3", Size::Three, Some(Role::Hei)),
    ("发文字号", "number", "7.2.5", Size::Three, Some(Role::Fang)),
    ("签发人", "signatory", "7.2.6", Size::Three, None),
    ("标题", "title", "7.3.1", Size::Two, Some(Role::XiaoBiaoSong)),
    ("题注", "annotation", "7.3.1", Size::Three, Some(Role::Kai)),
    ("主送机关", "addressee", "7.3.2", Size::Three, Some(Role::Fang)),
    ("附件说明", "attachment-note", "7.3.4", Size::Three, Some(Role::Fang)),
    ("署名", "signature", "7.3.5", Size::Three, Some(Role::Fang)),
    ("成文日期", "date", "7.3.5", Size::Three, Some(Role::Fang)),
    ("附注", "note", "7.3.6", Size::Three, Some(Role::Fang)),
    ("附件字样", "attachment-label", "7.3.7", Size::Three, Some(Role::Hei)),
    ("附件标题", "attachment-title", "7.3.7", Size::Two, Some(Role::XiaoBiaoSong)),
    ("版记", "colophon", "7.4", Size::Four, Some(Role::Fang)),
    ("页码", "page-number", "7.5", Size::Four, Some(Role::Song)),
];

pub(super) fn measure(ruler: &mut Ruler<'_>) {
    for (item, element, clause, size, face) in TYPES {
        ruler.type_of(clause, item, size, face, element);
    }
    tables(ruler);
}

/// Tables have no size in the standard: one of practice, in 宋体, heads and sums in 黑体.
fn tables(ruler: &mut Ruler<'_>) {
    const SIZES: [f64; 4] = [9.0, 10.5, 12.0, 14.0];
    let set = ruler.settings.table_size.map(super::super::settings::Points::value);
    let sizes = || SIZES.into_iter().chain(set);
    let runs = || ruler.ink("table").filter(|ink| !ink.text.trim().is_empty());
    if runs().next().is_none() {
        return;
    }
    // Raised and lowered characters are six tenths of their line.
    let fits = |size: f64| sizes().any(|one| (size - one).abs() < 0.05 || (0.45..0.8).contains(&(size / one)));
    let roles = [Role::Song, Role::Hei, Role::Kai, Role::Fang];
    let wrong_size = runs().find(|ink| !fits(ink.size)).map(|ink| format!("“{}”{:.1}磅", ink.text, ink.size));
    let wrong_face = runs()
        .find(|ink| !roles.iter().any(|role| ruler.plays(*role, ink)))
        .map(|ink| format!("“{}”{}", ink.text, ink.face));
    let shown = |wrong: &Option<String>| wrong.clone().unwrap_or_else(|| "如此".to_owned());
    let (size, face) = (shown(&wrong_size), shown(&wrong_face));
    ruler.fact("7.3.3", "表格字号", "小五至四号", size, wrong_size.is_none());
    ruler.fact("7.3.3", "表格字体", "宋体，表头和合计黑体", face, wrong_face.is_none());
}
