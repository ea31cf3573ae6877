//! 写出 — the output and the versions of the record. A folder is put together where nobody looks and takes the place of the old one in one step:
//! whoever reads sees the old output or the new one, never a half; what fails or is killed before that leaves the old one untouched.

#![expect(clippy::disallowed_methods, reason = "the door to all that is written")]

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

use rustc_hash::FxHashSet;

use super::{Artifact, manifest};
use crate::diag::{Code, Diagnostic};
use crate::disk::{
    NotWritten, SCRATCH, digest_of, is_open_to_all, make_folders, open_to_all, reason, rewrite, settle, settle_names,
    swap, write_file,
};
use crate::parallel::{all, both, parallel, threads};
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
}

/// Makes the content of `folder` exactly these files. They are put together in `spare`, which then takes the place of `folder`, and
/// what stood there becomes the spare one: the next time only what is another has to be put there.
///
/// # Errors
///
/// What stands in the way, in words; `folder` is as it was then.
pub fn replace(folder: &Path, spare: &Path, artifacts: &[Artifact]) -> Result<Written, Diagnostic> {
    let failure = |error: &io::Error| {
        Diagnostic::error(Code::Output, format!("不能写入 {}：{}", folder.display(), reason(error)))
            .help("原来的内容没有动；检查这个文件夹的权限、是否被别的程序占用、磁盘是否已满")
    };
    if let Some(obstacle) = obstacle(folder) {
        return Err(obstacle);
    }
    let folders = folders(artifacts);
    let listed = manifest::listed_in(folder);
    // Two walks through ten thousand folders. What the spare one holds is nobody's, also where nothing comes to be put into it.
    let (before, cleared) = both(|| Before::of(folder, &listed), || clear(spare, &folders, artifacts));
    let before = before.map_err(|error| failure(&error))?;
    if let Some(first) = before.foreign.first() {
        let more =
            if before.foreign.len() > 1 { format!("等{}个文件", before.foreign.len()) } else { String::new() };
        let message = format!("{} 里有不是由 hongtou 生成的文件：{first}{more}", folder.display());
        return Err(Diagnostic::error(Code::Output, message).help("生成会替换整个文件夹：把它们移到别处再生成"));
    }
    if stands(folder, before.files, artifacts) {
        return Ok(Written { unchanged: artifacts.len(), ..Written::default() });
    }
    let put = || {
        cleared?;
        let mut written = fill(spare, &folders, folder, artifacts)?;
        written.removed = before.files.saturating_sub(written.changed + written.unchanged);
        settle(spare)?;
        exchange(spare, folder)?;
        if !spare.exists() {
            // Nothing stood there before; the next one, too, is to put only what is another. Half of it is as good as none.
            let _ = fill(spare, &folders, folder, artifacts);
        }
        Ok(written)
    };
    put().map_err(|error| {
        // What is half put together is of no use to anybody.
        let _ = fs::remove_dir_all(spare);
        failure(&error)
    })
}

/// Why nothing can be put in the place of a folder, whatever lies in it.
pub(super) fn obstacle(folder: &Path) -> Option<Diagnostic> {
    match fs::symlink_metadata(folder) {
        Ok(meta) if !meta.is_dir() => {
            let message = format!("{} 应是文件夹，却是一个文件或链接", folder.display());
            Some(Diagnostic::error(Code::Output, message).help("移走它再生成"))
        }
        Ok(meta) if meta.permissions().readonly() => {
            let message = format!("{} 是只读的", folder.display());
            Some(Diagnostic::error(Code::Output, message).help("去掉只读属性再生成；原来的内容没有动"))
        }
        _ => None,
    }
}

/// What file managers leave wherever they look.
const UNSEEN: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// What lies in an output folder before it is another.
#[derive(Default)]
pub(super) struct Before {
    /// How many files.
    pub(super) files: usize,
    /// Those of them that no build put there.
    pub(super) foreign: Vec<String>,
}

impl Before {
    /// What lies in a folder, of which the files that are listed are the program's own.
    pub(super) fn of(folder: &Path, listed: &[(String, Option<String>)]) -> io::Result<Self> {
        let mut before = Self::default();
        let own: FxHashSet<&str> = listed.iter().map(|(path, _)| path.as_str()).collect();
        if !folder.exists() {
            return Ok(before);
        }
        for entry in walkdir::WalkDir::new(folder) {
            let entry = entry?;
            before.files += usize::from(entry.file_type().is_file());
            let below = below(folder, entry.path());
            let seen = !UNSEEN.contains(&entry.file_name().to_string_lossy().as_ref());
            if !entry.file_type().is_dir() && seen && !own.contains(below.as_str()) {
                before.foreign.push(below);
            }
        }
        before.foreign.sort();
        Ok(before)
    }
}

/// A path below a folder, with `/`.
fn below(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/")
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

/// Puts the files into a folder that nobody looks at, several at a time; one that is as it was in the old folder is linked, not written
/// again, and one that lies there already is left.
fn fill(spare: &Path, folders: &BTreeSet<&str>, old: &Path, artifacts: &[Artifact]) -> io::Result<Written> {
    make_folders(spare.parent().unwrap_or(Path::new(".")))?;
    // Those above come first.
    for folder in folders.iter().map(|folder| spare.join(folder)) {
        if !folder.is_dir() {
            fs::create_dir(&folder)?;
        }
        open_to_all(&folder)?;
    }
    let mut written = Written::default();
    for put in parallel(artifacts, threads(), |artifact| put(spare, old, artifact)) {
        match put? {
            Put::Added => written.added += 1,
            Put::Changed => written.changed += 1,
            Put::Unchanged => written.unchanged += 1,
        }
    }
    Ok(written)
}

/// The folders of files, that of all of them first (`""`, `office`, `office/awards`).
fn folders(artifacts: &[Artifact]) -> BTreeSet<&str> {
    let mut folders = BTreeSet::from([""]);
    for artifact in artifacts {
        let mut below = artifact.path.as_str();
        while let Some((folder, _)) = below.rsplit_once('/') {
            // Where it is known, so are those above it.
            if !folders.insert(folder) {
                break;
            }
            below = folder;
        }
    }
    folders
}

/// Takes everything out of a spare folder that is none of these folders and files; a link leads nowhere from here.
fn clear(spare: &Path, folders: &BTreeSet<&str>, artifacts: &[Artifact]) -> io::Result<()> {
    match fs::symlink_metadata(spare) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Ok(meta) if !meta.is_dir() => return fs::remove_file(spare),
        looked => looked?,
    };
    let files: FxHashSet<&str> = artifacts.iter().map(|artifact| artifact.path.as_str()).collect();
    let mut entries = walkdir::WalkDir::new(spare).min_depth(1).into_iter();
    while let Some(entry) = entries.next() {
        let entry = entry?;
        let below = below(spare, entry.path());
        let kind = entry.file_type();
        if kind.is_dir() && !folders.contains(below.as_str()) {
            fs::remove_dir_all(entry.path())?;
            entries.skip_current_dir();
        } else if !(kind.is_dir() || kind.is_file() && files.contains(below.as_str())) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Whether a folder holds exactly these files already: then nothing is written. The manifests tell of all others, so that it is seen
/// at once where anything is another one.
fn stands(folder: &Path, files: usize, artifacts: &[Artifact]) -> bool {
    if files != artifacts.len() {
        return false;
    }
    let (manifests, others): (Vec<&Artifact>, Vec<&Artifact>) =
        artifacts.iter().partition(|artifact| artifact.path.ends_with(manifest::MANIFEST));
    let is_standing = |artifact: &&Artifact| {
        let path = folder.join(&artifact.path);
        holds(&path, artifact) == Some(true) && open_to_all(&path).is_ok()
    };
    all(&manifests, 1, is_standing) && all(&others, threads(), is_standing)
}

/// Whether a file of the output stands at a path; `None` where nothing does.
fn holds(path: &Path, artifact: &Artifact) -> Option<bool> {
    let kept = artifact.content.file().and_then(looked_at);
    is_held(path, looked_at(path).as_ref(), artifact, kept.as_ref())
}

/// The same, where the path and the file in which the content is kept were looked at already. What can be told without reading is not
/// read.
fn is_held(path: &Path, meta: Option<&Metadata>, artifact: &Artifact, kept: Option<&Metadata>) -> Option<bool> {
    let meta = meta?;
    if !meta.is_file() || meta.len() != artifact.content.size() as u64 {
        return Some(false);
    }
    if is_same_file(kept, Some(meta)) {
        return Some(true);
    }
    Some(digest_of(path).is_ok_and(|(digest, _)| digest == artifact.digest))
}

/// What a file is, beside the one of its name in the old folder.
enum Put {
    Added,
    Changed,
    Unchanged,
}

fn put(spare: &Path, old: &Path, artifact: &Artifact) -> io::Result<Put> {
    let target = spare.join(&artifact.path);
    let before = old.join(&artifact.path);
    let Artifact { content, .. } = artifact;
    // Each is looked at once: there are eighty thousand of them.
    let (stood_as, stands_as) = (looked_at(&before), looked_at(&target));
    let kept = content.file().and_then(|kept| if kept == before { stood_as.clone() } else { looked_at(kept) });
    let stood = is_held(&before, stood_as.as_ref(), artifact, kept.as_ref());
    let stands = match content.file() {
        // It is to be that very file: two with the same bytes would take the room of two, and be read each time to be told alike.
        Some(_) => is_same_file(kept.as_ref(), stands_as.as_ref()),
        None if is_same_file(stood_as.as_ref(), stands_as.as_ref()) => stood == Some(true),
        None => is_held(&target, stands_as.as_ref(), artifact, None) == Some(true),
    };
    if !stands {
        // Other names of the same file stand elsewhere: it is never written into.
        match fs::remove_file(&target) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        // What lies in the cache is linked from there, and what stood in the old output from there: no build writes it twice.
        let from = content.file().or((stood == Some(true)).then_some(before.as_path()));
        if from.is_none_or(|from| fs::hard_link(from, &target).is_err()) {
            fs::write(&target, content.bytes()?)?;
        }
    }
    if !(stands && stands_as.as_ref().is_some_and(is_open_to_all)) {
        open_to_all(&target)?;
    }
    Ok(match stood {
        Some(true) => Put::Unchanged,
        Some(false) => Put::Changed,
        None => Put::Added,
    })
}

/// What lies at a path, a link for itself.
fn looked_at(path: &Path) -> Option<Metadata> {
    fs::symlink_metadata(path).ok()
}

/// Whether two names that were looked at are of one file.
fn is_same_file(one: Option<&Metadata>, other: Option<&Metadata>) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let of = |meta: &Metadata| (meta.dev(), meta.ino());
        one.is_some() && one.map(of) == other.map(of)
    }
    #[cfg(not(unix))]
    {
        let _ = (one, other);
        false
    }
}

/// Lets a folder take the place of another, which then stands where the first one did.
fn exchange(spare: &Path, folder: &Path) -> io::Result<()> {
    if folder.exists() {
        swap(spare, folder)?;
    } else {
        fs::rename(spare, folder)?;
    }
    settle_names(folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

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

    /// What a web server may not read is opened again, also where nothing of it has to be written.
    #[cfg(unix)]
    #[test]
    fn a_file_that_was_closed_is_opened() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let (folder, spare) = (root.path().join("output"), root.path().join(".spare"));
        let path = folder.join("site/a.txt");
        for number in ["1", "2", "3", "3"] {
            replace(&folder, &spare, &room(&[("a.txt", "same"), ("b.txt", number)])).unwrap();
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o644, "{number}");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        }
    }

    #[test]
    fn the_folder_becomes_exactly_the_files() {
        let root = tempfile::tempdir().unwrap();
        let (folder, spare) = (root.path().join("output"), root.path().join(".spare"));
        let first = replace(&folder, &spare, &room(&[("a/1.txt", "1"), ("2.txt", "2")])).unwrap();
        assert_eq!(first, Written { added: 3, ..Written::default() });
        assert!(spare.join("site/a/1.txt").exists(), "the next one has to put together all of it");
        let second = replace(&folder, &spare, &room(&[("a/1.txt", "1"), ("3.txt", "3")])).unwrap();
        assert_eq!(second, Written { added: 1, unchanged: 1, removed: 1, changed: 1 });
        assert_eq!(fs::read_to_string(folder.join("site/a/1.txt")).unwrap(), "1");
        assert!(!folder.join("site/2.txt").exists());
        let files = room(&[("a/1.txt", "1"), ("3.txt", "3")]);
        assert_eq!(replace(&folder, &spare, &files).unwrap(), Written { unchanged: 3, ..Written::default() });
        // What is lost, turned or in the way is seen, although the manifest says that all is as it was.
        fs::remove_file(folder.join("site/3.txt")).unwrap();
        assert_eq!(replace(&folder, &spare, &files).unwrap(), Written { added: 1, unchanged: 2, ..Written::default() });
        fs::write(folder.join("site/3.txt"), "4").unwrap();
        assert_eq!(
            replace(&folder, &spare, &files).unwrap(),
            Written { changed: 1, unchanged: 2, ..Written::default() }
        );
        fs::write(folder.join("site/.DS_Store"), "").unwrap();
        assert_eq!(
            replace(&folder, &spare, &files).unwrap(),
            Written { unchanged: 3, removed: 1, ..Written::default() }
        );
        let mut left: Vec<_> = fs::read_dir(root.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
        left.sort();
        assert_eq!(left, [".spare", "output"]);
    }

    /// Copies of the same bytes, of another program perhaps, take room and are read each time: the first build after them links.
    #[cfg(unix)]
    #[test]
    fn what_is_kept_is_linked_where_a_copy_of_it_stood() {
        let root = tempfile::tempdir().unwrap();
        let (folder, spare) = (root.path().join("output"), root.path().join(".spare"));
        let kept = root.path().join("kept");
        fs::write(&kept, "1").unwrap();
        for other in ["2", "3"] {
            replace(&folder, &spare, &room(&[("a.txt", "1"), ("b.txt", other)])).unwrap();
        }
        for other in ["4", "5", "6"] {
            let mut files = room(&[("a.txt", "1"), ("b.txt", other)]);
            files[0].content = super::super::Content::kept(kept.clone(), 1);
            let written = replace(&folder, &spare, &files).unwrap();
            assert_eq!(written, Written { changed: 2, unchanged: 1, ..Written::default() });
            let put = looked_at(&folder.join("site/a.txt"));
            assert!(is_same_file(looked_at(&kept).as_ref(), put.as_ref()), "{other}");
        }
    }

    #[test]
    fn a_failure_leaves_the_old_folder() {
        let root = tempfile::tempdir().unwrap();
        let (folder, spare) = (root.path().join("output"), root.path().join(".spare"));
        replace(&folder, &spare, &room(&[("a.txt", "1")])).unwrap();
        // A file and a folder of the same name cannot both be.
        assert!(replace(&folder, &spare, &room(&[("b", "1"), ("b/c", "2")])).is_err());
        assert_eq!(fs::read_to_string(folder.join("site/a.txt")).unwrap(), "1");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_no_build_made_is_not_replaced() {
        let root = tempfile::tempdir().unwrap();
        let (folder, spare) = (root.path().join("output"), root.path().join(".spare"));
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("notes.docx"), "我的").unwrap();
        let refused = replace(&folder, &spare, &room(&[("a.txt", "1")])).unwrap_err();
        assert!(refused.message.contains("notes.docx"), "{refused:?}");
        fs::remove_file(folder.join("notes.docx")).unwrap();
        replace(&folder, &spare, &room(&[("a.txt", "1")])).unwrap();
        fs::write(folder.join("site/b.txt"), "我的").unwrap();
        fs::write(folder.join("site/.DS_Store"), "").unwrap();
        assert!(replace(&folder, &spare, &room(&[("a.txt", "2")])).unwrap_err().message.contains("site/b.txt"));
        assert_eq!(fs::read_to_string(folder.join("site/a.txt")).unwrap(), "1");
    }

    /// What is there below a folder: paths with their words; of what is no file, what it is.
    fn lying(folder: &Path) -> BTreeMap<String, String> {
        let entries = walkdir::WalkDir::new(folder).min_depth(1).into_iter().flatten();
        let files = entries.filter(|entry| !entry.file_type().is_dir());
        let words = |path: &Path| fs::read_to_string(path).unwrap_or_else(|error| error.to_string());
        files.map(|entry| (below(folder, entry.path()), words(entry.path()))).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        /// Whatever lies about in the spare folder, the output becomes exactly the files, the one before is whole elsewhere, and no other name
        /// of a file comes to say something else.
        #[test]
        fn whatever_was_before_the_files_are_there(
            builds in prop::collection::vec(
                (prop::collection::btree_map(prop::sample::select(vec!["a", "b", "c/d", "c/e", "f/g/h"]), "[0-9]{0,2}", 0..5), 0..6),
                1..6,
            ),
        ) {
            let root = tempfile::tempdir().unwrap();
            let (folder, spare, aside) = (root.path().join("output"), root.path().join(".spare"), root.path().join("aside"));
            fs::create_dir(&aside).unwrap();
            let mut names: Vec<(std::path::PathBuf, String)> = Vec::new();
            for (number, (files, mischief)) in builds.into_iter().enumerate() {
                let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
                match mischief {
                    0 => { let _ = fs::remove_dir_all(&spare); }
                    1 => { let _ = fs::remove_file(spare.join("site/a"));
                        let _ = fs::write(spare.join("site/a"), "half"); }
                    2 => { let _ = fs::create_dir_all(spare.join("site/b/x")); }
                    #[cfg(unix)]
                    3 if spare.join("site").is_dir() => {
                        let _ = fs::remove_dir_all(spare.join("site/c"));
                        std::os::unix::fs::symlink(&aside, spare.join("site/c")).unwrap();
                    }
                    4 => { let _ = fs::write(spare.join("more"), ""); }
                    _ => {}
                }
                let before = lying(&folder);
                let artifacts = room(&files);
                let written = replace(&folder, &spare, &artifacts).unwrap();
                let wanted: BTreeMap<String, String> = artifacts
                    .iter()
                    .map(|one| (one.path.clone(), String::from_utf8(one.content.bytes().unwrap().into_owned()).unwrap()))
                    .collect();
                prop_assert_eq!(&lying(&folder), &wanted);
                let unchanged = wanted.iter().filter(|(path, text)| before.get(*path) == Some(text)).count();
                let changed = wanted.keys().filter(|path| before.contains_key(*path)).count() - unchanged;
                prop_assert_eq!((written.unchanged, written.changed), (unchanged, changed));
                prop_assert_eq!((written.added, written.removed), (wanted.len() - unchanged - changed, before.len() - unchanged - changed));
                for (path, text) in &wanted {
                    let name = root.path().join(format!("name-{number}-{}", path.replace('/', "-")));
                    fs::hard_link(folder.join(path), &name).unwrap();
                    names.push((name, text.clone()));
                }
                for (name, text) in &names {
                    prop_assert_eq!(&fs::read_to_string(name).unwrap(), text);
                }
                prop_assert!(lying(&aside).is_empty(), "something was written through a link");
            }
        }
    }
}
