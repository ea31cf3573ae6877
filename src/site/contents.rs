//! 发布内容 — what a site is made of: who publishes, the documents, lists and articles, and the files that lie beside their pages.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Article, Dataset, Document};

use super::identity::Identity;

/// Everything that is published.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    /// Who publishes.
    pub identity: &'a Identity,
    /// 公文, in any order.
    pub notices: &'a [Document],
    /// Lists: catalogues and awards.
    pub datasets: &'a [Dataset],
    /// Pages of text that belong to lists.
    pub articles: &'a [Article],
    /// Files that others put into the output (PDF, CSV, pictures), by their path below it. A page links to a document's PDF
    /// only if it stands here.
    pub files: &'a BTreeMap<String, FileFacts>,
    /// The names of documents that there are and that are not shown: what relates to them is no mistake of its own.
    pub elsewhere: &'a BTreeSet<String>,
    /// Whether it can be searched.
    pub searchable: bool,
}

/// What a reader wants to know of a file before fetching it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileFacts {
    /// Its size.
    pub bytes: u64,
    /// How many pages it has, if it is a PDF.
    pub pages: Option<u32>,
}

impl FileFacts {
    /// `3页，120 KB`.
    pub(super) fn words(&self) -> String {
        let size = match self.bytes {
            0..1024 => format!("{} 字节", self.bytes),
            1024..1_048_576 => format!("{} KB", self.bytes.div_ceil(1024)),
            _ => format!("{}.{} MB", self.bytes / 1_048_576, self.bytes % 1_048_576 * 10 / 1_048_576),
        };
        self.pages.map_or_else(|| size.clone(), |pages| format!("{pages}页，{size}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_told_as_readers_know_it() {
        let words = |bytes, pages| FileFacts { bytes, pages }.words();
        assert_eq!(words(1023, None), "1023 字节");
        assert_eq!(words(1024, None), "1 KB");
        assert_eq!(words(1025, Some(3)), "3页，2 KB");
        assert_eq!(words(1_048_576, None), "1.0 MB");
        assert_eq!(words(1_048_576 * 5 / 2, None), "2.5 MB");
    }
}
