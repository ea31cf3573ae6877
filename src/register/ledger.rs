//! 奖励台账 — what was granted before: `data/ledger/<year>.yaml`. Once-only rules, first reaches, instalments and totals
//! read it. A revoked or corrected grant is an entry of its own, never an edit.

use serde::Deserialize;

use super::CreditCode;
use crate::calendar::{Day, Year};
use crate::document::ClauseId;
use crate::money::Money;
use crate::yaml::Located;

/// A whole file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerYear {
    /// The year of the facts.
    #[serde(rename = "年度")]
    pub year: Located<Year>,
    /// What was granted for them.
    #[serde(rename = "已兑现")]
    pub grants: Vec<Grant>,
}

/// One grant.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The enterprise.
    #[serde(rename = "企业")]
    pub enterprise: Located<CreditCode>,
    /// The policy's folder, where the workspace has more than one.
    #[serde(rename = "政策", default)]
    pub policy: Option<String>,
    /// The clause.
    #[serde(rename = "条款")]
    pub clause: Located<ClauseId>,
    /// The product or project; the enterprise itself, if left out.
    #[serde(rename = "对象", default)]
    pub subject: Option<String>,
    /// What was granted.
    #[serde(rename = "金额")]
    pub amount: Located<Money>,
    /// The tier of a first reach (首次达到) that it was granted for.
    #[serde(rename = "档", default)]
    pub tier: Option<Located<Money>>,
    /// When.
    #[serde(rename = "日期", default)]
    pub on: Option<Day>,
    /// The document by which.
    #[serde(rename = "文号", default)]
    pub number: Option<String>,
    /// Whether the amount takes back what an earlier entry granted.
    #[serde(rename = "撤销", default)]
    pub revoked: bool,
    /// What there is to say.
    #[serde(rename = "备注", default)]
    pub note: Option<String>,
}
