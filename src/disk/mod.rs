//! 落盘 — writing that lasts: what is written is whole, is on the disk before anyone is told, overwrites nothing that it has not
//! read, and is done by one at a time. The only room that changes files.
//!
//! ```text
//! file      one file, whole or not at all
//! swap      a folder takes the place of another in one step
//! settle    what was written is on the disk, and open to all who may read
//! lock      one writer at a time
//! log       what a child of the program is at
//! scratch   what killed runs left is cleared away
//! ```

#![expect(clippy::disallowed_methods, reason = "the door to all that is written")]

mod file;
mod lock;
mod log;
mod scratch;
mod settle;
mod swap;

use std::io;

pub use file::{NotWritten, rewrite, write_file};
pub use lock::{Busy, Lock};
pub use log::Log;
pub use scratch::{SCRATCH, sweep};
pub use settle::{make_folders, open_to_all, settle, settle_names};
pub use swap::{aside_of, swap, take_back};

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
        io::ErrorKind::NotADirectory => "路径的一段不是文件夹".to_owned(),
        io::ErrorKind::IsADirectory => "是文件夹，不是文件".to_owned(),
        _ => error.to_string(),
    }
}
