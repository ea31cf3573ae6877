//! 核查 — what the awards themselves say against the data: cases that come out otherwise, clauses that give more than they have,
//! a ledger that contradicts itself, and rules that nothing in the workspace has ever met.

use std::collections::BTreeMap;

use super::{Assessment, Case, assess};
use crate::diag::{Diagnostic, Report};
use crate::money::Money;
use crate::policy::rule::Mark;
use crate::policy::{Policy, Rule, Scope, Standard};
use crate::register::Register;
use crate::source::Place;
use crate::trace::What;
use crate::yaml::Located;

/// Examines the awards of all years and the cases.
pub fn examine(register: &Register, policies: &[Policy], cases: &[Case]) -> Report {
    let mut report = Report::default();
    let mut coverage = Coverage::new(policies);
    for year in register.declarations.keys() {
        let assessments = assess(register, policies, *year);
        report.absorb(over_budget(&assessments));
        coverage.meet(&assessments);
    }
    for case in cases {
        report.absorb(case.check(&register.catalogues, policies, &mut |assessments| coverage.meet(assessments)));
    }
    report.absorb(ledger(register, policies));
    report.absorb(coverage.report());
    report
}

/// A clause that gives more for a year than it may altogether. Whom to cut is a decision, not a calculation.
pub fn over_budget(assessments: &[Assessment<'_>]) -> Report {
    let mut report = Report::default();
    let mut sums: BTreeMap<Place, (Money, &Assessment<'_>, &Located<Money>)> = BTreeMap::new();
    for assessment in assessments {
        for limit in assessment.rule.limits.iter().filter(|limit| limit.scope == Scope::Clause) {
            let of_year = limit.of(assessment.year);
            sums.entry(of_year.place).or_insert((Money::ZERO, assessment, of_year)).0 += assessment.amount();
        }
    }
    for (total, assessment, limit) in sums.into_values().filter(|(total, _, limit)| *total > limit.value) {
        let (clause, year) = (&assessment.rule.clause.value, assessment.year);
        let message =
            format!("条款{clause}{year}年度共给予{total}，超过总额{}，超出{}", limit.value, total - limit.value);
        report.push(
            Diagnostic::error("限额", message).at(limit.place).help("按程序决定核减哪些，或调整总额；程序不替人核减"),
        );
    }
    report
}

/// Grants of the ledger that the rules cannot have made.
fn ledger(register: &Register, policies: &[Policy]) -> Report {
    let mut report = Report::default();
    for code in register.enterprises.keys() {
        let mut sums: BTreeMap<(usize, usize, Option<&str>), (Money, usize)> = BTreeMap::new();
        for (_, grant) in register.grants_of(*code) {
            for (at, rule_at, policy, rule) in rules(policies) {
                if !policy.granted(rule, grant) {
                    continue;
                }
                if let Some(tier) = &grant.tier
                    && !rule
                        .standards
                        .iter()
                        .flat_map(Standard::marks)
                        .any(|mark| mark.reach().is_some_and(|(_, reach)| reach == tier.value))
                {
                    let message = format!("条款{}没有{}这一档", rule.clause.value, tier.value);
                    report.push(Diagnostic::error("台账", message).at(tier.place).help("照当时兑现的档填写"));
                }
                let (sum, count) = sums.entry((at, rule_at, grant.subject.as_deref())).or_default();
                let taken = grant.amount.value;
                if grant.revoked {
                    if taken > *sum {
                        let message = format!("撤销{taken}，多于已兑现的{sum}");
                        report.push(
                            Diagnostic::error("台账", message)
                                .at(grant.amount.place)
                                .help("撤销不能多于兑现；核对金额、条款和对象"),
                        );
                    }
                    *sum = sum.less(taken);
                    *count = if sum.is_zero() { 0 } else { *count };
                    continue;
                }
                *sum += taken;
                *count += 1;
                if rule.once && *count > 1 && grant.note.is_none() {
                    let message = format!("条款{}只给一次，台账里给了{count}次", rule.clause.value);
                    report.push(
                        Diagnostic::error("台账", message)
                            .at(grant.amount.place)
                            .help("重复兑现的应收回，另加一条“撤销: 是”；补发的写明备注"),
                    );
                }
                for limit in rule.limits.iter().filter(|limit| limit.scope == Scope::Item) {
                    if *sum > limit.amount.value {
                        let message = format!("台账累计{sum}，超过{}的限额{}", limit.scope.name(), limit.amount.value);
                        report.push(
                            Diagnostic::error("台账", message)
                                .at(grant.amount.place)
                                .help("超过的应收回，另加一条“撤销: 是”"),
                        );
                    }
                }
            }
        }
    }
    report
}

fn rules(policies: &[Policy]) -> impl Iterator<Item = (usize, usize, &Policy, &Rule)> {
    policies.iter().enumerate().flat_map(|(at, policy)| {
        policy.rules.rules.iter().enumerate().map(move |(rule_at, rule)| (at, rule_at, policy, rule))
    })
}

/// What of the rules was met by something.
struct Coverage<'p> {
    /// By rule: its clause, what can be met in it, and whether it was.
    rules: Vec<(&'p Rule, Vec<(Mark<'p>, bool)>, Vec<(Place, Money, &'static str, bool)>)>,
}

impl<'p> Coverage<'p> {
    fn new(policies: &'p [Policy]) -> Self {
        let rules = rules(policies).map(|(_, _, _, rule)| {
            let marks = rule.standards.iter().flat_map(Standard::marks).map(|mark| (mark, false));
            let limits = rule.limits.iter().filter(|limit| limit.scope != Scope::Clause);
            let limits = limits.map(|limit| (limit.amount.place, limit.amount.value, limit.scope.name(), false));
            (rule, marks.collect(), limits.collect())
        });
        Self { rules: rules.collect() }
    }

    fn meet(&mut self, assessments: &[Assessment<'_>]) {
        for assessment in assessments {
            let place = assessment.rule.clause.place;
            let Some((_, marks, limits)) = self.rules.iter_mut().find(|(rule, _, _)| rule.clause.place == place) else {
                continue;
            };
            for step in &assessment.steps {
                for (mark, met) in marks.iter_mut() {
                    *met |= (mark.met)(&step.what);
                }
                if let What::Limit { before, after, .. } = &step.what
                    && after < before
                {
                    for (limit, _, _, met) in limits.iter_mut() {
                        *met |= step.place == Some(*limit);
                    }
                }
            }
        }
    }

    fn report(&self) -> Report {
        let mut report = Report::default();
        for (rule, marks, limits) in &self.rules {
            for (mark, _) in marks.iter().filter(|(_, met)| !met) {
                let message = format!("条款{}的{}，没有一个申报或案例遇到过", rule.clause.value, mark.name);
                report.push(
                    Diagnostic::warning("案例", message)
                        .at(mark.place)
                        .help(format!("在 cases.yaml 里加一个案例：{}", mark.witness)),
                );
            }
            for (place, amount, scope, _) in limits.iter().filter(|(_, _, _, met)| !met) {
                let message = format!("条款{}的限额（{scope}{amount}），没有一个申报或案例碰到过", rule.clause.value);
                report.push(
                    Diagnostic::warning("案例", message)
                        .at(*place)
                        .help(format!("在 cases.yaml 里加一个案例：应计超过{amount}")),
                );
            }
        }
        report
    }
}
