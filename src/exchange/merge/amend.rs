//! 改一项 — one thing of a text that is a map gets another value, or goes; all else stays as it is.

use std::collections::BTreeSet;

use super::super::value::{Kind, Value};
use super::super::written::Written;
use super::patches::{Patches, apply, says};
use super::{Refused, changed};
use crate::source::FileId;
use crate::yaml::{self, Node, NodeKind};

/// The step of a path that stands for one more item of a list.
pub const ONE_MORE: &str = "+";

/// Gives what stands at a path another value, or takes it away; all else stays as it is. A step is a key, the number of an item of a
/// list (from 0), or [`ONE_MORE`]. Of a text that says nothing yet a map is made.
///
/// # Errors
///
/// Why it does not go in.
pub fn amend(text: &str, path: &[&str], value: Option<&Value>) -> Result<String, Refused> {
    let is_silent = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    if text.lines().all(is_silent) {
        return begun(text, path, value);
    }
    let old = yaml::parse(FileId(0), text).0.ok_or(Refused::Broken)?;
    let mut patches = Patches::of(text);
    set(&mut patches, &old, path, value)?;
    let (fresh, _) = apply(text, patches.done);
    let (new, report) = yaml::parse(FileId(0), &fresh);
    let new = new.filter(|_| report.is_empty()).ok_or(Refused::Risk)?;
    if is_as_meant(&old, Some(&new), path, value) { Ok(fresh) } else { Err(Refused::Risk) }
}

/// A text that said nothing says this.
fn begun(text: &str, path: &[&str], value: Option<&Value>) -> Result<String, Refused> {
    let Some(value) = value else { return Ok(text.to_owned()) };
    let Kind::Map(pairs) = within(path, value).kind else { return Err(Refused::Shape(path.join(" "))) };
    let mut written = Written::default();
    for (key, value) in &pairs {
        written.pair(key, value, 0);
        written.text.push('\n');
    }
    let before = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    Ok(format!("{text}{before}{}", written.text))
}

/// A value below the keys that lead to it.
fn within(path: &[&str], value: &Value) -> Value {
    path.iter().rev().fold(value.clone(), |value, step| {
        let kind = if *step == ONE_MORE { Kind::List(vec![value]) } else { Kind::Map(vec![((*step).into(), value)]) };
        Value { kind, at: None }
    })
}

/// Makes what stands at a path say it.
fn set(patches: &mut Patches<'_>, node: &Node, path: &[&str], value: Option<&Value>) -> Result<(), Refused> {
    let shape = || Refused::Shape(path.join(" "));
    let (step, rest) = path.split_first().ok_or_else(shape)?;
    match (&node.kind, rest) {
        (NodeKind::List(_) | NodeKind::Null, _) if *step == ONE_MORE => {
            patches.append(node, &value.map(|value| within(rest, value)).iter().collect::<Vec<_>>());
            Ok(())
        }
        (NodeKind::List(items), _) => {
            let item = step.parse::<usize>().ok().and_then(|at| items.get(at)).ok_or_else(shape)?;
            match value {
                None if rest.is_empty() => patches.remove(node, &BTreeSet::from([item.place]), false),
                Some(value) if rest.is_empty() => patches.set(item, value, ""),
                _ => set(patches, item, rest, value)?,
            }
            Ok(())
        }
        (NodeKind::Map(pairs), _) => {
            let known = pairs.iter().find(|(known, _)| known.text() == Some(step));
            match (known, value) {
                // With the last key of a map the map goes.
                (Some((_, inner)), None) if is_emptied(inner, rest) => return set(patches, node, &[step], None),
                (Some((_, inner)), _) if !rest.is_empty() => {
                    set(patches, inner, rest, value)?;
                }
                (None, None) => {}
                (_, value) => {
                    let gone = Value { kind: Kind::Gone, at: None };
                    let record = Value {
                        kind: Kind::Map(vec![((*step).into(), within(rest, value.unwrap_or(&gone)))]),
                        at: None,
                    };
                    patches.set(node, &record, "");
                }
            }
            Ok(())
        }
        (NodeKind::Null, _) => {
            if let Some(value) = value {
                patches.set(node, &within(path, value), "");
            }
            Ok(())
        }
        _ => Err(shape()),
    }
}

/// Whether a map is empty once what stands at the path is taken away.
fn is_emptied(node: &Node, path: &[&str]) -> bool {
    match (&node.kind, path) {
        (NodeKind::Map(pairs), [step, rest @ ..]) => {
            let only =
                |(key, inner): &(Node, Node)| key.text() == Some(step) && (rest.is_empty() || is_emptied(inner, rest));
            matches!(pairs.as_slice(), [pair] if only(pair))
        }
        _ => false,
    }
}

/// Whether what stands at the path says the value, and all else what it said.
fn is_as_meant(old: &Node, new: Option<&Node>, path: &[&str], value: Option<&Value>) -> bool {
    let Some((step, rest)) = path.split_first() else {
        return match (value, new) {
            (Some(value), Some(new)) => says(new, value),
            (None, new) => new.is_none(),
            (Some(_), None) => false,
        };
    };
    let same = |old: &Node, new: Option<&Node>| new.is_some() && changed(old, new) == 0;
    match (&old.kind, new.map(|new| &new.kind)) {
        (NodeKind::Map(before), Some(NodeKind::Map(_))) => {
            let now = |key: &Node| key.text().and_then(|key| new?.child(key));
            let others = before.iter().filter(|(key, _)| key.text() != Some(step));
            let known = before.iter().find(|(key, _)| key.text() == Some(step));
            let said = match known {
                Some((key, old)) => is_as_meant(old, now(key), rest, value),
                None => match (value, new.and_then(|new| new.child(step))) {
                    (Some(value), Some(new)) => says(new, &within(rest, value)),
                    (value, new) => value.is_none() && new.is_none(),
                },
            };
            said && others.map(|(key, old)| (old, now(key))).all(|(old, new)| same(old, new))
        }
        (NodeKind::Map(_), None) => value.is_none() && is_emptied(old, path),
        (NodeKind::List(before), Some(NodeKind::List(after))) => {
            let at = if *step == ONE_MORE { before.len() } else { step.parse().unwrap_or(usize::MAX) };
            let gone = value.is_none() && rest.is_empty();
            let others = before.iter().enumerate().filter(|(other, _)| *other != at);
            let moved = |other: usize| if gone && other > at { other - 1 } else { other };
            let said = match before.get(at) {
                _ if gone => after.len() + 1 == before.len(),
                Some(old) => after.len() == before.len() && is_as_meant(old, after.get(at), rest, value),
                None => value.zip(after.get(at)).is_some_and(|(value, new)| says(new, &within(rest, value))),
            };
            said && others.map(|(other, old)| (old, after.get(moved(other)))).all(|(old, new)| same(old, new))
        }
        (NodeKind::Null, Some(_)) => value.zip(new).is_some_and(|(value, new)| says(new, &within(path, value))),
        _ => false,
    }
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
        let amended = |key: &str, value: Option<&Value>| amend(head, &[key], value).unwrap();
        assert_eq!(amended("标题", Some(&text("新: 的"))), head.replace("旧的", "\"新: 的\""));
        assert_eq!(amended("文种", Some(&text("通知"))), head);
        assert_eq!(amended("抄送", Some(&list(&["丙"]))), head.replace("[甲, 乙]", "[丙]"));
        assert_eq!(amended("抄送", None), head.replace("抄送: [甲, 乙]\n", ""));
        assert_eq!(amended("参数", None), head.replace("参数:\n  年度: \"2023\"\n", ""));
        assert_eq!(amended("主送", None), head);
        assert!(amended("主送", Some(&text("各区县"))).ends_with("  年度: \"2023\"\n主送: 各区县\n"));
        assert!(matches!(amend("- 甲", &["标题"], None), Err(Refused::Shape(_))));
        assert!(matches!(amend("a: [", &["标题"], None), Err(Refused::Broken)));
    }

    #[test]
    fn what_stands_deeper_changes_alone_too() {
        let file = "# 头\n机关:\n  全称: 甲   # 注\n  传真: \"1\"\n公开范围: { 奖励: 名单, 其他: 一 }\n核减:\n  # 一\n  - 政策: a\n    方法: 同比例\n  - { 政策: b, 方法: { 名单: [] } }\n词表: []\n";
        let amended = |path: &[&str], value: Option<&Value>| amend(file, path, value).unwrap();
        let one = |from: &str, to: &str| file.replace(from, to);
        let map = |pairs: &[(&str, &str)]| Value {
            kind: Kind::Map(pairs.iter().map(|(key, value)| ((*key).into(), text(value))).collect()),
            at: None,
        };
        assert_eq!(amended(&["机关", "全称"], Some(&text("乙"))), one("甲   # 注", "乙   # 注"));
        assert_eq!(amended(&["机关", "传真"], None), one("  传真: \"1\"\n", ""));
        assert_eq!(amended(&["机关", "邮箱"], Some(&text("a@b"))), one("\"1\"\n", "\"1\"\n  邮箱: \"a@b\"\n"));
        assert_eq!(amended(&["网站", "域名"], Some(&text("a.b"))), format!("{file}网站:\n  域名: a.b\n"));
        assert_eq!(amended(&["公开范围", "奖励"], None), one("奖励: 名单, ", ""));
        assert_eq!(amended(&["公开范围"], None), one("公开范围: { 奖励: 名单, 其他: 一 }\n", ""));
        assert_eq!(amended(&["核减", "0", "政策"], Some(&text("c"))), one("政策: a", "政策: c"));
        assert_eq!(amended(&["核减", "1", "方法"], Some(&text("同比例"))), one("方法: { 名单: [] }", "方法: 同比例"));
        let cut = map(&[("企业", "甲"), ("减至", "1万元")]);
        assert_eq!(
            amended(&["核减", "1", "方法", "名单", ONE_MORE], Some(&cut)),
            one("名单: []", "名单: [{ 企业: 甲, 减至: 1万元 }]")
        );
        assert_eq!(amended(&["核减", "1"], None), one("  - { 政策: b, 方法: { 名单: [] } }\n", ""));
        assert_eq!(amended(&["核减", ONE_MORE], Some(&map(&[("政策", "c")]))), one("词表", "  - 政策: c\n词表"));
        assert_eq!(amended(&["词表", ONE_MORE], Some(&text("铝"))), one("词表: []", "词表:\n  - 铝"));
        for path in [&["核减", "2", "政策"][..], &["机关", "全称", "字"], &["核减", "政策"]] {
            assert!(matches!(amend(file, path, Some(&text("x"))), Err(Refused::Shape(_) | Refused::Risk)), "{path:?}");
        }
        for before in ["", "# 头\n", "# 头"] {
            let fresh = amend(before, &["核减", ONE_MORE], Some(&map(&[("政策", "c")]))).unwrap();
            assert!(fresh.starts_with(before) && fresh.ends_with("核减:\n  - 政策: c\n"), "{fresh}");
        }
    }
}
