//! 一个或几个 — words of which most things have one: written as one, or as a list.

use std::fmt;

use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::yaml::Located;

/// Words, one or several or none.
#[derive(Debug, Clone, Default)]
pub struct Several(Box<[Located<String>]>);

impl Several {
    /// The words, in the order in which they are written.
    pub fn iter(&self) -> std::slice::Iter<'_, Located<String>> {
        self.0.iter()
    }

    /// The words as a list.
    pub fn as_slice(&self) -> &[Located<String>] {
        &self.0
    }
}

impl<'a> IntoIterator for &'a Several {
    type Item = &'a Located<String>;
    type IntoIter = std::slice::Iter<'a, Located<String>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl FromIterator<Located<String>> for Several {
    fn from_iter<I: IntoIterator<Item = Located<String>>>(words: I) -> Self {
        Self(words.into_iter().collect())
    }
}

impl<'de> Deserialize<'de> for Several {
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
                f.write_str("一个词，或词的列表")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany::One(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<OneOrMany, A::Error> {
                let mut words = Vec::new();
                while let Some(word) = entries.next_element()? {
                    words.push(word);
                }
                Ok(OneOrMany::Many(words))
            }
        }
        impl<'de> Deserialize<'de> for OneOrMany {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(Either)
            }
        }
        let Raw(Located { value, place }) = Raw::deserialize(deserializer)?;
        Ok(Self(match value {
            OneOrMany::One(value) => Box::new([Located { value, place }]),
            OneOrMany::Many(words) => words.into(),
        }))
    }
}
