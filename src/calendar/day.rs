//! 日期 — a day, read as people write it and printed as GB/T 9704—2012, 7.3.5.4 wants it: 2022年6月2日, no leading zeros.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A calendar day. Prints as `2022年6月2日`; travels as `2022-06-02`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The day of the given numbers, if the calendar has it.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self)
    }

    /// The last day that the calendar knows.
    #[must_use]
    pub fn last() -> Self {
        Self(Date::MAX)
    }

    /// Its year.
    #[must_use]
    pub fn year(self) -> Year {
        Year(self.0.year())
    }

    /// Its month, 1 to 12.
    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Its day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The day after it; the last day that the calendar knows is its own morrow.
    #[must_use]
    pub fn tomorrow(self) -> Self {
        self.0.tomorrow().map_or(self, Self)
    }

    /// The day before it; the first day that the calendar knows is its own eve.
    #[must_use]
    pub fn yesterday(self) -> Self {
        self.0.yesterday().map_or(self, Self)
    }

    /// The same day some years later; 29 February becomes 28 where the year has none.
    #[must_use]
    pub fn plus_years(self, years: i16) -> Self {
        self.0.checked_add(i32::from(years).years()).map_or(self, Self)
    }

    /// The same day some months later; the last day of a month that is too short for it.
    #[must_use]
    pub fn plus_months(self, months: i8) -> Self {
        self.0.checked_add(i32::from(months).months()).map_or(self, Self)
    }

    /// How many days later another day is; negative where it is earlier.
    #[must_use]
    pub fn days_until(self, other: Self) -> i64 {
        // Two days of the calendar are never further apart than it is long.
        self.0.until(other.0).map_or(0, |span| i64::from(span.get_days()))
    }

    /// So many days later, or earlier; `None` beyond the calendar.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Option<Self> {
        self.0.checked_add(days.days()).ok().map(Self)
    }

    /// Whether it is a Saturday or a Sunday.
    #[must_use]
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    /// `2022-06-02`, as tables, data files and machines write it.
    #[must_use]
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }

    /// `2022年06月02日`, as the header tables of government web sites write it (with leading zeros, unlike a document).
    #[must_use]
    pub fn padded(self) -> String {
        format!("{:04}年{:02}月{:02}日", self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}年{}月{}日", self.0.year(), self.0.month(), self.0.day())
    }
}

/// Why a text is no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// Not in one of the two forms.
    #[error("“{0}”不是日期，应写作 2022-06-02 或 2022年6月2日")]
    Form(String),
    /// No such day.
    #[error("日历上没有“{0}”这一天")]
    Absent(String),
}

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let form = || DayError::Form(text.to_owned());
        let trimmed = text.trim();
        let parts: Vec<&str> = if let Some(rest) = trimmed.strip_suffix('日') {
            let (year, rest) = rest.split_once('年').ok_or_else(form)?;
            let (month, day) = rest.split_once('月').ok_or_else(form)?;
            vec![year, month, day]
        } else {
            trimmed.split('-').collect()
        };
        let [year, month, day] = parts.as_slice() else { return Err(form()) };
        let plain =
            |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if year.len() != 4 || !plain(year, 4) || !plain(month, 2) || !plain(day, 2) {
            return Err(form());
        }
        match (year.parse(), month.parse(), day.parse()) {
            (Ok(year), Ok(month), Ok(day)) => {
                Self::new(year, month, day).ok_or_else(|| DayError::Absent(text.to_owned()))
            }
            _ => Err(form()),
        }
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.iso())
    }
}

/// 年度 — a year, as the key of a declared figure (`2023`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Year(pub i16);

impl Year {
    /// The year before it.
    #[must_use]
    pub fn previous(self) -> Self {
        Self(self.0.saturating_sub(1))
    }

    /// The year after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl FromStr for Year {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.trim().trim_end_matches('年');
        match digits.parse() {
            Ok(year @ 1949..=2200) if digits.len() == 4 => Ok(Self(year)),
            _ => Err(format!("“{text}”不是年度，应写作四位数字，如 2023")),
        }
    }
}

impl<'de> Deserialize<'de> for Year {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_its_parts() {
        let day: Day = "2024-06-13".parse().unwrap();
        assert_eq!((day.year(), day.month(), day.day()), (Year(2024), 6, 13));
    }

    #[test]
    fn both_forms_are_read_and_one_is_printed() {
        let day: Day = "2022年6月2日".parse().unwrap();
        assert_eq!(Some(day), Day::new(2022, 6, 2));
        assert_eq!("2022-06-02".parse(), Ok(day));
        assert_eq!(day.to_string(), "2022年6月2日");
        assert_eq!(day.iso(), "2022-06-02");
    }

    #[test]
    fn what_is_no_day_is_refused() {
        assert_eq!("2023年2月29日".parse::<Day>(), Err(DayError::Absent("2023年2月29日".into())));
        for text in ["22-6-2", "2022/6/2", "2022-6", "2022年6月", "二〇二二年六月", "", "+022-1-1", "2022-06-02-01"]
        {
            assert_eq!(text.parse::<Day>(), Err(DayError::Form(text.into())), "{text}");
        }
    }
}
