//! 书签 — the outline of a file, entry by entry, while more are added to it.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, Result, dictionary};

/// The entries of an outline.
#[derive(Debug, Default)]
pub(super) struct Outline {
    entries: BTreeMap<ObjectId, Dictionary>,
    /// Those that lie below no other.
    top: Vec<ObjectId>,
}

impl Outline {
    /// The outline of a file, from its root.
    ///
    /// # Errors
    ///
    /// Where an entry is none.
    pub(super) fn of(file: &Document, root: ObjectId) -> Result<Self> {
        let mut outline = Self::default();
        let mut open: Vec<(ObjectId, bool)> =
            first(file.get_dictionary(root)?).map(|id| (id, true)).into_iter().collect();
        while let Some((id, top)) = open.pop() {
            let entry = file.get_dictionary(id)?;
            open.extend(first(entry).map(|id| (id, false)));
            open.extend(entry.get(b"Next").and_then(Object::as_reference).map(|id| (id, top)));
            outline.top.extend(top.then_some(id));
            if outline.entries.insert(id, entry.clone()).is_some() {
                return Err(lopdf::Error::InvalidOutline("a circle".into()));
            }
        }
        Ok(outline)
    }

    /// The numbers of its entries.
    pub(super) fn ids(&self) -> BTreeSet<ObjectId> {
        self.entries.keys().copied().collect()
    }

    /// Gives its entries other numbers.
    pub(super) fn rename(&mut self, number: impl Fn(ObjectId) -> ObjectId, each: impl Fn(&mut Dictionary)) {
        self.entries.values_mut().for_each(each);
        self.entries = std::mem::take(&mut self.entries).into_iter().map(|(id, entry)| (number(id), entry)).collect();
        self.top.iter_mut().for_each(|id| *id = number(*id));
    }

    /// Adds what follows: below the first entry, where that is the title of the document, otherwise behind the last.
    pub(super) fn add(&mut self, mut other: Self, has_title: bool) {
        let title = self.top.first().copied().filter(|_| has_title);
        let before = match title.and_then(|title| self.entries.get(&title)) {
            Some(title) => title.get(b"Last").and_then(Object::as_reference).ok(),
            None => self.top.last().copied(),
        };
        if let (Some(&from), Some(&to)) = (other.top.first(), other.top.last()) {
            if let Some((before, last)) = before.and_then(|id| Some((id, self.entries.get_mut(&id)?))) {
                last.set("Next", from);
                if let Some(entry) = other.entries.get_mut(&from) {
                    entry.set("Prev", before);
                }
            }
            if let Some((id, title)) = title.and_then(|id| Some((id, self.entries.get_mut(&id)?))) {
                // Closed entries count those below them that would be seen if they were open.
                let closed = title.get(b"Count").and_then(Object::as_i64).unwrap_or(0);
                title.set("Count", closed - i64::try_from(other.top.len()).unwrap_or(0));
                title.set("Last", to);
                if !title.has(b"First") {
                    title.set("First", from);
                }
                for entry in &other.top {
                    if let Some(entry) = other.entries.get_mut(entry) {
                        entry.set("Parent", id);
                    }
                }
            } else {
                self.top.append(&mut other.top);
            }
        }
        self.entries.append(&mut other.entries);
    }

    /// Its root, and the entries by their numbers; `None` where it is empty.
    pub(super) fn finish(self) -> Option<(Dictionary, BTreeMap<ObjectId, Dictionary>)> {
        let (first, last) = (*self.top.first()?, *self.top.last()?);
        let count = i64::try_from(self.top.len()).unwrap_or(i64::MAX);
        let root = dictionary! { "Type" => "Outlines", "First" => first, "Last" => last, "Count" => count };
        Some((root, self.entries))
    }
}

fn first(of: &Dictionary) -> Option<ObjectId> {
    of.get(b"First").and_then(Object::as_reference).ok()
}
