//! 申报 — the facts of one year, as the enterprises declared them: `data/declarations/<year>.yaml`.
//!
//! The rules of a policy see a declaration as a list of [`Item`]s: the enterprise itself, each product, project, insurance,
//! its environmental spending, and whatever else another policy asks for; each with its figures by name and year.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;

use super::spelling::normal;
use super::{CreditCode, ItemId, Named, Several};
use crate::calendar::Year;
use crate::document::ClauseId;
use crate::money::Money;
use crate::source::Place;
use crate::yaml::Located;

/// A figure for each year, with the place where it was declared; by year. They are few, so that a list is the fastest to look up.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "BTreeMap<Year, Located<Money>>")]
pub struct Yearly(Vec<(Year, Located<Money>)>);

impl From<BTreeMap<Year, Located<Money>>> for Yearly {
    fn from(figures: BTreeMap<Year, Located<Money>>) -> Self {
        Self(figures.into_iter().collect())
    }
}

impl FromIterator<(Year, Located<Money>)> for Yearly {
    fn from_iter<I: IntoIterator<Item = (Year, Located<Money>)>>(figures: I) -> Self {
        BTreeMap::from_iter(figures).into()
    }
}

impl Yearly {
    /// The figure of a year.
    #[inline]
    pub fn get(&self, year: Year) -> Option<&Located<Money>> {
        self.0.iter().find(|(of, _)| *of == year).map(|(_, figure)| figure)
    }

    /// All figures, by year.
    pub fn iter(&self) -> impl Iterator<Item = (Year, &Located<Money>)> {
        self.0.iter().map(|(year, figure)| (*year, figure))
    }
}

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
    /// Its revenue.
    #[serde(rename = "主营业务收入", default)]
    pub revenue: Option<Yearly>,
    /// Its products.
    #[serde(rename = "产品", default)]
    pub products: Vec<Product>,
    /// Its projects.
    #[serde(rename = "项目", default)]
    pub projects: Vec<Project>,
    /// Its insurances.
    #[serde(rename = "保险", default)]
    pub insurances: Vec<Insurance>,
    /// Its environmental spending.
    #[serde(rename = "环保", default)]
    pub environment: Option<Environment>,
    /// What other policies ask for.
    #[serde(rename = "其他事项", default)]
    pub others: Vec<OtherItem>,
    /// The same matter under another policy.
    #[serde(rename = "其他政策", default)]
    pub other_policies: Vec<OtherPolicy>,
}

/// A product.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Its name.
    #[serde(rename = "名称")]
    pub name: Located<String>,
    /// Its number in the enterprise's books: what has one number is one product, whatever it is called.
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
    pub entries: EntryIds,
    /// Its sales.
    #[serde(rename = "销售额")]
    pub sales: Yearly,
}

impl Product {
    /// A product of which nothing else is written.
    pub fn new(name: Located<String>, entries: EntryIds, sales: Yearly) -> Self {
        let (former, unlike) = (Several::default(), Several::default());
        Self { name, number: None, former, unlike, identity: ItemId::default(), entries, sales }
    }
}

/// A project.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Its name.
    #[serde(rename = "名称")]
    pub name: Located<String>,
    /// Its number in the enterprise's books: what has one number is one project, whatever it is called.
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
    /// What was spent on equipment and software.
    #[serde(rename = "设备和软件投资")]
    pub investment: Yearly,
}

impl Project {
    /// A project of which nothing else is written.
    pub fn new(name: Located<String>, investment: Yearly) -> Self {
        let (former, unlike) = (Several::default(), Several::default());
        Self { name, number: None, former, unlike, identity: ItemId::default(), investment }
    }
}

/// An insurance of a new material's first batches.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Insurance {
    /// The insured product.
    #[serde(rename = "产品")]
    pub product: Located<String>,
    /// The product's number in the enterprise's books.
    #[serde(rename = "编号", default)]
    pub number: Option<Located<String>>,
    /// What the product was called before.
    #[serde(rename = "曾用名称", default)]
    pub former: Several,
    /// Names that are like the product's own and mean another one.
    #[serde(rename = "不是同一", default)]
    pub unlike: Several,
    /// Which product it is; the register says.
    #[serde(skip)]
    pub identity: ItemId,
    /// The premium.
    #[serde(rename = "保费")]
    pub premium: Yearly,
    /// Whether the state recognised it.
    #[serde(rename = "国家认定")]
    pub recognised: Located<bool>,
}

impl Insurance {
    /// An insurance of which nothing else is written.
    pub fn new(product: Located<String>, premium: Yearly, recognised: Located<bool>) -> Self {
        let (former, unlike) = (Several::default(), Several::default());
        Self { product, number: None, former, unlike, identity: ItemId::default(), premium, recognised }
    }
}

/// Environmental spending.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Environment {
    /// Fees actually paid for services.
    #[serde(rename = "服务费用", default)]
    pub fees: Yearly,
    /// Fixed investment in facilities.
    #[serde(rename = "设施投入", default)]
    pub facilities: Yearly,
}

/// Something that another policy pays for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherItem {
    /// Its kind, as the policy's rules name it: 贯标认定.
    #[serde(rename = "类别")]
    pub kind: Located<String>,
    /// Its name.
    #[serde(rename = "名称")]
    pub name: Located<String>,
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
    pub entries: EntryIds,
    /// Its figures.
    #[serde(rename = "数额", default)]
    pub amounts: BTreeMap<String, Yearly>,
    /// What else is asked: 认定级别: 国家级.
    #[serde(rename = "属性", default)]
    pub attributes: BTreeMap<String, Located<String>>,
}

impl OtherItem {
    /// An item of which nothing but its kind and name is written.
    pub fn new(kind: Located<String>, name: Located<String>) -> Self {
        Self {
            kind,
            name,
            number: None,
            former: Several::default(),
            unlike: Several::default(),
            identity: ItemId::default(),
            entries: EntryIds::default(),
            amounts: BTreeMap::new(),
            attributes: BTreeMap::new(),
        }
    }
}

/// What another policy gives for the same matter (就高不重复).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherPolicy {
    /// Our own policy's folder, where two of ours have a clause of that number.
    #[serde(rename = "本政策", default)]
    pub own: Option<Located<String>>,
    /// The clause of our policy that it overlaps with.
    #[serde(rename = "条款")]
    pub clause: Located<ClauseId>,
    /// What our award is called, where it overlaps with one rule of the clause alone.
    #[serde(rename = "事项", default)]
    pub rule: Option<Located<String>>,
    /// Which of the enterprise's products or projects; all that the clause pays, if left out.
    #[serde(rename = "对象", default)]
    pub subject: Option<Located<String>>,
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
        value(self.own.as_ref()) == value(other.own.as_ref())
            && self.clause.value == other.clause.value
            && value(self.rule.as_ref()) == value(other.rule.as_ref())
            && value(self.subject.as_ref()) == value(other.subject.as_ref())
            && normal(&self.policy.value) == normal(&other.policy.value)
            && self.amount.value == other.amount.value
            && self.paid.value == other.paid.value
    }

    /// The clause of our own that it names.
    pub fn clause(&self) -> Named<'_> {
        Named { policy: self.own.as_ref(), policy_key: "本政策", clause: &self.clause, rule: self.rule.as_ref() }
    }
}

/// Entries of catalogues.
pub type EntryIds = Several;

/// What an item is called, was called, and is not to be taken for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Naming<'a> {
    pub(super) name: &'a Located<String>,
    pub(super) number: Option<&'a Located<String>>,
    pub(super) former: &'a Several,
    pub(super) unlike: &'a Several,
}

/// A part of a declaration that a rule can pay for.
#[derive(Debug, Clone, Copy)]
pub enum Item<'a> {
    /// The enterprise itself, whether it declared something or not.
    Enterprise(Option<&'a Declaration>),
    /// A product.
    Product(&'a Product),
    /// A project.
    Project(&'a Project),
    /// An insurance.
    Insurance(&'a Insurance),
    /// The environmental spending, and the declaration that it stands in.
    Environment(&'a Environment, Place),
    /// What another policy asks for.
    Other(&'a OtherItem),
}

impl<'a> Item<'a> {
    /// 企业, 产品, 项目, 保险, 环保, or a kind that another policy names.
    pub fn kind(self) -> &'a str {
        match self {
            Self::Enterprise(_) => "企业",
            Self::Product(_) => "产品",
            Self::Project(_) => "项目",
            Self::Insurance(_) => "保险",
            Self::Environment(..) => "环保",
            Self::Other(other) => &other.kind.value,
        }
    }

    /// Its name; `None` where it is the enterprise's own.
    pub fn name(self) -> Option<&'a str> {
        self.naming().map(|naming| naming.name.value.as_str())
    }

    /// What it is called; `None` where it is the enterprise's own.
    pub(super) fn naming(self) -> Option<Naming<'a>> {
        let (name, number, former, unlike) = match self {
            Self::Enterprise(_) | Self::Environment(..) => return None,
            Self::Product(product) => (&product.name, &product.number, &product.former, &product.unlike),
            Self::Project(project) => (&project.name, &project.number, &project.former, &project.unlike),
            Self::Insurance(insured) => (&insured.product, &insured.number, &insured.former, &insured.unlike),
            Self::Other(other) => (&other.name, &other.number, &other.former, &other.unlike),
        };
        Some(Naming { name, number: number.as_ref(), former, unlike })
    }

    /// Which of the enterprise's items it is, in this year and in others.
    #[inline]
    pub fn identity(self) -> ItemId {
        match self {
            Self::Enterprise(_) | Self::Environment(..) => ItemId::ENTERPRISE,
            Self::Product(product) => product.identity,
            Self::Project(project) => project.identity,
            Self::Insurance(insurance) => insurance.identity,
            Self::Other(other) => other.identity,
        }
    }

    /// Where it was declared.
    pub fn place(self) -> Option<Place> {
        match self {
            Self::Enterprise(declaration) => declaration.map(|declaration| declaration.enterprise.place),
            Self::Environment(_, place) => Some(place),
            _ => self.naming().map(|naming| naming.name.place),
        }
    }

    /// The figures of a name.
    pub fn amount(self, quantity: &str) -> Option<&'a Yearly> {
        match (self, quantity) {
            (Self::Enterprise(declaration), "主营业务收入") => declaration?.revenue.as_ref(),
            (Self::Product(product), "销售额") => Some(&product.sales),
            (Self::Project(project), "设备和软件投资") => Some(&project.investment),
            (Self::Insurance(insurance), "保费") => Some(&insurance.premium),
            (Self::Environment(spent, _), "服务费用") => Some(&spent.fees),
            (Self::Environment(spent, _), "设施投入") => Some(&spent.facilities),
            (Self::Other(other), _) => other.amounts.get(quantity),
            _ => None,
        }
    }

    /// All its figures by name.
    pub fn amounts(self) -> impl Iterator<Item = (&'a str, &'a Yearly)> {
        let known =
            Declaration::KINDS.iter().find(|(kind, _)| *kind == self.kind()).map_or(&[][..], |(_, names)| *names);
        let others = if let Self::Other(other) = self { Some(&other.amounts) } else { None };
        let known = known.iter().filter_map(move |name| Some((*name, self.amount(name)?)));
        known.chain(others.into_iter().flatten().map(|(name, figures)| (name.as_str(), figures)))
    }

    /// Its entries in catalogues.
    pub fn entries(self) -> &'a [Located<String>] {
        match self {
            Self::Product(product) => product.entries.as_slice(),
            Self::Other(other) => other.entries.as_slice(),
            _ => &[],
        }
    }

    /// What was declared under an attribute.
    pub fn attribute(self, name: &str) -> Option<Located<&'a str>> {
        match self {
            Self::Insurance(insurance) if name == "国家认定" => {
                let Located { value, place } = insurance.recognised;
                Some(Located { value: if value { "是" } else { "否" }, place })
            }
            Self::Other(other) => {
                other.attributes.get(name).map(|word| Located { value: word.value.as_str(), place: word.place })
            }
            _ => None,
        }
    }
}

impl Declaration {
    /// The kinds of items that every declaration can have, with the figures that each carries.
    pub const KINDS: [(&'static str, &'static [&'static str]); 5] = [
        ("企业", &["主营业务收入"]),
        ("产品", &["销售额"]),
        ("项目", &["设备和软件投资"]),
        ("保险", &["保费"]),
        ("环保", &["服务费用", "设施投入"]),
    ];

    /// All its items.
    pub fn items(&self) -> impl Iterator<Item = Item<'_>> {
        std::iter::once(Item::Enterprise(Some(self)))
            .chain(self.products.iter().map(Item::Product))
            .chain(self.projects.iter().map(Item::Project))
            .chain(self.insurances.iter().map(Item::Insurance))
            .chain(self.environment.iter().map(|spent| Item::Environment(spent, self.enterprise.place)))
            .chain(self.others.iter().map(Item::Other))
    }

    /// Hands over its items of a kind, one after the other.
    pub fn each_of<'a>(&'a self, kind: &str, mut take: impl FnMut(Item<'a>)) {
        match kind {
            "企业" => take(Item::Enterprise(Some(self))),
            "产品" => self.products.iter().for_each(|product| take(Item::Product(product))),
            "项目" => self.projects.iter().for_each(|project| take(Item::Project(project))),
            "保险" => self.insurances.iter().for_each(|insurance| take(Item::Insurance(insurance))),
            "环保" => {
                if let Some(spent) = &self.environment {
                    take(Item::Environment(spent, self.enterprise.place));
                }
            }
            _ => self.others.iter().filter(|other| other.kind.value == kind).for_each(|other| take(Item::Other(other))),
        }
    }

    /// The item of a kind that is the same as one of another year.
    pub fn item(&self, kind: &str, identity: ItemId) -> Option<Item<'_>> {
        self.items().find(|item| item.identity() == identity && item.kind() == kind)
    }

    /// The identities of its items that have names, in the order of [`items`](Self::items).
    pub(super) fn identities_mut(&mut self) -> impl Iterator<Item = &mut ItemId> {
        let products = self.products.iter_mut().map(|product| &mut product.identity);
        let projects = self.projects.iter_mut().map(|project| &mut project.identity);
        let insurances = self.insurances.iter_mut().map(|insurance| &mut insurance.identity);
        let others = self.others.iter_mut().map(|other| &mut other.identity);
        products.chain(projects).chain(insurances).chain(others)
    }
}
