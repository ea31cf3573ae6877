//! 可断处 — the places of a title where a line may end, and what each costs: 词意完整 (7.3.1).

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::width::{WIDEST, width, width_of};

/// A place between two words where a line may end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Joint {
    /// Bytes before it.
    pub(super) at: usize,
    /// Width before it, in characters.
    pub(super) width: f64,
    /// Words before it.
    pub(super) words: usize,
    /// What it costs to end a line here; less than nothing where it is a good place.
    pub(super) cost: f64,
}

/// A word of a title and its part of speech, as the segmentation has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) tag: &'t str,
}

/// The places between words, each with its cost; those where no line may end are left out. `names` and `whole` stay whole wherever a
/// line can hold them; a title ends a line best behind the names.
pub(super) fn joints(title: &str, words: &[Word<'_>], names: &[String], whole: &[String]) -> Vec<Joint> {
    let mut spans = whole_spans(title, names.iter().chain(whole).map(String::as_str));
    spans.sort_by_key(|span| span.start);
    let mut spans = spans.into_iter().peekable();
    let mut joints = Vec::new();
    // The end of what stays whole; how many brackets and quotes are open.
    let (mut whole_to, mut open) = (0, 0_i32);
    let (mut at, mut before, mut count) = (0, 0.0, 0);
    for pair in words.windows(2) {
        let [left, right] = pair else { continue };
        at += left.text.len();
        count += usize::from(!left.text.chars().all(is_mark));
        for character in left.text.chars() {
            before += width_of(character);
            if OPENING.contains(character) {
                open += 1;
            } else if CLOSING.contains(character) {
                open -= 1;
            }
        }
        while let Some(span) = spans.next_if(|span| span.start < at) {
            whole_to = whole_to.max(span.end);
        }
        if at < whole_to || !may_part(left.text, right.text) {
            continue;
        }
        let behind = title.get(..at).unwrap_or_default();
        let issuer = names.iter().any(|name| !name.is_empty() && behind.ends_with(name.as_str()));
        let cost = cost(*left, *right, issuer) + if open > 0 { INSIDE } else { 0.0 };
        joints.push(Joint { at, width: before, words: count, cost });
    }
    joints
}

/// Every place between two characters: for a title that is one endless word.
pub(super) fn every_joint(title: &str) -> Vec<Joint> {
    let mut before = 0.0;
    let joint = |(index, (at, character)): (usize, (usize, char))| {
        let joint = Joint { at, width: before, words: 2 * index, cost: 0.0 };
        before += width_of(character);
        joint
    };
    title.char_indices().enumerate().map(joint).skip(1).collect()
}

/// What opens and closes what should not be parted, and what it costs to part it where no line could hold it whole.
const OPENING: &str = "（《“〔";
const CLOSING: &str = "）》”〕";
const INSIDE: f64 = 6.0;

/// Spans that stay whole: names and quoted titles that a line can hold.
fn whole_spans<'a>(title: &str, names: impl Iterator<Item = &'a str>) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    for name in names.filter(|name| !name.is_empty() && width(name) <= WIDEST) {
        spans.extend(title.match_indices(name).map(|(at, _)| at..at + name.len()));
    }
    for (open, close, longest) in [('《', '》', QUOTED), ('“', '”', 8.0), ('（', '）', 8.0), ('〔', '〕', WIDEST)]
    {
        let mut start = None;
        for (at, character) in title.char_indices() {
            if character == open {
                start.get_or_insert(at);
            } else if character == close
                && let Some(start) = start.take()
            {
                let end = at + close.len_utf8();
                if title.get(start..end).is_some_and(|words| width(words) <= longest) {
                    spans.push(start..end);
                }
            }
        }
    }
    spans
}

/// A quoted title stays whole up to this width; a longer one would drive 的通知 onto a line of its own.
const QUOTED: f64 = 16.0;
/// What never begins a line: what belongs to the word before it.
const NO_START: &str = "的地得之等和与及或并暨了着过者们、，。；：？！）》〉”’〕…—·％%℃年月日号";
/// What never ends a line: what belongs to the word behind it.
const NO_END: &str = "（《〈“‘〔第";
/// Words that lead on to the next one.
const LEADING: [&str; 23] = [
    "关于",
    "对",
    "在",
    "为",
    "向",
    "从",
    "以",
    "将",
    "把",
    "被",
    "由",
    "于",
    "和",
    "与",
    "及",
    "或",
    "并",
    "暨",
    "拟",
    "给予",
    "不",
    "进一步",
    "按",
];

/// Whether a line may end between two words.
fn may_part(left: &str, right: &str) -> bool {
    let (Some(end), Some(start)) = (left.chars().next_back(), right.chars().next()) else { return false };
    if NO_START.contains(start) || NO_END.contains(end) || LEADING.contains(&left) {
        return false;
    }
    let latin = |c: char| c.width() == Some(1);
    // A number keeps its unit, a code its parts.
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百千万亿两".contains(c);
    let counted = left.chars().all(number) && !"、，".contains(end) && right.chars().count() == 1;
    let unit = matches!(right, "年度" | "万元" | "亿元" | "批次" | "人次" | "周年");
    !(latin(end) && latin(start) || counted || (number(end) && unit))
}

/// What it costs to part two words.
fn cost(left: Word<'_>, right: Word<'_>, issuer: bool) -> f64 {
    let (Word { text: left, tag: left_tag }, Word { text: right, tag: right_tag }) = (left, right);
    let noun = |tag: &str| tag.starts_with('n') || tag == "vn" || tag == "j" || tag == "l";
    if issuer && right == "关于" {
        return -8.0;
    }
    if right == "关于" {
        return -5.0;
    }
    if left.ends_with(['、', '，', '》', '）']) {
        return -1.0;
    }
    if right.starts_with(['（', '“']) || left.ends_with('”') {
        return 1.0;
    }
    if matches!(left, "的" | "等") {
        return -0.5;
    }
    // A word of one character mostly belongs to one of its neighbours.
    let lone = |word: &str| word.chars().count() == 1;
    let clings = if lone(right) { 3.0 } else { 0.0 } + if lone(left) { 3.0 } else { 0.0 };
    let verb = right_tag.starts_with('v') && right_tag != "vn";
    clings
        + match (noun(left_tag), noun(right_tag)) {
            (true, true) => 2.5,
            (true, false) if verb => 1.5,
            (false, _) if verb => 0.5,
            // A verb and what it acts on, an adjective and its noun.
            _ if left_tag.starts_with(['v', 'a', 'm', 'd', 'q', 'b']) => 3.0,
            _ => 1.5,
        }
}

fn is_mark(character: char) -> bool {
    !character.is_alphanumeric()
}
