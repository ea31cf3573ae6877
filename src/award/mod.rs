//! 奖励 — who gets what under which clause, and why; and who does not, and why not.

mod assessment;
mod case;
mod combine;
mod examine;
mod grant;
mod record;
mod statistics;
mod summary;

pub use assessment::{Assessment, Cut, Outcome};
pub use case::{Case, Cases};
pub use examine::{examine, over_budget};
pub use grant::{Occasion, Writing, grant};
pub use record::{AwardRecord, Explanation, StepRecord, csv, json, records};
pub use statistics::{Count, LimitUse, Statistics};
pub use summary::{ClauseTotal, DistrictTotal, EnterpriseTotal, Summary};

use crate::calendar::Year;
use crate::money::Money;
use crate::policy::{Dossier, Facts, Policy, Reason, Rule, Scope};
use crate::register::{Item, Register};
use crate::trace::{Sink, Step, What};
use crate::yaml::Located;

/// Assesses all declarations of a year under all policies: enterprise by enterprise in the order of the declarations, and
/// for each clause by clause. What one enterprise declares never changes what another one gets.
pub fn assess<'a>(register: &'a Register, policies: &'a [Policy], year: Year) -> Vec<Assessment<'a>> {
    let declared = register.declarations.get(&year).into_iter().flatten();
    let in_order = declared.map(|declaration| declaration.enterprise.value);
    let undeclared = register.enterprises.keys().copied().filter(|code| register.declaration(*code, year).is_none());
    let mut assessments = Vec::new();
    for enterprise in in_order.chain(undeclared).filter_map(|code| register.enterprise(code)) {
        assess_enterprise(&Dossier::new(register, enterprise, year), policies, &mut assessments);
    }
    assessments
}

/// Assesses one enterprise under all policies that stand for the year. One that declared nothing is only looked up for
/// lists. With [`Silent`](crate::trace::Silent) steps only the amounts are computed.
pub fn assess_enterprise<'a, S: Sink<'a> + Default>(
    dossier: &Dossier<'a>,
    policies: &'a [Policy],
    assessments: &mut Vec<Assessment<'a, S>>,
) {
    for policy in policies.iter().filter(|policy| policy.stands(dossier.year, policies)) {
        let first = assessments.len();
        for rule in &policy.rules.rules {
            if dossier.declaration.is_some() || rule.lists() {
                assess_rule(dossier, policy, rule, assessments);
            }
        }
        let own = assessments.get_mut(first..).unwrap_or_default();
        combine::higher_of_group(own);
        if let Some(declaration) = dossier.declaration {
            combine::higher_of_policies(declaration, policy.rules.higher_of, own);
        }
        for joint in &policy.rules.joint {
            combine::limit_jointly(joint, own);
        }
        for assessment in own {
            combine::share(assessment);
        }
    }
}

/// Assesses one enterprise under one rule: each of its items that the rule is about, and the limits over them together.
fn assess_rule<'a, S: Sink<'a> + Default>(
    dossier: &Dossier<'a>,
    policy: &'a Policy,
    rule: &'a Rule,
    assessments: &mut Vec<Assessment<'a, S>>,
) {
    let first = assessments.len();
    if policy.covers(dossier.year) {
        match dossier.declaration {
            Some(declaration) => {
                let items = declaration.items_of(&rule.subject.value);
                items.for_each(|item| assessments.push(assess_item(dossier, policy, rule, item)));
            }
            // Lists ask about the enterprise even if it declared nothing.
            None if rule.subject.value == "企业" => {
                assessments.push(assess_item(dossier, policy, rule, Item::Enterprise(None)));
            }
            None => {}
        }
    }
    if assessments.len() == first {
        let reason = if policy.covers(dossier.year) {
            Reason::NotDeclared(&rule.subject.value)
        } else {
            let (first, last) = policy.first_and_last_year();
            Reason::NotCovered { year: dossier.year, first, last }
        };
        assessments.push(Assessment::refused(dossier, policy, rule, None, vec![reason]));
    }
    for limit in &rule.limits {
        let used = match limit.scope {
            Scope::EnterpriseYear => Money::ZERO,
            Scope::Enterprise => dossier.granted(policy, rule),
            Scope::Each | Scope::Item | Scope::Clause => continue,
        };
        combine::limit_together(limit, used, assessments.get_mut(first..).unwrap_or_default());
    }
}

/// Assesses one item under one rule, with the limits that concern it alone.
fn assess_item<'a, S: Sink<'a> + Default>(
    dossier: &Dossier<'a>,
    policy: &'a Policy,
    rule: &'a Rule,
    item: Item<'a>,
) -> Assessment<'a, S> {
    let facts = Facts { dossier, policy, item };
    let mut steps = S::default();
    steps.expect(8);
    let amount = rule.amount(&facts, &mut steps);
    let mut assessment = Assessment::refused(dossier, policy, rule, item.name(), Vec::new());
    match amount {
        Err(reasons) => assessment.reasons = reasons,
        Ok(_) if rule.lists() => assessment.outcome = Outcome::Listed,
        Ok(before) => {
            let rounding = policy.rules.rounding;
            let after = rounding.apply(before);
            if after != before {
                steps.step(|| Step { what: What::Rounded { rounding, before, after }, place: None });
            }
            if after.is_zero() {
                assessment.reasons.push(Reason::Nothing);
            } else {
                assessment.outcome = Outcome::Granted(after);
            }
        }
    }
    assessment.steps = steps;
    for limit in &rule.limits {
        let used = match limit.scope {
            Scope::Each => Money::ZERO,
            Scope::Item => facts.granted(rule),
            Scope::EnterpriseYear | Scope::Enterprise | Scope::Clause => continue,
        };
        cut(limit.scope.name(), limit.of(dossier.year), used, &mut assessment);
    }
    assessment
}

/// Cuts an assessment by a limit against which `used` counts already.
fn cut<'a, S: Sink<'a>>(scope: &'static str, limit: &Located<Money>, used: Money, assessment: &mut Assessment<'a, S>) {
    let Outcome::Granted(before) = assessment.outcome else { return };
    let amount = limit.value;
    let after = before.min(amount.less(used));
    let place = Some(limit.place);
    assessment.steps.step(|| Step { what: What::Limit { scope, limit: amount, used, before, after }, place });
    if after < before {
        assessment.cut = Some(Cut { scope, limit: amount });
        assessment.outcome = Outcome::Granted(after);
    }
    if after.is_zero() {
        assessment.outcome = Outcome::Refused;
        assessment.reasons.push(Reason::UsedUp { scope, limit: amount });
    }
}
