//! 数字串 — runs of digits as people set them: whole, or in groups that blanks, hyphens, dashes or dots separate.

use std::ops::Range;

/// A run of digits: where it stands, and the digits, half-width, with a last `X` if there is one.
pub(super) struct Group {
    pub(super) range: Range<usize>,
    pub(super) digits: String,
}

/// The digits of several groups, one after another.
pub(super) fn joined(groups: &[Group]) -> String {
    groups.iter().map(|group| group.digits.as_str()).collect()
}

/// How many digits each group has.
pub(super) fn lengths(groups: &[Group]) -> Vec<usize> {
    groups.iter().map(|group| group.digits.len()).collect()
}

/// Full-width digits and letters as half-width ones.
pub(super) fn half(c: char) -> char {
    match u32::from(c) {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// What people put between groups of one number, no more than two of them in a row.
fn separates(c: char) -> bool {
    matches!(half(c), ' ' | '-' | '.' | '_' | '\u{a0}' | '\u{3000}' | '—' | '–' | '‑' | '·' | '•')
}

/// How many separators may stand in a row.
const MOST_BETWEEN: usize = 2;

/// Runs of digits with nothing but separators between their groups.
pub(super) fn runs(text: &str) -> Vec<Vec<Group>> {
    // Full-width digits begin with the byte EF.
    if !text.bytes().any(|byte| byte.is_ascii_digit() || byte == 0xEF) {
        return Vec::new();
    }
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let digit = |at: usize| chars.get(at).map(|(_, c)| half(*c)).filter(char::is_ascii_digit);
    let end = |at: usize| chars.get(at).map_or(text.len(), |(byte, _)| *byte);
    let mut runs: Vec<Vec<Group>> = Vec::new();
    let (mut at, mut behind) = (0, 0);
    while at < chars.len() {
        if digit(at).is_none() {
            at += 1;
            continue;
        }
        let start = at;
        let mut digits = String::new();
        while let Some(c) = digit(at) {
            digits.push(c);
            at += 1;
        }
        let joined = chars
            .get(behind..start)
            .is_some_and(|between| between.len() <= MOST_BETWEEN && between.iter().all(|(_, c)| separates(*c)));
        let before = runs.last().filter(|_| joined).map_or(0, |run| run.iter().map(|group| group.digits.len()).sum());
        // The check character of an identity number, right behind its digits or set apart from them.
        if before + digits.len() == 17 {
            let gap = usize::from(chars.get(at).is_some_and(|(_, c)| separates(*c)));
            if chars.get(at + gap).is_some_and(|(_, c)| matches!(half(*c), 'X' | 'x')) {
                digits.push('X');
                at += gap + 1;
            }
        }
        let group = Group { range: end(start)..end(at), digits };
        match runs.last_mut() {
            Some(run) if joined => run.push(group),
            _ => runs.push(vec![group]),
        }
        behind = at;
    }
    runs
}
