//! 增长 — each full step of growth over the year before: “以上年为基数，每增长10个百分点，奖励100万元”.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Deserialize;

use super::full_steps::{FullSteps, Unit};
use super::mark::{cent, hundred_million, least_count};
use super::{Asking, Comes, Given, Input, Kind, Mark, Question, Reason, Step, Toward, Trial, What};
use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report};
use crate::money::{Money, Points};
use crate::policy::condition::YearRef;
use crate::trace::{Sink, Target, Telling, Words};
use crate::yaml::Located;

/// `增长: { 量: 销售额, 门槛: { 门槛年度: 上年度, 达到: 3亿元 }, 每: { 百分点: 10个百分点 }, 奖励: 100万元 }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Growth {
    /// The figure.
    #[serde(rename = "量")]
    quantity: Located<String>,
    /// What the figure must reach.
    #[serde(rename = "门槛", default)]
    threshold: Option<Threshold>,
    /// Growth up to here gives nothing; steps are counted beyond it.
    #[serde(rename = "超过", default)]
    beyond: Option<Points>,
    /// The size of a step. A part of one gives nothing.
    #[serde(rename = "每")]
    each: Unit,
    /// What each full step gives.
    #[serde(rename = "奖励")]
    award: Located<Money>,
}

/// `门槛: { 门槛年度: 上年度, 达到: 3亿元 }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Threshold {
    /// The year or years that must reach it.
    #[serde(rename = "门槛年度")]
    year: YearRef,
    /// What must be reached (含本数).
    #[serde(rename = "达到")]
    reach: Located<Money>,
}

/// How the next full step is called.
const AGAIN: &str = "（再满一档）";

/// What is said of growth.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// The growth over a base, in points cut to four decimals for reading.
    Points { now: Money, base: Money, points: Decimal },
    /// The full steps of it.
    Steps(FullSteps),
}

impl Telling for Said {
    fn words(&self) -> Words {
        match self {
            Self::Points { now, base, points } => Words::new(
                "计算增长",
                format!("（{now} − {base}）÷ {base} × 100"),
                format!("{}个百分点", points.normalize()),
            ),
            Self::Steps(steps) => steps.words(),
        }
    }
}

/// Why growth gives nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Why<'a> {
    /// The base of the growth is nothing.
    ZeroBase { quantity: &'a str, year: Year },
    /// The growth is less than one full step.
    NoFullStep { each: Unit },
}

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ZeroBase { quantity, year } => write!(f, "{year}年{quantity}为零，不能计算增长"),
            Self::NoFullStep { each } => write!(f, "增长不足{each}，不满一档"),
        }
    }
}

impl Kind for Growth {
    type Said<'a> = Said;
    type Why<'a> = Why<'a>;

    const READINGS: &'static [Question] =
        &[Question { under: &["门槛"], name: "门槛年度", choices: &["申报年度", "上年度", "两年均"] }];

    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>) -> Given<'a> {
        let quantity = &self.quantity.value;
        let now = asking.take(&self.quantity, asking.year())?;
        let base_year = asking.year().previous();
        let base = asking.take(&self.quantity, base_year)?;
        if let Some(threshold) = &self.threshold {
            asking.note(|| What::Reading { question: "哪一年达到门槛", choice: threshold.year.name() });
            let bound = threshold.reach.value;
            for year in threshold.year.years(asking.year()) {
                let amount = if year == asking.year() { now } else { base };
                if amount < bound {
                    // Last year's figure is what it is.
                    if year == asking.year() {
                        asking.distance(Target { reach: bound, name: "门槛" }, amount);
                    }
                    return Err(Reason::Below { quantity, year, amount, bound });
                }
            }
        }
        if base.is_zero() {
            return Err(asking.because(Why::ZeroBase { quantity, year: base_year }));
        }
        if now <= base {
            let next = base + self.beyond.map_or(Money::ZERO, |points| points.of(base)) + self.each.over(base);
            asking.distance(Target { reach: next, name: AGAIN }, now);
            return Err(Reason::NoGrowth { quantity, base, now });
        }
        self.step(base, now, asking)
    }

    fn quantities(&self) -> Vec<&Located<String>> {
        vec![&self.quantity]
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        let each = self.each;
        let threshold = self.threshold.as_ref().filter(|threshold| threshold.year != YearRef::Previous);
        vec![Mark {
            place: self.award.place,
            name: format!("{}每增长{each}", self.quantity.value),
            witness: format!("{}比上年增长{each}", self.quantity.value),
            award: Some(self.award.value),
            reach: threshold.map(|threshold| (self.quantity.value.as_str(), threshold.reach.value)),
        }]
    }

    fn trials(&self, _: Year) -> Vec<Trial<'_>> {
        let (base, start, size) = self.ground();
        let award = self.award.value;
        let steps = [
            (Money::ZERO, start, Comes::Missed),
            (base, base, Comes::Missed),
            (base, start, Comes::Missed),
            (base, start + size - cent(), Comes::Missed),
            (base, start + size, Comes::Gives(award)),
            (base, start + size + size - cent(), Comes::Gives(award)),
            (base, start + size + size, Comes::Gives(award * 2)),
        ];
        let trial = |(before, now, comes)| Trial {
            mark: self.award.place,
            input: Input::figure(&self.quantity.value, now, Some(before)),
            comes,
        };
        steps
            .into_iter()
            .chain(self.threshold.as_ref().map(|it| self.at(it)).into_iter().flatten())
            .map(trial)
            .collect()
    }

    fn toward(&self, amount: Money, _: Year) -> Toward<'_> {
        let count = least_count(self.award.value, amount)?;
        let (base, start, size) = self.ground();
        let now = start + size * count;
        let mut input = Input::figure(&self.quantity.value, now, Some(base));
        // A tier of the same figure was reached before, so that the growth alone counts.
        input.figures.push((&self.quantity.value, 2, now));
        Some((input, self.award.value * count))
    }

    fn check(&self, report: &mut Report) {
        if let Unit::Money(money) = self.each
            && money.is_zero()
        {
            report.push(Diagnostic::error(Code::Rule, "每一档不能是零").at(self.award.place));
        }
    }
}

impl Growth {
    /// Counts the full steps from `base` to `now`.
    fn step<'a>(
        &'a self,
        base: Money,
        now: Money,
        asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>,
    ) -> Given<'a> {
        let by = now - base;
        // A step in points is as much yuan of the base: so the count is exact, without any division of the growth itself.
        let each = self.each;
        let size = each.over(base);
        let skipped = self.beyond.map_or(Money::ZERO, |points| points.of(base));
        match each {
            Unit::Points(_) => asking.note_own(|| {
                let points = (by.decimal() / base.decimal() * Decimal::ONE_HUNDRED)
                    .round_dp_with_strategy(4, RoundingStrategy::ToZero);
                Said::Points { now, base, points }
            }),
            Unit::Money(_) => asking.note(|| What::Increase { now, base, by }),
        }
        let counted = by.less(skipped);
        let count = counted.full(size);
        let result = if count == 0 {
            Err(asking.because(Why::NoFullStep { each }))
        } else {
            let award = self.award.value;
            let amount = award * count;
            asking.give_own(self.award.place, || Said::Steps(FullSteps { each, count, award, amount }));
            Ok(amount)
        };
        asking.distance(Target { reach: base + skipped + size * (count + 1), name: AGAIN }, now);
        result
    }

    /// A base at or above the threshold, the figure from which steps are counted over it, and the size of one.
    fn ground(&self) -> (Money, Money, Money) {
        let reach = self.threshold.as_ref().map_or(Money::ZERO, |threshold| threshold.reach.value);
        let base = reach.max(hundred_million());
        (base, base + self.beyond.map_or(Money::ZERO, |points| points.of(base)), self.each.over(base))
    }

    /// Figures of the year before and of the declared one on both sides of the threshold, with growth of at least one step.
    fn at(&self, threshold: &Threshold) -> Vec<(Money, Money, Comes)> {
        let reach = threshold.reach.value;
        let step_over =
            |base: Money| base + self.beyond.map_or(Money::ZERO, |points| points.of(base)) + self.each.over(base);
        match threshold.year {
            YearRef::Declared => {
                // So low a base that its growth is the largest number of points that can be written; where a step in yuan
                // is more than the threshold itself, no growth ends on it.
                let low = reach.part(1, 1000);
                let grown = !low.is_zero() && step_over(low) < reach;
                let trials = [(low, reach - cent(), Comes::Missed), (low, reach, Comes::Met)];
                trials.into_iter().filter(|_| grown).collect()
            }
            YearRef::Previous | YearRef::Both => {
                let below = reach.less(cent());
                let high = step_over(reach) + reach;
                let mut trials = vec![(reach, high, Comes::Met), (below, high, Comes::Missed)];
                if reach.is_zero() {
                    trials.clear();
                }
                trials
            }
        }
    }
}
