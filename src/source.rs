//! A file that people wrote: its path, its text, its lines — and places in it.
//!
//! A [`Place`] is twelve bytes and is copied freely: every value that is read keeps its own, so that every finding
//! and every step of an award can name file, line and column. The texts live in [`Sources`], once.

use std::ops::Range;
use std::sync::Arc;

/// Which file, as a number of [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A stretch of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// The byte behind the last one.
    pub end: u32,
}

impl Place {
    /// The place of `range` in `file`. Files are bounded far below 4 GiB when they are read, so nothing is cut off.
    #[must_use]
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { file, start: byte(range.start), end: byte(range.end) }
    }

    /// The very beginning of a file: for what concerns the file as a whole.
    #[must_use]
    pub fn head(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }

    /// The bytes that it covers.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What is to be written at a place instead of what stands there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edit {
    /// The place; empty where something is only put in.
    pub place: Place,
    /// The new text.
    pub text: String,
}

/// A text with edits made, in the order of their places. Of two that overlap, the first is made.
#[must_use]
pub fn edited(text: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| (edit.place.start, edit.place.end));
    edits.dedup();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let range = edit.place.range();
        let Some(kept) = text.get(at..range.start) else { continue };
        out.push_str(kept);
        out.push_str(&edit.text);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// One file: its path under the workspace (with `/`) and its text.
#[derive(Debug, Clone)]
pub struct Source {
    path: String,
    text: String,
    lines: Vec<usize>,
}

impl Source {
    /// A source with the given path and text.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { path: path.into(), text, lines }
    }

    /// Its path below the workspace.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its text, without a byte-order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte, both counted from 1; the column counts characters, as an editor shows it.
    #[must_use]
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let byte = self.text.floor_char_boundary(byte.min(self.text.len()));
        let line = self.lines.partition_point(|&start| start <= byte);
        let start = self.lines.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        (line, self.text.get(start..byte).map_or(0, |cut| cut.chars().count()) + 1)
    }
}

/// All files that were read, in the order of reading.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Arc<Source>>,
}

impl Sources {
    /// Takes a file in and gives its number.
    pub fn add(&mut self, source: Source) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Arc::new(source));
        id
    }

    /// The file of a number.
    #[must_use]
    pub fn get(&self, file: FileId) -> Option<&Source> {
        self.files.get(file.0 as usize).map(Arc::as_ref)
    }

    /// The same files, one of them with another text; the texts themselves are shared.
    #[must_use]
    pub fn with(&self, file: FileId, text: &str) -> Self {
        let mut changed = self.clone();
        if let Some(source) = changed.files.get_mut(file.0 as usize) {
            *source = Arc::new(Source::new(source.path(), text));
        }
        changed
    }

    /// All files.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.files.iter().map(Arc::as_ref)
    }

    /// The file at a path of the workspace.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&Source> {
        self.iter().find(|source| source.path() == path)
    }

    /// All files with their numbers.
    pub fn ids(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0..).map(FileId).zip(self.iter())
    }

    /// A place as people and other tools write it: `data/declarations/2023.yaml:9:25`.
    #[must_use]
    pub fn locate(&self, place: Place) -> String {
        self.get(place.file).map_or_else(String::new, |source| {
            let (line, column) = source.line_column(place.start as usize);
            format!("{}:{line}:{column}", source.path())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = Source::new("a.yaml", "名称: 甲\r\n金额: 五\n");
        assert_eq!(source.line_column(0), (1, 1));
        assert_eq!(source.line_column("名称: 甲\r\n金额: ".len()), (2, 5));
        assert_eq!(source.line_column(10_000), (3, 1));
    }
}
