//! 数量 — a number with a unit other than 元: `1200人`, `3.5万平方米`, `12.5%`.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

/// A number with its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// The number, in the unit itself: 35000 of `3.5万平方米`.
    pub number: Decimal,
    /// The unit, as it is written.
    pub unit: String,
}

/// Words that are written behind a number and are no unit of a measure: amounts have their own type.
const NO_UNITS: [&str; 3] = ["元", "万元", "亿元"];

impl FromStr for Measure {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("“{text}”不是数量，应写作“1200人”“3.5万平方米”");
        let text = text.trim();
        let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').ok_or_else(bad)?;
        let (digits, rest) = text.split_at(digits);
        let (rest, zeros) = match (rest.strip_prefix('亿'), rest.strip_prefix('万')) {
            (Some(rest), _) => (rest, 8),
            (_, Some(rest)) => (rest, 4),
            _ => (rest, 0),
        };
        let unit = rest.trim();
        let letters = unit.chars().all(|c| c.is_alphabetic() || "%‰²³/·".contains(c));
        if unit.is_empty() || !letters || NO_UNITS.contains(&unit) || digits.starts_with('.') || digits.ends_with('.') {
            return Err(bad());
        }
        let number = Decimal::from_str_exact(digits).map_err(|_| bad())?;
        let number = number.checked_mul(Decimal::from(10_u64.pow(zeros))).ok_or_else(bad)?;
        Ok(Self { number: number.normalize(), unit: unit.to_owned() })
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.number, self.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_units() {
        let read = |text: &str| text.parse::<Measure>().map(|measure| measure.to_string()).unwrap_or_default();
        assert_eq!(
            ["1200人", "3.5万平方米", "12.50%", "0.3亿千瓦时"].map(read),
            ["1200人", "35000平方米", "12.5%", "30000000千瓦时"]
        );
        assert_eq!(["1200", "5万元", "元", "1.人", ".5人", "3万", "-3人", "1,200人", "1 2人"].map(read), [""; 9]);
    }
}
