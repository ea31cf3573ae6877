//! 评估 — how an indicator stands: against the year before, against its target, across districts. All of it exact; what is printed is
//! rounded once.

use rust_decimal::{Decimal, RoundingStrategy};

use super::computed::{Computed, Ground};
use super::indicators::{Goal, Indicator, Value};
use super::{Kind, Period, Plan, Target};
use crate::calendar::Year;

/// How an indicator stands against its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// 已达到.
    Reached,
    /// 进度正常: not yet, but as far as the way to it asks.
    OnTheWay,
    /// 落后.
    Behind,
}

impl Against {
    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Reached => "已达到",
            Self::OnTheWay => "进度正常",
            Self::Behind => "落后",
        }
    }
}

/// An indicator with its values, in its own unit.
#[derive(Debug)]
pub struct Measured<'a> {
    /// The indicator.
    pub indicator: &'a Indicator,
    /// The city's values, the earliest first.
    pub values: Vec<(Period, Decimal)>,
    /// The last period of which there are values of districts.
    pub district_period: Option<Period>,
    /// The districts' values of that period, the largest first.
    pub districts: Vec<(&'a str, Decimal)>,
    /// How it stands against its target.
    pub against: Option<Progress<'a>>,
}

/// How far an indicator is on the way to its target.
#[derive(Debug)]
pub struct Progress<'a> {
    /// The target.
    pub target: &'a Target,
    /// The target's figure in the indicator's unit.
    pub wanted: Decimal,
    /// What the way to it asks of the last period.
    pub expected: Decimal,
    /// Whether that was stated, or is in equal steps.
    pub stated: bool,
    /// How it stands.
    pub against: Against,
}

impl<'a> Measured<'a> {
    /// An indicator as it stood at the end of a year.
    #[must_use]
    pub fn of(indicator: &'a Indicator, ground: &Ground<'a>, until: Year) -> Self {
        let (mut values, district_period, districts) = match &indicator.computed {
            Some(computed) => of_computed(&computed.value, indicator, ground, until),
            None => gathered(indicator, until),
        };
        values.sort_unstable_by_key(|(period, _)| *period);
        let mut measured = Self { indicator, values, district_period, districts, against: None };
        measured.against = indicator.goal.as_ref().and_then(|goal| measured.progress(goal, ground.plans));
        measured
    }

    /// The last period with its value.
    #[must_use]
    pub fn last(&self) -> Option<(Period, Decimal)> {
        self.values.last().copied()
    }

    /// By how much it grew against a year before, in words: `增长8.2%`, `提高3.1个百分点`; `None` where there is nothing to compare.
    #[must_use]
    pub fn change(&self) -> Option<String> {
        let (period, value) = self.last()?;
        let (_, before) = self.values.iter().find(|(other, _)| {
            other.kind == period.kind && other.last().plus_years(1).year() == period.year && same_part(*other, period)
        })?;
        if self.indicator.unit.value == "%" {
            let points = value - before;
            let word = if points.is_sign_negative() { "降低" } else { "提高" };
            return Some(if points.is_zero() {
                "持平".to_owned()
            } else {
                format!("{word}{}个百分点", rounded(points.abs(), 1))
            });
        }
        let growth = (value - before).checked_mul(Decimal::ONE_HUNDRED)?.checked_div(*before)?;
        let word = if growth.is_sign_negative() { "下降" } else { "增长" };
        Some(if growth.is_zero() { "持平".to_owned() } else { format!("{word}{}%", rounded(growth.abs(), 1)) })
    }

    fn progress(&self, goal: &Goal, plans: &'a [Plan]) -> Option<Progress<'a>> {
        let unit = &self.indicator.unit.value;
        let target = self.indicator.target(plans)?;
        let wanted = target.amount.value.in_unit(unit)?;
        let (period, value) = self.last()?;
        let (_, base) = *self.values.iter().find(|(period, _)| *period == goal.from.value)?;
        let stated = goal.path.iter().find(|milestone| milestone.period.value == period);
        let stated = stated.and_then(|milestone| milestone.amount.value.in_unit(unit));
        let expected = match stated {
            Some(stated) => stated,
            None => {
                let months = |from: Period, to: Period| {
                    let count = |period: Period| i64::from(period.year.0) * 12 + i64::from(period.last().month());
                    Decimal::from(count(to) - count(from))
                };
                let end = Kind::Year.of(target.by.value.last()?);
                let (done, all) = (months(goal.from.value, period), months(goal.from.value, end));
                base + ((wanted - base) * done.min(all)).checked_div(all)?
            }
        };
        // A target below where it began is to be gone down to.
        let reaches = |bound: Decimal| if wanted >= base { value >= bound } else { value <= bound };
        let against = if reaches(wanted) {
            Against::Reached
        } else if reaches(expected) {
            Against::OnTheWay
        } else {
            Against::Behind
        };
        Some(Progress { target, wanted, expected, stated: stated.is_some(), against })
    }
}

/// Whether two periods are the same part of their years.
fn same_part(one: Period, other: Period) -> bool {
    one.last().month() == other.last().month()
}

/// A number as it is, without idle zeros.
#[must_use]
pub fn shown(number: Decimal) -> String {
    number.normalize().to_string()
}

/// A number as it is printed, with at most so many decimals, half away from nothing.
#[must_use]
pub fn rounded(number: Decimal, decimals: u32) -> String {
    number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero).normalize().to_string()
}

/// The city's values, the last period of which there are values of districts, and these, the largest first.
type Values<'a> = (Vec<(Period, Decimal)>, Option<Period>, Vec<(&'a str, Decimal)>);

/// What was gathered until a year.
fn gathered(indicator: &Indicator, until: Year) -> Values<'_> {
    let known = || indicator.values.iter().filter(|value| value.period.value.year <= until);
    let number = |value: &Value| value.amount.value.in_unit(&indicator.unit.value);
    let of_city = known().filter(|value| value.district.is_none());
    let of_city = of_city.filter_map(|value| Some((value.period.value, number(value)?))).collect();
    let last = known().filter(|value| value.district.is_some()).map(|value| value.period.value).max();
    let of_last = known().filter(|value| Some(value.period.value) == last);
    let districts = of_last.filter_map(|value| Some((value.district()?, number(value)?))).collect();
    (of_city, last, largest_first(districts))
}

/// What the program computes for each declared year until one.
fn of_computed<'a>(computed: &'a Computed, indicator: &'a Indicator, ground: &Ground<'a>, until: Year) -> Values<'a> {
    let years = ground.register.declarations.keys().copied().filter(|year| *year <= until);
    let mut values = Vec::new();
    let mut last = (None, Vec::new());
    for year in years {
        let of_year = ground.of_year(computed, &indicator.policy.value, year);
        let Some(of_year) = of_year.and_then(|told| told.in_unit(computed.unit(), &indicator.unit.value)) else {
            continue;
        };
        values.push((Period::whole(year), of_year.city));
        if indicator.by_district.is_some_and(|told| told.value) {
            last = (Some(Period::whole(year)), of_year.districts);
        }
    }
    let (period, districts) = last;
    (values, period.filter(|_| !districts.is_empty()), largest_first(districts))
}

fn largest_first(mut districts: Vec<(&str, Decimal)>) -> Vec<(&str, Decimal)> {
    districts.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    districts
}
