//! 兑现 — what goes into `data/ledger/<year>.yaml` once the 公示 is over. What stands there is never changed: the same awards
//! give no new text, others are refused and shown line by line. A grant that is taken back or corrected is an entry added by hand.

use super::{Assessment, Outcome};
use crate::calendar::{Day, Year};
use crate::document::ClauseId;
use crate::money::Money;
use crate::policy::What;
use crate::register::Grant;
use crate::yaml::scalar;

/// An award as an entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry<'a> {
    code: &'a str,
    policy: &'a str,
    clause: &'a ClauseId,
    subject: Option<&'a str>,
    amount: Money,
    tier: Option<Money>,
}

/// What writing the ledger of a year comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Writing {
    /// Nothing was written for the year yet: the new file, and how many entries it has.
    New(String, usize),
    /// The ledger has these very awards.
    Same,
    /// The ledger says something else: each difference as a line.
    Different(Vec<String>),
}

/// By what and when the awards are granted.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    /// The day.
    pub on: Day,
    /// The document that grants them.
    pub number: Option<&'a str>,
}

/// The ledger of a year, as these awards make it, beside what it holds already.
pub fn grant(year: Year, assessments: &[Assessment<'_>], ledger: Option<&[Grant]>, occasion: Occasion<'_>) -> Writing {
    let given: Vec<(&Assessment<'_>, Entry<'_>)> =
        assessments.iter().filter_map(|assessment| Some((assessment, entry(assessment)?))).collect();
    let Some(ledger) = ledger else { return Writing::New(text(year, &given, occasion), given.len()) };
    let mut differences = Vec::new();
    for (_, entry) in &given {
        match standing(ledger).find(|grant| is_for(grant, entry)) {
            Some(grant) if grant.amount.value == entry.amount => {}
            Some(grant) => {
                differences.push(format!("- {}", line(entry, grant.amount.value)));
                differences.push(format!("+ {}", line(entry, entry.amount)));
            }
            None => differences.push(format!("+ {}", line(entry, entry.amount))),
        }
    }
    for grant in standing(ledger).filter(|grant| !given.iter().any(|(_, entry)| is_for(grant, entry))) {
        let subject = grant.subject.as_deref().map(|subject| format!("“{subject}”")).unwrap_or_default();
        let (code, clause, amount) = (grant.enterprise.value, &grant.clause.value, grant.amount.value);
        differences.push(format!("- {code} {clause}{subject} {amount}"));
    }
    if differences.is_empty() { Writing::Same } else { Writing::Different(differences) }
}

/// The entries that `grant` wrote: not those that people added with a remark to take back or to correct.
fn standing(ledger: &[Grant]) -> impl Iterator<Item = &Grant> {
    ledger.iter().filter(|grant| !grant.revoked && grant.note.is_none())
}

fn entry<'a>(assessment: &'a Assessment<'_>) -> Option<Entry<'a>> {
    let Outcome::Granted(amount) = assessment.outcome else { return None };
    let tiers = assessment.steps.iter().filter_map(|step| match step.what {
        What::Tier { reach, .. } => Some(reach),
        _ => None,
    });
    let own = assessment.subject == assessment.enterprise.name.value;
    Some(Entry {
        code: assessment.enterprise.code.value.as_str(),
        policy: &assessment.policy.slug,
        clause: &assessment.rule.clause.value,
        subject: (!own).then_some(assessment.subject),
        amount,
        tier: tiers.max(),
    })
}

fn is_for(grant: &Grant, entry: &Entry<'_>) -> bool {
    grant.enterprise.value.as_str() == entry.code
        && grant.policy.as_deref().is_none_or(|policy| policy == entry.policy)
        && grant.clause.value == *entry.clause
        && grant.subject.as_deref() == entry.subject
}

fn line(entry: &Entry<'_>, amount: Money) -> String {
    let subject = entry.subject.map(|subject| format!("“{subject}”")).unwrap_or_default();
    format!("{} {}{subject} {amount}", entry.code, entry.clause)
}

fn text(year: Year, given: &[(&Assessment<'_>, Entry<'_>)], occasion: Occasion<'_>) -> String {
    let mut text = format!(
        "# {year}年度已兑现的奖励，由 hongtou grant 写入。仅限一次、首次达到、分年拨付和累计限额都要查它。\n\
         # 已写入的各条不改动：撤销或收回的，另加一条写“撤销: 是”；补发的，另加一条；都写明备注。\n\
         年度: {year}\n已兑现:{}\n",
        if given.is_empty() { " []" } else { "" }
    );
    for (assessment, entry) in given {
        let remark = |words: &str| words.replace(char::is_control, " ");
        let mut lines = vec![
            format!("  - 企业: {}   # {}", entry.code, remark(&assessment.enterprise.name.value)),
            format!("    政策: {}", scalar(entry.policy)),
            format!("    条款: {}   # {}", scalar(&entry.clause.0), remark(&assessment.rule.name)),
        ];
        lines.extend(entry.subject.map(|subject| format!("    对象: {}", scalar(subject))));
        lines.push(format!("    金额: {}", entry.amount));
        lines.extend(entry.tier.map(|tier| format!("    档: {tier}")));
        lines.push(format!("    日期: {}", occasion.on.iso()));
        lines.extend(occasion.number.map(|number| format!("    文号: {}", scalar(number))));
        text.push_str(&lines.join("\n"));
        text.push('\n');
    }
    text
}
