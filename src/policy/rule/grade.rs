//! 等级 — an amount for each grade: “对新认定的国家级、省级、市级……，分别给予50万元、30万元、10万元”.

use serde::Deserialize;

use super::{Asking, Asks, Given, Kind, Mark};
use crate::diag::{Code, Diagnostic, Report};
use crate::money::Money;
use crate::policy::Reason;
use crate::trace::{Sink, Step, What};
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

impl Kind for Grade {
    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, impl Sink<'a>>) -> Given<'a> {
        let attribute = &self.attribute.value;
        let found = asking.facts.attribute(attribute).ok_or(Reason::NoGrade { attribute })?;
        let best = self
            .grades
            .iter()
            .filter(|level| found.value.contains(&level.name.value))
            .max_by_key(|level| level.award.value);
        let level = best.ok_or(Reason::NoGrade { attribute })?;
        let what = || What::Grade { grade: &level.name.value, amount: level.award.value };
        asking.sink.step(|| Step { what: what(), place: Some(found.place) });
        Ok(level.award.value)
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        let marks = self.grades.iter().map(|level| Mark {
            place: level.name.place,
            name: format!("等级“{}”", level.name.value),
            witness: format!("{}为{}", self.attribute.value, level.name.value),
            award: Some(level.award.value),
            asks: Asks::Grade(&self.attribute.value, &level.name.value),
            met: Box::new(|what| matches!(what, What::Grade { grade, .. } if *grade == level.name.value)),
        });
        marks.collect()
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
