//! 名次 — an amount for each place in a ranking: “对年度综合评价前3名、第4名至第10名的企业，分别给予50万元、20万元奖励”.

use std::fmt;

use serde::Deserialize;

use super::{Asking, Comes, Given, Input, Kind, Mark, Step, Toward, Trial, What};
use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report};
use crate::money::Money;
use crate::trace::{Sink, Telling, Terms, Words};
use crate::yaml::Located;

/// `名次: { 属性: 综合评价名次, 段: [{ 至: 3, 奖励: 50万元 }, { 至: 10, 奖励: 20万元 }] }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranking {
    /// The attribute that holds the place, as a number.
    #[serde(rename = "属性")]
    attribute: Located<String>,
    /// From the best down.
    #[serde(rename = "段")]
    ranges: Vec<Range>,
}

/// The places up to one, from behind the range before it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Range {
    /// The last place of it (含本数).
    #[serde(rename = "至")]
    to: Located<u32>,
    #[serde(rename = "奖励")]
    award: Located<Money>,
}

/// A place lies in a range.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    rank: u32,
    to: u32,
    award: Money,
}

impl Telling for Said {
    fn words(&self) -> Words {
        Words::new("按名次", format!("第{}名，在前{}名之内", self.rank, self.to), self.award)
    }
}

/// Why a ranking gives nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Why<'a> {
    NotRanked { attribute: &'a str },
    NoNumber { attribute: &'a str, found: Terms<'a> },
    Behind { rank: u32, last: u32 },
}

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRanked { attribute } => write!(f, "没有填写{attribute}"),
            Self::NoNumber { attribute, found } => {
                write!(f, "{attribute}“{found}”不是名次，应写作数字，如“3”")
            }
            Self::Behind { rank, last } => write!(f, "第{rank}名，不在前{last}名之内"),
        }
    }
}

impl Kind for Ranking {
    type Said<'a> = Said;
    type Why<'a> = Why<'a>;

    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>) -> Given<'a> {
        let attribute = &self.attribute.value;
        let found = asking.facts.attribute(attribute).ok_or_else(|| asking.because(Why::NotRanked { attribute }))?;
        let number = match found.value {
            Terms::One(word) => word.parse().ok().filter(|rank| *rank > 0),
            Terms::Many(_) => None,
        };
        let rank = number.ok_or_else(|| asking.because(Why::NoNumber { attribute, found: found.value }))?;
        let Some(range) = self.ranges.iter().find(|range| rank <= range.to.value) else {
            let last = self.ranges.last().map_or(0, |range| range.to.value);
            return Err(asking.because(Why::Behind { rank, last }));
        };
        let (own, to, award) = (asking.own, range.to.value, range.award.value);
        let what = || What::Own(own(Said { rank, to, award }));
        asking.sink.step(|| Step::new(what()).at(found.place).by(range.to.place));
        Ok(award)
    }

    fn attributes(&self) -> Vec<&Located<String>> {
        vec![&self.attribute]
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        let mark = |range: &Range| Mark {
            place: range.to.place,
            name: format!("前{}名", range.to.value),
            witness: format!("{}为{}", self.attribute.value, range.to.value),
            award: Some(range.award.value),
            reach: None,
        };
        self.ranges.iter().map(mark).collect()
    }

    fn trials(&self, _: Year) -> Vec<Trial<'_>> {
        let mut first = 1;
        let mut trials = Vec::new();
        for range in &self.ranges {
            let (to, gives) = (range.to.value, Comes::Gives(range.award.value));
            for (rank, comes) in [(first - 1, Comes::Missed), (first, gives), (to, gives), (to + 1, Comes::Missed)] {
                let input = Input::word(&self.attribute.value, rank.to_string());
                trials.push(Trial { mark: range.to.place, input, comes });
            }
            first = to + 1;
        }
        trials
    }

    fn toward(&self, amount: Money, _: Year) -> Toward<'_> {
        let range = self.ranges.iter().rev().find(|range| range.award.value >= amount)?;
        Some((Input::word(&self.attribute.value, range.to.value.to_string()), range.award.value))
    }

    fn check(&self, report: &mut Report) {
        let Some(first) = self.ranges.first() else {
            let finding = Diagnostic::error(Code::Rule, "“段”是空的").at(self.attribute.place);
            return report.push(finding.help("至少写一段“{ 至: 10, 奖励: … }”"));
        };
        if first.to.value == 0 {
            report.push(Diagnostic::error(Code::Rule, "名次从1起，没有第0名").at(first.to.place));
        }
        for pair in self.ranges.windows(2) {
            let [better, worse] = pair else { continue };
            let (before, here) = (better.to.value, worse.to.value);
            if here <= before {
                let message = format!("前{here}名这一段不在前{before}名之后，永远轮不到");
                report.push(Diagnostic::error(Code::Rule, message).at(worse.to.place).help("各段从前到后写"));
            } else if worse.award.value > better.award.value {
                let (more, less) = (worse.award.value, better.award.value);
                let message = format!("前{here}名奖励{more}，反而多于前{before}名的{less}");
                let finding = Diagnostic::error(Code::Rule, message).at(worse.award.place);
                report.push(finding.help("名次在后的，奖励不应多于在前的"));
            }
        }
    }
}
