//! 去处 — where a command writes what it was asked for: any place of the user's choosing, but never a file that the workspace is
//! made from, and nothing that is no file.

use std::path::Path;

use super::Failure;
use crate::disk::write_file;
use crate::project::{is_no_file, real_path};

/// The folders of a workspace in which only its own commands write.
const KEPT: [&str; 5] = ["data", "templates", "fonts", "output", ".hongtou"];

/// Writes a file where the user asked for it.
pub(super) fn write_to(root: &Path, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if is_no_file(path) {
        return Err(Failure::Other(format!("{} 不是普通的文件，没有写；换一个文件名", path.display())));
    }
    let (root, real) = (real_path(root)?, real_path(path)?);
    if let Some(folder) = KEPT.iter().find(|folder| real.starts_with(root.join(folder))) {
        return Err(Failure::Other(format!(
            "{} 在工作区的 {folder} 里，写进去会盖掉或混入工作区自己的文件，没有写；换一个地方",
            path.display()
        )));
    }
    Ok(write_file(path, bytes)?)
}
