//! 核减 — cuts the awards of a year to what there is to pay, as it was decided: each by the same share, or those that a list names.
//!
//! By the same share each award is its part of the fund, cut to the 分; the 分 that are left go to the largest awards, one each, the
//! earlier one first among equals. So the awards sum up to the fund, and the order of the files decides nothing but equal ones.

use super::{Assessment, Outcome, share};
use crate::diag::{Code, Diagnostic, Report};
use crate::money::Money;
use crate::policy::{Reason, Step, What};
use crate::register::{Cut, Method, Reduction};

/// Cuts the awards of a year by what was decided for it.
pub(super) fn reduce<'a>(reductions: &'a [Reduction], assessments: &mut [Assessment<'a>]) {
    for reduction in reductions {
        let total = concerned(reduction, assessments).map(|(_, amount)| amount).sum::<Money>();
        let cuts: Vec<(usize, Money)> = match &reduction.method {
            Method::Share if total > reduction.fund.value => shares(reduction, assessments, total),
            Method::Share => Vec::new(),
            Method::List(cuts) => {
                let of = |index: usize| {
                    let assessment = assessments.get(index)?;
                    let cut = cuts.iter().find(|cut| is_meant(cut, assessment))?;
                    Some((index, cut.to.value))
                };
                concerned(reduction, assessments).filter_map(|(index, _)| of(index)).collect()
            }
        };
        for (index, after) in cuts {
            if let Some(assessment) = assessments.get_mut(index) {
                apply(reduction, total, after, assessment);
            }
        }
    }
}

/// Whether a list means this award.
fn is_meant(cut: &Cut, assessment: &Assessment<'_>) -> bool {
    cut.enterprise.value == assessment.enterprise.code.value
        && cut.clause.value == assessment.rule.clause.value
        && cut.identity == Some(assessment.identity)
}

/// The awards that a decision is about, with their amounts.
fn concerned<'r>(
    reduction: &'r Reduction,
    assessments: &'r [Assessment<'_>],
) -> impl Iterator<Item = (usize, Money)> + use<'r> {
    let of = move |assessment: &Assessment<'_>| {
        assessment.policy.slug == reduction.policy.value
            && reduction.batch.is_none_or(|batch| batch == assessment.batch)
            && reduction.clause.as_ref().is_none_or(|clause| clause.value == assessment.rule.clause.value)
    };
    assessments.iter().enumerate().filter_map(move |(index, assessment)| {
        let Outcome::Granted(amount) = assessment.outcome else { return None };
        of(assessment).then_some((index, amount))
    })
}

/// Each award's share of the fund.
fn shares(reduction: &Reduction, assessments: &[Assessment<'_>], total: Money) -> Vec<(usize, Money)> {
    let fund = reduction.fund.value;
    let mut shares: Vec<(usize, Money, Money)> = concerned(reduction, assessments)
        .map(|(index, amount)| (index, amount, fund.share_of(amount, total)))
        .collect();
    let given: Money = shares.iter().map(|(_, _, share)| *share).sum();
    let mut left = fund.less(given).cents();
    shares.sort_by(|(a, one, _), (b, other, _)| other.cmp(one).then(a.cmp(b)));
    for (_, _, share) in &mut shares {
        if left > 0 {
            *share += Money::CENT;
            left -= 1;
        }
    }
    shares.into_iter().map(|(index, _, share)| (index, share)).collect()
}

fn apply<'a>(reduction: &'a Reduction, total: Money, after: Money, assessment: &mut Assessment<'a>) {
    let before = assessment.amount();
    if after >= before {
        return;
    }
    let (basis, fund) = (reduction.basis.value.as_str(), reduction.fund.value);
    // Who pays which part is said of what is paid.
    assessment.steps.retain(|step| !matches!(step.what, What::Shared { .. }));
    let what = What::Reduced { basis, fund, total, before, after };
    assessment.steps.push(Step::new(what).at(reduction.fund.place));
    assessment.reduced = Some(before - after);
    assessment.outcome = Outcome::Granted(after);
    if after.is_zero() {
        assessment.refuse(|| Reason::Reduced { basis });
    }
    share(assessment);
}

/// What is wrong with the decisions of a year: a fund that is not kept to, a list that names what is not given.
#[must_use]
pub fn check_reductions(reductions: &[Reduction], assessments: &[Assessment<'_>]) -> Report {
    let mut report = Report::default();
    for reduction in reductions {
        let fund = &reduction.fund;
        let total: Money = concerned(reduction, assessments).map(|(_, amount)| amount).sum();
        if total > fund.value {
            let message = format!("核减以后仍给予{total}，超过资金{}，超出{}", fund.value, total - fund.value);
            report.push(Diagnostic::error(Code::Limit, message).at(fund.place).help("名单里再减，或改用同比例"));
        }
        let Method::List(cuts) = &reduction.method else { continue };
        for cut in cuts {
            match assessments.iter().find(|assessment| is_meant(cut, assessment)) {
                Some(assessment) if assessment.reduced.is_some() => {}
                Some(assessment) => {
                    let message = format!("核减名单减至{}，可是这一项只有{}", cut.to.value, assessment.amount());
                    report.push(
                        Diagnostic::error(Code::Limit, message).at(cut.to.place).help("核对金额，或从名单里删去"),
                    );
                }
                None => report.push(
                    Diagnostic::error(Code::Reference, "核减名单里的这一项没有核定过".to_owned())
                        .at(cut.enterprise.place)
                        .help("核对企业、条款和对象"),
                ),
            }
        }
    }
    report
}
