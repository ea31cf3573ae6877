//! 首次达到 — tiers, each for the first time: “年销售额首次达到5000万元、1亿元、3亿元的，分别给予100万元、200万元、500万元”.

use serde::Deserialize;

use super::{Asking, Asks, Given, Kind, Mark};
use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report};
use crate::money::Money;
use crate::policy::Reason;
use crate::source::Place;
use crate::trace::{Sink, Step, Target, What};
use crate::yaml::Located;

/// `首次达到: { 量: 销售额, 档: [{ 达到: 5000万元, 奖励: 100万元 }, …], 跨档: 最高档 }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstReach {
    /// The figure.
    #[serde(rename = "量")]
    quantity: Located<String>,
    /// The tiers, from the lowest up.
    #[serde(rename = "档")]
    tiers: Vec<Tier>,
    /// What is given when a year jumps over tiers.
    #[serde(rename = "跨档", default)]
    jump: Jump,
}

/// A tier.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tier {
    /// What must be reached (含本数).
    #[serde(rename = "达到")]
    reach: Located<Money>,
    /// What it gives.
    #[serde(rename = "奖励")]
    award: Located<Money>,
}

/// What is given when a year jumps over tiers: three readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Jump {
    /// The highest tier alone.
    #[default]
    #[serde(rename = "最高档")]
    Highest,
    /// Every tier that was passed.
    #[serde(rename = "逐档")]
    Every,
    /// The highest tier less what the tiers reached before gave.
    #[serde(rename = "补差", alias = "差额")]
    Difference,
}

impl Jump {
    fn name(self) -> &'static str {
        match self {
            Self::Highest => "按达到的最高一档给予",
            Self::Every => "跨过的各档都给予",
            Self::Difference => "最高档减去以前各档已给予的部分",
        }
    }
}

/// The tier that was reached before, when, and how that is known.
struct Before {
    tier: usize,
    year: Year,
    amount: Option<Money>,
    place: Place,
}

impl Kind for FirstReach {
    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, impl Sink<'a>>) -> Given<'a> {
        let now = asking.take(&self.quantity, asking.year())?;
        let Some(reached) = self.tier_of(now) else {
            let Some(lowest) = self.tiers.first() else { return Err(Reason::Nothing) };
            let bound = lowest.reach.value;
            asking.note(|| What::Distance { to: Target::Tier(bound), missing: bound.less(now) });
            return Err(Reason::Below { quantity: &self.quantity.value, year: asking.year(), amount: now, bound });
        };
        let before = self.reached_before(asking);
        if let Some(before) = &before
            && let Some(tier) = self.tiers.get(before.tier)
        {
            let (year, amount, reach) = (before.year, before.amount, tier.reach.value);
            asking.sink.step(|| Step { what: What::Earlier { year, amount, reach }, place: Some(before.place) });
        }
        let next = self.tiers.get(reached + 1);
        let result = match (&before, self.tiers.get(reached)) {
            (_, None) => Err(Reason::Nothing),
            (Some(before), Some(tier)) if before.tier >= reached => {
                Err(Reason::ReachedBefore { reach: tier.reach.value, year: before.year })
            }
            (before, Some(tier)) => Ok(self.given(before.as_ref().map(|before| before.tier), reached, tier, asking)),
        };
        if let Some(next) = next {
            asking.note(|| What::Distance { to: Target::Tier(next.reach.value), missing: next.reach.value.less(now) });
        }
        result
    }

    fn quantities(&self) -> Vec<&Located<String>> {
        vec![&self.quantity]
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        let marks = self.tiers.iter().map(|tier| {
            let reach = tier.reach.value;
            Mark {
                place: tier.reach.place,
                name: format!("达到{reach}档"),
                witness: format!("{}首次达到{reach}", self.quantity.value),
                award: Some(tier.award.value),
                asks: Asks::Reach(&self.quantity.value, reach),
                met: Box::new(move |what| matches!(what, What::Tier { reach: reached, .. } if *reached == reach)),
            }
        });
        marks.collect()
    }

    fn check(&self, report: &mut Report) {
        if self.tiers.is_empty() {
            report.push(
                Diagnostic::error(Code::Rule, "“档”是空的")
                    .at(self.quantity.place)
                    .help("至少写一档“{ 达到: …, 奖励: … }”"),
            );
        }
        for pair in self.tiers.windows(2) {
            let [lower, higher] = pair else { continue };
            if higher.reach.value <= lower.reach.value {
                let message = format!("{}这一档不高于前一档{}，永远轮不到", higher.reach.value, lower.reach.value);
                report.push(Diagnostic::error(Code::Rule, message).at(higher.reach.place).help("各档从低到高写"));
            } else if higher.award.value < lower.award.value {
                let message = format!(
                    "达到{}奖励{}，反而少于达到{}的{}",
                    higher.reach.value, higher.award.value, lower.reach.value, lower.award.value
                );
                report.push(
                    Diagnostic::error(Code::Rule, message).at(higher.award.place).help("高一档的奖励不应少于低一档"),
                );
            }
        }
    }
}

impl FirstReach {
    /// What is given for the first time at `reached`, after `before`.
    fn given<'a>(
        &'a self,
        before: Option<usize>,
        reached: usize,
        tier: &'a Tier,
        asking: &mut Asking<'_, 'a, impl Sink<'a>>,
    ) -> Money {
        let first_new = before.map_or(0, |before| before + 1);
        if reached > first_new || (self.jump == Jump::Difference && before.is_some()) {
            asking.note(|| What::Reading { question: "跨档怎样给予", choice: self.jump.name() });
        }
        match self.jump {
            Jump::Highest => {
                asking.note(|| What::Tier { reach: tier.reach.value, award: tier.award.value });
                tier.award.value
            }
            Jump::Every => self.tiers.iter().take(reached + 1).skip(first_new).fold(Money::ZERO, |sum, passed| {
                asking.note(|| What::Tier { reach: passed.reach.value, award: passed.award.value });
                sum + passed.award.value
            }),
            Jump::Difference => {
                asking.note(|| What::Tier { reach: tier.reach.value, award: tier.award.value });
                let paid =
                    before.and_then(|before| self.tiers.get(before)).map_or(Money::ZERO, |tier| tier.award.value);
                tier.award.value.less(paid)
            }
        }
    }

    /// The highest tier that an amount reaches.
    fn tier_of(&self, amount: Money) -> Option<usize> {
        self.tiers.iter().rposition(|tier| amount >= tier.reach.value)
    }

    /// The highest tier that any earlier year reached, as declared or as the ledger says.
    fn reached_before<'a, S>(&'a self, asking: &Asking<'_, 'a, S>) -> Option<Before> {
        let declared = asking.facts.earlier(&self.quantity.value).filter_map(|(year, figure)| {
            Some(Before { tier: self.tier_of(figure.value)?, year, amount: Some(figure.value), place: figure.place })
        });
        let granted = asking.facts.standing(asking.rule).into_iter().filter_map(|standing| {
            let reach = standing.grant.tier.as_ref()?;
            Some(Before { tier: self.tier_of(reach.value)?, year: standing.year, amount: None, place: reach.place })
        });
        // Of several years that reached the same tier, the first one is named.
        let better = |best: &Before, other: &Before| (other.tier, best.year) > (best.tier, other.year);
        declared.chain(granted).reduce(|best, other| if better(&best, &other) { other } else { best })
    }
}
