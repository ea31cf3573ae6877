//! 按名称 — what stands under the few names that one thing has: a short list, smaller and faster to look through than a map. A
//! year has a million declarations, and most things have one figure.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer};

use super::Word;

/// Values under names, each name once, in the order of the names.
#[derive(Debug, Clone)]
pub struct ByName<T>(Box<[(Word, T)]>);

impl<T> Default for ByName<T> {
    fn default() -> Self {
        Self(Box::default())
    }
}

impl<T> FromIterator<(String, T)> for ByName<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(named: I) -> Self {
        Self(BTreeMap::from_iter(named).into_iter().map(|(name, value)| (Word::from(name), value)).collect())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ByName<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::<String, T>::deserialize(deserializer).map(Self::from_iter)
    }
}

impl<T> ByName<T> {
    /// What stands under a name.
    #[inline]
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(known, _)| **known == *name).map(|(_, value)| value)
    }

    /// All of it, with the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(name, _)| name)
    }

    /// Has the copies of its names that are known already.
    pub(super) fn share(&mut self, known: &mut BTreeSet<Word>) {
        self.0.iter_mut().for_each(|(name, _)| name.share(known));
    }

    /// The same with one more.
    #[must_use]
    pub fn with(self, name: &str, value: T) -> Self {
        let named = self.0.into_iter().map(|(name, value)| (name.to_string(), value));
        named.chain([(name.to_owned(), value)]).collect()
    }
}
