//! 就高不重复 — what excludes what: clauses of one group, and other policies that pay for the same matter. Nothing here depends on the
//! order of lines.

use std::cmp::Reverse;
use std::ptr;

use super::limit::{self, in_order};
use super::{Assessment, Outcome};
use crate::money::Money;
use crate::natural::natural;
use crate::policy::{Dossier, HigherOf, Policy, Reason, Step, What};
use crate::register::OtherPolicy;
use crate::trace::Sink;

/// Of rules of one group, only the highest award for an item stands; of equal ones the first in the order of the clauses.
pub(super) fn higher_of_group<'a, S: Sink<Step<'a>>>(policy: &'a Policy, own: &mut [Assessment<'a, S>]) {
    if own.iter().all(|assessment| assessment.rule.group.is_none()) {
        return;
    }
    let lower: Vec<(usize, &'a str, &'a str)> = own
        .iter()
        .enumerate()
        .filter_map(|(index, this)| {
            let group = this.rule.group.as_deref().filter(|_| !this.amount().is_zero())?;
            let rank = |one: &Assessment<'a, S>| {
                let clause = &one.rule.clause.value;
                (Reverse(one.amount()), policy.position(clause), natural(&clause.0), one.rule.name.as_str())
            };
            let best = own
                .iter()
                .filter(|other| other.rule.group.as_deref() == Some(group) && other.identity == this.identity)
                .min_by_key(|other| rank(other))?;
            (!ptr::eq(best.rule, this.rule)).then_some((
                index,
                best.rule.clause.value.0.as_str(),
                best.rule.name.as_str(),
            ))
        })
        .collect();
    for (index, clause, name) in lower {
        if let Some(this) = own.get_mut(index) {
            let name = (this.rule.clause.value.0 == clause).then_some(name);
            this.refuse(|| Reason::OtherClause { clause, name });
        }
    }
}

/// What other policies give for the same matters, as declared: of all that is promised or paid for a matter the highest is due in
/// total, and what was paid is deducted once.
pub(super) struct Others<'a> {
    reading: HigherOf,
    /// What was paid for one item each.
    of_items: Vec<&'a OtherPolicy>,
    /// What was paid for all that a rule gives.
    of_rules: Vec<&'a OtherPolicy>,
}

impl<'a> Others<'a> {
    /// Refuses what another policy is to pay as much for; says what is still to be deducted.
    pub(super) fn new<S: Sink<Step<'a>>>(
        dossier: &Dossier<'a>,
        policy: &'a Policy,
        own: &mut [Assessment<'a, S>],
    ) -> Self {
        let reading = policy.rules.higher_of;
        let declared = dossier.declaration.map_or(&[][..], |declaration| &declaration.other_policies);
        let mut others: Vec<&OtherPolicy> =
            declared.iter().filter(|other| own.iter().any(|one| concerns(other, one))).collect();
        // Of equal ones the first by name, so that the words are the same whatever the order of lines.
        others.sort_by_key(|other| (Reverse(other.amount.value), other.policy.value.as_str()));
        let (paid, promised): (Vec<&OtherPolicy>, _) = others.into_iter().partition(|other| other.paid.value);
        let higher: Vec<bool> = promised
            .iter()
            .map(|other| other.amount.value >= limit::most(dossier, own.iter().filter(|one| concerns(other, one))))
            .collect();
        for (other, higher) in promised.into_iter().zip(higher) {
            for one in own.iter_mut().filter(|one| concerns(other, one)) {
                let before = one.amount();
                let after = if higher { Money::ZERO } else { before };
                tell(other, reading, other.amount.value, before, after, one);
            }
        }
        let (of_items, of_rules) = paid.into_iter().partition(|other| other.identity.is_some());
        Self { reading, of_items, of_rules }
    }

    /// Deducts what was paid for single items.
    pub(super) fn deduct_of_items<S: Sink<Step<'a>>>(&self, policy: &'a Policy, own: &mut [Assessment<'a, S>]) {
        self.deduct(&self.of_items, policy, own);
    }

    /// Deducts what was paid for all that a rule gives, once that is known.
    pub(super) fn deduct_of_rules<S: Sink<Step<'a>>>(&self, policy: &'a Policy, own: &mut [Assessment<'a, S>]) {
        self.deduct(&self.of_rules, policy, own);
    }

    fn deduct<S: Sink<Step<'a>>>(&self, others: &[&'a OtherPolicy], policy: &'a Policy, own: &mut [Assessment<'a, S>]) {
        for other in others {
            let mut left = other.amount.value;
            for one in in_order(policy, own.iter_mut().filter(|one| concerns(other, one))) {
                let before = one.amount();
                let after = match self.reading {
                    HigherOf::Difference if left.is_zero() => continue,
                    HigherOf::Difference => before.less(left),
                    HigherOf::One => Money::ZERO,
                };
                tell(other, self.reading, left, before, after, one);
                left = left.less(before - after);
            }
        }
    }
}

/// Whether another policy pays for the matter of an award that still stands.
fn concerns<S>(other: &OtherPolicy, one: &Assessment<'_, S>) -> bool {
    matches!(one.outcome, Outcome::Granted(_))
        && one.policy.is_meant(one.rule, &other.clause())
        && other.identity.is_none_or(|item| item == one.identity)
}

/// Says how the other policy and this award came together, and what comes of it. `left` is what is still to be deducted.
fn tell<'a, S: Sink<Step<'a>>>(
    other: &'a OtherPolicy,
    reading: HigherOf,
    left: Money,
    before: Money,
    after: Money,
    one: &mut Assessment<'a, S>,
) {
    let (policy, amount, paid) = (other.policy.value.as_str(), other.amount.value, other.paid.value);
    let question = "就高不重复怎样执行";
    one.steps.step(|| Step::new(What::Reading { question, choice: reading.name() }));
    one.steps.step(|| Step::new(What::Other { policy, amount, paid, left, before, after }).at(other.amount.place));
    if !after.is_zero() {
        one.outcome = Outcome::Granted(after);
    } else if left < before {
        one.refuse(|| Reason::Chosen { policy, amount });
    } else {
        one.refuse(|| Reason::Other { policy, amount, paid });
    }
}
