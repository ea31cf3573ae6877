//! 定本 — what one 印发 or 更正 froze, in `data/issued/<slug>/<version>/`: the document in its own elements, the very bytes of
//! its PDF, the awards that it publishes with their traces, and a manifest of what it was made from. None of it is ever changed.

use serde::{Deserialize, Serialize};

use super::{Act, ISSUED, Registration, Registry};
use crate::award::Explained;
use crate::calendar::Day;
use crate::digest::sha256;
use crate::document::{Block, Dataset, Document, Validity, Withdrawal};

/// The name of the manifest in a version's folder.
pub const MANIFEST: &str = "manifest.json";

/// The folder of a version, below the workspace.
#[must_use]
pub fn version_folder(slug: &str, version: u16) -> String {
    format!("{ISSUED}/{slug}/{version}")
}

/// The name of a picture in a version's folder: its path in the workspace, in one piece.
#[must_use]
pub fn picture_file(path: &str) -> String {
    path.replace('%', "%25").replace('/', "%2F")
}

/// What a version holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frozen {
    /// The document; of letters (每户一份) there are several, and none stands here.
    #[serde(rename = "公文", default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
    /// The letters that were issued at once.
    #[serde(rename = "每户", default, skip_serializing_if = "Vec::is_empty")]
    pub letters: Vec<Letter>,
    /// The awards that it publishes, those refused as well.
    #[serde(rename = "奖励", default, skip_serializing_if = "Vec::is_empty")]
    pub awards: Vec<Explained>,
    /// The catalogue that it issues, or the list that it publishes.
    #[serde(rename = "目录", default, skip_serializing_if = "Option::is_none")]
    pub catalogue: Option<FrozenCatalogue>,
    /// A policy's clauses beside its rules, as they were when it was issued.
    #[serde(rename = "对照", default, skip_serializing_if = "Vec::is_empty")]
    pub comparison: Vec<Block>,
}

/// One letter of those that were issued at once.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letter {
    /// The enterprise's code.
    #[serde(rename = "统一社会信用代码")]
    pub code: String,
    /// The letter.
    #[serde(rename = "公文")]
    pub document: Document,
    /// SHA-256 of its PDF.
    #[serde(rename = "SHA-256")]
    pub digest: String,
}

/// A catalogue or a list as it was issued.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenCatalogue {
    /// Its name in the workspace.
    #[serde(rename = "名称")]
    pub slug: String,
    /// The list.
    #[serde(rename = "条目")]
    pub dataset: Dataset,
}

/// The manifest of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The document.
    #[serde(rename = "公文")]
    pub slug: String,
    /// The version.
    #[serde(rename = "版本")]
    pub version: u16,
    /// The program that made it.
    #[serde(rename = "程序")]
    pub program: String,
    /// The day on which it was made.
    #[serde(rename = "日期")]
    pub on: Day,
    /// The files of the folder.
    #[serde(rename = "文件")]
    pub files: Vec<Listed>,
    /// The files of the workspace, and those of the program, that it was made from.
    #[serde(rename = "来源")]
    pub sources: Vec<Listed>,
}

/// A file of a [`Manifest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Its path.
    #[serde(rename = "路径")]
    pub path: String,
    /// Its SHA-256.
    #[serde(rename = "SHA-256")]
    pub digest: String,
}

impl Listed {
    /// A file with its bytes.
    #[must_use]
    pub fn new(path: impl Into<String>, bytes: &[u8]) -> Self {
        Self { path: path.into(), digest: sha256(bytes) }
    }
}

/// A file of a version's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosed {
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

impl Frozen {
    /// The name of its file in the folder.
    pub const FILE: &'static str = "document.json";

    /// As a file.
    #[must_use]
    pub fn file(&self) -> Enclosed {
        // Texts, numbers and lists of them always have a JSON form.
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        bytes.push(b'\n');
        Enclosed { name: Self::FILE.to_owned(), bytes }
    }
}

impl Manifest {
    /// This program, as it names itself.
    pub const PROGRAM: &'static str = concat!("hongtou ", env!("CARGO_PKG_VERSION"));

    /// As a file.
    #[must_use]
    pub fn file(&self) -> Enclosed {
        // Texts and numbers always have a JSON form.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        Enclosed { name: MANIFEST.to_owned(), bytes }
    }
}

impl Registration {
    /// What a picture of this version is called where versions stand side by side.
    #[must_use]
    pub fn picture(&self, path: &str) -> String {
        format!("{}/{}/{path}", self.slug, self.version)
    }

    /// The frozen document of this version with what became of it since: its version and what that changed, whether it was
    /// corrected, withdrawn or repealed, whether its time is over on the day `on`.
    #[must_use]
    pub fn shown(&self, frozen: &Document, registry: &Registry, repealed: Option<Day>, on: Day) -> Document {
        let mut document = frozen.clone();
        // The picture of today may be another one: each version shows its own.
        document.move_pictures(&|path| self.picture(path));
        let issued = registry.of(&self.slug);
        let record = &mut document.record;
        record.publication.version = self.version.into();
        record.publication.change = self.note.clone().filter(|_| self.act == Act::Corrected);
        record.publication.withdrawn = issued
            .and_then(|issued| issued.withdrawn)
            .map(|act| Withdrawal { on: act.on, reason: act.note.clone().unwrap_or_default() });
        record.publication.repealed = repealed.filter(|day| *day <= on);
        record.published = Some(record.published.unwrap_or(self.on).max(self.on));
        record.validity = if record.publication.withdrawn.is_some() {
            Validity::Withdrawn
        } else if issued.is_some_and(|issued| issued.latest.version != self.version) {
            Validity::Corrected
        } else if repealed.is_some_and(|day| day <= on) || record.validity == Validity::Repealed {
            Validity::Repealed
        } else if record.publication.expires.is_some_and(|day| day < on) {
            Validity::Expired
        } else {
            Validity::Valid
        };
        document
    }
}
