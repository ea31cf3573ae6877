//! 合并 — what concerns several awards of one enterprise: a limit for all of them together, and 就高不重复 between clauses
//! and between policies.

use super::{Assessment, Outcome, cut};
use crate::money::Money;
use crate::policy::{HigherOf, Joint, Limit, Reason, Step, What, shared};
use crate::register::{Declaration, OtherPolicy};
use crate::trace::Sink;

/// Applies a limit to all awards of one rule together, in their order: the first ones whole, the one that meets it cut.
pub(super) fn limit_together<'a, S: Sink<Step<'a>>>(
    limit: &'a Limit,
    mut used: Money,
    assessments: &mut [Assessment<'a, S>],
) {
    for assessment in assessments {
        cut(limit.scope.name(), limit.of(assessment.year), used, assessment);
        used += assessment.amount();
    }
}

/// Applies a limit over several clauses, in the order of the rules.
pub(super) fn limit_jointly<'a, S: Sink<Step<'a>>>(joint: &'a Joint, assessments: &mut [Assessment<'a, S>]) {
    let mut used = Money::ZERO;
    for assessment in assessments.iter_mut().filter(|assessment| joint.counts(&assessment.rule.clause.value)) {
        cut(Joint::NAME, &joint.amount, used, assessment);
        used += assessment.amount();
    }
}

/// Says which level of government pays which part.
pub(super) fn share<'a, S: Sink<Step<'a>>>(assessment: &mut Assessment<'a, S>) {
    let parts = assessment.parts();
    if !S::KEEPS || parts.is_empty() || assessment.amount().is_zero() {
        return;
    }
    for (level, amount) in shared(assessment.amount(), parts) {
        assessment.steps.step(|| Step::new(What::Shared { level, amount }));
    }
}

/// Of rules of one group, only the highest award for an item stands; of equal ones the first.
pub(super) fn higher_of_group<'a, S: Sink<Step<'a>>>(assessments: &mut [Assessment<'a, S>]) {
    if assessments.iter().all(|assessment| assessment.rule.group.is_none()) {
        return;
    }
    for index in 0..assessments.len() {
        let Some((Some(group), item, amount)) =
            assessments.get(index).map(|this| (this.rule.group.as_deref(), this.identity, this.amount()))
        else {
            continue;
        };
        if amount.is_zero() {
            continue;
        }
        let better = assessments.iter().enumerate().find(|(other_index, other)| {
            *other_index != index
                && other.rule.group.as_deref() == Some(group)
                && other.identity == item
                && (other.amount() > amount || (other.amount() == amount && *other_index < index))
        });
        let Some(clause) = better.map(|(_, other)| other.rule.clause.value.0.as_str()) else { continue };
        if let Some(this) = assessments.get_mut(index) {
            this.refuse(|| Reason::OtherClause(clause));
        }
    }
}

/// Compares with what other policies give for the same matter, as declared.
pub(super) fn higher_of_policies<'a, S: Sink<Step<'a>>>(
    declaration: &'a Declaration,
    reading: HigherOf,
    assessments: &mut [Assessment<'a, S>],
) {
    for other in &declaration.other_policies {
        let concerned = |assessment: &&mut Assessment<'a, S>| {
            matches!(assessment.outcome, Outcome::Granted(_))
                && assessment.policy.is_meant(assessment.rule, &other.clause())
                && other.identity.is_none_or(|item| item == assessment.identity)
        };
        let (paid, mut left) = (other.paid.value, other.amount.value);
        // What is not paid yet gives way to what is more, all together.
        let other_gives_way =
            !paid && left < assessments.iter_mut().filter(concerned).map(|assessment| assessment.amount()).sum();
        for assessment in assessments.iter_mut().filter(concerned) {
            let before = assessment.amount();
            let after = match reading {
                _ if other_gives_way => before,
                HigherOf::Difference if paid => before.less(left),
                HigherOf::Difference | HigherOf::One => Money::ZERO,
            };
            left = left.less(before - after);
            apply(other, reading, before, after, assessment);
        }
    }
}

fn apply<'a, S: Sink<Step<'a>>>(
    other: &'a OtherPolicy,
    reading: HigherOf,
    before: Money,
    after: Money,
    assessment: &mut Assessment<'a, S>,
) {
    let (policy, amount) = (other.policy.value.as_str(), other.amount.value);
    let question = "就高不重复怎样执行";
    assessment.steps.step(|| Step::new(What::Reading { question, choice: reading.name() }));
    assessment.steps.step(|| Step::new(What::Other { policy, amount, before, after }).at(other.amount.place));
    if after.is_zero() {
        assessment.refuse(|| Reason::Other { policy, amount });
    } else {
        assessment.outcome = Outcome::Granted(after);
    }
}
