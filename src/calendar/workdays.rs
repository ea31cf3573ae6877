//! 工作日 — working days: weekdays without the holidays, with the weekend days that the yearly notice of the State
//! Council's office makes up for them (调休上班). The days come from data; a year without data is an error, never a guess.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Day, Year};

/// One day of the yearly notice.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialDay {
    /// The day.
    #[serde(rename = "日期")]
    pub day: Day,
    /// The festival that it belongs to.
    #[serde(rename = "节日")]
    pub festival: String,
}

/// `data/calendar/<year>.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayYear {
    /// The year whose days these are.
    #[serde(rename = "年度")]
    pub year: Year,
    /// The days off.
    #[serde(rename = "放假")]
    pub off: Vec<SpecialDay>,
    /// The weekend days worked.
    #[serde(rename = "调休上班")]
    pub worked: Vec<SpecialDay>,
}

/// A day was asked about whose year has no data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("没有{0}年的放假安排（data/calendar/{0}.yaml），不能计算工作日")]
pub struct MissingYear(pub Year);

/// Whether the day of publication counts as the first working day. The Civil Code (第二百零一条) does not count it; the
/// published practice of most offices does. So it is a setting, and the page says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum FirstDay {
    /// 含当日.
    #[serde(rename = "计入")]
    Counts,
    /// 不含当日.
    #[serde(rename = "不计入")]
    DoesNotCount,
}

/// All years that are known.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    years: BTreeSet<Year>,
    off: BTreeSet<Day>,
    worked: BTreeSet<Day>,
}

impl Calendar {
    /// The calendar of the given years.
    pub fn new(years: impl IntoIterator<Item = HolidayYear>) -> Self {
        let mut calendar = Self::default();
        for HolidayYear { year, off, worked } in years {
            calendar.years.insert(year);
            // 元旦's days off may begin in the year before.
            calendar.off.extend(off.iter().map(|special| special.day));
            calendar.worked.extend(worked.iter().map(|special| special.day));
        }
        calendar
    }

    /// Whether the days off of a year are known.
    #[must_use]
    pub fn knows(&self, year: Year) -> bool {
        self.years.contains(&year)
    }

    /// Whether a day is worked.
    pub fn is_workday(&self, day: Day) -> Result<bool, MissingYear> {
        if !self.years.contains(&day.year()) {
            return Err(MissingYear(day.year()));
        }
        Ok(self.worked.contains(&day) || (!day.is_weekend() && !self.off.contains(&day)))
    }

    /// The last day of a period of so many working days that begins with `from`.
    pub fn last_day(&self, from: Day, workdays: u32, first: FirstDay) -> Result<Day, MissingYear> {
        let mut day = from;
        let mut left = workdays;
        if first == FirstDay::Counts && left > 0 && self.is_workday(day)? {
            left -= 1;
        }
        while left > 0 {
            day = day.tomorrow();
            if self.is_workday(day)? {
                left -= 1;
            }
        }
        Ok(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn special(days: &[&str]) -> Vec<SpecialDay> {
        days.iter().map(|text| SpecialDay { day: day(text), festival: String::new() }).collect()
    }

    /// Shenzhen 2023: 2023-06-19 to 06-28 was published as seven working days, with the Dragon Boat days off and 25 June worked.
    #[test]
    fn seven_working_days_over_the_dragon_boat_festival() {
        let calendar = Calendar::new([HolidayYear {
            year: Year(2023),
            off: special(&["2023-06-22", "2023-06-23", "2023-06-24"]),
            worked: special(&["2023-06-25"]),
        }]);
        assert_eq!(calendar.last_day(day("2023-06-19"), 7, FirstDay::Counts), Ok(day("2023-06-28")));
        assert_eq!(calendar.last_day(day("2023-06-19"), 7, FirstDay::DoesNotCount), Ok(day("2023-06-29")));
        assert_eq!(calendar.is_workday(day("2024-01-02")), Err(MissingYear(Year(2024))));
    }

    /// A period that begins on a day off has its first working day on the next day that is worked, however it is counted.
    #[test]
    fn a_period_that_begins_on_a_day_off() {
        let calendar =
            Calendar::new([HolidayYear { year: Year(2023), off: Vec::new(), worked: special(&["2023-06-25"]) }]);
        // 17 June is a Saturday, 25 June a Sunday that is worked.
        for first in [FirstDay::Counts, FirstDay::DoesNotCount] {
            assert_eq!(calendar.last_day(day("2023-06-17"), 5, first), Ok(day("2023-06-23")), "{first:?}");
        }
        assert_eq!(calendar.last_day(day("2023-06-25"), 1, FirstDay::Counts), Ok(day("2023-06-25")));
        assert_eq!(calendar.last_day(day("2023-06-25"), 1, FirstDay::DoesNotCount), Ok(day("2023-06-26")));
        assert_eq!(calendar.last_day(day("2023-06-17"), 0, FirstDay::Counts), Ok(day("2023-06-17")));
    }
}
