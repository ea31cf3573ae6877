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
use crate::diag::{Code, Diagnostic, Report};
use crate::money::Money;
use crate::register::Register;
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
        let part = self.part().ok_or(Gap::Beyond)?;
        Evaluation { facts, see, depth: 0 }.value(part, facts.year())
    }

    /// What it comes to in yuan: nothing where that is less than nothing.
    pub fn money<'a>(&'a self, facts: &Facts<'_, 'a>, see: &mut dyn FnMut(Seen<'a>)) -> Result<Money, Gap<'a>> {
        match self.value(facts, see)? {
            Value::Number(number) if number.is_negative() => Ok(Money::ZERO),
            Value::Number(number) => number.money().ok_or(Gap::Beyond),
            _ => Err(Gap::Beyond),
        }
    }

    /// What is wrong with it, for rules about a kind of things; `wanted` says what it must come to.
    pub fn check(&self, wanted: &Type, kind: &str, rules: &Rules, register: &Register) -> Report {
        let mut report = Report::default();
        let faults = match &self.parsed {
            Err(fault) => vec![fault.clone()],
            Ok(part) => {
                let mut checker = Checker {
                    rules,
                    register,
                    kind,
                    root: "",
                    text: &self.text,
                    faults: Vec::new(),
                    open: BTreeSet::new(),
                };
                let found = checker.of(part);
                if found != *wanted && found != Type::Unknown {
                    let (message, help) = match wanted {
                        Type::Truth => ("这里应是一个条件，成立或不成立", "如“增长率(营业收入) ≥ 10%”"),
                        _ => ("算出来的应是金额", "如“贷款利息 × 50%”“用工人数 × 1000元/人”"),
                    };
                    checker.faults.push(Fault::new(part.span.clone(), message, help));
                }
                checker.faults
            }
        };
        for fault in faults {
            let finding = Diagnostic::error(Code::Rule, fault.message).at(self.place_of(&fault.span));
            report.push(if fault.help.is_empty() { finding } else { finding.help(fault.help) });
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
    pub fn names<'a>(&'a self, rules: &'a Rules) -> BTreeSet<&'a str> {
        let mut names = BTreeSet::new();
        let mut open = vec![self];
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        while let Some(expression) = open.pop() {
            let mut parts: Vec<&Part> = expression.part().into_iter().collect();
            while let Some(part) = parts.pop() {
                match &part.what {
                    What::Name(name) => match rules.definitions.get(name) {
                        Some(definition) if seen.insert(name) => open.push(definition),
                        Some(_) => {}
                        None => {
                            names.insert(name.as_str());
                        }
                    },
                    What::Call(_, inner) | What::All(inner) | What::Any(inner) => parts.extend(inner),
                    What::Binary(_, left, right) | What::Compare(_, left, right) => parts.extend([&**left, &**right]),
                    What::Number(..) | What::Word(_) => {}
                }
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
    /// Checks the definitions, each for the first kind of things whose rule it can stand in.
    pub(super) fn check_definitions(&self, register: &Register) -> Report {
        let mut report = Report::default();
        for (name, definition) in &self.definitions {
            let rule = self.rules.iter().find(|rule| rule.expressions().any(|used| used.uses(name, self)));
            let kind = rule.map_or(crate::register::Item::ENTERPRISE, |rule| rule.subject.value.as_str());
            let Some(part) = definition.part() else {
                report.absorb(definition.check(&Type::Unknown, kind, self, register));
                continue;
            };
            let open = BTreeSet::from([name.as_str()]);
            let mut checker =
                Checker { rules: self, register, kind, root: name, text: &definition.text, faults: Vec::new(), open };
            checker.of(part);
            for fault in checker.faults {
                let finding = Diagnostic::error(Code::Rule, fault.message).at(definition.place_of(&fault.span));
                report.push(if fault.help.is_empty() { finding } else { finding.help(fault.help) });
            }
        }
        report
    }
}

impl Expression {
    /// Whether it uses a definition, straight or through others.
    fn uses(&self, name: &str, rules: &Rules) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![self];
        while let Some(expression) = open.pop() {
            for used in expression.definitions(rules) {
                if used == name {
                    return true;
                }
                if seen.insert(used) {
                    open.extend(rules.definitions.get(used));
                }
            }
        }
        false
    }

    fn definitions<'a>(&'a self, rules: &'a Rules) -> Vec<&'a str> {
        let mut found = Vec::new();
        let mut parts: Vec<&Part> = self.part().into_iter().collect();
        while let Some(part) = parts.pop() {
            match &part.what {
                What::Name(name) if rules.definitions.contains_key(name) => found.push(name.as_str()),
                What::Call(_, inner) | What::All(inner) | What::Any(inner) => parts.extend(inner),
                What::Binary(_, left, right) | What::Compare(_, left, right) => parts.extend([&**left, &**right]),
                What::Name(_) | What::Number(..) | What::Word(_) => {}
            }
        }
        found
    }
}

#[cfg(test)]
mod tests;
