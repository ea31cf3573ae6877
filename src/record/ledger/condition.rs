//! 兑现的条件 — what must hold before an issued 通知 is paid: the 公示 is over, earlier years are settled, later ones are not begun.

use crate::award::{Outcome, Selection, assess};
use crate::calendar::{Day, Year};
use crate::diag::{Code, Diagnostic};
use crate::document::Genre;
use crate::money::Money;
use crate::policy::Policy;
use crate::record::{Record, Registration};
use crate::register::{EntryKind, LedgerEntry, Register};

/// What keeps a 通知 from being paid on a day.
#[must_use]
pub fn conditions(
    record: &Record,
    register: &Register,
    policies: &[Policy],
    notice: &Registration,
    year: Year,
    on: Day,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut refuse = |message: String, help: &str| found.push(Diagnostic::error(Code::Ledger, message).help(help));
    let Some(selection) = notice.awarded.as_ref().filter(|selection| selection.year == year) else {
        refuse(format!("《{}》不是{year}年度的奖励通知", notice.title), "用 --notice 写明下达这个年度奖励的通知");
        return found;
    };
    if notice.genre == Genre::Publicity {
        refuse(format!("《{}》是公示，不能据以兑现", notice.title), "公示期满后印发通知，用 --notice 写明那件通知");
    }
    if notice.on > on {
        refuse(format!("《{}》{}才印发", notice.title, notice.on), "到那一天再兑现");
    }
    if let Some(message) = unannounced(record, selection, on) {
        refuse(message, "先印发公示；公示期满的次日起才能兑现");
    }
    let of_selection = |policy: &&Policy| selection.policy.as_ref().is_none_or(|slug| *slug == policy.slug);
    let paid = |of: Year| register.ledger.get(&of).is_some_and(|entries| entries.iter().any(pays(selection)));
    let covered = policies.iter().filter(of_selection).flat_map(|policy| policy.rules.years.value.iter().copied());
    let mut earlier: Vec<Year> =
        covered.filter(|of| *of < year && !paid(*of) && !register.closed.contains_key(of)).collect();
    earlier.sort_unstable();
    earlier.dedup();
    for of in earlier {
        let due: Money = assess(register, policies, of)
            .iter()
            .filter(|assessment| selection.policy.as_ref().is_none_or(|slug| *slug == assessment.policy.slug))
            .map(crate::award::Assessment::amount)
            .sum();
        if !due.is_zero() {
            refuse(
                format!("{of}年度算出的{due}还没有兑现，会影响累计限额和首次达到"),
                &format!("先兑现{of}年度；不再兑现的，用 --close {of} --reason “理由” 结清"),
            );
        }
    }
    let later: Vec<Year> = register.ledger.keys().copied().filter(|of| *of > year && paid(*of)).collect();
    if let Some(of) = later.first() {
        refuse(
            format!("{of}年度已经兑现，{year}年度不能再补在它前面：会改变{of}年度的结果"),
            &format!(
                "{}；确要补的，逐笔用“种类: 补发”记入{year}年度台账并写明依据",
                changes(register, policies, notice, record, *of)
            ),
        );
    }
    found
}

/// Whether an entry pays an award of a selection's policy.
fn pays(selection: &Selection) -> impl Fn(&LedgerEntry) -> bool {
    move |entry| {
        let of_policy = match (&entry.policy, &selection.policy) {
            (Some(policy), Some(wanted)) => policy.value == *wanted,
            _ => true,
        };
        entry.kind() == EntryKind::Paid && of_policy
    }
}

/// Why awards count as not made public yet on a day: no 公示 was issued, or its days are not over.
#[must_use]
pub fn unannounced(record: &Record, selection: &Selection, on: Day) -> Option<String> {
    let Some((entry, last)) = publicity(record, selection) else {
        return Some(format!("{selection}的公示没有印发过"));
    };
    let over = last.is_some_and(|last| on > last);
    let last = last.map_or_else(|| "未定".to_owned(), |last| format!("到{last}"));
    (!over).then(|| format!("公示《{}》还没有期满（{last}）", entry.title))
}

/// The last 公示 of the awards, with its last day.
fn publicity<'r>(record: &'r Record, selection: &Selection) -> Option<(&'r Registration, Option<Day>)> {
    let current = record.registry.documents().into_values().filter(|issued| issued.withdrawn.is_none());
    let of_awards = current.map(|issued| issued.latest).filter(|entry| {
        entry.genre == Genre::Publicity && entry.awarded.as_ref().is_some_and(|awarded| awarded.meets(selection))
    });
    let entry = of_awards.max_by_key(|entry| entry.on)?;
    let document = record.version(&entry.slug, entry.version)?.document.as_ref()?;
    Some((entry, document.record.publication.period.as_ref().and_then(|period| period.last)))
}

/// What a payment now would change in a later year: the sums before and after.
fn changes(register: &Register, policies: &[Policy], notice: &Registration, record: &Record, later: Year) -> String {
    let total = |register: &Register| -> Money {
        let given = assess(register, policies, later).into_iter();
        given.filter_map(|one| if let Outcome::Granted(amount) = one.outcome { Some(amount) } else { None }).sum()
    };
    let mut with = register.clone();
    let awards = record.version(&notice.slug, notice.version).map_or(&[][..], |frozen| &frozen.awards);
    let year = notice.awarded.as_ref().map_or(later, |selection| selection.year);
    with.book(year, awards.iter().filter_map(|award| super::payment::as_entry(award, register)));
    let (before, after) = (total(register), total(&with));
    if before == after {
        format!("{later}年度合计仍是{before}")
    } else {
        format!("{later}年度按现在的台账合计{before}，补记后会是{after}")
    }
}
