//! 用词 — a word that a great many things have: the kind of a matter, the name of a figure. All of them share one copy of it.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer};

/// Such a word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word(Arc<str>);

impl Word {
    /// Takes the copy that is known already, or makes its own known.
    pub(super) fn share(&mut self, known: &mut BTreeSet<Self>) {
        match known.get(self) {
            Some(word) => *self = word.clone(),
            None => {
                known.insert(self.clone());
            }
        }
    }
}

impl From<String> for Word {
    fn from(word: String) -> Self {
        Self(word.into())
    }
}

impl Deref for Word {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Word {
    fn borrow(&self) -> &str {
        self
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}
