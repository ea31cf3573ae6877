//! 写回 — records go into a data file that people wrote: values that differ are changed where they stand, what is new is added behind what is
//! there; comments, order and style of all else stay as they are. Afterwards the file is read again: what was not meant to change
//! has not, or nothing is written.

mod amend;
mod patches;
mod removed;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::value::Value;
use super::workbook::At;
use crate::source::{FileId, Place};
use crate::yaml::{self, Node, NodeKind};

use patches::{Patches, apply, shown_node, without};

pub use amend::{ONE_MORE, amend};
pub use patches::{is_same, shown};

/// A data file with the records in it.
#[derive(Debug, Clone)]
pub struct Merged {
    /// The text.
    pub text: String,
    /// Which stretch of it came from which cell.
    pub origins: Vec<(Range<usize>, At)>,
    /// What is different.
    pub changes: Vec<Change>,
    /// What was to be taken out and is not there: whose, which item, the cell.
    pub missed: Vec<(String, Option<At>)>,
}

/// One difference between the file and the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whose, by what tells records apart.
    pub record: String,
    /// Which item, from the record on: 产品 高强铝箔 销售额 2024; empty for a whole record, which is new or taken out.
    pub field: String,
    /// What stood there; `None` where nothing did.
    pub old: Option<String>,
    /// What stands there now; empty for a record that is new, and for what was taken out.
    pub new: String,
    /// The cell.
    pub at: Option<At>,
}

/// Why records do not go into a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It cannot be read as it is.
    #[error("文件本身有错误，先改正它")]
    Broken,
    /// It has not the shape that it should have.
    #[error("文件里没有“{0}”的列表")]
    Shape(String),
    /// Something else would have changed with it.
    #[error("这个文件的写法特殊，改不了而不动别处；请手工改")]
    Risk,
}

/// Where the records of a file stand, and what tells them apart.
#[derive(Debug, Clone, Copy)]
pub struct Home<'a> {
    /// The key of the list; `None` where the file is the list.
    pub list: Option<&'a str>,
    /// The key by which a record is known; `None` where each is added.
    pub key: Option<&'a str>,
    /// What else a record may be known by: former names with those of today.
    pub aliases: &'a BTreeMap<String, String>,
}

impl Home<'_> {
    /// What tells a record from others today.
    fn today<'t>(&'t self, id: &'t str) -> &'t str {
        self.aliases.get(id).map_or(id, String::as_str)
    }
}

/// Records, and where in a file they go.
pub type Part<'a> = (Home<'a>, Vec<&'a Value>);

/// Puts records into the text of a file, each part into its own list.
///
/// # Errors
///
/// Why they do not go in.
pub fn merge(text: &str, parts: &[Part<'_>]) -> Result<Merged, Refused> {
    let root = yaml::parse(FileId(0), text).0.ok_or(Refused::Broken)?;
    let Patches { done, changes, removed, missed, .. } = compare(text, &root, parts)?;
    let (fresh, origins) = apply(text, done);
    is_safe(&root, &fresh, parts, &changes, &removed)?;
    Ok(Merged { text: fresh, origins, changes, missed })
}

/// What has to be different in a file so that it says what the records say.
fn compare<'a>(text: &'a str, root: &Node, parts: &[Part<'_>]) -> Result<Patches<'a>, Refused> {
    let mut patches = Patches::of(text);
    for (home, records) in parts {
        compare_part(&mut patches, root, home, records)?;
    }
    Ok(patches)
}

fn compare_part(patches: &mut Patches<'_>, root: &Node, home: &Home<'_>, records: &[&Value]) -> Result<(), Refused> {
    let list = match home.list {
        Some(key) => root.child(key).ok_or_else(|| Refused::Shape(key.to_owned()))?,
        None => root,
    };
    let items: &[Node] = match &list.kind {
        NodeKind::List(items) => items,
        NodeKind::Null => &[],
        _ => return Err(Refused::Shape(home.list.unwrap_or_default().to_owned())),
    };
    let mut known: BTreeMap<&str, &Node> = BTreeMap::new();
    for item in items {
        if let Some(id) = home.key.and_then(|key| item.child(key)).and_then(Node::text) {
            known.entry(home.today(id)).or_insert(item);
        }
    }
    let mut fresh: Vec<Cow<'_, Value>> = Vec::new();
    let mut gone = BTreeSet::new();
    for &record in records {
        let id = home.key.and_then(|key| record.get(key)).and_then(Value::as_text);
        patches.record = id.map_or_else(|| shown(record), str::to_owned);
        match id.and_then(|id| known.get(home.today(id))) {
            known if record.removes() => patches.gone(known.copied(), record, "", &mut gone),
            Some(node) => patches.set(node, &without(record, home.key.as_slice()), ""),
            None => {
                let missed = patches.missed.len();
                record.pairs().iter().for_each(|(key, value)| patches.lacks(key, value));
                let whole = record.present();
                // What is only struck out of is none that is new.
                if patches.missed.len() > missed && whole.as_ref().is_none_or(|whole| whole.pairs().len() <= 1) {
                    continue;
                }
                let (whose, at) = (patches.record.clone(), record.at.clone());
                let (field, new) = (String::new(), String::new());
                patches.changes.push(Change { record: whose, field, old: None, new, at });
                fresh.extend(whole);
            }
        }
    }
    patches.remove(list, &gone, !fresh.is_empty());
    patches.append(list, &fresh.iter().map(AsRef::as_ref).collect::<Vec<_>>());
    Ok(())
}

/// How many values of an old tree are something else in a new one; a list of words is one value.
fn changed(old: &Node, new: Option<&Node>) -> usize {
    let Some(new) = new else { return 1 };
    match (&old.kind, &new.kind) {
        (NodeKind::Null, _) => 0,
        (NodeKind::Scalar(one), NodeKind::Scalar(other)) => usize::from(one != other),
        (NodeKind::List(one), NodeKind::List(_)) if one.iter().any(|item| item.text().is_some()) => {
            usize::from(shown_node(old) != shown_node(new))
        }
        (NodeKind::List(one), NodeKind::List(other)) => {
            one.iter().enumerate().map(|(index, item)| changed(item, other.get(index))).sum()
        }
        (NodeKind::Map(one), NodeKind::Map(_)) => {
            one.iter().map(|(key, value)| changed(value, key.text().and_then(|key| new.child(key)))).sum()
        }
        _ => 1,
    }
}

/// Reads the new text: it says what the records say, and no more of the old tree has changed than was meant to.
fn is_safe(
    old: &Node,
    text: &str,
    parts: &[Part<'_>],
    changes: &[Change],
    removed: &BTreeSet<Place>,
) -> Result<(), Refused> {
    let (fresh, report) = yaml::parse(FileId(0), text);
    let fresh = fresh.filter(|_| report.is_empty()).ok_or(Refused::Risk)?;
    let meant = changes.iter().filter(|change| change.old.is_some()).count().saturating_sub(removed.len());
    let kept = if removed.is_empty() { Cow::Borrowed(old) } else { Cow::Owned(old.without_items(removed)) };
    // A record that is known by nothing is new each time; one that stands twice says two things.
    let twice = |(home, records): &Part<'_>| {
        let ids: BTreeSet<&str> = records.iter().filter_map(|record| record.get(home.key?)?.as_text()).collect();
        ids.len() < records.len()
    };
    let said = parts.iter().any(twice) || compare(text, &fresh, parts)?.changes.is_empty();
    if said && changed(&kept, Some(&fresh)) <= meant { Ok(()) } else { Err(Refused::Risk) }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::head::folded;
    use super::super::value::Kind;
    use super::*;

    const FILE: &str = "# 头\n年度: 2025\n申报:\n  - 企业: 甲          # 甲的注\n    收入: { 2023: 1万元, 2025: 3亿元 }   # 两年\n    产品:\n      - 名称: 板\n        目录: [A, B]\n      # 箔的注\n      - { 名称: 箔, 目录: C }\n\n  # 乙的注\n  - 企业: 乙\n    产品: []\n# 尾\n";
    static NONE: BTreeMap<String, String> = BTreeMap::new();
    const HOME: Home<'_> = Home { list: Some("申报"), key: Some("企业"), aliases: &NONE };

    fn text(text: &str) -> Value {
        Value::text(text, None)
    }

    fn map(pairs: &[(&str, Value)]) -> Value {
        Value { kind: Kind::Map(pairs.iter().map(|(key, value)| ((*key).into(), value.clone())).collect()), at: None }
    }

    fn list(items: &[Value]) -> Value {
        Value { kind: Kind::List(items.to_vec()), at: None }
    }

    #[test]
    fn only_what_differs_is_written() {
        let product = |name: &str, entry: &str| map(&[("名称", text(name)), ("目录", text(entry))]);
        let record = map(&[
            ("企业", text("甲")),
            ("收入", map(&[("2023", text("10000元")), ("2024", text("2万元")), ("2025", text("3.5亿元"))])),
            ("产品", list(&[product("箔", "D"), product("带", "E")])),
        ]);
        let other = map(&[
            ("企业", text("乙")),
            ("产品", list(&[product("粉", "F")])),
            ("环保", map(&[("费用", map(&[("2025", text("1元"))]))])),
        ]);
        let third = map(&[("企业", text("丙: #1")), ("是否", text("否"))]);
        let merged = merge(FILE, &[(HOME, vec![&record, &other, &third])]).unwrap();
        let wanted = "# 头\n年度: 2025\n申报:\n  - 企业: 甲          # 甲的注\n    收入: { 2023: 1万元, 2024: 2万元, 2025: 3.5亿元 }   # 两年\n    产品:\n      - 名称: 板\n        目录: [A, B]\n      # 箔的注\n      - { 名称: 箔, 目录: D }\n      - 名称: 带\n        目录: E\n\n  # 乙的注\n  - 企业: 乙\n    产品:\n      - 名称: 粉\n        目录: F\n    环保:\n      费用: { 2025: 1元 }\n  - 企业: \"丙: #1\"\n    是否: 否\n# 尾\n";
        assert_eq!(merged.text, wanted);
        assert_eq!(merged.changes.len(), 7, "{:#?}", merged.changes);
        let again = merge(&merged.text, &[(HOME, vec![&record, &other, &third])]).unwrap();
        assert_eq!((again.text.as_str(), again.changes.len()), (wanted, 0));
    }

    #[test]
    fn what_was_emptied_is_taken_out_and_nothing_else() {
        let gone = || Value { kind: Kind::Gone, at: None };
        let figures = |pairs: &[(&str, Value)]| map(&[("企业", text("甲")), ("收入", map(pairs))]);
        let merged = |record: &Value| merge(FILE, &[(HOME, vec![record])]).unwrap();
        let one = |from: &str, to: &str| FILE.replace(from, to);
        let both = "    收入: { 2023: 1万元, 2025: 3亿元 }   # 两年\n";
        for (pairs, wanted) in [
            (vec![("2023", gone())], one("2023: 1万元, ", "")),
            (vec![("2025", gone())], one(", 2025: 3亿元", "")),
            (vec![("2023", gone()), ("2024", text("1万元"))], one("2023: 1万元", "2024: 1万元")),
            (vec![("2025", gone()), ("2024", text("3亿元"))], one("2025: 3亿元", "2024: 3亿元")),
            (vec![("2023", gone()), ("2025", gone())], one(both, "")),
            (vec![("2024", gone())], FILE.to_owned()),
        ] {
            assert_eq!(merged(&figures(&pairs)).text, wanted, "{pairs:?}");
        }
        let product = |name: &str| map(&[("名称", text(name)), ("目录", gone())]);
        let products = map(&[("企业", text("甲")), ("产品", list(&[product("板"), product("箔")])), ("无", gone())]);
        let done = merged(&products);
        assert_eq!(done.text, one("        目录: [A, B]\n", "").replace(", 目录: C }", " }"));
        assert_eq!(
            done.changes[0],
            Change {
                record: "甲".to_owned(),
                field: "产品 板 目录".to_owned(),
                old: Some("A、B".to_owned()),
                new: String::new(),
                at: None
            }
        );
        let windows = merge(&FILE.replace('\n', "\r\n"), &[(HOME, vec![&products])]).unwrap();
        assert_eq!(windows.text, done.text.replace('\n', "\r\n"));
    }

    /// Records and things in them are taken out with their lines and the remarks right above them; all else stays.
    #[test]
    fn what_is_struck_out_goes_with_its_lines() {
        let struck = |value: Value| {
            let mut value = value;
            value.remove(None);
            value
        };
        let record = |name: &str| struck(map(&[("企业", text(name))]));
        let products = |names: &[&str]| {
            let items: Vec<Value> = names.iter().map(|name| struck(map(&[("名称", text(name))]))).collect();
            map(&[("企业", text("甲")), ("产品", list(&items))])
        };
        let first = "  - 企业: 甲          # 甲的注\n    收入: { 2023: 1万元, 2025: 3亿元 }   # 两年\n    产品:\n      - 名称: 板\n        目录: [A, B]\n      # 箔的注\n      - { 名称: 箔, 目录: C }\n";
        let own = "    产品:\n      - 名称: 板\n        目录: [A, B]\n      # 箔的注\n      - { 名称: 箔, 目录: C }\n";
        for (record, from, to) in [
            (record("甲"), first, ""),
            (record("乙"), "  # 乙的注\n  - 企业: 乙\n    产品: []\n", ""),
            (products(&["板"]), "      - 名称: 板\n        目录: [A, B]\n", ""),
            (products(&["箔"]), "      # 箔的注\n      - { 名称: 箔, 目录: C }\n", ""),
            (products(&["箔", "板"]), own, "    产品: []\n"),
        ] {
            for end in ["\n", "\r\n"] {
                let [file, from, to] = [FILE, from, to].map(|text| text.replace('\n', end));
                let merged = merge(&file, &[(HOME, vec![&record])]).unwrap();
                assert_eq!(merged.text, file.replace(&from, &to));
                assert!(merged.changes.iter().all(|change| change.old.is_some() && change.new.is_empty()));
                let again = merge(&merged.text, &[(HOME, vec![&record])]).unwrap();
                assert_eq!((again.text, again.missed.len()), (merged.text, merged.changes.len()));
            }
        }
        // Of what is not there nothing is written for it to be struck out of.
        let unknown = Value {
            kind: Kind::Map(vec![
                ("企业".into(), text("丁")),
                ("产品".into(), products(&["板"]).get("产品").unwrap().clone()),
            ]),
            at: None,
        };
        let lacking = map(&[("企业", text("乙")), ("项目", products(&["板"]).get("产品").unwrap().clone())]);
        for record in [unknown, lacking, products(&["没有的"])] {
            let merged = merge(FILE, &[(HOME, vec![&record])]).unwrap();
            assert_eq!((merged.text.as_str(), merged.changes.len(), merged.missed.len()), (FILE, 0, 1));
        }
        // What is said beside it is written.
        let mut partly = map(&[("企业", text("丁")), ("额", text("1万元"))]);
        partly.put("产品", products(&["板"]).get("产品").unwrap().clone());
        let merged = merge(FILE, &[(HOME, vec![&partly])]).unwrap();
        assert!(merged.text.contains("  - 企业: 丁\n    额: 1万元\n# 尾"), "{}", merged.text);
        assert_eq!((merged.changes.len(), merged.missed.len()), (1, 1));
        let both = [record("甲"), record("乙")];
        let merged = merge(FILE, &[(HOME, both.iter().collect())]).unwrap();
        assert_eq!(merged.text, "# 头\n年度: 2025\n申报: []\n# 尾\n");
        let third = map(&[("企业", text("丙"))]);
        let merged = merge(FILE, &[(HOME, vec![&both[0], &both[1], &third])]).unwrap();
        assert_eq!(merged.text, "# 头\n年度: 2025\n申报:\n  - 企业: 丙\n# 尾\n");
        // A file that is a list, and lists in one line.
        let whole = Home { list: None, key: Some("企业"), aliases: &NONE };
        let merged = |text: &str, names: &[&str]| {
            let records: Vec<Value> = names.iter().map(|name| record(name)).collect();
            merge(text, &[(whole, records.iter().collect())]).unwrap().text
        };
        let block = "- 企业: 甲\n  数: 1\n- 企业: 乙\n";
        assert_eq!(
            (merged(block, &["甲"]).as_str(), merged(block, &["乙"]).as_str()),
            ("- 企业: 乙\n", "- 企业: 甲\n  数: 1\n")
        );
        assert_eq!(merged(block, &["甲", "乙"]), "[]\n");
        let flow = "[{ 企业: 甲 }, { 企业: 乙 }, { 企业: 丙 }]\n";
        for (names, wanted) in [
            (vec!["甲"], "[{ 企业: 乙 }, { 企业: 丙 }]\n"),
            (vec!["乙"], "[{ 企业: 甲 }, { 企业: 丙 }]\n"),
            (vec!["丙"], "[{ 企业: 甲 }, { 企业: 乙 }]\n"),
            (vec!["甲", "乙"], "[{ 企业: 丙 }]\n"),
            (vec!["乙", "丙"], "[{ 企业: 甲 }]\n"),
            (vec!["甲", "丙"], "[{ 企业: 乙 }]\n"),
            (vec!["甲", "乙", "丙"], "[]\n"),
        ] {
            assert_eq!(merged(flow, &names), wanted, "{names:?}");
        }
    }

    #[test]
    fn a_file_that_would_change_elsewhere_is_refused() {
        let old = yaml::parse(FileId(0), FILE).0.unwrap();
        let record = map(&[("企业", text("甲")), ("收入", map(&[("2025", text("4亿元"))]))]);
        let changes = merge(FILE, &[(HOME, vec![&record])]).unwrap().changes;
        let of = |fresh: &str| is_safe(&old, fresh, &[(HOME, vec![&record])], &changes, &BTreeSet::new());
        assert_eq!(of(&FILE.replace("3亿元", "4亿元")), Ok(()));
        // Another value with it, another instead of it, none at all, a text that is no file any more.
        assert_eq!(of(&FILE.replace("3亿元", "4亿元").replace("[A, B]", "[A, C]")), Err(Refused::Risk));
        assert_eq!(of(&FILE.replace("[A, B]", "[A, C]")), Err(Refused::Risk));
        assert_eq!(of(FILE), Err(Refused::Risk));
        assert_eq!(of(&FILE.replace("3亿元 }", "4亿元")), Err(Refused::Risk));
    }

    /// Words that a cell may hold, and what YAML takes for something else.
    fn any_word() -> impl Strategy<Value = String> {
        prop_oneof![
            select(vec![
                "是",
                "null",
                "- 甲",
                "#45 钢",
                "a: b",
                "{",
                "]",
                "“引”",
                "1_0",
                "甲\n乙",
                "'",
                "\"",
                "&x",
                "*x",
                "%"
            ])
            .prop_map(str::to_owned),
            "[一-龥a-z0-9 .,:#]{1,8}"
        ]
        .prop_filter("a cell is never blank", |word| !word.trim().is_empty() && word.trim() == word)
    }

    proptest! {
        /// Whatever is merged: every comment stays, what was said is there, and a second time nothing changes.
        #[test]
        fn records_go_in_and_nothing_else_changes(
            codes in vec(select(vec!["甲", "乙", "丙", "丁"]), 1..4),
            years in btree_map(2021..2028_u16, 1..99_u32, 0..4),
            words in vec((any_word(), any_word()), 0..4),
        ) {
            let mut seen = BTreeSet::new();
            let records: Vec<Value> = codes.into_iter().filter(|code| seen.insert(*code)).map(|code| {
                let figures: Vec<(Rc<str>, Value)> = years.iter().map(|(year, n)| (year.to_string().into(), text(&format!("{n}万元")))).collect();
                let mut names = BTreeSet::new();
                let products: Vec<Value> = words.iter().filter(|(name, _)| names.insert(folded(name))).map(|(name, entry)| map(&[("名称", text(name)), ("目录", text(entry))])).collect();
                let mut pairs = vec![("企业", text(code))];
                if !figures.is_empty() { pairs.push(("收入", Value { kind: Kind::Map(figures), at: None })); }
                if !products.is_empty() { pairs.push(("产品", list(&products))); }
                map(&pairs)
            }).collect();
            let parts = [(HOME, records.iter().collect())];
            let merged = merge(FILE, &parts).unwrap();
            for comment in ["# 头", "# 甲的注", "# 两年", "# 箔的注", "# 乙的注", "# 尾"] {
                prop_assert!(merged.text.contains(comment), "{}", merged.text);
            }
            let again = merge(&merged.text, &parts).unwrap();
            prop_assert!(again.changes.is_empty(), "{}\n{:#?}", merged.text, again.changes);
            // Struck out again, nothing of it is left, and what was there before and is not struck out stands.
            let struck: Vec<Value> = records.iter().map(|record| {
                let mut struck = map(&[("企业", record.get("企业").unwrap().clone())]);
                struck.remove(None);
                struck
            }).collect();
            let gone = merge(&merged.text, &[(HOME, struck.iter().collect())]).unwrap();
            let left = yaml::parse(FileId(0), &gone.text).0.unwrap();
            let NodeKind::List(left) = &left.child("申报").unwrap().kind else { panic!("{}", gone.text) };
            let names: Vec<&str> = left.iter().filter_map(|item| item.child("企业")?.text()).collect();
            let kept: Vec<&str> = ["甲", "乙"].into_iter().filter(|name| !seen.contains(name)).collect();
            prop_assert_eq!(names, kept, "{}", gone.text);
        }
    }
}
