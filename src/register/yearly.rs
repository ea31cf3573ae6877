//! 逐年的数 — a quantity as it was declared, year by year, each figure with the place where it stands.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};

use crate::calendar::Year;
use crate::money::{Measure, Money};
use crate::source::Place;
use crate::yaml::Located;

/// The figures of a quantity, by year: amounts, or numbers with another unit. They are few, so that a list is the fastest to look up.
#[derive(Debug, Clone, Default)]
pub struct Yearly {
    amounts: Box<[Amount]>,
    measures: Box<[(Year, Located<Measure>)]>,
}

/// The amount of a year, as tight as it can be packed.
#[derive(Debug, Clone, Copy)]
struct Amount {
    value: Money,
    place: Place,
    year: Year,
}

impl Amount {
    fn located(&self) -> Located<Money> {
        Located { value: self.value, place: self.place }
    }
}

/// A figure as it is written.
enum Figure {
    Amount(Money),
    Measure(Measure),
}

impl FromStr for Figure {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // What is no amount and ends in a unit that is no 元 is a number of something else.
        match text.parse::<Measure>() {
            Ok(measure) => Ok(Self::Measure(measure)),
            Err(_) => text.parse().map(Self::Amount).map_err(|error: crate::money::MoneyError| error.to_string()),
        }
    }
}

impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Yearly {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (mut amounts, mut measures) = (Vec::new(), Vec::new());
        for (year, Located { value, place }) in BTreeMap::<Year, Located<Figure>>::deserialize(deserializer)? {
            match value {
                Figure::Amount(amount) => amounts.push(Amount { value: amount, place, year }),
                Figure::Measure(value) => measures.push((year, Located { value, place })),
            }
        }
        Ok(Self { amounts: amounts.into(), measures: measures.into() })
    }
}

impl FromIterator<(Year, Located<Money>)> for Yearly {
    fn from_iter<I: IntoIterator<Item = (Year, Located<Money>)>>(figures: I) -> Self {
        let by_year = BTreeMap::from_iter(figures).into_iter();
        let amounts = by_year.map(|(year, Located { value, place })| Amount { value, place, year });
        Self { amounts: amounts.collect(), measures: Box::default() }
    }
}

impl Yearly {
    /// The amount of a year.
    #[inline]
    pub fn get(&self, year: Year) -> Option<Located<Money>> {
        self.amounts.iter().find(|figure| figure.year == year).map(Amount::located)
    }

    /// The number of a year, where its unit is another one.
    pub fn measure(&self, year: Year) -> Option<&Located<Measure>> {
        self.measures.iter().find(|(of, _)| *of == year).map(|(_, figure)| figure)
    }

    /// All amounts, by year.
    pub fn iter(&self) -> impl Iterator<Item = (Year, Located<Money>)> {
        self.amounts.iter().map(|figure| (figure.year, figure.located()))
    }

    /// Where each figure stands, whatever its unit.
    pub fn places(&self) -> impl Iterator<Item = (Year, Place)> {
        let measures = self.measures.iter().map(|(year, figure)| (*year, figure.place));
        self.amounts.iter().map(|figure| (figure.year, figure.place)).chain(measures)
    }

    /// Each figure as it is told, with where it stands.
    pub(super) fn written(&self) -> impl Iterator<Item = (Year, Place, String)> {
        let amounts = self.iter().map(|(year, figure)| (year, figure.place, figure.value.to_string()));
        let measures = self.measures.iter().map(|(year, figure)| (*year, figure.place, figure.value.to_string()));
        amounts.chain(measures)
    }

    /// All numbers with another unit, by year.
    pub fn measures(&self) -> impl Iterator<Item = (Year, &Located<Measure>)> {
        self.measures.iter().map(|(year, figure)| (*year, figure))
    }
}
