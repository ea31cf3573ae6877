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
