//! 锁 — one writer at a time: who writes a workspace holds `.hongtou/lock`, who writes a web root `.site.lock` beside it; who comes
//! second waits a little, and is then told who holds it and since when.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::Path;
use std::time::Duration;

/// How long a second writer waits, and how often it looks.
const PATIENCE: u32 = 100;
const PAUSE: Duration = Duration::from_millis(50);

/// A lock; it is given back when it is dropped, and by the system when the program is killed.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "held, not read")] File);

/// Why a workspace cannot be written to.
#[derive(Debug, thiserror::Error)]
pub enum Busy {
    /// Somebody else writes.
    #[error("另一个 hongtou 正在写（{0}）；等它做完再试")]
    Held(String),
    /// The lock cannot be made.
    #[error("不能上锁：{}", super::reason(.0))]
    Io(#[from] io::Error),
}

impl Lock {
    /// Takes the lock of a workspace; `who` is told to those who come second: what is done, and when it began.
    ///
    /// # Errors
    ///
    /// Another holds it for longer than one waits, or the folder cannot be written to.
    pub fn take(root: &Path, who: &str) -> Result<Self, Busy> {
        let folder = root.join(".hongtou");
        fs::create_dir_all(&folder)?;
        Self::at(&folder.join("lock"), who)
    }

    /// Takes the lock that is this file.
    ///
    /// # Errors
    ///
    /// As [`Lock::take`].
    pub fn at(path: &Path, who: &str) -> Result<Self, Busy> {
        let mut file = File::options().read(true).write(true).create(true).truncate(false).open(path)?;
        for _ in 0..PATIENCE {
            match file.try_lock() {
                Ok(()) => {
                    file.set_len(0)?;
                    file.rewind()?;
                    writeln!(file, "{who}，进程{}", std::process::id())?;
                    return Ok(Self(file));
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
        let mut holder = String::new();
        file.read_to_string(&mut holder)?;
        Err(Busy::Held(holder.trim().to_owned()))
    }
}
