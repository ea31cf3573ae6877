//! 一个文件 — written beside its place, settled on the disk, and only then put there.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::scratch::SCRATCH;
use super::settle::{make_folders, open_file_to_all, settle_names};

/// Why a file was not written. What stood there stands there still.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// It is not what it was when it was read.
    #[error("读过以后被别人改动了，没有写")]
    Changed,
    /// The system refused.
    #[error("{}", super::reason(.0))]
    Io(#[from] io::Error),
}

/// Writes one file, whole or not at all, with the folders above it.
///
/// # Errors
///
/// What the system says.
pub fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let fresh = fresh(path, bytes)?;
    fresh.persist(path).map_err(|error| error.error)?;
    settle_names(parent(path))
}

/// Writes one file in the place of what was read there, `None` where nothing was: what somebody else put there in the meantime is
/// not overwritten. A byte-order mark that reading left out is no change.
///
/// # Errors
///
/// Something else stands there now, or what the system says.
pub fn rewrite(path: &Path, read: Option<&str>, bytes: &[u8]) -> Result<(), NotWritten> {
    let fresh = fresh(path, bytes)?;
    match read {
        None => {
            let put = fresh.persist_noclobber(path);
            put.map_err(|error| match error.error.kind() {
                io::ErrorKind::AlreadyExists => NotWritten::Changed,
                _ => error.error.into(),
            })?;
        }
        Some(read) => {
            let now = fs::read(path).map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => NotWritten::Changed,
                _ => error.into(),
            })?;
            if now.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&now) != read.as_bytes() {
                return Err(NotWritten::Changed);
            }
            fresh.persist(path).map_err(|error| error.error)?;
        }
    }
    Ok(settle_names(parent(path))?)
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The bytes in a file of no name yet, beside the place of theirs and on the disk.
fn fresh(path: &Path, bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let parent = parent(path);
    make_folders(parent)?;
    let mut fresh = tempfile::Builder::new().prefix(SCRATCH).tempfile_in(parent)?;
    fresh.write_all(bytes)?;
    open_file_to_all(fresh.as_file())?;
    fresh.as_file().sync_all()?;
    Ok(fresh)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_wrote_in_the_meantime_stands() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("下/台账.yaml");
        rewrite(&path, None, b"1").unwrap();
        assert!(matches!(rewrite(&path, None, b"2"), Err(NotWritten::Changed)));
        assert!(matches!(rewrite(&path, Some("0"), b"2"), Err(NotWritten::Changed)));
        assert_eq!(fs::read(&path).unwrap(), b"1");
        rewrite(&path, Some("1"), b"2").unwrap();
        fs::write(&path, "\u{feff}2").unwrap();
        rewrite(&path, Some("2"), b"3").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"3");
        fs::remove_file(&path).unwrap();
        assert!(matches!(rewrite(&path, Some("3"), b"4"), Err(NotWritten::Changed)));
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 0, "scratch is left");
    }

    #[cfg(unix)]
    #[test]
    fn everyone_may_read_what_is_written() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲/乙.yaml");
        write_file(&path, b"1").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o644, 0o755));
    }
}
