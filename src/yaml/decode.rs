//! From the tree to typed values, through serde, with all errors at once.
//!
//! Serde gives up at the first error. So the value at fault is taken out and the tree is read again; what is missing only
//! because it was taken out is not reported. In the end the outermost list entries that had anything wrong are left out.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::value::{StrDeserializer, U32Deserializer};
use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor};

use super::located::LOCATED;
use super::tree::{Node, NodeKind};
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::source::Place;

/// After so many findings in one file the rest is not looked for: the file is not what it was meant to be.
const MOST_FINDINGS: usize = 100;

/// Reads a tree as a `T`; see [`super::read`] for what is left out where something is wrong.
#[must_use]
pub fn decode<T: DeserializeOwned>(root: &Node) -> (Option<T>, Report) {
    let mut report = Report::default();
    let mut removed = BTreeSet::new();
    let value = loop {
        match T::deserialize(Reader { node: root, removed: &removed }) {
            Ok(value) => break Some(value),
            Err(failure) => {
                let node = failure.node.unwrap_or(root.id);
                if !failure.is_consequence(root, &removed) {
                    report.push(failure.diagnostic(root.place));
                }
                if node == root.id || !removed.insert(node) || report.findings().len() >= MOST_FINDINGS {
                    break None;
                }
            }
        }
    };
    if removed.is_empty() {
        return (value, report);
    }
    let outermost: Option<BTreeSet<u32>> = removed.iter().map(|id| outermost_entry(root, *id)).collect();
    let rest = outermost
        .filter(|_| value.is_some())
        .and_then(|removed| T::deserialize(Reader { node: root, removed: &removed }).ok());
    (rest, report)
}

/// The outermost list entry in which the value of a number stands.
fn outermost_entry(node: &Node, id: u32) -> Option<u32> {
    match &node.kind {
        NodeKind::List(items) => items.iter().find(|item| item.contains(id)).map(|item| item.id),
        NodeKind::Map(pairs) => {
            pairs.iter().find(|(_, value)| value.contains(id)).and_then(|(_, value)| outermost_entry(value, id))
        }
        NodeKind::Null | NodeKind::Scalar(_) => None,
    }
}

fn find(node: &Node, id: u32) -> Option<&Node> {
    if node.id == id {
        return Some(node);
    }
    let mut children: Box<dyn Iterator<Item = &Node>> = match &node.kind {
        NodeKind::List(items) => Box::new(items.iter()),
        NodeKind::Map(pairs) => Box::new(pairs.iter().map(|(_, value)| value)),
        NodeKind::Null | NodeKind::Scalar(_) => return None,
    };
    children.find(|child| child.contains(id)).and_then(|child| find(child, id))
}

/// What went wrong, and with which value.
#[derive(Debug)]
struct Failure {
    fault: Fault,
    place: Option<Place>,
    node: Option<u32>,
}

#[derive(Debug)]
enum Fault {
    /// A required key is missing.
    Missing(&'static str),
    /// A key, or a kind, that is not known; and those that are.
    Unknown(&'static str, String, &'static [&'static str]),
    /// A list where a map is meant, and so on.
    Shape(String),
    /// A value that its type does not take.
    Value(String),
}

impl Failure {
    fn shape(message: impl Into<String>) -> Self {
        Self { fault: Fault::Shape(message.into()), place: None, node: None }
    }

    fn value(message: impl Into<String>) -> Self {
        Self { fault: Fault::Value(message.into()), place: None, node: None }
    }

    /// Says where, unless something deeper inside has said so already.
    fn at(mut self, node: &Node) -> Self {
        if self.node.is_none() {
            self.place = Some(node.place);
            self.node = Some(node.id);
        }
        self
    }

    /// Whether it is wrong only because something wrong was taken out of it before.
    fn is_consequence(&self, root: &Node, removed: &BTreeSet<u32>) -> bool {
        let Some(node) = self.node.and_then(|id| find(root, id)) else { return false };
        match &self.fault {
            Fault::Missing(field) => match &node.kind {
                // Its own value was wrong, or its name was mistyped; either has been said.
                NodeKind::Map(pairs) => pairs.iter().any(|(key, value)| {
                    removed.contains(&value.id) && key.text().is_some_and(|key| nearest(key, [*field]).is_some())
                }),
                _ => false,
            },
            Fault::Unknown(..) => false,
            Fault::Shape(_) | Fault::Value(_) => removed.range(node.id..=node.last).next().is_some(),
        }
    }

    fn diagnostic(self, whole: Place) -> Diagnostic {
        let place = self.place.unwrap_or(whole);
        match self.fault {
            Fault::Missing(field) => Diagnostic::error(Code::Missing, format!("缺少“{field}”"))
                .at(place)
                .help(format!("补上一行“{field}: …”")),
            Fault::Unknown(what, word, known) => {
                let help = match nearest(&word, known.iter().copied()) {
                    Some(near) => format!("是不是“{near}”？"),
                    None if known.is_empty() => "删去它".to_owned(),
                    None => format!("这里可以写：{}", known.join("、")),
                };
                Diagnostic::error(Code::Unknown, format!("没有“{word}”这一{what}")).at(place).help(help)
            }
            Fault::Shape(message) => Diagnostic::error(Code::Shape, message).at(place),
            Fault::Value(message) => Diagnostic::error(Code::Value, message).at(place),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.fault)
    }
}

impl std::error::Error for Failure {}

impl de::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::value(message.to_string())
    }

    fn missing_field(field: &'static str) -> Self {
        Self { fault: Fault::Missing(field), place: None, node: None }
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self { fault: Fault::Unknown("项", field.to_owned(), expected), place: None, node: None }
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self { fault: Fault::Unknown("种", variant.to_owned(), expected), place: None, node: None }
    }
}

/// One value on its way into a type.
#[derive(Clone, Copy)]
struct Reader<'a> {
    node: &'a Node,
    removed: &'a BTreeSet<u32>,
}

impl<'a> Reader<'a> {
    fn child(self, node: &'a Node) -> Self {
        Self { node, ..self }
    }

    fn text(self) -> Result<&'a str, Failure> {
        match &self.node.kind {
            NodeKind::Scalar(text) => Ok(&**text),
            NodeKind::Null => Err(Failure::value("这里没有写值")),
            NodeKind::List(_) => Err(Failure::shape("这里应是一个值，却写成了列表")),
            NodeKind::Map(_) => Err(Failure::shape("这里应是一个值，却写成了“键: 值”")),
        }
        .map_err(|failure| failure.at(self.node))
    }

    fn describe(self) -> String {
        match &self.node.kind {
            NodeKind::Scalar(text) => format!("，却写成了“{}”", text.chars().take(20).collect::<String>()),
            NodeKind::Null => "，却没有写".to_owned(),
            NodeKind::List(_) => "，却写成了列表".to_owned(),
            NodeKind::Map(_) => String::new(),
        }
    }

    fn list(self) -> Result<impl Iterator<Item = Reader<'a>>, Failure> {
        match &self.node.kind {
            NodeKind::List(items) => {
                Ok(items.iter().filter(move |item| !self.removed.contains(&item.id)).map(move |item| self.child(item)))
            }
            _ => Err(Failure::shape(format!("这里应是列表，每项以“- ”开头{}", self.describe())).at(self.node)),
        }
    }

    fn pairs(self) -> Result<impl Iterator<Item = (Reader<'a>, Reader<'a>)>, Failure> {
        match &self.node.kind {
            NodeKind::Map(pairs) => Ok(pairs
                .iter()
                .filter(move |(_, value)| !self.removed.contains(&value.id))
                .map(move |(key, value)| (self.child(key), self.child(value)))),
            _ => Err(Failure::shape(format!("这里应是“键: 值”{}", self.describe())).at(self.node)),
        }
    }
}

macro_rules! integers {
    ($($method:ident $visit:ident $kind:ty),*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
            let text = self.text()?;
            let number = text.parse::<$kind>().map_err(|_| Failure::value(format!("“{text}”不是整数")).at(self.node))?;
            visitor.$visit(number)
        })*
    };
}

impl<'de> de::Deserializer<'de> for Reader<'_> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.kind {
            NodeKind::List(_) => self.deserialize_seq(visitor),
            NodeKind::Map(_) => self.deserialize_map(visitor),
            NodeKind::Null | NodeKind::Scalar(_) => self.deserialize_str(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.text()? {
            "是" | "true" => visitor.visit_bool(true),
            "否" | "false" => visitor.visit_bool(false),
            other => Err(Failure::value(format!("“{other}”既不是“是”也不是“否”")).at(self.node)),
        }
    }

    integers!(
        deserialize_i8 visit_i8 i8, deserialize_i16 visit_i16 i16, deserialize_i32 visit_i32 i32, deserialize_i64 visit_i64 i64,
        deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16, deserialize_u32 visit_u32 u32, deserialize_u64 visit_u64 u64
    );

    /// Only measures of the page are floats; amounts are read as text.
    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let text = self.text()?;
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        visitor.visit_f64(number.ok_or_else(|| Failure::value(format!("“{text}”不是数")).at(self.node))?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let text = self.text()?;
        visitor.visit_str(text).map_err(|failure: Failure| failure.at(self.node))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_newtype_struct(self).map_err(|failure: Failure| failure.at(self.node))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let entries = Entries { items: self.list()? };
        visitor.visit_seq(entries).map_err(|failure: Failure| failure.at(self.node))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        if name == LOCATED {
            let Place { file, start, end } = self.node.place;
            return visitor.visit_seq(PlaceThenValue { numbers: [file.0, start, end].into_iter(), value: Some(self) });
        }
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let pairs = Pairs { pairs: self.pairs()?, value: None };
        visitor.visit_map(pairs).map_err(|failure: Failure| failure.at(self.node))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        let result = match &self.node.kind {
            NodeKind::Scalar(text) => {
                let name: StrDeserializer<'_, Failure> = (&**text).into_deserializer();
                visitor.visit_enum(name)
            }
            NodeKind::Map(_) => {
                let mut pairs = self.pairs()?;
                match (pairs.next(), pairs.next()) {
                    (Some((key, value)), None) => visitor.visit_enum(Variant { key, value }),
                    (None, _) => Err(Failure::shape("这里要写明是哪一种")),
                    (Some(_), Some((second, _))) => Err(Failure::shape("这里只能写一种").at(second.node)),
                }
            }
            NodeKind::Null | NodeKind::List(_) => Err(Failure::shape(format!("这里应写明是哪一种{}", self.describe()))),
        };
        result.map_err(|failure: Failure| failure.at(self.node))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! { i128 u128 f32 char bytes byte_buf unit unit_struct }
}

struct Entries<I> {
    items: I,
}

impl<'de, 'a, I: Iterator<Item = Reader<'a>>> SeqAccess<'de> for Entries<I> {
    type Error = Failure;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Failure> {
        self.items.next().map(|item| seed.deserialize(item).map_err(|failure| failure.at(item.node))).transpose()
    }

    /// As many as there are, but for what is left out: a list is as large as it has to be.
    fn size_hint(&self) -> Option<usize> {
        self.items.size_hint().1
    }
}

struct PlaceThenValue<'a> {
    numbers: std::array::IntoIter<u32, 3>,
    value: Option<Reader<'a>>,
}

impl<'de> SeqAccess<'de> for PlaceThenValue<'_> {
    type Error = Failure;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Failure> {
        if let Some(number) = self.numbers.next() {
            let number: U32Deserializer<Failure> = number.into_deserializer();
            return seed.deserialize(number).map(Some);
        }
        self.value.take().map(|value| seed.deserialize(value).map_err(|failure| failure.at(value.node))).transpose()
    }
}

struct Pairs<'a, I> {
    pairs: I,
    value: Option<(Reader<'a>, Reader<'a>)>,
}

impl<'de, 'a, I: Iterator<Item = (Reader<'a>, Reader<'a>)>> MapAccess<'de> for Pairs<'a, I> {
    type Error = Failure;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Failure> {
        let Some((key, value)) = self.pairs.next() else { return Ok(None) };
        self.value = Some((key, value));
        // A key that is not known is shown at the key, and goes together with its value.
        let blame = |mut failure: Failure| {
            failure.place = Some(key.node.place);
            failure.node = Some(value.node.id);
            failure
        };
        seed.deserialize(key).map(Some).map_err(blame)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Failure> {
        let (key, value) = self.value.take().ok_or_else(|| Failure::shape("值不在键之后"))?;
        if matches!(value.node.kind, NodeKind::Null) {
            let name = key.node.text().unwrap_or_default();
            return Err(Failure {
                place: Some(value.node.place), ..Failure::value(format!("“{name}”后面没有写值"))
            }
            .at_node(value.node));
        }
        seed.deserialize(value).map_err(|failure| failure.at(value.node))
    }
}

impl Failure {
    fn at_node(mut self, node: &Node) -> Self {
        self.node = Some(node.id);
        self
    }
}

struct Variant<'a> {
    key: Reader<'a>,
    value: Reader<'a>,
}

impl<'de, 'a> de::EnumAccess<'de> for Variant<'a> {
    type Error = Failure;
    type Variant = Reader<'a>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Reader<'a>), Failure> {
        let kind = seed.deserialize(self.key).map_err(|mut failure: Failure| {
            failure.place = Some(self.key.node.place);
            failure.node = Some(self.value.node.id);
            failure
        })?;
        Ok((kind, self.value))
    }
}

impl<'de> de::VariantAccess<'de> for Reader<'_> {
    type Error = Failure;

    fn unit_variant(self) -> Result<(), Failure> {
        match self.node.kind {
            NodeKind::Null => Ok(()),
            _ => Err(Failure::shape("这一种后面不写内容").at(self.node)),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Failure> {
        seed.deserialize(self).map_err(|failure| failure.at(self.node))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Failure> {
        de::Deserializer::deserialize_seq(self, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Failure> {
        de::Deserializer::deserialize_map(self, visitor)
    }
}
