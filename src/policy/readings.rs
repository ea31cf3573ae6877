//! 条文理解 — the readings that a policy's data chooses where the words leave a choice, and how another one is tried:
//! `四（五）7.跨档=补差`, or `就高不重复=择一` for the whole policy.

use super::Standard;
use crate::yaml::{Node, NodeKind};

/// The settings that are readings: those of the kinds of standards, and those of a whole policy.
fn questions() -> impl Iterator<Item = &'static str> {
    Standard::READINGS.iter().copied().flatten().copied().chain(["就高不重复", "方式"])
}

/// Another reading, to be tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The clause; the whole policy where there is none.
    pub clause: Option<String>,
    /// The setting.
    pub question: String,
    /// What it is set to.
    pub choice: String,
}

impl std::str::FromStr for Reading {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("“{text}”不是条文理解，应写作“四（五）7.跨档=补差”或“就高不重复=择一”");
        let (left, choice) = text.split_once(['=', '＝']).ok_or_else(bad)?;
        let (clause, question) = match left.rsplit_once('.') {
            Some((clause, question)) => (Some(clause.trim().to_owned()), question.trim()),
            None => (None, left.trim()),
        };
        if !questions().any(|known| known == question) {
            let known: Vec<&str> = questions().collect();
            return Err(format!("没有“{question}”这个可选的理解；可选的有：{}", known.join("、")));
        }
        Ok(Self { clause, question: question.to_owned(), choice: choice.trim().to_owned() })
    }
}

/// Sets a reading in the tree of `rules.yaml`, before it is decoded. Says whether anything was there to set.
pub fn set(root: &mut Node, reading: &Reading) -> bool {
    let NodeKind::Map(pairs) = &mut root.kind else { return false };
    match &reading.clause {
        None => {
            let mut set_any = false;
            for (key, value) in pairs.iter_mut().filter(|(key, _)| key.text() != Some("规则")) {
                if key.text() == Some(&reading.question) {
                    value.kind = NodeKind::Scalar(reading.choice.clone());
                    set_any = true;
                } else {
                    set_any |= replace(value, &reading.question, &reading.choice);
                }
            }
            set_any
        }
        Some(clause) => {
            let rules = pairs.iter_mut().find(|(key, _)| key.text() == Some("规则"));
            let Some((_, Node { kind: NodeKind::List(rules), .. })) = rules else { return false };
            let of_clause = |rule: &Node| match &rule.kind {
                NodeKind::Map(pairs) => {
                    pairs.iter().any(|(key, value)| key.text() == Some("条款") && value.text() == Some(clause))
                }
                _ => false,
            };
            rules
                .iter_mut()
                .filter(|rule| of_clause(rule))
                .filter_map(|rule| replace(rule, &reading.question, &reading.choice).then_some(()))
                .count()
                > 0
        }
    }
}

fn replace(node: &mut Node, question: &str, choice: &str) -> bool {
    match &mut node.kind {
        NodeKind::List(items) => {
            items.iter_mut().filter_map(|item| replace(item, question, choice).then_some(())).count() > 0
        }
        NodeKind::Map(pairs) => {
            let mut any = false;
            for (key, value) in pairs {
                if key.text() == Some(question) && matches!(value.kind, NodeKind::Scalar(_)) {
                    value.kind = NodeKind::Scalar(choice.to_owned());
                    any = true;
                } else {
                    any |= replace(value, question, choice);
                }
            }
            any
        }
        NodeKind::Null | NodeKind::Scalar(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::yaml;

    /// A reading for one clause is that clause's alone.
    #[test]
    fn a_reading_of_a_clause_leaves_the_others_as_they_are() {
        let text = "规则:\n  - { 条款: 一, 跨档: 最高档 }\n  - { 条款: 二, 跨档: 最高档, 备注: 一 }\n";
        let mut tree = yaml::parse(FileId(0), text, 0).0.unwrap();
        assert!(set(&mut tree, &"一.跨档=补差".parse().unwrap()));
        let NodeKind::Map(pairs) = &tree.kind else { panic!("no map") };
        let NodeKind::List(rules) = &pairs[0].1.kind else { panic!("no list") };
        let across = |rule: &Node| {
            let NodeKind::Map(pairs) = &rule.kind else { panic!("no rule") };
            pairs
                .iter()
                .find(|(key, _)| key.text() == Some("跨档"))
                .and_then(|(_, value)| value.text().map(str::to_owned))
        };
        assert_eq!(rules.iter().map(across).collect::<Vec<_>>(), [Some("补差".into()), Some("最高档".into())]);
        assert!(!set(&mut tree, &"三.跨档=补差".parse().unwrap()));
    }
}
