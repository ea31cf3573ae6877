//! `hongtou log` — who did what in the workbench, the newest last.

use super::arguments::{Common, LogShown};
use super::table::{Align, table};
use super::{Ending, Failure, print};
use crate::workbench::Journal;

pub(super) fn run(common: &Common, options: &LogShown) -> Result<Ending, Failure> {
    let entries = Journal::of(&common.root()?).entries();
    let wanted = options.find.as_deref().unwrap_or_default();
    let rows = entries.into_iter().map(|entry| {
        let short = |sum: Option<String>| sum.map(|sum| sum.chars().take(12).collect()).unwrap_or_default();
        let ended = entry.ended().to_owned();
        vec![
            entry.at,
            entry.who,
            entry.what,
            entry.file.unwrap_or_default(),
            ended,
            short(entry.before),
            short(entry.after),
        ]
    });
    let rows: Vec<Vec<String>> =
        rows.filter(|row: &Vec<String>| row.iter().any(|cell| cell.contains(wanted))).collect();
    if rows.is_empty() {
        print::error("工作台里还没有做过什么");
        return Ok(Ending::Fine);
    }
    let head = ["时间", "谁", "做了什么", "文件", "结果", "原来的校验值", "现在的校验值"];
    print::out(&table(&head.map(|name| (name, Align::Left)), &rows));
    Ok(Ending::Fine)
}
