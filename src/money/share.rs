//! 比例 — a share of an amount: `20%`, `3‰`, `3成`.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::Money;
use super::amount::plain_decimal;
use super::hundredths::{FINE, fine, hundredths};

/// A share of an amount. It is a whole number of millionths of a per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(i64);

impl Share {
    /// Its per cent: 20 for `20%`.
    pub fn in_percent(self) -> Decimal {
        Decimal::new(self.0, FINE).normalize()
    }

    /// This share of an amount.
    pub fn of(self, base: Money) -> Money {
        hundredths(base, self.0)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.in_percent())
    }
}

impl FromStr for Share {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // Of what a unit is, and how many of it are a per cent: 20%, 3‰, 3成.
        const UNITS: [(char, i64, i64); 4] = [('%', 1, 1), ('％', 1, 1), ('‰', 1, 10), ('成', 10, 1)];
        let trimmed = text.trim();
        let read = |(unit, times, parts): (char, i64, i64)| {
            let number = trimmed.strip_suffix(unit).and_then(plain_decimal)?;
            number.checked_mul(Decimal::from(times))?.checked_div(Decimal::from(parts))
        };
        let percent = UNITS.into_iter().find_map(read).ok_or_else(|| format!("“{text}”不是比例，应写作“20%”或“3‰”"))?;
        if percent > Decimal::ONE_HUNDRED {
            return Err(format!("比例“{text}”超过100%"));
        }
        fine(percent).map(Self).ok_or_else(|| format!("比例“{text}”的小数太长，最多六位"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_of_a_hundred_per_cent_at_most() {
        assert_eq!("20%".parse::<Share>().unwrap().of("3000万元".parse().unwrap()), "600万元".parse().unwrap());
        assert_eq!("3‰".parse::<Share>(), "0.3%".parse());
        assert_eq!("3成".parse::<Share>(), "30%".parse());
        assert!("200%".parse::<Share>().unwrap_err().contains("超过100%"));
        assert!("12.12345678901234567890%".parse::<Share>().is_err());
        assert!("20".parse::<Share>().is_err());
    }
}
