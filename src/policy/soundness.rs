//! 规则的毛病 — what is wrong with a rule as it stands, whoever applies: conditions that exclude each other, tiers that can never
//! be reached, limits below the smallest award. Each finding names an input that shows it.

use super::condition::{Amount, Kind, YearRef};
use super::rule::Mark;
use super::{Condition, Limit, Policy, Rule, Scope, Standard};
use crate::diag::{Code, Diagnostic, Report};
use crate::money::Money;
use crate::yaml::Located;

/// Attributes of which an enterprise has one value.
const SINGLE: [&str; 4] = ["区县", "规模以上", "亩均评价", "有毒有害废弃物处理"];

/// Checks each rule of a policy in itself.
pub fn check_soundness(policy: &Policy) -> Report {
    let mut report = Report::default();
    for rule in &policy.rules.rules {
        let mut conditions = Vec::new();
        flatten(&rule.conditions, &mut conditions);
        check_words(&conditions, &mut report);
        check_amounts(&conditions, &mut report);
        let marks: Vec<Mark<'_>> = rule.standards.iter().flat_map(Standard::marks).collect();
        check_reach(&conditions, &marks, &mut report);
        for limit in &rule.limits {
            check_limit(rule, limit, &marks, &mut report);
        }
    }
    report
}

/// All conditions that must hold together.
fn flatten<'a>(conditions: &'a [Condition], out: &mut Vec<&'a Condition>) {
    for condition in conditions {
        match &condition.kind {
            Kind::All(inner) => flatten(inner, out),
            _ => out.push(condition),
        }
    }
}

/// Conditions on words that no enterprise can meet together.
fn check_words(conditions: &[&Condition], report: &mut Report) {
    let attributes: Vec<_> = conditions
        .iter()
        .filter_map(|condition| match &condition.kind {
            Kind::Attribute(attribute) => Some(attribute),
            _ => None,
        })
        .collect();
    for (index, later) in attributes.iter().enumerate() {
        for earlier in attributes.iter().take(index).filter(|earlier| earlier.name.value == later.name.value) {
            let name = &later.name.value;
            let single = SINGLE.contains(&name.as_str());
            let apart = single
                && !earlier.some.is_empty()
                && !later.some.is_empty()
                && !later.some.iter().any(|word| earlier.some.contains(word));
            let excluded =
                |some: &[String], none: &[String]| !some.is_empty() && some.iter().all(|word| none.contains(word));
            if apart || excluded(&earlier.some, &later.none) || excluded(&later.some, &earlier.none) {
                let word = earlier.some.first().or(later.some.first()).map(String::as_str).unwrap_or_default();
                let message = format!("两个关于“{name}”的条件不能同时成立，这条规则永远不给");
                report.push(
                    Diagnostic::error(Code::Rule, message)
                        .at(later.name.place)
                        .help(format!("例：{name}为“{word}”的企业，符合一个就不符合另一个")),
                );
            }
        }
    }
}

/// Bounds on one figure that leave no room between them.
fn check_amounts(conditions: &[&Condition], report: &mut Report) {
    let amounts: Vec<&Amount> = amounts(conditions).collect();
    for (index, later) in amounts.iter().enumerate() {
        for earlier in amounts.iter().take(index + 1) {
            if earlier.quantity.value != later.quantity.value || earlier.year != later.year {
                continue;
            }
            for (low, high) in [(earlier, later), (later, earlier)] {
                let Some((least, open)) =
                    low.at_least.map(|bound| (bound, false)).or(low.above.map(|bound| (bound, true)))
                else {
                    continue;
                };
                let Some((most, cut)) =
                    high.at_most.map(|bound| (bound, false)).or(high.below.map(|bound| (bound, true)))
                else {
                    continue;
                };
                if most < least || most == least && (open || cut) {
                    let quantity = &later.quantity.value;
                    let message = format!("{quantity}的上下限之间没有余地，这条规则永远不给");
                    let help = format!("例：{quantity}{least}不符合上限，{most}不符合下限");
                    let finding = Diagnostic::error(Code::Rule, message).at(later.quantity.place).help(help);
                    if !report.findings().contains(&finding) {
                        report.push(finding);
                    }
                }
            }
        }
    }
}

fn amounts<'a>(conditions: &[&'a Condition]) -> impl Iterator<Item = &'a Amount> {
    conditions.iter().filter_map(|condition| match &condition.kind {
        Kind::Amount(amount) => Some(amount),
        _ => None,
    })
}

/// Tiers above what the conditions admit.
fn check_reach(conditions: &[&Condition], marks: &[Mark<'_>], report: &mut Report) {
    for amount in amounts(conditions).filter(|amount| amount.year != YearRef::Previous) {
        for mark in marks {
            let Some((quantity, reach)) = mark.reach.filter(|(quantity, _)| *quantity == amount.quantity.value) else {
                continue;
            };
            // The lowest figure that reaches the tier is not admitted for being too much: so no higher one is.
            let too_much =
                amount.at_most.is_some_and(|bound| reach > bound) || amount.below.is_some_and(|bound| reach >= bound);
            if too_much {
                let message = format!("{}永远轮不到：条件不许{quantity}到{reach}", mark.name);
                report.push(
                    Diagnostic::error(Code::Rule, message)
                        .at(mark.place)
                        .help(format!("例：{quantity}{reach}已不符合条件")),
                );
            }
        }
    }
}

/// Limits below what a rule gives at the least.
fn check_limit(rule: &Rule, limit: &Limit, marks: &[Mark<'_>], report: &mut Report) {
    if limit.scope == Scope::Clause || rule.lists() {
        return;
    }
    let Some(Located { value: amount, place }) = limit.amount().copied() else { return };
    let smallest = marks.iter().filter_map(|mark| Some((mark.award?, mark))).min_by_key(|(award, _)| *award);
    if let Some((award, mark)) =
        smallest.filter(|(award, _)| *award > amount && marks.iter().all(|mark| mark.award.is_some()))
    {
        let message = format!("限额{amount}低于最小的一项{award}，每一项都给不足");
        report.push(Diagnostic::error(Code::Rule, message).at(place).help(format!("例：{}", mark.witness)));
        return;
    }
    for mark in marks {
        if let Some(award) = mark.award.filter(|award| *award > amount && *award != Money::ZERO) {
            let message = format!("{}应给{award}，超过限额{amount}，永远给不足", mark.name);
            report.push(Diagnostic::warning(Code::Rule, message).at(place).help(format!("例：{}", mark.witness)));
        }
    }
}
