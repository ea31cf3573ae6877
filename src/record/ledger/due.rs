//! 应付与已付 — what was paid for a year, set against what the data give for it now. A difference stays a finding until an entry
//! answers it: more is paid (补发), something comes back (追回), or it is said why the decision stands (说明).

use std::collections::BTreeMap;

use crate::award::Assessment;
use crate::diag::{Code, Diagnostic, Report};
use crate::document::ClauseId;
use crate::money::Money;
use crate::policy::{ClauseRef, Policy};
use crate::register::{CreditCode, EntryKind, ItemId, LedgerEntry};
use crate::source::Place;

/// Who was paid by which rule for what.
type Matter<'a> = (CreditCode, ClauseRef<'a>, ItemId, u16);

/// What is due for a matter, and what the ledger says of it.
struct Line<'a> {
    due: Money,
    paid: Money,
    /// What the last 说明 answers.
    answered: Option<Money>,
    name: &'a str,
    /// The product or project; `None` where it is the enterprise itself.
    subject: Option<&'a str>,
    place: Place,
}

impl<'a> Line<'a> {
    fn new(subject: Option<&'a str>, place: Place) -> Self {
        Self { due: Money::ZERO, paid: Money::ZERO, answered: None, name: "", subject, place }
    }
}

/// Compares a year that was granted with its awards as they are computed now, with the same knowledge of earlier payments.
#[must_use]
pub fn compare<'a>(assessments: &[Assessment<'a>], entries: &'a [LedgerEntry], policies: &'a [Policy]) -> Report {
    let mut report = Report::default();
    if !entries.iter().any(|entry| entry.kind() == EntryKind::Paid) {
        return report;
    }
    let mut lines: BTreeMap<Matter<'a>, Line<'a>> = BTreeMap::new();
    let rules = || policies.iter().flat_map(|policy| policy.rules.rules.iter().map(move |rule| (policy, rule)));
    for entry in entries {
        let Some((policy, rule)) = rules().find(|(policy, rule)| policy.granted(rule, entry)) else { continue };
        let subject = entry.subject.as_ref().map(|subject| subject.value.as_str());
        let matter = (entry.enterprise.value, policy.reference(rule), entry.item(), entry.batch.unwrap_or(1));
        let line = lines.entry(matter).or_insert_with(|| Line::new(subject, entry.amount.place));
        match entry.kind() {
            EntryKind::Paid | EntryKind::Supplement => line.paid += entry.amount.value,
            EntryKind::Recovered => line.paid = line.paid.less(entry.amount.value),
            // Taking an award back is a decision about the very matter: what it took is no longer due.
            // What the budget cut is no part of what is due.
            EntryKind::Revoked | EntryKind::Reduced => {}
            EntryKind::Remark => line.answered = Some(entry.amount.value),
        }
        line.place = entry.amount.place;
    }
    // A batch that was never granted is not due yet.
    let granted = |assessment: &Assessment<'_>| {
        entries.iter().any(|entry| {
            let of_policy = entry.policy.as_ref().is_none_or(|policy| policy.value == assessment.policy.slug);
            entry.kind() == EntryKind::Paid && of_policy && entry.batch.unwrap_or(1) == assessment.batch
        })
    };
    for assessment in assessments.iter().filter(|assessment| granted(assessment)) {
        let code = assessment.enterprise.code.value;
        let matter = (code, assessment.clause(), assessment.identity, assessment.batch);
        let known = lines.contains_key(&matter);
        if !known && assessment.amount().is_zero() {
            continue;
        }
        let new = || Line::new(assessment.item(), assessment.enterprise.code.place);
        let line = lines.entry(matter).or_insert_with(new);
        line.due += assessment.amount();
        line.name = &assessment.enterprise.name.value;
    }
    for ((code, clause, ..), line) in &lines {
        if line.due == line.paid || line.answered == Some(line.due) {
            continue;
        }
        report.push(finding(*code, clause.clause, line));
    }
    report
}

fn finding(code: CreditCode, clause: &ClauseId, line: &Line<'_>) -> Diagnostic {
    let who = if line.name.is_empty() { code.to_string() } else { line.name.to_owned() };
    let what = line.subject.map(|subject| format!("“{subject}”")).unwrap_or_default();
    let (due, paid) = (line.due, line.paid);
    let message = format!("{who}条款{clause}{what}已兑现{paid}，按现在的数据应为{due}");
    let act = if due > paid { format!("补发{}", due - paid) } else { format!("追回{}", paid - due) };
    let help = format!(
        "数据写错了就改回来；数据没错，在台账末尾另加一条：{act}，或“种类: 说明、金额: {due}”并在备注写明为何维持原决定"
    );
    Diagnostic::error(Code::Ledger, message).at(line.place).help(help)
}
