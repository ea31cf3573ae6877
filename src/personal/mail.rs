//! 个人邮箱 — an address that is a person's own number (QQ, mobile), or one that is called a person's own. The address of an office may be published.

use std::ops::Range;

/// Words before an address that say whose it is.
const OWN: [&str; 4] = ["个人", "本人", "私人", "家庭"];

/// The personal addresses in a text.
pub(super) fn mails(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices('@').filter_map(|(at, _)| {
        let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
        let before = text.get(..at)?;
        let name = before.get(before.trim_end_matches(part).len()..)?;
        let after = text.get(at + 1..)?;
        let host = after.get(..after.find(|c| !part(c)).unwrap_or(after.len()))?.trim_end_matches('.');
        let start = at - name.len();
        let number = name.len() >= 5 && name.bytes().all(|byte| byte.is_ascii_digit());
        let called = text.get(..start)?.char_indices().rev().nth(11).map_or(0, |(at, _)| at);
        let own = OWN.iter().any(|word| text.get(called..start).is_some_and(|words| words.contains(word)));
        (!name.is_empty() && host.contains('.') && (number || own)).then(|| start..at + 1 + host.len())
    })
}
