//! 事项 — a product, a project, an insurance, or whatever else a policy pays for, as it was declared for one year.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{ByName, ItemId, Several, Word, Yearly};
use crate::source::Place;
use crate::yaml::Located;

/// Something that a policy pays for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matter {
    /// Its kind, as the schema and the policy's rules name it: 产品, 贯标认定.
    #[serde(rename = "类别")]
    pub kind: Located<Word>,
    /// Its name; `None` where an enterprise has one of the kind.
    #[serde(rename = "名称", default)]
    pub name: Option<Located<String>>,
    /// Its figures.
    #[serde(rename = "数额", default)]
    pub amounts: ByName<Yearly>,
    /// What else is asked: 认定级别: 国家级.
    #[serde(rename = "属性", default)]
    pub attributes: ByName<Located<String>>,
    /// The kind among whose names its own is, where that is another one.
    #[serde(rename = "所指", default)]
    pub space: Option<Word>,
    /// Its number in the enterprise's books: what has one number is one item, whatever it is called.
    #[serde(rename = "编号", default)]
    pub number: Option<Box<Located<String>>>,
    /// What it was called before.
    #[serde(rename = "曾用名称", default)]
    pub former: Several,
    /// Names that are like its own and mean another one.
    #[serde(rename = "不是同一", default)]
    pub unlike: Several,
    /// Which one it is; the register says.
    #[serde(skip)]
    pub identity: ItemId,
    /// The entries of catalogues under which it falls: one, or a list.
    #[serde(rename = "目录条目", default)]
    pub entries: Several,
    /// Keys that nobody knows.
    #[serde(rename = "不明", default)]
    pub unknown: Several,
}

/// What an item is called, was called, and is not to be taken for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Naming<'a> {
    pub(super) name: &'a Located<String>,
    pub(super) number: Option<&'a Located<String>>,
    pub(super) former: &'a Several,
    pub(super) unlike: &'a Several,
}

impl Matter {
    /// A matter of which nothing else is written.
    pub fn new(kind: Located<String>, name: Option<Located<String>>) -> Self {
        let identity = if name.is_some() { ItemId::default() } else { ItemId::ENTERPRISE };
        Self {
            kind: Located { value: kind.value.into(), place: kind.place },
            name,
            space: None,
            number: None,
            former: Several::default(),
            unlike: Several::default(),
            identity,
            entries: Several::default(),
            unknown: Several::default(),
            amounts: ByName::default(),
            attributes: ByName::default(),
        }
    }

    /// The same with figures.
    #[must_use]
    pub fn with(mut self, quantity: &str, figures: Yearly) -> Self {
        self.amounts = self.amounts.with(quantity, figures);
        self
    }

    /// The same with a word under an attribute.
    #[must_use]
    pub fn having(mut self, attribute: &str, word: Located<String>) -> Self {
        self.attributes = self.attributes.with(attribute, word);
        self
    }

    /// Has the copies of its words that are known already.
    pub(super) fn share(&mut self, known: &mut BTreeSet<Word>) {
        self.kind.value.share(known);
        self.space.iter_mut().for_each(|space| space.share(known));
        self.amounts.share(known);
        self.attributes.share(known);
    }

    /// Where it was declared: its name or, where it has none, its kind.
    pub(super) fn place(&self) -> Place {
        self.name.as_ref().map_or(self.kind.place, |name| name.place)
    }

    pub(super) fn naming(&self) -> Option<Naming<'_>> {
        let Self { name, number, former, unlike, .. } = self;
        Some(Naming { name: name.as_ref()?, number: number.as_deref(), former, unlike })
    }
}
