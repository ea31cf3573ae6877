//! 就高组 — rules of which only one award stands: the highest (就高) or the lowest (就低), for one and the same item or for all that an
//! enterprise has.

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// The long form.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "名称")]
    name: String,
    #[serde(rename = "范围", default)]
    scope: GroupScope,
    #[serde(rename = "取", default)]
    which: Which,
}

/// A group that a rule belongs to: `就高组: 增长`, or `就高组: { 名称: 增长, 范围: 企业, 取: 最低 }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Among what only one award stands.
    pub scope: GroupScope,
    /// Which one stands.
    pub which: Which,
}

/// Among what only one award of a group stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum GroupScope {
    /// Among those for one item.
    #[default]
    #[serde(rename = "对象")]
    Item,
    /// Among all that an enterprise gets.
    #[serde(rename = "企业")]
    Enterprise,
}

/// Which award of a group stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Which {
    /// 就高.
    #[default]
    #[serde(rename = "最高")]
    Highest,
    /// 就低.
    #[serde(rename = "最低")]
    Lowest,
}

impl Which {
    /// By what the others are refused.
    pub fn principle(self) -> &'static str {
        match self {
            Self::Highest => "就高不重复",
            Self::Lowest => "就低不重复",
        }
    }
}

impl<'de> Deserialize<'de> for Group {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Group;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("组的名称，或 { 名称: …, 范围: 企业, 取: 最高 }")
            }
            fn visit_str<E: de::Error>(self, name: &str) -> Result<Group, E> {
                Ok(Group { name: name.to_owned(), scope: GroupScope::default(), which: Which::default() })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Group, A::Error> {
                let Written { name, scope, which } = Written::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Group { name, scope, which })
            }
        }
        deserializer.deserialize_any(Either)
    }
}
