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

/// The width of the widest word that is never broken, in ems.
pub(super) fn widest_word(text: &str, fonts: &Fonts) -> f64 {
    let words = text.split(|character| !joins(character));
    words.map(|word| fonts.text_width(word)).fold(f64::from(u8::from(!text.is_empty())), f64::max)
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
