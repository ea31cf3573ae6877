//! 比较 — two editions of a catalogue, entry by entry and field by field: by number, and where numbers were given anew, by name.

use std::collections::{BTreeMap, BTreeSet};

use super::head::folded;
use super::value::{Kind, Value};
use crate::grid::{Column, Datum, Grid, Shape};
use crate::register::{Catalogue, ColumnKind};

/// An entry: its columns with what stands in them.
type Entry = BTreeMap<String, String>;

/// An edition as it is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edition {
    /// Its columns, in order.
    pub columns: Vec<String>,
    /// The column that numbers its entries, and the one that names them.
    pub id: String,
    /// The column that names them.
    pub name: String,
    /// Its entries.
    pub entries: Vec<Entry>,
}

impl Edition {
    /// A catalogue of the workspace.
    #[must_use]
    pub fn of(catalogue: &Catalogue) -> Self {
        let name = catalogue.columns.iter().find(|column| column.kind == ColumnKind::Short);
        let entries = catalogue
            .entries
            .iter()
            .map(|entry| entry.iter().map(|(column, cell)| (column.clone(), cell.value.0.clone())).collect());
        Self {
            columns: catalogue.columns.iter().map(|column| column.name.value.clone()).collect(),
            id: catalogue.id_column().map(|column| column.name.value.clone()).unwrap_or_default(),
            name: name.map(|column| column.name.value.clone()).unwrap_or_default(),
            entries: entries.collect(),
        }
    }

    /// Entries that were read from a table, with the columns of a catalogue and those that the table has besides.
    #[must_use]
    pub fn read(like: &Self, more: &[&Value], records: &[&Value]) -> Self {
        let more = more.iter().filter_map(|column| column.get("名称").and_then(Value::as_text)).map(str::to_owned);
        let entries = records.iter().map(|record| {
            let Kind::Map(pairs) = &record.kind else { return BTreeMap::new() };
            pairs.iter().map(|(key, value)| (key.to_string(), super::merge::shown(value))).collect()
        });
        Self { columns: like.columns.iter().cloned().chain(more).collect(), entries: entries.collect(), ..like.clone() }
    }

    fn id_of<'e>(&self, entry: &'e Entry) -> &'e str {
        entry.get(&self.id).map_or("", String::as_str)
    }

    fn name_of<'e>(&self, entry: &'e Entry) -> &'e str {
        entry.get(&self.name).map_or("", String::as_str)
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// 增加, 删去, 改号, 修改, 增加列, 删去列.
    pub what: &'static str,
    /// The number of the entry: that of the new edition, where it has one there.
    pub id: String,
    /// What the entry is called.
    pub name: String,
    /// Which field; empty where the whole entry is meant.
    pub field: String,
    /// As it was.
    pub old: String,
    /// As it is.
    pub new: String,
}

/// Entries as alike as this are the same where they have the same number.
const ALIKE: f32 = 0.5;

/// What is different between two editions.
#[must_use]
pub fn differences(old: &Edition, new: &Edition) -> Vec<Difference> {
    let mut found = Vec::new();
    let column = |what, field: &String| Difference {
        what,
        id: String::new(),
        name: String::new(),
        field: field.clone(),
        old: String::new(),
        new: String::new(),
    };
    found.extend(new.columns.iter().filter(|name| !old.columns.contains(name)).map(|name| column("增加列", name)));
    found.extend(old.columns.iter().filter(|name| !new.columns.contains(name)).map(|name| column("删去列", name)));
    let pairs = pairs(old, new);
    let paired: BTreeSet<usize> = pairs.values().copied().collect();
    let entry = |what, edition: &Edition, entry: &Entry| Difference {
        what,
        id: edition.id_of(entry).to_owned(),
        name: edition.name_of(entry).to_owned(),
        field: String::new(),
        old: String::new(),
        new: String::new(),
    };
    for (at, now) in new.entries.iter().enumerate() {
        let Some(before) = pairs.get(&at).and_then(|before| old.entries.get(*before)) else {
            found.push(entry("增加", new, now));
            continue;
        };
        if new.id_of(now) != old.id_of(before) {
            let (was, is) = (old.id_of(before).to_owned(), new.id_of(now).to_owned());
            found.push(Difference { old: was, new: is, ..entry("改号", new, now) });
        }
        let shared = new.columns.iter().filter(|name| **name != new.id && old.columns.contains(name));
        for field in shared {
            let text = |entry: &Entry| entry.get(field).cloned().unwrap_or_default();
            let (was, is) = (text(before), text(now));
            if folded(&was) != folded(&is) {
                found.push(Difference { field: field.clone(), old: was, new: is, ..entry("修改", new, now) });
            }
        }
    }
    let gone = old.entries.iter().enumerate().filter(|(at, _)| !paired.contains(at));
    found.extend(gone.map(|(_, before)| entry("删去", old, before)));
    found
}

/// Which entry of the old edition each of the new one was.
fn pairs(old: &Edition, new: &Edition) -> BTreeMap<usize, usize> {
    let mut pairs: BTreeMap<usize, usize> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    let name = |edition: &Edition, entry: &Entry| folded(edition.name_of(entry));
    let mut pass = |same: &dyn Fn(&Entry, &Entry) -> bool| {
        for (at, now) in new.entries.iter().enumerate() {
            if pairs.contains_key(&at) {
                continue;
            }
            let found =
                old.entries.iter().enumerate().find(|(before, entry)| !taken.contains(before) && same(entry, now));
            if let Some((before, _)) = found {
                pairs.insert(at, before);
                taken.insert(before);
            }
        }
    };
    let same_id = |before: &_, now: &_| old.id_of(before) == new.id_of(now) && !new.id_of(now).is_empty();
    let same_name = |before: &_, now: &_| name(old, before) == name(new, now) && !name(new, now).is_empty();
    pass(&|before, now| same_id(before, now) && same_name(before, now));
    pass(&same_name);
    pass(&|before, now| {
        same_id(before, now) && similar::TextDiff::from_chars(&name(old, before), &name(new, now)).ratio() >= ALIKE
    });
    pairs
}

/// The differences as a sheet.
#[must_use]
pub fn sheet(title: &str, found: &[Difference]) -> Grid {
    let texts = ["改动", "编号", "名称", "项"].map(|head| Column::new(head, Shape::Text));
    let longs = ["旧", "新"].map(|head| Column::new(head, Shape::Long));
    let rows = found.iter().map(|one| {
        let cells = [one.what, &one.id, &one.name, &one.field, &one.old, &one.new];
        cells.map(Datum::text).to_vec()
    });
    Grid {
        name: "比较".to_owned(),
        title: title.to_owned(),
        columns: texts.into_iter().chain(longs).collect(),
        rows: rows.collect(),
        ..Grid::default()
    }
}
