//! 银行账号 — a card by the check digit of ISO/IEC 7812, or any long number that is called an account.

use super::SHORTEST;
use super::digits::{Group, joined, lengths};
use crate::credit_code::is_credit_code;

pub(super) fn is_account(groups: &[Group], before: &str) -> bool {
    let (digits, lengths) = (joined(groups), lengths(groups));
    let whole = lengths.len() == 1;
    let fours = lengths.split_last().is_some_and(|(last, rest)| rest.iter().all(|length| *length == 4) && *last <= 4);
    let card = (16..=19).contains(&digits.len())
        && digits.starts_with(['3', '4', '5', '6'])
        && luhn(&digits)
        && !is_credit_code(&digits);
    let named = ["账号", "帐号", "卡号", "账户", "帐户"].iter().any(|word| tail(before, 8).contains(word));
    // What is called an account is one, however it is set.
    ((whole || fours) && card) || (named && digits.len() >= SHORTEST)
}

/// The last so many characters of a text.
fn tail(text: &str, count: usize) -> &str {
    text.char_indices().rev().nth(count.saturating_sub(1)).map_or(text, |(at, _)| text.get(at..).unwrap_or(text))
}

/// ISO/IEC 7812-1, annex B.
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let digit = u32::from(byte.wrapping_sub(b'0'));
            let doubled = if at % 2 == 1 { digit * 2 } else { digit };
            doubled / 10 + doubled % 10
        })
        .sum();
    sum.is_multiple_of(10)
}
