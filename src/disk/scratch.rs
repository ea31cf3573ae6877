//! 半成品 — what runs that were killed left in a workspace is cleared away by the next one that holds the lock.

use std::fs;
use std::io;
use std::path::Path;

use walkdir::WalkDir;

use super::swap::{aside_of, take_back};

/// How the name of everything begins that is being written and counts for nothing yet.
pub const SCRATCH: &str = ".hongtou-";

/// Clears away what lies about in a workspace, and ends an exchange of `output/` that was broken off. To be called by who holds
/// the lock: nobody else is writing then.
///
/// # Errors
///
/// What the system says.
pub fn sweep(root: &Path) -> io::Result<()> {
    let output = root.join("output");
    if aside_of(&output).exists() {
        take_back(&root.join(format!("{SCRATCH}old-output")), &output)?;
    }
    let data = root.join("data");
    let mut left = Vec::new();
    let around = WalkDir::new(root).max_depth(1).into_iter();
    for entry in around.chain(WalkDir::new(&data)).flatten() {
        // Beside the data a file may be one that another command is writing now for its user, who needs no lock for that.
        let of_ours = entry.path().starts_with(&data) || entry.file_type().is_dir();
        if entry.depth() > 0 && of_ours && entry.file_name().to_string_lossy().starts_with(SCRATCH) {
            left.push(entry.into_path());
        }
    }
    for path in left {
        let gone = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        match gone {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Removes a folder of what can be made again; one that is not there need not go.
///
/// # Errors
///
/// What the system says.
pub fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_is_gone_and_what_was_whole_stands() {
        let root = tempfile::tempdir().unwrap();
        let put = |path: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "1").unwrap();
        };
        for path in [
            ".hongtou-abc/site/index.html",
            "data/ledger/.hongtou-x1",
            "data/ledger/2023.yaml",
            ".git/HEAD",
            ".hongtou-render",
        ] {
            put(path);
        }
        // Killed between two steps of an exchange: the old output is where nobody looks.
        put(".output.aside/site/index.html");
        sweep(root.path()).unwrap();
        let left = |path: &str| root.path().join(path).exists();
        assert!(left("data/ledger/2023.yaml") && left(".git/HEAD") && left("output/site/index.html"));
        assert!(left(".hongtou-render"), "what another command is writing is gone");
        assert!(!left(".hongtou-abc") && !left("data/ledger/.hongtou-x1") && !left(".output.aside"));
        // Broken off after the new one took its place.
        put(".output.aside/site/index.html");
        sweep(root.path()).unwrap();
        assert!(left("output/site/index.html") && !left(".output.aside"));
        sweep(&root.path().join("没有")).unwrap();
    }
}
