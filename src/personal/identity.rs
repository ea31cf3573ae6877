//! 身份证号码 — eighteen characters with the check character of GB 11643—1999, or the old fifteen digits.

use std::ops::Range;

use super::digits::{Group, joined, lengths};
use crate::calendar::Day;
use crate::credit_code::is_credit_code;

pub(super) fn is_identity(groups: &[Group]) -> bool {
    let (digits, lengths) = (joined(groups), lengths(groups));
    // Eighteen digits prove themselves by their check character, however they are set; fifteen have none.
    identity(&digits) || (matches!(lengths.as_slice(), [15] | [6, 6, 3]) && old_identity(&digits))
}

/// A division, a day of birth, a serial number, a check character by ISO 7064, MOD 11-2.
fn identity(digits: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    if digits.len() != 18 || !birth(digits.get(6..14).unwrap_or("")) {
        return false;
    }
    let sum: u32 =
        digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight).sum();
    let right = CHECKS.get((sum % 11) as usize) == digits.as_bytes().last();
    // Codes of organisations begin with 1, 5 or 9 and may chance to pass; their own check tells them apart.
    right && (division(digits) || digits.starts_with('9')) && !is_credit_code(digits)
}

fn old_identity(digits: &str) -> bool {
    digits.len() == 15 && division(digits) && birth(&format!("19{}", digits.get(6..12).unwrap_or("")))
}

/// The two digits of a province, as GB/T 2260 has them.
fn division(digits: &str) -> bool {
    digits
        .get(..2)
        .and_then(|code| code.parse::<u8>().ok())
        .is_some_and(|code| matches!(code, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83))
}

fn birth(digits: &str) -> bool {
    let part = |range: Range<usize>| digits.get(range).and_then(|digits| digits.parse::<i16>().ok());
    let (Some(year), Some(month), Some(day)) = (part(0..4), part(4..6), part(6..8)) else { return false };
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else { return false };
    (1900..2100).contains(&year) && Day::new(year, month, day).is_some()
}
