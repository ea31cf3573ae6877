//! 一个房间的文件 — how a room of the output is filled, and what readers are told of the files in it.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use sm3::Sm3;

use super::artifact::Sheets;
use super::workshop::Shelves;
use super::{Artifact, Manifest, Room, Spool};
use crate::diag::{Code, Diagnostic, Report};
use crate::document::{Dataset, Document};
use crate::site::{Articles, FileFacts, Sums};

/// A room as it is filled.
pub(super) struct Filling<'s> {
    room: Room,
    spool: &'s Spool,
    artifacts: Vec<Artifact>,
    /// The seal of the register that the room is made from.
    pub(super) register: Option<&'s str>,
    /// What readers are told of the files that pages link to.
    pub(super) files: BTreeMap<String, FileFacts>,
}

impl<'s> Filling<'s> {
    pub(super) fn new(room: Room, spool: &'s Spool) -> Self {
        Self { room, spool, artifacts: Vec::new(), register: None, files: BTreeMap::new() }
    }

    /// Whether anything of it comes to be read.
    pub(super) fn keeps(&self) -> bool {
        self.spool.keeps()
    }

    /// Lays a file aside that is printed or bound of others.
    pub(super) fn lay_aside(&self, bytes: Vec<u8>) -> Sheets {
        Sheets::new(bytes, None, self.spool)
    }

    /// What a site of these shows, with the files that lie in the room.
    pub(super) fn shelves<'a>(
        &'a self,
        notices: &'a [Document],
        datasets: &'a [Dataset],
        articles: Articles<'a>,
    ) -> Shelves<'a> {
        Shelves { notices, datasets, articles, files: &self.files, kept: self.keeps() }
    }

    /// Adds a file that pages may link to; `path` is below the room.
    pub(super) fn add(&mut self, path: String, bytes: Vec<u8>, sources: Vec<String>) {
        self.files.insert(path.clone(), FileFacts { bytes: bytes.len() as u64, pages: None, sums: None });
        self.artifacts.push(Artifact::aside(self.spool, path, bytes, sources));
    }

    /// Adds a printed document.
    pub(super) fn add_print(&mut self, path: String, sheets: Sheets, sources: Vec<String>) {
        let Sheets { content, digest, pages, .. } = sheets;
        let pages = pages.and_then(|pages| u32::try_from(pages).ok());
        self.files.insert(path.clone(), FileFacts { bytes: content.size() as u64, pages, sums: None });
        self.artifacts.push(Artifact { path, content, digest, sources });
    }

    /// Tells by what a printed document may be known again.
    pub(super) fn sum(&mut self, path: &str, pdf: &[u8]) {
        if let Some(facts) = self.files.get_mut(path).filter(|_| self.spool.keeps()) {
            facts.sums = Some(Sums { sha256: Sha256::digest(pdf).into(), sm3: Sm3::digest(pdf).into() });
        }
    }

    /// Adds the pages of the site.
    pub(super) fn add_pages(&mut self, pages: Vec<Artifact>) {
        self.artifacts.extend(pages);
    }

    /// The files in the order of their paths, with their manifest, in the folder of the room. Two files at one path are an error:
    /// one would overwrite the other.
    pub(super) fn finish(mut self, report: &mut Report) -> Vec<Artifact> {
        self.artifacts.sort_by(|a, b| a.path.cmp(&b.path));
        for pair in self.artifacts.windows(2) {
            if let [one, other] = pair
                && one.path == other.path
            {
                let message = format!("两个文件都要写到 {}/{}", self.room.folder(), one.path);
                let sources = [&one.sources, &other.sources].map(|sources| sources.join("、")).join("；");
                report.push(
                    Diagnostic::error(Code::Address, message).help(format!("改其中一个的文件名；它们来自 {sources}")),
                );
            }
        }
        let manifest = Manifest::of(&self.artifacts, self.register).bytes();
        self.artifacts.push(Artifact::new("manifest.json", manifest, Vec::new()));
        let folder = self.room.folder();
        for artifact in &mut self.artifacts {
            artifact.path.insert_str(0, &format!("{folder}/"));
        }
        self.artifacts
    }
}
