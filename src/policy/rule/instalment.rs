//! 分年比例 — a share of several years' spending, paid over as many years: “按项目三年内设备和软件投资额的20%，分三年给予”.

use std::fmt;

use serde::Deserialize;

use super::mark::{bases, least_base};
use super::{Asking, Comes, Given, Input, Kind, Mark, Reason, Step, Toward, Trial, What};
use crate::calendar::Year;
use crate::money::{Money, Rounding, RoundingWay, Share};
use crate::policy::Term;
use crate::policy::limit::Scope;
use crate::trace::{Sink, Telling, Words};
use crate::yaml::Located;

/// `分年比例: { 基数: 设备和软件投资, 比例: 20%, 年限: 3年, 拨付: 逐年 }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instalment {
    /// The figure.
    #[serde(rename = "基数")]
    base: Located<String>,
    /// The share.
    #[serde(rename = "比例")]
    share: Located<Share>,
    /// Over how many years, from the first year with a figure.
    #[serde(rename = "年限")]
    years: Located<Term>,
    /// How the payments run.
    #[serde(rename = "拨付", default)]
    payment: Payment,
}

/// How the payments run: two readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
enum Payment {
    /// Each year the share of that year's spending, until the total reaches the limit.
    #[default]
    #[serde(rename = "逐年")]
    Yearly,
    /// Equal payments of the whole term's total; the last one takes the remainder.
    #[serde(rename = "等额")]
    Equal,
}

impl Payment {
    fn name(self) -> &'static str {
        match self {
            Self::Yearly => "逐年按当年投资额计算，累计到限额为止",
            Self::Equal => "按总额分年等额，末年取余数",
        }
    }
}

/// An instalment of a total.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    number: u32,
    of: u32,
    total: Money,
    amount: Money,
}

impl Telling for Said {
    fn words(&self) -> Words {
        let Self { number, of, total, amount } = self;
        Words::new("分年拨付", format!("总额{total}，分{of}年，第{number}年"), amount)
    }
}

/// The years in which it is paid are over.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    first: Year,
    years: i16,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "自{}年起{}年的资助期已满", self.first, self.years)
    }
}

impl Kind for Instalment {
    type Said<'a> = Said;
    type Why<'a> = Why;

    const READINGS: &'static [&'static str] = &["拨付"];

    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>) -> Given<'a> {
        let quantity = &self.base.value;
        let years = self.years.value.0;
        let now = asking.facts.figure(quantity, asking.year()).map(|_| asking.year());
        let Some(first) = asking.facts.earlier(quantity).map(|(year, _)| year).min().or(now) else {
            return Err(Reason::Missing { quantity, year: asking.year() });
        };
        let number = asking.year().0 - first.0;
        if number >= years {
            return Err(asking.because(Why { first, years }));
        }
        asking.note(|| What::Reading { question: "分年怎样拨付", choice: self.payment.name() });
        match self.payment {
            Payment::Yearly => {
                let base = asking.take(&self.base, asking.year())?;
                let amount = self.share.value.of(base);
                asking.give(self.share.place, || What::Share { base, share: self.share.value, amount });
                Ok(amount)
            }
            Payment::Equal => {
                let mut base = Money::ZERO;
                for year in (0..years).map(|offset| Year(first.0 + offset)) {
                    if let Some(figure) = asking.facts.figure(quantity, year) {
                        base += figure.value;
                        asking.figure(&self.base, year, figure);
                    }
                }
                let share = self.share.value.of(base);
                asking.give(self.share.place, || What::Share { base, share: self.share.value, amount: share });
                let limits = asking.rule.limits.iter().filter(|limit| limit.scope == Scope::Item);
                let limit = limits.map(|limit| limit.amount.value).min();
                let total = limit.map_or(share, |limit| limit.min(share));
                let of = u32::try_from(years).unwrap_or(1);
                // Each is a whole amount already, so that rounding the award loses nothing of the total.
                let rounding = Rounding { way: RoundingWay::Down, ..asking.facts.policy.rules.rounding };
                let each = rounding.apply(total.part(1, of));
                let amount = if number + 1 == years { total.less(each * i128::from(number)) } else { each };
                let number = u32::try_from(number + 1).unwrap_or(1);
                asking.note_own(|| Said { number, of, total, amount });
                Ok(amount)
            }
        }
    }

    fn quantities(&self) -> Vec<&Located<String>> {
        vec![&self.base]
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        vec![Mark::of_share(&self.share, &self.base.value)]
    }

    fn trials(&self, _: Year) -> Vec<Trial<'_>> {
        let comes = |base: Money| match self.payment {
            Payment::Yearly => Comes::Gives(self.share.value.of(base)),
            Payment::Equal => Comes::Met,
        };
        let trial =
            |figures, comes| Trial { mark: self.share.place, input: Input { figures, words: Vec::new() }, comes };
        let (name, years) = (self.base.value.as_str(), self.years.value.0);
        let mut trials: Vec<_> = bases().into_iter().map(|base| trial(vec![(name, 0, base)], comes(base))).collect();
        for base in bases() {
            trials.push(trial(vec![(name, 0, base), (name, years, base)], Comes::Missed));
            if years > 1 {
                trials.push(trial(vec![(name, 0, base), (name, years - 1, base)], comes(base)));
            }
        }
        trials
    }

    fn toward(&self, amount: Money, _: Year) -> Toward<'_> {
        if self.payment == Payment::Equal {
            return None;
        }
        let (base, gives) = least_base(self.share.value, amount)?;
        Some((Input::figure(&self.base.value, base, None), gives))
    }
}
