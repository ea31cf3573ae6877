//! 断行 — where a word that is longer than its line may break: a long Latin word, a URL, a code in a narrow cell. Nothing
//! passes the type area. What fits is left alone; and a quantity that fits stays on one line: `90～130 MPa`, `0.25 mg/m²`.

use std::sync::LazyLock;

use regex::Regex;

use super::super::faces::Fonts;

/// A place where a line may break and that prints nothing.
const BREAK: char = '\u{200b}';

/// The text with break places in those words that are wider than `room` (in ems of the text's size).
pub(super) fn breakable(text: &str, room: f64, fonts: &Fonts) -> String {
    if !text.split(|character| !joins(character)).any(|word| fonts.text_width(word) > room) {
        return text.to_owned();
    }
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

/// A number, a range or a product of numbers, with its unit, and the list mark before words.
#[expect(clippy::expect_used, reason = "a literal pattern; every test of a page reads it")]
static QUANTITY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"[≥≤＞＜>±+−]?\d[\d.,]*[%‰℃°]?",
        r"(?:[～×][−]?\d[\d.,]*[⁻⁰¹²³⁴-⁹]*[%‰℃°]?)*",
        r"(?: ?[A-Za-zμΩ℃°][A-Za-zμΩ℃°²³⁻¹·/]*(?:\([A-Za-zμΩ℃°²³⁻¹·]+\))?)?",
    ))
    .expect("a pattern")
});

/// Where quantities begin and end that a line's end may cut but should not: those with a range, a space or a slash.
fn quantities(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let inside_word = |start: usize| {
        text.get(..start)
            .and_then(|before| before.chars().next_back())
            .is_some_and(|before| before.is_ascii_alphanumeric() || matches!(before, '.' | '-' | '/' | '_' | BREAK))
    };
    QUANTITY
        .find_iter(text)
        .filter(move |found| found.as_str().contains([' ', '～', '/']) && !inside_word(found.start()))
        .map(|found| found.range())
}

/// The text in parts, those that stay on one line (`true`) and the others; a part that is wider than `room` is none.
pub(super) fn parts<'t>(text: &'t str, room: f64, fonts: &Fonts) -> Vec<(bool, &'t str)> {
    let mut parts = Vec::new();
    let mut end = 0;
    let mut push =
        |whole, range| parts.extend(text.get(range).filter(|part: &&str| !part.is_empty()).map(|part| (whole, part)));
    for range in quantities(text) {
        if text.get(range.clone()).is_some_and(|part| fonts.text_width(part) <= room) {
            push(false, end..range.start);
            end = range.end;
            push(true, range);
        }
    }
    push(false, end..text.len());
    parts
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
    let quantities = quantities(text).filter_map(|range| text.get(range)).map(|part| fonts.text_width(part));
    quantities.fold(widest, f64::max)
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

#[cfg(test)]
mod tests {
    use super::quantities;

    #[test]
    fn quantities_are_found() {
        let found = |text: &str| -> Vec<String> { quantities(text).map(|range| text[range].to_owned()).collect() };
        assert_eq!(
            found("屈服强度90～130 MPa，灰分≤0.25 mg/m²，热导率≥200 W/(m·K)；线膨胀系数（6.5～9.0）×10⁻⁶/℃"),
            ["90～130 MPa", "≤0.25 mg/m²", "≥200 W/(m·K)", "6.5～9.0"]
        );
        assert_eq!(found("幅面190.5×138 mm，−55～150℃，占10%～15%"), ["190.5×138 mm", "−55～150℃", "10%～15%"]);
        // Neither a word with a number in it, nor a number that no line's end can cut.
        let words = found("GB/T 3190，No. 5，T651状态，2024年6月，https://a.example/1/2，A80 mm");
        assert_eq!(words, Vec::<String>::new());
    }
}
