//! 落定 — what was written is on the disk, names and all, before success is said; and who may read a site can read it, whatever
//! the mask of whoever made it.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;

/// Brings all that was written below a folder onto the disk.
///
/// # Errors
///
/// What the system says.
pub fn settle(folder: &Path) -> io::Result<()> {
    // One call for thousands of files, where there is one.
    #[cfg(target_os = "linux")]
    {
        rustix::fs::syncfs(File::open(folder)?)?;
    }
    #[cfg(not(target_os = "linux"))]
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            File::options().write(true).open(entry.path())?.sync_all()?;
        } else if entry.file_type().is_dir() {
            settle_names(entry.path())?;
        }
    }
    Ok(())
}

/// Brings the names in a folder onto the disk, where the system lets one.
///
/// # Errors
///
/// What the system says.
pub fn settle_names(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    let _ = folder;
    Ok(())
}

/// Makes a folder and those above it, open to all who may read, each on the disk by its name.
///
/// # Errors
///
/// What the system says.
pub fn make_folders(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    make_folders(above)?;
    match fs::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => return Ok(()),
        made => made?,
    }
    open_to_all(folder)?;
    settle_names(above)
}

/// Lets everyone read a file or a folder.
///
/// # Errors
///
/// What the system says.
pub fn open_to_all(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let meta = fs::metadata(path)?;
        if !is_open_to_all(&meta) {
            fs::set_permissions(path, fs::Permissions::from_mode(open_mode(&meta)))?;
        }
    }
    let _ = path;
    Ok(())
}

/// Whether what was looked at is.
#[must_use]
pub fn is_open_to_all(meta: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        meta.permissions().mode() & 0o777 == open_mode(meta)
    }
    #[cfg(not(unix))]
    {
        let _ = meta;
        true
    }
}

#[cfg(unix)]
fn open_mode(meta: &Metadata) -> u32 {
    if meta.is_dir() { 0o755 } else { 0o644 }
}

pub(super) fn open_file_to_all(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    let _ = file;
    Ok(())
}
