//! 金额 — yuan as exact decimals: read as people write them (`5000万元`), printed as tables, texts and cheques want them.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Sub};
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, de};

/// An amount in yuan, never negative when it was read.
///
/// It is a whole number of 10⁻¹⁸ yuan: a share of a number of points of an amount in 分, each with six decimals, is still exact
/// in it, and so is every other formula of a rule; the sum of a million of the largest amounts that are read fits as well. What
/// would not fit stays at the largest amount there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(i128);

/// How many decimals of a yuan an amount has.
const DECIMALS: u32 = 18;

/// A yuan.
const YUAN: i128 = 10_i128.pow(DECIMALS);

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

    /// The amount in 万元 without needless decimals: `500`, `0.00125`.
    pub fn wan_text(self) -> String {
        (self.decimal() / Decimal::from(10_000)).normalize().to_string()
    }

    /// As a cheque writes it: `人民币壹佰万元整`.
    pub fn capitals(self) -> String {
        capitals(self.cents())
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
fn plain_decimal(text: &str) -> Option<Decimal> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let point = text.find('.');
    let framed = point.is_none_or(|at| at > 0 && at + 1 < text.len());
    (plain && framed).then(|| Decimal::from_str_exact(text).ok()).flatten()
}

/// How many decimals of a per cent or a point there may be.
const FINE: u32 = 6;

/// The digits of a number of per cent or points, with all the decimals that there may be; `None` where it has more of them.
fn fine(number: Decimal) -> Option<i64> {
    let number = number.normalize();
    let zeros = FINE.checked_sub(number.scale())?;
    i64::try_from(number.mantissa().checked_mul(10_i128.pow(zeros))?).ok()
}

/// So many hundredths of an amount: exact for one of at most ten decimals, as amounts in 分 and points of them are.
fn hundredths(base: Money, fine: i64) -> Money {
    const HUNDRED: i128 = 10_i128.pow(FINE + 2);
    Money((base.0 / HUNDRED).saturating_mul(i128::from(fine)))
}

/// 比例 — a share of an amount: `20%`. It is a whole number of millionths of a per cent.
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
        let percent = text
            .trim()
            .strip_suffix(['%', '％'])
            .and_then(plain_decimal)
            .ok_or_else(|| format!("“{text}”不是比例，应写作“20%”"))?;
        if percent > Decimal::ONE_HUNDRED {
            return Err(format!("比例“{text}”超过100%"));
        }
        fine(percent).map(Self).ok_or_else(|| format!("比例“{text}”的小数太长，最多六位"))
    }
}

/// 百分点 — the difference of two rates: `10个百分点`. It is a whole number of millionths of a point.
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

macro_rules! from_text {
    ($($kind:ty),*) => {
        $(impl<'de> Deserialize<'de> for $kind {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        })*
    };
}

from_text!(Money, Share, Points);

/// 取整 — to which unit an award is rounded, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rounding {
    /// The unit.
    #[serde(rename = "到")]
    pub unit: RoundingUnit,
    /// The way.
    #[serde(rename = "方式")]
    pub way: RoundingWay,
}

/// The unit that an award is rounded to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "the Chinese term beside each is its meaning")]
pub enum RoundingUnit {
    #[serde(rename = "元")]
    Yuan,
    #[serde(rename = "百元")]
    Hundred,
    #[serde(rename = "千元")]
    Thousand,
    #[serde(rename = "万元")]
    TenThousand,
}

/// What happens to the part below the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum RoundingWay {
    /// Dropped.
    #[serde(rename = "舍去")]
    Down,
    /// Half and more count as one.
    #[serde(rename = "四舍五入")]
    HalfUp,
}

impl Default for Rounding {
    fn default() -> Self {
        Self { unit: RoundingUnit::Yuan, way: RoundingWay::Down }
    }
}

impl Rounding {
    /// The amount rounded.
    pub fn apply(self, amount: Money) -> Money {
        let unit = match self.unit {
            RoundingUnit::Yuan => YUAN,
            RoundingUnit::Hundred => 100 * YUAN,
            RoundingUnit::Thousand => 1000 * YUAN,
            RoundingUnit::TenThousand => 10_000 * YUAN,
        };
        let raised = match self.way {
            RoundingWay::Down => amount,
            RoundingWay::HalfUp => amount + Money(unit / 2),
        };
        Money(raised.0 / unit * unit)
    }
}

impl fmt::Display for Rounding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            RoundingUnit::Yuan => "元",
            RoundingUnit::Hundred => "百元",
            RoundingUnit::Thousand => "千元",
            RoundingUnit::TenThousand => "万元",
        };
        match self.way {
            RoundingWay::Down => write!(f, "不足1{unit}的部分舍去"),
            RoundingWay::HalfUp => write!(f, "四舍五入到{unit}"),
        }
    }
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

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// 大写金额 as 《票据法》 practice writes it: 零 stands for any run of zeros between digits, 整 ends an amount without 分.
fn capitals(cents: i128) -> String {
    let cents = cents.unsigned_abs().to_string();
    let digits: Vec<usize> = cents.bytes().map(|b| usize::from(b.wrapping_sub(b'0')).min(9)).collect();
    let split = digits.len().saturating_sub(2);
    let (whole, cents) = digits.split_at(split);
    let whole = whole_part(whole);
    let (jiao, fen) = match cents {
        [jiao, fen] => (*jiao, *fen),
        [fen] => (0, *fen),
        _ => (0, 0),
    };
    let mut out = String::from("人民币");
    if !whole.is_empty() {
        out.push_str(&whole);
        out.push('元');
    }
    match (jiao, fen) {
        (0, 0) if whole.is_empty() => out.push_str("零元整"),
        (0, 0) => out.push('整'),
        (0, fen) => {
            if !whole.is_empty() {
                out.push('零');
            }
            out.push(digit(fen));
            out.push('分');
        }
        (jiao, 0) => out.extend([digit(jiao), '角', '整']),
        (jiao, fen) => out.extend([digit(jiao), '角', digit(fen), '分']),
    }
    out
}

fn digit(value: usize) -> char {
    DIGITS.get(value).copied().unwrap_or('零')
}

fn whole_part(digits: &[usize]) -> String {
    let mut out = String::new();
    let mut zero = false;
    for (index, &value) in digits.iter().enumerate() {
        let power = digits.len() - 1 - index;
        if value == 0 {
            zero = true;
        } else {
            if zero && !out.is_empty() {
                out.push('零');
            }
            zero = false;
            out.push(digit(value));
            out.push_str(["", "拾", "佰", "仟"].get(power % 4).copied().unwrap_or_default());
        }
        if power.is_multiple_of(4) {
            let group = digits.get(index.saturating_sub(3)..=index).unwrap_or_default();
            if power == 4 && group.iter().any(|value| *value != 0) || power == 12 {
                out.push('万');
            } else if power == 8 && !out.is_empty() {
                out.push('亿');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        text.parse().unwrap()
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
    fn shares_and_points() {
        assert_eq!("20%".parse::<Share>().unwrap().of(money("3000万元")), money("600万元"));
        assert_eq!("10个百分点".parse::<Points>().unwrap().to_string(), "10个百分点");
        assert!("200%".parse::<Share>().unwrap_err().contains("超过100%"));
        assert!("12.12345678901234567890%".parse::<Share>().is_err());
        assert!("20".parse::<Share>().is_err());
        assert!("10%".parse::<Points>().is_err());
    }

    #[test]
    fn capitals_as_on_a_cheque() {
        for (text, want) in [
            ("0元", "人民币零元整"),
            ("100万元", "人民币壹佰万元整"),
            ("100500元", "人民币壹拾万零伍佰元整"),
            ("10元", "人民币壹拾元整"),
            ("1005元", "人民币壹仟零伍元整"),
            ("1234.56元", "人民币壹仟贰佰叁拾肆元伍角陆分"),
            ("1234.5元", "人民币壹仟贰佰叁拾肆元伍角整"),
            ("1234.06元", "人民币壹仟贰佰叁拾肆元零陆分"),
            ("0.05元", "人民币伍分"),
            ("0.5元", "人民币伍角整"),
            ("1亿元", "人民币壹亿元整"),
            ("100000100元", "人民币壹亿零壹佰元整"),
            ("100010000元", "人民币壹亿零壹万元整"),
            ("120030元", "人民币壹拾贰万零叁拾元整"),
            ("10亿元", "人民币壹拾亿元整"),
            ("9999亿元", "人民币玖仟玖佰玖拾玖亿元整"),
            ("10000亿元", "人民币壹万亿元整"),
            ("10001亿元", "人民币壹万零壹亿元整"),
        ] {
            assert_eq!(money(text).capitals(), want, "{text}");
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

    #[test]
    fn formulas_are_exact_to_the_last_decimal() {
        let points: Points = "33.333333个百分点".parse().unwrap();
        let share: Share = "12.345678%".parse().unwrap();
        let amount = share.of(points.of(money("99999999999999.99元")));
        assert_eq!(amount.0, 9_999_999_999_999_999 * 33_333_333 * 12_345_678);
        assert_eq!(amount.cents(), amount.0 / CENT);
        // What does not fit stays at the most there is.
        assert_eq!(amount * i128::MAX, Money(i128::MAX));
    }

    #[test]
    fn rounding_is_the_policy_s() {
        let down = Rounding::default();
        assert_eq!(down.apply(money("99.99元")), money("99元"));
        let half = Rounding { unit: RoundingUnit::TenThousand, way: RoundingWay::HalfUp };
        assert_eq!(half.apply(money("1.5万元")), money("2万元"));
    }
}
