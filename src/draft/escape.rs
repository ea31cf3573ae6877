//! 数据进正文 — a value of the data, written so that Markdown prints exactly its characters: data is never re-read as markup.

use std::fmt::Write;

/// The value for a place in a Markdown text.
///
/// Every ASCII punctuation mark gets a backslash. The first character becomes a character reference, which Markdown never
/// takes for structure: so no convention that looks at the beginning of a paragraph (`一、`, `表：`, `1.`) can take data
/// for a mark. White space and control characters become single spaces, none at the ends.
#[must_use]
pub fn escape(value: &str) -> String {
    let mut out = String::with_capacity(value.len() * 2);
    let mut gap = false;
    for c in value.chars() {
        if c.is_whitespace() || c.is_control() {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push(' ');
            gap = false;
        }
        if out.is_empty() {
            // Writing to a String cannot fail.
            let _ = write!(out, "&#x{:X};", u32::from(c));
            continue;
        }
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_only_characters() {
        assert_eq!(escape("甲*乙*"), "&#x7532;\\*乙\\*");
        assert_eq!(escape(" # 一、\r\n\t二 "), "&#x23; 一、 二");
        assert_eq!(escape("\u{3000}\n"), "");
    }
}
