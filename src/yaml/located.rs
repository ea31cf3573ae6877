//! A value with the place where it was written.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};

use crate::source::{FileId, Place};

/// The name under which [`Located`] asks the deserializer of this module for a place.
pub(super) const LOCATED: &str = "$hongtou::Located";

/// A value and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub place: Place,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Parts<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Parts<T> {
            type Value = Located<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value with its place")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Located<T>, A::Error> {
                let mut number =
                    || parts.next_element::<u32>()?.ok_or_else(|| de::Error::custom("a place has three numbers"));
                let place = Place { file: FileId(number()?), start: number()?, end: number()? };
                let value = parts.next_element()?.ok_or_else(|| de::Error::custom("a place has a value"))?;
                Ok(Located { value, place })
            }
        }

        deserializer.deserialize_tuple_struct(LOCATED, 4, Parts(PhantomData))
    }
}
