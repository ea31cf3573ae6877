//! 贮藏 — what was made once and can be made again: contents by their SHA-256, and notes that say which of them came of what. Whatever
//! is read is held against its SHA-256 first, so a byte that turned is made again and never passed on; whatever is written takes its
//! place by a rename, so a run that is killed leaves nothing half.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufWriter, IntoInnerError, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::scratch::{SCRATCH, remove};
use crate::digest::hex;
use crate::parallel::{parallel, threads};

/// Where contents lie below the folder, and where notes do.
const CONTENTS: &str = "contents";
const NOTES: &str = "notes";

/// How many characters a SHA-256 has in hexadecimal digits.
const DIGITS: usize = 64;

/// A folder of things that can be made again.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
}

/// What lies in a cache.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// How many contents.
    pub contents: usize,
    /// How many bytes they have.
    pub bytes: u64,
    /// How many notes.
    pub notes: usize,
}

impl Cache {
    /// The cache in a folder, which need not be there.
    #[must_use]
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn place(&self, kind: &str, name: &str) -> PathBuf {
        self.folder.join(kind).join(name.get(..2).unwrap_or("_")).join(name)
    }

    /// What was noted under a key (64 hexadecimal digits); nothing where it is not as it was written.
    #[must_use]
    pub fn note(&self, key: &str) -> Option<Vec<u8>> {
        let mut file = fs::File::open(self.place(NOTES, key)).ok()?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).ok()?;
        let (digest, note) = bytes.split_at_checked(DIGITS)?;
        // The key belongs to what is held against it: a note that lies under another key says nothing.
        let sound = hex(&Sha256::new().chain_update(key).chain_update(note).finalize()).as_bytes() == digest;
        sound.then(|| {
            asked_for(&file);
            note.to_vec()
        })
    }

    /// Notes something under a key.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn put_note(&self, key: &str, note: &[u8]) -> io::Result<()> {
        let digest = hex(&Sha256::new().chain_update(key).chain_update(note).finalize());
        write(&self.place(NOTES, key), &[digest.as_bytes(), note])
    }

    /// Where the content of a SHA-256 lies, read through and found to be it.
    #[must_use]
    pub fn content(&self, digest: &[u8; 32]) -> Option<PathBuf> {
        let path = self.place(CONTENTS, &hex(digest));
        let (file, length) = opened(&path).ok()?;
        if digest_of_file(&file, length).ok()?.0 != *digest {
            // It is made again, and then it must not be in the way.
            let _ = fs::remove_file(&path);
            return None;
        }
        asked_for(&file);
        Some(path)
    }

    /// Keeps a content under its SHA-256.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn put_content(&self, digest: &[u8; 32], bytes: &[u8]) -> io::Result<PathBuf> {
        let path = self.place(CONTENTS, &hex(digest));
        write(&path, &[bytes])?;
        Ok(path)
    }

    /// Keeps a content under its SHA-256 as it is written, piece by piece; gives that, how many bytes it has, and where it lies.
    ///
    /// # Errors
    ///
    /// What the system says, or who writes it; nothing is kept then.
    pub fn put_content_of(
        &self,
        content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<([u8; 32], usize, PathBuf)> {
        // What a killed run leaves half is looked for where contents lie.
        let beside = self.place(CONTENTS, &"0".repeat(DIGITS));
        let mut told = Told { file: BufWriter::new(fresh_beside(&beside)?), digest: Sha256::new(), length: 0 };
        content(&mut told)?;
        let (digest, length): ([u8; 32], usize) = (told.digest.finalize().into(), told.length);
        let fresh = told.file.into_inner().map_err(IntoInnerError::into_error)?;
        let path = self.place(CONTENTS, &hex(&digest));
        fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
        fresh.persist(&path).map_err(|error| error.error)?;
        Ok((digest, length, path))
    }

    /// The files of it, by their names below the folder, with their lengths.
    #[must_use]
    pub fn files(&self) -> Vec<(String, u64)> {
        let all = [CONTENTS, NOTES].into_iter().flat_map(|kind| files(&self.folder.join(kind)));
        let named = all.filter_map(|entry| {
            let name = entry.path().strip_prefix(&self.folder).ok()?.to_str()?.replace('\\', "/");
            Some((name, entry.metadata().ok()?.len()))
        });
        named.filter(|(name, _)| Self::is_file(name)).collect()
    }

    /// Whether a name is one that a file of a cache may have.
    #[must_use]
    pub fn is_file(name: &str) -> bool {
        let mut parts = name.split('/');
        let is_sum =
            |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        matches!(parts.next(), Some(CONTENTS | NOTES))
            && parts.next().is_some_and(|part| is_sum(part, 2))
            && parts.next().is_some_and(|part| is_sum(part, DIGITS))
            && parts.next().is_none()
    }

    /// What stands in a file below the folder.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn file(&self, name: &str) -> io::Result<Vec<u8>> {
        fs::read(self.folder.join(name))
    }

    /// Takes a file over from another cache as it is: whether it is what its name says is seen when it is read.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn take(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        write(&self.folder.join(name), &[bytes])
    }

    /// What lies in it.
    #[must_use]
    pub fn usage(&self) -> Usage {
        let mut usage = Usage { notes: files(&self.folder.join(NOTES)).count(), ..Usage::default() };
        for meta in files(&self.folder.join(CONTENTS)).filter_map(|entry| entry.metadata().ok()) {
            usage.contents += 1;
            usage.bytes += meta.len();
        }
        usage
    }

    /// Lets go of what was not asked for the longest, until no more than `most` bytes are left; and of what killed runs left half. The
    /// contents that are needed, by their SHA-256, go last, with the notes that this run may have asked for: by those they are found.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn trim<'a>(&self, most: u64, needed: impl IntoIterator<Item = &'a [u8; 32]>) -> io::Result<()> {
        let mut all: Vec<(SystemTime, u64, PathBuf)> = Vec::new();
        for looked in parallel(&self.folders(), threads(), |folder| looked_through(folder)) {
            all.append(&mut looked?);
        }
        let mut bytes: u64 = all.iter().map(|(_, length, _)| length).sum();
        if bytes <= most {
            return Ok(());
        }
        let needed: BTreeSet<String> = needed.into_iter().map(|digest| hex(digest)).collect();
        let notes = self.folder.join(NOTES);
        let is_needed = |asked: SystemTime, path: &Path| {
            if path.starts_with(&notes) {
                return asked.elapsed().is_ok_and(|age| age <= MOMENT + RUN);
            }
            path.file_name().and_then(|name| name.to_str()).is_some_and(|name| needed.contains(name))
        };
        all.sort_by_cached_key(|(asked, _, path)| (is_needed(*asked, path), *asked));
        for (_, length, path) in all {
            if bytes <= most {
                break;
            }
            gone(fs::remove_file(path))?;
            bytes -= length;
        }
        Ok(())
    }

    /// The folders in which its files lie.
    fn folders(&self) -> Vec<PathBuf> {
        let kinds = [CONTENTS, NOTES].map(|kind| self.folder.join(kind));
        kinds.into_iter().filter_map(|kind| fs::read_dir(kind).ok()).flatten().flatten().map(|one| one.path()).collect()
    }

    /// Empties it.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn clear(&self) -> io::Result<()> {
        remove(&self.folder)
    }
}

/// The SHA-256 of a file, however large it is, and how many bytes it has.
///
/// # Errors
///
/// What the system says.
pub fn digest_of(path: &Path) -> io::Result<([u8; 32], usize)> {
    let (file, length) = opened(path)?;
    digest_of_file(&file, length)
}

/// A file, and how many bytes it was said to have. A link may lead to what is another file tomorrow.
fn opened(path: &Path) -> io::Result<(fs::File, u64)> {
    let meta = fs::symlink_metadata(path)?;
    if !meta.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    Ok((fs::File::open(path)?, meta.len()))
}

/// The most bytes that are read at a time.
const READ: usize = 64 << 10;

fn digest_of_file(mut file: &fs::File, length: u64) -> io::Result<([u8; 32], usize)> {
    // Most files are far shorter, and there are eighty thousand of them.
    let mut buffer = vec![0; usize::try_from(length).map_or(READ, |length| length.clamp(1, READ))];
    let (mut digest, mut length) = (Sha256::new(), 0);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((digest.finalize().into(), length));
        }
        digest.update(buffer.get(..read).unwrap_or_default());
        length += read;
    }
}

/// A content, from where it was said to lie.
///
/// # Errors
///
/// What the system says; it may have been let go of.
pub fn kept(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
}

/// So long nothing is told again to have been asked for.
const MOMENT: Duration = Duration::from_mins(30);

/// No run takes longer than this: a file that is older is not being written any more.
const RUN: Duration = Duration::from_hours(1);

/// Trimming lets go first of what was not asked for the longest. What was asked for a moment ago need not be told so again: ten thousand
/// changed times would have to reach the disk.
fn asked_for(file: &fs::File) {
    let age = file.metadata().and_then(|meta| meta.modified()).ok().and_then(|then| then.elapsed().ok());
    if age.is_none_or(|age| age > MOMENT) {
        let _ = file.set_modified(SystemTime::now());
    }
}

/// The files of a folder, with when each was asked for last and how many bytes it has; what a killed run left half is removed.
fn looked_through(folder: &Path) -> io::Result<Vec<(SystemTime, u64, PathBuf)>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(meta) = entry.metadata() else { continue };
        let Some(modified) = meta.modified().ok().filter(|_| meta.is_file()) else { continue };
        let half = entry.file_name().to_string_lossy().starts_with(SCRATCH);
        if half && modified.elapsed().is_ok_and(|age| age > RUN) {
            gone(fs::remove_file(entry.path()))?;
        } else if !half {
            all.push((modified, meta.len(), entry.path()));
        }
    }
    Ok(all)
}

/// What is gone already need not go.
fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// The files below a folder, without what is still being written.
fn files(folder: &Path) -> impl Iterator<Item = walkdir::DirEntry> + use<> {
    let all = walkdir::WalkDir::new(folder).into_iter().flatten();
    all.filter(|entry| entry.file_type().is_file() && !entry.file_name().to_string_lossy().starts_with(SCRATCH))
}

/// Writes a file that nobody sees before it is whole. It need not outlive the machine's fall: what is broken is found when it is read.
fn write(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let mut fresh = fresh_beside(path)?;
    for part in parts {
        fresh.write_all(part)?;
    }
    fresh.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// A file that nobody sees, in the folder of a path.
fn fresh_beside(path: &Path) -> io::Result<NamedTempFile> {
    let parent = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    tempfile::Builder::new().prefix(SCRATCH).tempfile_in(parent)
}

/// A file as it is written, with what is known of it then.
struct Told<W> {
    file: W,
    digest: Sha256,
    length: usize,
}

impl<W: Write> Write for Told<W> {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        let written = self.file.write(part)?;
        self.digest.update(part.get(..written).unwrap_or_default());
        self.length += written;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(bytes: &[u8]) -> [u8; 32] {
        Sha256::digest(bytes).into()
    }

    #[test]
    fn what_is_kept_comes_back_and_what_turned_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path().join("cache"));
        assert_eq!(cache.usage(), Usage::default());
        let key = hex(&digest(b"key"));
        cache.put_note(&key, b"note").unwrap();
        assert_eq!(cache.note(&key).unwrap(), b"note");
        let path = cache.put_content(&digest(b"abc"), b"abc").unwrap();
        assert_eq!(cache.content(&digest(b"abc")), Some(path.clone()));
        assert_eq!(cache.usage(), Usage { contents: 1, bytes: 3, notes: 1 });
        // Written piece by piece it is the same; where a piece fails, nothing stays.
        let pieces = cache.put_content_of(|out| out.write_all(b"a").and_then(|()| out.write_all(b"bc"))).unwrap();
        assert_eq!(pieces, (digest(b"abc"), 3, path.clone()));
        let failed = cache.put_content_of(|out| out.write_all(b"ab").and(Err(io::ErrorKind::StorageFull.into())));
        assert_eq!(failed.unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert_eq!(cache.usage(), Usage { contents: 1, bytes: 3, notes: 1 });
        // Any byte of either that turns is seen, and so is a note under the key of another.
        for (at, byte) in b"abc".iter().enumerate() {
            let mut turned = b"abc".to_vec();
            turned[at] = byte ^ 1;
            fs::write(&path, &turned).unwrap();
            assert_eq!(cache.content(&digest(b"abc")), None);
            assert!(!path.exists(), "what turned is in the way");
            cache.put_content(&digest(b"abc"), b"abc").unwrap();
        }
        let place = cache.place(NOTES, &key);
        let whole = fs::read(&place).unwrap();
        for at in 0..whole.len() {
            let mut turned = whole.clone();
            turned[at] ^= 1;
            fs::write(&place, &turned).unwrap();
            assert_eq!(cache.note(&key), None, "{at}");
        }
        let other = hex(&digest(b"other"));
        fs::create_dir_all(cache.place(NOTES, &other).parent().unwrap()).unwrap();
        fs::write(cache.place(NOTES, &other), &whole).unwrap();
        assert_eq!(cache.note(&other), None);
        cache.clear().unwrap();
        cache.clear().unwrap();
        assert_eq!(cache.usage(), Usage::default());
    }

    #[test]
    fn only_what_a_cache_writes_is_a_file_of_one() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path().to_owned());
        cache.put_content(&digest(b"abc"), b"abc").unwrap();
        cache.put_note(&hex(&digest(b"key")), b"note").unwrap();
        let files = cache.files();
        assert_eq!(files.len(), 2);
        let sum = hex(&digest(b"abc"));
        for name in [
            "contents/../x",
            "contents/ab",
            "shards/a.json",
            "/contents/ab/c",
            &format!("more/ab/{sum}"),
            &format!("contents/ab/{sum}/x"),
            &format!("contents/../{sum}"),
        ] {
            assert!(!Cache::is_file(name), "{name}");
        }
        let other = Cache::at(folder.path().join("other"));
        for (name, _) in &files {
            other.take(name, &cache.file(name).unwrap()).unwrap();
        }
        assert!(other.content(&digest(b"abc")).is_some() && other.note(&hex(&digest(b"key"))).is_some());
    }

    #[test]
    fn what_was_asked_for_a_moment_ago_is_not_told_so_again() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path().to_owned());
        let path = cache.put_content(&digest(b"abc"), b"abc").unwrap();
        for (minutes, told) in [(10, false), (40, true)] {
            let then = SystemTime::now() - Duration::from_mins(minutes);
            fs::File::options().write(true).open(&path).unwrap().set_modified(then).unwrap();
            assert!(cache.content(&digest(b"abc")).is_some());
            let now = fs::metadata(&path).unwrap().modified().unwrap();
            assert_eq!(now.duration_since(then).unwrap() > Duration::from_mins(1), told, "{minutes}");
        }
    }

    #[test]
    fn what_was_not_asked_for_goes_first() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path().to_owned());
        for (age, bytes) in [(3, "one"), (2, "two"), (1, "three")] {
            let path = cache.put_content(&digest(bytes.as_bytes()), bytes.as_bytes()).unwrap();
            let then = SystemTime::now() - Duration::from_hours(age);
            fs::File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
        }
        assert!(cache.content(&digest(b"one")).is_some());
        cache.trim(8, []).unwrap();
        assert!(cache.content(&digest(b"two")).is_none());
        assert!(cache.content(&digest(b"one")).is_some() && cache.content(&digest(b"three")).is_some());
        cache.trim(0, []).unwrap();
        assert_eq!(cache.usage().contents, 0);
    }

    /// What the output holds outlives what was asked for after it, and so does the note by which it is found; an old note does not.
    #[test]
    fn what_is_needed_goes_last() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path().to_owned());
        let [note, of_long_run, old] = ["key", "long", "old"].map(|key| hex(&digest(key.as_bytes())));
        let needed = digest(b"needed");
        let minutes_ago = |path: &Path, minutes| {
            let then = SystemTime::now() - Duration::from_mins(minutes);
            fs::File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
        };
        minutes_ago(&cache.put_content(&needed, b"needed").unwrap(), 20);
        // One that was asked for just within the moment is older than that when a long run has ended.
        for (key, minutes) in [(&note, 20), (&of_long_run, 40), (&old, 100)] {
            cache.put_note(key, b"note").unwrap();
            minutes_ago(&cache.place(NOTES, key), minutes);
        }
        cache.put_content(&digest(b"other"), b"other").unwrap();
        let trim = |less: u64| {
            let whole: u64 = cache.files().iter().map(|(_, length)| length).sum();
            cache.trim(whole - less, [&needed]).unwrap();
            cache.files().len()
        };
        assert_eq!(trim(0), 5);
        assert_eq!(trim(1), 4);
        assert!(!cache.place(NOTES, &old).exists());
        assert_eq!(trim(1), 3);
        assert!(cache.content(&needed).is_some() && cache.note(&note).is_some() && cache.note(&of_long_run).is_some());
        cache.trim(0, [&needed]).unwrap();
        assert_eq!(cache.files().len(), 0);
    }
}
