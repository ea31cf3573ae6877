//! 名称 — every name that a rule uses exists: clauses, figures of declarations, attributes, catalogues and their columns.

use std::collections::BTreeSet;

use super::condition::Kind as Question;
use super::expression::{Type, Unit};
use super::facts::OF_ENTERPRISE;
use super::{Bound, Condition, Policy};
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::document::ClauseId;
use crate::register::{Enterprise, Item, Register};
use crate::source::Place;
use crate::yaml::Located;

/// Checks the names that the rules of a policy use, and each standard in itself.
pub fn check_names(policy: &Policy, register: &Register) -> Report {
    let mut report = Report::default();
    let joint = policy.rules.joint.iter().flat_map(|joint| std::iter::once(&joint.basis).chain(&joint.clauses));
    for clause in policy.rules.rules.iter().map(|rule| &rule.clause).chain(joint) {
        check_clause(policy, clause, &mut report);
    }
    report.absorb(policy.rules.check_definitions(register));
    for rule in &policy.rules.rules {
        let kind = rule.subject.value.as_str();
        let yuan = Type::Number(Unit::of("元"));
        for formula in rule.formulas() {
            report.absorb(formula.check(&yuan, kind, &policy.rules, register));
        }
        for condition in rule.asked().flat_map(Condition::expressions) {
            report.absorb(condition.check(&Type::Truth, kind, &policy.rules, register));
        }
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
            check_quantity(kind, quantity, register, &mut report);
        }
        for attribute in rule.standards.iter().flat_map(super::Standard::attributes) {
            check_attribute(kind, attribute, register, &mut report);
        }
        for condition in rule.asked() {
            check_condition(kind, condition, register, &mut report);
        }
        for limit in &rule.limits {
            if let Some(formula) = limit.formula() {
                let kind = if limit.scope.is_of_enterprise() { Item::ENTERPRISE } else { kind };
                report.absorb(formula.check(&yuan, kind, &policy.rules, register));
            }
            let none = match &limit.bound {
                Bound::Amount(amount) => amount.value.is_zero(),
                Bound::Count(count) => count.value == 0,
                Bound::Formula(_) => false,
            };
            if none {
                report.push(Diagnostic::error(Code::Rule, "限额是零，永远不给").at(limit.place()));
            }
        }
    }
    report
}

/// Checks the names in a condition that stands outside a policy and is about things of a kind: what an expression or a catalogue asks belongs
/// to a rule.
pub fn check_asked(condition: &Condition, kind: &str, register: &Register) -> Report {
    let mut report = Report::default();
    check_condition(kind, condition, register, &mut report);
    let expressions = condition.expressions().map(|expression| expression.place);
    report.extend(expressions.map(|place| {
        let message = "这里的条件不写算式";
        Diagnostic::error(Code::Rule, message).at(place).help("写“属性”“数额”“日期”，或它们的全部、任一、非")
    }));
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

fn check_quantity(subject: &str, quantity: &Located<String>, register: &Register, report: &mut Report) {
    let (kind, name) = match quantity.value.strip_prefix(OF_ENTERPRISE) {
        Some(name) => (Item::ENTERPRISE, name),
        None => (subject, quantity.value.as_str()),
    };
    let schema = &register.schema;
    if !schema.knows(kind) {
        // What a policy asks for that no schema knows is named by the policy alone, unless what was declared is spelt almost alike.
        let declared = register.declared_of(kind).flat_map(|matter| matter.amounts.names());
        tell_near(&quantity.value, declared.collect(), &format!("申报的“{kind}”"), "数额", quantity.place, report);
        return;
    }
    let mut known = schema.quantities(kind).peekable();
    match known.find(|(known, _)| *known == name) {
        Some((_, "元")) => {}
        Some((_, unit)) => report.push(
            Diagnostic::error(Code::Rule, format!("“{name}”的单位是{unit}，这里按金额算"))
                .at(quantity.place)
                .help("这一种标准只算金额"),
        ),
        None => {
            let known: Vec<&str> = schema.quantities(kind).map(|(name, _)| name).collect();
            let near = nearest(name, known.iter().copied());
            let help = near.map_or_else(
                || format!("这里可以写：{}；要加别的，写进 data/facts.yaml", known.join("、")),
                |near| format!("是不是“{near}”？"),
            );
            let message = format!("申报的“{kind}”里没有“{name}”");
            report.push(Diagnostic::error(Code::Unknown, message).at(quantity.place).help(help));
        }
    }
}

/// A name that nothing declared has is wrong where something declared has one that is spelt almost alike.
fn tell_near(name: &str, known: BTreeSet<&str>, of: &str, what: &str, place: Place, report: &mut Report) {
    if let Some(near) = nearest(name, known).filter(|near| *near != name) {
        let message = format!("{of}没有“{name}”这一{what}");
        report.push(Diagnostic::error(Code::Unknown, message).at(place).help(format!("是不是“{near}”？")));
    }
}

fn check_condition(kind: &str, condition: &Condition, register: &Register, report: &mut Report) {
    match &condition.kind {
        Question::Attribute(attribute) => {
            check_attribute(kind, &attribute.name, register, report);
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
            check_attribute(kind, &dated.name, register, report);
            if let (Some(from), Some(to)) = (dated.from, dated.to)
                && to < from
            {
                let message = format!("不早于{from}又不晚于{to}，永远不成立");
                report.push(Diagnostic::error(Code::Rule, message).at(dated.name.place));
            }
        }
        // Looked at as a whole, with the policy's definitions.
        Question::Expression(_) => {}
        Question::Amount(amount) => check_quantity(kind, &amount.quantity, register, report),
        Question::All(conditions) | Question::Any(conditions) => {
            for condition in conditions {
                check_condition(kind, condition, register, report);
            }
        }
        Question::Not(condition) => check_condition(kind, condition, register, report),
    }
}

/// An attribute that is asked for must be one that enterprises or items can have.
fn check_attribute(kind: &str, name: &Located<String>, register: &Register, report: &mut Report) {
    let schema = &register.schema;
    let of_register = register.enterprises.values().flat_map(|enterprise| enterprise.others.keys()).map(String::as_str);
    let of_schema = [kind, Item::ENTERPRISE].into_iter().flat_map(|kind| schema.attributes(kind)).map(|(name, _)| name);
    let known: BTreeSet<&str> = of_register.chain(of_schema).chain(Enterprise::ATTRIBUTES).collect();
    if known.contains(name.value.as_str()) {
        return;
    }
    if !schema.knows(kind) {
        let declared = register.declared_of(kind).flat_map(|matter| matter.attributes.names());
        let known = declared.chain(known).collect();
        tell_near(&name.value, known, &format!("申报的“{kind}”和企业都"), "属性", name.place, report);
        return;
    }
    let help = nearest(&name.value, known.iter().copied()).map_or_else(
        || {
            format!(
                "这里可以写：{}；要加别的，写进 data/facts.yaml",
                known.iter().copied().collect::<Vec<_>>().join("、")
            )
        },
        |near| format!("是不是“{near}”？"),
    );
    let message = format!("企业没有“{}”这一属性", name.value);
    report.push(Diagnostic::error(Code::Unknown, message).at(name.place).help(help));
}
