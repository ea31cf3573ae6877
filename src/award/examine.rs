//! 核查 — what the awards themselves say against the data: cases that come out otherwise, clauses that give more than they have,
//! a ledger that contradicts itself, and rules that nothing in the workspace has ever met.

use std::collections::BTreeMap;

use super::{Assessment, Case, assess};
use crate::diag::{Code, Diagnostic, Report};
use crate::money::Money;
use crate::policy::rule::Mark;
use crate::policy::{Limit, Policy, Rule, Scope, Standard, What};
use crate::register::{Grant, Register};
use crate::source::Place;
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
            Diagnostic::error(Code::Limit, message)
                .at(limit.place)
                .help("按程序决定核减哪些，或调整总额；程序不替人核减"),
        );
    }
    report
}

/// Grants of the ledger that the rules cannot have made.
fn ledger(register: &Register, policies: &[Policy]) -> Report {
    let mut report = Report::default();
    for code in register.enterprises.keys() {
        let mut accounts: BTreeMap<(usize, usize, Option<&str>), Account> = BTreeMap::new();
        for (_, grant) in register.grants_of(*code) {
            for (at, rule_at, _, rule) in rules(policies).filter(|(_, _, policy, rule)| policy.granted(rule, grant)) {
                check_tier(rule, grant, &mut report);
                let account = accounts.entry((at, rule_at, grant.subject.as_deref())).or_default();
                account.book(rule, grant, &mut report);
            }
        }
    }
    report
}

fn check_tier(rule: &Rule, grant: &Grant, report: &mut Report) {
    let Some(tier) = &grant.tier else { return };
    let mut marks = rule.standards.iter().flat_map(Standard::marks);
    if !marks.any(|mark| mark.reach.is_some_and(|(_, reach)| reach == tier.value)) {
        let message = format!("条款{}没有{}这一档", rule.clause.value, tier.value);
        report.push(Diagnostic::error(Code::Ledger, message).at(tier.place).help("照当时兑现的档填写"));
    }
}

/// What was granted for one item under one rule, as the ledger goes on.
#[derive(Default)]
struct Account {
    sum: Money,
    times: usize,
}

impl Account {
    fn book(&mut self, rule: &Rule, grant: &Grant, report: &mut Report) {
        let amount = grant.amount.value;
        let mut find = |message: String, help: &str| {
            report.push(Diagnostic::error(Code::Ledger, message).at(grant.amount.place).help(help));
        };
        if grant.revoked {
            if amount > self.sum {
                let message = format!("撤销{amount}，多于已兑现的{}", self.sum);
                find(message, "撤销不能多于兑现；核对金额、条款和对象");
            }
            self.sum = self.sum.less(amount);
            self.times = if self.sum.is_zero() { 0 } else { self.times };
            return;
        }
        self.sum += amount;
        self.times += 1;
        if rule.once && self.times > 1 && grant.note.is_none() {
            let message = format!("条款{}只给一次，台账里给了{}次", rule.clause.value, self.times);
            find(message, "重复兑现的应收回，另加一条“撤销: 是”；补发的写明备注");
        }
        for limit in rule.limits.iter().filter(|limit| limit.scope == Scope::Item) {
            if self.sum > limit.amount.value {
                let (scope, most) = (limit.scope.name(), limit.amount.value);
                find(format!("台账累计{}，超过{scope}的限额{most}", self.sum), "超过的应收回，另加一条“撤销: 是”");
            }
        }
    }
}

fn rules(policies: &[Policy]) -> impl Iterator<Item = (usize, usize, &Policy, &Rule)> {
    policies.iter().enumerate().flat_map(|(at, policy)| {
        policy.rules.rules.iter().enumerate().map(move |(rule_at, rule)| (at, rule_at, policy, rule))
    })
}

/// What of the rules was met by something.
struct Coverage<'p>(Vec<Covered<'p>>);

/// What of one rule was met.
struct Covered<'p> {
    rule: &'p Rule,
    marks: Vec<(Mark<'p>, bool)>,
    limits: Vec<(&'p Limit, bool)>,
}

impl<'p> Coverage<'p> {
    fn new(policies: &'p [Policy]) -> Self {
        let covered = rules(policies).map(|(_, _, _, rule)| Covered {
            rule,
            marks: rule.standards.iter().flat_map(Standard::marks).map(|mark| (mark, false)).collect(),
            limits: rule
                .limits
                .iter()
                .filter(|limit| limit.scope != Scope::Clause)
                .map(|limit| (limit, false))
                .collect(),
        });
        Self(covered.collect())
    }

    fn meet(&mut self, assessments: &[Assessment<'_>]) {
        for assessment in assessments {
            let place = assessment.rule.clause.place;
            let Some(covered) = self.0.iter_mut().find(|covered| covered.rule.clause.place == place) else { continue };
            for step in &assessment.steps {
                for (mark, met) in &mut covered.marks {
                    *met |= step.by == Some(mark.place);
                }
                let What::Limit { before, after, .. } = &step.what else { continue };
                for (limit, met) in &mut covered.limits {
                    *met |= after < before && step.place == Some(limit.of(assessment.year).place);
                }
            }
        }
    }

    fn report(&self) -> Report {
        let mut report = Report::default();
        for Covered { rule, marks, limits } in &self.0 {
            let clause = &rule.clause.value;
            for (mark, _) in marks.iter().filter(|(_, met)| !met) {
                let message = format!("条款{clause}的{}，没有一个申报或案例遇到过", mark.name);
                let help = format!("在 cases.yaml 里加一个案例：{}", mark.witness);
                report.push(Diagnostic::warning(Code::Case, message).at(mark.place).help(help));
            }
            for (limit, _) in limits.iter().filter(|(_, met)| !met) {
                let (scope, amount) = (limit.scope.name(), limit.amount.value);
                let message = format!("条款{clause}的限额（{scope}{amount}），没有一个申报或案例碰到过");
                let help = format!("在 cases.yaml 里加一个案例：应计超过{amount}");
                report.push(Diagnostic::warning(Code::Case, message).at(limit.amount.place).help(help));
            }
        }
        report
    }
}
