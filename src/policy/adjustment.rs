//! 调整 — what raises or lowers what the standards gave, before it is rounded and limited: “省级以上平台上浮20%”, “减半给予”.

use serde::Deserialize;

use super::expression::Stated;
use super::{Condition, Facts};
use crate::money::{Money, Share};
use crate::source::Place;
use crate::yaml::Located;

/// A change of an award: `{ 条件: 级别 = “省级”, 上浮: 20% }`, `{ 下浮: 50% }`, `{ 乘: 1.5倍 }`.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Written")]
pub struct Adjustment {
    /// For whom; for all, if left out.
    pub condition: Option<Condition>,
    change: Change,
}

#[derive(Debug)]
enum Change {
    Up(Located<Share>),
    Down(Located<Share>),
    Times(Stated),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "条件", default)]
    condition: Option<Condition>,
    #[serde(rename = "上浮", default)]
    up: Option<Located<Share>>,
    #[serde(rename = "下浮", default)]
    down: Option<Located<Share>>,
    #[serde(rename = "乘", default)]
    times: Option<Stated>,
}

impl TryFrom<Written> for Adjustment {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let change = match (written.up, written.down, written.times) {
            (Some(share), None, None) => Change::Up(share),
            (None, Some(share), None) => Change::Down(share),
            (None, None, Some(times)) if times.unit.is_plain() => Change::Times(times),
            (None, None, Some(times)) => return Err(format!("“乘”的是倍数，如“1.5倍”“50%”，不是“{}”", times.text)),
            _ => return Err("调整写“上浮”“下浮”“乘”里的一个".to_owned()),
        };
        Ok(Self { condition: written.condition, change })
    }
}

impl Adjustment {
    /// The amount after it; `None` where no amount holds it.
    pub fn of(&self, amount: Money) -> Option<Money> {
        match &self.change {
            Change::Up(share) => Some(amount + share.value.of(amount)),
            Change::Down(share) => Some(amount.less(share.value.of(amount))),
            Change::Times(times) => times.times(amount),
        }
    }

    /// Whether it gives less: then who is not known to be spared is not given anything.
    pub fn lowers(&self) -> bool {
        match &self.change {
            Change::Up(_) => false,
            Change::Down(_) => true,
            Change::Times(times) => times.is_below_one(),
        }
    }

    /// Whether it is for this one; not known where a figure or a day is missing.
    pub fn concerns(&self, facts: &Facts<'_, '_>) -> Option<bool> {
        self.condition.as_ref().map_or(Some(true), |condition| condition.known(facts))
    }

    /// In words: 上浮20%.
    pub fn text(&self) -> String {
        match &self.change {
            Change::Up(share) => format!("上浮{}", share.value),
            Change::Down(share) => format!("下浮{}", share.value),
            Change::Times(times) => format!("乘{}", times.text),
        }
    }

    /// Where it stands.
    pub fn place(&self) -> Place {
        match &self.change {
            Change::Up(share) | Change::Down(share) => share.place,
            Change::Times(times) => times.place,
        }
    }
}
