//! 条款的身份 — which rule of which policy: two policies may both have a 一（一）, and one clause may have two rules.

use std::fmt;

use super::{Policy, Rule};
use crate::diag::{Code, Diagnostic, nearest};
use crate::document::ClauseId;
use crate::register::Named;

/// The identity of a rule: its policy, its clause, and its 事项, which no other rule of the clause has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClauseRef<'a> {
    /// The policy's folder under `data/policies`.
    pub policy: &'a str,
    /// The clause.
    pub clause: &'a ClauseId,
    /// What the award is called.
    pub rule: &'a str,
}

/// The clause and what its award is called; the policy is named by whoever prints it.
impl fmt::Display for ClauseRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.clause, self.rule)
    }
}

impl Policy {
    /// The identity of one of its rules.
    pub fn reference<'a>(&'a self, rule: &'a Rule) -> ClauseRef<'a> {
        ClauseRef { policy: &self.slug, clause: &rule.clause.value, rule: &rule.name }
    }

    /// Whether data that names a clause means one of this policy's rules.
    pub fn is_meant(&self, rule: &Rule, named: &Named<'_>) -> bool {
        named.policy.is_none_or(|policy| policy.value == self.slug)
            && named.clause.value == rule.clause.value
            && named.rule.is_none_or(|name| name.value == rule.name)
    }
}

/// What is wrong with the way in which data names a clause: a policy, a clause or a rule that does not exist, or a name that two
/// policies share.
pub fn unclear(named: &Named<'_>, policies: &[Policy]) -> Option<Diagnostic> {
    if let Some(policy) = named.policy.filter(|policy| policies.iter().all(|known| known.slug != policy.value)) {
        let known = policies.iter().map(|policy| policy.slug.as_str());
        let help = did_you_mean(&policy.value, known, "写 data/policies 里的文件夹名");
        return Some(
            Diagnostic::error(Code::Reference, format!("没有政策“{}”", policy.value)).at(policy.place).help(help),
        );
    }
    let clause = named.clause;
    let of_policy = |policy: &&Policy| named.policy.is_none_or(|wanted| wanted.value == policy.slug);
    if !policies.iter().filter(of_policy).any(|policy| policy.outline.clause(&clause.value).is_some()) {
        let rules = policies.iter().filter(of_policy).flat_map(|policy| &policy.rules.rules);
        let known: Vec<&str> = rules.map(|rule| rule.clause.value.0.as_str()).collect();
        let help =
            did_you_mean(&clause.value.0, known.iter().copied(), &format!("有规则的条款是：{}", known.join("、")));
        let message = match named.policy {
            Some(policy) => format!("政策“{}”没有条款“{}”", policy.value, clause.value),
            None => format!("没有一项政策有条款“{}”", clause.value),
        };
        return Some(Diagnostic::error(Code::Clause, message).at(clause.place).help(help));
    }
    let with_rule: Vec<&Policy> = policies
        .iter()
        .filter(of_policy)
        .filter(|policy| policy.rules.rules.iter().any(|rule| rule.clause.value == clause.value))
        .collect();
    // Versions of one policy never judge the same year, so that they need not be told apart.
    if let Some(first) = with_rule.first()
        && with_rule.iter().any(|other| !first.is_version_of(other, policies))
    {
        let names: Vec<&str> = with_rule.iter().map(|policy| policy.slug.as_str()).collect();
        let message = format!("条款“{}”是哪一项政策的，不清楚：{}都有", clause.value, names.join("、"));
        return Some(
            Diagnostic::error(Code::Clause, message).at(clause.place).help(format!("写明“{}”", named.policy_key)),
        );
    }
    let rules = || with_rule.iter().flat_map(|policy| &policy.rules.rules);
    let name = named.rule?;
    if rules().any(|rule| rule.clause.value == clause.value && rule.name == name.value) {
        return None;
    }
    let known: Vec<&str> =
        rules().filter(|rule| rule.clause.value == clause.value).map(|rule| rule.name.as_str()).collect();
    let help = did_you_mean(&name.value, known.iter().copied(), &format!("这一条的事项是：{}", known.join("、")));
    let message = format!("条款“{}”没有事项“{}”", clause.value, name.value);
    Some(Diagnostic::error(Code::Clause, message).at(name.place).help(help))
}

fn did_you_mean<'a>(word: &str, known: impl Iterator<Item = &'a str>, otherwise: &str) -> String {
    nearest(word, known).map_or_else(|| otherwise.to_owned(), |near| format!("是不是“{near}”？"))
}
