//! 上下标 — raised and lowered characters, as data writes them (`m²`, `10⁻⁶`, `H₂O`): most faces lack them, so they become ordinary
//! characters that are set higher or lower.

use super::Inline;

/// Raised characters and what they raise. The minus is the mathematical one: a hyphen would look like a dash of `10-6`.
const RAISED: (&str, &str) = ("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᐟⁱⁿᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", "0123456789+−=()/inabcdefghjklmoprstuvwxyz");

/// Lowered characters and what they lower.
const LOWERED: (&str, &str) = ("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789+−=()aehijklmnoprstuvx");

#[derive(Clone, Copy, PartialEq, Eq)]
enum Height {
    Line,
    Raised,
    Lowered,
}

/// A text without any marks as a run, its raised and lowered characters set as such.
#[must_use]
pub fn inlines(text: &str) -> Vec<Inline> {
    let mut runs: Vec<(Height, String)> = Vec::new();
    for c in text.chars() {
        let (height, c) = place(c);
        match runs.last_mut() {
            Some((last, run)) if *last == height => run.push(c),
            _ => runs.push((height, c.to_string())),
        }
    }
    runs.into_iter()
        .map(|(height, text)| match height {
            Height::Line => Inline::Text { text },
            Height::Raised => Inline::Super { text },
            Height::Lowered => Inline::Sub { text },
        })
        .collect()
}

/// Characters as a plain text raises them, where it can: `−6` is `⁻⁶`.
pub(super) fn raised(text: &str) -> String {
    marked(text, RAISED)
}

/// Characters as a plain text lowers them, where it can.
pub(super) fn lowered(text: &str) -> String {
    marked(text, LOWERED)
}

fn marked(text: &str, (marks, plain): (&str, &str)) -> String {
    let mark = |c: char| marks.chars().zip(plain.chars()).find(|(_, from)| *from == c).map_or(c, |(mark, _)| mark);
    text.chars().map(mark).collect()
}

fn place(c: char) -> (Height, char) {
    // ¹²³ lie in Latin-1, all others far above it; no Han character is looked up.
    if !('\u{b2}'..'\u{2e80}').contains(&c) {
        return (Height::Line, c);
    }
    let find = |(from, to): (&str, &str)| from.chars().zip(to.chars()).find(|(mark, _)| *mark == c).map(|(_, to)| to);
    find(RAISED)
        .map(|c| (Height::Raised, c))
        .or_else(|| find(LOWERED).map(|c| (Height::Lowered, c)))
        .unwrap_or((Height::Line, c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_have_pairs() {
        for (from, to) in [RAISED, LOWERED] {
            assert_eq!(from.chars().count(), to.chars().count());
        }
    }

    #[test]
    fn raised_and_lowered_characters_become_runs() {
        let raised = |text: &str| Inline::Super { text: text.into() };
        assert_eq!(inlines("≥10⁻⁶ m²"), [Inline::text("≥10"), raised("−6"), Inline::text(" m"), raised("2")]);
        assert_eq!(inlines("MPa·m¹ᐟ²"), [Inline::text("MPa·m"), raised("1/2")]);
        assert_eq!(inlines("H₂O"), [Inline::text("H"), Inline::Sub { text: "2".into() }, Inline::text("O")]);
        assert_eq!(inlines("25℃±2μm"), [Inline::text("25℃±2μm")]);
        assert_eq!(inlines(""), []);
    }

    #[test]
    fn a_plain_text_has_them_back() {
        for text in ["≥10⁻⁶ m²", "MPa·m¹ᐟ²", "H₂O"] {
            assert_eq!(super::super::plain(&inlines(text)), text);
        }
    }
}
