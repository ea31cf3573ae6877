//! `hongtou documents` — what there is: state, number, title, day, version; and finding one by its name, number or title.

use super::arguments::{Common, Documents};
use super::table::{Align, table};
use super::{Ending, Failure, print};
use crate::diag::nearest;
use crate::project::Project;

pub(super) fn run(common: &Common, options: &Documents) -> Result<Ending, Failure> {
    let opened = common.open(&[])?;
    let wanted = options.find.as_deref().unwrap_or_default();
    let papers = opened.project.papers().into_iter().filter(|paper| paper.has(wanted));
    let rows: Vec<Vec<String>> = papers
        .map(|paper| {
            vec![
                paper.state.to_owned(),
                paper.number.unwrap_or_default(),
                paper.title,
                paper.day.map(crate::calendar::Day::iso).unwrap_or_default(),
                paper.version.map(|version| version.to_string()).unwrap_or_default(),
                paper.slug,
            ]
        })
        .collect();
    if rows.is_empty() {
        print::error(&format!("没有公文的状态、文号、标题、日期或名称含有“{wanted}”"));
        return Ok(Ending::Fine);
    }
    let head = ["状态", "文号", "标题", "日期", "版本", "名称"].map(|name| (name, Align::Left));
    print::out(&table(&head, &rows));
    Ok(Ending::Fine)
}

/// The name of the document that is meant by its name, its 发文字号, or a part of its title.
pub(super) fn named(project: &Project, asked: &str) -> Result<String, Failure> {
    project.document_named(asked).map_err(|candidates| {
        if candidates.is_empty() {
            let titles = project.titles();
            let hint = nearest(asked, titles.iter().map(|(slug, _)| slug.as_str()))
                .map(|near| format!("，是不是“{near}”？"))
                .unwrap_or_default();
            let known: Vec<&str> = titles.iter().map(|(slug, _)| slug.as_str()).collect();
            return Failure::Unknown(format!("没有公文“{asked}”{hint}\n现有：{}", known.join("、")));
        }
        let lines: Vec<String> = candidates.iter().map(|(slug, title)| format!("  {slug}　{title}")).collect();
        Failure::Unknown(format!("“{asked}”不止一件，写它的名称或文号：\n{}", lines.join("\n")))
    })
}
