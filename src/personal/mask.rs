//! 脱敏 — personal information covered, so that the text can be shown.

use std::ops::Range;

use super::digits::half;
use super::home::COVERED;
use super::{PersonalKind, find};

/// The text with all personal information in it covered: `138****5678`, `410101********123X`, `6222********1234`, `（住址略）`.
#[must_use]
pub fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (kind, range) in find(text) {
        if range.start < done {
            continue;
        }
        out.push_str(text.get(done..range.start).unwrap_or(""));
        let whole = text.get(range.clone()).unwrap_or("");
        out.push_str(&covered(kind, whole));
        done = range.end;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    out
}

/// Words that are personal information, covered.
#[must_use]
pub fn covered(kind: PersonalKind, words: &str) -> String {
    let mut out = String::new();
    match kind {
        PersonalKind::Mobile => cover(&mut out, words, 3, 4),
        PersonalKind::Identity => cover(&mut out, words, 6, 4),
        PersonalKind::Account => cover(&mut out, words, 4, 4),
        PersonalKind::Mail => match words.split_once('@') {
            Some((_, host)) => out = format!("***@{host}"),
            None => out.push_str("***"),
        },
        PersonalKind::Home => out.push_str(COVERED),
    }
    out
}

/// The text with a `*` for every byte of personal information in it, and of the stretch `also`: all other bytes stay where they are.
#[must_use]
pub fn blot(text: &str, also: Option<Range<usize>>) -> String {
    let hidden: Vec<Range<usize>> = find(text).into_iter().map(|(_, range)| range).chain(also).collect();
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if hidden.iter().any(|range| range.contains(&at)) {
            out.extend(std::iter::repeat_n('*', c.len_utf8()));
        } else {
            out.push(c);
        }
    }
    out
}

/// A name with all but its first character covered: `张**`.
#[must_use]
pub fn mask_name(name: &str) -> String {
    name.chars().enumerate().map(|(at, c)| if at == 0 { c } else { '*' }).collect()
}

/// Covers all digits but the first `head` and the last `tail`.
fn cover(out: &mut String, text: &str, head: usize, tail: usize) {
    let counts = |c: char| half(c).is_ascii_alphanumeric();
    let all = text.chars().filter(|c| counts(*c)).count();
    let mut seen = 0;
    for c in text.chars() {
        if counts(c) {
            seen += 1;
            out.push(if seen > head && seen + tail <= all { '*' } else { c });
        } else {
            out.push(c);
        }
    }
}
