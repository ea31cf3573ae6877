//! 奖励 — who gets what under which clause, and why; and who does not, and why not.

#![deny(clippy::float_arithmetic)]

mod assessment;
mod case;
mod combine;
mod examine;
mod record;
mod reduce;
mod selection;
mod statistics;
mod summary;

pub use assessment::{Assessment, Cut, Outcome};
pub use case::{Case, Cases};
pub use examine::{examine, over_budget};
pub use record::{AwardRecord, Explained, Explanation, StepRecord, Verdict, csv, json, records};
pub use reduce::check_reductions;
pub use selection::Selection;
pub use statistics::{Count, LimitUse, Statistics};
pub use summary::{ClauseTotal, DistrictTotal, EnterpriseTotal, Summary};

use crate::calendar::Year;
use crate::money::Money;
use crate::policy::{Dossier, Facts, Policy, Reason, Rule, Scope, Step, What};
use crate::register::{Item, Register};
use crate::trace::Sink;
use crate::yaml::Located;

/// Assesses all declarations of a year under all policies: enterprise by enterprise in the order of the declarations, and
/// for each clause by clause. What one enterprise declares never changes what another one
/// gets, but where a 核减 was decided for all of them.
pub fn assess<'a>(register: &'a Register, policies: &'a [Policy], year: Year) -> Vec<Assessment<'a>> {
    let declared = register.declarations.get(&year).into_iter().flatten();
    let in_order = declared.map(|declaration| (declaration.enterprise.value, declaration.batch));
    let undeclared = register.enterprises.keys().filter(|code| register.declaration(**code, year).is_none());
    let standing = Policy::standing(policies, year);
    let mut assessments = Vec::new();
    for (code, batch) in in_order.chain(undeclared.map(|code| (*code, 1))) {
        let Some(enterprise) = register.enterprise(code) else { continue };
        assess_enterprise(&Dossier::new(register, enterprise, year, batch), &standing, &mut assessments);
    }
    if let Some(reductions) = register.reductions.get(&year) {
        reduce::reduce(reductions, &mut assessments);
    }
    assessments
}

/// Assesses one enterprise under the policies that stand for the year. One that declared nothing is only looked up for lists.
/// With [`Silent`](crate::trace::Silent) steps only the amounts are computed: a refusal does not say why.
pub fn assess_enterprise<'a, S: Sink<Step<'a>> + Default>(
    dossier: &Dossier<'a>,
    standing: &[&'a Policy],
    assessments: &mut Vec<Assessment<'a, S>>,
) {
    let only = dossier.declaration.and_then(|declaration| declaration.policy.as_deref());
    for policy in standing.iter().filter(|policy| only.is_none_or(|only| policy.slug == only)) {
        let first = assessments.len();
        let covers = policy.covers(dossier.year);
        for rule in policy.rules.rules.iter().filter(|rule| dossier.declaration.is_some() || rule.lists()) {
            if covers {
                assess_rule(dossier, policy, rule, assessments);
            } else {
                let reason = || {
                    let (first, last) = policy.first_and_last_year();
                    Reason::NotCovered { year: dossier.year, first, last }
                };
                assessments.push(Assessment::refused(dossier, policy, rule, reason));
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
fn assess_rule<'a, S: Sink<Step<'a>> + Default>(
    dossier: &Dossier<'a>,
    policy: &'a Policy,
    rule: &'a Rule,
    assessments: &mut Vec<Assessment<'a, S>>,
) {
    let first = assessments.len();
    match dossier.declaration {
        Some(declaration) => {
            declaration.each_of(&rule.subject.value, |item| {
                assess_item(&Facts { dossier, policy, item: &item }, rule, assessments);
            });
        }
        // Lists ask about the enterprise even if it declared nothing.
        None if rule.subject.value == "企业" => {
            assess_item(&Facts { dossier, policy, item: &Item::Enterprise(None) }, rule, assessments);
        }
        None => {}
    }
    if assessments.len() == first {
        let reason = || Reason::NotDeclared(&rule.subject.value);
        assessments.push(Assessment::refused(dossier, policy, rule, reason));
    }
    for limit in &rule.limits {
        let used = match limit.scope {
            Scope::EnterpriseYear => dossier.granted_this_year(|entry| policy.granted(rule, entry)),
            Scope::Enterprise => dossier.granted(|entry| policy.granted(rule, entry)),
            Scope::Each | Scope::Item | Scope::Clause => continue,
        };
        combine::limit_together(limit, used, assessments.get_mut(first..).unwrap_or_default());
    }
}

/// Assesses one item under one rule, with the limits that concern it alone.
fn assess_item<'a, S: Sink<Step<'a>> + Default>(
    facts: &Facts<'_, 'a>,
    rule: &'a Rule,
    assessments: &mut Vec<Assessment<'a, S>>,
) {
    let mut steps = S::default();
    steps.expect(8);
    let rounding = facts.policy.rules.rounding;
    let (outcome, reasons) = match rule.amount(facts, &mut steps) {
        Err(reasons) => (Outcome::Refused, reasons),
        Ok(_) if rule.lists() => (Outcome::Listed, Vec::new()),
        Ok(before) => {
            let after = rounding.apply(before);
            if after != before {
                steps.step(|| Step::new(What::Rounded { rounding, before, after }));
            }
            if after.is_zero() {
                (Outcome::Refused, S::reasons(|| Reason::Nothing))
            } else {
                (Outcome::Granted(after), Vec::new())
            }
        }
    };
    let Dossier { enterprise, year, .. } = *facts.dossier;
    let subject = facts.item.name().unwrap_or(&enterprise.name.value);
    let policy = facts.policy;
    let batch = facts.dossier.batch;
    let mut assessment = Assessment {
        policy,
        rule,
        enterprise,
        year,
        batch,
        subject,
        identity: facts.item.identity(),
        outcome,
        cut: None,
        reduced: None,
        reasons,
        steps,
    };
    for limit in &rule.limits {
        let used = match limit.scope {
            Scope::Each => Money::ZERO,
            Scope::Item => facts.granted(|grant| facts.policy.granted(rule, grant)),
            Scope::EnterpriseYear | Scope::Enterprise | Scope::Clause => continue,
        };
        cut(limit.scope.name(), limit.of(year), used, &mut assessment);
    }
    assessments.push(assessment);
}

/// Cuts an assessment by a limit against which `used` counts already.
fn cut<'a, S: Sink<Step<'a>>>(
    scope: &'static str,
    limit: &'a Located<Money>,
    used: Money,
    assessment: &mut Assessment<'a, S>,
) {
    let Outcome::Granted(before) = assessment.outcome else { return };
    let amount = limit.value;
    let after = before.min(amount.less(used));
    assessment.steps.step(|| Step::new(What::Limit { scope, limit: amount, used, before, after }).at(limit.place));
    if after < before {
        assessment.cut = Some(Cut { scope, limit: &limit.value });
        assessment.outcome = Outcome::Granted(after);
    }
    if after.is_zero() {
        assessment.refuse(|| Reason::UsedUp { scope, limit: amount });
    }
}
