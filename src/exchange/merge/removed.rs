//! 删去 — items are taken out of a list: with the lines on which they stand and the remarks right above them, which were theirs.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::value::Value;
use super::super::written::Written;
use super::Change;
use super::patches::{Patches, content_end, names_of, shown, shown_node};
use crate::source::Place;
use crate::yaml::{Node, NodeKind};

impl Patches<'_> {
    /// Notes that an item is to be taken out, or that there is none.
    pub(super) fn gone(&mut self, known: Option<&Node>, item: &Value, field: &str, gone: &mut BTreeSet<Place>) {
        match known {
            Some(node) => {
                let (record, at) = (self.record.clone(), item.at.clone());
                let (field, old) = (field.to_owned(), Some(shown_node(node)));
                self.changes.push(Change { record, field, old, new: String::new(), at });
                self.removed.insert(node.place);
                gone.insert(node.place);
            }
            None => self.missed.push((format!("{} {field}", self.record).trim().to_owned(), item.at.clone())),
        }
    }

    /// Notes that what is to be taken out from under a key is not there.
    pub(super) fn lacks(&mut self, key: &str, value: &Value) {
        for item in value.struck() {
            let called: Vec<String> = names_of(item).iter().filter_map(|key| item.get(key).map(shown)).collect();
            self.missed.push((format!("{} {key} {}", self.record, called.join(" ")), item.at.clone()));
        }
    }

    /// Takes items out of their list, which gets others where it is `refilled`.
    pub(super) fn remove(&mut self, list: &Node, gone: &BTreeSet<Place>, refilled: bool) {
        let NodeKind::List(items) = &list.kind else { return };
        let is_gone = |item: &Node| gone.contains(&item.place);
        if gone.is_empty() {
            return;
        }
        if items.iter().all(is_gone) {
            let range = if self.is_flow(list) {
                list.place.range()
            } else {
                let start = items.first().map_or(0, |first| self.dash(first));
                let before = self.text.get(..start).unwrap_or_default().trim_end();
                // `产品:` is given its empty list on its own line, unless a remark stands between.
                let start = if before.ends_with(':') { before.len() } else { start };
                start..self.line_end(list)
            };
            let keyed = self.text.get(..range.start).is_some_and(|before| before.ends_with(':'));
            let text = match (refilled, keyed) {
                (true, _) => "",
                (false, true) => " []",
                (false, false) => "[]",
            };
            self.done.push((range, Written { text: text.to_owned(), ..Written::default() }));
            return;
        }
        for (at, item) in items.iter().enumerate().filter(|(_, item)| is_gone(item)) {
            let range = if self.is_flow(list) {
                let kept = items.get(..at).unwrap_or_default().iter().rfind(|item| !is_gone(item));
                match (kept, items.get(at + 1)) {
                    // With the comma before it, or, where all before it go as well, with the one behind it.
                    (Some(kept), _) => {
                        content_end(kept, self.text).max(self.end_before(items, at))..content_end(item, self.text)
                    }
                    (None, Some(next)) => item.place.range().start..next.place.range().start,
                    (None, None) => continue,
                }
            } else {
                self.lines(item, at == 0)
            };
            self.done.push((range, Written::default()));
        }
    }

    /// Where the item before one ends.
    fn end_before(&self, items: &[Node], at: usize) -> usize {
        at.checked_sub(1).and_then(|before| items.get(before)).map_or(0, |before| content_end(before, self.text))
    }

    /// Where the dash of an item stands.
    fn dash(&self, item: &Node) -> usize {
        let start = item.place.range().start;
        self.text.get(..start).and_then(|before| before.rfind('-')).unwrap_or(start)
    }

    /// The lines of an item of a block, with the remarks right above it: above the first one stands what is said of the whole list.
    fn lines(&self, item: &Node, first: bool) -> Range<usize> {
        let line_of = |at: usize| self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let mut start = line_of(self.dash(item));
        while !first && start > 0 {
            let above = line_of(start - 1);
            if !self.text.get(above..start).is_some_and(|line| line.trim_start().starts_with('#')) {
                break;
            }
            start = above;
        }
        let end = self.line_end(item);
        let rest = self.text.get(end..).unwrap_or_default();
        // Of the empty lines before and behind it one is left.
        let above = start.checked_sub(1).map_or(0, line_of);
        let is_blank = |line: Option<&str>| line.is_some_and(|line| line.trim().is_empty());
        if !first && above < start && is_blank(self.text.get(above..start)) && is_blank(rest.lines().nth(1)) {
            start = above;
        }
        if start == 0 {
            return 0..end + rest.find('\n').map_or(rest.len(), |at| at + 1);
        }
        let crlf = self.text.get(..start).is_some_and(|text| text.ends_with("\r\n"));
        start - if crlf { 2 } else { 1 }..end
    }
}
