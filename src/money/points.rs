//! 百分点 — the difference of two rates: `10个百分点`.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::Money;
use super::amount::plain_decimal;
use super::hundredths::{FINE, fine, hundredths};

/// A number of points. It is a whole number of millionths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(i64);

impl Points {
    /// So many hundredths of an amount.
    pub fn of(self, base: Money) -> Money {
        hundredths(base, self.0)
    }

    /// How many points.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.0, FINE).normalize()
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}个百分点", self.decimal())
    }
}

impl FromStr for Points {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = text.trim().strip_suffix("百分点").map(|rest| rest.trim_end_matches('个')).and_then(plain_decimal);
        let points = number.filter(|number| !number.is_zero() && *number <= Decimal::from(10_000)).and_then(fine);
        points.map(Self).ok_or_else(|| format!("“{text}”不是百分点，应写作“10个百分点”"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Share;

    #[test]
    fn points_are_no_per_cent() {
        assert_eq!("10个百分点".parse::<Points>().unwrap().to_string(), "10个百分点");
        assert!("10%".parse::<Points>().is_err());
    }

    #[test]
    fn formulas_are_exact_to_the_last_decimal() {
        let points: Points = "33.333333个百分点".parse().unwrap();
        let share: Share = "12.345678%".parse().unwrap();
        let amount = share.of(points.of("99999999999999.99元".parse().unwrap()));
        assert_eq!(amount.0, 9_999_999_999_999_999 * 33_333_333 * 12_345_678);
        assert_eq!(amount.cents(), amount.0 / 10_i128.pow(16));
        // What does not fit stays at the most there is.
        assert_eq!(amount * i128::MAX, Money(i128::MAX));
    }
}
