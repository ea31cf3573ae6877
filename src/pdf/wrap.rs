//! 断行 — where a word that is longer than its line may break: a long Latin word, a URL, a code in a narrow cell. Nothing
//! passes the type area. What fits is left alone.

use super::fonts::Fonts;

/// A place where a line may break and that prints nothing.
pub(super) const BREAK: char = '\u{200b}';

/// The text with break places in those words that are wider than `room` (in ems of the text's size).
pub(super) fn breakable(text: &str, room: f64, fonts: &Fonts) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for character in text.chars() {
        if joins(character) {
            word.push(character);
        } else {
            flush(&mut word, &mut out, room, fonts);
            out.push(character);
        }
    }
    flush(&mut word, &mut out, room, fonts);
    out
}

/// Signs that do not begin a line, and such that do not end one (GB/T 15834—2011, 5.1).
const CLOSING: &str = "、，。：；！？…）》〉」』】〕”’℃";
const OPENING: &str = "（《〈「『【〔“‘";

/// The width of the widest part that is never broken, in ems: a word, a character with the marks that stay with it.
pub(super) fn widest_word(text: &str, fonts: &Fonts) -> f64 {
    let mut widest: f64 = 0.0;
    let mut width = 0.0;
    let mut before = None;
    for character in text.chars() {
        let stays =
            |before: char| joins(before) && joins(character) || OPENING.contains(before) || CLOSING.contains(character);
        if !before.is_some_and(stays) {
            width = 0.0;
        }
        width += fonts.width(character);
        widest = widest.max(width);
        before = Some(character);
    }
    widest
}

/// Whether a line is not broken beside the character: everything that is neither Chinese nor a space.
fn joins(character: char) -> bool {
    !character.is_whitespace() && character != BREAK && unicode_width::UnicodeWidthChar::width(character) != Some(2)
}

fn flush(word: &mut String, out: &mut String, room: f64, fonts: &Fonts) {
    if fonts.text_width(word) <= room {
        out.push_str(word);
    } else {
        for (index, character) in word.chars().enumerate() {
            if index > 0 {
                out.push(BREAK);
            }
            out.push(character);
        }
    }
    word.clear();
}
