//! 就高不重复 — what excludes what: clauses of one group, and other policies that pay for the same matter. Nothing here depends on the
//! order of lines.

use std::cmp::Reverse;
use std::ptr;

use super::limit::{self, in_order};
use super::{Assessment, Outcome};
use crate::money::Money;
use crate::natural::natural;
use crate::policy::{Dossier, Group, GroupScope, HigherOf, Policy, Reason, Step, What, Which};
use crate::register::OtherPolicy;
use crate::trace::Sink;

/// Of rules of one group, only one award stands: the highest or the lowest, for an item or for the enterprise; of equal ones the first in
/// the order of the clauses.
pub(super) fn one_of_group<'a, S: Sink<Step<'a>>>(policy: &'a Policy, own: &mut [Assessment<'a, S>]) {
    if own.iter().all(|assessment| assessment.rule.group.is_none()) {
        return;
    }
    let rank = |one: &Assessment<'a, S>, group: &Group| {
        let (clause, amount) = (&one.rule.clause.value, one.amount());
        let amounts = match group.which {
            Which::Highest => (Reverse(amount), Money::ZERO),
            Which::Lowest => (Reverse(Money::ZERO), amount),
        };
        (amounts, policy.position(clause), natural(&clause.0), natural(one.subject), one.rule.name.as_str())
    };
    let excluded: Vec<(usize, Reason<'a>)> = own
        .iter()
        .enumerate()
        .filter_map(|(index, this)| {
            let group = this.rule.group.as_ref().filter(|_| !this.amount().is_zero())?;
            let of_group = |other: &&Assessment<'a, S>| {
                let same = group.scope == GroupScope::Enterprise || other.identity == this.identity;
                same && !other.amount().is_zero() && other.rule.group.as_ref().is_some_and(|of| of.name == group.name)
            };
            let stands = own.iter().filter(of_group).min_by_key(|other| rank(other, group))?;
            let clause = stands.rule.clause.value.0.as_str();
            let name = (this.rule.clause.value.0 == clause).then_some(stands.rule.name.as_str());
            let reason = Reason::OtherClause { clause, name, by: group.which.principle() };
            (!ptr::eq(stands, this)).then_some((index, reason))
        })
        .collect();
    for (index, reason) in excluded {
        if let Some(this) = own.get_mut(index) {
            this.refuse(|| reason);
        }
    }
}

/// What other policies give for the same matters, as declared: of all that is promised or paid for a matter the highest is due in
/// total, and what was paid is deducted once.
pub(super) struct Others<'a> {
    reading: HigherOf,
    /// What was paid, for one item or for all that a rule gives.
    paid: Vec<&'a OtherPolicy>,
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
        let promised = || others.iter().copied().filter(|other| !other.paid.value);
        let higher: Vec<bool> = promised()
            .map(|other| other.amount.value >= limit::most(dossier, own, |one| concerns(other, one)))
            .collect();
        for (other, higher) in promised().zip(higher) {
            for one in own.iter_mut().filter(|one| concerns(other, one)) {
                let before = one.amount();
                let after = if higher { Money::ZERO } else { before };
                tell(other, reading, other.amount.value, before, after, one);
            }
        }
        others.retain(|other| other.paid.value);
        Self { reading, paid: others }
    }

    /// Deducts what was paid for single items.
    pub(super) fn deduct_of_items<S: Sink<Step<'a>>>(&self, policy: &'a Policy, own: &mut [Assessment<'a, S>]) {
        self.deduct(|other| other.identity.is_some(), policy, own);
    }

    /// Deducts what was paid for all that a rule gives, once that is known.
    pub(super) fn deduct_of_rules<S: Sink<Step<'a>>>(&self, policy: &'a Policy, own: &mut [Assessment<'a, S>]) {
        self.deduct(|other| other.identity.is_none(), policy, own);
    }

    fn deduct<S: Sink<Step<'a>>>(
        &self,
        of: impl Fn(&OtherPolicy) -> bool,
        policy: &'a Policy,
        own: &mut [Assessment<'a, S>],
    ) {
        for other in self.paid.iter().copied().filter(|other| of(other)) {
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
