//! 上下标 — raised and lowered characters with what they belong to: `10⁷` and `H₂O` stay on one line, and each character is the one
//! that Unicode has for it, so that a copy of the page says `10⁷` and not `107`.

use crate::document::Inline;

use super::whole::wholes;
use super::wrap::words;

/// A part of a run.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Group<'a> {
    /// One inline as it is.
    One(&'a Inline),
    /// Characters of a text.
    Text(&'a str),
    /// Shifted characters with the word before and behind them, which no line's end parts.
    Bound(Vec<Inline>),
}

/// The parts of a run.
pub(super) fn groups(run: &[Inline]) -> Vec<Group<'_>> {
    let mut groups = Vec::with_capacity(run.len());
    let mut bound: Vec<Inline> = Vec::new();
    for (at, inline) in run.iter().enumerate() {
        let before_shifted = run.get(at + 1).is_some_and(is_shifted);
        match inline {
            Inline::Text { text } => {
                let head = if bound.is_empty() { 0 } else { head(text) };
                let tail = if before_shifted { tail(text).max(head) } else { text.len() };
                let (own, behind) = text.split_at_checked(head).unwrap_or((text, ""));
                if !own.is_empty() {
                    bound.push(Inline::text(own));
                }
                let (middle, last) = behind.split_at_checked(tail - head).unwrap_or((behind, ""));
                if !middle.is_empty() {
                    close(&mut bound, &mut groups);
                    groups.push(Group::Text(middle));
                }
                if !last.is_empty() {
                    // A blank, or a word's end, parted it from what stands before.
                    close(&mut bound, &mut groups);
                    bound.push(Inline::text(last));
                }
            }
            one if is_shifted(one) => bound.push(one.clone()),
            one => {
                close(&mut bound, &mut groups);
                groups.push(Group::One(one));
            }
        }
    }
    close(&mut bound, &mut groups);
    groups
}

fn close(bound: &mut Vec<Inline>, groups: &mut Vec<Group<'_>>) {
    if !bound.is_empty() {
        groups.push(Group::Bound(std::mem::take(bound)));
    }
}

fn is_shifted(inline: &Inline) -> bool {
    matches!(inline, Inline::Super { .. } | Inline::Sub { .. })
}

/// Where the word begins that a shifted character behind the text belongs to: a quantity, a word, else the last character.
fn tail(text: &str) -> usize {
    let ends = |range: &std::ops::Range<usize>| range.end == text.len();
    let word = wholes(text).into_iter().rfind(ends).or_else(|| words(text).filter(ends).last());
    let last = || text.char_indices().next_back().filter(|(_, c)| !c.is_whitespace()).map(|(at, _)| at);
    word.map(|range| range.start).or_else(last).unwrap_or(text.len())
}

/// Where the word ends that goes on behind a shifted character.
fn head(text: &str) -> usize {
    words(text).next().filter(|range| range.start == 0).map_or(0, |range| range.end)
}

/// A shifted text in stretches: characters that Unicode has for it (true), and ordinary ones.
pub(super) fn signs(text: &str, own: fn(&str) -> String) -> Vec<(bool, String)> {
    let signs: Vec<(char, char)> = text.chars().zip(own(text).chars()).collect();
    let has = |(plain, sign): &(char, char)| plain != sign;
    signs
        .chunk_by(|before, after| has(before) == has(after))
        .map(|stretch| (stretch.first().is_some_and(has), stretch.iter().map(|(_, sign)| *sign).collect()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{inlines, plain, raised};

    fn shown(text: &str) -> Vec<String> {
        let run = inlines(text);
        groups(&run)
            .into_iter()
            .map(|group| match group {
                Group::One(one) => plain(std::slice::from_ref(one)),
                Group::Text(text) => text.to_owned(),
                Group::Bound(run) => format!("[{}]", plain(&run)),
            })
            .collect()
    }

    #[test]
    fn what_belongs_together_is_bound() {
        assert_eq!(shown("循环≥10⁷次以上"), ["循环", "[≥10⁷]", "次以上"]);
        assert_eq!(shown("含H₂O和C₆H₁₂O₆两种"), ["含", "[H₂O]", "和", "[C₆H₁₂O₆]", "两种"]);
        assert_eq!(shown("约10⁻⁶ m²的"), ["约", "[10⁻⁶]", " ", "[m²]", "的"]);
        assert_eq!(shown("面积²的"), ["面", "[积²]", "的"]);
        assert_eq!(shown("²"), ["[²]"]);
        assert_eq!(shown("没有角标"), ["没有角标"]);
        assert_eq!(shown("m²m³"), ["[m²m³]"]);
    }

    #[test]
    fn what_has_no_sign_of_its_own_stays_ordinary() {
        assert_eq!(signs("n+1", raised), [(true, "ⁿ⁺¹".into())]);
        assert_eq!(signs("2甲3", raised), [(true, "²".into()), (false, "甲".into()), (true, "³".into())]);
    }
}
