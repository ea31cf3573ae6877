//! 网页的贮藏 — what the site makes of the same is not made again: the files that stand in the output are taken as they are, each held
//! against its SHA-256 first. Only what they were made of is remembered beside the output; a page that is lost or turned is made anew.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::prints::MadeOf;
use super::workshop::Shelves;
use super::{Artifact, Content, OUTPUT, Prints, Room, Spool, Workshop};
use crate::diag::Report;
use crate::digest::hex;
use crate::disk::digest_of;
use crate::site::{Page, Sink};

impl Workshop<'_> {
    /// The pages of the site that show these as files of a room, laid aside; those that stand in it already as they would be made
    /// again, as they are.
    pub(super) fn page_files(
        &self,
        room: Room,
        shown: &Shelves<'_>,
        spool: &Spool,
        report: &mut Report,
    ) -> Vec<Artifact> {
        let folder = self.project.root.join(OUTPUT).join(room.folder());
        let pages = Pages::new(spool, self.prints.as_ref(), room, folder);
        report.absorb(self.pages(shown, &pages));
        pages.finish()
    }
}

/// The pages of a room as they are made.
struct Pages<'s> {
    spool: &'s Spool,
    /// What is remembered, where anything is.
    prints: Option<&'s Prints>,
    room: Room,
    /// Where the room stands as it was made last.
    folder: PathBuf,
    before: MadeOf,
    made: Mutex<Made>,
}

#[derive(Default)]
struct Made {
    artifacts: Vec<Artifact>,
    of: MadeOf,
}

impl<'s> Pages<'s> {
    /// No page yet, of a room whose folder is given.
    fn new(spool: &'s Spool, prints: Option<&'s Prints>, room: Room, folder: PathBuf) -> Self {
        let prints = prints.filter(|_| spool.keeps());
        let before = prints.map(|prints| prints.made_pages(room.folder())).unwrap_or_default();
        Self { spool, prints, room, folder, before, made: Mutex::default() }
    }

    /// The pages, in any order.
    fn finish(self) -> Vec<Artifact> {
        let made = self.made.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(prints) = self.prints.filter(|_| made.of != self.before) {
            // What cannot be remembered is made again: that costs time, and nothing else.
            let _ = prints.remember_pages(self.room.folder(), &made.of);
        }
        made.artifacts
    }

    /// A file of the room, if it is what it was when it was made.
    fn standing(&self, path: &str, digest: &str) -> Option<Artifact> {
        let file = self.folder.join(path);
        let (found, length) = digest_of(&file).ok()?;
        let content = Content::kept(file, length);
        (hex(&found) == digest).then(|| Artifact { path: path.to_owned(), content, digest: found, sources: Vec::new() })
    }
}

impl Sink for Pages<'_> {
    fn put(&self, page: Page) {
        let artifact = Artifact::aside(self.spool, page.path, page.bytes, Vec::new());
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(of) = page.of {
            made.of.entry(of).or_default().push((artifact.path.clone(), hex(&artifact.digest)));
        }
        made.artifacts.push(artifact);
    }

    fn reads(&self) -> bool {
        self.spool.keeps()
    }

    fn remembers(&self) -> bool {
        self.prints.is_some()
    }

    fn again(&self, of: &str) -> Option<Vec<String>> {
        let files = self.before.get(of)?;
        let mut standing =
            files.iter().map(|(path, digest)| self.standing(path, digest)).collect::<Option<Vec<_>>>()?;
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.of.insert(of.to_owned(), files.clone());
        made.artifacts.append(&mut standing);
        Some(files.iter().map(|(path, _)| path.clone()).collect())
    }

    fn told(&self, of: &str) -> Option<Vec<u8>> {
        self.prints?.told(of)
    }

    fn tell(&self, of: &str, told: &[u8]) {
        // What cannot be remembered is made again: that costs time, and nothing else.
        let _ = self.prints.map(|prints| prints.tell(of, told));
    }
}
