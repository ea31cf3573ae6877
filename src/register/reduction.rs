//! 核减 — a budget below what was computed, and how the awards are cut to fit it: `data/reductions/<year>.yaml`. Whom to cut is
//! decided by the office; the program does what was decided, to the 分, and says so.

use serde::Deserialize;

use super::{CreditCode, ItemId, Named};
use crate::calendar::Year;
use crate::document::ClauseId;
use crate::money::Money;
use crate::yaml::Located;

/// A whole file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReductionYear {
    /// The year of the facts.
    #[serde(rename = "年度")]
    pub year: Located<Year>,
    /// The decisions.
    #[serde(rename = "核减")]
    pub reductions: Vec<Reduction>,
}

/// One decision.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reduction {
    /// The policy's folder.
    #[serde(rename = "政策")]
    pub policy: Located<String>,
    /// The batch of declarations; all of the year, if left out.
    #[serde(rename = "批次", default)]
    pub batch: Option<u16>,
    /// The clause; all of the policy, if left out.
    #[serde(rename = "条款", default)]
    pub clause: Option<Located<ClauseId>>,
    /// By which document or meeting it was decided.
    #[serde(rename = "依据")]
    pub basis: Located<String>,
    /// What there is to pay.
    #[serde(rename = "资金")]
    pub fund: Located<Money>,
    /// How the awards are cut.
    #[serde(rename = "方法")]
    pub method: Method,
}

/// 方法 of a 核减.
#[derive(Debug, Clone, Deserialize)]
pub enum Method {
    /// Each award by the same share.
    #[serde(rename = "同比例")]
    Share,
    /// Those that are named, to the amounts that are written: `名单: [{ 企业: …, 减至: 80万元 }]`.
    #[serde(rename = "名单")]
    List(Vec<Cut>),
}

/// One award that a list cuts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cut {
    /// The enterprise.
    #[serde(rename = "企业")]
    pub enterprise: Located<CreditCode>,
    /// The clause.
    #[serde(rename = "条款")]
    pub clause: Located<ClauseId>,
    /// The product or project; the enterprise itself, if left out.
    #[serde(rename = "对象", default)]
    pub subject: Option<Located<String>>,
    /// Which item that is, as the register says; `None` where there is none of that name.
    #[serde(skip)]
    pub identity: Option<ItemId>,
    /// What it is cut to.
    #[serde(rename = "减至")]
    pub to: Located<Money>,
}

impl Reduction {
    /// The awards that its list names.
    pub(super) fn cuts_mut(&mut self) -> impl Iterator<Item = &mut Cut> {
        let cuts = if let Method::List(cuts) = &mut self.method { cuts.as_mut_slice() } else { &mut [] };
        cuts.iter_mut()
    }

    /// The clauses that it names.
    pub fn clauses(&self) -> impl Iterator<Item = Named<'_>> {
        let named = |clause| Named { policy: Some(&self.policy), policy_key: "政策", clause, rule: None };
        let cuts = if let Method::List(cuts) = &self.method { cuts.as_slice() } else { &[] };
        self.clause.iter().chain(cuts.iter().map(|cut| &cut.clause)).map(named)
    }
}
