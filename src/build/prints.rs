//! 印件的贮藏 — what was printed before is not printed again. The press is a closed function: the same program, layouts, faces, settings,
//! pictures and document give the same file, so those are the key. A comment in a data file changes nothing of them; a byte of a face does.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Content;
use super::artifact::Sheets;
use super::noted::NotedFinding;
use crate::calendar::Day;
use crate::diag::Diagnostic;
use crate::digest::{digest_of_json, hex, sha256};
use crate::disk::Cache;
use crate::document::Document;
use crate::draft::Wording;
use crate::pdf::Press;
use crate::project::Project;

/// The state of the program's source, by which it goes among prints.
pub const PROGRAM: &str = env!("HONGTOU_BUILD");

/// What files were made of, by the SHA-256 of that: their paths below their room, and their own SHA-256.
pub(super) type MadeOf = BTreeMap<String, Vec<(String, String)>>;

/// The prints of a workspace that are kept.
#[derive(Debug, Clone)]
pub struct Prints {
    cache: Cache,
    /// What all prints rest on: 程序, 版式, 字体, 设置.
    setup: Vec<Part>,
}

/// Something that a print rests on, with the SHA-256 of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    name: String,
    digest: String,
}

/// A print as it is noted.
#[derive(Debug, Serialize, Deserialize)]
struct Note {
    pages: Option<usize>,
    pdf: [u8; 32],
    bytes: usize,
    findings: Vec<NotedFinding>,
}

/// A document by what its print rests on.
pub(super) struct Key {
    parts: Vec<Part>,
    digest: String,
}

impl Prints {
    /// The prints in a cache, of a press.
    #[must_use]
    pub fn new(cache: Cache, press: &Press) -> Self {
        let mut setup = vec![Part { name: "程序".to_owned(), digest: PROGRAM.to_owned() }];
        setup.extend(press.setup().map(|(name, digest)| Part { name: name.to_owned(), digest: hex(&digest) }));
        Self { cache, setup }
    }

    /// What a document's print rests on. Its titles are set already.
    pub(super) fn key(&self, document: &Document, project: &Project, on: Day) -> Key {
        // Texts, numbers and lists of them always have a JSON form.
        let words = digest_of_json(document).unwrap_or_default();
        let mut pictures = Sha256::new();
        for path in document.pictures() {
            pictures.update(path);
            pictures.update(Sha256::digest(project.pictures.get(path).map_or(&[][..], Vec::as_slice)));
        }
        let day = document.closing.dated.or(document.record.dated).unwrap_or(on);
        let own = [("内容", words), ("图片", hex(&pictures.finalize())), ("日期", sha256(day.iso().as_bytes()))];
        let mut parts = self.setup.clone();
        parts.extend(own.into_iter().map(|(name, digest)| Part { name: name.to_owned(), digest }));
        let digest = sha256(parts.iter().map(|part| part.digest.as_str()).collect::<String>().as_bytes());
        Key { parts, digest }
    }

    /// What was printed under a key, with what was found then; nothing where anything of it is not as it was written.
    pub(super) fn get(&self, key: &Key) -> Option<(Sheets, Vec<Diagnostic>)> {
        let (sheets, findings) = self.noted(&key.digest)?;
        Some((sheets, findings.iter().map(NotedFinding::finding).collect::<Option<Vec<_>>>()?))
    }

    /// What is noted under a key, with what was found; nothing where anything of it is not as it was written.
    fn noted(&self, key: &str) -> Option<(Sheets, Vec<NotedFinding>)> {
        let note: Note = serde_json::from_slice(&self.cache.note(key)?).ok()?;
        let content = Content::kept(self.cache.content(&note.pdf)?, note.bytes);
        Some((Sheets { content, digest: note.pdf, pages: note.pages, kept: true }, note.findings))
    }

    /// By what the print of a letter is known again before its document is made: its name, its words, and what it rests on beside them.
    pub(super) fn letter_key(&self, name: &str, wording: &Wording, around: &str) -> Option<String> {
        digest_of_json(&("告知书", &self.setup, around, name, wording))
    }

    /// The print of a letter in which nothing was found.
    pub(super) fn letter(&self, key: &str) -> Option<Sheets> {
        self.noted(key).map(|(sheets, _)| sheets)
    }

    /// Remembers the print of a letter in which nothing was found.
    ///
    /// # Errors
    ///
    /// What the system says; nothing is lost then.
    pub(super) fn remember_letter(&self, key: &str, sheets: &Sheets) -> io::Result<()> {
        let Sheets { content, digest, pages, .. } = sheets;
        self.keep(key, &Note { pages: *pages, pdf: *digest, bytes: content.size(), findings: Vec::new() })
    }

    fn keep(&self, key: &str, note: &Note) -> io::Result<()> {
        self.cache.put_note(key, &serde_json::to_vec(note)?)
    }

    /// Keeps a print. What was found at places of layouts is not kept: the next reading may number the files otherwise.
    ///
    /// # Errors
    ///
    /// What the system says; nothing is kept then, and nothing is lost.
    pub(super) fn put(
        &self,
        key: &Key,
        slug: &str,
        pdf: &[u8],
        pages: usize,
        findings: &[Diagnostic],
    ) -> io::Result<Option<Sheets>> {
        if findings.iter().any(|finding| finding.place.is_some()) {
            return Ok(None);
        }
        let digest: [u8; 32] = Sha256::digest(pdf).into();
        let path = self.cache.put_content(&digest, pdf)?;
        let findings = findings.iter().map(NotedFinding::of).collect();
        // The content comes first: a note never speaks of what is not there yet.
        self.keep(&key.digest, &Note { pages: Some(pages), pdf: digest, bytes: pdf.len(), findings })?;
        self.cache.put_note(&last(slug), &serde_json::to_vec(&key.parts)?)?;
        Ok(Some(Sheets { content: Content::kept(path, pdf.len()), digest, pages: Some(pages), kept: false }))
    }

    /// A file that is made of others, by their SHA-256: as it was made before, or made now and kept.
    pub(super) fn made_of<E>(&self, of: &[[u8; 32]], make: impl FnOnce() -> Result<Vec<u8>, E>) -> Result<Sheets, E> {
        let key = key_of(of);
        if let Some((sheets, _)) = self.noted(&key) {
            return Ok(sheets);
        }
        let bytes = make()?;
        let digest: [u8; 32] = Sha256::digest(&bytes).into();
        let keep = || -> io::Result<PathBuf> {
            let path = self.cache.put_content(&digest, &bytes)?;
            self.keep(&key, &Note { pages: None, pdf: digest, bytes: bytes.len(), findings: Vec::new() })?;
            Ok(path)
        };
        let length = bytes.len();
        let content = keep().map_or_else(|_| bytes.into(), |path| Content::kept(path, length));
        Ok(Sheets { content, digest, pages: None, kept: false })
    }

    /// The same of a file that is written piece by piece.
    ///
    /// # Errors
    ///
    /// What the system says: it is neither kept nor made then.
    pub(super) fn written_of(
        &self,
        of: &[[u8; 32]],
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<Sheets> {
        let key = key_of(of);
        if let Some((sheets, _)) = self.noted(&key) {
            return Ok(sheets);
        }
        let (digest, bytes, path) = self.cache.put_content_of(write)?;
        self.keep(&key, &Note { pages: None, pdf: digest, bytes, findings: Vec::new() })?;
        Ok(Sheets { content: Content::kept(path, bytes), digest, pages: None, kept: false })
    }

    /// What the pages of a room were made of; nothing where that is not as it was noted.
    pub(super) fn made_pages(&self, room: &str) -> MadeOf {
        let note = self.cache.note(&pages_of(room));
        note.and_then(|note| serde_json::from_slice(&note).ok()).unwrap_or_default()
    }

    /// Remembers what the pages of a room were made of.
    ///
    /// # Errors
    ///
    /// What the system says; nothing is lost then.
    pub(super) fn remember_pages(&self, room: &str, made: &MadeOf) -> io::Result<()> {
        self.cache.put_note(&pages_of(room), &serde_json::to_vec(made)?)
    }

    /// What was told of a page, by what that is known.
    pub(super) fn told(&self, of: &str) -> Option<Vec<u8>> {
        self.cache.note(&told_of(of))
    }

    /// Remembers what is told of a page.
    ///
    /// # Errors
    ///
    /// What the system says; nothing is lost then.
    pub(super) fn tell(&self, of: &str, told: &[u8]) -> io::Result<()> {
        self.cache.put_note(&told_of(of), told)
    }

    /// The explanations of a list in which nothing was found, by the SHA-256 of what they say.
    pub(super) fn clean(&self, list: &str) -> BTreeSet<String> {
        let note = self.cache.note(&clean_of(list));
        note.and_then(|note| serde_json::from_slice(&note).ok()).unwrap_or_default()
    }

    /// Remembers the explanations of a list in which nothing was found.
    ///
    /// # Errors
    ///
    /// What the system says; nothing is lost then.
    pub(super) fn remember_clean(&self, list: &str, clean: &BTreeSet<&str>) -> io::Result<()> {
        self.cache.put_note(&clean_of(list), &serde_json::to_vec(clean)?)
    }

    /// Why a document would be printed again, or that it would not.
    pub(super) fn why(&self, key: &Key, slug: &str) -> String {
        if self.get(key).is_some() {
            return "没有变，用上次印好的".to_owned();
        }
        let before = self.cache.note(&last(slug)).and_then(|note| serde_json::from_slice::<Vec<Part>>(&note).ok());
        let Some(before) = before else { return "要印：没有印过，或缓存里的已经清掉".to_owned() };
        let changed: Vec<&str> =
            key.parts.iter().filter(|part| !before.contains(part)).map(|part| part.name.as_str()).collect();
        if changed.is_empty() {
            "要印：什么都没有变，但缓存里的印件清掉了，或已损坏".to_owned()
        } else {
            format!("要印：与上次不同的是{}", changed.join("、"))
        }
    }
}

/// Under what it is noted what was made of files, by their SHA-256.
fn key_of(of: &[[u8; 32]]) -> String {
    sha256(&[PROGRAM.as_bytes(), of.as_flattened()].concat())
}

/// Under what the parts of a document's last print are noted.
fn last(slug: &str) -> String {
    sha256(format!("公文 {slug}").as_bytes())
}

/// Under what it is noted what is told of a page: another program may tell more.
fn told_of(of: &str) -> String {
    sha256(format!("说明 {of} {PROGRAM}").as_bytes())
}

/// Under what it is noted which explanations of a list are clean: another program may find more.
fn clean_of(list: &str) -> String {
    sha256(format!("说明无误 {list} {PROGRAM}").as_bytes())
}

/// Under what it is noted what the pages of a room were made of: another program may make others of the same.
fn pages_of(room: &str) -> String {
    sha256(format!("网页 {room} {PROGRAM}").as_bytes())
}
