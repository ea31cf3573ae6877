//! 兑现 — the awards that an issued 通知 grants, booked in the ledger once, whole, after the 公示 of the year is over.

use crate::award::{Explained, Verdict};
use crate::calendar::{Day, Year};
use crate::document::ClauseId;
use crate::money::Money;
use crate::register::{CreditCode, EntryKind, ItemId, LedgerEntry, Register, entry_id, next_serial};
use crate::yaml::{Located, scalar};

/// By what and when something is paid.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    /// The year of the facts.
    pub year: Year,
    /// The day of the payment.
    pub on: Day,
    /// 发文字号 of the 通知, or its name where it has none.
    pub number: &'a str,
}

/// What booking an issued 通知 comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payment {
    /// The ledger as it stands afterwards, and how many entries are new.
    Booked(String, usize),
    /// All of it is booked already, by this very 通知.
    Same,
    /// The ledger says something else: each difference as a line.
    Different(Vec<String>),
}

/// Books what an issued 通知 grants. `text` is the year's ledger as its file has it; what it holds is in the register.
#[must_use]
pub fn pay(awards: &[Explained], occasion: Occasion<'_>, text: Option<&str>, register: &Register) -> Payment {
    let entries = register.ledger.get(&occasion.year).map_or(&[][..], Vec::as_slice);
    let given: Vec<&Explained> = awards.iter().filter(|award| is_paid(award)).collect();
    let policies: Vec<&str> = given.iter().map(|award| award.award.policy.as_str()).collect();
    let booked: Vec<&LedgerEntry> = entries
        .iter()
        .filter(|entry| entry.kind() == EntryKind::Paid)
        .filter(|entry| given.iter().any(|award| same_batch(entry, award)))
        .filter(|entry| entry.policy.as_ref().is_none_or(|policy| policies.contains(&policy.value.as_str())))
        .collect();
    if booked.is_empty() {
        let added = given.iter().enumerate().map(|(index, award)| item(award, occasion, next_serial(entries) + index));
        let added: Vec<String> = added.chain(cuts(awards, occasion, next_serial(entries) + given.len())).collect();
        return Payment::Booked(appended(text, occasion.year, &added), added.len());
    }
    let mut differences = Vec::new();
    let given: Vec<(&Explained, Payee)> =
        given.into_iter().map(|award| (award, Payee::of(award, register, occasion.year))).collect();
    for (award, payee) in &given {
        match booked.iter().find(|entry| payee.is_paid_by(entry, award)) {
            Some(entry) if entry.amount.value == award.amount() => {}
            Some(entry) => {
                differences.push(format!("- {}", line(award, entry.amount.value)));
                differences.push(format!("+ {}", line(award, award.amount())));
            }
            None => differences.push(format!("+ {}", line(award, award.amount()))),
        }
    }
    for entry in booked.iter().filter(|entry| !given.iter().any(|(award, payee)| payee.is_paid_by(entry, award))) {
        let subject = entry.subject.as_ref().map(|subject| format!("“{}”", subject.value)).unwrap_or_default();
        differences
            .push(format!("- {} {}{subject} {}", entry.enterprise.value, entry.clause.value, entry.amount.value));
    }
    if differences.is_empty() { Payment::Same } else { Payment::Different(differences) }
}

/// An award as an entry of the ledger, for trying what its payment would change.
pub(super) fn as_entry(award: &Explained, register: &Register) -> Option<LedgerEntry> {
    let enterprise = register.find(&award.award.code)?;
    let place = enterprise.code.place;
    let at = |value: &str| Located { value: value.to_owned(), place };
    let tier = award.tier.as_deref().and_then(|tier| format!("{tier}元").parse().ok());
    Some(LedgerEntry {
        policy: Some(at(&award.award.policy)),
        rule: Some(at(&award.award.name)),
        subject: subject(award).map(at),
        batch: award.batch,
        tier: tier.map(|value| Located { value, place }),
        ..LedgerEntry::of_case(
            enterprise.code,
            Located { value: ClauseId(award.award.clause.clone()), place },
            Located { value: award.amount(), place },
        )
    })
    .filter(|_| is_paid(award))
}

/// The ledger of a year for which nothing was paid, with the decision that nothing will be.
#[must_use]
pub fn closed(year: Year, on: Day, reason: &str) -> String {
    let day = on.iso();
    format!("{HEAD}年度: {year}\n结清: {{ 日期: {day}, 理由: {} }}\n已兑现: []\n", scalar(reason))
}

const HEAD: &str = "# 奖励台账，由 hongtou grant 写入。仅限一次、首次达到、分年拨付和累计限额都要查它。\n\
                    # 已有的各条不改、不删；补发、追回、撤销、说明都在末尾另加一条，写明种类和备注。\n";

fn is_paid(award: &Explained) -> bool {
    award.award.outcome == Verdict::Given && !award.amount().is_zero()
}

fn same_batch(entry: &LedgerEntry, award: &Explained) -> bool {
    entry.batch.unwrap_or(1) == award.batch.unwrap_or(1)
}

/// The subject, where it is not the enterprise itself.
fn subject(award: &Explained) -> Option<&str> {
    (award.award.subject != award.award.enterprise).then_some(award.award.subject.as_str())
}

/// Whom an issued award is paid to, and for what, as the register knows them today: the 通知 keeps the names of its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payee {
    enterprise: Option<CreditCode>,
    item: Option<ItemId>,
}

impl Payee {
    /// Of an award of a year.
    #[must_use]
    pub fn of(award: &Explained, register: &Register, year: Year) -> Self {
        let enterprise = award.award.code.parse().ok().map(|code| register.today(code));
        let item = match subject(award) {
            None => Some(ItemId::ENTERPRISE),
            Some(name) => enterprise.and_then(|code| register.item_named(code, name, year)),
        };
        Self { enterprise, item }
    }

    fn is_paid_by(&self, entry: &LedgerEntry, award: &Explained) -> bool {
        let record = &award.award;
        Some(entry.enterprise.value) == self.enterprise
            && same_batch(entry, award)
            && entry.policy.as_ref().is_none_or(|policy| policy.value == record.policy)
            && entry.clause.value.0 == record.clause
            && entry.rule.as_ref().is_none_or(|rule| rule.value == record.name)
            && Some(entry.item()) == self.item
    }
}

fn line(award: &Explained, amount: Money) -> String {
    let record = &award.award;
    let subject = subject(award).map(|subject| format!("“{subject}”")).unwrap_or_default();
    format!("{} {}{subject} {amount}", record.code, record.clause)
}

fn item(award: &Explained, occasion: Occasion<'_>, serial: usize) -> String {
    let tier = award.tier.as_deref().and_then(|tier| format!("{tier}元").parse::<Money>().ok());
    entry(EntryKind::Paid, award, award.amount(), tier, occasion, serial)
}

/// What the budget did not allow, an entry for each award that it cut.
fn cuts<'a>(awards: &'a [Explained], occasion: Occasion<'a>, from: usize) -> impl Iterator<Item = String> + use<'a> {
    let cut = awards.iter().filter_map(|award| {
        let reduced = award.reduced.as_deref().and_then(|text| format!("{text}元").parse::<Money>().ok())?;
        Some((award, reduced))
    });
    cut.enumerate()
        .map(move |(index, (award, amount))| entry(EntryKind::Reduced, award, amount, None, occasion, from + index))
}

fn entry(
    kind: EntryKind,
    award: &Explained,
    amount: Money,
    tier: Option<Money>,
    occasion: Occasion<'_>,
    serial: usize,
) -> String {
    let record = &award.award;
    let remark = |words: &str| words.replace(char::is_control, " ");
    let mut lines = vec![
        format!("- 编号: {}", entry_id(occasion.year, serial)),
        format!("  种类: {}", kind.name()),
        format!("  企业: {}   # {}", record.code, remark(&record.enterprise)),
        format!("  政策: {}", scalar(&record.policy)),
        format!("  条款: {}", scalar(&record.clause)),
        format!("  事项: {}", scalar(&record.name)),
    ];
    lines.extend(subject(award).map(|subject| format!("  对象: {}", scalar(subject))));
    lines.extend(award.batch.map(|batch| format!("  批次: {batch}")));
    lines.push(format!("  金额: {amount}"));
    lines.extend(tier.map(|tier| format!("  档: {tier}")));
    lines.push(format!("  日期: {}", occasion.on.iso()));
    lines.push(format!("  文号: {}", scalar(occasion.number)));
    lines.join("\n")
}

/// The file with these entries behind those that it has, as they are indented; nothing of it is changed.
fn appended(text: Option<&str>, year: Year, added: &[String]) -> String {
    let mut out = match text {
        None => format!("{HEAD}年度: {year}\n已兑现:\n"),
        // A list that was left empty on one line is the only thing that can be opened.
        Some(text) => text.replace("已兑现: []", "已兑现:"),
    };
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    let first = out.lines().find(|line| line.trim_start().starts_with("- "));
    let indent = first.map_or(2, |line| line.len() - line.trim_start().len());
    for line in added.iter().flat_map(|entry| entry.lines()) {
        out.push_str(&format!("{:indent$}{line}\n", ""));
    }
    out
}
