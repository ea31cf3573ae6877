//! 差异 — what the data would now make of an issued document, line by line: paragraphs, rows of tables, amounts.

use similar::{ChangeTag, TextDiff};

use crate::diag::{Code, Diagnostic};
use crate::document::{Block, Document, lines};

/// How many lines a finding quotes of each side.
const QUOTED: usize = 6;

/// The lines that two texts do not share: `-` as issued, `+` as the data say now. Empty where they read alike.
fn different(before: &[String], after: &[String]) -> Vec<String> {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.iter().map(String::as_str).collect(), after.iter().map(String::as_str).collect());
    let diff = TextDiff::from_slices(&before, &after);
    let changes = diff.iter_all_changes().filter_map(|change| match change.tag() {
        ChangeTag::Equal => None,
        ChangeTag::Delete => Some(format!("- {}", change.value())),
        ChangeTag::Insert => Some(format!("+ {}", change.value())),
    });
    changes.collect()
}

/// The finding that an issued document, and the rules that were issued with it, would read otherwise now; `None` where they would not.
#[must_use]
pub fn finding(issued: &Document, rules: &[Block], now: (&Document, &[Block])) -> Option<Diagnostic> {
    let text = |document: &Document, rules: &[Block]| [document.words(), lines(rules)].concat();
    let lines = different(&text(issued, rules), &text(now.0, now.1));
    if lines.is_empty() {
        return None;
    }
    let mut shown: Vec<&str> = lines.iter().take(QUOTED).map(String::as_str).collect();
    let rest = format!("……另有{}处", lines.len().saturating_sub(QUOTED));
    if lines.len() > QUOTED {
        shown.push(&rest);
    }
    let message =
        format!("《{}》已印发，按现在的数据会是另一个样子（- 已印发，+ 现在）：\n{}", issued.title, shown.join("\n"));
    let help =
        format!("已印发的不会变。要改，用 hongtou issue {} --correct “说明” 更正；数据改错了，就改回来", issued.slug);
    Some(Diagnostic::warning(Code::Issued, message).help(help))
}
