//! 发布 — puts a finished build into a web root in one step, keeps the last one for going back, and writes what was published
//! with its digests (SHA-256, and SM3 of GB/T 32905 for archives).
//!
//! Beside the web root `site` lie, while it works, `.site.partial` (being copied), `.site.next` (whole, about to take its
//! place) and, afterwards, `.site.previous` (the last one); `.site.lock` is held by who publishes. The web root itself is exchanged
//! with `.site.next` by one call of the system, so a reader sees the old site or the new one. Killed at any point, the next run
//! finds out where it stood. What others put into the web root stays there through every publishing and going back.

#![expect(clippy::disallowed_methods, reason = "the door to the web root")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sm3::Sm3;

use super::manifest::MANIFEST;
use crate::digest::hex;
use crate::disk::{Busy, Lock, make_folders, open_to_all, reason, settle, settle_names, swap, take_back};
use crate::parallel::{parallel, threads};
use crate::record::Registry;

/// What lies in the web root beside the site: what was published, and what it replaced.
const RELEASE: &str = "release.json";

/// Why nothing was published. The web root is as it was.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// There is no finished build.
    #[error("{0} 里没有生成好的网站（缺 manifest.json），先运行 hongtou build")]
    NoBuild(PathBuf),
    /// The build was changed after it was made.
    #[error("{0} 与清单不符，生成后被改动过；重新运行 hongtou build")]
    Changed(String),
    /// Something was issued or withdrawn after the build.
    #[error("{0} 生成以后，发文登记簿变了；先运行 hongtou build，再发布")]
    Stale(PathBuf),
    /// The web root shows acts that the register does not have.
    #[error("{0} 上已经发布的办理，现在的发文登记簿里没有：登记簿短了，或换过。从备份恢复 data/issued，再生成、发布")]
    Register(PathBuf),
    /// Something in the build is neither a file nor a folder.
    #[error("{0} 是链接或特殊文件，不能发布")]
    Special(String),
    /// The web root holds something else.
    #[error("{0} 不是空的，也不是由 hongtou 发布的网站；换一个文件夹，或先清空它")]
    Foreign(PathBuf),
    /// There is no site to go back to.
    #[error("{0} 没有上一次发布的内容，不能回退")]
    NoPrevious(PathBuf),
    /// The folder has no name or no parent.
    #[error("{0} 不能作网站的文件夹")]
    Place(PathBuf),
    /// Another one publishes.
    #[error("{0}")]
    Busy(#[from] Busy),
    /// A file that is not ours stands where one of ours must.
    #[error("网站目录里的 {0} 不是由 hongtou 发布的，却与要发布的文件同名；移走它再发布")]
    InTheWay(String),
    /// What was written does not read back.
    #[error("{0} 写入以后读回来不一样，没有发布；检查磁盘")]
    Damaged(String),
    /// The system refused.
    #[error("{path}：{}", reason(.error))]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

/// What was published, as `release.json` holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Its name: the SHA-256 of the build's manifest.
    #[serde(rename = "编号")]
    pub id: String,
    /// The name of the one that it replaced.
    #[serde(rename = "前一次")]
    pub replaces: Option<String>,
    /// When, in China.
    #[serde(rename = "发布时间")]
    pub at: String,
    /// The seal of the register that it was made from.
    #[serde(rename = "登记簿", default, skip_serializing_if = "Option::is_none")]
    pub register: Option<String>,
    /// Its files.
    #[serde(rename = "文件")]
    pub files: Vec<Published>,
}

/// A published file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Its path.
    #[serde(rename = "路径")]
    pub path: String,
    /// Its size.
    #[serde(rename = "字节")]
    pub bytes: u64,
    /// Its SHA-256.
    #[serde(rename = "SHA-256")]
    pub sha256: String,
    /// Its SM3.
    #[serde(rename = "SM3")]
    pub sm3: String,
}

/// A build's manifest, as far as it is needed here.
#[derive(Deserialize)]
struct Built {
    #[serde(rename = "登记簿", default)]
    register: Option<String>,
    #[serde(rename = "文件")]
    files: Vec<BuiltFile>,
}

#[derive(Deserialize)]
struct BuiltFile {
    #[serde(rename = "路径")]
    path: String,
    #[serde(rename = "SHA-256")]
    digest: String,
}

/// A web root and what lies beside it.
#[derive(Debug)]
pub struct WebRoot {
    folder: PathBuf,
    partial: PathBuf,
    next: PathBuf,
    previous: PathBuf,
}

impl WebRoot {
    /// The web root at a folder, which need not be there yet.
    ///
    /// A web root that is a link is the folder that it leads to.
    pub fn new(folder: &Path) -> Result<Self, PublishError> {
        let place = || PublishError::Place(folder.to_owned());
        let folder = &match fs::canonicalize(folder) {
            Ok(real) => real,
            Err(_) if fs::symlink_metadata(folder).is_ok() => return Err(place()),
            Err(_) => folder.to_owned(),
        };
        let name = folder.file_name().and_then(|name| name.to_str()).ok_or_else(place)?;
        let parent = folder.parent().ok_or_else(place)?;
        let beside = |end: &str| parent.join(format!(".{name}.{end}"));
        Ok(Self {
            folder: folder.to_owned(),
            partial: beside("partial"),
            next: beside("next"),
            previous: beside("previous"),
        })
    }

    /// What publishing the build in `output` would change for readers.
    pub fn changes(&self, output: &Path) -> Result<Changes, PublishError> {
        let built = built(output)?.0;
        let shown = release(&self.folder).map(|release| release.files).unwrap_or_default();
        let mut changes = Changes::default();
        for file in &built.files {
            match shown.iter().find(|known| known.path == file.path) {
                None => changes.added.push(file.path.clone()),
                Some(known) if known.sha256 != file.digest => changes.changed.push(file.path.clone()),
                Some(_) => {}
            }
        }
        let gone = shown.iter().filter(|known| built.files.iter().all(|file| file.path != known.path));
        changes.removed.extend(gone.map(|known| known.path.clone()));
        Ok(changes)
    }

    /// Whether the register that the workspace has now is the one that the build in `output` was made from, and goes on from
    /// the one that the web root was: an act that readers saw is not undone by losing the end of the register.
    pub fn check_register(&self, output: &Path, registry: &Registry) -> Result<(), PublishError> {
        if built(output)?.0.register.as_deref() != registry.head() {
            return Err(PublishError::Stale(output.to_owned()));
        }
        match release(&self.folder).and_then(|release| release.register) {
            Some(shown) if !registry.holds(&shown) => Err(PublishError::Register(self.folder.clone())),
            _ => Ok(()),
        }
    }

    /// Publishes the build in `output`.
    pub fn publish(&self, output: &Path, at: &str) -> Result<Release, PublishError> {
        let _lock = self.lock(at)?;
        self.recover()?;
        self.own()?;
        // What is shown already is not published a second time: it would push out the one to go back to. What of it is no longer
        // there as it was published is put there again.
        let shown = release(&self.folder).filter(|shown| manifest_id(output).as_ref() == Some(&shown.id));
        let release = match shown {
            Some(shown) if verify(&self.folder, &shown).is_ok() => return Ok(shown),
            Some(shown) => {
                self.copy(output, &shown.at, shown.replaces)?;
                self.switch()?;
                remove(&self.next)?;
                release(&self.folder).ok_or_else(|| PublishError::Damaged(RELEASE.to_owned()))?
            }
            None => {
                let release = self.copy(output, at, release(&self.folder).map(|release| release.id))?;
                self.switch()?;
                self.keep()?;
                release
            }
        };
        verify(&self.folder, &release)?;
        Ok(release)
    }

    /// Becomes the only one to change the web root.
    fn lock(&self, at: &str) -> Result<Lock, PublishError> {
        let beside = self.next.with_extension("lock");
        if let Some(parent) = beside.parent() {
            make_folders(parent).map_err(|error| failed(parent, error))?;
        }
        Ok(Lock::at(&beside, &format!("发布到 {}，{at}开始", self.folder.display()))?)
    }

    /// Puts the last site back; the present one becomes the last one, so a second call undoes the first.
    pub fn rollback(&self, at: &str) -> Result<Release, PublishError> {
        let _lock = self.lock(at)?;
        self.recover()?;
        self.own()?;
        let back = release(&self.previous).ok_or_else(|| PublishError::NoPrevious(self.folder.clone()))?;
        verify(&self.previous, &back)?;
        for path in foreign(&self.previous)? {
            let path = self.previous.join(path);
            fs::remove_file(&path).map_err(|error| failed(&path, error))?;
        }
        self.take_along(&self.previous)?;
        swap(&self.previous, &self.folder).map_err(|error| failed(&self.folder, error))?;
        self.settle_names()?;
        Ok(back)
    }

    /// Puts what others have laid into the web root into the folder that takes its place.
    fn take_along(&self, to: &Path) -> Result<(), PublishError> {
        for path in foreign(&self.folder)? {
            let (from, to) = (self.folder.join(&path), to.join(&path));
            if fs::symlink_metadata(&to).is_ok() {
                return Err(PublishError::InTheWay(path));
            }
            if let Some(parent) = to.parent() {
                fs::create_dir_all(parent).map_err(|_| PublishError::InTheWay(path.clone()))?;
            }
            // The same file under both folders, whatever it is; a copy where there are no links.
            fs::hard_link(&from, &to)
                .or_else(|_| fs::copy(&from, &to).map(drop))
                .map_err(|error| failed(&to, error))?;
        }
        Ok(())
    }

    fn settle_names(&self) -> Result<(), PublishError> {
        let parent = self.folder.parent().unwrap_or(&self.folder);
        settle_names(parent).map_err(|error| failed(parent, error))
    }

    /// Ends what a killed run left: a half copy is thrown away, a whole one that never took its place too; the site that
    /// was replaced is kept for going back.
    fn recover(&self) -> Result<(), PublishError> {
        remove(&self.partial)?;
        take_back(&self.next, &self.folder).map_err(|error| failed(&self.folder, error))?;
        let Some(next) = release(&self.next) else { return remove(&self.next) };
        let current = release(&self.folder).map(|release| release.id);
        if next.replaces == current || current.as_ref() == Some(&next.id) { remove(&self.next) } else { self.keep() }
    }

    fn own(&self) -> Result<(), PublishError> {
        let empty = match fs::read_dir(&self.folder) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => true,
            Err(error) => return Err(failed(&self.folder, error)),
        };
        if empty || release(&self.folder).is_some() { Ok(()) } else { Err(PublishError::Foreign(self.folder.clone())) }
    }

    /// Copies the build beside the web root, checking every file against the build's manifest on the way.
    fn copy(&self, output: &Path, at: &str, replaces: Option<String>) -> Result<Release, PublishError> {
        let (built, bytes) = built(output)?;
        open_folders(&self.partial).map_err(|error| failed(&self.partial, error))?;
        let mut files = Vec::with_capacity(built.files.len() + 1);
        for file in &built.files {
            let published = self.copy_file(output, &file.path)?;
            if published.sha256 != file.digest {
                return Err(PublishError::Changed(file.path.clone()));
            }
            files.push(published);
        }
        let id = hex(&Sha256::digest(&bytes));
        let release = Release { id, replaces, at: at.to_owned(), register: built.register, files };
        // Strings and numbers always have a JSON form.
        let text = serde_json::to_vec_pretty(&release).unwrap_or_default();
        let path = self.partial.join(RELEASE);
        fs::write(&path, text).and_then(|()| open_to_all(&path)).map_err(|error| failed(&path, error))?;
        self.take_along(&self.partial)?;
        settle(&self.partial).map_err(|error| failed(&self.partial, error))?;
        verify(&self.partial, &release)?;
        fs::rename(&self.partial, &self.next).map_err(|error| failed(&self.next, error))?;
        Ok(release)
    }

    fn copy_file(&self, output: &Path, path: &str) -> Result<Published, PublishError> {
        let safe = !path.starts_with('/') && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        let from = output.join(path);
        let kind = fs::symlink_metadata(&from).map_err(|_| PublishError::Changed(path.to_owned()))?;
        if !safe || !kind.is_file() {
            return Err(PublishError::Special(path.to_owned()));
        }
        let mut bytes = Vec::new();
        fs::File::open(&from)
            .and_then(|mut file| file.read_to_end(&mut bytes))
            .map_err(|error| failed(&from, error))?;
        let to = self.partial.join(path);
        if let Some(parent) = to.parent() {
            open_folders(parent).map_err(|error| failed(parent, error))?;
        }
        fs::write(&to, &bytes).and_then(|()| open_to_all(&to)).map_err(|error| failed(&to, error))?;
        Ok(Published {
            path: path.to_owned(),
            bytes: bytes.len() as u64,
            sha256: hex(&Sha256::digest(&bytes)),
            sm3: hex(&Sm3::digest(&bytes)),
        })
    }

    fn switch(&self) -> Result<(), PublishError> {
        let done =
            if self.folder.exists() { swap(&self.next, &self.folder) } else { fs::rename(&self.next, &self.folder) };
        done.map_err(|error| failed(&self.folder, error))?;
        self.settle_names()
    }

    /// Keeps what was replaced.
    fn keep(&self) -> Result<(), PublishError> {
        if release(&self.next).is_none() {
            return remove(&self.next);
        }
        remove(&self.previous)?;
        fs::rename(&self.next, &self.previous).map_err(|error| failed(&self.previous, error))?;
        self.settle_names()
    }
}

/// Makes folders that all may read; they are brought onto the disk together with what they hold.
fn open_folders(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent() {
        open_folders(above)?;
    }
    fs::create_dir(folder)?;
    open_to_all(folder)
}

/// Whether a folder holds what a release says, byte for byte.
fn verify(folder: &Path, release: &Release) -> Result<(), PublishError> {
    let wrong = parallel(&release.files, threads(), |file| {
        let read = fs::read(folder.join(&file.path));
        let right = read.is_ok_and(|bytes| hex(&Sha256::digest(&bytes)) == file.sha256);
        (!right).then(|| file.path.clone())
    });
    wrong.into_iter().flatten().next().map_or(Ok(()), |path| Err(PublishError::Damaged(path)))
}

/// The files of a web root, by their paths below it, that its release does not list: others put them there.
fn foreign(folder: &Path) -> Result<Vec<String>, PublishError> {
    let Some(release) = release(folder) else { return Ok(Vec::new()) };
    let own: BTreeSet<&str> = release.files.iter().map(|file| file.path.as_str()).chain([RELEASE]).collect();
    let mut foreign = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| failed(folder, error.into()))?;
        let below = entry.path().strip_prefix(folder).ok().and_then(Path::to_str).map(|path| path.replace('\\', "/"));
        let below = below.ok_or_else(|| PublishError::InTheWay(entry.path().display().to_string()))?;
        if !entry.file_type().is_dir() && !own.contains(below.as_str()) {
            foreign.push(below);
        }
    }
    Ok(foreign)
}

/// What publishing would change: the paths that readers meet for the first time, that say something else, that are gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// New paths.
    pub added: Vec<String>,
    /// Paths with another content.
    pub changed: Vec<String>,
    /// Paths that are gone.
    pub removed: Vec<String>,
}

/// The manifest of a build, and its bytes.
fn built(output: &Path) -> Result<(Built, Vec<u8>), PublishError> {
    let none = || PublishError::NoBuild(output.to_owned());
    let bytes = fs::read(output.join(MANIFEST)).map_err(|_| none())?;
    Ok((serde_json::from_slice(&bytes).map_err(|_| none())?, bytes))
}

/// The name of the build in a folder.
fn manifest_id(output: &Path) -> Option<String> {
    Some(hex(&Sha256::digest(fs::read(output.join(MANIFEST)).ok()?)))
}

fn release(folder: &Path) -> Option<Release> {
    serde_json::from_slice(&fs::read(folder.join(RELEASE)).ok()?).ok()
}

fn remove(folder: &Path) -> Result<(), PublishError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(folder, error)),
        _ => Ok(()),
    }
}

fn failed(path: &Path, error: io::Error) -> PublishError {
    PublishError::Io { path: path.to_owned(), error }
}

#[cfg(test)]
mod tests {
    use super::super::{Artifact, Manifest};
    use super::*;

    /// A finished build whose only page says `word`.
    fn build(folder: &Path, word: &str) {
        let page = |path: &str| Artifact::new(path, word.into(), Vec::new());
        let artifacts = [page("index.html"), page("a/b.html")];
        fs::create_dir_all(folder.join("a")).unwrap();
        fs::write(folder.join(MANIFEST), Manifest::of(&artifacts, None).bytes()).unwrap();
        for artifact in artifacts {
            fs::write(folder.join(&artifact.path), artifact.content.bytes().unwrap()).unwrap();
        }
    }

    fn word(folder: &Path) -> String {
        let read = |path: &str| fs::read_to_string(folder.join(path)).unwrap();
        assert_eq!(read("index.html"), read("a/b.html"), "half a site");
        read("index.html")
    }

    fn rooms() -> (tempfile::TempDir, PathBuf, WebRoot) {
        let place = tempfile::tempdir().unwrap();
        let root = WebRoot::new(&place.path().join("site")).unwrap();
        let output = place.path().join("output");
        (place, output, root)
    }

    #[test]
    fn each_release_can_be_undone() {
        let (_room, output, root) = rooms();
        assert!(matches!(root.publish(&output, ""), Err(PublishError::NoBuild(_))));
        build(&output, "一");
        let first = root.publish(&output, "2024-06-13 09:30").unwrap();
        assert!(matches!(root.rollback(""), Err(PublishError::NoPrevious(_))));
        build(&output, "二");
        let second = root.publish(&output, "2024-06-14 09:30").unwrap();
        assert_eq!(root.publish(&output, "2024-06-15 09:30").unwrap(), second);
        assert_eq!((word(&root.folder), second.replaces), ("二".to_owned(), Some(first.id)));
        assert_eq!(root.rollback("").unwrap().at, "2024-06-13 09:30");
        assert_eq!(word(&root.folder), "一");
        root.rollback("").unwrap();
        assert_eq!(word(&root.folder), "二");
        // SM3 of “abc” is the example of GB/T 32905—2016, annex A.
        assert_eq!(hex(&Sm3::digest(b"abc")), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }

    impl WebRoot {
        /// The name of what is shown.
        fn shown(&self) -> Option<String> {
            release(&self.folder).map(|release| release.id)
        }
    }

    /// What is missing or spoilt in the web root is put there again, though nothing new is published, and the last release is
    /// kept.
    #[test]
    fn what_is_no_longer_as_published_is_mended() {
        let (_room, output, root) = rooms();
        build(&output, "一");
        let first = root.publish(&output, "1").unwrap();
        build(&output, "二");
        let second = root.publish(&output, "2").unwrap();
        fs::remove_file(root.folder.join("index.html")).unwrap();
        fs::write(root.folder.join("a/b.html"), "三").unwrap();
        assert_eq!(root.publish(&output, "3").unwrap(), second);
        assert_eq!(word(&root.folder), "二");
        assert_eq!(root.rollback("").unwrap().id, first.id);
    }

    #[test]
    fn what_others_put_into_the_web_root_stays_there() {
        let (_room, output, root) = rooms();
        build(&output, "一");
        root.publish(&output, "").unwrap();
        fs::create_dir(root.folder.join("uploads")).unwrap();
        fs::write(root.folder.join("uploads/x.txt"), "别人的").unwrap();
        let theirs = |root: &WebRoot| fs::read_to_string(root.folder.join("uploads/x.txt")).unwrap();
        for text in ["二", "三"] {
            build(&output, text);
            root.publish(&output, "").unwrap();
            assert_eq!((word(&root.folder), theirs(&root)), (text.to_owned(), "别人的".to_owned()));
        }
        fs::write(root.folder.join("uploads/x.txt"), "改过").unwrap();
        root.rollback("").unwrap();
        assert_eq!((word(&root.folder), theirs(&root)), ("二".to_owned(), "改过".to_owned()));
        fs::remove_file(root.folder.join("uploads/x.txt")).unwrap();
        root.rollback("").unwrap();
        assert!(!root.folder.join("uploads/x.txt").exists(), "what they took away is back");
    }

    #[cfg(unix)]
    #[test]
    fn a_web_root_that_is_a_link_is_followed() {
        let (place, output, _) = rooms();
        fs::create_dir(place.path().join("真")).unwrap();
        std::os::unix::fs::symlink(place.path().join("真"), place.path().join("link")).unwrap();
        build(&output, "一");
        WebRoot::new(&place.path().join("link")).unwrap().publish(&output, "").unwrap();
        assert_eq!(word(&place.path().join("真")), "一");
        assert!(place.path().join("link").is_symlink());
        std::os::unix::fs::symlink(place.path().join("没有"), place.path().join("dangling")).unwrap();
        assert!(matches!(WebRoot::new(&place.path().join("dangling")), Err(PublishError::Place(_))));
    }

    /// Killed after each step, the web root is whole, and the next run ends as if nothing had been.
    #[test]
    fn killed_anywhere_the_site_stays_whole() {
        for steps in 0..4 {
            let (_room, output, root) = rooms();
            build(&output, "一");
            root.publish(&output, "").unwrap();
            build(&output, "二");
            match steps {
                0 => {
                    fs::create_dir_all(root.partial.join("a")).unwrap();
                    fs::write(root.partial.join("index.html"), "二").unwrap();
                }
                1 => drop(root.copy(&output, "", root.shown()).unwrap()),
                2 => {
                    root.copy(&output, "", root.shown()).unwrap();
                    root.switch().unwrap();
                }
                _ => drop(root.publish(&output, "").unwrap()),
            }
            assert_eq!(word(&root.folder), if steps < 2 { "一" } else { "二" });
            build(&output, "三");
            root.publish(&output, "").unwrap();
            assert_eq!(word(&root.folder), "三");
            root.rollback("").unwrap();
            assert_eq!(word(&root.folder), if steps < 2 { "一" } else { "二" }, "{steps}");
            assert!(!root.partial.exists() && !root.next.exists());
        }
    }

    #[test]
    fn what_is_not_a_finished_build_or_not_our_site_is_left_alone() {
        let (_room, output, root) = rooms();
        build(&output, "一");
        fs::write(output.join("index.html"), "改").unwrap();
        assert!(matches!(root.publish(&output, ""), Err(PublishError::Changed(_))));
        build(&output, "一");
        fs::create_dir(&root.folder).unwrap();
        fs::write(root.folder.join("mine.txt"), "不要动").unwrap();
        assert!(matches!(root.publish(&output, ""), Err(PublishError::Foreign(_))));
        assert!(root.folder.join("mine.txt").exists());
    }
}
