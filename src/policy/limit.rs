//! 限额 — what cuts an award: of an item ever, of an enterprise a year or ever, of several clauses together; and what a clause
//! may give altogether, which is found and reported, not cut.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::calendar::Year;
use crate::document::ClauseId;
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
    /// A smaller limit that a year's notice set.
    #[serde(rename = "年度通知", default)]
    pub notices: BTreeMap<Year, Located<Money>>,
}

impl Limit {
    /// The limit for the facts of a year.
    pub fn of(&self, year: Year) -> &Located<Money> {
        self.notices.get(&year).unwrap_or(&self.amount)
    }
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
    /// All that the enterprise was ever granted under the clause.
    #[serde(rename = "企业累计")]
    Enterprise,
    /// All that the clause gives to all enterprises for the year: whom to cut is not for a program to choose.
    #[serde(rename = "条款总额")]
    Clause,
}

impl Scope {
    /// Its name, as a trace prints it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Each => "每项",
            Self::Item => "单个对象累计",
            Self::EnterpriseYear => "单个企业每年",
            Self::Enterprise => "单个企业累计",
            Self::Clause => "本条每年总额",
        }
    }
}

/// 限额分配: which of several awards of an enterprise a limit cuts: two readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Allotment {
    /// Each whole as long as there is enough: in the order of the policy's clauses, then of the subjects' names.
    #[default]
    #[serde(rename = "依次")]
    InTurn,
    /// All of them in proportion.
    #[serde(rename = "按比例")]
    InProportion,
}

impl Allotment {
    /// The name of the reading.
    pub fn name(self) -> &'static str {
        match self {
            Self::InTurn => "按条款的次序、对象的名称依次给予",
            Self::InProportion => "按比例给予",
        }
    }
}

/// 合计限额: what an enterprise gets a year under several clauses together:
/// `{ 依据: 三, 条款: [二（一）1, 二（二）3], 金额: 500万元 }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Joint {
    /// The clause that says so.
    #[serde(rename = "依据")]
    pub basis: Located<ClauseId>,
    /// The clauses that are counted together; all of the policy, if left out.
    #[serde(rename = "条款", default)]
    pub clauses: Vec<Located<ClauseId>>,
    /// The limit.
    #[serde(rename = "金额")]
    pub amount: Located<Money>,
}

impl Joint {
    /// Its name, as a trace prints it.
    pub const NAME: &'static str = "单个企业各条合计每年";

    /// Whether it counts a clause.
    pub fn counts(&self, clause: &ClauseId) -> bool {
        self.clauses.is_empty() || self.clauses.iter().any(|counted| counted.value == *clause)
    }
}

/// 分担: who pays which part: `{ 级: 市, 份: 1 }`. The first one takes the 分 that cannot be divided.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The level of government.
    #[serde(rename = "级")]
    pub level: String,
    /// Its parts of the whole.
    #[serde(rename = "份")]
    pub parts: u32,
}

/// What each level pays of an amount: to the 分, and together the amount itself.
pub fn shared(amount: Money, parts: &[Part]) -> Vec<(&str, Money)> {
    let whole: u32 = parts.iter().map(|part| part.parts).sum();
    let mut shares: Vec<(&str, Money)> =
        parts.iter().map(|part| (part.level.as_str(), amount.part(part.parts, whole))).collect();
    let paid: Money = shares.iter().map(|(_, share)| *share).sum();
    if let Some((_, first)) = shares.first_mut() {
        *first += amount.less(paid);
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_odd_cent_is_the_city_s() {
        let part = |level: &str, parts| Part { level: level.to_owned(), parts };
        let halves = [part("市", 1), part("县", 1)];
        let shares = |text: &str, parts: &[Part]| -> Vec<String> {
            shared(text.parse().unwrap(), parts).iter().map(|(_, share)| share.exact_text()).collect()
        };
        assert_eq!(shares("0.03元", &halves), ["0.02", "0.01"]);
        assert_eq!(shares("100万元", &halves), ["500000.00", "500000.00"]);
        assert_eq!(shares("100元", &[part("省", 1), part("市", 1), part("县", 1)]), ["33.34", "33.33", "33.33"]);
        assert_eq!(shares("0元", &halves), ["0.00", "0.00"]);
    }
}
