//! 限额 — what cuts an award: of an item ever, of an enterprise a year.

use serde::Deserialize;

use crate::money::Money;
use crate::yaml::Located;

/// A limit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// What it limits.
    #[serde(rename = "范围")]
    pub scope: Scope,
    /// The limit.
    #[serde(rename = "金额")]
    pub amount: Located<Money>,
}

/// What a limit counts together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Scope {
    /// Each award by itself.
    #[serde(rename = "每项")]
    Each,
    /// All that the item was ever granted under the clause.
    #[serde(rename = "对象累计")]
    Item,
    /// All that the enterprise is granted under the clause for the year.
    #[serde(rename = "企业每年")]
    EnterpriseYear,
}

impl Scope {
    /// Its name, as a trace prints it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Each => "每项",
            Self::Item => "单个对象累计",
            Self::EnterpriseYear => "单个企业每年",
        }
    }
}
