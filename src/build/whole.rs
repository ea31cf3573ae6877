//! 整次 — a build of which nothing is another one is not done again: the same program, the same day, the same bytes of every text, picture
//! and face, and an output that stands as it was written, each file held against its SHA-256. What was found then is told again.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::manifest::{MANIFEST, listed_in};
use super::noted::NotedFinding;
use super::said::everything;
use super::write::{Before, obstacle};
use super::{OUTPUT, Output, PROGRAM, Room};
use crate::calendar::Day;
use crate::diag::Report;
use crate::digest::{hex, sha256};
use crate::disk::{Cache, digest_of, open_to_all};
use crate::parallel::{all, threads};
use crate::project::Project;

/// A build by all that goes into it.
pub struct Whole {
    cache: Cache,
    key: String,
}

/// What is told of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// How many documents were printed.
    pub documents: usize,
    /// On how many pages.
    pub pages: usize,
    /// How many files there are.
    pub files: usize,
}

impl Told {
    /// What is told of an output.
    #[must_use]
    pub fn of(output: &Output) -> Self {
        Self { documents: output.documents, pages: output.pages, files: output.artifacts.len() }
    }
}

/// What is remembered of a build.
#[derive(Serialize, Deserialize)]
struct Note {
    told: Told,
    /// What reading the workspace found, and all that was found.
    read: Vec<NotedFinding>,
    found: Vec<NotedFinding>,
    /// The SHA-256 of the rooms' manifests.
    manifests: Vec<Option<String>>,
}

impl Whole {
    /// The build of a workspace as it was read.
    #[must_use]
    pub fn of(project: &Project, on: Day, cache: Cache) -> Self {
        let key = sha256(format!("整次 {PROGRAM} {on} {}", everything(project)).as_bytes());
        Self { cache, key }
    }

    /// What is told of it, and all that was found, where it was done before and its output stands; `read` is what reading the workspace
    /// found.
    #[must_use]
    pub fn standing(&self, root: &Path, read: &Report) -> Option<(Told, Report)> {
        let note: Note = serde_json::from_slice(&self.cache.note(&self.key)?).ok()?;
        if note.read != noted(read) || !stands(&root.join(OUTPUT), &note) {
            return None;
        }
        let mut report = Report::default();
        report.extend(note.found.iter().map(NotedFinding::finding).collect::<Option<Vec<_>>>()?);
        Some((note.told, report))
    }

    /// Remembers it, once its output is written.
    ///
    /// # Errors
    ///
    /// What the system says; nothing is lost then.
    pub fn remember(&self, root: &Path, output: &Output, read: &Report, found: &Report) -> io::Result<()> {
        let manifests = Room::BOTH.map(|room| manifest(&root.join(OUTPUT), room)).into();
        let note = Note { told: Told::of(output), read: noted(read), found: noted(found), manifests };
        self.cache.put_note(&self.key, &serde_json::to_vec(&note)?)
    }
}

fn noted(report: &Report) -> Vec<NotedFinding> {
    report.findings().iter().map(NotedFinding::of).collect()
}

/// The SHA-256 of a room's manifest.
fn manifest(folder: &Path, room: Room) -> Option<String> {
    digest_of(&folder.join(room.folder()).join(MANIFEST)).ok().map(|(digest, _)| hex(&digest))
}

/// Whether the output is what was noted: every file that the manifests list, and no other.
fn stands(folder: &Path, note: &Note) -> bool {
    if obstacle(folder).is_some() || note.manifests != Room::BOTH.map(|room| manifest(folder, room)) {
        return false;
    }
    let files = listed_in(folder);
    let Ok(before) = Before::of(folder, &files) else { return false };
    let is_it = |(path, digest): &(String, Option<String>)| {
        let path = folder.join(path);
        let same = digest.as_ref().is_none_or(|wanted| digest_of(&path).is_ok_and(|(found, _)| hex(&found) == *wanted));
        same && open_to_all(&path).is_ok()
    };
    before.files == files.len() && before.foreign.is_empty() && all(&files, threads(), is_it)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Diagnostic};
    use crate::source::{FileId, Place};

    #[test]
    fn what_was_found_is_told_again_as_it_was() {
        let mut report = Report::default();
        let at = Place::new(FileId(3), 5..9);
        report.push(Diagnostic::warning(Code::Body, "甲").at(at).label("乙").help("丙"));
        report.push(Diagnostic::error(Code::Privacy, "丁"));
        let again: Vec<Diagnostic> = noted(&report).iter().filter_map(NotedFinding::finding).collect();
        assert_eq!(again, report.findings());
    }
}
