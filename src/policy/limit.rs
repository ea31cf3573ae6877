//! 限额 — what cuts an award: of an item ever, of an enterprise a year or ever, of several clauses together; and what a clause
//! may give altogether, which is found and reported, not cut.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use super::Expression;
use crate::calendar::Year;
use crate::document::ClauseId;
use crate::money::Money;
use crate::source::Place;
use crate::yaml::Located;

/// A limit: `{ 范围: 企业每年, 金额: 1000万元 }`, `{ 范围: 每项, 不超过: 企业.地方财政贡献 }`, `{ 范围: 企业每年, 项数: 3 }`.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Written")]
pub struct Limit {
    /// What it limits.
    pub scope: Scope,
    /// How much there may be.
    pub bound: Bound,
    /// A smaller limit that a year's notice set.
    pub notices: BTreeMap<Year, Located<Money>>,
}

/// How much a limit allows.
#[derive(Debug)]
pub enum Bound {
    /// An amount.
    Amount(Located<Money>),
    /// What a formula comes to: of the item, or of the enterprise where the limit is over all its items.
    Formula(Expression),
    /// So many awards, the highest ones.
    Count(Located<u32>),
}

/// A limit as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "范围")]
    scope: Scope,
    #[serde(rename = "金额", default)]
    amount: Option<Located<Money>>,
    #[serde(rename = "不超过", default)]
    formula: Option<Expression>,
    #[serde(rename = "项数", default)]
    count: Option<Located<u32>>,
    #[serde(rename = "年度通知", default)]
    notices: BTreeMap<Year, Located<Money>>,
}

impl TryFrom<Written> for Limit {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let Written { scope, amount, formula, count, notices } = written;
        let bound = match (amount, formula, count) {
            (Some(amount), None, None) => Bound::Amount(amount),
            (None, Some(_), None) if scope == Scope::Clause => {
                return Err("条款总额只能写“金额”".to_owned());
            }
            (None, Some(formula), None) => Bound::Formula(formula),
            (None, None, Some(count)) if matches!(scope, Scope::EnterpriseYear | Scope::Enterprise) => {
                Bound::Count(count)
            }
            (None, None, Some(_)) => return Err("“项数”的范围是企业每年或企业累计".to_owned()),
            _ => return Err("限额写“金额”“不超过”“项数”里的一个".to_owned()),
        };
        Ok(Self { scope, bound, notices })
    }
}

impl Limit {
    /// The amount for the facts of a year, where it is one.
    pub fn of(&self, year: Year) -> Option<&Located<Money>> {
        self.notices.get(&year).or_else(|| self.amount())
    }

    /// The amount that stands in the clause, where it is one.
    pub fn amount(&self) -> Option<&Located<Money>> {
        if let Bound::Amount(amount) = &self.bound { Some(amount) } else { None }
    }

    /// The formula, where it is one.
    pub fn formula(&self) -> Option<&Expression> {
        if let Bound::Formula(formula) = &self.bound { Some(formula) } else { None }
    }

    /// Where it stands.
    pub fn place(&self) -> Place {
        match &self.bound {
            Bound::Amount(amount) => amount.place,
            Bound::Formula(formula) => formula.place,
            Bound::Count(count) => count.place,
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.scope.name())?;
        match &self.bound {
            Bound::Amount(amount) => amount.value.fmt(f),
            Bound::Formula(formula) => f.write_str(&formula.text),
            Bound::Count(count) => write!(f, "{}项", count.value),
        }
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
    /// Whether it is over all that an enterprise is granted.
    pub fn is_of_enterprise(self) -> bool {
        matches!(self, Self::EnterpriseYear | Self::Enterprise)
    }

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
