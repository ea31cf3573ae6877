//! 工作日志 — what a child of the program is at, line by line, for the parent that waits for it; gone with the parent.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// A log that lines are added to.
#[derive(Debug)]
pub struct Log(Mutex<File>);

impl Log {
    /// A new one, which is gone when its path is dropped.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn passing() -> io::Result<tempfile::TempPath> {
        Ok(tempfile::NamedTempFile::new()?.into_temp_path())
    }

    /// The one that lies there.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn at(path: &Path) -> io::Result<Self> {
        Ok(Self(Mutex::new(File::options().append(true).open(path)?)))
    }

    /// Adds a line. What cannot be added is missing from the parent's words, nothing more.
    pub fn write(&self, line: &str) {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = file.write_all(format!("{line}\n").as_bytes());
    }
}

/// Adds a line to a file, behind what is there, and settles it on the disk.
///
/// # Errors
///
/// What the system says.
pub fn append(path: &Path, line: &str) -> io::Result<()> {
    use std::io::{Read, Seek, SeekFrom};
    if let Some(folder) = path.parent() {
        super::settle::make_folders(folder)?;
    }
    let mut file = File::options().read(true).append(true).create(true).open(path)?;
    file.lock()?;
    let mut last = [b'\n'];
    if file.seek(SeekFrom::End(-1)).is_ok() {
        file.read_exact(&mut last)?;
    }
    // What a power cut left half is a line of its own.
    let begun = if last == [b'\n'] { "" } else { "\n" };
    file.write_all(format!("{begun}{line}\n").as_bytes())?;
    file.sync_data()
}
