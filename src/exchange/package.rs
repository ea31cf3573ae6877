//! 压缩包 — what Word and Excel files are: looked through before anything is read from it, so that no small file unfolds into
//! gigabytes and no entity is ever expanded.

use std::io::{Cursor, Read};

use zip::ZipArchive;

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

    /// A part that is text.
    pub fn text(&mut self, name: &str) -> Option<String> {
        String::from_utf8(self.part(name)?).ok()
    }
}
