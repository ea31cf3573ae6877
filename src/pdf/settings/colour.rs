//! 红色 — the red of the mark and of the rules, on screens and office printers and on a printer's plates (GB/T 9704—2012, 6.2).

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// A colour as `#e60012`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rgb(String);

impl Rgb {
    /// A colour of a hash sign and six hexadecimal digits; `None` otherwise.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        (digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())).then(|| Self(text.to_owned()))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Rgb {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(deserializer)?)
            .ok_or_else(|| D::Error::custom("红色写成 \"#e60012\" 的样子：井号和六位十六进制数，加引号"))
    }
}

/// The plates of a printer: cyan, magenta, yellow, black, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Cmyk([f64; 4]);

impl Cmyk {
    /// Four plates, each between 0 and 100; `None` otherwise.
    #[must_use]
    pub fn new(plates: [f64; 4]) -> Option<Self> {
        plates.iter().all(|plate| (0.0..=100.0).contains(plate)).then_some(Self(plates))
    }

    /// Cyan, magenta, yellow, black, in percent.
    #[must_use]
    pub fn plates(self) -> [f64; 4] {
        self.0
    }
}

impl<'de> Deserialize<'de> for Cmyk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let plates = <[f64; 4]>::try_from(Vec::deserialize(deserializer)?).ok();
        plates.and_then(Self::new).ok_or_else(|| {
            D::Error::custom("四色红写成 [青, 品红, 黄, 黑] 四个百分数，各在0到100之间，如 [0, 80, 80, 0]")
        })
    }
}
