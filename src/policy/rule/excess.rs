//! 超出均值 — a share of what exceeds a published mean: “对超出行业平均研发投入的部分，按10%给予补助”.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Asking, Given, Kind, Mark, share_mark};
use crate::calendar::Year;
use crate::money::{Money, Share};
use crate::policy::Reason;
use crate::trace::{Sink, What};
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
    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, impl Sink<'a>>) -> Given<'a> {
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
        asking.note(|| What::Share { base: by, share, amount });
        Ok(amount)
    }

    fn quantities(&self) -> Vec<&Located<String>> {
        vec![&self.quantity]
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        vec![share_mark(&self.share, &self.quantity.value)]
    }
}
