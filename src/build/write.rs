//! 写出 — the output and the versions of the record. A folder is made whole beside the old one and takes its place in one step:
//! whoever reads sees the old output or the new one, never a half; what fails or is killed before that leaves the old one untouched.

#![expect(clippy::disallowed_methods, reason = "the door to all that is written")]

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Artifact, Room, manifest};
use crate::diag::{Code, Diagnostic};
use crate::disk::{
    NotWritten, SCRATCH, make_folders, open_to_all, reason, rewrite, settle, settle_names, swap, write_file,
};
use crate::parallel::{parallel, threads};
use crate::record::{Enclosed, REGISTER, Registry};

/// What writing changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that were not there before.
    pub added: usize,
    /// Files whose content is another one.
    pub changed: usize,
    /// Files that are as they were.
    pub unchanged: usize,
    /// Files that are gone.
    pub removed: usize,
    /// What was there before, where it could not be cleared away.
    pub left: Option<PathBuf>,
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
    let foreign = foreign(folder).map_err(|error| failure(&error))?;
    if let Some(first) = foreign.first() {
        let more = if foreign.len() > 1 { format!("等{}个文件", foreign.len()) } else { String::new() };
        let message = format!("{} 里有不是由 hongtou 生成的文件：{first}{more}", folder.display());
        return Err(Diagnostic::error(Code::Output, message).help("生成会替换整个文件夹：把它们移到别处再生成"));
    }
    if stands(folder, artifacts) {
        return Ok(Written { unchanged: artifacts.len(), ..Written::default() });
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let fresh = tempfile::Builder::new().prefix(SCRATCH).tempdir_in(parent).map_err(|error| failure(&error))?;
    let mut written = fill(fresh.path(), folder, artifacts).map_err(|error| failure(&error))?;
    settle(fresh.path()).map_err(|error| failure(&error))?;
    let fresh = fresh.keep();
    if let Err(error) = exchange(&fresh, folder) {
        let _ = fs::remove_dir_all(&fresh);
        return Err(failure(&error));
    }
    // The new content stands; the old one is where the fresh one was made.
    let cleared = if fresh.exists() { fs::remove_dir_all(&fresh) } else { Ok(()) };
    written.left = cleared.is_err().then_some(fresh);
    Ok(written)
}

/// What file managers leave wherever they look.
const UNSEEN: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// The files in an output folder that no build put there.
fn foreign(folder: &Path) -> io::Result<Vec<String>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let rooms = [Room::Site, Room::Office].map(Room::folder);
    let own: BTreeSet<String> = rooms
        .iter()
        .flat_map(|room| manifest::listed(&folder.join(room)).into_iter().map(move |path| format!("{room}/{path}")))
        .collect();
    let mut foreign = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
        let seen = !UNSEEN.contains(&entry.file_name().to_string_lossy().as_ref());
        if !entry.file_type().is_dir() && seen && !own.contains(&below) {
            foreign.push(below);
        }
    }
    Ok(foreign)
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

/// Lays a version into the record: its files, then the register with the entry that makes them count. Killed before the register
/// is written, the files are as if they had never been: the next act of the same version clears them away.
///
/// `read` is the register as it was read.
///
/// # Errors
///
/// The register is not what was read any more, or what the system says; nothing counts then.
pub fn commit_version(
    root: &Path,
    folder: &str,
    files: &[Enclosed],
    read: Option<&str>,
    register: &str,
) -> Result<(), NotWritten> {
    let opened = root.join(REGISTER);
    // A version beside which there is no register at all is one whose register was lost.
    let read = match read {
        Some(read) => read,
        None => {
            rewrite(&opened, None, Registry::HEAD.as_bytes())?;
            Registry::HEAD
        }
    };
    let target = root.join(folder);
    let parent = target.parent().unwrap_or(root);
    make_folders(parent)?;
    let fresh = tempfile::Builder::new().prefix(SCRATCH).tempdir_in(parent)?;
    for file in files {
        write_file(&fresh.path().join(&file.name), &file.bytes)?;
    }
    open_to_all(fresh.path())?;
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    let fresh = fresh.keep();
    fs::rename(&fresh, &target)?;
    settle_names(parent)?;
    rewrite(&opened, Some(read), register.as_bytes())
}

/// Puts the files into a fresh folder, several at a time; one that is as it was in the old folder is linked, not written again.
fn fill(fresh: &Path, old: &Path, artifacts: &[Artifact]) -> io::Result<Written> {
    let folders: BTreeSet<&Path> =
        artifacts.iter().flat_map(|artifact| Path::new(&artifact.path).ancestors().skip(1)).collect();
    // Those above come first.
    for folder in folders.into_iter().map(|folder| fresh.join(folder)) {
        if !folder.is_dir() {
            fs::create_dir(&folder)?;
        }
        open_to_all(&folder)?;
    }
    let mut written = Written::default();
    for put in parallel(artifacts, threads(), |artifact| put(fresh, old, artifact)) {
        match put? {
            Put::Added => written.added += 1,
            Put::Changed => written.changed += 1,
            Put::Unchanged => written.unchanged += 1,
        }
    }
    written.removed = count(old).saturating_sub(written.changed + written.unchanged);
    Ok(written)
}

/// Whether a folder holds exactly these files already: then nothing is written. The manifests tell of all others, so that it is seen
/// at once where anything is another one.
fn stands(folder: &Path, artifacts: &[Artifact]) -> bool {
    let (manifests, others): (Vec<&Artifact>, Vec<&Artifact>) =
        artifacts.iter().partition(|artifact| artifact.path.ends_with(manifest::MANIFEST));
    let differs = AtomicBool::new(false);
    let look = |artifact: &&Artifact| {
        if !differs.load(Ordering::Relaxed) && !is_standing(folder, artifact) {
            differs.store(true, Ordering::Relaxed);
        }
    };
    parallel(&manifests, 1, look);
    parallel(&others, threads(), look);
    !differs.into_inner() && count(folder) == artifacts.len()
}

/// Whether a file stands in a folder as it shall, and everyone may read it.
fn is_standing(folder: &Path, artifact: &Artifact) -> bool {
    let path = folder.join(&artifact.path);
    let same = || match artifact.content.file() {
        Some(kept) if is_same_file(kept, &path) => true,
        _ => artifact.content.bytes().is_ok_and(|bytes| same(&path, &bytes) == Some(true)),
    };
    same() && open_to_all(&path).is_ok()
}

/// How many files lie in a folder.
fn count(folder: &Path) -> usize {
    walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file()).count()
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
    // What lies in the cache is linked from there: no build writes it twice, and where the old output has the same file, all is as it was.
    if let Some(kept) = artifact.content.file() {
        let unchanged = is_same_file(kept, &before);
        let put = match unchanged || same(&before, &artifact.content.bytes()?) == Some(true) {
            true => Put::Unchanged,
            false if before.exists() => Put::Changed,
            false => Put::Added,
        };
        if fs::hard_link(kept, &target).is_err() {
            fs::copy(kept, &target)?;
        }
        open_to_all(&target)?;
        return Ok(put);
    }
    let bytes = artifact.content.bytes()?;
    let put = match same(&before, &bytes) {
        Some(true) if fs::hard_link(&before, &target).is_ok() => {
            open_to_all(&target)?;
            return Ok(Put::Unchanged);
        }
        Some(true) => Put::Unchanged,
        Some(false) => Put::Changed,
        None => Put::Added,
    };
    fs::write(&target, &bytes)?;
    open_to_all(&target)?;
    Ok(put)
}

/// Whether two names are of one file.
fn is_same_file(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let of = |path: &Path| fs::symlink_metadata(path).ok().map(|meta| (meta.dev(), meta.ino()));
        of(one).is_some() && of(one) == of(other)
    }
    #[cfg(not(unix))]
    {
        let _ = (one, other);
        false
    }
}

/// Whether a file holds these bytes; `None` where there is no such file.
fn same(path: &Path, bytes: &[u8]) -> Option<bool> {
    let meta = fs::symlink_metadata(path).ok()?;
    if !meta.is_file() || meta.len() != bytes.len() as u64 {
        return Some(false);
    }
    fs::read(path).ok().map(|old| old == bytes)
}

/// Lets the fresh folder take the place of the old one, which then stands where the fresh one did.
fn exchange(fresh: &Path, folder: &Path) -> io::Result<()> {
    if folder.exists() {
        swap(fresh, folder)?;
    } else {
        fs::rename(fresh, folder)?;
    }
    settle_names(folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")))
}

#[cfg(test)]
mod tests {
    use super::super::Manifest;
    use super::*;

    /// The files of a room, with their manifest.
    fn room(files: &[(&str, &str)]) -> Vec<Artifact> {
        let mut artifacts: Vec<Artifact> =
            files.iter().map(|(path, text)| Artifact::new(*path, text.as_bytes().to_vec(), Vec::new())).collect();
        let manifest = Manifest::of(&artifacts, None).bytes();
        artifacts.push(Artifact::new("manifest.json", manifest, Vec::new()));
        for artifact in &mut artifacts {
            artifact.path.insert_str(0, "site/");
        }
        artifacts
    }

    #[test]
    fn the_folder_becomes_exactly_the_files() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("output");
        let first = replace(&folder, &room(&[("a/1.txt", "1"), ("2.txt", "2")])).unwrap();
        assert_eq!(first, Written { added: 3, ..Written::default() });
        let second = replace(&folder, &room(&[("a/1.txt", "1"), ("3.txt", "3")])).unwrap();
        assert_eq!(second, Written { added: 1, unchanged: 1, removed: 1, changed: 1, left: None });
        assert_eq!(fs::read_to_string(folder.join("site/a/1.txt")).unwrap(), "1");
        assert!(!folder.join("site/2.txt").exists());
        let files = room(&[("a/1.txt", "1"), ("3.txt", "3")]);
        assert_eq!(replace(&folder, &files).unwrap(), Written { unchanged: 3, ..Written::default() });
        // What is lost, turned or in the way is seen, although the manifest says that all is as it was.
        fs::remove_file(folder.join("site/3.txt")).unwrap();
        assert_eq!(replace(&folder, &files).unwrap(), Written { added: 1, unchanged: 2, ..Written::default() });
        fs::write(folder.join("site/3.txt"), "4").unwrap();
        assert_eq!(replace(&folder, &files).unwrap(), Written { changed: 1, unchanged: 2, ..Written::default() });
        fs::write(folder.join("site/.DS_Store"), "").unwrap();
        assert_eq!(replace(&folder, &files).unwrap(), Written { unchanged: 3, removed: 1, ..Written::default() });
        let left: Vec<_> = fs::read_dir(root.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
        assert_eq!(left, ["output"]);
    }

    #[test]
    fn a_failure_leaves_the_old_folder() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("output");
        replace(&folder, &room(&[("a.txt", "1")])).unwrap();
        // A file and a folder of the same name cannot both be.
        assert!(replace(&folder, &room(&[("b", "1"), ("b/c", "2")])).is_err());
        assert_eq!(fs::read_to_string(folder.join("site/a.txt")).unwrap(), "1");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_no_build_made_is_not_replaced() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("output");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("notes.docx"), "我的").unwrap();
        let refused = replace(&folder, &room(&[("a.txt", "1")])).unwrap_err();
        assert!(refused.message.contains("notes.docx"), "{refused:?}");
        fs::remove_file(folder.join("notes.docx")).unwrap();
        replace(&folder, &room(&[("a.txt", "1")])).unwrap();
        fs::write(folder.join("site/b.txt"), "我的").unwrap();
        fs::write(folder.join("site/.DS_Store"), "").unwrap();
        assert!(replace(&folder, &room(&[("a.txt", "2")])).unwrap_err().message.contains("site/b.txt"));
        assert_eq!(fs::read_to_string(folder.join("site/a.txt")).unwrap(), "1");
    }
}
