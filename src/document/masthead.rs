//! 版头 — all above the red rule of the first page (GB/T 9704—2012, 7.2).

use serde::{Deserialize, Serialize};

use super::{Format, Number};

/// 版头.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Masthead {
    /// 份号: six digits (7.2.1).
    pub copy_number: Option<String>,
    /// 密级和保密期限 (7.2.2).
    pub secrecy: Option<Secrecy>,
    /// 紧急程度 (7.2.3).
    pub urgency: Option<Urgency>,
    /// 发文机关标志: the issuers, the host first (7.2.4).
    pub issuers: Vec<String>,
    /// What follows the issuers in the mark: `文件`, `令`, `命令`, or nothing.
    pub suffix: Option<String>,
    /// 发文字号 or 令号 (7.2.5, 10.2).
    pub number: Option<Number>,
    /// 签发人, only on what goes to a higher office (7.2.6).
    pub signatories: Vec<Signatory>,
}

impl Masthead {
    /// How many marks stand in the head of a format: in a letter the host's alone (10.1), without a head none.
    #[must_use]
    pub fn marks(&self, format: Format) -> usize {
        match format {
            Format::Document | Format::Order | Format::Minutes => self.issuers.len(),
            Format::Letter => self.issuers.len().min(1),
            Format::Plain => 0,
        }
    }
}

/// 密级 with its period.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Secrecy {
    /// The level.
    #[serde(rename = "密级")]
    pub level: SecrecyLevel,
    /// The period, as `1年`.
    #[serde(rename = "保密期限", default)]
    pub period: Option<String>,
}

/// 密级: 绝密, 机密, 秘密.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum SecrecyLevel {
    /// 秘密: up to 10 years.
    #[serde(rename = "秘密")]
    Confidential,
    /// 机密: up to 20 years.
    #[serde(rename = "机密")]
    Secret,
    /// 绝密: up to 30 years.
    #[serde(rename = "绝密")]
    TopSecret,
}

/// 紧急程度 of a document on paper (条例第九条（三）).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Urgency {
    /// 特急.
    #[serde(rename = "特急")]
    Urgent,
    /// 加急.
    #[serde(rename = "加急")]
    Expedited,
}

/// 签发人: who signed it off.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Signatory {
    /// The name.
    pub name: String,
}
