//! `hongtou new` — a new document: from the starter of its 文种, from one of a year's awards, or from an old one with what must
//! change marked.

use std::path::PathBuf;

use regex::Regex;

use super::arguments::{Common, New};
use super::documents::named;
use super::{Ending, Failure, print, unwritten};
use crate::diag::nearest;
use crate::disk::rewrite;
use crate::draft::Templates;
use crate::project::{self, Project};
use crate::source::{FileId, Place, Source};

pub(super) fn run(common: &Common, options: &New) -> Result<Ending, Failure> {
    let (opened, _lock) = common.open_to_write("新建公文")?;
    let project = &opened.project;
    let text = match &options.from {
        Some(asked) => from_old(project, asked, opened.on.iso().as_str())?,
        None => {
            let text = starter(project, options)?;
            filled(project, &text, options, opened.on)?
        }
    };
    let path = free_path(project, options)?;
    rewrite(&path, None, text.as_bytes()).map_err(|error| unwritten(&path.display().to_string(), error))?;
    if !common.quiet {
        let stem = path.file_stem().unwrap_or_default().display();
        print::error(&format!("写入 {}。编辑它，然后运行 hongtou render {stem}", path.display()));
    }
    Ok(Ending::Fine)
}

/// The starter's text: the workspace's own, or the program's.
fn starter(project: &Project, options: &New) -> Result<String, Failure> {
    let name = if options.awards.is_some() { format!("奖励{}", options.genre) } else { options.genre.clone() };
    let starters: Vec<(String, String)> = project
        .templates_in("new")
        .filter_map(|(path, _, source)| Some((path.strip_suffix(".md")?.to_owned(), source.text().to_owned())))
        .collect();
    if let Some((_, text)) = starters.iter().find(|(known, _)| *known == name) {
        return Ok(text.clone());
    }
    let known: Vec<&str> = starters
        .iter()
        .filter_map(|(known, _)| match options.awards {
            Some(_) => known.strip_prefix("奖励"),
            None => (!known.starts_with("奖励")).then_some(known.as_str()),
        })
        .collect();
    let hint =
        nearest(&options.genre, known.iter().copied()).map(|near| format!("，是不是“{near}”？")).unwrap_or_default();
    Err(Failure::Unknown(format!("没有“{}”的底稿{hint}\n现有：{}", options.genre, known.join("、"))))
}

/// The starter with the office and the day in their places.
fn filled(project: &Project, text: &str, options: &New, day: crate::calendar::Day) -> Result<String, Failure> {
    let office = &project.office;
    let facts = serde_json::json!({
        "全称": office.name,
        "简称": office.short,
        "代字": office.code,
        "电话": office.telephone,
        "年": day.year().to_string(),
        "今天": day.iso(),
        "号": (project.last_serial(day.year()) + 1).to_string(),
        "政策": project.policies.first().map(|policy| policy.slug.clone()).unwrap_or_default(),
        "申报年度": project.years().last().unwrap_or_else(|| day.year()).to_string(),
        "奖励年度": options.awards.map(|year| year.to_string()).unwrap_or_default(),
    });
    let (templates, _) = Templates::new([]);
    let (filled, report) = templates.fill(text, Place::head(FileId(0)), &facts.into());
    match report.findings().first() {
        Some(finding) => Err(Failure::Other(format!("底稿有误：{}", finding.message))),
        None => Ok(filled),
    }
}

/// What of an old document belongs to that one alone: its numbers, its days of publication, what was done with it.
const LEFT_BEHIND: [&str; 5] = ["发文字号", "索引号", "发布日期", "废止日期", "印发日期"];

/// An old document as a draft of a new one: what must change is marked with ×××.
fn from_old(project: &Project, asked: &str, today: &str) -> Result<String, Failure> {
    let slug = named(project, asked)?;
    let source = project.notices.get(&slug).and_then(|notice| project.sources.get(notice.file));
    let text = source.map(Source::text).ok_or_else(|| Failure::Other(format!("“{slug}”的源文件不在工作区里")))?;
    let pattern = |pattern: &str| Regex::new(pattern).map_err(|error| Failure::Other(error.to_string()));
    let (day, year, number) = (
        pattern("20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日")?,
        pattern("20[0-9]{2}年")?,
        pattern("〔20[0-9]{2}〕[0-9]+号")?,
    );
    let mut out = String::new();
    let mut fences = 0;
    for line in text.lines() {
        fences += usize::from(line.trim_end() == "---");
        let key = line.split(':').next().unwrap_or_default();
        if fences == 1 && LEFT_BEHIND.contains(&key) {
            continue;
        }
        let line = match key {
            "状态" if fences == 1 => "状态: 草稿".to_owned(),
            "成文日期" if fences == 1 => format!("成文日期: {today}"),
            _ => {
                let line = day.replace_all(line, "×××年×月×日");
                let line = year.replace_all(&line, "×××年");
                number.replace_all(&line, "〔×××〕×号").into_owned()
            }
        };
        out.push_str(&line);
        out.push('\n');
    }
    Ok(out)
}

/// The path asked for, if nothing stands there; or the first free one of the genre.
fn free_path(workspace: &Project, options: &New) -> Result<PathBuf, Failure> {
    let folder = workspace.root.join("data/notices");
    match &options.name {
        Some(name) => {
            let plain = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':']);
            if !plain {
                return Err(Failure::Unknown(format!("“{name}”不能作文件名")));
            }
            let path = folder.join(format!("{name}.md"));
            if project::is_there(&path) {
                return Err(Failure::Other(format!("{} 已经有了，没有改动", path.display())));
            }
            Ok(path)
        }
        None => {
            let mut names = (1..).map(|number| folder.join(format!("{}-{number}.md", options.genre)));
            names.find(|path| !project::is_there(path)).ok_or_else(|| Failure::Other("没有可用的文件名".to_owned()))
        }
    }
}
