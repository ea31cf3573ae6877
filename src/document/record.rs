//! 公开信息 — what the header table of a published page says (《政府信息公开条例》; 国办发〔2017〕47号).

use serde::{Deserialize, Serialize};

use crate::calendar::Day;

use super::Publication;

/// The header table.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Record {
    /// 索引号; empty until one is given.
    pub index_number: String,
    /// 主题分类, as `工业、交通\原材料`.
    pub topic: String,
    /// 栏目: the column of the site in which it is listed; empty where its 文种 decides.
    pub column: String,
    /// 发文机关, joined by 、.
    pub issuer: String,
    /// 成文日期.
    pub dated: Option<Day>,
    /// 发布日期.
    pub published: Option<Day>,
    /// 有效性.
    pub validity: Validity,
    /// 关键词.
    pub keywords: Vec<String>,
    /// 内容概述: one or two sentences.
    pub summary: String,
    /// 来源: where a transcribed document was published.
    pub source: Option<String>,
    /// 作者 or 责任编辑.
    pub author: Option<String>,
    /// 公开情况.
    pub publication: Publication,
}

/// 有效性 on a day, and what became of the document since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Validity {
    /// 有效.
    #[serde(rename = "valid")]
    Valid,
    /// 失效: its time is over.
    #[serde(rename = "expired")]
    Expired,
    /// 废止: repealed.
    #[serde(rename = "repealed")]
    Repealed,
    /// 已被更正: a later version took its place.
    #[serde(rename = "corrected")]
    Corrected,
    /// 已撤回: its text is no longer shown.
    #[serde(rename = "withdrawn")]
    Withdrawn,
}

impl Validity {
    /// The word that the page prints.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Valid => "有效",
            Self::Expired => "失效",
            Self::Repealed => "废止",
            Self::Corrected => "已被更正",
            Self::Withdrawn => "已撤回",
        }
    }
}
