//! 条文理解 — the readings that a policy's data chooses where the words leave a choice, and how another one is tried:
//! `四（五）7.跨档=补差`, `取整.到=万元`, or `就高不重复=择一` for the whole policy.

use super::rule::{Question, Standard};
use crate::yaml::{Node, NodeKind};

/// The questions of a whole policy.
const OF_POLICY: [Question; 4] = [
    Question { under: &[], name: "就高不重复", choices: &["补差", "择一"] },
    Question { under: &[], name: "限额分配", choices: &["依次", "按比例"] },
    Question { under: &["取整"], name: "到", choices: &["元", "百元", "千元", "万元"] },
    Question { under: &["取整"], name: "方式", choices: &["舍去", "四舍五入"] },
];

/// Another reading, to be tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The clause whose reading it is, or the key under which it stands; wherever it stands, if left out.
    pub of: Option<String>,
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
        let (of, question) = match left.rsplit_once('.') {
            Some((of, question)) => (Some(of.trim().to_owned()), question.trim()),
            None => (None, left.trim()),
        };
        Ok(Self { of, question: question.to_owned(), choice: choice.trim().to_owned() })
    }
}

/// A question that a policy's rules leave, with the answer chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// How it is asked for another answer: `四（五）7.跨档`.
    pub name: String,
    /// The answer chosen.
    pub chosen: String,
    /// The answers that there are.
    pub choices: &'static [&'static str],
}

impl std::fmt::Display for Open {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let choices = self
            .choices
            .iter()
            .map(|choice| if *choice == self.chosen { format!("{choice}（现行）") } else { (*choice).to_owned() });
        write!(f, "{}：{}", self.name, choices.collect::<Vec<_>>().join("、"))
    }
}

/// Every question that the tree of `rules.yaml` leaves, in its order.
pub fn open(root: &mut Node) -> Vec<Open> {
    let mut found = Vec::new();
    visit(root, &mut |of, question, node| {
        let name = of.into_iter().chain(question.under.last().copied()).chain([question.name]);
        let name = name.collect::<Vec<_>>().join(".");
        // Within a rule, where a setting stands is said by the clause.
        let name = of.map_or(name, |of| format!("{of}.{}", question.name));
        let written = node.child(question.name).and_then(Node::text);
        let first = question.choices.first().copied().unwrap_or_default();
        let chosen = written.unwrap_or(first).to_owned();
        let open = Open { name, chosen, choices: question.choices };
        if !found.contains(&open) {
            found.push(open);
        }
    });
    found
}

/// Sets a reading in the tree of `rules.yaml`, before it is decoded. Says whether there was such a question, with such an answer.
pub fn set(root: &mut Node, reading: &Reading) -> bool {
    let mut any = false;
    visit(root, &mut |of, question, node| {
        let meant = match reading.of.as_deref() {
            None => true,
            Some(wanted) => of.map_or(question.under.last() == Some(&wanted), |clause| clause == wanted),
        };
        if meant && question.name == reading.question && question.choices.contains(&reading.choice.as_str()) {
            node.set(question.name, &reading.choice);
            any = true;
        }
    });
    any
}

/// Calls for every question: the clause, the question, and the map in which its setting stands or would stand.
fn visit(root: &mut Node, found: &mut dyn FnMut(Option<&str>, &'static Question, &mut Node)) {
    for question in &OF_POLICY {
        descend(root, None, question, found);
    }
    let Some(rules) = root.child_mut("规则") else { return };
    for rule in rules.items_mut() {
        let Some(clause) = rule.child("条款").and_then(Node::text).map(str::to_owned) else { continue };
        let Some(standards) = rule.child_mut("标准") else { continue };
        for standard in standards.items_mut() {
            for (kind, questions) in Standard::READINGS {
                let Some(shape) = standard.child_mut(kind) else { continue };
                for question in *questions {
                    descend(shape, Some(&clause), question, found);
                }
            }
        }
    }
}

fn descend(
    node: &mut Node,
    clause: Option<&str>,
    question: &'static Question,
    found: &mut dyn FnMut(Option<&str>, &'static Question, &mut Node),
) {
    let mut node = node;
    for key in question.under {
        // What a rule does not speak of leaves no question; what a policy does not, is read as usual.
        if node.child(key).is_none() && clause.is_none() {
            node.put(key, NodeKind::Map(Vec::new()));
        }
        let Some(below) = node.child_mut(key) else { return };
        node = below;
    }
    if matches!(node.kind, NodeKind::Map(_)) {
        found(clause, question, node);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::yaml;

    const RULES: &str = "规则:
  - { 条款: 一, 标准: [{ 首次达到: { 量: 销售额, 跨档: 最高档 } }] }
  - { 条款: 二, 标准: [{ 首次达到: { 量: 跨档 } }, { 增长: { 门槛: { 达到: 1亿元 } } }], 备注: 一 }
";

    fn told(tree: &mut Node) -> Vec<String> {
        open(tree).iter().map(ToString::to_string).collect()
    }

    /// A reading for one clause is that clause's alone; what is not written is set too.
    #[test]
    fn every_question_has_its_answers() {
        let mut tree = yaml::parse(FileId(0), RULES).0.unwrap();
        let usual = [
            "就高不重复：补差（现行）、择一",
            "限额分配：依次（现行）、按比例",
            "取整.到：元（现行）、百元、千元、万元",
            "取整.方式：舍去（现行）、四舍五入",
            "一.跨档：最高档（现行）、逐档、补差",
            "一.首次证据：不要求（现行）、要求上年数据、台账",
            "二.跨档：最高档（现行）、逐档、补差",
            "二.首次证据：不要求（现行）、要求上年数据、台账",
            "二.门槛年度：申报年度（现行）、上年度、两年均",
        ];
        assert_eq!(told(&mut tree), usual);
        for (reading, line) in [
            ("二.跨档=补差", "二.跨档：最高档、逐档、补差（现行）"),
            ("取整.到=万元", "取整.到：元、百元、千元、万元（现行）"),
            ("方式=四舍五入", "取整.方式：舍去、四舍五入（现行）"),
            ("首次证据=台账", "一.首次证据：不要求、要求上年数据、台账（现行）"),
        ] {
            assert!(set(&mut tree, &reading.parse().unwrap()), "{reading}");
            assert!(told(&mut tree).contains(&line.to_owned()), "{:?}", told(&mut tree));
        }
        assert!(told(&mut tree).contains(&usual[4].to_owned()));
        for wrong in ["三.跨档=补差", "一.跨挡=补差", "一.跨档=两档", "一.方式=舍去"] {
            assert!(!set(&mut tree, &wrong.parse().unwrap()), "{wrong}");
        }
    }
}
