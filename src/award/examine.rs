//! 核查 — what the awards themselves say against the data: cases that come out otherwise, clauses that give more than they have,
//! and rules that nothing in the workspace has ever met.

use std::collections::BTreeMap;

use super::{Assessment, Case, Outcome, check_reductions};
use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report};
use crate::money::Money;
use crate::policy::rule::Mark;
use crate::policy::{Limit, Policy, Rule, Scope, Standard, What};
use crate::register::Register;
use crate::source::Place;
use crate::trace::Telling;
use crate::yaml::Located;

/// Examines the awards of all years, as they were assessed, and the cases.
pub fn examine<'a>(
    register: &Register,
    policies: &[Policy],
    cases: &[Case],
    assessed: impl IntoIterator<Item = (Year, &'a [Assessment<'a>])>,
) -> Report {
    let mut report = Report::default();
    let mut coverage = Coverage::new(policies);
    for (year, assessments) in assessed {
        report.absorb(over_budget(assessments));
        report.absorb(unproved(assessments));
        let reductions = register.reductions.get(&year).map_or(&[][..], Vec::as_slice);
        report.absorb(check_reductions(reductions, assessments));
        coverage.meet(assessments);
    }
    for case in cases {
        report.absorb(case.check(&register.catalogues, policies, &mut |assessments| coverage.meet(assessments)));
    }
    report.absorb(coverage.report());
    report
}

/// A clause that gives more for a year than it may altogether. Whom to cut is a decision, not a calculation.
pub fn over_budget(assessments: &[Assessment<'_>]) -> Report {
    let mut report = Report::default();
    let mut sums: BTreeMap<Place, (Money, &Assessment<'_>, &Located<Money>)> = BTreeMap::new();
    for assessment in assessments {
        for limit in assessment.rule.limits.iter().filter(|limit| limit.scope == Scope::Clause) {
            let Some(of_year) = limit.of(assessment.year) else { continue };
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
                .help("按程序决定怎样核减，写在 data/reductions 里（同比例，或按名单）；程序不替人决定"),
        );
    }
    report
}

/// Awards for a first time of which nothing shows that it is the first.
fn unproved(assessments: &[Assessment<'_>]) -> Report {
    let mut report = Report::default();
    let rests = |assessment: &&Assessment<'_>| {
        let said = |what: &What<'_>| matches!(what, What::Own(own) if own.is_unproved());
        matches!(assessment.outcome, Outcome::Granted(_)) && assessment.steps.iter().any(|step| said(&step.what))
    };
    let mut of_rules: BTreeMap<Place, Vec<&Assessment<'_>>> = BTreeMap::new();
    for assessment in assessments.iter().filter(rests) {
        of_rules.entry(assessment.rule.clause.place).or_default().push(assessment);
    }
    for (place, of_rule) in of_rules {
        let Some(year) = of_rule.first().map(|assessment| assessment.year) else { continue };
        let who = |assessment: &&Assessment<'_>| match assessment.item() {
            Some(item) => format!("{}的{item}", assessment.enterprise.name.value),
            None => assessment.enterprise.name.value.clone(),
        };
        let named: Vec<String> = of_rule.iter().take(3).map(who).collect();
        let etc = if of_rule.len() > named.len() { "等" } else { "" };
        let message =
            format!("{year}年度有{}项首次达到没有往年的数据可以核对：{}{etc}", of_rule.len(), named.join("、"));
        report.push(
            Diagnostic::warning(Code::Evidence, message)
                .at(place)
                .help("请企业补报往年的数；条款要求凭据的，在规则里写“首次证据: 要求上年数据”"),
        );
    }
    report
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
        let covered = policies.iter().flat_map(|policy| &policy.rules.rules).map(|rule| Covered {
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
                let (before, after) = match &step.what {
                    What::Limit { before, after, .. } => (before, after),
                    What::Together(together) => (&together.before, &together.after),
                    _ => continue,
                };
                for (limit, met) in &mut covered.limits {
                    *met |= after < before
                        && step.place == Some(limit.of(assessment.year).map_or(limit.place(), |of_year| of_year.place));
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
                let message = format!("条款{clause}的限额（{limit}），没有一个申报或案例碰到过");
                let help = "在 cases.yaml 里加一个案例：应计超过限额";
                report.push(Diagnostic::warning(Code::Case, message).at(limit.place()).help(help));
            }
        }
        report
    }
}
