//! 改一项 — one key of a text that is a map gets another value, or goes; all else stays as it is.

use super::super::value::{Kind, Value};
use super::super::written::Written;
use super::patches::{Patches, apply, says};
use super::{Refused, changed};
use crate::source::FileId;
use crate::yaml::{self, NodeKind};

/// Gives a key of a text that is a map another value, or takes it away; all else stays as it is.
///
/// # Errors
///
/// Why it does not go in.
pub fn amend(text: &str, key: &str, value: Option<&Value>) -> Result<String, Refused> {
    let root = yaml::parse(FileId(0), text).0.ok_or(Refused::Broken)?;
    let NodeKind::Map(pairs) = &root.kind else { return Err(Refused::Shape(key.to_owned())) };
    let mut patches = Patches::of(text);
    match value {
        Some(value) => {
            let record = Value { kind: Kind::Map(vec![(key.into(), value.clone())]), at: None };
            patches.set(&root, &record, "");
        }
        None => {
            let Some((known, node)) = pairs.iter().find(|(known, _)| known.text() == Some(key)) else {
                return Ok(text.to_owned());
            };
            let start = known.place.range().start;
            let start = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
            let end = patches.line_end(node).max(known.place.range().end);
            let end = text.get(end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| end + at + 1);
            patches.done.push((start..end, Written::default()));
        }
    }
    let (fresh, _) = apply(text, patches.done);
    let (read, report) = yaml::parse(FileId(0), &fresh);
    let read = read.filter(|_| report.is_empty()).ok_or(Refused::Risk)?;
    let others = pairs.iter().filter(|(known, _)| known.text() != Some(key));
    let mut kept = others.map(|(known, node)| changed(node, known.text().and_then(|known| read.child(known))));
    let said = match (value, read.child(key)) {
        (Some(value), Some(node)) => says(node, value),
        (None, found) => found.is_none(),
        (Some(_), None) => false,
    };
    if said && kept.all(|changes| changes == 0) { Ok(fresh) } else { Err(Refused::Risk) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::text(text, None)
    }

    #[test]
    fn one_key_changes_and_all_else_stays() {
        let head = "标题: 旧的   # 注\n文种: 通知\n抄送: [甲, 乙]\n\n# 尾注\n参数:\n  年度: \"2023\"\n";
        let list = |items: &[&str]| Value { kind: Kind::List(items.iter().map(|item| text(item)).collect()), at: None };
        let amended = |key: &str, value: Option<&Value>| amend(head, key, value).unwrap();
        assert_eq!(amended("标题", Some(&text("新: 的"))), head.replace("旧的", "\"新: 的\""));
        assert_eq!(amended("文种", Some(&text("通知"))), head);
        assert_eq!(amended("抄送", Some(&list(&["丙"]))), head.replace("[甲, 乙]", "[丙]"));
        assert_eq!(amended("抄送", None), head.replace("抄送: [甲, 乙]\n", ""));
        assert_eq!(amended("参数", None), head.replace("参数:\n  年度: \"2023\"\n", ""));
        assert_eq!(amended("主送", None), head);
        assert!(amended("主送", Some(&text("各区县"))).ends_with("  年度: \"2023\"\n主送: 各区县\n"));
        assert!(matches!(amend("- 甲", "标题", None), Err(Refused::Shape(_))));
        assert!(matches!(amend("a: [", "标题", None), Err(Refused::Broken)));
    }
}
