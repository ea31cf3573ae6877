//! `hongtou check` — everything that is wrong, with its place, as far as it can be seen without printing; writes nothing.

use super::arguments::{Check, Common, FindingFormat};
use super::table::{Align, table};
use super::{Ending, Failure, findings, print};
use crate::diag::{Code, nearest};
use crate::parallel::threads;

pub(super) fn run(common: &Common, options: &Check) -> Result<Ending, Failure> {
    if let Some(word) = &options.explain {
        return explain(word);
    }
    let opened = common.open(&[])?;
    let (workshop, mut report) = opened.workshop();
    let project = &opened.project;
    report.absorb(workshop.inspect(threads()));
    findings::show(&mut report, &project.sources, options.format);
    if !common.quiet && options.format == FindingFormat::Text {
        let files = project.sources.iter().filter(|source| source.path().starts_with("data/")).count();
        super::agenda::overdue(&project.agenda(opened.on, opened.on), opened.on);
        print::error(&format!("检查了{files}个文件：{}", findings::count(&report)));
    }
    Ok(Ending::of(&report))
}

/// Prints the page of a kind of finding; of no kind, the list of all.
fn explain(word: &str) -> Result<Ending, Failure> {
    if word.is_empty() {
        let rows: Vec<_> =
            Code::ALL.iter().map(|code| vec![code.name().to_owned(), code.summary().to_owned()]).collect();
        print::out(&table(&[("类别", Align::Left), ("是什么", Align::Left)], &rows));
        return Ok(Ending::Fine);
    }
    let Some(code) = Code::named(word) else {
        let near = nearest(word, Code::ALL.iter().map(|code| code.name()));
        let hint = near.map(|near| format!("，是不是“{near}”？")).unwrap_or_default();
        return Err(Failure::Unknown(format!("没有“{word}”这一类问题{hint}\n全部类别见 hongtou check --explain")));
    };
    print::out(code.page());
    Ok(Ending::Fine)
}
