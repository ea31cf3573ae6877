//! 转引、名单 — clauses that give no amount of their own: another policy pays, or those who qualify are put on a list.

use std::convert::Infallible;

use serde::Deserialize;

use super::{Asking, Comes, Given, Input, Kind, Mark, Step, Trial, What};
use crate::calendar::Year;
use crate::document::ClauseId;
use crate::money::Money;
use crate::trace::Sink;
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
        reach: None,
    }]
}

fn trials(name: &Located<String>) -> Vec<Trial<'_>> {
    vec![Trial { mark: name.place, input: Input::default(), comes: Comes::Met }]
}

impl Kind for Referral {
    type Said<'a> = Infallible;
    type Why<'a> = Infallible;

    const LISTS: bool = true;

    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>) -> Given<'a> {
        asking.give(self.by.place, || What::Listed(&self.by.value));
        Ok(Money::ZERO)
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        mark(&self.by)
    }

    fn trials(&self, _: Year) -> Vec<Trial<'_>> {
        trials(&self.by)
    }
}

impl Kind for Listing {
    type Said<'a> = Infallible;
    type Why<'a> = Infallible;

    const LISTS: bool = true;

    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>) -> Given<'a> {
        asking.give(self.list.place, || What::Listed(&self.list.value));
        Ok(Money::ZERO)
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        mark(&self.list)
    }

    fn trials(&self, _: Year) -> Vec<Trial<'_>> {
        trials(&self.list)
    }
}
