//! 机关 — the office that issues: the 机关 part of `data/office.yaml`.

use serde::{Deserialize, Serialize};

/// The office.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Its full name, as it signs.
    #[serde(rename = "全称")]
    pub name: String,
    /// The short name by which texts call it.
    #[serde(rename = "简称")]
    pub short: String,
    /// 发文机关代字.
    #[serde(rename = "代字")]
    pub code: String,
    /// Where it is.
    #[serde(rename = "地址")]
    pub address: String,
    /// Its post code.
    #[serde(rename = "邮编")]
    pub post_code: String,
    /// Its telephone.
    #[serde(rename = "电话")]
    pub telephone: String,
    /// The office within it that deals with the awards, and its telephone.
    #[serde(rename = "承办处室", default)]
    pub section: Option<String>,
    /// Who watches over it, and the telephone.
    #[serde(rename = "监督电话", default)]
    pub supervision: Option<String>,
    /// Where the letters that were issued are kept, below the workspace; `archive` unless it is written.
    #[serde(rename = "告知书存放", default)]
    pub archive: Option<String>,
    /// How many working days a 公示 of the office runs at least.
    #[serde(rename = "公示不少于", default)]
    pub announced: u32,
    /// Its fax.
    #[serde(rename = "传真", default)]
    pub fax: Option<String>,
    /// Its mail address.
    #[serde(rename = "邮箱", default)]
    pub mail: Option<String>,
}
