//! 分数 — exact numbers: nothing is rounded before an award is, and growth is compared without dividing.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::money::Money;

/// A number as a fraction of two whole ones.
#[derive(Debug, Clone, Copy)]
pub struct Fraction {
    over: i128,
    /// Above nothing.
    under: i128,
}

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self { over: 0, under: 1 };
    /// One.
    pub const ONE: Self = Self { over: 1, under: 1 };

    /// A whole number.
    pub const fn whole(number: i128) -> Self {
        Self { over: number, under: 1 }
    }

    /// A decimal number, as it is.
    pub fn of_decimal(number: Decimal) -> Self {
        let number = number.normalize();
        Self { over: number.mantissa(), under: 10_i128.pow(number.scale()) }
    }

    /// An amount in yuan, as it is.
    pub fn of_money(amount: Money) -> Self {
        let cents = amount.cents();
        if amount == Money::CENT * cents {
            return Self { over: cents, under: 100 };
        }
        Self::of_decimal(amount.decimal())
    }

    /// So many yuan; `None` where that is below nothing or more than any amount.
    pub fn money(self) -> Option<Money> {
        const MOST: i128 = 10_i128.pow(19);
        const PARTS: i128 = 10_i128.pow(18);
        if self.over < 0 {
            return None;
        }
        if let Some(over) = self.over.checked_mul(PARTS) {
            let parts = over / self.under;
            return (parts <= MOST * PARTS).then(|| Money::LEAST * parts);
        }
        if self.over / self.under > MOST {
            return None;
        }
        // What is too large for that is divided digit by digit.
        let (mut digits, mut rest) = (self.over / self.under, self.over % self.under);
        for _ in 0..18 {
            rest = rest.checked_mul(10)?;
            digits = digits * 10 + rest / self.under;
            rest %= self.under;
        }
        Some(Money::LEAST * digits)
    }

    /// For reading: cut to four decimals.
    pub fn decimal(self) -> Decimal {
        let (mut digits, mut rest) = (self.over / self.under, self.over % self.under);
        for _ in 0..4 {
            let Some(more) = rest.checked_mul(10) else { break };
            digits = digits.saturating_mul(10).saturating_add(more / self.under);
            rest = more % self.under;
        }
        Decimal::try_from_i128_with_scale(digits, 4).unwrap_or(Decimal::MAX).normalize()
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.over == 0
    }

    /// Whether it is less than nothing.
    pub fn is_negative(self) -> bool {
        self.over < 0
    }

    /// The whole number of times that another one goes into it; `None` for none.
    pub fn full(self, size: Self) -> Option<Self> {
        let times = self.over_by(size)?;
        Some(Self::whole(times.over.div_euclid(times.under)))
    }

    fn least(self) -> Self {
        let (mut a, mut b) = (self.over.unsigned_abs(), self.under.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let by = i128::try_from(a.max(1)).unwrap_or(1);
        Self { over: self.over / by, under: self.under / by }
    }

    /// The sum; `None` where no whole numbers hold it.
    pub fn plus(self, other: Self) -> Option<Self> {
        if self.under == other.under {
            return Some(Self { over: self.over.checked_add(other.over)?, under: self.under });
        }
        let sum = |a: Self, b: Self| {
            let over = a.over.checked_mul(b.under)?.checked_add(b.over.checked_mul(a.under)?)?;
            Some(Self { over, under: a.under.checked_mul(b.under)? })
        };
        sum(self, other).or_else(|| sum(self.least(), other.least()))
    }

    /// The difference, likewise.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { over: other.over.checked_neg()?, under: other.under })
    }

    /// The product, likewise.
    pub fn times(self, other: Self) -> Option<Self> {
        let product =
            |a: Self, b: Self| Some(Self { over: a.over.checked_mul(b.over)?, under: a.under.checked_mul(b.under)? });
        product(self, other).or_else(|| {
            // What one divides of the other is taken out first.
            let a = Self { over: self.over, under: other.under }.least();
            let b = Self { over: other.over, under: self.under }.least();
            product(Self { over: a.over, under: b.under }, Self { over: b.over, under: a.under })
        })
    }

    /// Divided by another number; `None` by nothing.
    pub fn over_by(self, other: Self) -> Option<Self> {
        match other.over.signum() {
            0 => None,
            1 => self.times(Self { over: other.under, under: other.over }),
            _ => self.times(Self { over: -other.under, under: other.over.checked_neg()? }),
        }
    }

    /// A power, likewise.
    pub fn power(self, times: u32) -> Option<Self> {
        (0..times).try_fold(Self::ONE, |product, _| product.times(self))
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    /// By whole parts, then by the parts that are left, upside down: no product, so that nothing is too large.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut a, mut b) = ((self.over, self.under), (other.over, other.under));
        if a.1 == b.1 {
            return a.0.cmp(&b.0);
        }
        let mut turned = false;
        loop {
            let order = a.0.div_euclid(a.1).cmp(&b.0.div_euclid(b.1));
            let (rest_a, rest_b) = (a.0.rem_euclid(a.1), b.0.rem_euclid(b.1));
            let order = match (order, rest_a, rest_b) {
                (Ordering::Equal, 0, 0) => return Ordering::Equal,
                (Ordering::Equal, 0, _) => Ordering::Less,
                (Ordering::Equal, _, 0) => Ordering::Greater,
                (order, ..) => order,
            };
            if order != Ordering::Equal {
                return if turned { order.reverse() } else { order };
            }
            (a, b, turned) = ((a.1, rest_a), (b.1, rest_b), !turned);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn small() -> impl Strategy<Value = Fraction> {
        (-1_000_000_i128..1_000_000, 1_i128..1_000_000).prop_map(|(over, under)| Fraction { over, under })
    }

    proptest! {
        #[test]
        fn order_is_that_of_products(a in small(), b in small()) {
            prop_assert_eq!(a.cmp(&b), (a.over * b.under).cmp(&(b.over * a.under)));
        }

        #[test]
        fn what_is_added_and_multiplied_can_be_taken_back(a in small(), b in small()) {
            prop_assert_eq!(a.plus(b).unwrap().minus(b).unwrap(), a);
            prop_assert!(b.is_zero() || a.times(b).unwrap().over_by(b).unwrap() == a);
        }
    }

    #[test]
    fn large_amounts_stay_exact() {
        let most: Money = "99999999999999.99元".parse().unwrap();
        let fraction = Fraction::of_money(most);
        assert_eq!(fraction.money(), Some(most));
        let square = fraction.times(fraction).unwrap();
        assert_eq!(square.over_by(fraction).unwrap().money(), Some(most));
        assert!(fraction.over_by(Fraction::ZERO).is_none());
        assert!(fraction.power(3).is_none());
        assert_eq!(Fraction::whole(1).over_by(Fraction::whole(3)).unwrap().decimal().to_string(), "0.3333");
        assert_eq!(Fraction::whole(7).full(Fraction::whole(2)), Some(Fraction::whole(3)));
    }
}
