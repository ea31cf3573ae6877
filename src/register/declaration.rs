//! 申报 — the facts of one year, as the enterprises declared them: `data/declarations/<year>.yaml`.
//!
//! The rules of a policy see a declaration as a list of [`Item`]s: the enterprise itself, each product, project, insurance,
//! its environmental spending, and whatever else another policy asks for; each with its figures by name and year.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::CreditCode;
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
    /// The declarations.
    #[serde(rename = "申报")]
    pub declarations: Vec<Declaration>,
}

/// What one enterprise declared.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
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
    /// The entries of catalogues under which it falls: one, or a list.
    #[serde(rename = "目录条目", default)]
    pub entries: EntryIds,
    /// Its sales.
    #[serde(rename = "销售额")]
    pub sales: Yearly,
}

/// A project.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Its name.
    #[serde(rename = "名称")]
    pub name: Located<String>,
    /// What was spent on equipment and software.
    #[serde(rename = "设备和软件投资")]
    pub investment: Yearly,
}

/// An insurance of a new material's first batches.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Insurance {
    /// The insured product.
    #[serde(rename = "产品")]
    pub product: Located<String>,
    /// The premium.
    #[serde(rename = "保费")]
    pub premium: Yearly,
    /// Whether the state recognised it.
    #[serde(rename = "国家认定")]
    pub recognised: Located<bool>,
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

/// What another policy gives for the same matter (就高不重复).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherPolicy {
    /// The clause of our policy that it overlaps with.
    #[serde(rename = "条款")]
    pub clause: Located<ClauseId>,
    /// Which of the enterprise's products or projects; all that the clause pays, if left out.
    #[serde(rename = "对象", default)]
    pub subject: Option<Located<String>>,
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

/// One or more entries of catalogues.
#[derive(Debug, Clone, Default)]
pub struct EntryIds(Vec<Located<String>>);

impl EntryIds {
    /// The entries.
    pub fn iter(&self) -> impl Iterator<Item = &Located<String>> {
        self.0.iter()
    }
}

impl FromIterator<Located<String>> for EntryIds {
    fn from_iter<I: IntoIterator<Item = Located<String>>>(ids: I) -> Self {
        Self(ids.into_iter().collect())
    }
}

impl<'de> Deserialize<'de> for EntryIds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Raw(Located<OneOrMany>);
        enum OneOrMany {
            One(String),
            Many(Vec<Located<String>>),
        }
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = OneOrMany;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("编号，或编号的列表")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany::One(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<OneOrMany, A::Error> {
                let mut ids = Vec::new();
                while let Some(id) = entries.next_element()? {
                    ids.push(id);
                }
                Ok(OneOrMany::Many(ids))
            }
        }
        impl<'de> Deserialize<'de> for OneOrMany {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(Either)
            }
        }
        let Raw(Located { value, place }) = Raw::deserialize(deserializer)?;
        Ok(Self(match value {
            OneOrMany::One(value) => vec![Located { value, place }],
            OneOrMany::Many(ids) => ids,
        }))
    }
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
        self.named().map(|name| name.value.as_str())
    }

    fn named(self) -> Option<&'a Located<String>> {
        match self {
            Self::Enterprise(_) | Self::Environment(..) => None,
            Self::Product(product) => Some(&product.name),
            Self::Project(project) => Some(&project.name),
            Self::Insurance(insurance) => Some(&insurance.product),
            Self::Other(other) => Some(&other.name),
        }
    }

    /// Where it was declared.
    pub fn place(self) -> Option<Place> {
        match self {
            Self::Enterprise(declaration) => declaration.map(|declaration| declaration.enterprise.place),
            Self::Environment(_, place) => Some(place),
            _ => self.named().map(|name| name.place),
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
            Self::Product(product) => &product.entries.0,
            Self::Other(other) => &other.entries.0,
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

    /// Its items of a kind.
    pub fn items_of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = Item<'a>> {
        let (products, projects, insurances, others) = match kind {
            "产品" => (&self.products[..], &[][..], &[][..], &[][..]),
            "项目" => (&[][..], &self.projects[..], &[][..], &[][..]),
            "保险" => (&[][..], &[][..], &self.insurances[..], &[][..]),
            "企业" | "环保" => (&[][..], &[][..], &[][..], &[][..]),
            _ => (&[][..], &[][..], &[][..], &self.others[..]),
        };
        let own = match kind {
            "企业" => Some(Item::Enterprise(Some(self))),
            "环保" => self.environment.as_ref().map(|spent| Item::Environment(spent, self.enterprise.place)),
            _ => None,
        };
        own.into_iter()
            .chain(products.iter().map(Item::Product))
            .chain(projects.iter().map(Item::Project))
            .chain(insurances.iter().map(Item::Insurance))
            .chain(others.iter().filter(move |other| other.kind.value == kind).map(Item::Other))
    }

    /// The item of a kind and a name.
    pub fn item<'a>(&'a self, kind: &'a str, name: Option<&str>) -> Option<Item<'a>> {
        self.items_of(kind).find(|item| item.name() == name)
    }
}
