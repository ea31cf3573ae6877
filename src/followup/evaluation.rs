//! 评估 — how an indicator stands: against the year before, against its target, across districts. All of it exact; what is printed is
//! rounded once.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::indicators::{Computed, Goal, Indicator, Value};
use super::{Kind, Period, Plan, Quantity, Target};
use crate::award::{Summary, assess};
use crate::calendar::Year;
use crate::policy::Policy;
use crate::register::Register;

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

/// What values are computed from.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// Enterprises, declarations, ledger.
    pub register: &'a Register,
    /// The policies.
    pub policies: &'a [Policy],
    /// Their plans.
    pub plans: &'a [Plan],
}

impl<'a> Measured<'a> {
    /// An indicator as it stood at the end of a year.
    #[must_use]
    pub fn of(indicator: &'a Indicator, ground: &Ground<'a>, until: Year) -> Self {
        let unit = &indicator.unit.value;
        let mut values: Vec<(Period, Decimal)> = match &indicator.computed {
            Some(computed) => computed_values(computed.value, indicator, ground),
            None => {
                let of_city = indicator.values.iter().filter(|value| value.district.is_none());
                of_city.filter_map(|value| Some((value.period.value, value.amount.value.in_unit(unit)?))).collect()
            }
        };
        values.retain(|(period, _)| period.year <= until);
        values.sort_unstable_by_key(|(period, _)| *period);
        let (district_period, districts) = districts(indicator, until);
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

/// The values of districts in the last period, until a year, of which there are any; the largest first.
fn districts(indicator: &Indicator, until: Year) -> (Option<Period>, Vec<(&str, Decimal)>) {
    let told = |value: &&Value| value.district.is_some() && value.period.value.year <= until;
    let of_districts = || indicator.values.iter().filter(told);
    let last = of_districts().map(|value| value.period.value).max();
    let mut values: Vec<(&str, Decimal)> = of_districts()
        .filter(|value| Some(value.period.value) == last)
        .filter_map(|value| Some((value.district()?, value.amount.value.in_unit(&indicator.unit.value)?)))
        .collect();
    values.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    (last, values)
}

/// The values of an indicator that the program computes, for each year that is declared.
fn computed_values(computed: Computed, indicator: &Indicator, ground: &Ground<'_>) -> Vec<(Period, Decimal)> {
    let years = ground.register.declarations.keys().copied();
    let of_year = |year: Year| {
        let mut assessments = assess(ground.register, ground.policies, year);
        assessments.retain(|assessment| assessment.policy.slug == indicator.policy.value);
        if assessments.is_empty() {
            return None;
        }
        let summary = Summary::of(&assessments);
        let number = match computed {
            Computed::Awarded => Quantity::of(summary.total.decimal(), "元")?.in_unit(&indicator.unit.value)?,
            Computed::Enterprises => Decimal::from(summary.enterprises),
            Computed::GrowthOfAwarded => growth(ground.register, &summary, year, true)?,
            Computed::GrowthOfOthers => growth(ground.register, &summary, year, false)?,
        };
        Some((Period::whole(year), number))
    };
    years.filter_map(of_year).collect()
}

/// The figure of a declaration that growth is counted by.
const REVENUE: &str = "主营业务收入";

/// By how many per cent the revenue of all who get something, or of all others that declared, grew together: only those count that
/// declared it for both years.
fn growth(register: &Register, summary: &Summary, year: Year, awarded: bool) -> Option<Decimal> {
    let gets: BTreeMap<&str, bool> =
        summary.by_enterprise.iter().map(|total| (total.code.as_str(), !total.amount.is_zero())).collect();
    let (mut now, mut before) = (Decimal::ZERO, Decimal::ZERO);
    for declaration in register.declarations.get(&year)? {
        let code = declaration.enterprise.value;
        if gets.get(code.as_str()).copied().unwrap_or(false) != awarded {
            continue;
        }
        let Some(revenue) = declaration.amounts.get(REVENUE) else { continue };
        let of = |year: Year| revenue.get(year).map(|money| money.value.decimal());
        if let (Some(this), Some(last)) = (of(year), of(year.previous())) {
            now += this;
            before += last;
        }
    }
    ((now - before) * Decimal::ONE_HUNDRED).checked_div(before).map(|growth| growth.round_dp(2).normalize())
}
