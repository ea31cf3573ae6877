//! 行宽 — how wide words of a title are, and what its lines may be.

/// The widest line, in characters: 21 of 二号 fill the type area, and a title stands free of its edges.
pub(super) const WIDEST: f64 = 20.0;
/// Titles are set in up to four lines, in a fifth before a name or a word is cut.
pub(super) const USUAL_LINES: usize = 4;
pub(super) const MOST_LINES: usize = 5;

/// The width of a text in characters; digits and Latin letters are half as wide.
pub(super) fn width(text: &str) -> f64 {
    text.chars().map(width_of).sum()
}

/// The width of one character: signs like × are as wide as a Chinese one in the faces of titles.
pub(super) fn width_of(character: char) -> f64 {
    if character.is_ascii() { 0.5 } else { 1.0 }
}
