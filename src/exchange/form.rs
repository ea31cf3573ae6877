//! 表样 — what a kind of table may hold: its items, how each is read, and by which heads people call it.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Deserialize;

use super::head::{Head, folded};
use crate::register::Several;

/// The column of a table that says of a row that it is to be taken out: a row that a table has not is left, as it may hold a part.
pub const REMOVED: &str = "删去";

/// The heads that were seen for each item, by kind of table: `templates/imports.yaml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heads {
    /// Heads of columns that are never read.
    #[serde(rename = "不读", default)]
    unread: Several,
    #[serde(rename = "企业", default)]
    enterprises: BTreeMap<String, Several>,
    #[serde(rename = "申报", default)]
    declarations: BTreeMap<String, Several>,
    #[serde(rename = "目录", default)]
    catalogue: BTreeMap<String, Several>,
    #[serde(rename = "台账", default)]
    ledger: BTreeMap<String, Several>,
    #[serde(rename = "放假", default)]
    holidays: BTreeMap<String, Several>,
}

impl Heads {
    /// Whether a column of this head is never read.
    #[must_use]
    pub fn are_unread(&self, words: &str) -> bool {
        self.unread.iter().any(|word| folded(&word.value).to_lowercase() == words)
    }

    fn of(&self, kind: &str) -> &BTreeMap<String, Several> {
        match kind {
            "企业" => &self.enterprises,
            "申报" => &self.declarations,
            "台账" => &self.ledger,
            "放假" => &self.holidays,
            _ => &self.catalogue,
        }
    }
}

/// How the cells of an item are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reads {
    /// Text, its ends trimmed.
    Text,
    /// 统一社会信用代码.
    Code,
    /// Several words: a list.
    Words,
    /// Entries of catalogues, by number.
    Entries,
    /// 是 or 否.
    Flag,
    /// An amount of money.
    Amount,
    /// A figure of another unit.
    Measure(String),
    /// A day.
    Day,
    /// One to five stars.
    Stars,
    /// A grade: A, B类.
    Grade,
    /// A number of a catalogue's entry.
    Id,
}

/// An item that a table may hold.
#[derive(Debug, Clone)]
pub struct Field {
    /// The kind of things that it belongs to (产品, 项目); empty for what the record is about itself.
    pub group: String,
    /// Its key.
    pub key: Rc<str>,
    /// How its cells are read.
    pub reads: Reads,
    /// Whether it has a value for each year.
    pub yearly: bool,
    /// Whether every record, or every thing of its kind, has it.
    pub required: bool,
    /// Its heads, in their one form.
    heads: Vec<String>,
    /// Whether its heads mean it only on a sheet that is called as its group is.
    only_there: bool,
}

impl Field {
    /// As a person names it: 产品.销售额.
    #[must_use]
    pub fn name(&self) -> String {
        if self.group.is_empty() { self.key.to_string() } else { format!("{}.{}", self.group, self.key) }
    }
}

/// What a kind of table may hold.
#[derive(Debug, Clone)]
pub struct Form {
    /// Its items.
    pub fields: Vec<Field>,
    /// The item that says of a row that it is to be taken out.
    pub removal: Option<usize>,
    kind: &'static str,
    heads: Heads,
}

impl Form {
    /// A form without items.
    #[must_use]
    pub fn new(kind: &'static str, heads: &Heads) -> Self {
        Self { fields: Vec::new(), removal: None, kind, heads: heads.clone() }
    }

    /// Adds an item.
    pub fn add(&mut self, group: &str, key: &str, reads: Reads, yearly: bool) {
        let mut field = Field {
            group: group.to_owned(),
            key: key.into(),
            reads,
            yearly,
            required: false,
            heads: Vec::new(),
            only_there: false,
        };
        let known = self.heads.of(self.kind).get(&field.name());
        let said = known.into_iter().flat_map(Several::iter).map(|word| word.value.clone());
        field.heads = said
            .chain([key.to_owned(), field.name(), format!("{group}{key}")])
            .flat_map(|word| [folded(&word).to_lowercase(), Head::of(&word).words])
            .collect();
        self.fields.push(field);
    }

    /// Says that the heads of the item that was added last mean it only on a sheet that is called as its group is: they are words that
    /// stand on many tables.
    pub fn keep_to_sheet(&mut self) {
        if let Some(field) = self.fields.last_mut() {
            field.only_there = true;
        }
    }

    /// Adds the column that says of a row that it is to be taken out.
    pub fn add_removal(&mut self) {
        self.removal = Some(self.fields.len());
        self.add("", REMOVED, Reads::Flag, false);
    }

    /// Says that every record has an item.
    pub fn require(&mut self, group: &str, key: &str) {
        for field in self.fields.iter_mut().filter(|field| field.group == group && *field.key == *key) {
            field.required = true;
        }
    }

    /// The item that a head means. `sheet` decides where several items are called so: 名称 on the sheet 项目.
    #[must_use]
    pub fn field(&self, head: &Head, sheet: &str) -> Option<usize> {
        if head.words.is_empty() {
            return None;
        }
        let of = |words: &str| -> Vec<usize> {
            let known = self.fields.iter().enumerate();
            let means = |field: &Field| {
                (!field.only_there || sheet.contains(&field.group)) && field.heads.iter().any(|one| one == words)
            };
            known.filter(|(_, field)| means(field)).map(|(index, _)| index).collect()
        };
        let mut found = of(&head.words);
        if found.is_empty() {
            let bare = ["是否", "所属", "所在", "企业", "本年", "其中"]
                .iter()
                .find_map(|prefix| head.words.strip_prefix(prefix));
            found = bare.map(of).unwrap_or_default();
        }
        let here = |index: &&usize| {
            self.fields.get(**index).is_some_and(|field| !field.group.is_empty() && sheet.contains(&field.group))
        };
        match found.as_slice() {
            [] => None,
            [one] => Some(*one),
            several => several.iter().find(here).or(several.first()).copied(),
        }
    }

    /// Whether a column holds what a record is known by: a code, a number.
    #[must_use]
    pub fn identifies(&self, field: Option<usize>) -> bool {
        let field = field.and_then(|field| self.fields.get(field));
        field.is_some_and(|field| matches!(field.reads, Reads::Code | Reads::Id))
    }

    /// The item of a name that a person typed: 产品.销售额, or any of its heads.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<usize> {
        let exact = self.fields.iter().position(|field| field.name() == name);
        exact.or_else(|| self.field(&Head::of(name), ""))
    }

    /// Whether a column of this head is never read.
    #[must_use]
    pub fn passes_over(&self, head: &Head) -> bool {
        self.heads.are_unread(&head.words)
    }
}
