//! 版式所见 — what a layout can see: the layouts themselves, the faces, the pictures, and the three files of one document.
//!
//! typst numbers every path it ever meets with a 16-bit number that is never freed. All names are therefore fixed when
//! the press is built, and documents differ in bytes, not in paths.

use std::collections::HashMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::super::faces::Fonts;

/// All that the documents of one build share.
pub(in crate::pdf) struct SharedWorld {
    library: LazyHash<Library>,
    pub(in crate::pdf) fonts: Fonts,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
    pub(in crate::pdf) main: FileId,
    pub(in crate::pdf) proof: FileId,
    document: FileId,
    fit: FileId,
}

/// The number of a virtual path; `None` for one that leaves the workspace (`..` beyond its root).
pub(in crate::pdf) fn file_id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

impl SharedWorld {
    /// The shared part, from layouts by their file names, faces, and files by their virtual paths.
    pub(in crate::pdf) fn new(
        layouts: impl IntoIterator<Item = (FileId, String)>,
        fonts: Fonts,
        files: HashMap<FileId, Bytes>,
    ) -> Option<Self> {
        let sources = layouts.into_iter().map(|(id, text)| (id, Source::new(id, text))).collect();
        Some(Self {
            library: LazyHash::new(Library::default()),
            fonts,
            sources,
            files,
            main: file_id("main.typ")?,
            proof: file_id("proof.typ")?,
            document: file_id("document.json")?,
            fit: file_id("fit.json")?,
        })
    }

    /// The bytes of a picture.
    pub(in crate::pdf) fn picture(&self, id: FileId) -> Option<&Bytes> {
        self.files.get(&id)
    }

    /// The layouts, by their names.
    pub(in crate::pdf) fn layouts(&self) -> Vec<&Source> {
        let mut sources: Vec<&Source> = self.sources.values().collect();
        sources.sort_by_key(|source| source.id().vpath().get_without_slash().to_owned());
        sources
    }
}

/// The world of one document.
pub(in crate::pdf) struct DocumentWorld<'a> {
    pub(in crate::pdf) shared: &'a SharedWorld,
    /// The layout that is begun with.
    pub(in crate::pdf) main: FileId,
    /// `document.json` and `fit.json`.
    pub(in crate::pdf) document: Bytes,
    pub(in crate::pdf) fit: Bytes,
}

impl World for DocumentWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.shared.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let missing = || FileError::NotFound(id.vpath().get_without_slash().into());
        self.shared.sources.get(&id).cloned().ok_or_else(missing)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.shared.document {
            return Ok(self.document.clone());
        }
        if id == self.shared.fit {
            return Ok(self.fit.clone());
        }
        if let Some(bytes) = self.shared.files.get(&id) {
            return Ok(bytes.clone());
        }
        self.source(id).map(Bytes::from_string)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
