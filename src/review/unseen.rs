//! 看不见的字 in what is printed, however it came there: an entity of the text, a value of a template.

use crate::diag::{Code, Diagnostic};
use crate::document::Document;
use crate::unseen::unseen;

pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let words = document.words();
    let found = words.iter().find_map(|line| Some((line, unseen(line).next()?)));
    let finding = found.map(|(line, (at, what))| {
        let before: String = line.get(..at.start).unwrap_or_default().chars().rev().take(12).collect();
        let before: String = before.chars().rev().collect();
        Diagnostic::error(Code::Value, format!("“{before}”后面有看不见的字：{what}")).help("删去它，照着重新打一遍")
    });
    finding.into_iter().collect()
}
