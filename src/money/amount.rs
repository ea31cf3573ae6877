//! 金额 — yuan as an exact figure: read as people write it (`5000万元`), printed as tables, texts and cheques want it.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Sub};
use std::str::FromStr;

use rust_decimal::Decimal;

use super::capitals;

/// An amount in yuan, never negative when it was read.
///
/// It is a whole number of 10⁻¹⁸ yuan: a share of a number of points of an amount in 分, each with six decimals, is still exact
/// in it, and so is every other formula of a rule; the sum of a million of the largest amounts that are read fits as well. What
/// would not fit stays at the largest amount there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(pub(super) i128);

/// How many decimals of a yuan an amount has.
const DECIMALS: u32 = 18;

/// A yuan.
pub(super) const YUAN: i128 = 10_i128.pow(DECIMALS);

/// A 分.
const CENT: i128 = YUAN / 100;

/// Why a text is no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// `5000`.
    #[error("“{0}”没有单位，应写作“{0}万元”或“{0}元”")]
    Unit(String),
    /// `5,000万元`.
    #[error("“{0}”里有千分位逗号，应写作“{1}”")]
    Comma(String, String),
    /// `伍仟万元`.
    #[error("“{0}”不是金额，数字用阿拉伯数字，如“5000万元”或“5000元”")]
    Digits(String),
    /// `-3万元`.
    #[error("“{0}”是负数，金额不能小于零")]
    Negative(String),
    /// More than two decimals of a yuan.
    #[error("“{0}”不到一分，金额最多精确到分")]
    Fine(String),
    /// 10^14 yuan and more.
    #[error("“{0}”太大，超过一百万亿元，请检查单位")]
    Large(String),
}

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The least amount that is told from nothing: 10⁻¹⁸ yuan.
    pub const LEAST: Self = Self(1);
    /// 一分.
    pub const CENT: Self = Self(CENT);

    /// So many yuan; what lies beyond the eighteenth decimal is dropped.
    pub fn yuan(amount: Decimal) -> Self {
        let (digits, scale) = (amount.mantissa(), amount.scale());
        Self(match scale.checked_sub(DECIMALS) {
            None => digits.saturating_mul(10_i128.pow(DECIMALS - scale)),
            Some(beyond) => digits / 10_i128.pow(beyond),
        })
    }

    /// Its yuan, for reading: all decimals, as far as 28 digits hold them.
    pub fn decimal(self) -> Decimal {
        let (mut digits, mut scale) = (self.0, DECIMALS);
        while scale > 0 && (digits % 10 == 0 || digits.abs() >= 1 << 96) {
            digits /= 10;
            scale -= 1;
        }
        Decimal::try_from_i128_with_scale(digits, scale).unwrap_or(Decimal::MAX)
    }

    /// Its full 分.
    pub const fn cents(self) -> i128 {
        self.0 / CENT
    }

    /// The least amount in full 分 that is no less.
    #[must_use]
    pub const fn up_to_cents(self) -> Self {
        Self(self.0.div_euclid(CENT) * CENT + if self.0 % CENT == 0 { 0 } else { CENT })
    }

    /// Whether it is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// What is left after taking another amount away, or nothing if that is larger.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        if self > other { self - other } else { Self::ZERO }
    }

    /// How many times another amount goes into it; never, if that is nothing.
    pub const fn full(self, size: Self) -> i128 {
        if size.is_zero() { 0 } else { self.0 / size.0 }
    }

    /// Its part for an amount of a total, cut to the 分; nothing of a total of nothing.
    #[must_use]
    pub fn share_of(self, amount: Self, total: Self) -> Self {
        let part = self.cents().checked_mul(amount.cents()).and_then(|product| product.checked_div(total.cents()));
        Self(part.unwrap_or_default() * CENT)
    }

    /// So many parts of a whole, cut to the 分; nothing of a whole of nothing.
    #[must_use]
    pub fn part(self, parts: u32, whole: u32) -> Self {
        let part = (self * i128::from(parts)).0.checked_div(i128::from(whole)).unwrap_or_default();
        Self(part / CENT * CENT)
    }

    /// The amount with two decimals, for data files: `5000000.00`.
    pub fn exact_text(self) -> String {
        format!("{:.2}", self.decimal())
    }

    /// The amount in yuan without needless decimals, as texts write it: `5000000`, `12.5`.
    pub fn yuan_text(self) -> String {
        self.decimal().to_string()
    }

    /// The amount in yuan as pages and lists write it, in groups of three digits: `5,000,000`, `-1,234.5`.
    pub fn grouped_text(self) -> String {
        let text = self.yuan_text();
        let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
        let (whole, part) =
            digits.split_once('.').map_or((digits, String::new()), |(whole, part)| (whole, format!(".{part}")));
        let mut grouped = String::from(sign);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        grouped + &part
    }

    /// The amount in 万元 without needless decimals: `500`, `0.00125`.
    pub fn wan_text(self) -> String {
        (self.decimal() / Decimal::from(10_000)).normalize().to_string()
    }

    /// As a cheque writes it: `人民币壹佰万元整`.
    pub fn capitals(self) -> String {
        capitals::capitals(self.cents())
    }
}

/// `5000万元`, `3.2亿元`, `12.5元`: as texts write an amount, in the largest unit in which it has at most two decimals.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let yuan = self.decimal();
        for (unit, name) in [(100_000_000, "亿元"), (10_000, "万元")] {
            let amount = (yuan / Decimal::from(unit)).normalize();
            if amount.abs() >= Decimal::ONE && amount.scale() <= 2 {
                return write!(f, "{amount}{name}");
            }
        }
        write!(f, "{yuan}元")
    }
}

impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let owned = || text.to_owned();
        let trimmed = text.trim();
        let body = trimmed.strip_suffix('元').ok_or_else(|| match trimmed.parse::<Decimal>() {
            Ok(_) => MoneyError::Unit(owned()),
            Err(_) => MoneyError::Digits(owned()),
        })?;
        let (digits, zeros) = match (body.strip_suffix('亿'), body.strip_suffix('万')) {
            (Some(digits), _) => (digits.trim_end(), 8),
            (_, Some(digits)) => (digits.trim_end(), 4),
            _ => (body.trim_end(), 0),
        };
        if digits.contains([',', '，']) {
            return Err(MoneyError::Comma(owned(), text.replace([',', '，'], "")));
        }
        if digits.starts_with(['-', '－', '−']) {
            return Err(MoneyError::Negative(owned()));
        }
        let number = plain_decimal(digits).ok_or_else(|| MoneyError::Digits(owned()))?;
        if number >= Decimal::from(100_000_000_000_000_u64) {
            return Err(MoneyError::Large(owned()));
        }
        let amount = number.checked_mul(Decimal::from(10_u64.pow(zeros))).ok_or_else(|| MoneyError::Large(owned()))?;
        if amount >= Decimal::from(100_000_000_000_000_u64) {
            return Err(MoneyError::Large(owned()));
        }
        if amount.normalize().scale() > 2 {
            return Err(MoneyError::Fine(owned()));
        }
        Ok(Self::yuan(amount))
    }
}

/// Digits with at most one point and nothing else: no sign, no exponent, no separators.
pub(super) fn plain_decimal(text: &str) -> Option<Decimal> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let point = text.find('.');
    let framed = point.is_none_or(|at| at > 0 && at + 1 < text.len());
    (plain && framed).then(|| Decimal::from_str_exact(text).ok()).flatten()
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Mul<i128> for Money {
    type Output = Self;
    fn mul(self, times: i128) -> Self {
        Self(self.0.saturating_mul(times))
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn an_amount_is_grouped_by_three_digits_before_the_point() {
        let text = |text: &str| Money::yuan(text.parse().unwrap()).grouped_text();
        for (amount, written) in [
            ("0", "0"),
            ("999", "999"),
            ("1000", "1,000"),
            ("-54860666", "-54,860,666"),
            ("1234.5", "1,234.5"),
            ("123456", "123,456"),
        ] {
            assert_eq!(text(amount), written);
        }
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        assert_eq!(money("5000万元").exact_text(), "50000000.00");
        assert_eq!(money("3.2亿元"), money("32000万元"));
        assert_eq!(money("0.01元").exact_text(), "0.01");
        assert_eq!(money("3.2亿元").to_string(), "3.2亿元");
        assert_eq!(money("12345.67万元").to_string(), "12345.67万元");
        assert_eq!(money("1234.5元").wan_text(), "0.12345");
        assert_eq!(Money::ZERO.to_string(), "0元");
    }

    #[test]
    fn what_is_no_amount_is_said_so() {
        let error = |text: &str| text.parse::<Money>().unwrap_err();
        assert!(matches!(error("5000"), MoneyError::Unit(_)));
        assert!(matches!(error("伍仟万"), MoneyError::Digits(_)));
        assert!(matches!(error("伍仟万元"), MoneyError::Digits(_)));
        assert_eq!(error("5,000万元").to_string(), "“5,000万元”里有千分位逗号，应写作“5000万元”");
        assert!(matches!(error("-3万元"), MoneyError::Negative(_)));
        assert!(matches!(error("1000000亿元"), MoneyError::Large(_)));
        assert!(matches!(error("99999999999999999999999999亿元"), MoneyError::Large(_)));
        assert!(matches!(error("0.001元"), MoneyError::Fine(_)));
        for text in ["1e3元", "1_000元", ".5万元", "5.万元", "元", "万元", "５万元"] {
            assert!(matches!(error(text), MoneyError::Digits(_)), "{text}");
        }
    }

    #[test]
    fn a_step_just_missed_is_not_counted() {
        assert_eq!(money("0.9元").full(money("0.3元")), 3);
        assert_eq!(money("0.89元").full(money("0.3元")), 2);
        // The quotient of the two, in 28 digits, rounds up to three.
        let third = Money::yuan(Decimal::from_str_exact("33333333333333.3333333333").unwrap());
        assert_eq!(money("99999999999999.99元").full(third), 2);
        assert_eq!(money("1元").full(Money::ZERO), 0);
    }
}
