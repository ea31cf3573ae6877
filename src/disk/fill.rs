//! 新工作区 — an empty folder is filled: each of the folders below it appears whole, or not at all.

use std::fs;
use std::io;
use std::path::Path;

use super::scratch::{SCRATCH, sweep};
use super::settle::{make_folders, open_to_all, settle, settle_names};

/// Fills a folder, which is made if need be, with files below folders of it. The folder of the last file is put there last.
///
/// # Errors
///
/// What the system says; what was put there by then stands.
pub fn fill<'a>(root: &Path, files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> io::Result<()> {
    make_folders(root)?;
    sweep(root)?;
    let scratch = tempfile::Builder::new().prefix(SCRATCH).tempdir_in(root)?;
    let mut tops: Vec<&str> = Vec::new();
    for (path, bytes) in files {
        let place = scratch.path().join(path);
        fs::create_dir_all(place.parent().unwrap_or(root))?;
        fs::write(&place, bytes)?;
        open_to_all(&place)?;
        let top = path.split('/').next().unwrap_or(path);
        tops.retain(|other| *other != top);
        tops.push(top);
    }
    for entry in walkdir::WalkDir::new(scratch.path()).min_depth(1) {
        let entry = entry?;
        if entry.file_type().is_dir() {
            open_to_all(entry.path())?;
        }
    }
    settle(scratch.path())?;
    for top in tops {
        fs::rename(scratch.path().join(top), root.join(top))?;
    }
    settle_names(root)
}
