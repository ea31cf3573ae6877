//! 成品 — the files of the output, and what was made altogether.

use sha2::{Digest, Sha256};

use super::{Content, Spool};

/// A file of the output.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// Its path below `output/`, with `/`.
    pub path: String,
    /// What stands in it.
    pub content: Content,
    /// The SHA-256 of that.
    pub digest: [u8; 32],
    /// The files of the workspace that it was made from.
    pub sources: Vec<String>,
}

impl Artifact {
    /// A file that is kept in memory.
    pub fn new(path: impl Into<String>, bytes: Vec<u8>, sources: Vec<String>) -> Self {
        Self::aside(&Spool::default(), path.into(), bytes, sources)
    }

    /// A file that is laid aside.
    pub(super) fn aside(spool: &Spool, path: String, bytes: Vec<u8>, sources: Vec<String>) -> Self {
        let digest = if spool.keeps() { digest_of(&bytes) } else { [0; 32] };
        Self { path, digest, content: spool.put(bytes), sources }
    }
}

/// The SHA-256 of bytes.
pub(super) fn digest_of(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// A printed document, laid aside.
pub(super) struct Sheets {
    pub(super) content: Content,
    pub(super) digest: [u8; 32],
    pub(super) pages: Option<usize>,
    /// Whether it was printed before.
    pub(super) kept: bool,
}

impl Sheets {
    pub(super) fn new(pdf: Vec<u8>, pages: Option<usize>, spool: &Spool) -> Self {
        let digest = if spool.keeps() { digest_of(&pdf) } else { [0; 32] };
        Self { digest, content: spool.put(pdf), pages, kept: false }
    }
}

/// Everything that was made.
#[derive(Debug, Default)]
pub struct Output {
    /// The files, by room and path.
    pub artifacts: Vec<Artifact>,
    /// How many documents were printed.
    pub documents: usize,
    /// On how many pages.
    pub pages: usize,
    /// How many of them were printed before and are as they were.
    pub kept: usize,
    /// The names of those that something was wrong with.
    pub left_out: Vec<String>,
    /// Whether the public's room stays as it last was: the record cannot be trusted to make it anew.
    pub keeps_site: bool,
}
