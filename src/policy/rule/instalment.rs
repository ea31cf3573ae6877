//! 分年比例 — a share of several years' spending, paid over as many years: “按项目三年内设备和软件投资额的20%，分三年给予”.

use std::fmt;

use serde::Deserialize;

use super::mark::{bases, least_base};
use super::{Asking, Comes, Given, Input, Kind, Mark, Question, Reason, Step, Toward, Trial, What};
use crate::calendar::{Day, Year};
use crate::diag::{Code, Diagnostic, Report};
use crate::money::{Money, Rounding, RoundingWay, Share};
use crate::policy::Term;
use crate::register::LedgerEntry;
use crate::trace::{Sink, Telling, Words};
use crate::yaml::Located;

/// `分年比例: { 基数: 设备和软件投资, 比例: 20%, 年限: 3年, 拨付: 逐年 }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instalment {
    /// The figure.
    #[serde(rename = "基数")]
    base: Located<String>,
    /// The share.
    #[serde(rename = "比例")]
    share: Located<Share>,
    /// Over how many years, from the first year with a figure.
    #[serde(rename = "年限")]
    years: Located<Term>,
    /// How the payments run.
    #[serde(rename = "拨付", default)]
    payment: Payment,
    /// Which year is the first.
    #[serde(rename = "起算", default)]
    start: Start,
    /// The attribute that holds the day of 立项, where that one is the first year.
    #[serde(rename = "立项", default)]
    approved: Option<Located<String>>,
}

/// Which year is the first: two readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
enum Start {
    /// The first one with a figure above nothing.
    #[default]
    #[serde(rename = "首次投入年度")]
    Spent,
    /// The one in which the project was approved.
    #[serde(rename = "立项年度")]
    Approved,
}

impl Start {
    fn name(self) -> &'static str {
        match self {
            Self::Spent => "第一个有投入的年度",
            Self::Approved => "立项的年度",
        }
    }
}

/// How the payments run: two readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
enum Payment {
    /// Each year the share of that year's spending, until the total reaches the limit.
    #[default]
    #[serde(rename = "逐年")]
    Yearly,
    /// Equal payments of the whole term's total; the last one pays what is left of it.
    #[serde(rename = "等额")]
    Equal,
}

impl Payment {
    fn name(self) -> &'static str {
        match self {
            Self::Yearly => "逐年按当年投资额计算，累计到限额为止",
            Self::Equal => "按总额分年等额，末年付清余下的",
        }
    }
}

/// What is said of instalments.
#[derive(Debug, Clone, PartialEq)]
pub enum Said<'a> {
    /// The first year, by the figure that makes it so.
    Spent { figure: Money, first: Year, last: Year },
    /// The first year, by the day of 立项.
    Approved { attribute: &'a str, day: Day, first: Year, last: Year },
    /// An instalment of a total.
    Part { number: i16, of: i16, total: Money, amount: Money },
    /// The last one.
    Rest { number: i16, total: Money, paid: Money, amount: Money },
}

impl Telling for Said<'_> {
    fn words(&self) -> Words {
        let start =
            |by: String, first: &Year, last: &Year| Words::new("确定起算年度", by, format!("{first}年至{last}年"));
        match self {
            Self::Spent { figure, first, last } => start(format!("{first}年投入{figure}"), first, last),
            Self::Approved { attribute, day, first, last } => start(format!("{attribute}为{day}"), first, last),
            Self::Part { number, of, total, amount } => {
                Words::new("分年拨付", format!("总额{total}，分{of}年，第{number}年"), amount)
            }
            Self::Rest { number, total, paid, amount } => {
                let formula = format!("总额{total}，第{number}年为最后一年，以前已兑现{paid}");
                Words::new("分年拨付", formula, amount)
            }
        }
    }
}

/// Why an instalment is not paid.
#[derive(Debug, Clone, PartialEq)]
pub enum Why<'a> {
    /// The years in which it is paid are over.
    Over { first: Year, years: i16 },
    /// They have not begun.
    NotBegun { first: Year },
    /// Nothing says when the project was approved.
    NotApproved { attribute: &'a str },
    /// All of the total was paid.
    Paid { total: Money },
}

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Over { first, years } => write!(f, "自{first}年起{years}年的资助期已满"),
            Self::NotBegun { first } => write!(f, "资助期自{first}年起，还没有开始"),
            Self::NotApproved { attribute } => write!(f, "没有填写{attribute}，不能确定从哪一年起算"),
            Self::Paid { total } => write!(f, "总额{total}已经付清"),
        }
    }
}

impl Kind for Instalment {
    type Said<'a> = Said<'a>;
    type Why<'a> = Why<'a>;

    const READINGS: &'static [Question] = &[
        Question { under: &[], name: "拨付", choices: &["逐年", "等额"] },
        Question { under: &[], name: "起算", choices: &["首次投入年度", "立项年度"] },
    ];

    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>) -> Given<'a> {
        let years = self.years.value.0;
        let first = self.first(asking)?;
        let number = asking.year().0 - first.0 + 1;
        if number > years {
            return Err(asking.because(Why::Over { first, years }));
        }
        if number < 1 {
            return Err(asking.because(Why::NotBegun { first }));
        }
        asking.note(|| What::Reading { question: "分年怎样拨付", choice: self.payment.name() });
        match self.payment {
            Payment::Yearly => {
                let base = asking.take(&self.base, asking.year())?;
                let amount = self.share.value.of(base);
                asking.give(self.share.place, || What::Share { base, share: self.share.value, amount });
                Ok(amount)
            }
            Payment::Equal => self.equal(first, number, asking),
        }
    }

    fn quantities(&self) -> Vec<&Located<String>> {
        vec![&self.base]
    }

    fn attributes(&self) -> Vec<&Located<String>> {
        self.approved.iter().collect()
    }

    fn check(&self, report: &mut Report) {
        if self.start == Start::Approved && self.approved.is_none() {
            let finding = Diagnostic::error(Code::Rule, "按立项年度起算，却没有写立项的日子填在哪里");
            report.push(finding.at(self.base.place).help("写上“立项: 立项日期”，立项日期是项目的一个属性"));
        }
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        vec![Mark::of_share(&self.share, &self.base.value)]
    }

    fn trials(&self, _: Year) -> Vec<Trial<'_>> {
        let comes = |base: Money| match self.payment {
            Payment::Yearly => Comes::Gives(self.share.value.of(base)),
            Payment::Equal => Comes::Met,
        };
        let trial =
            |figures, comes| Trial { mark: self.share.place, input: Input { figures, words: Vec::new() }, comes };
        let (name, years) = (self.base.value.as_str(), self.years.value.0);
        let mut trials: Vec<_> = bases().into_iter().map(|base| trial(vec![(name, 0, base)], comes(base))).collect();
        for base in bases() {
            trials.push(trial(vec![(name, 0, base), (name, years, base)], Comes::Missed));
            if years > 1 {
                trials.push(trial(vec![(name, 0, base), (name, years - 1, base)], comes(base)));
            }
            // Nothing spent begins no term.
            trials.push(trial(vec![(name, 0, base), (name, years, Money::ZERO)], comes(base)));
        }
        // Where another fact begins the term, the figures alone show nothing.
        if self.start == Start::Approved { Vec::new() } else { trials }
    }

    fn toward(&self, amount: Money, _: Year) -> Toward<'_> {
        if self.payment == Payment::Equal {
            return None;
        }
        let (base, gives) = least_base(self.share.value, amount)?;
        Some((Input::figure(&self.base.value, base, None), gives))
    }
}

impl Instalment {
    /// The first of the years in which it is paid.
    fn first<'a>(&'a self, asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>) -> Result<Year, Reason<'a>> {
        let last = |first: Year| Year(first.0 + self.years.value.0 - 1);
        let quantity = &self.base.value;
        let question = "从哪一年起算";
        if let (Start::Approved, Some(attribute)) = (self.start, &self.approved) {
            let attribute = attribute.value.as_str();
            let found = asking.facts.attribute(attribute);
            let day = found.and_then(|found| Some((found.value.one()?.parse::<Day>().ok()?, found.place)));
            let (day, place) = day.ok_or_else(|| asking.because(Why::NotApproved { attribute }))?;
            let (first, own) = (day.year(), asking.own);
            asking.note(|| What::Reading { question, choice: self.start.name() });
            let said = || What::Own(own(Said::Approved { attribute, day, first, last: last(first) }));
            asking.sink.step(|| Step::new(said()).at(place));
            return Ok(first);
        }
        let now = asking.facts.figure(quantity, asking.year()).map(|figure| (asking.year(), figure));
        let spent = asking.facts.earlier(quantity).chain(now).filter(|(_, figure)| !figure.value.is_zero());
        let Some((first, figure)) = spent.min_by_key(|(year, _)| *year) else {
            return Err(match now {
                Some(_) => Reason::Nothing,
                None => Reason::Missing { quantity, year: asking.year() },
            });
        };
        // In the first year itself the figure is taken anyway.
        if first != asking.year() {
            asking.note(|| What::Reading { question, choice: self.start.name() });
            let own = asking.own;
            let said = || What::Own(own(Said::Spent { figure: figure.value, first, last: last(first) }));
            asking.sink.step(|| Step::new(said()).at(figure.place));
        }
        Ok(first)
    }

    /// One of equal payments of the whole term's total; in the last year what is left of it.
    fn equal<'a>(
        &'a self,
        first: Year,
        number: i16,
        asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>,
    ) -> Given<'a> {
        let years = self.years.value.0;
        let mut base = Money::ZERO;
        for year in (0..number).map(|offset| Year(first.0 + offset)) {
            if let Some(figure) = asking.facts.figure(&self.base.value, year) {
                base += figure.value;
                asking.figure(&self.base, year, figure);
            }
        }
        let share = self.share.value.of(base);
        asking.give(self.share.place, || What::Share { base, share: self.share.value, amount: share });
        let rounding = asking.facts.policy.rules.rounding;
        let total = asking.total(share);
        if number < years {
            let down = Rounding { way: RoundingWay::Down, ..rounding };
            let amount = down.apply(total.part(1, u32::try_from(years).unwrap_or(1)));
            asking.note_own(|| Said::Part { number, of: years, total, amount });
            return Ok(amount);
        }
        let counts = |grant: &LedgerEntry| asking.facts.policy.granted(asking.rule, grant);
        let paid = asking.facts.granted(counts);
        let amount = total.less(paid);
        if amount.is_zero() {
            return Err(asking.because(Why::Paid { total }));
        }
        asking.note_own(|| Said::Rest { number, total, paid, amount });
        Ok(amount)
    }
}
