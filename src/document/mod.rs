//! 公文 — the document in the standard's own elements (GB/T 9704—2012, 7): what every page, printed or published, is made of.
//!
//! A [`Document`] is complete and final: every word on the page stands in it, in the order of the standard. The pages
//! ([`crate::pdf`], [`crate::site`]) only lay it out; they compute no amount and choose no wording.

mod article;
mod attachment;
mod block;
mod body;
mod colophon;
mod dataset;
mod genre;
mod heading;
mod masthead;
mod number;
mod outline;
mod pictures;
mod publication;
mod record;
mod script;
mod words;

use serde::{Deserialize, Serialize};

pub use article::{AWARDS, Article, Crumb};
pub use attachment::Attachment;
pub use block::{Align, Block, Cell, Column, Figure, Inline, Label, Merge, Row, Table, inlines, plain, printed};
pub use body::{Closing, ClosingStyle, Seal, Signature};
pub use colophon::Colophon;
pub use dataset::{
    Bar, Chart, Dataset, DatasetKind, Download, Edition, Fact, Field, FieldKind, Grant, Held, Record as DataRecord,
};
pub use genre::{Direction, Format, Genre};
pub use heading::{Division, Leads};
pub use masthead::{Masthead, Secrecy, SecrecyLevel, Signatory, Urgency};
pub use number::{Number, NumberError};
pub use outline::{Clause, ClauseId, Outline, OutlineEntry};
pub use publication::{Disclosure, PublicPeriod, Publication, Relation, RelationKind, TimeOfDay, Version, Withdrawal};
pub use record::{Record, Validity};
pub use script::{lowered, raised};
pub use words::lines;

/// The longest title, in characters: more than twice what four lines hold, and few enough to be broken into lines at once.
pub const LONGEST_TITLE: usize = 200;

/// 状态 — how final it is. All but 定稿 carry a visible word on every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
pub enum Status {
    /// 定稿: as issued.
    #[default]
    #[serde(rename = "定稿")]
    Final,
    /// 草稿: not issued yet.
    #[serde(rename = "草稿")]
    Draft,
    /// 样例: invented content.
    #[serde(rename = "样例")]
    Sample,
}

impl Status {
    /// The word that a file writes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Final => "定稿",
            Self::Draft => "草稿",
            Self::Sample => "样例",
        }
    }

    /// The word that stands in the upper margin, if any.
    #[must_use]
    pub fn mark(self) -> Option<&'static str> {
        match self {
            Self::Final => None,
            Self::Draft => Some("草稿"),
            Self::Sample => Some("样例"),
        }
    }
}

/// 公文 — one official document.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Document {
    /// Its name in addresses and file names: the stem of its file.
    pub slug: String,
    /// How final it is.
    pub status: Status,
    /// 文种.
    pub genre: Genre,
    /// 格式: which page of the standard it is laid on.
    pub format: Format,
    /// 版头.
    pub masthead: Masthead,
    /// 标题, whole, without line breaks.
    pub title: String,
    /// 标题 broken by meaning, line by line (7.3.1). One line when it need not be broken.
    pub title_lines: Vec<String>,
    /// 题注: what stands in brackets below the title, as `2024年6月13日示例市人民代表大会常务委员会第十次会议通过`; without them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annotation: Option<String>,
    /// 主送机关 as it is printed, without the colon; empty when there is none.
    pub addressee: String,
    /// 正文.
    pub body: Vec<Block>,
    /// 附件, in order; their names make the 附件说明.
    pub attachments: Vec<Attachment>,
    /// 署名, 成文日期, 印章.
    pub closing: Closing,
    /// 附注, without its brackets.
    pub note: Option<String>,
    /// 版记; `None` where the document has none (a 公示 on a web site, a letter to an enterprise).
    pub colophon: Option<Colophon>,
    /// 公开信息: what the web page's header table says.
    pub record: Record,
}
