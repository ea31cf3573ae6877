//! 期 — the period that a report is about: `2024年6月`, `2024年第2季度`, `2024年上半年`, `2024年`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, de};

use crate::calendar::{Day, Year};

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Kind {
    /// 月.
    #[serde(rename = "月")]
    Month,
    /// 季.
    #[serde(rename = "季")]
    Quarter,
    /// 半年.
    #[serde(rename = "半年")]
    Half,
    /// 年.
    #[serde(rename = "年")]
    Year,
}

impl Kind {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Month => "月",
            Self::Quarter => "季",
            Self::Half => "半年",
            Self::Year => "年",
        }
    }

    /// How many months it has.
    fn months(self) -> i8 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Half => 6,
            Self::Year => 12,
        }
    }

    /// The period of this length in which a day lies.
    #[must_use]
    pub fn of(self, day: Day) -> Period {
        Period { year: day.year(), number: (day.month() - 1) / self.months() + 1, kind: self }
    }
}

/// A period. Of two of the same length, the earlier one is less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The year in which it lies.
    pub year: Year,
    /// Which of the year's it is, from 1.
    number: i8,
    /// How long it is.
    pub kind: Kind,
}

impl Period {
    /// A whole year.
    #[must_use]
    pub fn whole(year: Year) -> Self {
        Self { year, number: 1, kind: Kind::Year }
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Day {
        // Every such month has a first day.
        Day::new(self.year.0, (self.number - 1) * self.kind.months() + 1, 1).unwrap_or_else(Day::last)
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> Day {
        self.next().first().yesterday()
    }

    /// How many periods of its length lie between it and another one.
    #[must_use]
    pub fn steps_to(self, other: Self) -> i64 {
        let months = |period: Self| i64::from(period.year.0) * 12 + i64::from(period.number * period.kind.months());
        (months(other) - months(self)) / i64::from(self.kind.months())
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        if self.number < 12 / self.kind.months() {
            Self { number: self.number + 1, ..self }
        } else {
            Self { year: self.year.next(), number: 1, ..self }
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, number, kind } = self;
        match kind {
            Kind::Month => write!(f, "{year}年{number}月"),
            Kind::Quarter => write!(f, "{year}年第{number}季度"),
            Kind::Half => write!(f, "{year}年{}半年", if *number == 1 { "上" } else { "下" }),
            Kind::Year => write!(f, "{year}年"),
        }
    }
}

impl FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = || format!("“{text}”不是期，应写作“2024年6月”“2024年第2季度”“2024年上半年”或“2024年”");
        let (year, rest) = text.trim().split_once('年').ok_or_else(form)?;
        let plain = year.len() == 4 && year.bytes().all(|digit| digit.is_ascii_digit());
        let year = Year(year.parse().ok().filter(|_| plain).ok_or_else(form)?);
        let digits = |word: &str| word.parse::<i8>().ok().filter(|_| word.bytes().all(|digit| digit.is_ascii_digit()));
        let in_words =
            |word: &str| ["一", "二", "三", "四"].iter().zip(1..).find(|(own, _)| **own == word).map(|(_, at)| at);
        let (number, kind) = match rest {
            "" => (1, Kind::Year),
            "上半年" => (1, Kind::Half),
            "下半年" => (2, Kind::Half),
            _ => match (rest.strip_suffix("季度"), rest.strip_suffix('月')) {
                (Some(number), _) => {
                    let number = number.trim_start_matches('第');
                    (digits(number).or_else(|| in_words(number)).ok_or_else(form)?, Kind::Quarter)
                }
                (None, Some(month)) => (digits(month).ok_or_else(form)?, Kind::Month),
                _ => return Err(form()),
            },
        };
        if !(1..=12 / kind.months()).contains(&number) {
            let most = 12 / kind.months();
            let name = if kind == Kind::Month { "月" } else { "季度" };
            return Err(format!("没有“{text}”这一期：一年只有{most}个{name}"));
        }
        Ok(Self { year, number, kind })
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_what_an_office_calls_it() {
        for (text, from, to) in [
            ("2024年2月", "2024-02-01", "2024-02-29"),
            ("2024年第2季度", "2024-04-01", "2024-06-30"),
            ("2024年下半年", "2024-07-01", "2024-12-31"),
            ("2024年", "2024-01-01", "2024-12-31"),
        ] {
            let period: Period = text.parse().unwrap();
            assert_eq!(
                (period.to_string(), period.first().iso(), period.last().iso()),
                (text.into(), from.into(), to.into())
            );
            assert_eq!(period.kind.of(period.last()), period);
        }
        assert_eq!("2024年第二季度".parse(), "2024年第2季度".parse::<Period>());
    }

    #[test]
    fn what_no_year_has_is_no_period() {
        let refused = |text: &str| text.parse::<Period>().unwrap_err();
        assert!(refused("2024年第5季度").contains("一年只有4个季度"));
        assert!(refused("2024年13月").contains("一年只有12个月"));
        for text in ["", "24年", "2024年第季度", "2024年末", "2024年-1月", "2024年0月"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }
}
