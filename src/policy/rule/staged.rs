//! 分期 — an award that is decided once and paid over years by a list: “按投资额的10%给予奖励，分三年按50%、30%、20%拨付”. What is paid
//! later needs no new figure.

use std::fmt;

use rust_decimal::Decimal;
use serde::Deserialize;

use super::{Asking, Given, Kind, Mark, Reason, Step, Trial};
use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report};
use crate::money::{Money, Rounding, RoundingWay, Share};
use crate::policy::expression::{Expression, Gap};
use crate::trace::{Sink, Telling, Words};
use crate::yaml::Located;

/// `分期: { 总额: 设备投资 × 10%, 拨付: [50%, 30%, 20%] }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staged {
    /// What is given altogether, for the first year in which that is more than nothing.
    #[serde(rename = "总额")]
    pub total: Expression,
    /// The part of each year, from that one on; together all of it.
    #[serde(rename = "拨付")]
    parts: Located<Vec<Located<Share>>>,
}

/// What is said of an award that is paid over years.
#[derive(Debug, Clone, PartialEq)]
pub enum Said<'a> {
    /// What was decided, and when.
    Total { text: &'a str, first: Year, total: Money },
    /// The part of a year.
    Part { number: usize, share: Share, total: Money, amount: Money },
    /// The last part: what the others left.
    Rest { number: usize, share: Share, total: Money, amount: Money },
}

impl Telling for Said<'_> {
    fn words(&self) -> Words {
        match self {
            Self::Total { text, first, total } => Words::new("确定总额", format!("{first}年{text}"), total),
            Self::Part { number, share, total, amount } => {
                Words::new("分期拨付", format!("总额{total}，第{number}年{share}"), amount)
            }
            Self::Rest { number, share, total, amount } => {
                Words::new("分期拨付", format!("总额{total}，第{number}年{share}，为最后一年，付清余下的"), amount)
            }
        }
    }
}

/// Why nothing of it is paid.
#[derive(Debug, Clone, PartialEq)]
pub enum Why<'a> {
    /// The years in which it is paid are over.
    Over { first: Year, years: usize },
    /// What it comes to is not known.
    Unknown(Gap<'a>),
}

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Over { first, years } => write!(f, "自{first}年起分{years}年拨付，已经期满"),
            Self::Unknown(gap) => f.write_str(&Expression::gap(*gap)),
        }
    }
}

/// How far back a decision is looked for.
const YEARS_BACK: i16 = 30;

impl Kind for Staged {
    type Said<'a> = Said<'a>;
    type Why<'a> = Why<'a>;

    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>) -> Given<'a> {
        let now = asking.year();
        let of = |year: Year| self.total.money_in(asking.facts, year, &mut |_| {});
        let mut years = (0..=YEARS_BACK).rev().map(|ago| Year(now.0 - ago));
        let Some(first) = years.find(|year| of(*year).is_ok_and(|total| !total.is_zero())) else {
            return Err(match of(now) {
                Ok(_) => Reason::Nothing,
                Err(Gap::Figure(quantity, year)) => Reason::Missing { quantity, year },
                Err(gap) => asking.because(Why::Unknown(gap)),
            });
        };
        let years = self.parts.value.len();
        let number = usize::try_from(now.0 - first.0).unwrap_or_default();
        let Some(of_year) = self.parts.value.get(number) else {
            return Err(asking.because(Why::Over { first, years }));
        };
        let sink = &mut *asking.sink;
        let decided = self.total.money_in(asking.facts, first, &mut |seen| sink.step(|| seen.step()));
        let decided = decided.unwrap_or_default();
        let total = asking.total(decided);
        asking.note_own(|| Said::Total { text: &self.total.text, first, total: decided });
        let down = Rounding { way: RoundingWay::Down, ..asking.facts.policy.rules.rounding };
        let part = |share: &Located<Share>| down.apply(share.value.of(total));
        let (number, place, share) = (number + 1, of_year.place, of_year.value);
        if number < years {
            let amount = part(of_year);
            asking.give_own(place, || Said::Part { number, share, total, amount });
            return if amount.is_zero() { Err(Reason::Nothing) } else { Ok(amount) };
        }
        let before: Money = self.parts.value.iter().take(number - 1).map(part).sum();
        let amount = total.less(before);
        asking.give_own(place, || Said::Rest { number, share, total, amount });
        Ok(amount)
    }

    fn check(&self, report: &mut Report) {
        let whole: Decimal = self.parts.value.iter().map(|part| part.value.in_percent()).sum();
        if whole != Decimal::ONE_HUNDRED {
            let message = format!("“拨付”各年加起来是{whole}%，不是100%");
            report.push(Diagnostic::error(Code::Rule, message).at(self.parts.place).help("核对各年的比例"));
        }
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        let marks = self.parts.value.iter().enumerate().map(|(index, part)| {
            let year = index + 1;
            Mark {
                place: part.place,
                name: format!("第{year}年拨付{}", part.value),
                witness: format!("总额确定后的第{year}年"),
                award: None,
                reach: None,
            }
        });
        marks.collect()
    }

    /// Which facts bring a formula to an edge, only its author knows: `cases.yaml` says it.
    fn trials(&self, _: Year) -> Vec<Trial<'_>> {
        Vec::new()
    }
}
