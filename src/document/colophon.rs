//! 版记 — the colophon: who gets a copy, who printed it and when (GB/T 9704—2012, 7.4).

use serde::{Deserialize, Serialize};

use crate::calendar::Day;

/// 版记.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
pub struct Colophon {
    /// Lines above the copies that an office's practice adds, as `主办：市工信局` and `督办：市政府办公厅四处`, in pairs.
    pub offices: Vec<String>,
    /// 主送 that did not fit on the first page (7.4.2), without its full stop.
    pub addressee: Option<String>,
    /// 抄送机关, line by line as the author broke them, without the last full stop.
    pub copies_to: Vec<String>,
    /// 印发机关.
    pub printed_by: Option<String>,
    /// 印发日期, printed as `2022年6月2日印发`.
    #[serde(serialize_with = "as_printed", deserialize_with = "from_print", default)]
    pub printed_on: Option<Day>,
}

#[expect(clippy::ref_option, reason = "serde calls it with the field's address")]
fn as_printed<S: serde::Serializer>(day: &Option<Day>, serializer: S) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => serializer.serialize_some(&format!("{day}印发")),
        None => serializer.serialize_none(),
    }
}

fn from_print<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Day>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| text.trim_end_matches("印发").parse().map_err(serde::de::Error::custom)).transpose()
}
