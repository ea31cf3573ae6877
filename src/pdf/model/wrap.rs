//! 断行 — where a word that is longer than its line may break: behind the signs of an address, anywhere in what is longer still.
//! Nothing passes the type area. What stays whole is another matter (`whole`).

use super::super::faces::Fonts;
use super::super::stops::{CLOSING, OPENING};
use super::whole::wholes;

/// The text in parts between which a line may end; most texts are one. Parts of words that are wider than `room` (in ems of the
/// text's size) end behind the signs of an address; where that is not enough, behind any character.
pub(super) fn parts<'t>(text: &'t str, room: f64, fonts: &Fonts) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for word in words(text) {
        let (from, to) = (word.start, word.end);
        let Some(letters) = text.get(word) else { continue };
        // A name with a hyphen, a code, a measure keeps its signs; what is long enough to be in a line's way does not.
        if fonts.text_width(letters) <= room.min(LONG) {
            continue;
        }
        let mut last = from;
        for (at, character) in letters.char_indices() {
            let next = from + at + character.len_utf8();
            let too_wide = fonts.text_width(text.get(last..next).unwrap_or_default()) > room;
            let here = from + at;
            if too_wide && here > last {
                parts.extend(text.get(start..here));
                (start, last) = (here, here);
            }
            if AFTER.contains(character)
                && next < to
                && !text.get(next..).is_some_and(|rest| rest.starts_with(|c| AFTER.contains(c)))
            {
                parts.extend(text.get(start..next));
                (start, last) = (next, next);
            }
        }
    }
    parts.extend(text.get(start..).filter(|rest| !rest.is_empty() || parts.is_empty()));
    parts
}

/// A word of more ems may end a line behind its signs.
const LONG: f64 = 8.0;
/// The signs of an address behind which a line may end.
const AFTER: &str = "/.-_?&=:";

/// The words of a text: what has neither a Chinese character nor a space in it.
pub(super) fn words(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while rest.next_if(|(_, character)| !joins(*character)).is_some() {}
        let (start, _) = *rest.peek()?;
        let mut end = start;
        while let Some((at, character)) = rest.next_if(|(_, character)| joins(*character)) {
            end = at + character.len_utf8();
        }
        Some(start..end)
    })
}

/// The width of the widest part that is never broken, in ems: a word, a character with the marks that stay with it, a quantity.
pub(super) fn widest_word(text: &str, fonts: &Fonts) -> f64 {
    let mut widest: f64 = 0.0;
    let mut width = 0.0;
    let mut before = None;
    for character in text.chars() {
        let stays = |before: char| {
            joins(before) && joins(character)
                || OPENING.contains(before)
                || CLOSING.contains(character)
                || "…℃".contains(character)
        };
        if !before.is_some_and(stays) {
            width = 0.0;
        }
        width += fonts.width(character);
        widest = widest.max(width);
        before = Some(character);
    }
    let quantities = wholes(text).into_iter().filter_map(|range| text.get(range)).map(|part| fonts.text_width(part));
    quantities.fold(widest, f64::max)
}

/// Whether a line is not broken beside the character: everything that is neither Chinese nor a space.
fn joins(character: char) -> bool {
    !character.is_whitespace() && unicode_width::UnicodeWidthChar::width(character) != Some(2)
}
