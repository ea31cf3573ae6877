//! 手机号码 — eleven digits from 13 to 19, with or without the code of the country.

use super::digits::{Group, half, joined, lengths};

pub(super) fn is_mobile(groups: &[Group], after: &str) -> bool {
    let (digits, lengths) = (joined(groups), lengths(groups));
    let local = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86")).filter(|rest| rest.len() == 11);
    // Three numbers in a row may have eleven digits too: only groups in which people set a telephone number.
    let set = |lengths: &[usize]| matches!(lengths, [11] | [3, 8] | [7, 4] | [3, 4, 4]);
    let set_as_one = lengths.len() == 1 || set(&lengths) || (local.is_some() && lengths.get(1..).is_some_and(set));
    mobile(local.unwrap_or(&digits)) && set_as_one && !amount(after)
}

/// Whether what follows a number makes it a figure: `13812345678.00`, `13812345678元`.
fn amount(after: &str) -> bool {
    let mut chars = after.chars().map(half);
    match chars.next() {
        Some('.') => chars.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => matches!(c, '元' | '万' | '亿' | '千' | '百' | '吨' | '件' | '个' | '台' | '套' | '%'),
        None => false,
    }
}

fn mobile(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    bytes.len() == 11 && bytes.first() == Some(&b'1') && bytes.get(1).is_some_and(|digit| (b'3'..=b'9').contains(digit))
}
