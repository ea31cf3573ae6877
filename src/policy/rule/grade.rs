//! 等级 — an amount for each grade: “对新认定的国家级、省级、市级……，分别给予50万元、30万元、10万元”.

use std::fmt;

use serde::Deserialize;

use super::{Asking, Comes, Given, Input, Kind, Mark, Step, Toward, Trial, What};
use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report};
use crate::money::Money;
use crate::trace::{Sink, Telling, Words};
use crate::yaml::Located;

/// `等级: { 属性: 认定级别, 级: [{ 为: 国家级, 奖励: 50万元 }, …] }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// The attribute that holds the grade.
    #[serde(rename = "属性")]
    attribute: Located<String>,
    /// The grades. Where several hold, the highest amount is given.
    #[serde(rename = "级")]
    grades: Vec<Level>,
}

/// A grade.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Level {
    /// Its name.
    #[serde(rename = "为")]
    name: Located<String>,
    /// What it gives.
    #[serde(rename = "奖励")]
    award: Located<Money>,
}

/// A grade gives its amount.
#[derive(Debug, Clone, PartialEq)]
pub struct Said<'a> {
    grade: &'a str,
    amount: Money,
}

impl Telling for Said<'_> {
    fn words(&self) -> Words {
        Words::new("按等级", self.grade, self.amount)
    }
}

/// None of the grades stands under the attribute.
#[derive(Debug, Clone, PartialEq)]
pub struct Why<'a> {
    attribute: &'a str,
}

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}不在条款所列等级之内", self.attribute)
    }
}

impl Kind for Grade {
    type Said<'a> = Said<'a>;
    type Why<'a> = Why<'a>;

    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>) -> Given<'a> {
        let attribute = &self.attribute.value;
        let found = asking.facts.attribute(attribute).ok_or_else(|| asking.because(Why { attribute }))?;
        let best = self
            .grades
            .iter()
            .filter(|level| found.value.contains(&level.name.value))
            .max_by_key(|level| level.award.value);
        let level = best.ok_or_else(|| asking.because(Why { attribute }))?;
        let (own, amount) = (asking.own, level.award.value);
        let what = || What::Own(own(Said { grade: &level.name.value, amount }));
        asking.sink.step(|| Step::new(what()).at(found.place).by(level.name.place));
        Ok(amount)
    }

    fn attributes(&self) -> Vec<&Located<String>> {
        vec![&self.attribute]
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        let marks = self.grades.iter().map(|level| Mark {
            place: level.name.place,
            name: format!("等级“{}”", level.name.value),
            witness: format!("{}为{}", self.attribute.value, level.name.value),
            award: Some(level.award.value),
            reach: None,
        });
        marks.collect()
    }

    fn trials(&self, _: Year) -> Vec<Trial<'_>> {
        let attribute = self.attribute.value.as_str();
        let trials = self.grades.iter().flat_map(|level| {
            let (mark, award, name) = (level.name.place, level.award.value, level.name.value.as_str());
            let alone = Trial { mark, input: Input::word(attribute, name), comes: Comes::Gives(award) };
            let other =
                Trial { mark, input: Input::word(attribute, "不是这里的任何一级"), comes: Comes::Missed };
            // Whoever has a better grade as well is paid by that one.
            let better = self.grades.iter().filter(move |other| other.award.value > award).flat_map(move |better| {
                let words = [better.name.value.as_str(), name].map(|name| (attribute, name.into()));
                let input = Input { figures: Vec::new(), words: words.into() };
                let missed = Trial { mark, input: input.clone(), comes: Comes::Missed };
                [missed, Trial { mark: better.name.place, input, comes: Comes::Gives(better.award.value) }]
            });
            [alone, other].into_iter().chain(better)
        });
        trials.collect()
    }

    fn toward(&self, amount: Money, _: Year) -> Toward<'_> {
        let level =
            self.grades.iter().filter(|level| level.award.value >= amount).min_by_key(|level| level.award.value)?;
        Some((Input::word(&self.attribute.value, level.name.value.as_str()), level.award.value))
    }

    fn check(&self, report: &mut Report) {
        for (index, level) in self.grades.iter().enumerate() {
            if self.grades.iter().take(index).any(|other| other.name.value == level.name.value) {
                let message = format!("等级“{}”写了两次", level.name.value);
                report.push(Diagnostic::error(Code::Rule, message).at(level.name.place));
            }
        }
    }
}
