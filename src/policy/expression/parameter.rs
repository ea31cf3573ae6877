//! 参数 — numbers that are set from outside for each year, and perhaps for each group: LPR, 行业平均增速.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::fraction::Fraction;
use super::parser;
use super::tree::{Part, What};
use super::unit::Unit;
use crate::calendar::Year;
use crate::money::Money;
use crate::source::Place;
use crate::trace::Terms;
use crate::yaml::Located;

/// Years with what is stated for each.
type ByYear = BTreeMap<Year, Stated>;

/// A number by year: `{ 2023: 3.45% }`; by group and year: `{ 按: 行业, 值: { 机械: { 2023: 5% } } }`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// The attribute by which enterprises or things are grouped.
    #[serde(rename = "按", default)]
    by: Option<String>,
    /// The numbers of each group.
    #[serde(rename = "值", default)]
    of_groups: BTreeMap<String, ByYear>,
    /// The numbers of all.
    #[serde(rename = "各年", default)]
    of_all: ByYear,
}

impl Parameter {
    /// The attribute by which it is grouped.
    pub fn group(&self) -> Option<&str> {
        self.by.as_deref()
    }

    /// The number for a year, and for who has one of these words.
    pub fn of(&self, year: Year, words: Option<Terms<'_>>) -> Option<&Stated> {
        match (&self.by, words) {
            (None, _) => self.of_all.get(&year),
            (Some(_), Some(words)) => self
                .of_groups
                .iter()
                .find(|(group, _)| words.contains(group))
                .and_then(|(_, by_year)| by_year.get(&year)),
            (Some(_), None) => None,
        }
    }

    /// What its numbers count.
    pub(super) fn unit(&self) -> Option<Unit> {
        let all = self.of_groups.values().chain([&self.of_all]).flat_map(BTreeMap::values);
        all.map(|stated| stated.unit.clone()).next()
    }
}

/// A year's number for a whole policy, as `3.45%`.
#[derive(Debug, Clone)]
pub struct Stated {
    /// As it is written.
    pub text: String,
    /// Where it is written.
    pub place: Place,
    /// The number.
    pub number: Fraction,
    /// What it counts.
    pub unit: Unit,
}

impl Stated {
    /// So many times an amount; `None` where no amount holds it.
    pub fn times(&self, amount: Money) -> Option<Money> {
        Fraction::of_money(amount).times(self.number)?.money()
    }

    /// Whether what is multiplied with it gets less.
    pub fn is_below_one(&self) -> bool {
        self.number < Fraction::ONE
    }
}

impl<'de> Deserialize<'de> for Stated {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Located { value: text, place } = Located::<String>::deserialize(deserializer)?;
        match parser::parse(&text) {
            Ok(Part { what: What::Number(number, unit), .. }) => Ok(Self { text, place, number, unit }),
            _ => Err(serde::de::Error::custom(format!("“{text}”不是数，写作“3.45%”“500万元”“1000元/人”"))),
        }
    }
}
