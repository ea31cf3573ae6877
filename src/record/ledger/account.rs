//! 账户 — what the ledger says of one item under one rule, entry after entry: nothing is paid twice, above a limit, or taken back
//! more than once.

use std::collections::BTreeMap;

use crate::calendar::{Day, Year};
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::money::Money;
use crate::policy::{ClauseRef, Policy, Rule, Scope, Standard};
use crate::register::{CreditCode, EntryKind, Item, ItemId, LedgerEntry, Register};

/// Looks through the whole ledger as it stands on a day.
#[must_use]
pub fn audit(register: &Register, policies: &[Policy], on: Day) -> Report {
    let mut report = Report::default();
    check_numbers(register, &mut report);
    for code in register.enterprises.keys() {
        let mut accounts: BTreeMap<(ClauseRef<'_>, ItemId), Account> = BTreeMap::new();
        let mut totals: BTreeMap<(ClauseRef<'_>, Option<Year>), Money> = BTreeMap::new();
        for (year, entry) in register.entries_of(*code) {
            check_entry(register, *code, year, entry, on, &mut report);
            let rules = policies.iter().flat_map(|policy| policy.rules.rules.iter().map(move |rule| (policy, rule)));
            for (policy, rule) in rules.filter(|(policy, rule)| policy.granted(rule, entry)) {
                let clause = policy.reference(rule);
                check_tier(rule, entry, &mut report);
                accounts.entry((clause, entry.item())).or_default().book(year, rule, entry, &mut report);
                for limit in &rule.limits {
                    // What a formula or a number of awards allowed, the awards themselves say.
                    let Some(most) = limit.of(year).map(|most| most.value) else { continue };
                    let of = match limit.scope {
                        Scope::Enterprise => None,
                        Scope::EnterpriseYear => Some(year),
                        Scope::Each | Scope::Item | Scope::Clause => continue,
                    };
                    let total = totals.entry((clause, of)).or_default();
                    book(total, entry);
                    if entry.kind().pays() && *total > most {
                        over(limit.scope, *total, most, entry, &mut report);
                    }
                }
            }
        }
    }
    report
}

fn over(scope: Scope, sum: Money, most: Money, entry: &LedgerEntry, report: &mut Report) {
    let message = format!("台账累计{sum}，超过{}的限额{most}", scope.name());
    let help = "核对这一条；确已多付的，另加一条“种类: 追回”";
    report.push(Diagnostic::error(Code::Ledger, message).at(entry.amount.place).help(help));
}

fn book(sum: &mut Money, entry: &LedgerEntry) {
    if entry.kind().pays() {
        *sum += entry.amount.value;
    } else if entry.kind().takes_back() {
        *sum = sum.less(entry.amount.value);
    }
}

/// No number twice, and no entry twice.
fn check_numbers(register: &Register, report: &mut Report) {
    for entries in register.ledger.values() {
        let mut seen: BTreeMap<&str, &LedgerEntry> = BTreeMap::new();
        for (index, entry) in entries.iter().enumerate() {
            if let Some(id) = &entry.id
                && seen.insert(&id.value, entry).is_some()
            {
                let message = format!("编号{}已经用过", id.value);
                report
                    .push(Diagnostic::error(Code::Ledger, message).at(id.place).help("每一条各用一个编号，编过的不改"));
            } else if entries.iter().take(index).any(|earlier| earlier.repeats(entry)) {
                let message = "台账里有完全相同的两条，同一笔记了两次";
                report.push(
                    Diagnostic::error(Code::Ledger, message)
                        .at(entry.enterprise.place)
                        .help("误记的删去后记的一条；确是两笔的，写明各自的编号和备注"),
                );
            }
        }
    }
}

fn check_entry(register: &Register, code: CreditCode, year: Year, entry: &LedgerEntry, on: Day, report: &mut Report) {
    let kind = entry.kind();
    if entry.amount.value.is_zero() && kind != EntryKind::Remark {
        let message = format!("{}的金额是零", kind.name());
        report.push(
            Diagnostic::error(Code::Ledger, message)
                .at(entry.amount.place)
                .help("没有付的不记；只作说明的写“种类: 说明”"),
        );
    }
    if let Some(day) = entry.on.as_ref().filter(|day| day.value > on) {
        let message = format!("{}的日期{}还没有到", kind.name(), day.value);
        report.push(Diagnostic::error(Code::Ledger, message).at(day.place).help("照实际办理的日期写"));
    }
    if matches!(kind, EntryKind::Remark | EntryKind::Recovered | EntryKind::Revoked | EntryKind::Supplement)
        && entry.note.as_deref().is_none_or(|note| note.trim().is_empty())
    {
        let message = format!("{}没有写明缘由", kind.name());
        report.push(
            Diagnostic::error(Code::Ledger, message).at(entry.enterprise.place).help("在“备注”里写明为什么、依据什么"),
        );
    }
    let Some(subject) = &entry.subject else { return };
    // Only a year whose declarations are there can tell whether there was such a product or project.
    let of_year = register.declarations_of(code).filter(|(of, _)| *of == year);
    let items: Vec<Item<'_>> = of_year.flat_map(|(_, declaration)| declaration.items()).collect();
    let declared: Vec<&str> = items.iter().copied().filter_map(Item::name).collect();
    if !declared.is_empty() && !items.iter().any(|item| item.identity() == entry.item()) {
        let help = nearest(&subject.value, declared.iter().copied())
            .map_or_else(|| format!("申报过的有：{}", declared.join("、")), |near| format!("是不是“{near}”？"));
        let message = format!("这家企业{year}年度没有申报“{}”", subject.value);
        report.push(Diagnostic::error(Code::Reference, message).at(subject.place).help(help));
    }
}

/// A tier must be one of the rule's, and pay no more than this tier and those below it give together.
fn check_tier(rule: &Rule, entry: &LedgerEntry, report: &mut Report) {
    let Some(tier) = &entry.tier else { return };
    let marks: Vec<_> = rule.standards.iter().flat_map(Standard::marks).collect();
    let tiers = || marks.iter().filter_map(|mark| Some((mark.reach?.1, mark.award)));
    if !tiers().any(|(reach, _)| reach == tier.value) {
        let message = format!("条款{}没有{}这一档", rule.clause.value, tier.value);
        report.push(Diagnostic::error(Code::Ledger, message).at(tier.place).help("照当时兑现的档填写"));
        return;
    }
    let awards: Option<Money> = tiers().filter(|(reach, _)| *reach <= tier.value).map(|(_, award)| award).sum();
    if let Some(most) = awards.filter(|most| entry.kind().pays() && entry.amount.value > *most) {
        let message = format!("{}这一档最多给{most}，台账里是{}", tier.value, entry.amount.value);
        report.push(Diagnostic::error(Code::Ledger, message).at(entry.amount.place).help("核对金额和档"));
    }
}

/// What was booked for one item under one rule, as the ledger goes on.
#[derive(Default)]
struct Account {
    sum: Money,
    /// How many awards stand: not what was added to one later.
    times: usize,
    /// The year and the tier of the last award.
    last: Option<(Year, Money)>,
}

impl Account {
    fn book(&mut self, year: Year, rule: &Rule, entry: &LedgerEntry, report: &mut Report) {
        let amount = entry.amount.value;
        let mut find = |message: String, help: &str| {
            report.push(Diagnostic::error(Code::Ledger, message).at(entry.amount.place).help(help));
        };
        let kind = entry.kind();
        if kind.takes_back() && amount > self.sum {
            let (word, sum) = (kind.name(), self.sum);
            find(format!("{word}{amount}，多于已兑现的{sum}"), "不能多于兑现；核对金额、条款和对象");
        }
        book(&mut self.sum, entry);
        if kind.takes_back() {
            if self.sum.is_zero() {
                (self.times, self.last) = (0, None);
            }
            return;
        }
        if !kind.pays() {
            return;
        }
        if kind == EntryKind::Paid {
            self.times += 1;
            let tier = entry.tier.as_ref().map(|tier| (year, tier.value));
            if let (Some((before, first)), Some((_, second))) = (self.last, tier)
                && before == year
            {
                find(
                    format!("同一年度给了{first}和{second}两档"),
                    "一个年度只给一档；多付的另加一条“种类: 追回”，补差的写“种类: 补发”",
                );
            }
            self.last = tier.or(self.last);
        }
        if rule.once && self.times > 1 && kind == EntryKind::Paid {
            let (clause, times) = (&rule.clause.value, self.times);
            find(
                format!("条款{clause}只给一次，台账里给了{times}次"),
                "重复兑现的另加一条“种类: 追回”；是补足以前少付的，写“种类: 补发”",
            );
        }
        for limit in rule.limits.iter().filter(|limit| limit.scope == Scope::Item) {
            let Some(most) = limit.of(year).map(|most| most.value) else { continue };
            if self.sum > most {
                over(limit.scope, self.sum, most, entry, report);
            }
        }
    }
}
