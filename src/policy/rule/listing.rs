//! 转引、名单 — clauses that give no amount of their own: another policy pays, or those who qualify are put on a list.

use serde::Deserialize;

use super::{Asking, Asks, Given, Kind, Mark};
use crate::document::ClauseId;
use crate::money::Money;
use crate::trace::{Sink, What};
use crate::yaml::Located;

/// `转引: { 按: 相关政策 }`, or `转引: { 按: 示例办法, 政策: slug, 条款: 二（一） }` where the other one stands in the workspace.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Referral {
    /// The policy that pays, in words.
    #[serde(rename = "按")]
    pub by: Located<String>,
    /// Its folder, where it stands in the workspace.
    #[serde(rename = "政策", default)]
    pub policy: Option<Located<String>>,
    /// Its clause.
    #[serde(rename = "条款", default)]
    pub clause: Option<Located<ClauseId>>,
}

/// `名单: { 列入: 上市企业培育库 }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// The list.
    #[serde(rename = "列入")]
    pub list: Located<String>,
}

fn mark(name: &Located<String>) -> Vec<Mark<'_>> {
    vec![Mark {
        place: name.place,
        name: format!("“{}”", name.value),
        witness: "符合条件的一项".to_owned(),
        award: None,
        asks: Asks::Nothing,
        met: Box::new(|what| matches!(what, What::Listed(_))),
    }]
}

impl Kind for Referral {
    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, impl Sink<'a>>) -> Given<'a> {
        asking.note(|| What::Listed(&self.by.value));
        Ok(Money::ZERO)
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        mark(&self.by)
    }
}

impl Kind for Listing {
    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, impl Sink<'a>>) -> Given<'a> {
        asking.note(|| What::Listed(&self.list.value));
        Ok(Money::ZERO)
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        mark(&self.list)
    }
}
