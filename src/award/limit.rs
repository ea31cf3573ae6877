//! 限额 — what cuts an award: by itself, and together with the others that share the limit. Which of several is cut is the policy's
//! reading, never the order of lines.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::{Assessment, Cut, Outcome};
use crate::money::{Money, Rounding, RoundingWay};
use crate::natural::natural;
use crate::policy::expression::{Gap, Seen};
use crate::policy::{Allotment, Bound, Dossier, Expression, Facts, Joint, Limit, Policy, Reason, Scope, Step, What};
use crate::register::{Item, LedgerEntry};
use crate::source::Place;
use crate::trace::{Sink, Together};
use crate::yaml::Located;

/// Cuts one award by the limits of its rule, as if it were the only one.
pub(super) fn alone<'a, S: Sink<Step<'a>>>(facts: &Facts<'_, 'a>, assessment: &mut Assessment<'a, S>) {
    let rule = assessment.rule;
    for limit in rule.limits.iter().filter(|limit| limit.scope != Scope::Clause) {
        let Outcome::Granted(before) = assessment.outcome else { return };
        let scope = limit.scope.name();
        let Some((most, place)) = amount(limit, facts, assessment) else { continue };
        let Outcome::Granted(_) = assessment.outcome else { return };
        let used = used(limit, facts, assessment);
        let after = before.min(most.less(used));
        assessment.steps.step(|| Step::new(What::Limit { scope, limit: most, used, before, after }).at(place));
        settle(scope, most, used, after, assessment);
    }
}

/// The amount of a limit for an item, and where it stands; `None` where it is none. A formula that comes to nothing known refuses:
/// nobody can say that the award is within it.
fn amount<'a, S: Sink<Step<'a>>>(
    limit: &'a Limit,
    facts: &Facts<'_, 'a>,
    assessment: &mut Assessment<'a, S>,
) -> Option<(Money, Place)> {
    let steps = &mut assessment.steps;
    match of_facts(limit, facts, &mut |seen| steps.step(|| seen.step()))? {
        Ok(amount) => Some(amount),
        Err((limit, gap)) => {
            assessment.refuse(|| Reason::NoLimit { limit, why: Expression::gap(gap) });
            None
        }
    }
}

/// An amount and where it stands, or the formula that nobody can compute, and why.
type ByFacts<'a> = Result<(Money, Place), (&'a str, Gap<'a>)>;

/// The amount of a limit by the facts, and where it stands, or the formula that nobody can compute; `None` for a number of awards.
fn of_facts<'a>(limit: &'a Limit, facts: &Facts<'_, 'a>, see: &mut dyn FnMut(Seen<'a>)) -> Option<ByFacts<'a>> {
    if let Some(of_year) = limit.of(facts.year()) {
        return Some(Ok((of_year.value, of_year.place)));
    }
    let formula = limit.formula()?;
    let enterprise = Item::Enterprise(facts.dossier.declaration);
    let item = if limit.scope.is_of_enterprise() { &enterprise } else { facts.item };
    let amount = formula.money(&Facts { item, ..*facts }, see);
    Some(amount.map(|amount| (amount, formula.place)).map_err(|gap| (formula.text.as_str(), gap)))
}

/// What the ledger says that counts against a limit already, line by line.
fn used<'a, S: Sink<Step<'a>>>(limit: &Limit, facts: &Facts<'_, 'a>, assessment: &mut Assessment<'a, S>) -> Money {
    let (dossier, policy, rule) = (facts.dossier, assessment.policy, assessment.rule);
    let counts = |entry: &LedgerEntry| policy.granted(rule, entry);
    let of_item = |entry: &LedgerEntry| facts.is_of_item(entry) && counts(entry);
    let (counts, this_year): (&dyn Fn(&LedgerEntry) -> bool, bool) = match limit.scope {
        Scope::Each | Scope::Clause => return Money::ZERO,
        Scope::Item => (&of_item, false),
        Scope::EnterpriseYear => (&counts, true),
        Scope::Enterprise => (&counts, false),
    };
    if S::KEEPS {
        for (year, entry) in dossier.entries(counts, this_year) {
            let (amount, back) = (entry.amount.value, entry.kind().takes_back());
            assessment.steps.step(|| Step::new(What::Booked { year, amount, back }).at(entry.amount.place));
        }
    }
    if this_year { dossier.granted_this_year(counts) } else { dossier.granted(counts) }
}

/// Cuts what the rules give to one enterprise by the limits of each over all its items.
pub(super) fn of_rules<'a, S: Sink<Step<'a>>>(
    dossier: &Dossier<'a>,
    policy: &'a Policy,
    own: &mut [Assessment<'a, S>],
) {
    for of_rule in own.chunk_by_mut(|one, other| std::ptr::eq(one.rule, other.rule)) {
        let Some(rule) = of_rule.first().map(|one| one.rule).filter(|rule| !rule.limits.is_empty()) else { continue };
        let several = of_rule.len() > 1;
        for limit in &rule.limits {
            if let Bound::Count(count) = &limit.bound {
                most_awards(limit.scope, count, dossier, policy, of_rule);
            }
        }
        for limit in &rule.limits {
            let Some(used) = of_enterprise(limit, dossier, policy, rule).filter(|_| several) else { continue };
            let Some((most, place)) = known(limit, dossier, policy) else { continue };
            Shared { scope: limit.scope.name(), limit: most, place, used, told: false }.cut(policy, of_rule.iter_mut());
        }
    }
}

/// The amount of a limit over all items of an enterprise, where it is one that is known.
fn known<'a>(limit: &'a Limit, dossier: &Dossier<'a>, policy: &'a Policy) -> Option<(Money, Place)> {
    let item = Item::Enterprise(dossier.declaration);
    of_facts(limit, &Facts { dossier, policy, item: &item }, &mut |_| {})?.ok()
}

/// Lets only so many awards stand, the highest ones: of equal ones those that come first.
fn most_awards<'a, S: Sink<Step<'a>>>(
    scope: Scope,
    count: &'a Located<u32>,
    dossier: &Dossier<'a>,
    policy: &'a Policy,
    of_rule: &mut [Assessment<'a, S>],
) {
    let Some(rule) = of_rule.first().map(|one| one.rule) else { return };
    let booked = dossier.entries(|entry| policy.granted(rule, entry), scope == Scope::EnterpriseYear);
    let items: BTreeSet<_> = booked.filter_map(|(_, entry)| entry.identity).collect();
    let room = usize::try_from(count.value).unwrap_or(usize::MAX).saturating_sub(items.len());
    let granted = of_rule.iter_mut().filter(|one| matches!(one.outcome, Outcome::Granted(_)));
    let mut granted = in_order(policy, granted);
    granted.sort_by_key(|one| Reverse(one.amount()));
    for (index, one) in granted.into_iter().enumerate() {
        let (scope, most, stands) = (scope.name(), count.value, index < room);
        one.steps.step(|| Step::new(What::Counted { scope, most, used: items.len(), stands }).at(count.place));
        if !stands {
            one.refuse(|| Reason::TooMany { scope, most });
        }
    }
}

/// Cuts what an enterprise gets under several clauses together.
pub(super) fn jointly<'a, S: Sink<Step<'a>>>(joint: &'a Joint, policy: &'a Policy, own: &mut [Assessment<'a, S>]) {
    let shared = Shared {
        scope: Joint::NAME,
        limit: joint.amount.value,
        place: joint.amount.place,
        used: Money::ZERO,
        told: true,
    };
    shared.cut(policy, own.iter_mut().filter(|one| joint.counts(&one.rule.clause.value)));
}

/// What awards come to at most, once the limits of their rules over all items have cut them.
pub(super) fn most<'a, S>(
    dossier: &Dossier<'a>,
    awards: &[Assessment<'a, S>],
    counts: impl Fn(&Assessment<'a, S>) -> bool,
) -> Money {
    let of_rule = |of_rule: &[Assessment<'a, S>]| {
        let sum: Money = of_rule.iter().filter(|one| counts(one)).map(Assessment::amount).sum();
        let Some(first) = of_rule.first().filter(|_| !sum.is_zero()) else { return sum };
        first.rule.limits.iter().fold(sum, |sum, limit| {
            let used = of_enterprise(limit, dossier, first.policy, first.rule);
            let most = known(limit, dossier, first.policy).zip(used);
            most.map_or(sum, |((most, _), used)| sum.min(most.less(used)))
        })
    };
    awards.chunk_by(|one, other| std::ptr::eq(one.rule, other.rule)).map(of_rule).sum()
}

/// What counts against a limit over all items of an enterprise already; `None` for another kind of limit.
fn of_enterprise(limit: &Limit, dossier: &Dossier<'_>, policy: &Policy, rule: &crate::policy::Rule) -> Option<Money> {
    let counts = |entry: &LedgerEntry| policy.granted(rule, entry);
    match limit.scope {
        Scope::EnterpriseYear => Some(dossier.granted_this_year(counts)),
        Scope::Enterprise => Some(dossier.granted(counts)),
        Scope::Each | Scope::Item | Scope::Clause => None,
    }
}

/// A limit over several awards.
struct Shared {
    scope: &'static str,
    limit: Money,
    place: Place,
    used: Money,
    /// Whether it is told of where it cuts nothing.
    told: bool,
}

impl Shared {
    fn cut<'a: 's, 's, S: Sink<Step<'a>> + 's>(
        &self,
        policy: &'a Policy,
        awards: impl Iterator<Item = &'s mut Assessment<'a, S>>,
    ) {
        let awards: Vec<_> = awards.filter(|one| matches!(one.outcome, Outcome::Granted(_))).collect();
        let total: Money = awards.iter().map(|one| one.amount()).sum();
        let room = self.limit.less(self.used);
        if total <= room && !self.told {
            return;
        }
        let allotment = policy.rules.allotment;
        let mut awards = in_order(policy, awards.into_iter());
        let amounts: Vec<Money> = awards.iter().map(|one| one.amount()).collect();
        let parts = match allotment {
            Allotment::InTurn => in_turn(room, &amounts),
            Allotment::InProportion => in_proportion(room, total, &amounts, policy.rules.rounding),
        };
        let Self { scope, limit, used, .. } = *self;
        let way = allotment.name();
        for ((one, before), after) in awards.iter_mut().zip(amounts).zip(parts) {
            let what = || What::Together(Box::new(Together { scope, limit, used, total, way, before, after }));
            one.steps.step(|| Step::new(what()).at(self.place));
            if total >= room {
                settle(scope, limit, limit.less(after), after, one);
            }
        }
    }
}

/// Each whole, as long as there is enough.
fn in_turn(mut room: Money, amounts: &[Money]) -> Vec<Money> {
    let part = |amount: &Money| {
        let part = room.min(*amount);
        room = room - part;
        part
    };
    amounts.iter().map(part).collect()
}

/// Each in proportion, rounded down as awards are; what is left by that goes to the last ones.
fn in_proportion(room: Money, total: Money, amounts: &[Money], rounding: Rounding) -> Vec<Money> {
    let rounding = Rounding { way: RoundingWay::Down, ..rounding };
    let mut parts: Vec<Money> = amounts.iter().map(|amount| rounding.apply(room.share_of(*amount, total))).collect();
    let mut left = room.less(parts.iter().copied().sum());
    for (part, amount) in parts.iter_mut().zip(amounts).rev() {
        let more = left.min(amount.less(*part));
        *part += more;
        left = left - more;
    }
    parts
}

/// Awards in the order in which limits and deductions take them: by the policy's clauses, then by the names of their subjects.
pub(super) fn in_order<'a: 's, 's, S: 's>(
    policy: &Policy,
    awards: impl Iterator<Item = &'s mut Assessment<'a, S>>,
) -> Vec<&'s mut Assessment<'a, S>> {
    let mut awards: Vec<_> = awards.collect();
    awards.sort_by_cached_key(|one| {
        let clause = &one.rule.clause.value;
        (policy.position(clause), natural(&clause.0), natural(one.subject), one.rule.name.as_str())
    });
    awards
}

/// What is left of an award by a limit. Where the limit is reached, the next tier is none of its business.
fn settle<'a, S: Sink<Step<'a>>>(
    scope: &'static str,
    limit: Money,
    used: Money,
    after: Money,
    assessment: &mut Assessment<'a, S>,
) {
    if used + after >= limit {
        assessment.steps.forget(|step| matches!(step.what, What::Distance { .. }));
    }
    if after < assessment.amount() {
        assessment.cut = Some(Cut { scope, limit });
        assessment.outcome = Outcome::Granted(after);
    }
    if after.is_zero() {
        assessment.refuse(|| Reason::UsedUp { scope, limit });
    }
}
