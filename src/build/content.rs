//! 备件 — what stands in a file of the output: in memory, or, as a thousand printed letters would fill it, laid aside on the
//! disk until the output is written.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::disk::kept;

/// How many bytes are kept in memory before anything is laid aside.
const ROOM: usize = 16 << 20;

/// A file without a name, one content after the other; gone when the last content is.
#[derive(Debug)]
struct Store {
    file: Mutex<File>,
    /// How many bytes were given to it.
    given: AtomicUsize,
}

/// Where contents are laid aside.
#[derive(Debug, Clone, Default)]
pub struct Spool(Place);

#[derive(Debug, Clone, Default)]
enum Place {
    Disk(Arc<Store>),
    #[default]
    Memory,
    Nowhere,
}

impl Spool {
    /// A spool on the disk of a folder; in memory where nothing can be laid aside there.
    pub fn beside(folder: &Path) -> Self {
        Self(tempfile::tempfile_in(folder).map_or(Place::Memory, |file| {
            Place::Disk(Arc::new(Store { file: Mutex::new(file), given: AtomicUsize::new(0) }))
        }))
    }

    /// A spool that forgets: for a check, which only asks whether there is anything to lay aside.
    pub fn nowhere() -> Self {
        Self(Place::Nowhere)
    }

    /// Whether what is laid aside comes back.
    pub fn keeps(&self) -> bool {
        !matches!(self.0, Place::Nowhere)
    }

    /// Lays a content aside; where that fails, it stays in memory.
    pub fn put(&self, bytes: Vec<u8>) -> Content {
        match &self.0 {
            Place::Nowhere => Vec::new().into(),
            Place::Disk(store) if store.given.fetch_add(bytes.len(), Ordering::Relaxed) > ROOM => {
                match store.append(&bytes) {
                    Ok(offset) => Content(Kind::Aside { store: Arc::clone(store), offset, length: bytes.len() }),
                    Err(_) => bytes.into(),
                }
            }
            _ => bytes.into(),
        }
    }
}

impl Store {
    fn append(&self, bytes: &[u8]) -> io::Result<u64> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let offset = file.seek(SeekFrom::End(0))?;
        file.write_all(bytes)?;
        Ok(offset)
    }

    fn read(&self, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

/// What stands in a file.
#[derive(Debug, Clone)]
pub struct Content(Kind);

#[derive(Debug, Clone)]
enum Kind {
    Here(Vec<u8>),
    Aside { store: Arc<Store>, offset: u64, length: usize },
    Kept { path: PathBuf, length: usize },
}

impl Content {
    /// What lies in a file that nobody changes.
    pub(super) fn kept(path: PathBuf, length: usize) -> Self {
        Self(Kind::Kept { path, length })
    }

    /// The file in which it lies whole and alone.
    pub(super) fn file(&self) -> Option<&Path> {
        if let Kind::Kept { path, .. } = &self.0 { Some(path) } else { None }
    }

    /// How many bytes.
    pub fn size(&self) -> usize {
        match &self.0 {
            Kind::Here(bytes) => bytes.len(),
            Kind::Aside { length, .. } | Kind::Kept { length, .. } => *length,
        }
    }

    /// The bytes.
    ///
    /// # Errors
    ///
    /// What the system says where they were laid aside and cannot be read back.
    pub fn bytes(&self) -> io::Result<Cow<'_, [u8]>> {
        match &self.0 {
            Kind::Here(bytes) => Ok(Cow::Borrowed(bytes)),
            Kind::Aside { store, offset, length } => store.read(*offset, *length).map(Cow::Owned),
            Kind::Kept { path, .. } => kept(path).map(Cow::Owned),
        }
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Kind::Here(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_laid_aside_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        for spool in [Spool::beside(folder.path()), Spool::beside(&folder.path().join("没有"))] {
            let size = |n: u8| usize::from(n) << 20;
            let contents: Vec<Content> = (0..10).map(|n| spool.put(vec![n; size(n)])).collect();
            let aside = contents.iter().filter(|content| matches!(content.0, Kind::Aside { .. })).count();
            assert_eq!(aside, if matches!(spool.0, Place::Disk(_)) { 3 } else { 0 });
            for (n, content) in (0..10).zip(&contents).rev() {
                assert_eq!(content.bytes().unwrap(), vec![n; size(n)]);
                assert_eq!(content.size(), size(n));
            }
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "a file with a name");
    }
}
