//! 奖励台账 — what was paid, and what became of it: `data/ledger/<year>.yaml`. Once-only rules, first reaches, instalments and
//! totals read it. Nothing in it is ever changed: what is paid later, taken back or explained is an entry of its own.

use serde::Deserialize;

use super::{CreditCode, ItemId, Named};
use crate::calendar::{Day, Year};
use crate::document::ClauseId;
use crate::money::Money;
use crate::yaml::Located;

/// A whole file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerYear {
    /// The year of the facts; the file is named after it.
    #[serde(rename = "年度")]
    pub year: Located<Year>,
    /// That nothing more is paid for the year, and why: the way to go on to the next one.
    #[serde(rename = "结清", default)]
    pub closed: Option<Closing>,
    /// The entries, in the order in which they were made.
    #[serde(rename = "已兑现")]
    pub entries: Vec<LedgerEntry>,
}

/// 结清 — the decision that a year is closed although what was computed for it was not paid.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// When.
    #[serde(rename = "日期")]
    pub on: Day,
    /// Why.
    #[serde(rename = "理由")]
    pub reason: String,
}

/// One entry.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerEntry {
    /// Its number in the year's ledger, `2023-0001`; `hongtou grant` gives one to each.
    #[serde(rename = "编号", default)]
    pub id: Option<Located<String>>,
    /// What was done.
    #[serde(rename = "种类", default)]
    pub kind: EntryKind,
    /// The enterprise: by the code that it has or had, as written; by the one of today in a [`Register`](super::Register).
    #[serde(rename = "企业")]
    pub enterprise: Located<CreditCode>,
    /// The policy's folder.
    #[serde(rename = "政策", default)]
    pub policy: Option<Located<String>>,
    /// The clause.
    #[serde(rename = "条款")]
    pub clause: Located<ClauseId>,
    /// What the award is called: which of several rules of the clause.
    #[serde(rename = "事项", default)]
    pub rule: Option<Located<String>>,
    /// The product or project; the enterprise itself, if left out.
    #[serde(rename = "对象", default)]
    pub subject: Option<Located<String>>,
    /// Which item the subject is; the register says.
    #[serde(skip)]
    pub identity: Option<ItemId>,
    /// The batch of declarations, where the year has several.
    #[serde(rename = "批次", default)]
    pub batch: Option<u16>,
    /// How much. Of a 说明: what the data would give now, which the entry answers.
    #[serde(rename = "金额")]
    pub amount: Located<Money>,
    /// The tier of a first reach (首次达到) that it was granted for.
    #[serde(rename = "档", default)]
    pub tier: Option<Located<Money>>,
    /// The day of the act.
    #[serde(rename = "日期", default)]
    pub on: Option<Located<Day>>,
    /// 发文字号 of the document by which it was done.
    #[serde(rename = "文号", default)]
    pub number: Option<Located<String>>,
    /// The older way to write `种类: 撤销`.
    #[serde(rename = "撤销", default)]
    pub revoked: bool,
    /// Why, where the kind alone does not say it.
    #[serde(rename = "备注", default)]
    pub note: Option<String>,
}

/// 种类 — what an entry does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum EntryKind {
    /// The award is paid.
    #[default]
    #[serde(rename = "兑现")]
    Paid,
    /// More is paid for what was paid too little.
    #[serde(rename = "补发")]
    Supplement,
    /// What was paid too much comes back.
    #[serde(rename = "追回")]
    Recovered,
    /// The award itself is taken back.
    #[serde(rename = "撤销")]
    Revoked,
    /// What the budget did not allow: computed, never paid.
    #[serde(rename = "核减")]
    Reduced,
    /// No money: why what was paid stands although the data give something else now.
    #[serde(rename = "说明")]
    Remark,
}

impl EntryKind {
    /// The word that the ledger writes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Paid => "兑现",
            Self::Supplement => "补发",
            Self::Recovered => "追回",
            Self::Revoked => "撤销",
            Self::Reduced => "核减",
            Self::Remark => "说明",
        }
    }

    /// Whether money goes to the enterprise by it.
    pub fn pays(self) -> bool {
        matches!(self, Self::Paid | Self::Supplement)
    }

    /// Whether money comes back by it.
    pub fn takes_back(self) -> bool {
        matches!(self, Self::Recovered | Self::Revoked)
    }
}

/// The first serial that no entry of a year has.
#[must_use]
pub fn next_serial(entries: &[LedgerEntry]) -> usize {
    let serials = entries.iter().filter_map(|entry| entry.id.as_ref()?.value.rsplit_once('-')?.1.parse().ok());
    serials.max().unwrap_or(0) + 1
}

/// 编号 of an entry: the year and a serial in it, `2023-0001`.
#[must_use]
pub fn entry_id(year: Year, serial: usize) -> String {
    format!("{year}-{serial:04}")
}

impl LedgerEntry {
    /// An entry of a case: only what its payment says.
    pub fn of_case(enterprise: Located<CreditCode>, clause: Located<ClauseId>, amount: Located<Money>) -> Self {
        Self {
            id: None,
            kind: EntryKind::Paid,
            enterprise,
            policy: None,
            clause,
            rule: None,
            subject: None,
            identity: None,
            batch: None,
            amount,
            tier: None,
            on: None,
            number: None,
            revoked: false,
            note: None,
        }
    }

    /// What it does.
    pub fn kind(&self) -> EntryKind {
        if self.revoked { EntryKind::Revoked } else { self.kind }
    }

    /// Whether another entry says the very same: one payment, booked twice.
    pub fn repeats(&self, other: &Self) -> bool {
        fn value<T>(located: Option<&Located<T>>) -> Option<&T> {
            located.map(|located| &located.value)
        }
        self.kind() == other.kind()
            && self.enterprise.value == other.enterprise.value
            && value(self.policy.as_ref()) == value(other.policy.as_ref())
            && self.clause.value == other.clause.value
            && value(self.rule.as_ref()) == value(other.rule.as_ref())
            && self.identity == other.identity
            && self.batch == other.batch
            && self.amount.value == other.amount.value
            && value(self.tier.as_ref()) == value(other.tier.as_ref())
            && value(self.on.as_ref()) == value(other.on.as_ref())
            && value(self.number.as_ref()) == value(other.number.as_ref())
            && self.note == other.note
    }

    /// Which item it is about; the enterprise itself where no other is written.
    pub fn item(&self) -> ItemId {
        self.identity.unwrap_or(ItemId::ENTERPRISE)
    }

    /// The clause that it names.
    pub fn clause(&self) -> Named<'_> {
        let (policy, rule) = (self.policy.as_ref(), self.rule.as_ref());
        Named { policy, policy_key: "政策", clause: &self.clause, rule }
    }
}
