//! 增长 — each full step of growth over the year before: “以上年为基数，每增长10个百分点，奖励100万元”.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Deserialize;

use super::{Asking, Asks, Given, Kind, Mark};
use crate::diag::{Code, Diagnostic, Report};
use crate::money::{Money, Points};
use crate::policy::Reason;
use crate::policy::condition::YearRef;
use crate::trace::{Sink, Target, Unit, What};
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

impl Kind for Growth {
    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, impl Sink<'a>>) -> Given<'a> {
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
                    let missing = bound.less(amount);
                    asking.note(|| What::Distance { to: Target::Threshold(bound), missing });
                    return Err(Reason::Below { quantity, year, amount, bound });
                }
            }
        }
        if base.is_zero() {
            return Err(Reason::ZeroBase { quantity, year: base_year });
        }
        if now <= base {
            return Err(Reason::NoGrowth { quantity, base, now });
        }
        self.step(base, now, asking)
    }

    fn quantities(&self) -> Vec<&Located<String>> {
        vec![&self.quantity]
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        let each = self.each;
        let threshold = self.threshold.as_ref().map(|threshold| (threshold.year, threshold.reach.value));
        vec![Mark {
            place: self.award.place,
            name: format!("{}每增长{each}", self.quantity.value),
            witness: format!("{}比上年增长{each}", self.quantity.value),
            award: Some(self.award.value),
            asks: Asks::Growth(&self.quantity.value, each, threshold),
            met: Box::new(|what| matches!(what, What::Steps { award, .. } if *award == self.award.value)),
        }]
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
    fn step<'a>(&'a self, base: Money, now: Money, asking: &mut Asking<'_, 'a, impl Sink<'a>>) -> Given<'a> {
        let by = now - base;
        // A step in points is as much yuan of the base: so the count is exact, without any division of the growth itself.
        let each = self.each;
        let size = each.over(base);
        let skipped = self.beyond.map_or(Money::ZERO, |points| points.of(base));
        match each {
            Unit::Points(_) => asking.note(|| {
                let points = (by.decimal() / base.decimal() * Decimal::ONE_HUNDRED)
                    .round_dp_with_strategy(4, RoundingStrategy::ToZero);
                What::Growth { now, base, points }
            }),
            Unit::Money(_) => asking.note(|| What::Increase { now, base, by }),
        }
        let counted = by.less(skipped);
        let count = counted.full(size);
        let result = if count == 0 {
            Err(Reason::NoFullStep { each })
        } else {
            let amount = self.award.value * count;
            asking.note(|| What::Steps { each, count, award: self.award.value, amount });
            Ok(amount)
        };
        asking.note(|| {
            let next = base + skipped + size * (count + 1);
            What::Distance { to: Target::Step(next), missing: next.less(now) }
        });
        result
    }
}
