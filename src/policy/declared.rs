//! 申报的名称 — what was declared under a name that no rule and no schema knows would be paid nothing, silently: kinds, figures,
//! attributes and their words are told, with the nearest known name.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::Kind as Question;
use super::facts::OF_ENTERPRISE;
use super::rule::Comes;
use super::{Condition, Policy, Rule};
use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::register::{Item, Matter, Register};
use crate::source::Place;
use crate::yaml::Located;

/// What rules ask of one kind of things.
#[derive(Default)]
struct Asked<'p> {
    quantities: BTreeSet<&'p str>,
    /// The attributes, with the words that are asked for.
    attributes: BTreeMap<&'p str, BTreeSet<String>>,
}

/// Checks the names in declarations, and the kinds that rules are about, against each other.
pub fn check_declared(policies: &[Policy], register: &Register) -> Report {
    let mut report = Report::default();
    let asked = asked(policies);
    let kinds: BTreeSet<&str> = register.matters().map(|matter| &*matter.kind.value).collect();
    for rule in policies.iter().flat_map(|policy| &policy.rules.rules) {
        let subject = &rule.subject;
        let near = nearest(&subject.value, register.schema.kinds().chain(kinds.iter().copied()));
        let unknown = !register.schema.knows(&subject.value) && !kinds.contains(subject.value.as_str());
        if let Some(near) = near.filter(|near| unknown && *near != subject.value) {
            let message = format!("没有人申报过“{}”，事实表里也没有", subject.value);
            report.push(Diagnostic::error(Code::Unknown, message).at(subject.place).help(format!("是不是“{near}”？")));
        }
    }
    // What the schema knows was looked at when it was read.
    for matter in register.matters().filter(|matter| !register.schema.knows(&matter.kind.value)) {
        match asked.get(&*matter.kind.value) {
            Some(asked) => asked.check(matter, &mut report),
            None => {
                let known = asked.keys().copied().chain(register.schema.kinds());
                let help = nearest(&matter.kind.value, known).map_or_else(
                    || "没有规则给它，也不必核对的，删去；要记录的，写进 data/facts.yaml".to_owned(),
                    |near| format!("是不是“{near}”？"),
                );
                let message = format!("没有一条规则给“{}”这类事项", &*matter.kind.value);
                report.push(Diagnostic::error(Code::Unknown, message).at(matter.kind.place).help(help));
            }
        }
    }
    report
}

/// What the rules of policies ask, kind by kind.
fn asked<'p>(policies: impl IntoIterator<Item = &'p Policy>) -> BTreeMap<&'p str, Asked<'p>> {
    let mut asked: BTreeMap<&str, Asked<'_>> = BTreeMap::new();
    for policy in policies {
        for rule in &policy.rules.rules {
            let of_kind = asked.entry(&rule.subject.value).or_default();
            ask(rule, policy.first_and_last_year().0, of_kind);
            for name in rule.expressions().flat_map(|expression| expression.names(&policy.rules)) {
                // Only what is declared says whether it is a figure or a word.
                of_kind.quantities.insert(name);
                of_kind.attributes.entry(name).or_default();
            }
        }
    }
    asked
}

/// Every figure and attribute that policies ask for, with the kind of things that has it.
#[must_use]
pub fn asked_names<'p>(policies: impl IntoIterator<Item = &'p Policy>) -> BTreeSet<(&'p str, &'p str)> {
    let asked = asked(policies);
    let names = asked.iter().flat_map(|(kind, asked)| {
        let names = asked.quantities.iter().copied().chain(asked.attributes.keys().copied());
        names.map(|name| name.strip_prefix(OF_ENTERPRISE).map_or((*kind, name), |own| (Item::ENTERPRISE, own)))
    });
    names.collect()
}

fn ask<'p>(rule: &'p Rule, of_year: Year, asked: &mut Asked<'p>) {
    for standard in &rule.standards {
        asked.quantities.extend(standard.quantities().into_iter().map(|name| name.value.as_str()));
        for name in standard.attributes() {
            asked.attributes.entry(&name.value).or_default();
        }
        for trial in standard.trials(of_year).into_iter().filter(|trial| trial.comes != Comes::Missed) {
            for (name, word) in trial.input.words {
                asked.attributes.entry(name).or_default().insert(word.into_owned());
            }
        }
    }
    for condition in rule.asked() {
        ask_conditions(std::slice::from_ref(condition), asked);
    }
}

fn ask_conditions<'p>(conditions: &'p [Condition], asked: &mut Asked<'p>) {
    for condition in conditions {
        match &condition.kind {
            Question::Attribute(attribute) => {
                let words = attribute.some.iter().chain(&attribute.none).cloned();
                asked.attributes.entry(&attribute.name.value).or_default().extend(words);
            }
            Question::Date(dated) => {
                asked.attributes.entry(&dated.name.value).or_default();
            }
            Question::Amount(amount) => {
                asked.quantities.insert(&amount.quantity.value);
            }
            // What an expression asks for is looked at below.
            Question::Catalogue(_) | Question::Expression(_) => {}
            Question::All(inner) | Question::Any(inner) => ask_conditions(inner, asked),
            Question::Not(inner) => ask_conditions(std::slice::from_ref(inner), asked),
        }
    }
}

impl Asked<'_> {
    fn check(&self, matter: &Matter, report: &mut Report) {
        let kind = &matter.kind.value;
        for (name, figures) in matter.amounts.iter() {
            let place = figures.places().next().map_or(matter.kind.place, |(_, place)| place);
            unless_known(name, kind, "数额", self.quantities.iter().copied(), place, report);
        }
        for (name, word) in matter.attributes.iter() {
            match self.attributes.get(name) {
                None => unless_known(name, kind, "属性", self.attributes.keys().copied(), word.place, report),
                Some(words) => check_word(name, word, words, report),
            }
        }
    }
}

/// A name that no rule asks for: an error where one that a rule asks for is spelt almost alike.
fn unless_known<'k>(
    name: &str,
    kind: &str,
    what: &str,
    known: impl Iterator<Item = &'k str> + Clone,
    place: Place,
    report: &mut Report,
) {
    if known.clone().any(|known| known == name) {
        return;
    }
    let finding = match nearest(name, known) {
        Some(near) => {
            let message = format!("没有一条规则问“{kind}”的{what}“{name}”");
            Diagnostic::error(Code::Unknown, message).help(format!("是不是“{near}”？"))
        }
        None => {
            let message = format!("没有一条规则问“{kind}”的{what}“{name}”，这里写的不起作用");
            Diagnostic::warning(Code::Unknown, message).help("写错的改正；只是备查的，写进 data/facts.yaml")
        }
    };
    report.push(finding.at(place));
}

/// A word that is spelt almost like one that is asked for.
fn check_word(name: &str, word: &Located<String>, words: &BTreeSet<String>, report: &mut Report) {
    if words.contains(&word.value) || word.value.chars().count() < 2 {
        return;
    }
    if let Some(near) = nearest(&word.value, words.iter().map(String::as_str)) {
        let message = format!("“{name}”写的是“{}”，规则问的是“{near}”", word.value);
        let help = "是同一个意思的，照规则的写法写；不是的，把各种写法列进 data/facts.yaml";
        report.push(Diagnostic::error(Code::Unknown, message).at(word.place).help(help));
    }
}
