//! 计算过程 — the steps of an award: what was asked, what was found and where, what came of it; for no as for yes.
//!
//! A step holds values, not words: it is written out only where somebody reads it, and every reader (terminal, letter,
//! page, data file) gets the same words from here.

use std::fmt;

use rust_decimal::Decimal;

use crate::calendar::{Day, Year};
use crate::money::{Money, Points, Rounding, Share};
use crate::source::Place;

/// Takes the steps of a calculation; or does not, where only the amount is wanted.
pub trait Sink<'a> {
    /// Whether steps are kept. Where they are not, a refusal does not say why either.
    const KEEPS: bool;

    /// Makes room for about so many steps.
    fn expect(&mut self, steps: usize);

    /// Takes a step. The step is made only if it is kept.
    fn step(&mut self, step: impl FnOnce() -> Step<'a>);

    /// A reason, as a list of one; none, where none are kept.
    fn reasons<R>(reason: impl FnOnce() -> R) -> Vec<R> {
        if Self::KEEPS { vec![reason()] } else { Vec::new() }
    }
}

impl<'a> Sink<'a> for Vec<Step<'a>> {
    const KEEPS: bool = true;

    fn expect(&mut self, steps: usize) {
        self.reserve(steps);
    }

    fn step(&mut self, step: impl FnOnce() -> Step<'a>) {
        self.push(step());
    }
}

/// Keeps nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl<'a> Sink<'a> for Silent {
    const KEEPS: bool = false;

    fn expect(&mut self, _: usize) {}

    fn step(&mut self, _: impl FnOnce() -> Step<'a>) {}
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct Step<'a> {
    /// What happened.
    pub what: What<'a>,
    /// Where the figure or the fact behind it was declared.
    pub place: Option<Place>,
}

/// What happened in a step.
#[derive(Debug, Clone, PartialEq)]
pub enum What<'a> {
    /// A condition was asked.
    Condition {
        /// The condition in words.
        asked: &'a str,
        /// What was found.
        found: Found<'a>,
        /// Whether it holds.
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
    /// Figures were added up.
    Sum {
        /// The figures.
        parts: Vec<Money>,
        /// Their sum.
        total: Money,
    },
    /// A fixed amount.
    Fixed(Money),
    /// A share of an amount.
    Share {
        /// The amount.
        base: Money,
        /// The share.
        share: Share,
        /// What comes of it.
        amount: Money,
    },
    /// A part of an amount, taxed at its own rate.
    Band {
        /// The part of the amount that lies in the band.
        part: Money,
        /// The rate.
        share: Share,
        /// What comes of it.
        amount: Money,
    },
    /// A tier was reached.
    Tier {
        /// What had to be reached.
        reach: Money,
        /// What it gives.
        award: Money,
    },
    /// An amount was reached before.
    Earlier {
        /// When.
        year: Year,
        /// The figure of that year; `None` where the ledger says so.
        amount: Option<Money>,
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
    /// The growth over a base.
    Growth {
        /// The year's figure.
        now: Money,
        /// The base.
        base: Money,
        /// The growth in points, cut to four decimals for reading.
        points: Decimal,
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
    /// Full steps were counted.
    Steps {
        /// The size of a step.
        each: Unit,
        /// How many full ones.
        count: i128,
        /// What each gives.
        award: Money,
        /// What they give together.
        amount: Money,
    },
    /// A grade gives an amount.
    Grade {
        /// The grade.
        grade: &'a str,
        /// The amount.
        amount: Money,
    },
    /// The text left a choice.
    Reading {
        /// The question.
        question: &'static str,
        /// The reading chosen.
        choice: &'static str,
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
    /// The matter is paid under another policy too.
    Other {
        /// The other policy.
        policy: &'a str,
        /// What it gives.
        amount: Money,
        /// The amount before.
        before: Money,
        /// The amount after.
        after: Money,
    },
    /// An instalment of a total.
    Instalment {
        /// Which one.
        number: u32,
        /// Of how many.
        of: u32,
        /// The total.
        total: Money,
        /// What this one is.
        amount: Money,
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
}

/// What is not reached yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A tier.
    Tier(Money),
    /// What a figure must reach before growth counts.
    Threshold(Money),
    /// One more full step of growth.
    Step(Money),
    /// One more step beyond the last tier.
    Rung(Money),
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tier(reach) => write!(f, "{reach}档"),
            Self::Threshold(reach) => write!(f, "{reach}门槛"),
            Self::Step(reach) => write!(f, "{reach}（再满一档）"),
            Self::Rung(reach) => write!(f, "{reach}台阶"),
        }
    }
}

/// The size of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
pub enum Unit {
    /// In points of growth.
    #[serde(rename = "百分点")]
    Points(Points),
    /// In yuan.
    #[serde(rename = "金额")]
    Money(Money),
}

impl Unit {
    /// How much it is of a base.
    pub fn over(self, base: Money) -> Money {
        match self {
            Self::Points(points) => points.of(base),
            Self::Money(money) => money,
        }
    }
}

/// What was found when a condition was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found<'a> {
    /// Nothing is written.
    Nothing,
    /// The word or words of an attribute.
    Words(Terms<'a>),
    /// An entry of a catalogue, with what stands in the column that was asked for.
    Entry(&'a str, Option<&'a str>),
    /// An entry of a catalogue that was not in force.
    Expired(&'a str),
    /// A day.
    Day(Day),
    /// A figure.
    Amount(Money),
}

/// The word or words under an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Terms<'a> {
    /// One.
    One(&'a str),
    /// A list.
    Many(&'a [String]),
}

impl Terms<'_> {
    /// Whether a word is among them.
    pub fn contains(self, word: &str) -> bool {
        match self {
            Self::One(one) => one == word,
            Self::Many(many) => many.iter().any(|one| one == word),
        }
    }
}

impl fmt::Display for Terms<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(one) => f.write_str(one),
            Self::Many(many) => f.write_str(&many.join("、")),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Points(points) => points.fmt(f),
            Self::Money(money) => money.fmt(f),
        }
    }
}

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("未填写"),
            Self::Words(words) => words.fmt(f),
            Self::Entry(id, None) => write!(f, "目录条目{id}"),
            Self::Entry(id, Some(cell)) => write!(f, "目录条目{id}，{cell}"),
            Self::Expired(id) => write!(f, "目录条目{id}，目录在该年度不在有效期内"),
            Self::Day(day) => day.fmt(f),
            Self::Amount(amount) => amount.fmt(f),
        }
    }
}

/// A step in words: its name, how it was computed, what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// 步骤.
    pub step: String,
    /// 算式.
    pub formula: String,
    /// 值.
    pub value: String,
}

impl Step<'_> {
    /// The step in words.
    pub fn words(&self) -> Words {
        let words = |step: &str, formula: String, value: String| Words { step: step.to_owned(), formula, value };
        match &self.what {
            What::Condition { asked, found, holds } => words(
                "核对条件",
                format!("{asked}（实为：{found}）"),
                if *holds { "符合" } else { "不符合" }.to_owned(),
            ),
            What::Figure { quantity, year, amount } => {
                words("取申报数", format!("{year}年{quantity}"), amount.to_string())
            }
            What::Sum { parts, total } => {
                let parts: Vec<String> = parts.iter().map(Money::to_string).collect();
                words("合计", parts.join(" + "), total.to_string())
            }
            What::Fixed(amount) => words("定额", "按条款规定的金额".to_owned(), amount.to_string()),
            What::Share { base, share, amount } => words("按比例计算", format!("{base} × {share}"), amount.to_string()),
            What::Band { part, share, amount } => words("分段计算", format!("{part} × {share}"), amount.to_string()),
            What::Tier { reach, award } => words("首次达到", format!("达到{reach}档"), award.to_string()),
            What::Earlier { year, amount: Some(amount), reach } => {
                words("核对以前年度", format!("{year}年为{amount}，已达到{reach}"), "该档已不是首次".to_owned())
            }
            What::Earlier { year, amount: None, reach } => {
                words("核对奖励台账", format!("{year}年度已按{reach}档兑现"), "该档已不是首次".to_owned())
            }
            What::Granted { year, amount } => {
                words("核对奖励台账", format!("{year}年度已兑现{amount}"), "已经享受".to_owned())
            }
            What::Growth { now, base, points } => words(
                "计算增长",
                format!("（{now} − {base}）÷ {base} × 100"),
                format!("{}个百分点", points.normalize()),
            ),
            What::Increase { now, base, by } => words("计算增加额", format!("{now} − {base}"), by.to_string()),
            What::Steps { each, count, award, amount } => {
                words("按整档计算", format!("每{each}一档，满{count}档 × {award}"), amount.to_string())
            }
            What::Grade { grade, amount } => words("按等级", (*grade).to_owned(), amount.to_string()),
            What::Reading { question, choice } => words("条文理解", (*question).to_owned(), (*choice).to_owned()),
            What::Rounded { rounding, before, after } => {
                words("取整", format!("{}元，{rounding}", before.yuan_text()), after.to_string())
            }
            What::Limit { scope, limit, used, before, after } => {
                let used = if used.is_zero() { String::new() } else { format!("，已用{used}") };
                let cut = if before > after { "超过限额，按限额计" } else { "未超过限额" };
                words("核对限额", format!("{scope}最高{limit}{used}；应计{before}，{cut}"), after.to_string())
            }
            What::Other { policy, amount, before, after } => {
                words("就高不重复", format!("“{policy}”给予{amount}，本条给予{before}"), after.to_string())
            }
            What::Instalment { number, of, total, amount } => {
                words("分年拨付", format!("总额{total}，分{of}年，第{number}年"), amount.to_string())
            }
            What::Shared { level, amount } => words("分担", format!("{level}级承担"), amount.to_string()),
            What::Distance { to, missing } => words("距下一档", format!("达到{to}"), format!("还差{missing}")),
            What::Listed(list) => words("列入名单", (*list).to_owned(), "不计算金额".to_owned()),
        }
    }
}
