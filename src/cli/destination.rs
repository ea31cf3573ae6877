//! 去处 — where a command writes what it was asked for, and as what: any place of the user's choosing, but never a file that the workspace is
//! made from, and nothing that is no file; in the format that the file's name says.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::{Failure, print};
use crate::disk::write_file;
use crate::grid::{Grid, workbook};
use crate::project::{is_no_file, real_path};

/// A format of files.
pub(super) trait FileFormat: ValueEnum {
    /// The endings that its files have, the usual one first.
    fn endings(&self) -> &'static [&'static str];

    fn name(&self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// The format that was asked for: by name, or by the ending of the file that it goes to; both have to say the same.
pub(super) fn format_of<F: FileFormat>(
    root: &Path,
    named: Option<F>,
    output: Option<&Path>,
    usual: F,
) -> Result<F, Failure> {
    let Some(path) = output else { return Ok(named.unwrap_or(usual)) };
    check_place(root, path)?;
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let fits = |format: &F| format.endings().contains(&ending.as_str());
    match named {
        Some(format) if fits(&format) => Ok(format),
        Some(format) => {
            let wanted = format.endings().first().copied().unwrap_or_default();
            let message = format!(
                "{} 和 --format {} 不符：文件名改为以 .{wanted} 结尾，或改 --format",
                path.display(),
                format.name()
            );
            Err(Failure::Other(message))
        }
        None => F::value_variants().iter().find(|format| fits(format)).cloned().ok_or_else(|| {
            let known: Vec<String> =
                F::value_variants().iter().flat_map(FileFormat::endings).map(|ending| format!(".{ending}")).collect();
            Failure::Other(format!("看不出 {} 是什么格式；文件名可以以 {} 结尾", path.display(), known.join("、")))
        }),
    }
}

/// Writes sheets as a workbook, or a single one as CSV.
pub(super) fn write_sheets(root: &Path, path: &Path, grids: &[Grid]) -> Result<(), Failure> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let bytes = match (ending.as_str(), grids) {
        ("xlsx", _) => workbook(grids).map_err(|error| Failure::Other(error.to_string()))?,
        ("csv", [one]) => one.csv().into_bytes(),
        ("csv", _) => {
            return Err(Failure::Other(format!("csv 只放得下一张表，这里有{}张；改为以 .xlsx 结尾", grids.len())));
        }
        _ => return Err(Failure::Other(format!("表写成 xlsx 或 csv：{} 改为以 .xlsx 结尾", path.display()))),
    };
    write_to(root, path, &bytes)?;
    let rows: usize = grids.iter().map(|grid| grid.rows.len()).sum();
    print::error(&format!("写入 {}：{}张表，{rows}行", path.display(), grids.len()));
    Ok(())
}

/// Prints a text, or writes it where the user asked for it.
pub(super) fn say(root: &Path, output: Option<&PathBuf>, text: &str) -> Result<(), Failure> {
    match output {
        Some(path) => {
            write_to(root, path, text.as_bytes())?;
            print::error(&format!("写入 {}", path.display()));
        }
        None => print::out(text),
    }
    Ok(())
}

/// The folders of a workspace in which only its own commands write.
const KEPT: [&str; 5] = ["data", "templates", "fonts", "output", ".hongtou"];

/// Writes a file where the user asked for it.
pub(super) fn write_to(root: &Path, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    check_place(root, path)?;
    Ok(write_file(path, bytes)?)
}

/// Whether something may be written there.
fn check_place(root: &Path, path: &Path) -> Result<(), Failure> {
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
    Ok(())
}
