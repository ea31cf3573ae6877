//! 看不见的字 in what was read: told at the character, before anything is compared or printed.

use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Place};
use crate::unseen::unseen;
use crate::yaml::{Node, NodeKind};

/// How many are told of one file.
const TOLD: usize = 20;

/// What of a text of the workspace nobody can see.
pub(super) fn in_text(file: FileId, text: &str) -> Vec<Diagnostic> {
    unseen(text).take(TOLD).map(|(range, what)| finding(Place::new(file, range), &what)).collect()
}

/// What of the values of a tree nobody can see, though the text that wrote them (`"\\u200b"`) can be seen.
pub(super) fn escaped(tree: &Node, text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut nodes = vec![tree];
    while let Some(node) = nodes.pop() {
        match &node.kind {
            NodeKind::Null => {}
            NodeKind::List(items) => nodes.extend(items),
            NodeKind::Map(pairs) => nodes.extend(pairs.iter().flat_map(|(key, value)| [key, value])),
            NodeKind::Scalar(value) => {
                let written = text.get(node.place.range()).unwrap_or_default();
                if let Some((_, what)) = unseen(value).next()
                    && unseen(written).next().is_none()
                {
                    found.push(finding(node.place, &what));
                }
            }
        }
        if found.len() == TOLD {
            break;
        }
    }
    found
}

fn finding(place: Place, what: &str) -> Diagnostic {
    Diagnostic::error(Code::Value, format!("这里有看不见的字：{what}"))
        .at(place)
        .help("删去它，照着重新打一遍：看起来一样的名称会因它对不上，后面的字也可能印反；从网页复制来的字常带着它")
}
