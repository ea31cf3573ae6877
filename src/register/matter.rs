//! 事项 — a product, a project, an insurance, or whatever else a policy pays for, as it was declared for one year.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{ItemId, Several, Yearly};
use crate::yaml::Located;

/// Something that a policy pays for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matter {
    /// Its kind, as the schema and the policy's rules name it: 产品, 贯标认定.
    #[serde(rename = "类别")]
    pub kind: Located<String>,
    /// Its name; `None` where an enterprise has one of the kind.
    #[serde(rename = "名称", default)]
    pub name: Option<Located<String>>,
    /// The kind among whose names its own is, where that is another one.
    #[serde(rename = "所指", default)]
    pub space: Option<String>,
    /// Its number in the enterprise's books: what has one number is one item, whatever it is called.
    #[serde(rename = "编号", default)]
    pub number: Option<Located<String>>,
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
    /// Its figures.
    #[serde(rename = "数额", default)]
    pub amounts: BTreeMap<String, Yearly>,
    /// What else is asked: 认定级别: 国家级.
    #[serde(rename = "属性", default)]
    pub attributes: BTreeMap<String, Located<String>>,
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
            kind,
            name,
            space: None,
            number: None,
            former: Several::default(),
            unlike: Several::default(),
            identity,
            entries: Several::default(),
            unknown: Several::default(),
            amounts: BTreeMap::new(),
            attributes: BTreeMap::new(),
        }
    }

    /// The same with figures.
    #[must_use]
    pub fn with(mut self, quantity: &str, figures: Yearly) -> Self {
        self.amounts.insert(quantity.to_owned(), figures);
        self
    }

    /// The same with a word under an attribute.
    #[must_use]
    pub fn having(mut self, attribute: &str, word: Located<String>) -> Self {
        self.attributes.insert(attribute.to_owned(), word);
        self
    }

    pub(super) fn naming(&self) -> Option<Naming<'_>> {
        let Self { name, number, former, unlike, .. } = self;
        Some(Naming { name: name.as_ref()?, number: number.as_ref(), former, unlike })
    }
}
