//! 理由 — why nothing is given: said as carefully as why something is.

use std::fmt;

use crate::calendar::Year;
use crate::money::Money;
use crate::trace::{Found, checked};

/// Why a standard or a rule gives nothing; `W` is what kinds of standards say in words of their own.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason<'a, W> {
    /// Conditions that do not hold.
    Conditions(Vec<Unmet<'a>>),
    /// Nothing of the kind was declared.
    NotDeclared(&'a str),
    /// The policy does not pay for the year.
    NotCovered {
        /// The declared year.
        year: Year,
        /// The years that it pays for.
        first: Year,
        /// The last of them.
        last: Year,
    },
    /// A figure is missing.
    Missing {
        /// Its name.
        quantity: &'a str,
        /// Its year.
        year: Year,
    },
    /// A figure is below what the rule asks for.
    Below {
        /// Its name.
        quantity: &'a str,
        /// Its year.
        year: Year,
        /// The figure.
        amount: Money,
        /// What is asked for.
        bound: Money,
    },
    /// The budget left nothing of it (核减).
    Reduced {
        /// By which document it was decided.
        basis: &'a str,
    },
    /// The highest tier that the figure reaches was reached before.
    ReachedBefore {
        /// The tier.
        reach: Money,
        /// When.
        year: Year,
    },
    /// There is no growth.
    NoGrowth {
        /// Its name.
        quantity: &'a str,
        /// The base.
        base: Money,
        /// The year's figure.
        now: Money,
    },
    /// It was granted before and is given only once.
    Once {
        /// When.
        year: Year,
    },
    /// A limit is used up.
    UsedUp {
        /// What it limits.
        scope: &'static str,
        /// The limit.
        limit: Money,
    },
    /// A limit is not known.
    NoLimit {
        /// The limit, as it is written.
        limit: &'a str,
        /// Why.
        why: String,
    },
    /// As many awards as there may be stand already.
    TooMany {
        /// What is counted.
        scope: &'static str,
        /// How many there may be.
        most: u32,
    },
    /// Another policy gives as much or more.
    Other {
        /// The other policy.
        policy: &'a str,
        /// What it gives.
        amount: Money,
        /// Whether it has been paid.
        paid: bool,
    },
    /// Another policy was chosen, whatever it gives (择一).
    Chosen {
        /// The other policy.
        policy: &'a str,
        /// What it gives.
        amount: Money,
    },
    /// Another rule of the group gives as much or more.
    OtherClause {
        /// Its clause.
        clause: &'a str,
        /// What its award is called, where it is one of the same clause.
        name: Option<&'a str>,
        /// By what principle: 就高不重复.
        by: &'static str,
    },
    /// The amount comes to nothing.
    Nothing,
    /// What one kind of standard says in words of its own.
    Own(W),
}

/// A condition that does not hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Unmet<'a> {
    /// What is asked for, in words.
    pub asked: &'a str,
    /// What was found; `None` for a condition made of several.
    pub found: Option<Found<'a>>,
}

impl fmt::Display for Unmet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.found {
            Some(found) => f.write_str(&checked(self.asked, found)),
            None => f.write_str(self.asked),
        }
    }
}

impl<W: fmt::Display> fmt::Display for Reason<'_, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conditions(unmet) => {
                let unmet: Vec<String> = unmet.iter().map(Unmet::to_string).collect();
                write!(f, "不符合条款要求的条件：{}", unmet.join("；"))
            }
            Self::NotDeclared(kind) => write!(f, "没有申报“{kind}”一项"),
            Self::NotCovered { year, first, last } => {
                write!(f, "政策适用于{first}至{last}年度的事实，{year}年度不在其内")
            }
            Self::Missing { quantity, year } => write!(f, "没有{year}年{quantity}的申报数"),
            Self::Below { quantity, year, amount, bound } => {
                write!(f, "{year}年{quantity}{amount}，未达到{bound}，差{}", *bound - *amount)
            }
            Self::Reduced { basis } => write!(f, "按{basis}核减，不再给予"),
            Self::ReachedBefore { reach, year } => write!(f, "{year}年已达到{reach}，不是首次"),
            Self::NoGrowth { quantity, base, now } => write!(f, "{quantity}由{base}到{now}，没有增长"),
            Self::Once { year } => write!(f, "{year}年度已经享受，不重复享受"),
            Self::UsedUp { scope, limit } => write!(f, "{scope}最高{limit}的限额已经用完"),
            Self::NoLimit { limit, why } => write!(f, "限额“{limit}”不能确定：{why}"),
            Self::TooMany { scope, most } => write!(f, "{scope}最多{most}项，已给予金额较高的"),
            Self::Other { policy, amount, paid: true } => {
                write!(f, "按就高不重复，“{policy}”已给予{amount}，不低于本条")
            }
            Self::Other { policy, amount, paid: false } => {
                write!(f, "按就高不重复，“{policy}”给予{amount}（尚未拨付），不低于本条")
            }
            Self::Chosen { policy, amount } => write!(f, "按就高不重复（择一），已享受“{policy}”的{amount}"),
            Self::OtherClause { clause, name: None, by } => write!(f, "按{by}，已按{clause}给予"),
            Self::OtherClause { clause, name: Some(name), by } => write!(f, "按{by}，已按{clause}“{name}”给予"),
            Self::Nothing => f.write_str("按申报数计算，金额为零"),
            Self::Own(why) => why.fmt(f),
        }
    }
}
