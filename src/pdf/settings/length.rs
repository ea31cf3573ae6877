//! 长度 — a length that an office sets, within what a page can have: `28`, `28磅`; `35`, `35毫米`.

use std::fmt;
use std::marker::PhantomData;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A unit of length.
pub trait Unit {
    /// Its name, as it is written behind the number.
    const NAME: &'static str;
}

/// 磅: a 72nd of an inch, for type and what follows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point;

/// 毫米, for distances on the sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Millimetre;

impl Unit for Point {
    const NAME: &'static str = "磅";
}

impl Unit for Millimetre {
    const NAME: &'static str = "毫米";
}

/// A length between two bounds, both included; the bounds are in tenths of the unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Length<U, const LEAST: u16, const MOST: u16> {
    value: f64,
    unit: PhantomData<U>,
}

/// So many points.
pub type Points<const LEAST: u16, const MOST: u16> = Length<Point, LEAST, MOST>;
/// So many millimetres.
pub type Millimetres<const LEAST: u16, const MOST: u16> = Length<Millimetre, LEAST, MOST>;

impl<U, const LEAST: u16, const MOST: u16> Length<U, LEAST, MOST> {
    /// A length of so many units; `None` beyond the bounds.
    #[must_use]
    pub fn new(value: f64) -> Option<Self> {
        let (least, most) = Self::bounds();
        (least..=most).contains(&value).then_some(Self { value, unit: PhantomData })
    }

    /// In its unit.
    #[must_use]
    pub fn value(self) -> f64 {
        self.value
    }

    fn bounds() -> (f64, f64) {
        (f64::from(LEAST) / 10.0, f64::from(MOST) / 10.0)
    }
}

impl<U: Unit, const LEAST: u16, const MOST: u16> fmt::Display for Length<U, LEAST, MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.value, U::NAME)
    }
}

/// The layouts read the number; they know its unit.
impl<U, const LEAST: u16, const MOST: u16> Serialize for Length<U, LEAST, MOST> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value)
    }
}

impl<'de, U: Unit, const LEAST: u16, const MOST: u16> Deserialize<'de> for Length<U, LEAST, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let number = text.trim().strip_suffix(U::NAME).unwrap_or(&text).trim();
        let value = number.parse::<f64>().ok().filter(|value| value.is_finite()).ok_or_else(|| {
            D::Error::custom(format!("“{text}”不是以{unit}计的长度，写成“28”或“28{unit}”的样子", unit = U::NAME))
        })?;
        let (least, most) = Self::bounds();
        Self::new(value).ok_or_else(|| D::Error::custom(format!("应在{least}到{most}{}之间", U::NAME)))
    }
}

#[cfg(test)]
mod tests {
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, StrDeserializer};

    use super::*;

    fn read<L: for<'de> Deserialize<'de>>(text: &str) -> Result<L, String> {
        let text: StrDeserializer<'_, Error> = text.into_deserializer();
        L::deserialize(text).map_err(|error| error.to_string())
    }

    #[test]
    fn the_unit_may_be_written() {
        for text in ["28", "28磅", "28 磅", " 28.0磅 "] {
            assert_eq!(read::<Points<220, 400>>(text).map(Length::value), Ok(28.0), "{text}");
        }
        assert_eq!(read::<Millimetres<0, 1200>>("35毫米").map(|length| length.to_string()), Ok("35毫米".to_owned()));
    }

    #[test]
    fn the_bounds_are_included() {
        for (text, fits) in [("22", true), ("21.9", false), ("40磅", true), ("40.1磅", false)] {
            assert_eq!(read::<Points<220, 400>>(text).is_ok(), fits, "{text}");
        }
        assert_eq!(read::<Points<75, 160>>("7磅").unwrap_err(), "应在7.5到16磅之间");
    }

    #[test]
    fn another_unit_is_refused() {
        for text in ["28毫米", "磅", "", "二十八磅", "NaN", "inf磅"] {
            let error = read::<Points<220, 400>>(text).unwrap_err();
            assert!(error.starts_with(&format!("“{text}”不是以磅计的长度")), "{error}");
        }
    }
}
