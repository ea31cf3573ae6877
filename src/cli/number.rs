//! `hongtou number` — gives a permanent 索引号 to every public document that has none; never touches one that was given.

use super::arguments::{Common, Number};
use super::opened::Opened;
use super::{Ending, Failure, print, unwritten};
use crate::disk::rewrite;
use crate::project::INDEX_NUMBERS;
use crate::source::Source;

pub(super) fn run(common: &Common, options: &Number) -> Result<Ending, Failure> {
    let (mut opened, _lock) = common.open_to_write("编索引号")?;
    opened.show();
    let Opened { project, report, .. } = opened;
    if report.has_errors() {
        print::error("数据有错误，没有编号；改正后再编");
        return Ok(Ending::Findings);
    }
    let Some(code) = project.identity.as_ref().and_then(|identity| identity.organisation.as_ref()) else {
        return Err(Failure::Other(
            "data/office.yaml 的“网站”里没有写“组织机构代码”，不能编索引号；它是统一社会信用代码的第9至17位".to_owned(),
        ));
    };
    let numbering = project.number(code.as_str(), common.day());
    if numbering.given.is_empty() {
        print::out("公开的公文都有索引号，没有改动");
        return Ok(Ending::Fine);
    }
    if !options.dry_run {
        let read = project.sources.at(INDEX_NUMBERS).map(Source::text);
        rewrite(&project.root.join(INDEX_NUMBERS), read, numbering.text.as_bytes())
            .map_err(|error| unwritten(INDEX_NUMBERS, error))?;
    }
    // Told once they are kept: a number that was read out is that document's for good.
    for (slug, number) in &numbering.given {
        print::out(&format!("{number}  {slug}"));
    }
    if !options.dry_run && !common.quiet {
        print::error(&format!("写入 {INDEX_NUMBERS}：{}个。编定后不再改动", numbering.given.len()));
    }
    Ok(Ending::Fine)
}
