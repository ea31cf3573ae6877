//! 单位 — what a number counts: 元, 人, 平方米, 元/人; shares, times and points are plain numbers.

use std::collections::BTreeMap;
use std::fmt;

use super::fraction::Fraction;

/// What a number counts, as powers of what cannot be counted in anything else; nothing for plain numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unit(BTreeMap<String, i8>);

/// Units that are so much of another one; of no other one where that is empty.
const PARTS: [(&str, i128, i128, &str); 11] = [
    ("%", 1, 100, ""),
    ("％", 1, 100, ""),
    ("‰", 1, 1000, ""),
    ("个百分点", 1, 100, ""),
    ("百分点", 1, 100, ""),
    ("成", 1, 10, ""),
    ("倍", 1, 1, ""),
    ("月", 1, 12, "年"),
    ("个月", 1, 12, "年"),
    ("天", 1, 1, "日"),
    ("周年", 1, 1, "年"),
];

impl Unit {
    /// The unit of a text, and how many of it the text means: `千瓦时`, `元/人`, `%`.
    pub fn read(text: &str) -> (Self, Fraction) {
        let (mut unit, mut factor) = (Self::default(), Fraction::ONE);
        for (index, part) in text.split('/').enumerate() {
            let known = PARTS.iter().find(|(name, ..)| *name == part);
            let (base, size) = known.map_or((part, Fraction::ONE), |(_, over, under, base)| {
                let size = Fraction::whole(*over).over_by(Fraction::whole(*under));
                (*base, size.unwrap_or(Fraction::ONE))
            });
            let turned = index > 0;
            factor = (if turned { factor.over_by(size) } else { factor.times(size) }).unwrap_or(factor);
            if !base.is_empty() {
                unit.put(base, if turned { -1 } else { 1 });
            }
        }
        (unit, factor)
    }

    /// A single unit.
    pub fn of(name: &str) -> Self {
        Self::read(name).0
    }

    /// Plain numbers, shares among them.
    pub fn is_plain(&self) -> bool {
        self.0.is_empty()
    }

    fn put(&mut self, base: &str, power: i8) {
        let now = self.0.entry(base.to_owned()).or_default();
        *now = now.saturating_add(power);
        self.0.retain(|_, power| *power != 0);
    }

    /// The unit of a product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        let mut unit = self.clone();
        other.0.iter().for_each(|(base, power)| unit.put(base, *power));
        unit
    }

    /// The unit of a quotient.
    #[must_use]
    pub fn over_by(&self, other: &Self) -> Self {
        let mut unit = self.clone();
        other.0.iter().for_each(|(base, power)| unit.put(base, -power));
        unit
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_plain() {
            return f.write_str("没有单位的数");
        }
        let side = |sign: i8| {
            let of_side = self.0.iter().filter(|(_, power)| power.signum() == sign);
            let names = of_side.flat_map(|(base, power)| (0..power.unsigned_abs()).map(move |_| base.as_str()));
            names.collect::<Vec<_>>().join("·")
        };
        match (side(1), side(-1)) {
            (over, under) if under.is_empty() => f.write_str(&over),
            (over, under) if over.is_empty() => write!(f, "1/{under}"),
            (over, under) => write!(f, "{over}/{under}"),
        }
    }
}
