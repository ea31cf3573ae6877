//! 落盘 — writing that lasts: what is written is whole, is on the disk before anyone is told, overwrites nothing that it has not
//! read, and is done by one at a time. The only room that changes files.
//!
//! ```text
//! file      one file, whole or not at all
//! fill      a new workspace in an empty folder
//! swap      a folder takes the place of another in one step
//! settle    what was written is on the disk, and open to all who may read
//! lock      one writer at a time
//! cache     what can be made again is kept, and held against its SHA-256
//! log       what a child of the program is at; a line added to a journal
//! scratch   what killed runs left is cleared away
//! ```

#![expect(clippy::disallowed_methods, reason = "the door to all that is written")]

mod cache;
mod file;
mod fill;
mod lock;
mod log;
mod scratch;
mod settle;
mod swap;

use std::io;

pub use cache::{Cache, Usage, digest_of, kept};
pub use file::{NotWritten, rewrite, write_file};
pub use fill::fill;
pub use lock::{Busy, Lock};
pub use log::{Log, append};
pub use scratch::{SCRATCH, remove, sweep};
pub use settle::{is_open_to_all, make_folders, open_to_all, settle, settle_names};
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
        io::ErrorKind::AlreadyExists => "已经有了".to_owned(),
        io::ErrorKind::InvalidFilename => "文件名太长，或有不能用的字".to_owned(),
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => "正被别的程序占用".to_owned(),
        io::ErrorKind::CrossesDevices => "不在同一个磁盘上".to_owned(),
        io::ErrorKind::StaleNetworkFileHandle => "网络上的文件夹断开了".to_owned(),
        io::ErrorKind::TimedOut => "等得太久".to_owned(),
        io::ErrorKind::OutOfMemory => "内存不够".to_owned(),
        io::ErrorKind::DirectoryNotEmpty => "文件夹不是空的".to_owned(),
        // What has no kind of its own, by its number on Linux and macOS.
        _ => match error.raw_os_error() {
            Some(5) => "磁盘读写出错".to_owned(),
            Some(24) => "打开的文件太多".to_owned(),
            Some(40 | 62) => "链接绕成了圈".to_owned(),
            _ => format!("系统没有做成（{error}）"),
        },
    }
}
