//! 改动 — what has to be written into a text so that it says what values say: each value where it stands, what is new behind what is there.

use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use super::super::head::folded;
use super::super::value::{Kind, Value};
use super::super::workbook::At;
use super::super::written::Written;
use super::Change;
use crate::calendar::Day;
use crate::money::Money;
use crate::source::Place;
use crate::yaml::{self, Node, NodeKind};

/// Keys by which the things inside a record are known.
const NAMES: [&str; 4] = ["编号", "名称", "产品", "展会"];

/// Keys by which together a thing is known that has no name: what another policy pays.
const PARTS: [&str; 4] = ["条款", "事项", "对象", "政策"];

pub(super) struct Patches<'a> {
    pub(super) text: &'a str,
    pub(super) done: Vec<(Range<usize>, Written)>,
    pub(super) changes: Vec<Change>,
    /// Where the items stand that are taken out.
    pub(super) removed: BTreeSet<Place>,
    /// What was to be taken out and is not there.
    pub(super) missed: Vec<(String, Option<At>)>,
    pub(super) record: String,
}

/// A value in a few words.
#[must_use]
pub fn shown(value: &Value) -> String {
    match &value.kind {
        Kind::Text(text) => text.clone(),
        Kind::Gone => String::new(),
        Kind::List(items) => items.iter().map(shown).collect::<Vec<_>>().join("、"),
        Kind::Map(pairs) => {
            pairs.iter().map(|(key, value)| format!("{key} {}", shown(value))).collect::<Vec<_>>().join("，")
        }
    }
}

pub(super) fn shown_node(node: &Node) -> String {
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
pub(super) fn names_of(item: &Value) -> &'static [&'static str] {
    let has = |key: &&str| item.get(key).is_some();
    match NAMES.iter().position(&has) {
        Some(at) => NAMES.get(at..=at).unwrap_or_default(),
        None if PARTS.iter().any(has) => &PARTS,
        None => &[],
    }
}

/// A record without some of its keys.
pub(super) fn without(value: &Value, keys: &[&str]) -> Value {
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
pub(super) fn says(node: &Node, value: &Value) -> bool {
    match (&node.kind, &value.kind) {
        (NodeKind::Scalar(old), Kind::Text(new)) => is_same(old, new),
        (NodeKind::Scalar(_), Kind::List(items)) => matches!(items.as_slice(), [one] if says(node, one)),
        (NodeKind::List(nodes), Kind::Text(_)) => matches!(nodes.as_slice(), [one] if says(one, value)),
        (NodeKind::List(nodes), Kind::List(items)) => {
            nodes.len() == items.len() && nodes.iter().zip(items).all(|(node, item)| says(node, item))
        }
        (NodeKind::Map(pairs), Kind::Map(values)) => {
            let said = |(key, value): &(Rc<str>, Value)| node.child(key).is_some_and(|node| says(node, value));
            pairs.len() == values.len() && values.iter().all(said)
        }
        _ => false,
    }
}

impl<'a> Patches<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let (done, changes, removed, missed) = (Vec::new(), Vec::new(), BTreeSet::new(), Vec::new());
        Self { text, done, changes, removed, missed, record: String::new() }
    }

    /// Makes a node say what a value says.
    pub(super) fn set(&mut self, node: &Node, value: &Value, field: &str) {
        match (&node.kind, &value.kind) {
            (NodeKind::Map(pairs), Kind::Map(values)) => {
                let gone = |(key, node): &&(Node, Node)| {
                    values.iter().any(|(of, value)| key.text() == Some(of) && is_gone(node, value))
                };
                let kept: Vec<&(Node, Node)> = pairs.iter().filter(|pair| !gone(pair)).collect();
                for (key, value) in values {
                    let field = if field.is_empty() { key.to_string() } else { format!("{field} {key}") };
                    match pairs.iter().enumerate().find(|(_, (known, _))| known.text() == Some(key)) {
                        Some((at, (_, old))) if is_gone(old, value) => {
                            self.changed(&field, Some(shown_node(old)), &Value { kind: Kind::Gone, ..value.clone() });
                            self.take_out(node, pairs, at, &kept);
                        }
                        Some((_, (_, node))) => self.set(node, value, &field),
                        None => {
                            self.lacks(key, value);
                            if let Some(value) = value.present() {
                                self.insert(node, &kept, key, &value, &field);
                            }
                        }
                    }
                }
            }
            (_, Kind::Gone) => {}
            (NodeKind::List(nodes), Kind::List(items))
                if items.iter().any(|item| matches!(item.kind, Kind::Map(_))) =>
            {
                let (mut fresh, mut gone) = (Vec::new(), BTreeSet::new());
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
                        known if item.removes() => self.gone(known, item, &field, &mut gone),
                        // Blanks and full-width letters are no other name.
                        Some(node) => self.set(node, &without(item, keys), &field),
                        None => {
                            if let Some(item) = item.present() {
                                self.changed(&field, None, &item);
                                fresh.push(item);
                            }
                        }
                    }
                }
                self.remove(node, &gone, !fresh.is_empty());
                self.append(node, &fresh.iter().map(AsRef::as_ref).collect::<Vec<_>>());
            }
            _ if says(node, value) => {}
            _ => {
                let old = (!matches!(node.kind, NodeKind::Null)).then(|| shown_node(node));
                let Some(value) = &value.present() else { return };
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

    pub(super) fn changed(&mut self, field: &str, old: Option<String>, value: &Value) {
        let at = value.at.clone();
        self.changes.push(Change { record: self.record.clone(), field: field.to_owned(), old, new: shown(value), at });
    }

    /// Whether a list or map stands in one line.
    pub(super) fn is_flow(&self, node: &Node) -> bool {
        self.text.get(node.place.range()).is_some_and(|text| text.starts_with(['{', '[']))
    }

    /// Whether an empty list stands inside of braces: what follows it belongs to them.
    fn is_within_flow(&self, list: &Node) -> bool {
        let rest = self.text.get(list.place.range().end..).unwrap_or_default();
        self.is_flow(list) && rest.trim_start().starts_with([',', '}', ']'])
    }

    /// The column of a byte.
    fn column(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        before.rsplit('\n').next().unwrap_or_default().chars().count()
    }

    /// The end of the line on which what a node holds ends.
    pub(super) fn line_end(&self, node: &Node) -> usize {
        let end = content_end(node, self.text);
        let rest = self.text.get(end..).unwrap_or_default();
        let line = rest.find('\n').map_or(self.text.len(), |at| end + at);
        if self.text.get(..line).is_some_and(|text| text.ends_with('\r')) { line - 1 } else { line }
    }

    /// Takes a key out of a map, with its line where it has one.
    fn take_out(&mut self, map: &Node, pairs: &[(Node, Node)], at: usize, kept: &[&(Node, Node)]) {
        let Some((key, value)) = pairs.get(at) else { return };
        let start = key.place.range().start;
        let next = pairs.get(at + 1).map(|(next, _)| next.place.range().start);
        let before = self.text.get(..start).unwrap_or_default();
        let line = before.rfind('\n');
        let alone = before.get(line.map_or(0, |at| at + 1)..).is_some_and(|lead| lead.trim().is_empty());
        let range = if self.is_flow(map) {
            let last = kept.last().filter(|(_, last)| last.place.range().start < start);
            let follows = kept.last().is_some_and(|(last, _)| last.place.range().start > start);
            match (next, last) {
                (Some(next), _) if follows => start..next,
                (_, Some((_, last))) => content_end(last, self.text)..content_end(value, self.text),
                _ => return,
            }
        } else if let Some(line) = line.filter(|_| alone) {
            let line = if before.get(..line).is_some_and(|text| text.ends_with('\r')) { line - 1 } else { line };
            line..self.line_end(value)
        } else if let Some(next) = next {
            // Behind the dash of an item: the next key moves up, unless a comment stands between.
            let between = self.text.get(self.line_end(value)..next).unwrap_or_default();
            if !between.trim().is_empty() {
                return;
            }
            start..next
        } else {
            return;
        };
        self.done.push((range, Written::default()));
    }

    /// Adds a key to a map of which some pairs are kept.
    fn insert(&mut self, map: &Node, pairs: &[&(Node, Node)], key: &str, value: &Value, field: &str) {
        self.changed(field, None, value);
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
    pub(super) fn append(&mut self, list: &Node, fresh: &[&Value]) {
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
            None if self.is_within_flow(list) => {
                written.flow(&Value { kind: Kind::List(fresh.iter().map(|&item| item.clone()).collect()), at: None });
                self.done.push((list.place.range(), written));
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

/// Whether what stands there is to be taken out whole.
fn is_gone(node: &Node, value: &Value) -> bool {
    match (&node.kind, &value.kind) {
        (_, Kind::Gone) => true,
        (NodeKind::Map(pairs), Kind::Map(values)) if !pairs.is_empty() => {
            value.present().is_none()
                && pairs
                    .iter()
                    .all(|(key, node)| values.iter().any(|(of, value)| key.text() == Some(of) && is_gone(node, value)))
        }
        _ => false,
    }
}

/// Where what a node holds ends: a block's own place may reach over the comments behind it.
pub(super) fn content_end(node: &Node, text: &str) -> usize {
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
pub(super) fn apply(text: &str, mut patches: Vec<(Range<usize>, Written)>) -> (String, Vec<(Range<usize>, At)>) {
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
