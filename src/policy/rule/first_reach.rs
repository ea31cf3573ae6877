//! 首次达到 — tiers, each for the first time: “年销售额首次达到5000万元、1亿元、3亿元的，分别给予100万元、200万元、500万元”.

use std::fmt;

use serde::Deserialize;

use super::mark::cent;
use super::{Asking, Comes, Given, Input, Kind, Mark, Question, Reason, Step, Toward, Trial, What};
use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report};
use crate::money::Money;
use crate::policy::Standing;
use crate::register::LedgerEntry;
use crate::source::Place;
use crate::trace::{Sink, Target, Telling, Words};
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
    /// What shows that it is the first time.
    #[serde(rename = "首次证据", default)]
    evidence: Evidence,
}

/// A tier.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tier {
    /// What must be reached (含本数).
    #[serde(rename = "达到")]
    reach: Located<Money>,
    /// What it gives.
    #[serde(rename = "奖励")]
    award: Located<Money>,
}

/// What is given when a year jumps over tiers: three readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
enum Jump {
    /// The highest tier alone.
    #[default]
    #[serde(rename = "最高档")]
    Highest,
    /// Every tier that was passed.
    #[serde(rename = "逐档")]
    Every,
    /// The highest tier less what was paid for tiers before.
    #[serde(rename = "补差")]
    Difference,
}

impl Jump {
    fn name(self) -> &'static str {
        match self {
            Self::Highest => "按达到的最高一档给予",
            Self::Every => "跨过的各档都给予",
            Self::Difference => "最高档减去以前各档已兑现的部分",
        }
    }
}

/// What shows that a tier is reached for the first time: three readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
enum Evidence {
    /// Whatever is known of earlier years; where nothing is, the words of the enterprise, and the steps say so.
    #[default]
    #[serde(rename = "不要求")]
    Known,
    /// The figure of the year before, and whatever else is known.
    #[serde(rename = "要求上年数据")]
    YearBefore,
    /// The ledger alone: what was reached but never paid is no hindrance.
    #[serde(rename = "台账")]
    Ledger,
}

impl Evidence {
    fn name(self) -> &'static str {
        match self {
            Self::Known => "以前各年度的申报数和台账，没有的不要求",
            Self::YearBefore => "须有上年度的申报数",
            Self::Ledger => "台账里没有兑现过",
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

/// What is said of a first reach.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// The ledger says that the tier was granted before.
    Granted { year: Year, reach: Money },
    /// Nothing is known of earlier years.
    RestsOnNothing,
    /// What was paid for tiers before is taken off.
    LessPaid { award: Money, paid: Money, amount: Money },
}

impl Telling for Said {
    fn words(&self) -> Words {
        match self {
            Self::Granted { year, reach } => {
                Words::new("核对奖励台账", format!("{year}年度已按{reach}档兑现"), "该档已不是首次")
            }
            Self::RestsOnNothing => Words::new("认定首次", "没有更早年度的申报数，台账也没有记录", "按首次给予"),
            Self::LessPaid { award, paid, amount } => {
                Words::new("扣除以前各档", format!("最高档{award}，以前各档已兑现{paid}"), amount)
            }
        }
    }

    fn is_unproved(&self) -> bool {
        *self == Self::RestsOnNothing
    }
}

/// Why nothing is given for a tier that is reached.
#[derive(Debug, Clone, PartialEq)]
pub enum Why<'a> {
    /// The figure that must show the first time is missing.
    NotShown { quantity: &'a str, year: Year },
    /// What was paid for tiers before is as much as the tier gives.
    Paid { award: Money, paid: Money },
}

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotShown { quantity, year } => write!(f, "没有{year}年{quantity}的申报数，不能认定首次达到"),
            Self::Paid { award, paid } => write!(f, "最高档{award}，以前各档已兑现{paid}，没有差额"),
        }
    }
}

impl Kind for FirstReach {
    type Said<'a> = Said;
    type Why<'a> = Why<'a>;

    const READINGS: &'static [Question] = &[
        Question { under: &[], name: "跨档", choices: &["最高档", "逐档", "补差"] },
        Question { under: &[], name: "首次证据", choices: &["不要求", "要求上年数据", "台账"] },
    ];

    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>) -> Given<'a> {
        let now = asking.take(&self.quantity, asking.year())?;
        let Some(reached) = self.tier_of(now) else {
            let Some(lowest) = self.tiers.first() else { return Err(Reason::Nothing) };
            let bound = lowest.reach.value;
            asking.distance(tier(bound), now);
            return Err(Reason::Below { quantity: &self.quantity.value, year: asking.year(), amount: now, bound });
        };
        self.look_for_evidence(asking)?;
        let before = self.reached_before(asking);
        if let Some(before) = &before
            && let Some(tier) = self.tiers.get(before.tier)
        {
            let (year, reach, own) = (before.year, tier.reach.value, asking.own);
            let what = || match before.amount {
                Some(amount) => What::Earlier { year, amount, reach },
                None => What::Own(own(Said::Granted { year, reach })),
            };
            asking.sink.step(|| Step::new(what()).at(before.place));
        }
        let next = self.tiers.get(reached + 1);
        let result = match (&before, self.tiers.get(reached)) {
            (_, None) => Err(Reason::Nothing),
            (Some(before), Some(tier)) if before.tier >= reached => {
                Err(Reason::ReachedBefore { reach: tier.reach.value, year: before.year })
            }
            (before, Some(tier)) => self.given(before.as_ref().map(|before| before.tier), reached, tier, asking),
        };
        if let Some(next) = next {
            asking.distance(tier(next.reach.value), now);
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
                reach: Some((&self.quantity.value, reach)),
            }
        });
        marks.collect()
    }

    fn trials(&self, _: Year) -> Vec<Trial<'_>> {
        let trials = self.tiers.iter().enumerate().flat_map(|(index, tier)| {
            let reach = tier.reach.value;
            let gives = Comes::Gives(self.first_gives(index));
            let next = self.tiers.get(index + 1).map(|next| next.reach.value);
            let mut trials = vec![(reach, None, gives), (reach, Some(reach), Comes::Missed)];
            if !reach.is_zero() {
                trials.push((reach - cent(), None, Comes::Missed));
                trials.push((reach, Some(reach - cent()), Comes::Met));
            }
            if next.is_none_or(|next| reach + cent() < next) {
                trials.push((reach + cent(), None, gives));
            }
            trials.into_iter().map(|(now, before, comes)| {
                let input = Input::figure(&self.quantity.value, now, before);
                Trial { mark: tier.reach.place, input, comes }
            })
        });
        trials.collect()
    }

    fn toward(&self, amount: Money, _: Year) -> Toward<'_> {
        let (index, tier) = self.tiers.iter().enumerate().find(|(index, _)| self.first_gives(*index) >= amount)?;
        Some((Input::figure(&self.quantity.value, tier.reach.value, None), self.first_gives(index)))
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

/// A tier that is not reached yet.
fn tier(reach: Money) -> Target {
    Target { reach, name: "档" }
}

impl<'a, S: Sink<Step<'a>>> Asking<'_, 'a, FirstReach, S> {
    fn reached(&mut self, tier: &Tier) {
        self.give(tier.reach.place, || What::Tier { reach: tier.reach.value, award: tier.award.value });
    }

    /// What the ledger says that the item was paid for tiers before.
    fn tiers_paid(&self) -> Vec<Standing<'a>> {
        let counts = |grant: &LedgerEntry| self.facts.policy.granted(self.rule, grant);
        let mut paid = self.facts.standing(counts);
        paid.retain(|standing| standing.grant.tier.is_some());
        paid
    }

    /// How much that is, with its lines as steps.
    fn paid_for_tiers(&mut self) -> Money {
        let paid = self.tiers_paid();
        for Standing { year, grant, amount } in &paid {
            let (year, amount) = (*year, *amount);
            self.sink.step(|| Step::new(What::Booked { year, amount, back: false }).at(grant.amount.place));
        }
        paid.iter().map(|standing| standing.amount).sum()
    }
}

impl FirstReach {
    /// What the tier of this number gives to who reached none before.
    fn first_gives(&self, index: usize) -> Money {
        let first = if self.jump == Jump::Every { 0 } else { index };
        self.tiers.iter().take(index + 1).skip(first).map(|tier| tier.award.value).sum()
    }

    /// What is given for the first time at `reached`, after `before`.
    fn given<'a>(
        &'a self,
        before: Option<usize>,
        reached: usize,
        tier: &'a Tier,
        asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>,
    ) -> Given<'a> {
        let first_new = before.map_or(0, |before| before + 1);
        if reached > first_new || (self.jump == Jump::Difference && before.is_some()) {
            asking.note(|| What::Reading { question: "跨档怎样给予", choice: self.jump.name() });
        }
        Ok(match self.jump {
            Jump::Highest => {
                asking.reached(tier);
                tier.award.value
            }
            Jump::Every => self.tiers.iter().take(reached + 1).skip(first_new).fold(Money::ZERO, |sum, passed| {
                asking.reached(passed);
                sum + passed.award.value
            }),
            Jump::Difference => {
                asking.reached(tier);
                let award = tier.award.value;
                let paid = asking.paid_for_tiers();
                if paid.is_zero() {
                    return Ok(award);
                }
                if paid >= award {
                    return Err(asking.because(Why::Paid { award, paid }));
                }
                let amount = award.less(paid);
                asking.note_own(|| Said::LessPaid { award, paid, amount });
                amount
            }
        })
    }

    /// Says by what the first time is shown, where that is a choice or nothing; refuses what must be shown and is not.
    fn look_for_evidence<'a>(
        &'a self,
        asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>,
    ) -> Result<(), Reason<'a>> {
        let (quantity, year) = (&self.quantity.value, asking.year().previous());
        if self.evidence != Evidence::Known {
            asking.note(|| What::Reading { question: "首次凭什么认定", choice: self.evidence.name() });
        }
        match self.evidence {
            Evidence::YearBefore if asking.facts.figure(quantity, year).is_none() => {
                Err(asking.because(Why::NotShown { quantity, year }))
            }
            Evidence::Known if asking.facts.earlier(quantity).next().is_none() && asking.tiers_paid().is_empty() => {
                asking.note_own(|| Said::RestsOnNothing);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The highest tier that an amount reaches.
    fn tier_of(&self, amount: Money) -> Option<usize> {
        self.tiers.iter().rposition(|tier| amount >= tier.reach.value)
    }

    /// The highest tier that any earlier year reached, as declared or as the ledger says.
    fn reached_before<'a>(&'a self, asking: &Asking<'_, 'a, Self, impl Sink<Step<'a>>>) -> Option<Before> {
        let figures = asking.facts.earlier(&self.quantity.value).filter(|_| self.evidence != Evidence::Ledger);
        let declared = figures.filter_map(|(year, figure)| {
            Some(Before { tier: self.tier_of(figure.value)?, year, amount: Some(figure.value), place: figure.place })
        });
        let granted = asking.tiers_paid().into_iter().filter_map(|standing| {
            let reach = standing.grant.tier.as_ref()?;
            Some(Before { tier: self.tier_of(reach.value)?, year: standing.year, amount: None, place: reach.place })
        });
        // Of several years that reached the same tier, the first one is named.
        let better = |best: &Before, other: &Before| (other.tier, best.year) > (best.tier, other.year);
        declared.chain(granted).reduce(|best, other| if better(&best, &other) { other } else { best })
    }
}
