//! `hongtou init` — a workspace with the sample data, so that the installed program alone is enough.

use super::arguments::{Common, Init};
use super::{Ending, Failure, print};
use crate::assets;
use crate::disk::fill;
use crate::project;

pub(super) fn run(common: &Common, options: &Init) -> Result<Ending, Failure> {
    let folder = &options.folder;
    if project::is_filled(folder) {
        return Err(Failure::Other(format!("{} 不是空的，没有改动。换一个还没有的文件夹", folder.display())));
    }
    let data = assets::sample().into_iter().map(|(path, bytes)| (format!("data/{path}"), bytes));
    let templates = assets::templates().into_iter().map(|(path, bytes)| (format!("templates/{path}"), bytes));
    let files: Vec<_> = if options.templates { templates.chain(data).collect() } else { data.collect() };
    fill(folder, files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_ref())))?;
    if !common.quiet {
        print::error(&format!(
            "在 {} 建好了工作区，{}个文件。运行：hongtou build --root {}",
            folder.display(),
            files.len(),
            folder.display()
        ));
    }
    Ok(Ending::Fine)
}
