//! 算式 — what a clause says as a formula, exact and typed: `较小(贷款利息 × 50%, 企业.地方财政贡献)`, `增长率(营业收入) ≥ 10%`.
//!
//! ```text
//! unit      what a number counts
//! fraction  exact numbers
//! tree      what an expression is made of
//! parser    from text to parts
//! check     names, units and kinds, before anything is declared
//! evaluate  what it comes to for an item
//! ```

mod check;
mod evaluate;
mod fraction;
mod parameter;
mod parser;
mod tree;
mod unit;

use std::collections::BTreeSet;

use serde::{Deserialize, Deserializer};

use super::{Facts, Rules};
use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report};
use crate::money::Money;
use crate::register::{Item, Register};
use crate::source::Place;
use crate::trace::Found;
use crate::yaml::Located;

pub use check::Type;
pub use evaluate::{Gap, Seen, Value};
pub use fraction::Fraction;
pub use parameter::{Parameter, Stated};
pub use parser::Fault;
pub use tree::Function;
pub use unit::Unit;

use check::Checker;
use evaluate::Evaluation;
use tree::{Part, What};

/// An expression with its text.
#[derive(Debug, Clone)]
pub struct Expression {
    /// As it is written.
    pub text: String,
    /// Where it is written.
    pub place: Place,
    parsed: Result<Part, Fault>,
}

impl<'de> Deserialize<'de> for Expression {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Located { value, place } = Located::<String>::deserialize(deserializer)?;
        Ok(Self::new(value, place))
    }
}

impl Expression {
    /// An expression that stands somewhere.
    pub fn new(text: String, place: Place) -> Self {
        Self { parsed: parser::parse(&text), text, place }
    }

    /// What a comparison finds on its left side, for a reader.
    pub fn found<'a>(&'a self, facts: &Facts<'_, 'a>) -> Found<'a> {
        let value = |part: &'a Part| Evaluation { facts, see: &mut |_| {}, depth: 0 }.value(part, facts.year());
        let Some(part) = self.part() else { return Found::Nothing };
        let whole = value(part);
        if let Err(gap) = whole {
            return match gap {
                Gap::Figure(name, year) | Gap::Parameter(name, year) => Found::Missing(name, year),
                Gap::ByZero => Found::ByZero,
                Gap::Attribute(_) | Gap::Beyond => Found::Nothing,
            };
        }
        let held = match whole {
            Ok(Value::Truth(truth)) => Found::Held(truth),
            _ => Found::Nothing,
        };
        let What::Compare(_, left, right) = &part.what else { return held };
        let bound = self.text.get(right.span.clone()).unwrap_or_default();
        let share = bound.ends_with(['%', '％', '‰', '点', '成']);
        match (value(left), &right.what) {
            (Ok(Value::Number(number)), What::Number(_, unit)) if *unit == Unit::of("元") => {
                number.money().map_or(Found::Number(number.decimal()), Found::Amount)
            }
            (Ok(Value::Number(number)), _) if share => {
                Found::Percent(number.times(Fraction::whole(100)).unwrap_or(number).decimal())
            }
            (Ok(Value::Number(number)), _) => Found::Number(number.decimal()),
            (Ok(Value::Day(day)), _) => Found::Day(day),
            (Ok(Value::Words(words)), _) => Found::Words(words),
            _ => held,
        }
    }

    fn part(&self) -> Option<&Part> {
        self.parsed.as_ref().ok()
    }

    /// What it comes to for an item; `see` is called for everything that is looked at.
    pub fn value<'a>(&'a self, facts: &Facts<'_, 'a>, see: &mut dyn FnMut(Seen<'a>)) -> Result<Value<'a>, Gap<'a>> {
        self.value_in(facts, facts.year(), see)
    }

    fn value_in<'a>(
        &'a self,
        facts: &Facts<'_, 'a>,
        year: Year,
        see: &mut dyn FnMut(Seen<'a>),
    ) -> Result<Value<'a>, Gap<'a>> {
        let part = self.part().ok_or(Gap::Beyond)?;
        Evaluation { facts, see, depth: 0 }.value(part, year)
    }

    /// What it comes to in yuan: nothing where that is less than nothing.
    pub fn money<'a>(&'a self, facts: &Facts<'_, 'a>, see: &mut dyn FnMut(Seen<'a>)) -> Result<Money, Gap<'a>> {
        self.money_in(facts, facts.year(), see)
    }

    /// What it comes to in yuan in the facts of another year.
    pub fn money_in<'a>(
        &'a self,
        facts: &Facts<'_, 'a>,
        year: Year,
        see: &mut dyn FnMut(Seen<'a>),
    ) -> Result<Money, Gap<'a>> {
        match self.value_in(facts, year, see)? {
            Value::Number(number) if number.is_negative() => Ok(Money::ZERO),
            Value::Number(number) => number.money().ok_or(Gap::Beyond),
            _ => Err(Gap::Beyond),
        }
    }

    /// What is wrong with it, for rules about a kind of things; `wanted` says what it must come to.
    pub fn check(&self, wanted: &Type, kind: &str, rules: &Rules, register: &Register) -> Report {
        let (found, mut faults) = self.look_through("", kind, rules, register);
        if let Some(part) = self.part().filter(|_| found != *wanted && found != Type::Unknown) {
            let (message, help) = match wanted {
                Type::Truth => ("这里应是一个条件，成立或不成立", "如“增长率(营业收入) ≥ 10%”"),
                _ => ("算出来的应是金额", "如“贷款利息 × 50%”“用工人数 × 1000元/人”"),
            };
            faults.push(Fault::new(part.span.clone(), message, help));
        }
        self.told(faults)
    }

    /// What it is, and what is wrong in it; `root` is the definition that it is, if it is one.
    fn look_through(&self, root: &str, kind: &str, rules: &Rules, register: &Register) -> (Type, Vec<Fault>) {
        let part = match &self.parsed {
            Ok(part) => part,
            Err(fault) => return (Type::Unknown, vec![fault.clone()]),
        };
        let open = Some(root).filter(|root| !root.is_empty()).into_iter().collect();
        let mut checker = Checker { rules, register, kind, root, text: &self.text, faults: Vec::new(), open };
        let found = checker.of(part);
        (found, checker.faults)
    }

    fn told(&self, faults: Vec<Fault>) -> Report {
        let mut report = Report::default();
        for Fault { span, message, help } in faults {
            let finding = Diagnostic::error(Code::Rule, message).at(self.place_of(&span));
            report.push(if help.is_empty() { finding } else { finding.help(help) });
        }
        report
    }

    /// Where a part of the text stands in the file: exact where it is written on one line, without quotation marks of YAML or with one
    /// on each side.
    fn place_of(&self, span: &std::ops::Range<usize>) -> Place {
        let written = usize::try_from(self.place.end - self.place.start).unwrap_or_default();
        let quote = match written.checked_sub(self.text.len()) {
            Some(0) => 0,
            Some(2) => 1,
            _ => return self.place,
        };
        let start = usize::try_from(self.place.start).unwrap_or_default() + quote;
        Place::new(self.place.file, start + span.start..start + span.end.max(span.start + 1))
    }

    /// The names that it takes of declarations, those of definitions included.
    pub fn names<'a>(&'a self, rules: &'a Rules) -> impl Iterator<Item = &'a str> {
        self.mentioned(rules).into_iter().filter(|name| !rules.definitions.contains_key(*name))
    }

    /// The definitions that it uses, those that they use included.
    pub fn definitions<'a>(&'a self, rules: &'a Rules) -> impl Iterator<Item = &'a Self> {
        self.mentioned(rules).into_iter().filter_map(|name| rules.definitions.get(name))
    }

    /// Every name in it, and in the definitions that it uses.
    fn mentioned<'a>(&'a self, rules: &'a Rules) -> BTreeSet<&'a str> {
        let mut names = BTreeSet::new();
        let mut parts: Vec<&Part> = self.part().into_iter().collect();
        while let Some(part) = parts.pop() {
            parts.extend(part.inner());
            if let What::Name(name) = &part.what
                && names.insert(name.as_str())
            {
                parts.extend(rules.definitions.get(name).and_then(Self::part));
            }
        }
        names
    }

    /// Why it comes to nothing that is known, in words.
    pub fn gap(gap: Gap<'_>) -> String {
        match gap {
            Gap::Figure(name, year) => format!("没有{year}年{name}的申报数"),
            Gap::Attribute(name) => format!("没有填写{name}，或者写的不能用"),
            Gap::Parameter(name, year) => format!("规则里没有{year}年的{name}"),
            Gap::ByZero => "除数是零，不能计算".to_owned(),
            Gap::Beyond => "数太大，或者算式有误，不能计算".to_owned(),
        }
    }
}

impl Rules {
    /// Checks the definitions, each for the first kind of things whose rule uses it.
    pub(super) fn check_definitions(&self, register: &Register) -> Report {
        let mut report = Report::default();
        for (name, definition) in &self.definitions {
            let uses = |used: &Expression| used.mentioned(self).contains(name.as_str());
            let rule = self.rules.iter().find(|rule| rule.expressions().any(uses));
            let kind = rule.map_or(Item::ENTERPRISE, |rule| rule.subject.value.as_str());
            let (_, faults) = definition.look_through(name, kind, self, register);
            report.absorb(definition.told(faults));
        }
        report
    }
}

#[cfg(test)]
mod tests;
