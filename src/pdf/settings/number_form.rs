//! 页码样式 — how a page number is written, with `#` for the number (GB/T 9704—2012, 7.5: `— # —`).

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// The longest form, in characters.
const LONGEST: usize = 16;

/// A form with one `#`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NumberForm(String);

impl NumberForm {
    /// A short text with one `#`; `None` otherwise.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        (text.matches('#').count() == 1 && text.chars().count() <= LONGEST).then(|| Self(text.to_owned()))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for NumberForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(deserializer)?)
            .ok_or_else(|| D::Error::custom("页码样式里用一个 # 代表页码，如 \"— # —\"，不超过16个字"))
    }
}
