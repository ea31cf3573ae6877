//! 上下标 — raised and lowered characters, as data writes them (`m²`, `10⁻⁶`, `H₂O`): most faces lack them, so they become ordinary
//! characters that are set higher or lower.

/// Raised characters and what they raise. The minus is the mathematical one: a hyphen would look like a dash of `10-6`.
const RAISED: (&str, &str) = ("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᐟⁱⁿᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", "0123456789+−=()/inabcdefghjklmoprstuvwxyz");

/// Lowered characters and what they lower.
const LOWERED: (&str, &str) = ("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789+−=()aehijklmnoprstuvx");

/// How high characters stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Height {
    Line,
    Raised,
    Lowered,
}

/// A text as stretches of one height, each in ordinary characters.
pub(super) fn stretches(text: &str) -> Vec<(Height, String)> {
    let mut stretches: Vec<(Height, String)> = Vec::new();
    for c in text.chars() {
        let (height, c) = place(c);
        match stretches.last_mut() {
            Some((last, stretch)) if *last == height => stretch.push(c),
            _ => stretches.push((height, c.to_string())),
        }
    }
    stretches
}

/// Characters as a plain text raises them, where it can: `−6` is `⁻⁶`.
#[must_use]
pub fn raised(text: &str) -> String {
    marked(text, RAISED)
}

/// Characters as a plain text lowers them, where it can.
#[must_use]
pub fn lowered(text: &str) -> String {
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
}
