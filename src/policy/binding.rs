//! 对照 — rules against the words that they come from: every rule belongs to a clause, every figure of a rule stands in its
//! clause, every figure of the clause is used or declared not to be a rule.

use std::collections::BTreeMap;

use super::figure::{Figure, figures};
use super::{Part, Policy, Rule, Rules};
use crate::diag::{Code, Diagnostic, Report};
use crate::document::ClauseId;
use crate::source::Place;
use crate::yaml::{Node, NodeKind};

/// Keys of a rule whose values are not figures of the clause: what a later notice set, and what is declared to be no rule.
const NOT_OF_THE_CLAUSE: [&str; 8] = ["年度通知", "非规则数字", "推定数字", "条款", "事项", "材料", "说明", "目录"];

/// What a text has that is an expression.
const SIGNS: [char; 12] = ['×', '÷', '+', '−', '(', '（', '≥', '≤', '>', '<', '=', '*'];

/// Notes in each rule the figures that it states; `tree` is the tree of `rules.yaml`.
pub fn note_figures(rules: &mut Rules, tree: &Node) {
    // What a definition states is stated by the rules that use it.
    let of_definitions = |rule: &Rule| -> Vec<(Figure, Place)> {
        let used = rule.expressions().flat_map(|expression| expression.definitions(rules));
        used.flat_map(|used| figures(&used.text).into_iter().map(|figure| (figure, used.place))).collect()
    };
    let noted: Vec<Vec<(Figure, Place)>> = rules
        .rules
        .iter()
        .map(|rule| {
            let mut noted = rule_node(tree, rule.clause.place).map(figures_of).unwrap_or_default();
            noted.extend(of_definitions(rule));
            noted
        })
        .collect();
    for (rule, figures) in rules.rules.iter_mut().zip(noted) {
        rule.figures = figures;
    }
}

/// Checks the rules of a policy against its words, once their figures are noted.
pub fn bind(policy: &Policy) -> Report {
    let mut report = Report::default();
    let mut used: BTreeMap<&ClauseId, Vec<Figure>> = BTreeMap::new();
    for rule in &policy.rules.rules {
        // A clause that is not there is found with the names.
        let Some(clause) = policy.clause(rule) else { continue };
        let words = figures(&clause.words);
        let derived: Vec<Figure> = rule.derived.keys().filter_map(|text| Figure::of_value(text)).collect();
        for (figure, place) in
            rule.figures.iter().filter(|(figure, _)| !derived.contains(figure) && !figure.is_nothing())
        {
            check_figure(*figure, *place, &clause.id, &words, &mut report);
        }
        let declared = rule.not_rules.iter().filter_map(|text| Figure::of_value(&text.value));
        used.entry(&rule.clause.value)
            .or_default()
            .extend(rule.figures.iter().map(|(figure, _)| *figure).chain(declared).chain(ratio(policy.parts(rule))));
    }
    for joint in &policy.rules.joint {
        if let Some(clause) = policy.outline.clause(&joint.basis.value) {
            let figure = Figure::Money(joint.amount.value);
            check_figure(figure, joint.amount.place, &clause.id, &figures(&clause.words), &mut report);
            used.entry(&joint.basis.value).or_default().push(figure);
        }
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
                Diagnostic::error(Code::Basis, message)
                    .at(rule.clause.place)
                    .help(format!("用在规则里；不是规则的，写入“非规则数字: [{figure}]”")),
            );
        }
    }
    report
}

/// What two levels pay, one to the other, as a clause says it: 6:4.
fn ratio(parts: &[Part]) -> Option<Figure> {
    let [one, other] = parts else { return None };
    Some(Figure::Ratio(one.parts.into(), other.parts.into()))
}

/// A figure of a rule must stand in the words of its clause.
fn check_figure(figure: Figure, place: Place, clause: &ClauseId, words: &[Figure], report: &mut Report) {
    if !words.contains(&figure) {
        let stated: Vec<String> = words.iter().map(Figure::to_string).collect();
        let stated = if stated.is_empty() { "（无）".to_owned() } else { stated.join("、") };
        let message = format!("条款{clause}的文字里没有“{figure}”");
        let help = format!("条款里的数字是：{stated}；由它们推出来的，写“推定数字: {{ {figure}: 怎样推出 }}”");
        report.push(Diagnostic::error(Code::Basis, message).at(place).help(help));
    }
}

/// The rule in the tree whose 条款 stands at a place.
fn rule_node(tree: &Node, clause: Place) -> Option<&Node> {
    let NodeKind::Map(pairs) = &tree.kind else { return None };
    let (_, rules) = pairs.iter().find(|(key, _)| key.text() == Some("规则"))?;
    let NodeKind::List(rules) = &rules.kind else { return None };
    rules.iter().find(|rule| rule.place.start <= clause.start && clause.end <= rule.place.end)
}

/// All figures under a node, with their places.
pub(super) fn figures_of(node: &Node) -> Vec<(Figure, Place)> {
    match &node.kind {
        NodeKind::Null => Vec::new(),
        NodeKind::Scalar(text) => match Figure::of_value(text) {
            Some(figure) => vec![(figure, node.place)],
            // The figures of an expression; words have none.
            None if text.contains(SIGNS) || text.contains(' ') => {
                figures(text).into_iter().map(|figure| (figure, node.place)).collect()
            }
            None => Vec::new(),
        },
        NodeKind::List(items) => items.iter().flat_map(figures_of).collect(),
        NodeKind::Map(pairs) => {
            let of_clause =
                pairs.iter().filter(|(key, _)| key.text().is_none_or(|key| !NOT_OF_THE_CLAUSE.contains(&key)));
            of_clause.flat_map(|(_, value)| figures_of(value)).collect()
        }
    }
}
