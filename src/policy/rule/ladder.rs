//! 台阶 — further steps beyond an amount, each reached for the first time: “超过10亿元后，每再上一个5亿元台阶奖励100万元”.

use std::convert::Infallible;

use serde::Deserialize;

use super::full_steps::{FullSteps, Unit};
use super::mark::{cent, least_count};
use super::{Asking, Comes, Given, Input, Kind, Mark, Reason, Step, Toward, Trial, What};
use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report};
use crate::money::Money;
use crate::trace::{Sink, Target};
use crate::yaml::Located;

/// `台阶: { 量: 主营业务收入, 起: 10亿元, 每: 5亿元, 奖励: 100万元 }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    /// The figure.
    #[serde(rename = "量")]
    quantity: Located<String>,
    /// Where the steps begin.
    #[serde(rename = "起")]
    from: Located<Money>,
    /// The height of a step.
    #[serde(rename = "每")]
    each: Located<Money>,
    /// What each gives.
    #[serde(rename = "奖励")]
    award: Located<Money>,
}

impl Kind for Ladder {
    type Said<'a> = FullSteps;
    type Why<'a> = Infallible;

    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>) -> Given<'a> {
        let now = asking.take(&self.quantity, asking.year())?;
        let standing = self.steps(now);
        let highest = asking.facts.earlier(&self.quantity.value).max_by_key(|(_, figure)| figure.value);
        let before = highest.as_ref().map_or(0, |(_, figure)| self.steps(figure.value));
        if let Some((year, figure)) = &highest
            && before > 0
        {
            let reach = self.from.value + self.each.value * before;
            let what = || What::Earlier { year: *year, amount: figure.value, reach };
            asking.sink.step(|| Step::new(what()).at(figure.place));
        }
        let next = self.from.value + self.each.value * (standing + 1);
        let result = if standing <= 0 {
            Err(Reason::Below { quantity: &self.quantity.value, year: asking.year(), amount: now, bound: next })
        } else if standing <= before {
            let reach = self.from.value + self.each.value * standing;
            Err(Reason::ReachedBefore { reach, year: highest.map_or(asking.year().previous(), |(year, _)| year) })
        } else {
            let count = standing - before;
            let (each, award) = (Unit::Money(self.each.value), self.award.value);
            let amount = award * count;
            asking.give_own(self.award.place, || FullSteps { each, count, award, amount });
            Ok(amount)
        };
        asking.note(|| What::Distance { to: Target { reach: next, name: "台阶" }, missing: next.less(now) });
        result
    }

    fn quantities(&self) -> Vec<&Located<String>> {
        vec![&self.quantity]
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        let first = self.from.value + self.each.value;
        vec![Mark {
            place: self.award.place,
            name: format!("{}的台阶", self.quantity.value),
            witness: format!("{}首次达到{first}", self.quantity.value),
            award: Some(self.award.value),
            reach: Some((&self.quantity.value, first)),
        }]
    }

    fn trials(&self, _: Year) -> Vec<Trial<'_>> {
        let (each, award) = (self.each.value, self.award.value);
        let first = self.from.value + each;
        let trials = [
            (first - cent(), None, Comes::Missed),
            (first, None, Comes::Gives(award)),
            (first + each - cent(), None, Comes::Gives(award)),
            (first + each, None, Comes::Gives(award * 2)),
            (first, Some(first), Comes::Missed),
            (first, Some(first - cent()), Comes::Gives(award)),
            (first + each, Some(first), Comes::Gives(award)),
        ];
        let trial = |(now, before, comes)| Trial {
            mark: self.award.place,
            input: Input::figure(&self.quantity.value, now, before),
            comes,
        };
        trials.into_iter().map(trial).collect()
    }

    fn toward(&self, amount: Money, _: Year) -> Toward<'_> {
        let count = least_count(self.award.value, amount)?;
        let now = self.from.value + self.each.value * count;
        Some((Input::figure(&self.quantity.value, now, None), self.award.value * count))
    }

    fn check(&self, report: &mut Report) {
        if self.each.value.is_zero() {
            report.push(Diagnostic::error(Code::Rule, "台阶的高度不能是零").at(self.each.place));
        }
    }
}

impl Ladder {
    /// How many full steps an amount stands above the beginning.
    fn steps(&self, amount: Money) -> i128 {
        amount.less(self.from.value).full(self.each.value)
    }
}
