//! 强调 — which asterisks pair up. CommonMark asks for a space or a mark on one side of them, which Chinese does not have:
//! `**重要：**内容` would stay as it is. Here full-width characters count as letters (the rule of the CJK-friendly extension).

use super::token::{Style, Token};

/// A run of asterisks, and how many of it are still unused.
struct Run {
    at: usize,
    length: usize,
    left: usize,
    opens: bool,
    closes: bool,
    /// Whether it is no mark at all, and stays what it is.
    sign: bool,
}

/// Replaces the asterisks that pair up by marks where a style begins and ends; the others become characters.
pub(super) fn pair(tokens: Vec<Token>) -> Vec<Token> {
    let mut runs = runs(&tokens);
    let mut begins: Vec<Vec<Style>> = runs.iter().map(|_| Vec::new()).collect();
    let mut ends: Vec<Vec<Style>> = runs.iter().map(|_| Vec::new()).collect();
    let mut openers: Vec<usize> = Vec::new();
    for closer in 0..runs.len() {
        while let Some((style, opener)) = partner(&runs, closer, &openers) {
            let used = style.asterisks();
            for at in [opener, closer] {
                if let Some(run) = runs.get_mut(at) {
                    run.left -= used;
                }
            }
            if let (Some(begin), Some(end)) = (begins.get_mut(opener), ends.get_mut(closer)) {
                begin.push(style);
                end.push(style);
            }
            // What was opened after the opener can no longer be closed from outside.
            openers.retain(|at| *at < opener || (*at == opener && runs.get(*at).is_some_and(|run| run.left > 0)));
        }
        if runs.get(closer).is_some_and(|run| run.opens && run.left > 0) {
            openers.push(closer);
        }
    }
    replace(tokens, &runs, begins, ends)
}

/// The opener for a closing run, if it has one.
fn partner(runs: &[Run], closer: usize, openers: &[usize]) -> Option<(Style, usize)> {
    let close = runs.get(closer).filter(|run| run.closes && run.left > 0)?;
    openers.iter().rev().find_map(|&at| {
        let open = runs.get(at)?;
        // CommonMark's rule of three: a run that can do both must not make a pair of an odd sort.
        let odd = (open.closes || close.opens)
            && (open.length + close.length).is_multiple_of(3)
            && !(open.length.is_multiple_of(3) && close.length.is_multiple_of(3));
        let style = if open.left >= 2 && close.left >= 2 { Style::Strong } else { Style::Emphasis };
        (open.left > 0 && !odd).then_some((style, at))
    })
}

fn runs(tokens: &[Token]) -> Vec<Run> {
    let mut runs = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Token::Stars { count, .. } = token else { continue };
        let before = tokens.get(..at).unwrap_or_default().iter().rev().find_map(Token::last_char).unwrap_or(' ');
        let after = tokens.get(at + 1..).unwrap_or_default().iter().find_map(Token::first_char).unwrap_or(' ');
        // 600*400, 138****5678: a sign between numbers, or what covers a number.
        let sign = before.is_ascii_digit() && after.is_ascii_digit();
        runs.push(Run {
            at,
            length: *count,
            left: *count,
            opens: !sign && flanks(after, before),
            closes: !sign && flanks(before, after),
            sign,
        });
    }
    runs
}

/// Whether asterisks lean on `inner`, with `outer` on their other side.
fn flanks(inner: char, outer: char) -> bool {
    let mark = |c: char| !is_wide(c) && !c.is_alphanumeric() && !c.is_whitespace();
    !inner.is_whitespace() && (!mark(inner) || outer.is_whitespace() || mark(outer) || is_wide(outer))
}

/// Whether a character is written in a full square: Han characters and the marks of Chinese.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

fn replace(tokens: Vec<Token>, runs: &[Run], begins: Vec<Vec<Style>>, ends: Vec<Vec<Style>>) -> Vec<Token> {
    let mut marks = runs.iter().zip(begins.into_iter().zip(ends)).peekable();
    let mut out = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.into_iter().enumerate() {
        let (Token::Stars { range, .. }, Some(_)) = (&token, marks.peek().filter(|(run, _)| run.at == at)) else {
            out.push(token);
            continue;
        };
        let range = range.clone();
        let Some((run, (begin, end))) = marks.next() else { continue };
        out.extend(end.into_iter().map(Token::End));
        if run.sign {
            out.push(Token::Stars { count: run.left, range });
        } else if run.left > 0 {
            out.push(Token::Unpaired { count: run.left, range });
        }
        out.extend(begin.into_iter().rev().map(Token::Begin));
    }
    out
}
