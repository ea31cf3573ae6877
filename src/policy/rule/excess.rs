//! 超出均值 — a share of what exceeds a published mean: “对超出行业平均研发投入的部分，按10%给予补助”.

use std::collections::BTreeMap;
use std::convert::Infallible;

use serde::Deserialize;

use super::mark::{bases, least_base};
use super::{Asking, Comes, Given, Input, Kind, Mark, Reason, Step, Toward, Trial, What};
use crate::calendar::Year;
use crate::money::{Money, Share};
use crate::trace::Sink;
use crate::yaml::Located;

/// `超出均值: { 量: 研发投入, 年度通知: { 2023: 800万元 }, 比例: 10% }`.
///
/// The mean is one that was published for the year, never one computed from the declarations at hand: what one enterprise
/// declares must not move what another one gets.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excess {
    /// The figure.
    #[serde(rename = "量")]
    quantity: Located<String>,
    /// The mean, as published for each year.
    #[serde(rename = "年度通知")]
    means: BTreeMap<Year, Located<Money>>,
    /// The share of what exceeds it.
    #[serde(rename = "比例")]
    share: Located<Share>,
}

impl Kind for Excess {
    type Said<'a> = Infallible;
    type Why<'a> = Infallible;

    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>) -> Given<'a> {
        let now = asking.take(&self.quantity, asking.year())?;
        let Some(mean) = self.means.get(&asking.year()) else {
            return Err(Reason::Missing { quantity: "行业平均值", year: asking.year() });
        };
        if now <= mean.value {
            return Err(Reason::Below {
                quantity: &self.quantity.value,
                year: asking.year(),
                amount: now,
                bound: mean.value,
            });
        }
        let (base, by) = (mean.value, now - mean.value);
        asking.note(|| What::Increase { now, base, by });
        let (share, amount) = (self.share.value, self.share.value.of(by));
        asking.give(self.share.place, || What::Share { base: by, share, amount });
        Ok(amount)
    }

    fn quantities(&self) -> Vec<&Located<String>> {
        vec![&self.quantity]
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        vec![Mark::of_share(&self.share, &self.quantity.value)]
    }

    fn trials(&self, year: Year) -> Vec<Trial<'_>> {
        let Some(mean) = self.means.get(&year) else { return Vec::new() };
        let trial = |by: Money, comes| Trial {
            mark: self.share.place,
            input: Input::figure(&self.quantity.value, mean.value + by, None),
            comes,
        };
        let above = bases().into_iter().map(|by| trial(by, Comes::Gives(self.share.value.of(by))));
        std::iter::once(trial(Money::ZERO, Comes::Missed)).chain(above).collect()
    }

    fn toward(&self, amount: Money, year: Year) -> Toward<'_> {
        let (by, gives) = least_base(self.share.value, amount)?;
        Some((Input::figure(&self.quantity.value, self.means.get(&year)?.value + by, None), gives))
    }
}
