//! 署名、成文日期、印章 — how a document ends: the three ways of GB/T 9704—2012, 7.3.5.

use serde::{Deserialize, Serialize};

use crate::calendar::Day;

/// How it ends.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Closing {
    /// Which of the three ways.
    pub style: ClosingStyle,
    /// 署名, the host first; empty where the document bears only its date.
    pub signatures: Vec<Signature>,
    /// 成文日期, printed as `2022年6月2日`.
    #[serde(serialize_with = "as_printed")]
    pub dated: Option<Day>,
}

/// The three ways of 7.3.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
pub enum ClosingStyle {
    /// 7.3.5.1: sealed; the signature is centred on the date, the date four characters from the right.
    #[serde(rename = "盖章")]
    Sealed,
    /// 7.3.5.2: not sealed; the signature two characters from the right, the date below it, moved in by two.
    #[default]
    #[serde(rename = "不盖章")]
    Unsealed,
    /// 7.3.5.3: with the stamped signature of who signed it.
    #[serde(rename = "签名章")]
    Stamped,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Signature {
    /// The office; with a stamped signature, the post of the person (`市长`).
    pub name: String,
    /// The person whose stamp it is, where it is one.
    pub person: Option<String>,
    /// The seal's picture in the workspace, if one is given.
    pub seal: Option<Seal>,
}

/// 印章 or 签名章: a picture that the workspace provides.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Seal {
    /// The path of the picture in the workspace (PNG or SVG).
    pub path: String,
    /// Its width on paper, in tenths of a millimetre.
    pub width: u32,
}

#[expect(clippy::ref_option, reason = "serde calls it with the field's address")]
fn as_printed<S: serde::Serializer>(day: &Option<Day>, serializer: S) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => serializer.collect_str(day),
        None => serializer.serialize_none(),
    }
}
