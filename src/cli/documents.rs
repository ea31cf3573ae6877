//! `hongtou documents` — what there is: state, number, title, day, version; and finding one by its name, number or title.

use super::arguments::{Common, Documents};
use super::table::{Align, table};
use super::{Ending, Failure, print};
use crate::diag::nearest;
use crate::document::Number;
use crate::project::Project;

pub(super) fn run(common: &Common, options: &Documents) -> Result<Ending, Failure> {
    let opened = common.open(&[])?;
    let project = &opened.project;
    let mut rows = Vec::new();
    for (slug, title) in project.titles() {
        let notice = project.notices.get(&slug);
        let issued = project.record.registry.of(&slug);
        let state = match (&issued, notice) {
            (Some(issued), _) if issued.withdrawn.is_some() => "已撤回",
            (Some(issued), _) if issued.latest.version > 1 => "已更正",
            (Some(_), _) => "已印发",
            (None, Some(notice)) => notice.head.status.name(),
            (None, None) => "目录",
        };
        let number = issued.and_then(|issued| issued.latest.number.as_ref());
        let number = number.or_else(|| notice.and_then(|notice| notice.head.number.as_ref()));
        let day = issued.map(|issued| issued.latest.on).or_else(|| notice.and_then(|notice| notice.head.dated));
        let title = issued.map_or(title, |issued| issued.latest.title.clone());
        let row = vec![
            state.to_owned(),
            number.map(Number::to_string).unwrap_or_default(),
            title.replace('\n', ""),
            day.map(crate::calendar::Day::iso).unwrap_or_default(),
            issued.map(|issued| issued.latest.version.to_string()).unwrap_or_default(),
            slug,
        ];
        let wanted = options.find.as_deref().unwrap_or_default();
        if row.iter().any(|cell| cell.contains(wanted)) {
            rows.push(row);
        }
    }
    rows.sort_by(|a, b| b.get(3).cmp(&a.get(3)).then_with(|| a.get(5).cmp(&b.get(5))));
    if rows.is_empty() {
        let word = options.find.as_deref().unwrap_or_default();
        print::error(&format!("没有公文的状态、文号、标题、日期或名称含有“{word}”"));
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
