//! 记录 — what was issued and what was paid. An act (印发, 更正, 撤回, 兑现) leaves a record that later data cannot change; every
//! difference between the record and what the data say now is told.
//!
//! ```text
//! registry    发文登记簿: one entry an act, each sealed over the one before it
//! version     what one 印发 or 更正 froze: the document, its PDF, the awards, what it was made from
//! issue       may it be issued; under which number; what is written
//! difference  what the data would now make of an issued document
//! ledger      奖励台账: what may be booked, and whether it is what was due
//! ```

pub mod difference;
pub mod issue;
pub mod ledger;
mod registry;
mod version;

pub use registry::{Act, Issued, Registration, Registry};
pub use version::{
    Enclosed, Frozen, FrozenCatalogue, Letter, Listed, MANIFEST, Manifest, picture_file, version_folder,
};

use std::collections::BTreeMap;

use crate::calendar::Day;
use crate::document::{Document, RelationKind};

/// The record of issued documents, as it was read.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// 发文登记簿.
    pub registry: Registry,
    /// Its text, as the file has it.
    pub text: Option<String>,
    /// Whether the register is lost or is not what was written: nothing may be added to it then.
    pub damaged: bool,
    /// Whether anything of the record is not what was written: no site is made of it then.
    pub touched: bool,
    versions: BTreeMap<(String, u16), Frozen>,
}

impl Record {
    /// Takes in a version.
    pub fn insert(&mut self, slug: &str, version: u16, frozen: Frozen) {
        self.versions.insert((slug.to_owned(), version), frozen);
    }

    /// A version of a document.
    #[must_use]
    pub fn version(&self, slug: &str, version: u16) -> Option<&Frozen> {
        self.versions.get(&(slug.to_owned(), version))
    }

    /// The latest version of a document.
    #[must_use]
    pub fn latest(&self, slug: &str) -> Option<&Frozen> {
        self.version(slug, self.registry.of(slug)?.latest.version)
    }

    /// Whether an issued document concluded this one, as a 通知 does a 公示: what came of it then stands there.
    #[must_use]
    pub fn is_concluded(&self, slug: &str) -> bool {
        let documents = self.registry.documents().into_values().filter(|issued| issued.withdrawn.is_none());
        let mut latest = documents.filter_map(|issued| self.latest(&issued.latest.slug)?.document.as_ref());
        latest.any(|document| {
            let mut relations = document.record.publication.relations.iter();
            relations.any(|relation| relation.kind == RelationKind::Concludes && relation.to == slug)
        })
    }

    /// Every version of every document that is one for all, as it shows on a day, in the order of the register.
    pub fn shown(&self, on: Day) -> impl Iterator<Item = (&Registration, &Frozen, Document)> {
        let versions = self.registry.versions().filter(move |entry| entry.on <= on);
        // Only what stands repeals another: not what was withdrawn, nor what was corrected since.
        let standing = self.registry.documents().into_values().filter(|issued| issued.withdrawn.is_none());
        let standing: Vec<&Document> = standing
            .filter_map(|issued| self.version(&issued.latest.slug, issued.latest.version)?.document.as_ref())
            .collect();
        versions.filter_map(move |entry| {
            let frozen = self.version(&entry.slug, entry.version)?;
            let document = frozen.document.as_ref()?;
            let repealed = Registry::repealed(&entry.slug, standing.iter().copied());
            Some((entry, frozen, entry.shown(document, &self.registry, repealed, on)))
        })
    }
}

/// The folder of the record, below the workspace.
pub const ISSUED: &str = "data/issued";

/// 发文登记簿, below the workspace.
pub const REGISTER: &str = "data/issued/register.yaml";
