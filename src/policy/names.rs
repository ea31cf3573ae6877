//! 名称 — every name that a rule uses exists: clauses, figures of declarations, attributes, catalogues and their columns.

use std::collections::BTreeSet;

use super::condition::Kind as Question;
use super::{Condition, Policy, Rule};
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::document::ClauseId;
use crate::register::{Declaration, Enterprise, Register};
use crate::yaml::Located;

/// Checks the names that the rules of a policy use, and each standard in itself.
pub fn check_names(policy: &Policy, register: &Register) -> Report {
    let mut report = Report::default();
    let joint = policy.rules.joint.iter().flat_map(|joint| std::iter::once(&joint.basis).chain(&joint.clauses));
    for clause in policy.rules.rules.iter().map(|rule| &rule.clause).chain(joint) {
        check_clause(policy, clause, &mut report);
    }
    for rule in &policy.rules.rules {
        for standard in &rule.standards {
            standard.check(&mut report);
        }
        if rule.standards.is_empty() {
            report.push(
                Diagnostic::error(Code::Rule, "“标准”是空的")
                    .at(rule.clause.place)
                    .help("写上给予多少；不计算金额的写“名单”或“转引”"),
            );
        }
        for quantity in rule.standards.iter().flat_map(super::Standard::quantities) {
            check_quantity(rule, quantity, &mut report);
        }
        for attribute in rule.standards.iter().flat_map(super::Standard::attributes) {
            check_attribute(rule, attribute, register, &mut report);
        }
        for condition in &rule.conditions {
            check_condition(rule, condition, register, &mut report);
        }
        for limit in &rule.limits {
            if limit.amount.value.is_zero() {
                report.push(Diagnostic::error(Code::Rule, "限额是零，永远不给").at(limit.amount.place));
            }
        }
    }
    report
}

/// A clause that is named must be one of the policy's words.
pub(super) fn check_clause(policy: &Policy, clause: &Located<ClauseId>, report: &mut Report) {
    if policy.outline.clause(&clause.value).is_none() {
        let known = policy.outline.clauses().iter().map(|clause| clause.id.0.as_str());
        let help = nearest(&clause.value.0, known)
            .map_or_else(|| "条款按所在位置命名，如“四（五）7”".to_owned(), |near| format!("最接近的条款是“{near}”"));
        let message = format!("政策“{}”没有条款“{}”", policy.title, clause.value);
        report.push(Diagnostic::error(Code::Clause, message).at(clause.place).help(help));
    }
}

fn check_quantity(rule: &Rule, quantity: &Located<String>, report: &mut Report) {
    // What another policy asks for is named by that policy alone.
    let Some((_, known)) = Declaration::KINDS.iter().find(|(kind, _)| *kind == rule.subject.value) else { return };
    if !known.contains(&quantity.value.as_str()) {
        let message = format!("申报的“{}”里没有“{}”", rule.subject.value, quantity.value);
        report.push(
            Diagnostic::error(Code::Unknown, message)
                .at(quantity.place)
                .help(format!("这里可以写：{}", known.join("、"))),
        );
    }
}

fn check_condition(rule: &Rule, condition: &Condition, register: &Register, report: &mut Report) {
    match &condition.kind {
        Question::Attribute(attribute) => {
            check_attribute(rule, &attribute.name, register, report);
            if let Some(word) = attribute.some.iter().find(|word| attribute.none.contains(word)) {
                let message = format!("既要有“{word}”，又不能有“{word}”，永远不成立");
                report.push(Diagnostic::error(Code::Rule, message).at(attribute.name.place));
            }
        }
        Question::Catalogue(wanted) => match register.catalogues.get(&wanted.catalogue.value) {
            None => {
                let known = register.catalogues.keys().map(String::as_str);
                let help = nearest(&wanted.catalogue.value, known)
                    .map_or_else(|| "写 data/catalogues 里的文件名".to_owned(), |near| format!("是不是“{near}”？"));
                let message = format!("没有目录“{}”", wanted.catalogue.value);
                report.push(Diagnostic::error(Code::Reference, message).at(wanted.catalogue.place).help(help));
            }
            Some(catalogue) => {
                if let Some(column) = &wanted.column
                    && !catalogue.columns.iter().any(|known| known.name.value == column.value)
                {
                    let message = format!("目录“{}”没有“{}”这一列", catalogue.name.value, column.value);
                    report.push(Diagnostic::error(Code::Reference, message).at(column.place));
                }
                let column = wanted.column.as_ref();
                let column =
                    column.and_then(|wanted| catalogue.columns.iter().find(|known| known.name.value == wanted.value));
                let options = column.map_or(&[][..], |column| &column.options);
                for value in wanted.values.iter().filter(|value| !options.is_empty() && !options.contains(value)) {
                    let message = format!("“{value}”不在这一列的选项里：{}", options.join("、"));
                    report.push(Diagnostic::error(Code::Reference, message).at(wanted.catalogue.place));
                }
            }
        },
        Question::Date(dated) => {
            check_attribute(rule, &dated.name, register, report);
            if let (Some(from), Some(to)) = (dated.from, dated.to)
                && to < from
            {
                let message = format!("不早于{from}又不晚于{to}，永远不成立");
                report.push(Diagnostic::error(Code::Rule, message).at(dated.name.place));
            }
        }
        Question::Amount(amount) => check_quantity(rule, &amount.quantity, report),
        Question::All(conditions) | Question::Any(conditions) => {
            for condition in conditions {
                check_condition(rule, condition, register, report);
            }
        }
        Question::Not(condition) => check_condition(rule, condition, register, report),
    }
}

/// An attribute that is asked for must be one that enterprises or items can have.
fn check_attribute(rule: &Rule, name: &Located<String>, register: &Register, report: &mut Report) {
    let builtin = Declaration::KINDS.iter().any(|(kind, _)| *kind == rule.subject.value);
    let elsewhere = name.value == "国家认定"
        || register.enterprises.values().any(|enterprise| enterprise.others.contains_key(&name.value));
    if builtin && !Enterprise::ATTRIBUTES.contains(&name.value.as_str()) && !elsewhere {
        let help = nearest(&name.value, Enterprise::ATTRIBUTES).map_or_else(
            || format!("这里可以写：{}", Enterprise::ATTRIBUTES.join("、")),
            |near| format!("是不是“{near}”？"),
        );
        let message = format!("企业没有“{}”这一属性", name.value);
        report.push(Diagnostic::error(Code::Unknown, message).at(name.place).help(help));
    } else if !builtin && !elsewhere {
        check_declared_attribute(rule, name, register, report);
    }
}

/// What another policy asks for has attributes of its own choice: one that nothing declared has is wrong where what was declared
/// has one that is spelt almost alike.
fn check_declared_attribute(rule: &Rule, name: &Located<String>, register: &Register, report: &mut Report) {
    let declared = register.declarations.values().flatten().flat_map(|declaration| &declaration.others);
    let of_kind = declared.filter(|item| item.kind.value == rule.subject.value);
    let own = of_kind.flat_map(|item| item.attributes.keys()).map(String::as_str);
    let known: BTreeSet<&str> = own.chain(Enterprise::ATTRIBUTES).collect();
    if let Some(near) = nearest(&name.value, known.iter().copied()).filter(|near| *near != name.value) {
        let message = format!("申报的“{}”和企业都没有“{}”这一属性", rule.subject.value, name.value);
        report.push(Diagnostic::error(Code::Unknown, message).at(name.place).help(format!("是不是“{near}”？")));
    }
}
