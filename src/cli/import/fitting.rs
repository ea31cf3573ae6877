//! 选项 — what is asked of a table cannot be asked of a Word draft, nor the other way round: nothing is passed over in silence.

use super::super::Failure;
use super::super::arguments::{ChangesRead, Import};

/// What was asked for that does not fit.
pub(super) fn check(options: &Import, name: &str, is_document: bool) -> Result<(), Failure> {
    let (mine, kind, other) = if is_document {
        let of_tables = [
            ("--year", options.year.is_some()),
            ("--batch", options.batch.is_some()),
            ("--of", options.of.is_some()),
            ("--map", !options.mapping.is_empty()),
            ("--partial", options.partial),
            ("--mark", options.mark.is_some()),
        ];
        (of_tables.to_vec(), "Word 稿", "表格")
    } else {
        let of_drafts = [
            ("--into", options.into.is_some()),
            ("--name", options.name.is_some()),
            ("--changes", options.changes == ChangesRead::Rejected),
        ];
        (of_drafts.to_vec(), "表格", "Word 稿")
    };
    let asked: Vec<&str> = mine.into_iter().filter(|(_, is_asked)| *is_asked).map(|(option, _)| option).collect();
    if asked.is_empty() {
        return Ok(());
    }
    Err(Failure::Other(format!("{name} 是{kind}，{} 只用于{other}；去掉它，或换一个文件", asked.join("、"))))
}
