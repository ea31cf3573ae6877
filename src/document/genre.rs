//! 文种与格式 — the fifteen kinds of 《党政机关公文处理工作条例》 第八条, four that offices use beside them, and the
//! formats of GB/T 9704—2012 on which they are laid.

use serde::{Deserialize, Serialize};

use super::Disclosure;

/// 文种.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[expect(missing_docs, reason = "the Chinese term beside each is its meaning (条例第八条)")]
pub enum Genre {
    #[serde(rename = "决议")]
    Resolution,
    #[serde(rename = "决定")]
    Decision,
    #[serde(rename = "命令")]
    Order,
    #[serde(rename = "公报")]
    Communique,
    #[serde(rename = "公告")]
    Announcement,
    #[serde(rename = "通告")]
    PublicNotice,
    #[serde(rename = "意见")]
    Opinion,
    #[serde(rename = "通知")]
    Notice,
    #[serde(rename = "通报")]
    Circular,
    #[serde(rename = "报告")]
    Report,
    #[serde(rename = "请示")]
    Request,
    #[serde(rename = "批复")]
    Reply,
    #[serde(rename = "议案")]
    Motion,
    #[serde(rename = "函")]
    Letter,
    #[serde(rename = "纪要")]
    Minutes,
    #[serde(rename = "公示")]
    Publicity,
    #[serde(rename = "告知书")]
    Advice,
    #[serde(rename = "目录")]
    Catalogue,
    #[serde(rename = "解读")]
    Explanation,
}

/// 行文方向.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// 上行文: to a higher office; carries 签发人.
    Up,
    /// 下行文, 平行文 and what is published.
    Other,
}

/// 格式 — the page that a document is laid on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Format {
    /// 文件格式 (7): red mark with 文件, number, red rule.
    #[serde(rename = "文件")]
    Document,
    /// 信函格式 (10.1).
    #[serde(rename = "信函")]
    Letter,
    /// 命令（令）格式 (10.2).
    #[serde(rename = "命令")]
    Order,
    /// 纪要格式 (10.3).
    #[serde(rename = "纪要")]
    Minutes,
    /// 无版头: title and text alone, as a 公示, a 告知书, a 解读 or a catalogue is published.
    #[serde(rename = "无版头")]
    Plain,
}

impl Genre {
    /// All of them.
    pub const ALL: [Self; 19] = [
        Self::Resolution,
        Self::Decision,
        Self::Order,
        Self::Communique,
        Self::Announcement,
        Self::PublicNotice,
        Self::Opinion,
        Self::Notice,
        Self::Circular,
        Self::Report,
        Self::Request,
        Self::Reply,
        Self::Motion,
        Self::Letter,
        Self::Minutes,
        Self::Publicity,
        Self::Advice,
        Self::Catalogue,
        Self::Explanation,
    ];

    /// The kind of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|genre| genre.name() == name)
    }

    /// The kind that a title ends with: `关于……的通知`.
    #[must_use]
    pub fn of_title(title: &str) -> Option<Self> {
        let title = title.split(['（', '(']).next().unwrap_or(title);
        Self::ALL.into_iter().find(|genre| title.ends_with(genre.name()))
    }

    /// Whether it bears no 发文字号 by practice.
    #[must_use]
    pub fn is_unnumbered(self) -> bool {
        matches!(self, Self::Resolution | Self::Communique | Self::Explanation)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Resolution => "决议",
            Self::Decision => "决定",
            Self::Order => "命令",
            Self::Communique => "公报",
            Self::Announcement => "公告",
            Self::PublicNotice => "通告",
            Self::Opinion => "意见",
            Self::Notice => "通知",
            Self::Circular => "通报",
            Self::Report => "报告",
            Self::Request => "请示",
            Self::Reply => "批复",
            Self::Motion => "议案",
            Self::Letter => "函",
            Self::Minutes => "纪要",
            Self::Publicity => "公示",
            Self::Advice => "告知书",
            Self::Catalogue => "目录",
            Self::Explanation => "解读",
        }
    }

    /// The format that it is laid on unless its file says otherwise.
    #[must_use]
    pub fn usual_format(self) -> Format {
        match self {
            Self::Letter => Format::Letter,
            Self::Order => Format::Order,
            Self::Minutes => Format::Minutes,
            Self::Publicity
            | Self::Advice
            | Self::Catalogue
            | Self::Explanation
            | Self::Announcement
            | Self::PublicNotice => Format::Plain,
            _ => Format::Document,
        }
    }

    /// Whether it is public where nobody said so: what offices write to each other and to those above them is not.
    #[must_use]
    pub fn usual_disclosure(self) -> Disclosure {
        match self {
            Self::Report | Self::Request | Self::Motion | Self::Letter | Self::Minutes => Disclosure::Withheld,
            _ => Disclosure::Open,
        }
    }

    /// Its direction. A 意见 can go any way and counts as going up only where it names a 签发人.
    #[must_use]
    pub fn direction(self) -> Direction {
        match self {
            Self::Report | Self::Request | Self::Motion => Direction::Up,
            _ => Direction::Other,
        }
    }
}
