//! 公开信息 — what the header table of a published page says (《政府信息公开条例》; 国办发〔2017〕47号).

use serde::Serialize;

use crate::calendar::Day;

use super::Publication;

/// The header table.
#[derive(Debug, Clone, PartialEq, Serialize)]
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

/// 有效性 on the day of the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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
}

impl Validity {
    /// The word that the page prints.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Valid => "有效",
            Self::Expired => "失效",
            Self::Repealed => "废止",
        }
    }
}
