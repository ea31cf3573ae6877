//! 步骤 — what happens in a step, as far as several kinds of standards say it, or limits, 就高不重复 and 分担 do.

use std::fmt;

use super::{Found, Telling, Terms, Words, checked};
use crate::calendar::Year;
use crate::money::{Measure, Money, Rounding, Share};

/// What happened in a step; `K` is what kinds of standards say in words of their own.
#[derive(Debug, Clone, PartialEq)]
pub enum What<'a, K> {
    /// A condition was asked.
    Condition {
        /// The condition in words.
        asked: &'a str,
        /// What was found.
        found: Found<'a>,
        /// Whether it is met: what nobody knows is not.
        holds: bool,
    },
    /// A declared figure was taken.
    Figure {
        /// Its name.
        quantity: &'a str,
        /// Its year.
        year: Year,
        /// Its amount.
        amount: Money,
    },
    /// A declared number with another unit was taken.
    Measured {
        /// Its name.
        quantity: &'a str,
        /// Its year.
        year: Year,
        /// The number.
        measure: &'a Measure,
    },
    /// An attribute was looked at.
    Written {
        /// Its name.
        name: &'a str,
        /// What stands there.
        words: Terms<'a>,
    },
    /// A number that is set from outside was taken.
    Stated {
        /// Its name.
        name: &'a str,
        /// As it is written.
        text: &'a str,
    },
    /// A share of an amount.
    Share {
        /// The amount.
        base: Money,
        /// The share.
        share: Share,
        /// What comes of it.
        amount: Money,
    },
    /// The increase over a base in yuan.
    Increase {
        /// The year's figure.
        now: Money,
        /// The base.
        base: Money,
        /// The increase.
        by: Money,
    },
    /// A tier was reached; the ledger enters it as 档.
    Tier {
        /// What had to be reached.
        reach: Money,
        /// What it gives.
        award: Money,
    },
    /// An earlier year's figure had reached it already.
    Earlier {
        /// When.
        year: Year,
        /// The figure of that year.
        amount: Money,
        /// What it reached.
        reach: Money,
    },
    /// The ledger says that it was granted before.
    Granted {
        /// The year of the facts.
        year: Year,
        /// What stands of it.
        amount: Money,
    },
    /// A line of the ledger that counts against a limit.
    Booked {
        /// The year of the facts.
        year: Year,
        /// Its amount.
        amount: Money,
        /// Whether it was taken back.
        back: bool,
    },
    /// The text left a choice.
    Reading {
        /// The question.
        question: &'static str,
        /// The reading chosen.
        choice: &'static str,
    },
    /// The amount was raised or lowered.
    Adjusted {
        /// How.
        by: String,
        /// The amount before.
        before: Money,
        /// The amount after.
        after: Money,
    },
    /// The amount was rounded.
    Rounded {
        /// How.
        rounding: Rounding,
        /// The amount before.
        before: Money,
        /// The amount after.
        after: Money,
    },
    /// A limit was asked.
    Limit {
        /// What it limits.
        scope: &'static str,
        /// The limit.
        limit: Money,
        /// What counts against it already.
        used: Money,
        /// The amount before.
        before: Money,
        /// The amount after.
        after: Money,
    },
    /// Several awards come to more than a limit over all of them. It is the largest of all and rare, hence apart from them.
    Together(Box<Together>),
    /// Only so many awards may stand.
    Counted {
        /// What is counted.
        scope: &'static str,
        /// How many there may be.
        most: u32,
        /// How many were granted before.
        used: usize,
        /// Whether this one stands.
        stands: bool,
    },
    /// The matter is paid under another policy too.
    Other {
        /// The other policy.
        policy: &'a str,
        /// What it gives.
        amount: Money,
        /// Whether it has been paid.
        paid: bool,
        /// What of it other awards have not used up.
        left: Money,
        /// The amount before.
        before: Money,
        /// The amount after.
        after: Money,
    },
    /// The budget did not allow all of it (核减).
    Reduced {
        /// By which document it was decided.
        basis: &'a str,
        /// What there is to pay.
        fund: Money,
        /// What all awards concerned came to.
        total: Money,
        /// The amount before.
        before: Money,
        /// The amount after.
        after: Money,
    },
    /// A level of government pays a part.
    Shared {
        /// The level.
        level: &'a str,
        /// Its part.
        amount: Money,
    },
    /// How far the next tier or step is.
    Distance {
        /// What would be reached.
        to: Target,
        /// How much is missing.
        missing: Money,
    },
    /// It is listed, without an amount.
    Listed(&'a str),
    /// What one kind of standard says in words of its own.
    Own(K),
}

/// A limit over several awards, and what it leaves of one of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Together {
    /// What it limits.
    pub scope: &'static str,
    /// The limit.
    pub limit: Money,
    /// What counts against it already.
    pub used: Money,
    /// What all the awards come to.
    pub total: Money,
    /// How the limit is shared out.
    pub way: &'static str,
    /// The amount of the one before.
    pub before: Money,
    /// Its amount after.
    pub after: Money,
}

/// What is not reached yet: `3亿元档`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The amount to reach.
    pub reach: Money,
    /// What is there, as the kind of standard calls it: 档, 门槛, 台阶.
    pub name: &'static str,
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.reach, self.name)
    }
}

impl<K: Telling> Telling for What<'_, K> {
    fn words(&self) -> Words {
        match self {
            Self::Condition { asked, found, holds } => {
                Words::new("核对条件", checked(asked, *found), if *holds { "符合" } else { "不符合" })
            }
            Self::Figure { quantity, year, amount } => Words::new("取申报数", format!("{year}年{quantity}"), amount),
            Self::Measured { quantity, year, measure } => {
                Words::new("取申报数", format!("{year}年{quantity}"), measure)
            }
            Self::Written { name, words } => Words::new("取属性", *name, words),
            Self::Stated { name, text } => Words::new("取参数", *name, text),
            Self::Share { base, share, amount } => Words::new("按比例计算", format!("{base} × {share}"), amount),
            Self::Increase { now, base, by } => Words::new("计算增加额", format!("{now} − {base}"), by),
            Self::Tier { reach, award } => Words::new("首次达到", format!("达到{reach}档"), award),
            Self::Earlier { year, amount, reach } => {
                Words::new("核对以前年度", format!("{year}年为{amount}，已达到{reach}"), "该档已不是首次")
            }
            Self::Granted { year, amount } => {
                Words::new("核对奖励台账", format!("{year}年度已兑现{amount}"), "已经享受")
            }
            Self::Booked { year, amount, back } => {
                let (done, counts) =
                    if *back { ("撤销", "从已给予的里减去") } else { ("兑现", "计入已给予的") };
                Words::new("核对奖励台账", format!("{year}年度{done}{amount}"), counts)
            }
            Self::Reading { question, choice } => Words::new("适用口径", *question, choice),
            Self::Adjusted { by, before, after } => Words::new("调整", format!("{before}，{by}"), after),
            Self::Rounded { rounding, before, after } => {
                Words::new("取整", format!("{}元，{rounding}", before.yuan_text()), after)
            }
            Self::Limit { scope, limit, used, before, after } => {
                let used = if used.is_zero() { String::new() } else { format!("，已用{used}") };
                let cut = if before > after { "超过限额，按限额计" } else { "未超过限额" };
                Words::new("核对限额", format!("{scope}最高{limit}{used}；应计{before}，{cut}"), after)
            }
            Self::Together(together) => {
                let Together { scope, limit, used, total, way, before, after } = &**together;
                let used = if used.is_zero() { String::new() } else { format!("，已用{used}") };
                let way = if after < before { way } else { "本项全额给予" };
                let formula = format!("{scope}最高{limit}{used}；各项合计{total}，本项{before}，{way}");
                Words::new("核对限额", formula, after)
            }
            Self::Counted { scope, most, used, stands } => {
                let used = if *used == 0 { String::new() } else { format!("，以前已给予{used}项") };
                let result = if *stands { "在项数以内" } else { "超过项数，不给予" };
                Words::new("核对限额", format!("{scope}最多{most}项{used}，按金额从高到低"), result)
            }
            Self::Other { policy, amount, paid, left, before, after } => {
                let left = if left < amount { format!("，其中{left}在本项扣除") } else { String::new() };
                let given = if *paid {
                    format!("已给予{amount}{left}")
                } else {
                    format!("给予{amount}（尚未拨付）")
                };
                Words::new("就高不重复", format!("“{policy}”{given}，本条给予{before}"), after)
            }
            Self::Reduced { basis, fund, total, before, after } => {
                Words::new("核减", format!("{basis}：资金{fund}，应给{total}；本项{before}"), after)
            }
            Self::Shared { level, amount } => Words::new("分担", format!("{level}级承担"), amount),
            Self::Distance { to, missing } => Words::new("距下一档", format!("达到{to}"), format!("还差{missing}")),
            Self::Listed(list) => Words::new("列入名单", *list, "不计算金额"),
            Self::Own(said) => said.words(),
        }
    }
}
