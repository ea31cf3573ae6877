//! 分年比例 — a share of several years' spending, paid over as many years: “按项目三年内设备和软件投资额的20%，分三年给予”.

use serde::Deserialize;

use super::{Asking, Given, Kind, Mark, share_mark};
use crate::calendar::Year;
use crate::money::{Money, Rounding, Share};
use crate::policy::limit::Scope;
use crate::policy::{Reason, Term};
use crate::trace::{Sink, What};
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

impl Kind for Instalment {
    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, impl Sink<'a>>) -> Given<'a> {
        let quantity = &self.base.value;
        let years = self.years.value.0;
        let now = asking.facts.figure(quantity, asking.year()).map(|_| asking.year());
        let Some(first) = asking.facts.earlier(quantity).map(|(year, _)| year).min().or(now) else {
            return Err(Reason::Missing { quantity, year: asking.year() });
        };
        let number = asking.year().0 - first.0;
        if number >= years {
            return Err(Reason::TermOver { first, years });
        }
        asking.note(|| What::Reading { question: "分年怎样拨付", choice: self.payment.name() });
        match self.payment {
            Payment::Yearly => {
                let base = asking.take(&self.base, asking.year())?;
                let amount = self.share.value.of(base);
                asking.note(|| What::Share { base, share: self.share.value, amount });
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
                asking.note(|| What::Share { base, share: self.share.value, amount: share });
                let limits = asking.rule.limits.iter().filter(|limit| limit.scope == Scope::Item);
                let limit = limits.map(|limit| limit.amount.value).min();
                let total = limit.map_or(share, |limit| limit.min(share));
                let of = u32::try_from(years).unwrap_or(1);
                let each = Rounding::default().apply(total.part(1, of));
                let amount = if number + 1 == years { total.less(each * i128::from(number)) } else { each };
                let number = u32::try_from(number + 1).unwrap_or(1);
                asking.note(|| What::Instalment { number, of, total, amount });
                Ok(amount)
            }
        }
    }

    fn quantities(&self) -> Vec<&Located<String>> {
        vec![&self.base]
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        vec![share_mark(&self.share, &self.base.value)]
    }
}
