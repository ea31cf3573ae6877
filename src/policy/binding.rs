//! 对照 — rules against the words that they come from: every rule belongs to a clause, every figure of a rule stands in its
//! clause, every figure of the clause is used or declared not to be a rule; and every name that a rule uses exists.

use std::collections::BTreeMap;

use super::condition::Kind as Question;
use super::figure::{Figure, figures};
use super::{Condition, Policy, Rule};
use crate::diag::{Diagnostic, Report, nearest};
use crate::document::ClauseId;
use crate::register::{Declaration, Enterprise, Register};
use crate::source::Place;
use crate::yaml::{Kind, Located, Node};

/// Keys of a rule whose values are not figures of the clause: what a later notice set, and what is declared to be no rule.
const NOT_OF_THE_CLAUSE: [&str; 6] = ["年度通知", "非规则数字", "条款", "事项", "说明", "目录"];

/// Checks the rules of a policy against its words. `tree` is the tree of `rules.yaml`.
pub fn bind(policy: &Policy, tree: &Node) -> Report {
    let mut report = Report::default();
    let mut used: BTreeMap<&ClauseId, Vec<Figure>> = BTreeMap::new();
    for rule in &policy.rules.rules {
        let Some(clause) = policy.clause(rule) else {
            let known = policy.outline.clauses().iter().map(|clause| clause.id.0.as_str());
            let help = nearest(&rule.clause.value.0, known).map_or_else(
                || "条款按所在位置命名，如“四（五）7”".to_owned(),
                |near| format!("最接近的条款是“{near}”"),
            );
            let message = format!("政策“{}”没有条款“{}”", policy.title, rule.clause.value);
            report.push(Diagnostic::error("条款", message).at(rule.clause.place).help(help));
            continue;
        };
        let words = figures(&clause.words);
        let figures = rule_node(tree, rule.clause.place).map(figures_of).unwrap_or_default();
        for (figure, place) in &figures {
            if !words.contains(figure) {
                let stated: Vec<String> = words.iter().map(Figure::to_string).collect();
                let message = format!("条款{}的文字里没有“{figure}”", clause.id);
                let help = format!(
                    "条款里的数字是：{}",
                    if stated.is_empty() { "（无）".to_owned() } else { stated.join("、") }
                );
                report.push(Diagnostic::error("依据", message).at(*place).help(help));
            }
        }
        let declared = rule.not_rules.iter().filter_map(|text| Figure::of_value(&text.value));
        used.entry(&rule.clause.value).or_default().extend(figures.iter().map(|(figure, _)| *figure).chain(declared));
    }
    for (id, used) in used {
        let Some(clause) = policy.outline.clause(id) else { continue };
        let mut missing: Vec<Figure> =
            figures(&clause.words).into_iter().filter(|figure| !used.contains(figure)).collect();
        missing.dedup();
        let Some(rule) = policy.rules.rules.iter().find(|rule| rule.clause.value == *id) else { continue };
        for figure in missing {
            let message = format!("条款{id}写有“{figure}”，规则没有用到");
            report.push(
                Diagnostic::error("依据", message)
                    .at(rule.clause.place)
                    .help(format!("用在规则里；不是规则的，写入“非规则数字: [{figure}]”")),
            );
        }
    }
    report
}

/// Checks the names that rules use, and each standard in itself.
pub fn check_names(policy: &Policy, register: &Register) -> Report {
    let mut report = Report::default();
    for rule in &policy.rules.rules {
        for standard in &rule.standards {
            standard.check(&mut report);
        }
        if rule.standards.is_empty() {
            report.push(
                Diagnostic::error("规则", "“标准”是空的")
                    .at(rule.clause.place)
                    .help("写上给予多少；不计算金额的写“名单”或“转引”"),
            );
        }
        for quantity in rule.standards.iter().flat_map(super::Standard::quantities) {
            check_quantity(rule, quantity, &mut report);
        }
        for condition in &rule.conditions {
            check_condition(rule, condition, register, &mut report);
        }
        for limit in &rule.limits {
            if limit.amount.value.is_zero() {
                report.push(Diagnostic::error("规则", "限额是零，永远不给").at(limit.amount.place));
            }
        }
    }
    report
}

fn check_quantity(rule: &Rule, quantity: &Located<String>, report: &mut Report) {
    // What another policy asks for is named by that policy alone.
    let Some((_, known)) = Declaration::KINDS.iter().find(|(kind, _)| *kind == rule.subject.value) else { return };
    if !known.contains(&quantity.value.as_str()) {
        let message = format!("申报的“{}”里没有“{}”", rule.subject.value, quantity.value);
        report.push(
            Diagnostic::error("未知", message).at(quantity.place).help(format!("这里可以写：{}", known.join("、"))),
        );
    }
}

fn check_condition(rule: &Rule, condition: &Condition, register: &Register, report: &mut Report) {
    match &condition.kind {
        Question::Attribute(attribute) => {
            let builtin = Declaration::KINDS.iter().any(|(kind, _)| *kind == rule.subject.value);
            let elsewhere = attribute.name.value == "国家认定"
                || register
                    .enterprises
                    .values()
                    .any(|enterprise| enterprise.others.contains_key(&attribute.name.value));
            if builtin && !Enterprise::ATTRIBUTES.contains(&attribute.name.value.as_str()) && !elsewhere {
                let help = nearest(&attribute.name.value, Enterprise::ATTRIBUTES).map_or_else(
                    || format!("这里可以写：{}", Enterprise::ATTRIBUTES.join("、")),
                    |near| format!("是不是“{near}”？"),
                );
                let message = format!("企业没有“{}”这一属性", attribute.name.value);
                report.push(Diagnostic::error("未知", message).at(attribute.name.place).help(help));
            }
            if let Some(word) = attribute.some.iter().find(|word| attribute.none.contains(word)) {
                let message = format!("既要有“{word}”，又不能有“{word}”，永远不成立");
                report.push(Diagnostic::error("规则", message).at(attribute.name.place));
            }
        }
        Question::Catalogue(wanted) => match register.catalogues.get(&wanted.catalogue.value) {
            None => {
                let known = register.catalogues.keys().map(String::as_str);
                let help = nearest(&wanted.catalogue.value, known)
                    .map_or_else(|| "写 data/catalogues 里的文件名".to_owned(), |near| format!("是不是“{near}”？"));
                let message = format!("没有目录“{}”", wanted.catalogue.value);
                report.push(Diagnostic::error("引用", message).at(wanted.catalogue.place).help(help));
            }
            Some(catalogue) => {
                if let Some(column) = &wanted.column
                    && !catalogue.columns.iter().any(|known| known.name.value == column.value)
                {
                    let message = format!("目录“{}”没有“{}”这一列", catalogue.name.value, column.value);
                    report.push(Diagnostic::error("引用", message).at(column.place));
                }
            }
        },
        Question::Amount(amount) => check_quantity(rule, &amount.quantity, report),
        Question::All(conditions) | Question::Any(conditions) => {
            for condition in conditions {
                check_condition(rule, condition, register, report);
            }
        }
        Question::Not(condition) => check_condition(rule, condition, register, report),
    }
}

/// The rule in the tree whose 条款 stands at a place.
fn rule_node(tree: &Node, clause: Place) -> Option<&Node> {
    let Kind::Map(pairs) = &tree.kind else { return None };
    let (_, rules) = pairs.iter().find(|(key, _)| key.text() == Some("规则"))?;
    let Kind::List(rules) = &rules.kind else { return None };
    rules.iter().find(|rule| rule.place.start <= clause.start && clause.end <= rule.place.end)
}

/// All figures under a node, with their places.
fn figures_of(node: &Node) -> Vec<(Figure, Place)> {
    match &node.kind {
        Kind::Null => Vec::new(),
        Kind::Scalar(text) => Figure::of_value(text).map(|figure| (figure, node.place)).into_iter().collect(),
        Kind::List(items) => items.iter().flat_map(figures_of).collect(),
        Kind::Map(pairs) => {
            let of_clause =
                pairs.iter().filter(|(key, _)| key.text().is_none_or(|key| !NOT_OF_THE_CLAUSE.contains(&key)));
            of_clause.flat_map(|(_, value)| figures_of(value)).collect()
        }
    }
}
