//! `hongtou new` — a new document from the starter of its 文种, ready to edit.

use std::path::PathBuf;

use super::arguments::{Common, New};
use super::{Ending, Failure, print};
use crate::assets;
use crate::build::write_file;
use crate::diag::nearest;
use crate::draft::Templates;
use crate::project;
use crate::source::{FileId, Place};

pub(super) fn run(common: &Common, options: &New) -> Result<Ending, Failure> {
    let root = common.root()?;
    let own = project::read_text(&root.join(format!("templates/new/{}.md", options.genre))).ok();
    let starters: Vec<(String, String)> = assets::templates()
        .into_iter()
        .filter_map(|(path, bytes)| {
            let name = path.strip_prefix("new/")?.strip_suffix(".md")?.to_owned();
            Some((name, String::from_utf8_lossy(&bytes).into_owned()))
        })
        .collect();
    let text = own.or_else(|| starters.iter().find(|(name, _)| *name == options.genre).map(|(_, text)| text.clone()));
    let Some(text) = text else {
        let known: Vec<&str> = starters.iter().map(|(name, _)| name.as_str()).collect();
        let hint = nearest(&options.genre, known.iter().copied())
            .map(|near| format!("，是不是“{near}”？"))
            .unwrap_or_default();
        return Err(Failure::Unknown(format!("没有“{}”的底稿{hint}\n现有：{}", options.genre, known.join("、"))));
    };
    let text = filled(common, &text)?;
    let path = free_path(&root, options)?;
    write_file(&path, text.as_bytes())?;
    if !common.quiet {
        print::error(&format!(
            "写入 {}。编辑它，然后运行 hongtou render {}",
            path.display(),
            path.file_stem().unwrap_or_default().display()
        ));
    }
    Ok(Ending::Fine)
}

/// The starter with the office and the day in their places.
fn filled(common: &Common, text: &str) -> Result<String, Failure> {
    let (project, _) = common.load(&[])?;
    let day = common.day();
    let office = &project.office;
    let facts = serde_json::json!({
        "全称": office.name,
        "简称": office.short,
        "代字": office.code,
        "电话": office.telephone,
        "年": day.year().to_string(),
        "今天": day.iso(),
    });
    let (templates, _) = Templates::new([]);
    let (filled, report) = templates.fill(text, Place::head(FileId(0)), &facts.into());
    match report.findings().first() {
        Some(finding) => Err(Failure::Other(format!("底稿有误：{}", finding.message))),
        None => Ok(filled),
    }
}

/// The path asked for, if nothing stands there; or the first free one of the genre.
fn free_path(root: &std::path::Path, options: &New) -> Result<PathBuf, Failure> {
    let folder = root.join("data/notices");
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
