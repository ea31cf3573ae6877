//! 换位 — a folder takes the place of another in one step of the system, where it has one; else in three, each of which can be
//! taken back.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Exchanges two folders of one parent.
///
/// # Errors
///
/// What the system says; both stand where they stood then.
pub fn swap(fresh: &Path, folder: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, fresh, CWD, folder, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
        // Some file systems cannot exchange.
    }
    for step in 0..STEPS {
        if let Err(error) = in_steps(fresh, folder, step) {
            take_back(fresh, folder)?;
            return Err(error);
        }
    }
    Ok(())
}

/// How many steps the exchange takes where the system has no single one.
const STEPS: usize = 3;

fn in_steps(fresh: &Path, folder: &Path, step: usize) -> io::Result<()> {
    let aside = aside_of(folder);
    match step {
        0 => fs::rename(folder, aside),
        1 => fs::rename(fresh, folder),
        _ => fs::rename(aside, fresh),
    }
}

/// Where a folder stands aside while another takes its place in steps.
#[must_use]
pub fn aside_of(folder: &Path) -> PathBuf {
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    folder.with_file_name(format!(".{name}.aside"))
}

/// Ends an exchange in steps that was broken off: a folder whose place is empty goes back to it, one whose place was taken goes
/// where the fresh one was.
///
/// # Errors
///
/// What the system says.
pub fn take_back(fresh: &Path, folder: &Path) -> io::Result<()> {
    let aside = aside_of(folder);
    if !aside.exists() {
        return Ok(());
    }
    if !folder.exists() {
        return fs::rename(aside, folder);
    }
    if fresh.exists() { fs::remove_dir_all(aside) } else { fs::rename(aside, fresh) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Broken off after each step, the place holds the old or the new, whole, and nothing lies about.
    #[test]
    fn broken_off_anywhere_the_way_back_is_found() {
        for steps in 0..=STEPS {
            let room = tempfile::tempdir().unwrap();
            let (fresh, folder) = (room.path().join(".fresh"), room.path().join("site"));
            for (path, text) in [(&fresh, "新"), (&folder, "旧")] {
                fs::create_dir(path).unwrap();
                fs::write(path.join("a"), text).unwrap();
            }
            for step in 0..steps {
                in_steps(&fresh, &folder, step).unwrap();
            }
            take_back(&fresh, &folder).unwrap();
            let text = |path: &Path| fs::read_to_string(path.join("a")).unwrap();
            let expected = if steps < 2 { ("旧", "新") } else { ("新", "旧") };
            assert_eq!((text(&folder), text(&fresh)), (expected.0.to_owned(), expected.1.to_owned()), "{steps}");
            assert_eq!(fs::read_dir(room.path()).unwrap().count(), 2, "{steps}");
        }
    }
}
