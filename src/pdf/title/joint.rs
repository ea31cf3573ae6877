//! 可断处 — the places of a title where a line may end (7.3.1).

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::parting::Parting;
use super::whole::Whole;
use super::width::{WIDEST, width, width_of};
use super::word::Word;

/// A place where a line may end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Joint {
    /// Bytes before it.
    pub(super) at: usize,
    /// Width before it, in characters.
    pub(super) width: f64,
    /// Words before it.
    pub(super) words: usize,
    /// What it costs to end a line here.
    pub(super) cost: f64,
    /// What it costs that no line ends here.
    missed: f64,
    /// The sum of `missed` of the joints before it.
    passed: f64,
    /// How many names of issuers end before it, if one ends here.
    pub(super) names: usize,
}

impl Joint {
    /// Where the title begins.
    pub(super) const START: Self = Self { at: 0, width: 0.0, words: 0, cost: 0.0, missed: 0.0, passed: 0.0, names: 0 };

    /// What it costs that no line ends between this place and a later one.
    pub(super) fn missed_until(&self, later: &Self) -> f64 {
        later.passed - self.passed - self.missed
    }
}

/// The places between words, each with its cost, and the end of the title. Places where no line may end are left out; where a line
/// cannot do without, in a word that is wider than it, there is one between any two characters.
pub(super) fn joints(title: &str, words: &[Word<'_>], names: &[Range<usize>], wholes: &[Whole]) -> (Vec<Joint>, Joint) {
    let kept = kept(title, wholes);
    let wide = chunks(title, words, wholes);
    let mut ends: Vec<usize> = names.iter().map(|name| name.end).collect();
    ends.sort_unstable();
    let mut joints = Vec::new();
    let mut here = Joint::START;
    let mut wished = false;
    for (index, right) in words.iter().enumerate() {
        if let Some(left) = index.checked_sub(1).and_then(|left| words.get(left))
            && may_part(left, right)
        {
            let issuers = ends.partition_point(|end| *end <= right.at);
            let behind = !wished && ends.binary_search(&left.end()).is_ok();
            here.at = right.at;
            here.missed = if behind { wish(right, here.width, issuers) } else { 0.0 };
            wished |= behind && right.is(&["关于"]);
            here.names = if behind || left.is(&["、"]) || left.is_space() { issuers } else { 0 };
            let chunk = wide.get(right.at).copied().unwrap_or_default();
            here.cost =
                Parting { words, index, left, right, chunk, behind }.cost() + kept.get(right.at).unwrap_or(&0.0);
            joints.push(here);
            here.passed += here.missed;
        }
        here.width += width(right.text);
        here.words += usize::from(!right.is_mark());
    }
    let end = Joint { at: title.len(), cost: 0.0, missed: 0.0, names: 0, ..here };
    (within_words(title, joints, end), end)
}

/// How much a title wishes that a line ends behind its issuers, who are this wide: 国务院 alone would be too short a line.
fn wish(right: &Word<'_>, wide: f64, issuers: usize) -> f64 {
    let wish = if issuers > 1 { 12.0 } else { ((wide - 4.0) * 2.0).clamp(0.0, 9.0) };
    match right.text {
        "关于" => wish,
        "印发" | "转发" | "批转" | "公布" => wish / 2.0,
        _ => 0.0,
    }
}

/// For each byte of the title what it costs to part what stays together around it.
fn kept(title: &str, wholes: &[Whole]) -> Vec<f64> {
    let mut steps = vec![0.0; title.len() + 2];
    for Whole { span, cost } in wholes {
        if let Some(step) = steps.get_mut(span.start + 1) {
            *step += cost;
        }
        if let Some(step) = steps.get_mut(span.end) {
            *step -= cost;
        }
    }
    let mut sum = 0.0;
    for step in &mut steps {
        sum += *step;
        *step = sum;
    }
    steps
}

/// For each byte how wide the longest is of what stays together and ends there, and of what starts there.
fn chunks(title: &str, words: &[Word<'_>], wholes: &[Whole]) -> Vec<(f64, f64)> {
    let mut chunks = vec![(0.0_f64, 0.0_f64); title.len() + 1];
    let words = words.iter().map(|word| word.at..word.end());
    for span in wholes.iter().map(|whole| whole.span.clone()).chain(words) {
        let wide = title.get(span.clone()).map_or(0.0, width);
        if let Some((ending, _)) = chunks.get_mut(span.end) {
            *ending = ending.max(wide);
        }
        if let Some((_, starting)) = chunks.get_mut(span.start) {
            *starting = starting.max(wide);
        }
    }
    chunks
}

/// What it costs to cut a word.
const CUT: f64 = 100.0;

/// The joints, and between those that are further apart than a line is wide every place between two characters.
fn within_words(title: &str, joints: Vec<Joint>, end: Joint) -> Vec<Joint> {
    let mut all = Vec::with_capacity(joints.len());
    let mut last = Joint::START;
    for joint in joints.into_iter().chain([end]) {
        if joint.width - last.width > WIDEST {
            let mut here = Joint { cost: CUT, missed: 0.0, passed: joint.passed, names: 0, ..last };
            for character in title.get(last.at..joint.at).unwrap_or_default().chars() {
                here.at += character.len_utf8();
                here.width += width_of(character);
                all.push(here);
            }
            all.pop();
        }
        if joint.at < end.at {
            all.push(joint);
        }
        last = joint;
    }
    all
}

/// Marks that never begin a line.
const CLOSING: &str = "、，。；：？！）》〉”’〕…—·％%℃).,;:!?-+/>×";
/// Marks that never end one.
const OPENING: &str = "（《〈“‘〔(<—-·+/";
/// Words that never begin a line: they belong to the one before.
const TRAILING: &[&str] = &[
    "的", "地", "得", "之", "等", "和", "与", "及", "或", "并", "以及", "了", "着", "过", "者", "们", "年", "月", "日",
    "号", "化", "性", "版", "级", "类", "区", "县", "市", "省",
];
/// Words that never end one: they belong to the one behind.
const LEADING: &[&str] = &[
    "关于", "对", "在", "为", "向", "从", "以", "将", "把", "被", "由", "于", "拟", "不", "按", "第", "并", "暨", "涉",
    "所", "最", "各", "可", "非", "因", "致",
];
/// Units of two characters and more; any single character counts what a number before it says.
const UNITS: &[&str] =
    &["年度", "万元", "亿元", "批次", "人次", "周年", "部门", "单位", "公里", "平方公里", "公顷", "年版"];

/// Whether a line may end between two words.
fn may_part(left: &Word<'_>, right: &Word<'_>) -> bool {
    let (Some(end), Some(start)) = (left.text.chars().next_back(), right.text.chars().next()) else { return false };
    let latin = |c: char| c.width() == Some(1) && !c.is_whitespace();
    let counted = left.is_number() && (right.is_lone() || right.is(UNITS) || right.is_number());
    !(CLOSING.contains(start)
        || OPENING.contains(end)
        || right.is(TRAILING)
        || left.is(LEADING)
        || right.is_space()
        || latin(end) && latin(start)
        || counted)
}
