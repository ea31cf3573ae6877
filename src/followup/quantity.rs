//! 数值 — how much of something: a number and its unit as people write them, `372.08亿元`, `20.09亿克拉`, `17.1%`. Exact, never a float.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, de};

/// A number of some unit; 万 and 亿 are part of the number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// How many.
    pub number: Decimal,
    /// Of what: 元, 吨, 克拉, %, 家.
    pub unit: String,
    /// How it was written.
    written: String,
}

/// What 万 and 亿 stand for before a unit.
const SCALES: [(&str, i64); 2] = [("亿", 100_000_000), ("万", 10_000)];

/// A unit without 万 or 亿 before it, and what these stand for.
#[must_use]
pub fn scaled(unit: &str) -> (i64, &str) {
    let scale = SCALES.iter().find_map(|(name, scale)| Some((*scale, unit.strip_prefix(name)?)));
    scale.unwrap_or((1, unit))
}

impl Quantity {
    /// So many of a unit that may have 万 or 亿 before it; `None` where that is beyond all numbers.
    #[must_use]
    pub fn of(number: Decimal, unit: &str) -> Option<Self> {
        let (scale, base) = scaled(unit);
        let whole = number.checked_mul(Decimal::from(scale))?;
        Some(Self {
            number: whole.normalize(),
            unit: base.to_owned(),
            written: format!("{}{unit}", number.normalize()),
        })
    }

    /// The number in a unit of the same kind, at most two decimals; `None` where it is of another kind.
    #[must_use]
    pub fn in_unit(&self, unit: &str) -> Option<Decimal> {
        let (scale, base) = scaled(unit);
        (base == self.unit).then(|| (self.number / Decimal::from(scale)).normalize())
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl FromStr for Quantity {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = || format!("“{text}”不是数值，应写数字和单位，如“1000亿元”“613.24万吨”“17.1%”");
        let trimmed = text.trim();
        let end = trimmed.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-').ok_or_else(form)?;
        let (number, unit) = trimmed.split_at(end);
        let unit = unit.trim();
        if unit.is_empty() || unit.chars().any(|c| c.is_ascii_digit() || c.is_whitespace()) {
            return Err(form());
        }
        let number = Decimal::from_str_exact(number).map_err(|_| form())?;
        Self::of(number, unit).ok_or_else(form)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_a_number_of_a_unit() {
        let of = |text: &str| text.parse::<Quantity>().map(|one| (one.number.to_string(), one.unit, one.written));
        assert_eq!(of("372.08亿元").unwrap(), ("37208000000".into(), "元".into(), "372.08亿元".into()));
        assert_eq!(of("-1.50%").unwrap(), ("-1.5".into(), "%".into(), "-1.5%".into()));
        for text in ["", "亿元", "372.08", "1.2.3亿元", "3 4吨", "99999999999999999999999亿元"] {
            assert!(of(text).is_err(), "{text}");
        }
        let ton: Quantity = "613.24万吨".parse().unwrap();
        assert_eq!(ton.in_unit("吨"), Some(Decimal::from(6_132_400)));
        assert_eq!(ton.in_unit("亿元"), None);
    }
}
