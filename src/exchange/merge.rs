//! 写回 — records go into a data file that people wrote: values that differ are changed where they stand, what is new is added behind what is
//! there; comments, order and style of all else stay as they are. Afterwards the file is read again: what was not meant to change
//! has not, or nothing is written.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::head::folded;
use super::value::{Kind, Value};
use super::workbook::At;
use super::written::Written;
use crate::calendar::Day;
use crate::money::Money;
use crate::source::FileId;
use crate::yaml::{self, Node, NodeKind};

/// A data file with the records in it.
#[derive(Debug, Clone)]
pub struct Merged {
    /// The text.
    pub text: String,
    /// Which stretch of it came from which cell.
    pub origins: Vec<(Range<usize>, At)>,
    /// What is different.
    pub changes: Vec<Change>,
}

/// One difference between the file and the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whose, by what tells records apart.
    pub record: String,
    /// Which item, from the record on: 产品 高强铝箔 销售额 2024; empty for a record that is new.
    pub field: String,
    /// What stood there; `None` where nothing did.
    pub old: Option<String>,
    /// What stands there now; empty for a record that is new.
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

/// Keys by which the things inside a record are known.
const NAMES: [&str; 4] = ["编号", "名称", "产品", "展会"];

/// Keys by which together a thing is known that has no name: what another policy pays.
const PARTS: [&str; 4] = ["条款", "事项", "对象", "政策"];

struct Patches<'a> {
    text: &'a str,
    done: Vec<(Range<usize>, Written)>,
    changes: Vec<Change>,
    record: String,
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
    let Patches { done, changes, .. } = compare(text, &root, parts)?;
    let (fresh, origins) = apply(text, done);
    is_safe(&root, &fresh, parts, &changes)?;
    Ok(Merged { text: fresh, origins, changes })
}

/// Gives a key of a text that is a map another value, or takes it away; all else stays as it is.
///
/// # Errors
///
/// Why it does not go in.
pub fn amend(text: &str, key: &str, value: Option<&Value>) -> Result<String, Refused> {
    let root = yaml::parse(FileId(0), text).0.ok_or(Refused::Broken)?;
    let NodeKind::Map(pairs) = &root.kind else { return Err(Refused::Shape(key.to_owned())) };
    let mut patches = Patches { text, done: Vec::new(), changes: Vec::new(), record: String::new() };
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

/// What has to be different in a file so that it says what the records say.
fn compare<'a>(text: &'a str, root: &Node, parts: &[Part<'_>]) -> Result<Patches<'a>, Refused> {
    let mut patches = Patches { text, done: Vec::new(), changes: Vec::new(), record: String::new() };
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
    let mut fresh: Vec<&Value> = Vec::new();
    for &record in records {
        let id = home.key.and_then(|key| record.get(key)).and_then(Value::as_text);
        patches.record = id.map_or_else(|| shown(record), str::to_owned);
        match id.and_then(|id| known.get(home.today(id))) {
            Some(node) => patches.set(node, &without(record, home.key.as_slice()), ""),
            None => {
                let (whose, at) = (patches.record.clone(), record.at.clone());
                let (field, new) = (String::new(), String::new());
                patches.changes.push(Change { record: whose, field, old: None, new, at });
                fresh.push(record);
            }
        }
    }
    patches.append(list, &fresh);
    Ok(())
}

/// A value in a few words.
#[must_use]
pub fn shown(value: &Value) -> String {
    match &value.kind {
        Kind::Text(text) => text.clone(),
        Kind::List(items) => items.iter().map(shown).collect::<Vec<_>>().join("、"),
        Kind::Map(pairs) => {
            pairs.iter().map(|(key, value)| format!("{key} {}", shown(value))).collect::<Vec<_>>().join("，")
        }
    }
}

fn shown_node(node: &Node) -> String {
    match &node.kind {
        NodeKind::Null => String::new(),
        NodeKind::Scalar(text) => text.to_string(),
        NodeKind::List(items) => items.iter().map(shown_node).collect::<Vec<_>>().join("、"),
        NodeKind::Map(pairs) => pairs
            .iter()
            .map(|(key, value)| format!("{} {}", shown_node(key), shown_node(value)))
            .collect::<Vec<_>>()
            .join("，"),
    }
}

/// The keys by which a thing inside a record is known.
fn names_of(item: &Value) -> &'static [&'static str] {
    let has = |key: &&str| item.get(key).is_some();
    match NAMES.iter().position(&has) {
        Some(at) => NAMES.get(at..=at).unwrap_or_default(),
        None if PARTS.iter().any(has) => &PARTS,
        None => &[],
    }
}

/// A record without some of its keys.
fn without(value: &Value, keys: &[&str]) -> Value {
    match &value.kind {
        Kind::Map(pairs) => {
            let rest = pairs.iter().filter(|(known, _)| !keys.contains(&&**known)).cloned().collect();
            Value { kind: Kind::Map(rest), at: value.at.clone() }
        }
        _ => value.clone(),
    }
}

/// Whether two texts say the same: an amount, a day, a word.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    let money = || Some(one.parse::<Money>().ok()? == other.parse::<Money>().ok()?);
    let day = || Some(one.parse::<Day>().ok()? == other.parse::<Day>().ok()?);
    one == other || money().or_else(day).unwrap_or(false)
}

/// Whether a value says what stands there already.
fn says(node: &Node, value: &Value) -> bool {
    match (&node.kind, &value.kind) {
        (NodeKind::Scalar(old), Kind::Text(new)) => is_same(old, new),
        (NodeKind::Scalar(_), Kind::List(items)) => matches!(items.as_slice(), [one] if says(node, one)),
        (NodeKind::List(nodes), Kind::Text(_)) => matches!(nodes.as_slice(), [one] if says(one, value)),
        (NodeKind::List(nodes), Kind::List(items)) => {
            nodes.len() == items.len() && nodes.iter().zip(items).all(|(node, item)| says(node, item))
        }
        _ => false,
    }
}

impl Patches<'_> {
    /// Makes a node say what a value says.
    fn set(&mut self, node: &Node, value: &Value, field: &str) {
        match (&node.kind, &value.kind) {
            (NodeKind::Map(pairs), Kind::Map(values)) => {
                for (key, value) in values {
                    let field = if field.is_empty() { key.to_string() } else { format!("{field} {key}") };
                    match pairs.iter().find(|(known, _)| known.text() == Some(key)) {
                        Some((_, node)) => self.set(node, value, &field),
                        None => self.insert(node, key, value, &field),
                    }
                }
            }
            (NodeKind::List(nodes), Kind::List(items))
                if items.iter().any(|item| matches!(item.kind, Kind::Map(_))) =>
            {
                let mut fresh = Vec::new();
                for item in items {
                    let keys = names_of(item);
                    let called: Vec<String> =
                        keys.iter().map(|key| item.get(key).map(shown).unwrap_or_default()).collect();
                    let is_called = |node: &&Node| {
                        let of = |key: &&&str| node.child(key).map(shown_node).unwrap_or_default();
                        keys.iter().zip(&called).all(|(key, name)| folded(&of(&key)) == folded(name))
                    };
                    let known = nodes.iter().find(is_called).filter(|_| !keys.is_empty());
                    let field = format!("{field} {}", called.join(" ").trim());
                    match known {
                        // Blanks and full-width letters are no other name.
                        Some(node) => self.set(node, &without(item, keys), &field),
                        None => {
                            self.changed(&field, None, item);
                            fresh.push(item);
                        }
                    }
                }
                self.append(node, &fresh);
            }
            _ if says(node, value) => {}
            _ => {
                let old = (!matches!(node.kind, NodeKind::Null)).then(|| shown_node(node));
                self.changed(field, old, value);
                let mut written = Written::default();
                let range = node.place.range();
                if matches!(node.kind, NodeKind::Null) {
                    written.text.push(' ');
                }
                written.flow(value);
                self.done.push((range, written));
            }
        }
    }

    fn changed(&mut self, field: &str, old: Option<String>, value: &Value) {
        let at = value.at.clone();
        self.changes.push(Change { record: self.record.clone(), field: field.to_owned(), old, new: shown(value), at });
    }

    /// Whether a list or map stands in one line.
    fn is_flow(&self, node: &Node) -> bool {
        self.text.get(node.place.range()).is_some_and(|text| text.starts_with(['{', '[']))
    }

    /// The column of a byte.
    fn column(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        before.rsplit('\n').next().unwrap_or_default().chars().count()
    }

    /// The end of the line on which what a node holds ends.
    fn line_end(&self, node: &Node) -> usize {
        let end = content_end(node, self.text);
        let rest = self.text.get(end..).unwrap_or_default();
        let line = rest.find('\n').map_or(self.text.len(), |at| end + at);
        if self.text.get(..line).is_some_and(|text| text.ends_with('\r')) { line - 1 } else { line }
    }

    /// Adds a key to a map.
    fn insert(&mut self, map: &Node, key: &str, value: &Value, field: &str) {
        self.changed(field, None, value);
        let NodeKind::Map(pairs) = &map.kind else { return };
        let mut written = Written::default();
        if self.is_flow(map) {
            // Years stand in their order.
            let earlier =
                pairs.iter().rfind(|(known, _)| known.text().is_some_and(|known| known < key)).or(pairs.last());
            let sorted = key.bytes().all(|b| b.is_ascii_digit());
            let after = if sorted { earlier } else { pairs.last() };
            let first = sorted && pairs.iter().all(|(known, _)| known.text().is_some_and(|known| known > key));
            let at = match after {
                Some((known, _)) if first => {
                    let first = pairs.first().map_or(known, |(known, _)| known);
                    written.text = format!("{key}: ");
                    written.flow(value);
                    written.text.push_str(", ");
                    self.done.push((first.place.range().start..first.place.range().start, written));
                    return;
                }
                Some((_, last)) => {
                    written.text = ", ".to_owned();
                    content_end(last, self.text)
                }
                None => map.place.range().start + 1,
            };
            written.text.push_str(&yaml::scalar(key));
            written.text.push_str(": ");
            written.flow(value);
            self.done.push((at..at, written));
            return;
        }
        let indent = pairs.first().map_or(0, |(known, _)| self.column(known.place.range().start));
        written.text = format!("\n{}", " ".repeat(indent));
        written.pair(key, value, indent);
        let at = self.line_end(map);
        self.done.push((at..at, written));
    }

    /// Adds items to a list.
    fn append(&mut self, list: &Node, fresh: &[&Value]) {
        if fresh.is_empty() {
            return;
        }
        let items: &[Node] = if let NodeKind::List(items) = &list.kind { items } else { &[] };
        let mut written = Written::default();
        match items.last() {
            Some(last) if !self.is_flow(list) => {
                let start = last.place.range().start;
                let line = self.text.get(..start).unwrap_or_default();
                let dash = line.rfind('-').unwrap_or(start);
                let indent = self.column(dash);
                for item in fresh {
                    written.text.push('\n');
                    written.text.extend(std::iter::repeat_n(' ', indent));
                    written.item(item, indent);
                }
                let at = self.line_end(list);
                self.done.push((at..at, written));
            }
            Some(last) => {
                let at = content_end(last, self.text);
                for item in fresh {
                    written.text.push_str(", ");
                    written.flow(item);
                }
                self.done.push((at..at, written));
            }
            None => {
                // `申报: []` loses its brackets and the blank before them; a file that is a list, its brackets alone.
                let range = list.place.range();
                let before = self.text.get(..range.start).unwrap_or_default();
                let line = before.rsplit('\n').next().unwrap_or_default();
                let keyed = !line.trim().is_empty();
                let indent = if keyed { line.len() - line.trim_start().len() + 2 } else { line.len() };
                for (index, item) in fresh.iter().enumerate() {
                    if keyed || index > 0 {
                        written.text.push('\n');
                        written.text.extend(std::iter::repeat_n(' ', indent));
                    }
                    written.item(item, indent);
                }
                let start = if keyed { before.trim_end_matches(' ').len() } else { range.start };
                self.done.push((start..range.end, written));
            }
        }
    }
}

/// Where what a node holds ends: a block's own place may reach over the comments behind it.
fn content_end(node: &Node, text: &str) -> usize {
    let own = node.place.range();
    let is_flow = text.get(own.clone()).is_some_and(|text| text.starts_with(['{', '[']));
    match &node.kind {
        NodeKind::List(items) if !is_flow => items.last().map_or(own.end, |last| content_end(last, text)),
        NodeKind::Map(pairs) if !is_flow => pairs.last().map_or(own.end, |(key, value)| {
            if matches!(value.kind, NodeKind::Null) {
                value.place.range().end.max(key.place.range().end)
            } else {
                content_end(value, text)
            }
        }),
        NodeKind::Scalar(_) => {
            // A folded or literal block ends with its last line's break.
            let shown = text.get(own.clone()).unwrap_or_default();
            own.start + shown.trim_end().len()
        }
        _ => own.end,
    }
}

/// The text with all patches in it; patches at one place in the order in which they were made.
fn apply(text: &str, mut patches: Vec<(Range<usize>, Written)>) -> (String, Vec<(Range<usize>, At)>) {
    patches.sort_by_key(|(range, _)| range.start);
    let length = text.len() + patches.iter().map(|(_, written)| written.text.len()).sum::<usize>() + 1;
    let (mut fresh, mut origins, mut at) = (String::with_capacity(length), Vec::new(), 0);
    for (range, written) in patches {
        fresh.push_str(text.get(at..range.start.max(at)).unwrap_or_default());
        let start = fresh.len();
        fresh.push_str(&written.text);
        let shifted = written.origins.into_iter().map(|(range, at)| (start + range.start..start + range.end, at));
        if origins.is_empty() {
            // Almost all of a large table comes in one patch: shifted where it lies.
            origins = shifted.collect();
        } else {
            origins.extend(shifted);
        }
        at = range.end.max(at);
    }
    fresh.push_str(text.get(at..).unwrap_or_default());
    if !fresh.ends_with('\n') {
        fresh.push('\n');
    }
    (fresh, origins)
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
fn is_safe(old: &Node, text: &str, parts: &[Part<'_>], changes: &[Change]) -> Result<(), Refused> {
    let (fresh, report) = yaml::parse(FileId(0), text);
    let fresh = fresh.filter(|_| report.is_empty()).ok_or(Refused::Risk)?;
    let meant = changes.iter().filter(|change| change.old.is_some()).count();
    // A record that is known by nothing is new each time; one that stands twice says two things.
    let twice = |(home, records): &Part<'_>| {
        let ids: BTreeSet<&str> = records.iter().filter_map(|record| record.get(home.key?)?.as_text()).collect();
        ids.len() < records.len()
    };
    let said = parts.iter().any(twice) || compare(text, &fresh, parts)?.changes.is_empty();
    if said && changed(old, Some(&fresh)) <= meant { Ok(()) } else { Err(Refused::Risk) }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    const FILE: &str = "# 头\n年度: 2025\n申报:\n  - 企业: 甲          # 甲的注\n    收入: { 2023: 1万元, 2025: 3亿元 }   # 两年\n    产品:\n      - 名称: 板\n        目录: [A, B]\n      # 箔的注\n      - { 名称: 箔, 目录: C }\n\n  # 乙的注\n  - 企业: 乙\n    产品: []\n# 尾\n";
    static NONE: BTreeMap<String, String> = BTreeMap::new();
    const HOME: Home<'_> = Home { list: Some("申报"), key: Some("企业"), aliases: &NONE };

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
    fn a_file_that_would_change_elsewhere_is_refused() {
        let old = yaml::parse(FileId(0), FILE).0.unwrap();
        let record = map(&[("企业", text("甲")), ("收入", map(&[("2025", text("4亿元"))]))]);
        let changes = merge(FILE, &[(HOME, vec![&record])]).unwrap().changes;
        let of = |fresh: &str| is_safe(&old, fresh, &[(HOME, vec![&record])], &changes);
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
        }
    }
}
