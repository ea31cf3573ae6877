//! 整体 — what of a title stays together though it is several words: names, set phrases, brackets, quotes, pairs.

use std::ops::Range;

use super::office::{offices, repeated};
use super::phrases::Phrases;
use super::width::{WIDEST, width};
use super::word::Word;

/// A part of a title that stays together, and what it costs to part it.
#[derive(Debug, Clone)]
pub(super) struct Whole {
    pub(super) span: Range<usize>,
    pub(super) cost: f64,
}

/// Names of issuers, and 〔2024〕: parted only where no line holds them.
pub(super) const NAME: f64 = 40.0;
/// Set phrases of up to six characters; longer ones have joints of their own.
const PHRASE: f64 = 16.0;
const LONG_PHRASE: f64 = 9.6;
/// （试行）, “三农”.
const BRACKET: f64 = 16.0;
/// A和B of short words.
const PAIR: f64 = 9.0;
/// The same, where B may belong to the noun behind it alone: 范围和土地使用期限.
const LOOSE_PAIR: f64 = 4.5;
/// A quoted title that a line can hold, and one that must be parted anyhow.
const TITLE: f64 = 6.0;
const LONG_TITLE: f64 = 1.5;

/// Marks that enclose, and what it costs to part what they enclose.
const ENCLOSING: [(char, char, f64); 6] = [
    ('《', '》', TITLE),
    ('<', '>', TITLE),
    ('“', '”', BRACKET),
    ('（', '）', BRACKET),
    ('(', ')', BRACKET),
    ('〔', '〕', NAME),
];

/// Where names of issuers start and end, sorted: no word reaches over these places.
pub(super) fn edges(title: &str, names: &[String]) -> Vec<usize> {
    let mut places: Vec<usize> = given(title, names).flat_map(|span| [span.start, span.end]).collect();
    places.extend(repeated(title));
    places.sort_unstable();
    places
}

/// The names of issuers in a title: those given, and those that are known by their pattern.
pub(super) fn names_in(title: &str, words: &[Word<'_>], names: &[String]) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = given(title, names).collect();
    let mut known = offices(title, words);
    // What is given is known better.
    known.retain(|office| !spans.iter().any(|span| span.start < office.end && office.start < span.end));
    spans.append(&mut known);
    spans
}

fn given<'t>(title: &'t str, names: &'t [String]) -> impl Iterator<Item = Range<usize>> + 't {
    let names = names.iter().filter(|name| !name.is_empty());
    names.flat_map(|name| title.match_indices(name.as_str()).map(|(at, _)| at..at + name.len()))
}

/// All that stays together.
pub(super) fn wholes(title: &str, words: &[Word<'_>], names: &[Range<usize>], phrases: &Phrases) -> Vec<Whole> {
    let wide = |span: &Range<usize>| title.get(span.clone()).map_or(0.0, width);
    let mut wholes: Vec<Whole> = names.iter().map(|span| Whole { span: span.clone(), cost: NAME }).collect();
    for span in phrases.spans(title) {
        let cost = (PHRASE * 6.0 / wide(&span).max(6.0)).max(LONG_PHRASE);
        wholes.push(Whole { span, cost });
    }
    for (open, close, cost) in ENCLOSING {
        for span in enclosed(title, open, close) {
            let cost = if close == '》' && wide(&span) > WIDEST { LONG_TITLE } else { cost };
            wholes.push(Whole { span, cost });
        }
    }
    wholes.extend(pairs(words));
    wholes
}

/// What stands between an opening and a closing mark, with the marks; of nested ones the outermost.
fn enclosed(title: &str, open: char, close: char) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, character) in title.char_indices() {
        if character == open {
            if depth == 0 {
                start = at;
            }
            depth += 1;
        } else if character == close && depth > 0 {
            depth -= 1;
            if depth == 0 {
                spans.push(start..at + close.len_utf8());
            }
        }
    }
    spans
}

/// 采购和使用, 香港、澳门: two short words of the same kind.
fn pairs<'w>(words: &'w [Word<'_>]) -> impl Iterator<Item = Whole> + 'w {
    words.windows(3).enumerate().filter_map(|(index, three)| {
        let [left, and, right] = three else { return None };
        let before = index.checked_sub(1).and_then(|before| words.get(before));
        let short = |word: &Word<'_>| !word.is_mark() && !word.is_lone() && width(word.text) <= 4.0;
        if !and.is(&["和", "与", "及", "、"]) || !short(left) || !short(right) || !alike(before, left, right) {
            return None;
        }
        // In a list the word may be but the end of an item.
        if and.is(&["、"]) && before.is_some_and(Word::is_noun) {
            return None;
        }
        let ends = words.get(index + 3).is_none_or(|next| !next.is_noun() || next.is_lone());
        Some(Whole { span: left.at..right.end(), cost: if ends { PAIR } else { LOOSE_PAIR } })
    })
}

/// Whether two words are of one kind: two nouns, or two verbs before one object (关于鼓励和支持……).
fn alike(before: Option<&Word<'_>>, left: &Word<'_>, right: &Word<'_>) -> bool {
    let leading = before.is_some_and(|before| before.is(&["关于"]) || before.is_adverb() || before.tag == "m");
    let opening = right.opens() || right.is(&["相关", "有关", "其他"]);
    leading && left.is_verb() && (right.tag.starts_with('v') || right.opens())
        || left.is_noun() == right.is_noun() && !opening
}
