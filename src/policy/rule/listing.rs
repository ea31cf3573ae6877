//! 转引、名单 — clauses that give no amount of their own: another policy pays, or those who qualify are put on a list.

use serde::Deserialize;

use super::{Rule, plain};
use crate::diag::Report;
use crate::money::Money;
use crate::policy::{Facts, Reason};
use crate::trace::{Sink, What};
use crate::yaml::Located;

/// `转引: { 按: 相关政策 }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Referral {
    /// The policy that pays: words, or the folder of a policy in the workspace.
    #[serde(rename = "按")]
    pub by: Located<String>,
}

/// `名单: { 列入: 上市企业培育库 }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// The list.
    #[serde(rename = "列入")]
    pub list: Located<String>,
}

macro_rules! lists {
    ($kind:ty, $field:ident) => {
        impl $kind {
            pub(super) fn amount<'a>(
                &'a self,
                _: &'a Rule,
                _: &Facts<'_, 'a>,
                sink: &mut impl Sink<'a>,
            ) -> Result<Money, Reason<'a>> {
                sink.step(|| plain(What::Listed(&self.$field.value)));
                Ok(Money::ZERO)
            }

            pub(super) fn quantities(&self) -> Vec<&Located<String>> {
                Vec::new()
            }

            pub(super) fn check(&self, _: &mut Report) {}
        }
    };
}

lists!(Referral, by);
lists!(Listing, list);
