//! 分年比例 — a share of several years' spending, paid over as many years: “按项目三年内设备和软件投资额的20%，分三年给予”.

use serde::Deserialize;

use super::{Mark, Rule, plain, share_mark, take};
use crate::calendar::Year;
use crate::diag::Report;
use crate::money::{Money, Rounding, Share};
use crate::policy::limit::Scope;
use crate::policy::{Facts, Reason, Term};
use crate::trace::{Sink, Step, What};
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
pub enum Payment {
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

impl Instalment {
    pub(super) fn amount<'a>(
        &'a self,
        rule: &'a Rule,
        facts: &Facts<'_, 'a>,
        sink: &mut impl Sink<'a>,
    ) -> Result<Money, Reason<'a>> {
        let quantity = &self.base.value;
        let years = self.years.value.0;
        let now = facts.figure(quantity, facts.year()).map(|_| facts.year());
        let Some(first) = facts.earlier(quantity).map(|(year, _)| year).min().or(now) else {
            return Err(Reason::Missing { quantity, year: facts.year() });
        };
        let number = facts.year().0 - first.0;
        if number >= years {
            return Err(Reason::TermOver { first, years });
        }
        sink.step(|| plain(What::Reading { question: "分年怎样拨付", choice: self.payment.name() }));
        match self.payment {
            Payment::Yearly => {
                let base = take(&self.base, facts.year(), facts, sink)?;
                let amount = self.share.value.of(base);
                sink.step(|| plain(What::Share { base, share: self.share.value, amount }));
                Ok(amount)
            }
            Payment::Equal => {
                let mut base = Money::ZERO;
                for year in (0..years).map(|offset| Year(first.0 + offset)) {
                    if let Some(figure) = facts.figure(quantity, year) {
                        base += figure.value;
                        sink.step(|| Step {
                            what: What::Figure { quantity, year, amount: figure.value },
                            place: Some(figure.place),
                        });
                    }
                }
                let share = self.share.value.of(base);
                sink.step(|| plain(What::Share { base, share: self.share.value, amount: share }));
                let limit =
                    rule.limits.iter().filter(|limit| limit.scope == Scope::Item).map(|limit| limit.amount.value).min();
                let total = limit.map_or(share, |limit| limit.min(share));
                let of = u32::try_from(years).unwrap_or(1);
                let each = Rounding::default().apply(total.part(1, of));
                let amount = if number + 1 == years { total.less(each * i128::from(number)) } else { each };
                let number = u32::try_from(number + 1).unwrap_or(1);
                sink.step(|| plain(What::Instalment { number, of, total, amount }));
                Ok(amount)
            }
        }
    }

    pub(super) fn quantities(&self) -> Vec<&Located<String>> {
        vec![&self.base]
    }

    pub(super) fn marks(&self) -> Vec<Mark<'_>> {
        vec![share_mark(&self.share, &self.base.value)]
    }

    #[expect(clippy::unused_self, reason = "every kind of standard has this shape")]
    pub(super) fn check(&self, _: &mut Report) {}
}
