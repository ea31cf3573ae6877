//! 取整 — to which unit an award is rounded, and how: as the policy says.

use std::fmt;

use serde::Deserialize;

use super::Money;
use super::amount::YUAN;

/// To which unit, and how.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn rounding_is_the_policy_s() {
        let down = Rounding::default();
        assert_eq!(down.apply(money("99.99元")), money("99元"));
        let half = Rounding { unit: RoundingUnit::TenThousand, way: RoundingWay::HalfUp };
        assert_eq!(half.apply(money("1.5万元")), money("2万元"));
    }
}
