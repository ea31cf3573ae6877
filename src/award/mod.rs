//! 奖励 — who gets what under which clause, and why; and who does not, and why not.

#![deny(clippy::float_arithmetic)]

mod assessment;
mod case;
mod examine;
mod exclude;
mod limit;
mod record;
mod reduce;
mod selection;
mod sheets;
mod statistics;
mod summary;

pub use assessment::{Assessment, Cut, Outcome};
pub use case::{Case, Cases};
pub use examine::{examine, over_budget};
pub use record::{AwardRecord, Explained, Explanation, StepRecord, Verdict, csv, json, records, write_json};
pub use reduce::check_reductions;
pub use selection::Selection;
pub use sheets::sheets;
pub use statistics::{Count, LimitUse, Statistics};
pub use summary::{ClauseTotal, DistrictTotal, EnterpriseTotal, Summary};

use crate::calendar::Year;
use crate::parallel::in_stretches;
use crate::policy::{Dossier, Facts, Policy, Reason, Rule, Step, What, shared};
use crate::register::{Item, Register};
use crate::trace::Sink;

/// Assesses all declarations of a year under all policies: enterprise by enterprise in the order of the declarations, and
/// for each clause by clause. What one enterprise declares never changes what another one
/// gets, but where a 核减 was decided for all of them.
pub fn assess<'a>(register: &'a Register, policies: &'a [Policy], year: Year) -> Vec<Assessment<'a>> {
    let declared = register.declarations.get(&year).into_iter().flatten();
    let in_order = declared.map(|declaration| (declaration.enterprise.value, declaration.batch));
    let undeclared = register.enterprises.keys().filter(|code| register.declaration(**code, year).is_none());
    let standing = Policy::standing(policies, year);
    let all: Vec<_> = in_order.chain(undeclared.map(|code| (*code, 1))).collect();
    let stretches = in_stretches(&all, |stretch| {
        let mut assessments = Vec::new();
        for (code, batch) in stretch {
            let Some(enterprise) = register.enterprise(*code) else { continue };
            assess_enterprise(&Dossier::new(register, enterprise, year, *batch), &standing, &mut assessments);
        }
        assessments
    });
    let mut assessments: Vec<Assessment<'_>> = stretches.into_iter().flatten().collect();
    if let Some(reductions) = register.reductions.get(&year) {
        reduce::reduce(reductions, &mut assessments);
    }
    assessments
}

/// Assesses one enterprise under the policies that stand for the year. One that declared nothing is only looked up for lists.
/// With [`Silent`](crate::trace::Silent) steps only the amounts are computed: a refusal does not say why.
///
/// In this order, whatever the order of lines: who qualifies, and for how much, each award cut by its own limits as if it were the
/// only one; what excludes what (就高组, what other policies pay for an item); the limits over all items of a rule; what other
/// policies pay for all that a rule gives; the limits over several clauses; who pays which part.
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
        exclude::one_of_group(policy, own);
        let others = exclude::Others::new(dossier, policy, own);
        others.deduct_of_items(policy, own);
        limit::of_rules(dossier, policy, own);
        others.deduct_of_rules(policy, own);
        for joint in &policy.rules.joint {
            limit::jointly(joint, policy, own);
        }
        for assessment in own {
            share(assessment);
            assessment.steps.settle();
        }
    }
}

/// Says which level of government pays which part.
fn share<'a, S: Sink<Step<'a>>>(assessment: &mut Assessment<'a, S>) {
    let parts = assessment.parts();
    if !S::KEEPS || parts.is_empty() || assessment.amount().is_zero() {
        return;
    }
    for (level, amount) in shared(assessment.amount(), parts) {
        assessment.steps.step(|| Step::new(What::Shared { level, amount }));
    }
}

/// Assesses one enterprise under one rule: each of its items that the rule is about, as if it were the only one.
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
    let subject = facts.item.name().unwrap_or_else(|| &enterprise.name.value);
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
    limit::alone(facts, &mut assessment);
    assessments.push(assessment);
}
