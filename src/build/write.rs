//! 写出 — the only writer. A folder is made whole beside the old one and takes its place in one step: whoever reads sees the
//! old output or the new one, never a half; what fails or is killed before that leaves the old one untouched.

#![expect(clippy::disallowed_methods, reason = "the door to all that is written")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Artifact;
use crate::diag::{Code, Diagnostic};
use crate::parallel::{parallel, threads};
use crate::record::{Enclosed, REGISTER, Registry};

/// What writing changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that were not there before.
    pub added: usize,
    /// Files whose content is another one.
    pub changed: usize,
    /// Files that are as they were.
    pub unchanged: usize,
    /// Files that are gone.
    pub removed: usize,
}

/// Makes the content of `folder` exactly these files.
///
/// # Errors
///
/// What stands in the way, in words; `folder` is as it was then.
pub fn replace(folder: &Path, artifacts: &[Artifact]) -> Result<Written, Diagnostic> {
    let failure = |error: &io::Error| {
        Diagnostic::error(Code::Output, format!("不能写入 {}：{}", folder.display(), reason(error)))
            .help("原来的内容没有动；检查这个文件夹的权限、是否被别的程序占用、磁盘是否已满")
    };
    match fs::symlink_metadata(folder) {
        Ok(meta) if !meta.is_dir() => {
            let message = format!("{} 应是文件夹，却是一个文件或链接", folder.display());
            return Err(Diagnostic::error(Code::Output, message).help("移走它再生成"));
        }
        Ok(meta) if meta.permissions().readonly() => {
            return Err(Diagnostic::error(Code::Output, format!("{} 是只读的", folder.display()))
                .help("去掉只读属性再生成；原来的内容没有动"));
        }
        _ => {}
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let fresh = tempfile::Builder::new().prefix(".output-").tempdir_in(parent).map_err(|error| failure(&error))?;
    let written = fill(fresh.path(), folder, artifacts).map_err(|error| failure(&error))?;
    exchange(fresh, folder).map_err(|error| failure(&error))?;
    Ok(written)
}

/// The files of a room as it stands in `folder`, to be written again as they are.
///
/// # Errors
///
/// What could not be read, in words.
pub(super) fn standing(folder: &Path, room: &str) -> Result<Vec<Artifact>, Diagnostic> {
    let failure = |error: &dyn std::fmt::Display| {
        Diagnostic::error(Code::Output, format!("不能读 {}：{error}", folder.join(room).display()))
            .help("原来的内容没有动；检查这个文件夹的权限")
    };
    let mut artifacts = Vec::new();
    if !folder.join(room).exists() {
        return Ok(artifacts);
    }
    for entry in walkdir::WalkDir::new(folder.join(room)).sort_by_file_name() {
        let entry = entry.map_err(|error| failure(&error))?;
        let below = entry.path().strip_prefix(folder).ok().and_then(Path::to_str);
        if let Some(path) = below.filter(|_| entry.file_type().is_file()) {
            let bytes = fs::read(entry.path()).map_err(|error| failure(&reason(&error)))?;
            artifacts.push(Artifact::new(path.replace('\\', "/"), bytes, Vec::new()));
        }
    }
    Ok(artifacts)
}

/// Writes one file, whole or not at all, with the folders above it.
///
/// # Errors
///
/// What the system says.
pub fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    let mut fresh = tempfile::Builder::new().prefix(".hongtou-").tempfile_in(parent)?;
    fresh.write_all(bytes)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fresh.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    // On the disk before it takes the old one's place, and the place itself before anyone is told.
    fresh.as_file().sync_all()?;
    fresh.persist(path).map_err(|error| error.error)?;
    sync_folder(parent)
}

/// Makes the names in a folder safe against a power cut, where the system lets one.
fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    let _ = folder;
    Ok(())
}

/// Lays a version into the record: its files, then the register with the entry that makes them count. Killed before the register
/// is written, the files are as if they had never been: the next act of the same version clears them away.
///
/// # Errors
///
/// What the system says; nothing counts then.
pub fn commit_version(root: &Path, folder: &str, files: &[Enclosed], register: &str) -> io::Result<()> {
    let opened = root.join(REGISTER);
    // A version beside which there is no register at all is one whose register was lost.
    if !opened.exists() {
        write_file(&opened, Registry::HEAD.as_bytes())?;
    }
    let target = root.join(folder);
    let parent = target.parent().unwrap_or(root);
    fs::create_dir_all(parent)?;
    let fresh = tempfile::Builder::new().prefix(".hongtou-").tempdir_in(parent)?;
    for file in files {
        write_file(&fresh.path().join(&file.name), &file.bytes)?;
    }
    open_to_all(fresh.path())?;
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    let fresh = fresh.keep();
    fs::rename(&fresh, &target)?;
    sync_folder(parent)?;
    sync_folder(parent.parent().unwrap_or(root))?;
    write_file(&opened, register.as_bytes())
}

/// Puts the files into a fresh folder, several at a time; one that is as it was in the old folder is linked, not written again.
fn fill(fresh: &Path, old: &Path, artifacts: &[Artifact]) -> io::Result<Written> {
    let folders: BTreeSet<&str> =
        artifacts.iter().filter_map(|artifact| Some(artifact.path.rsplit_once('/')?.0)).collect();
    for folder in folders {
        fs::create_dir_all(fresh.join(folder))?;
    }
    let mut written = Written::default();
    for put in parallel(artifacts, threads(), |artifact| put(fresh, old, artifact)) {
        match put? {
            Put::Added => written.added += 1,
            Put::Changed => written.changed += 1,
            Put::Unchanged => written.unchanged += 1,
        }
    }
    let files = walkdir::WalkDir::new(old).into_iter().flatten().filter(|entry| entry.file_type().is_file()).count();
    written.removed = files.saturating_sub(written.changed + written.unchanged);
    Ok(written)
}

/// What a file is, beside the one of its name in the old folder.
enum Put {
    Added,
    Changed,
    Unchanged,
}

fn put(fresh: &Path, old: &Path, artifact: &Artifact) -> io::Result<Put> {
    let target = fresh.join(&artifact.path);
    let before = old.join(&artifact.path);
    let bytes = artifact.content.bytes()?;
    let put = match same(&before, &bytes) {
        Some(true) if fs::hard_link(&before, &target).is_ok() => return Ok(Put::Unchanged),
        Some(true) => Put::Unchanged,
        Some(false) => Put::Changed,
        None => Put::Added,
    };
    fs::write(&target, &bytes)?;
    Ok(put)
}

/// Whether a file holds these bytes; `None` where there is no such file.
fn same(path: &Path, bytes: &[u8]) -> Option<bool> {
    let size = fs::metadata(path).ok()?.len();
    if size != bytes.len() as u64 {
        return Some(false);
    }
    fs::read(path).ok().map(|old| old == bytes)
}

/// Lets the fresh folder take the place of the old one, and removes the old one.
fn exchange(fresh: tempfile::TempDir, folder: &Path) -> io::Result<()> {
    let fresh = fresh.keep();
    open_to_all(&fresh)?;
    if !folder.exists() {
        return fs::rename(&fresh, folder);
    }
    swap(&fresh, folder)?;
    // The old content now stands where the fresh one did.
    fs::remove_dir_all(&fresh)
}

/// A temporary folder is for its owner alone; a published one is for everyone.
pub(super) fn open_to_all(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
    }
    let _ = folder;
    Ok(())
}

#[cfg(target_os = "linux")]
pub(super) fn swap(fresh: &Path, folder: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, fresh, CWD, folder, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // Some file systems cannot exchange.
        Err(_) => swap_in_two_steps(fresh, folder),
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn swap(fresh: &Path, folder: &Path) -> io::Result<()> {
    swap_in_two_steps(fresh, folder)
}

fn swap_in_two_steps(fresh: &Path, folder: &Path) -> io::Result<()> {
    let aside: PathBuf = fresh.with_extension("old");
    fs::rename(folder, &aside)?;
    if let Err(error) = fs::rename(fresh, folder) {
        fs::rename(&aside, folder)?;
        return Err(error);
    }
    fs::rename(&aside, fresh)
}

/// The system's reason, in words.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
        io::ErrorKind::NotFound => "路径不存在".to_owned(),
        io::ErrorKind::StorageFull => "磁盘已满".to_owned(),
        io::ErrorKind::QuotaExceeded => "超过了磁盘配额".to_owned(),
        io::ErrorKind::FileTooLarge => "文件超过了系统允许的大小".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "文件系统是只读的".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artifact(path: &str, text: &str) -> Artifact {
        Artifact::new(path, text.as_bytes().to_vec(), Vec::new())
    }

    #[test]
    fn the_folder_becomes_exactly_the_files() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("output");
        let first = replace(&folder, &[artifact("a/1.txt", "1"), artifact("2.txt", "2")]).unwrap();
        assert_eq!(first, Written { added: 2, ..Written::default() });
        let second = replace(&folder, &[artifact("a/1.txt", "1"), artifact("3.txt", "3")]).unwrap();
        assert_eq!(second, Written { added: 1, unchanged: 1, removed: 1, changed: 0 });
        assert_eq!(fs::read_to_string(folder.join("a/1.txt")).unwrap(), "1");
        assert!(!folder.join("2.txt").exists());
        let left: Vec<_> = fs::read_dir(root.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
        assert_eq!(left, ["output"]);
    }

    #[test]
    fn a_failure_leaves_the_old_folder() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("output");
        replace(&folder, &[artifact("a.txt", "1")]).unwrap();
        // A file and a folder of the same name cannot both be.
        assert!(replace(&folder, &[artifact("b", "1"), artifact("b/c", "2")]).is_err());
        assert_eq!(fs::read_to_string(folder.join("a.txt")).unwrap(), "1");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }
}
