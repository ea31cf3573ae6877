//! 规则对照 — what a policy's rules give, in words beside the words that they carry out: for who reads the policy and for who checks it.

use super::{Policy, Rule, Standard};
use crate::document::Clause;

/// A clause with what carries it out.
#[derive(Debug)]
pub struct Carried<'a> {
    /// The clause.
    pub clause: &'a Clause,
    /// The rules.
    pub rules: Vec<RuleInWords<'a>>,
}

/// A rule in words.
#[derive(Debug, PartialEq, Eq)]
pub struct RuleInWords<'a> {
    /// The sentences by which it gives.
    pub wording: String,
    /// What the award is called.
    pub name: &'a str,
    /// For what it is given.
    pub subject: &'a str,
    /// Who gets it.
    pub conditions: Vec<&'a str>,
    /// What is given.
    pub gives: Vec<String>,
    /// Up to what, and what else restricts it.
    pub limits: Vec<String>,
}

impl Policy {
    /// Its clauses that rules carry out, in the order of the words.
    #[must_use]
    pub fn carried(&self) -> Vec<Carried<'_>> {
        let carried = self.outline.clauses().iter().filter_map(|clause| {
            let of_clause = self.rules.rules.iter().filter(|rule| rule.clause.value == clause.id);
            let rules: Vec<RuleInWords<'_>> = of_clause.map(|rule| self.in_words(rule)).collect();
            (!rules.is_empty()).then_some(Carried { clause, rules })
        });
        carried.collect()
    }

    fn in_words<'a>(&self, rule: &'a Rule) -> RuleInWords<'a> {
        let marks = rule.standards.iter().flat_map(Standard::marks);
        let gives = marks.map(|mark| match mark.award {
            Some(award) if !mark.name.contains(&award.to_string()) => format!("{}：{award}", mark.name),
            _ => mark.name,
        });
        let adjusted = rule.adjustments.iter().map(|adjustment| match &adjustment.condition {
            Some(condition) => format!("{}的，{}", condition.text, adjustment.text()),
            None => adjustment.text(),
        });
        let limits = rule.limits.iter().map(ToString::to_string);
        let once = rule.once.then(|| "只给一次".to_owned());
        let group = rule.group.as_ref().map(|group| format!("“{}”{}", group.name, group.which.principle()));
        RuleInWords {
            wording: self.wording(rule).to_owned(),
            name: &rule.name,
            subject: &rule.subject.value,
            conditions: rule.conditions.iter().map(|condition| condition.text.as_str()).collect(),
            gives: gives.chain(adjusted).collect(),
            limits: limits.chain(once).chain(group).collect(),
        }
    }
}
