//! 压缩包 — what Word and Excel files are: looked through before anything is read from it, so that no small file unfolds into
//! gigabytes and no entity is ever expanded.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::unreadable::Unreadable;

/// The most that one part may unfold to (bytes): a sheet of a hundred thousand rows has some sixty million.
const LARGEST_PART: u64 = 256 << 20;

/// The most that all parts may unfold to together.
const LARGEST: u64 = 512 << 20;

/// What unfolds to more than this many times its size is made to be large, if it is large at all.
const FOLDED: u64 = 200;

/// How much of a part is looked through for entities: they are declared before the first element.
const PROLOGUE: u64 = 4096;

/// A package that was looked through.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
}

impl<'a> Package<'a> {
    /// Looks a package through.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Cut)?;
        let (mut all, mut names) = (0, Vec::new());
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).map_err(|_| Unreadable::Cut)?;
            if part.encrypted() {
                return Err(Unreadable::Locked);
            }
            let (size, folded) = (part.size(), part.compressed_size().max(1));
            all += size;
            let made_large = size > 32 << 20 && size / folded > FOLDED;
            if size > LARGEST_PART || all > LARGEST || made_large {
                return Err(Unreadable::Bomb(size.max(all) >> 20));
            }
            let name = part.name().map_err(|_| Unreadable::Cut)?.into_owned();
            names.push(name.clone());
            let name = name.to_ascii_lowercase();
            if name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".vml") {
                let mut start = Vec::new();
                part.by_ref().take(PROLOGUE).read_to_end(&mut start).map_err(|_| Unreadable::Cut)?;
                let is_declared = |word: &[u8]| start.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word));
                if is_declared(b"<!DOCTYPE") || is_declared(b"<!ENTITY") {
                    return Err(Unreadable::Entities);
                }
                // The size that a package names may be a lie.
                let rest = std::io::copy(&mut part.by_ref().take(LARGEST_PART), &mut std::io::sink());
                if rest.map_err(|_| Unreadable::Cut)? >= LARGEST_PART {
                    return Err(Unreadable::Bomb(LARGEST_PART >> 20));
                }
            }
        }
        Ok(Self { archive, names })
    }

    /// The names of its parts.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether it has a part.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }

    /// A part, whole.
    pub fn part(&mut self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.archive.by_name(name).ok()?.take(LARGEST_PART).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// A part that is text, without the mark of its bytes' order.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let text = String::from_utf8(self.part(name)?).ok()?;
        Some(match text.strip_prefix('\u{feff}') {
            Some(text) => text.to_owned(),
            None => text,
        })
    }

    /// The package with some parts written anew or put in, and some left out; all others as they are packed. `None` where two parts have
    /// one name.
    #[must_use]
    pub fn rewritten(mut self, fresh: &BTreeMap<String, String>, dropped: &BTreeSet<String>) -> Option<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let kept = self.names.iter().enumerate().map(|(index, name)| (name, Some(index)));
        let put_in = fresh.keys().filter(|name| !self.names.contains(name)).map(|name| (name, None));
        for (name, index) in kept.chain(put_in).filter(|(name, _)| !dropped.contains(*name)) {
            match (fresh.get(name), index) {
                (Some(text), _) => {
                    zip.start_file(name, packing()).ok()?;
                    zip.write_all(text.as_bytes()).ok()?;
                }
                (None, Some(index)) => zip.raw_copy_file(self.archive.by_index_raw(index).ok()?).ok()?,
                (None, None) => {}
            }
        }
        Some(zip.finish().ok()?.into_inner())
    }
}

/// How a part is packed: the same part always makes the same bytes.
#[must_use]
pub fn packing() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default())
}
