//! 百分之几 — what a share and a number of points have in common: hundredths of an amount, each with six decimals.

use rust_decimal::Decimal;

use super::Money;

/// How many decimals of a per cent or a point there may be.
pub(super) const FINE: u32 = 6;

/// The digits of a number of per cent or points, with all the decimals that there may be; `None` where it has more of them.
pub(super) fn fine(number: Decimal) -> Option<i64> {
    let number = number.normalize();
    let zeros = FINE.checked_sub(number.scale())?;
    i64::try_from(number.mantissa().checked_mul(10_i128.pow(zeros))?).ok()
}

/// So many hundredths of an amount: exact for one of at most ten decimals, as amounts in 分 and points of them are.
pub(super) fn hundredths(base: Money, fine: i64) -> Money {
    const HUNDRED: i128 = 10_i128.pow(FINE + 2);
    Money((base.0 / HUNDRED).saturating_mul(i128::from(fine)))
}
