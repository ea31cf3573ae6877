//! 奖励 — who gets what under which clause, and why; and who does not, and why not.

mod assessment;
mod combine;
mod record;
mod summary;

use std::collections::BTreeMap;

pub use assessment::{Assessment, Cut, Outcome};
pub use record::{AwardRecord, StepRecord, csv, json, records};
pub use summary::{ClauseTotal, DistrictTotal, EnterpriseTotal, Summary};

use crate::calendar::Year;
use crate::policy::{Facts, Limit, Policy, Reason, Rule, Scope};
use crate::register::{Declaration, Enterprise, Item, Register};
use crate::trace::{Sink, Step, What};

/// Assesses all declarations of a year under all policies: enterprise by enterprise in the order of the declarations, and
/// for each clause by clause. What one enterprise declares never changes what another one gets.
pub fn assess<'a>(register: &'a Register, policies: &'a [Policy], year: Year) -> Vec<Assessment<'a>> {
    let declared: BTreeMap<_, _> = register
        .declarations
        .get(&year)
        .into_iter()
        .flatten()
        .map(|declaration| (declaration.enterprise.value, declaration))
        .collect();
    let in_order =
        register.declarations.get(&year).into_iter().flatten().map(|declaration| declaration.enterprise.value);
    let undeclared = register.enterprises.keys().copied().filter(|code| !declared.contains_key(code));
    let mut assessments = Vec::new();
    for enterprise in in_order.chain(undeclared).filter_map(|code| register.enterprise(code)) {
        let declaration = declared.get(&enterprise.code.value).copied();
        for policy in policies {
            assessments.extend(assess_enterprise(register, policy, enterprise, declaration, year));
        }
    }
    assessments
}

/// Assesses one enterprise under one policy. One that declared nothing is only looked up for lists.
pub fn assess_enterprise<'a>(
    register: &'a Register,
    policy: &'a Policy,
    enterprise: &'a Enterprise,
    declaration: Option<&'a Declaration>,
    year: Year,
) -> Vec<Assessment<'a>> {
    let mut assessments = Vec::new();
    for rule in &policy.rules.rules {
        if declaration.is_none() && !rule.lists() {
            continue;
        }
        let items = items(rule, enterprise, declaration);
        if !policy.covers(year) || items.is_empty() {
            let reason = if policy.covers(year) {
                Reason::NotDeclared(&rule.subject.value)
            } else {
                let years = &policy.rules.years.value;
                let (first, last) = (years.iter().min().copied(), years.iter().max().copied());
                Reason::NotCovered { year, first: first.unwrap_or(year), last: last.unwrap_or(year) }
            };
            assessments.push(Assessment::refused(
                policy,
                rule,
                enterprise,
                year,
                enterprise.name.value.as_str(),
                vec![reason],
            ));
            continue;
        }
        let first = assessments.len();
        for item in items {
            let subject = if item.name == item.kind { enterprise.name.value.as_str() } else { item.name };
            let facts = Facts::new(register, policy, enterprise, year, item);
            assessments.push(assess_item(rule, &facts, subject));
        }
        for limit in rule.limits.iter().filter(|limit| limit.scope == Scope::EnterpriseYear) {
            combine::limit_together(limit, assessments.get_mut(first..).unwrap_or_default());
        }
    }
    combine::higher_of_group(&mut assessments);
    if let Some(declaration) = declaration {
        combine::higher_of_policies(declaration, policy.rules.higher_of, &mut assessments);
    }
    assessments
}

/// The items of a declaration that a rule is about. Lists ask about the enterprise even if it declared nothing.
fn items<'a>(rule: &'a Rule, enterprise: &'a Enterprise, declaration: Option<&'a Declaration>) -> Vec<Item<'a>> {
    let kind = rule.subject.value.as_str();
    match declaration {
        Some(declaration) => declaration.items().into_iter().filter(|item| item.kind == kind).collect(),
        None if kind == "企业" => {
            vec![Item {
                kind,
                name: kind,
                place: enterprise.name.place,
                amounts: Vec::new(),
                entries: &[],
                attributes: Vec::new(),
            }]
        }
        None => Vec::new(),
    }
}

/// Assesses one item under one rule, with the limits that concern it alone.
fn assess_item<'a>(rule: &'a Rule, facts: &Facts<'a>, subject: &'a str) -> Assessment<'a> {
    let mut steps = Vec::with_capacity(8);
    let (policy, enterprise, year) = (facts.policy, facts.enterprise, facts.year);
    let mut assessment = match rule.amount(facts, &mut steps) {
        Err(reasons) => Assessment::refused(policy, rule, enterprise, year, subject, reasons),
        Ok(_) if rule.lists() => Assessment {
            outcome: Outcome::Listed,
            ..Assessment::refused(policy, rule, enterprise, year, subject, vec![])
        },
        Ok(before) => {
            let after = policy.rules.rounding.apply(before);
            if after != before {
                steps.step(|| Step {
                    what: What::Rounded { rounding: policy.rules.rounding, before, after },
                    place: None,
                });
            }
            if after.is_zero() {
                Assessment::refused(policy, rule, enterprise, year, subject, vec![Reason::Nothing])
            } else {
                Assessment {
                    outcome: Outcome::Granted(after),
                    ..Assessment::refused(policy, rule, enterprise, year, subject, vec![])
                }
            }
        }
    };
    assessment.steps = steps;
    for limit in &rule.limits {
        let used = match limit.scope {
            Scope::Each => crate::money::Money::ZERO,
            Scope::Item => facts.granted(&rule.clause.value),
            Scope::EnterpriseYear => continue,
        };
        limit_one(limit, used, &mut assessment);
    }
    assessment
}

/// Cuts an assessment by a limit against which `used` counts already.
fn limit_one(limit: &Limit, used: crate::money::Money, assessment: &mut Assessment<'_>) {
    let Outcome::Granted(before) = assessment.outcome else { return };
    let (scope, amount) = (limit.scope.name(), limit.amount.value);
    let after = before.min(amount.less(used));
    let place = Some(limit.amount.place);
    assessment.steps.push(Step { what: What::Limit { scope, limit: amount, used, before, after }, place });
    if after < before {
        assessment.cut = Some(Cut { scope, limit: amount });
        assessment.outcome = Outcome::Granted(after);
    }
    if after.is_zero() {
        assessment.outcome = Outcome::Refused;
        assessment.reasons.push(Reason::UsedUp { scope, limit: amount });
    }
}
