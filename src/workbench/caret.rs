//! 位置 — places in a text as a browser counts them: in UTF-16 units.

/// Where a byte of a text is.
pub(super) fn from_byte(text: &str, byte: usize) -> usize {
    let byte = text.floor_char_boundary(byte.min(text.len()));
    text.get(..byte).map_or(0, |before| before.chars().map(char::len_utf16).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_and_rare_characters_are_counted_as_a_browser_does() {
        let text = "甲𠮷乙";
        assert_eq!(
            (0..=text.len()).map(|at| from_byte(text, at)).collect::<Vec<_>>(),
            [0, 0, 0, 1, 1, 1, 1, 3, 3, 3, 4]
        );
        assert_eq!(from_byte(text, 99), 4);
    }
}
