//! 金额 — exact amounts, and what a rule does with them: a share, a number of points, rounding, capitals. No float anywhere.

#![deny(clippy::float_arithmetic)]

mod amount;
mod capitals;
mod hundredths;
mod measure;
mod points;
mod rounding;
mod share;

use serde::{Deserialize, Deserializer, de};

pub use amount::{Money, MoneyError};
pub use measure::Measure;
pub use points::Points;
pub use rounding::{Rounding, RoundingUnit, RoundingWay};
pub use share::Share;

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
