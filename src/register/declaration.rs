//! 申报 — the facts of one year, as the enterprises declared them: `data/declarations/<year>.yaml`.
//!
//! The rules of a policy see a declaration as a list of [`Item`]s: the enterprise itself, and each of its matters; each with its
//! figures by name and year. How a person writes them is the schema's: [`Schema::normalise`](super::Schema::normalise) brings it into this form.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Deserialize;

use super::matter::Naming;
use super::spelling::normal;
use super::{ByName, CreditCode, ItemId, Matter, Named, Several, Word, Yearly};
use crate::calendar::Year;
use crate::document::ClauseId;
use crate::money::Money;
use crate::source::Place;
use crate::yaml::Located;

/// A whole file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclarationYear {
    /// The year of the facts.
    #[serde(rename = "年度")]
    pub year: Located<Year>,
    /// The batch, where the year has several: `data/declarations/2023-2.yaml` with `批次: 2`.
    #[serde(rename = "批次", default = "first_batch")]
    pub batch: u16,
    /// The policy's folder, where the file is for one policy alone.
    #[serde(rename = "政策", default)]
    pub policy: Option<Located<String>>,
    /// The declarations.
    #[serde(rename = "申报")]
    pub declarations: Vec<Declaration>,
}

fn first_batch() -> u16 {
    1
}

/// What one enterprise declared.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// The batch of the year's declarations that it belongs to, as its file says.
    #[serde(skip)]
    pub batch: u16,
    /// The one policy that it is for, as its file says.
    #[serde(skip)]
    pub policy: Option<String>,
    /// The enterprise.
    #[serde(rename = "企业")]
    pub enterprise: Located<CreditCode>,
    /// The enterprise's own figures: its revenue.
    #[serde(rename = "数额", default)]
    pub amounts: ByName<Yearly>,
    /// What else is asked of the enterprise for the year.
    #[serde(rename = "属性", default)]
    pub attributes: ByName<Located<String>>,
    /// Its products, projects, insurances and whatever else is paid for.
    #[serde(rename = "事项", default)]
    pub matters: Vec<Matter>,
    /// Keys that nobody knows.
    #[serde(rename = "不明", default)]
    pub unknown: Several,
    /// The same matter under another policy.
    #[serde(rename = "其他政策", default)]
    pub other_policies: Vec<OtherPolicy>,
}

/// What another policy gives for the same matter (就高不重复).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherPolicy {
    /// Our own policy's folder, where two of ours have a clause of that number.
    #[serde(rename = "本政策", default)]
    pub own: Option<Box<Located<String>>>,
    /// The clause of our policy that it overlaps with.
    #[serde(rename = "条款")]
    pub clause: Located<ClauseId>,
    /// What our award is called, where it overlaps with one rule of the clause alone.
    #[serde(rename = "事项", default)]
    pub rule: Option<Box<Located<String>>>,
    /// Which of the enterprise's products or projects; all that the clause pays, if left out.
    #[serde(rename = "对象", default)]
    pub subject: Option<Box<Located<String>>>,
    /// Which item that is; the register says.
    #[serde(skip)]
    pub identity: Option<ItemId>,
    /// The other policy.
    #[serde(rename = "政策")]
    pub policy: Located<String>,
    /// What it gives.
    #[serde(rename = "金额")]
    pub amount: Located<Money>,
    /// Whether that has been paid.
    #[serde(rename = "已拨付")]
    pub paid: Located<bool>,
}

impl OtherPolicy {
    /// Whether another line says the very same.
    pub(super) fn repeats(&self, other: &Self) -> bool {
        fn value(located: Option<&Located<String>>) -> Option<Cow<'_, str>> {
            located.map(|located| normal(&located.value))
        }
        value(self.own.as_deref()) == value(other.own.as_deref())
            && self.clause.value == other.clause.value
            && value(self.rule.as_deref()) == value(other.rule.as_deref())
            && value(self.subject.as_deref()) == value(other.subject.as_deref())
            && normal(&self.policy.value) == normal(&other.policy.value)
            && self.amount.value == other.amount.value
            && self.paid.value == other.paid.value
    }

    /// The clause of our own that it names.
    pub fn clause(&self) -> Named<'_> {
        Named { policy: self.own.as_deref(), policy_key: "本政策", clause: &self.clause, rule: self.rule.as_deref() }
    }
}

/// Entries of catalogues.
pub type EntryIds = Several;

/// A part of a declaration that a rule can pay for.
#[derive(Debug, Clone, Copy)]
pub enum Item<'a> {
    /// The enterprise itself, whether it declared something or not.
    Enterprise(Option<&'a Declaration>),
    /// A product, a project, or whatever else.
    Matter(&'a Matter),
}

impl<'a> Item<'a> {
    /// What the enterprise itself is called where things are called by their kind.
    pub const ENTERPRISE: &'static str = "企业";

    /// 企业, 产品, 项目, or another kind that the schema or a policy names.
    pub fn kind(self) -> &'a str {
        match self {
            Self::Enterprise(_) => Self::ENTERPRISE,
            Self::Matter(matter) => &matter.kind.value,
        }
    }

    /// The kind among whose names its own is: an insurance is called by the product that it covers.
    pub(super) fn space(self) -> &'a str {
        match self {
            Self::Enterprise(_) => Self::ENTERPRISE,
            Self::Matter(matter) => matter.space.as_deref().unwrap_or(&matter.kind.value),
        }
    }

    /// Its name; `None` where it is the enterprise's own.
    pub fn name(self) -> Option<&'a str> {
        self.naming().map(|naming| naming.name.value.as_str())
    }

    /// What it is called; `None` where it is the enterprise's own.
    pub(super) fn naming(self) -> Option<Naming<'a>> {
        match self {
            Self::Enterprise(_) => None,
            Self::Matter(matter) => matter.naming(),
        }
    }

    /// Which of the enterprise's items it is, in this year and in others.
    #[inline]
    pub fn identity(self) -> ItemId {
        match self {
            Self::Enterprise(_) => ItemId::ENTERPRISE,
            Self::Matter(matter) => matter.identity,
        }
    }

    /// Where it was declared.
    pub fn place(self) -> Option<Place> {
        match self {
            Self::Enterprise(declaration) => declaration.map(|declaration| declaration.enterprise.place),
            Self::Matter(matter) => Some(matter.place()),
        }
    }

    /// The figures of a name.
    #[inline]
    pub fn amount(self, quantity: &str) -> Option<&'a Yearly> {
        self.figures()?.get(quantity)
    }

    /// All its figures by name.
    pub fn amounts(self) -> impl Iterator<Item = (&'a str, &'a Yearly)> {
        self.figures().into_iter().flat_map(ByName::iter)
    }

    #[inline]
    fn figures(self) -> Option<&'a ByName<Yearly>> {
        match self {
            Self::Enterprise(declaration) => declaration.map(|declaration| &declaration.amounts),
            Self::Matter(matter) => Some(&matter.amounts),
        }
    }

    /// Its entries in catalogues.
    pub fn entries(self) -> &'a [Located<String>] {
        match self {
            Self::Enterprise(_) => &[],
            Self::Matter(matter) => matter.entries.as_slice(),
        }
    }

    /// What was declared under an attribute.
    pub fn attribute(self, name: &str) -> Option<Located<&'a str>> {
        let attributes = match self {
            Self::Enterprise(declaration) => &declaration?.attributes,
            Self::Matter(matter) => &matter.attributes,
        };
        attributes.get(name).map(|word| Located { value: word.value.as_str(), place: word.place })
    }
}

impl Declaration {
    /// What an enterprise that declared nothing for a year declares.
    pub fn new(enterprise: Located<CreditCode>) -> Self {
        Self {
            batch: first_batch(),
            policy: None,
            enterprise,
            amounts: ByName::default(),
            attributes: ByName::default(),
            matters: Vec::new(),
            unknown: Several::default(),
            other_policies: Vec::new(),
        }
    }

    /// The same with figures of the enterprise itself.
    #[must_use]
    pub fn with(mut self, quantity: &str, figures: Yearly) -> Self {
        self.amounts = self.amounts.with(quantity, figures);
        self
    }

    /// Has the copies of its words that are known already.
    pub(super) fn share(&mut self, known: &mut BTreeSet<Word>) {
        self.amounts.share(known);
        self.attributes.share(known);
        self.matters.iter_mut().for_each(|matter| matter.share(known));
    }

    /// All its items.
    pub fn items(&self) -> impl Iterator<Item = Item<'_>> {
        std::iter::once(Item::Enterprise(Some(self))).chain(self.matters.iter().map(Item::Matter))
    }

    /// Hands over its items of a kind, one after the other.
    pub fn each_of<'a>(&'a self, kind: &str, mut take: impl FnMut(Item<'a>)) {
        if kind == Item::ENTERPRISE {
            take(Item::Enterprise(Some(self)));
        }
        let of_kind = self.matters.iter().filter(|matter| *matter.kind.value == *kind);
        of_kind.for_each(|matter| take(Item::Matter(matter)));
    }

    /// The item of a kind that is the same as one of another year.
    pub fn item(&self, kind: &str, identity: ItemId) -> Option<Item<'_>> {
        self.items().find(|item| item.identity() == identity && item.kind() == kind)
    }

    /// The identities of its items that have names, in the order of [`items`](Self::items).
    pub(super) fn identities_mut(&mut self) -> impl Iterator<Item = &mut ItemId> {
        let named = self.matters.iter_mut().filter(|matter| matter.name.is_some());
        named.map(|matter| &mut matter.identity)
    }
}
