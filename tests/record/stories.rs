//! 故事 — a file of `tests/cases/record` tells what is done in an office, step by step, and what must be seen. The keys of a step are
//! explained in `tests/cases/record/README.md`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use hongtou::source::{Source, Sources};
use hongtou::yaml;
use libtest_mimic::{Failed, Trial};
use serde::Deserialize;

use crate::workspace::Workspace;

/// A file of `tests/cases/record`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    /// Where it begins.
    #[serde(rename = "工作区", default)]
    place: Option<Place>,
    /// The story that it goes on from.
    #[serde(rename = "接着", default)]
    after: Option<String>,
    #[serde(rename = "步骤")]
    steps: Vec<Step>,
}

#[derive(Deserialize)]
enum Place {
    #[serde(rename = "机关")]
    Office,
    #[serde(rename = "兑现")]
    Paying,
    #[serde(rename = "样例")]
    Sample,
}

/// A step: one of 写, 改, 删, 移, 截, 相同, 运行, 打开, 有, 没有, with what belongs to it.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Step {
    #[serde(rename = "写")]
    write: Option<String>,
    #[serde(rename = "内容")]
    text: Option<String>,
    #[serde(rename = "改")]
    change: Option<String>,
    #[serde(rename = "原文")]
    from: Option<String>,
    #[serde(rename = "改为")]
    to: Option<String>,
    #[serde(rename = "删")]
    delete: Option<String>,
    #[serde(rename = "移")]
    rename: Option<String>,
    #[serde(rename = "到")]
    target: Option<String>,
    #[serde(rename = "截")]
    cut: Option<String>,
    #[serde(rename = "自")]
    since: Option<String>,
    #[serde(rename = "相同")]
    same: Option<String>,
    #[serde(rename = "与")]
    other: Option<String>,
    #[serde(rename = "运行")]
    run: Option<String>,
    #[serde(rename = "退出码")]
    code: Option<i32>,
    #[serde(rename = "不动")]
    untouched: Vec<String>,
    #[serde(rename = "打开")]
    open: Option<String>,
    #[serde(rename = "看到")]
    seen: Vec<String>,
    #[serde(rename = "看不到")]
    unseen: Vec<String>,
    #[serde(rename = "有")]
    there: Option<String>,
    #[serde(rename = "没有")]
    absent: Option<String>,
}

/// All stories.
pub(crate) fn tests() -> Vec<Trial> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    paths.sort();
    let names = paths.iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned());
    names.map(|name| Trial::test(format!("story/{name}"), move || end_of(&name).map(drop))).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/record")
}

/// Where a story ended, or at which step it was not as told.
pub(crate) type End = Result<Arc<Workspace>, Failed>;

/// Runs a story, once however many go on from it.
pub(crate) fn end_of(name: &str) -> End {
    static ENDS: LazyLock<Mutex<BTreeMap<String, Arc<OnceLock<End>>>>> = LazyLock::new(Mutex::default);
    let end = {
        let mut ends = ENDS.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(ends.entry(name.to_owned()).or_default())
    };
    end.get_or_init(|| told(name)).clone()
}

fn told(name: &str) -> End {
    let story = read(name)?;
    let workspace = match (&story.place, &story.after) {
        (Some(Place::Office), None) => Workspace::office(),
        (Some(Place::Paying), None) => Workspace::paying(),
        (Some(Place::Sample), None) => Workspace::small(),
        (None, Some(before)) => end_of(before)?.another(),
        _ => return Err("写“工作区”，或写“接着”哪个故事".into()),
    };
    for (index, step) in story.steps.iter().enumerate() {
        take(step, &workspace).map_err(|wrong| Failed::from(format!("{name}，第{}步：{wrong}", index + 1)))?;
    }
    Ok(Arc::new(workspace))
}

fn read(name: &str) -> Result<Story, Failed> {
    let path = folder().join(format!("{name}.yaml"));
    let text = fs::read_to_string(&path).map_err(|error| format!("{}：{error}", path.display()))?;
    let mut sources = Sources::default();
    let file = sources.add(Source::new(name, text));
    let (story, found) = yaml::read::<Story>(file, sources.get(file).unwrap());
    let wrong = found.findings().iter().map(|finding| {
        let place = finding.place.map(|place| sources.locate(place)).unwrap_or_default();
        format!("{place} {}", finding.message)
    });
    let wrong: Vec<String> = wrong.collect();
    story.filter(|_| wrong.is_empty()).ok_or_else(|| wrong.join("\n").into())
}

/// Takes a step; why it was not as told.
fn take(step: &Step, workspace: &Workspace) -> Result<(), String> {
    let text_of = |path: &str| fs::read_to_string(workspace.path(path)).map_err(|error| format!("{path}：{error}"));
    if let Some(path) = &step.write {
        workspace.write(path, step.text.as_deref().unwrap_or_default());
    } else if let (Some(path), Some(from), Some(to)) = (&step.change, &step.from, &step.to) {
        let text = text_of(path)?;
        if !text.contains(from.as_str()) {
            return Err(format!("{path} 里没有“{from}”：\n{text}"));
        }
        workspace.write(path, &text.replace(from.as_str(), to));
    } else if let Some(path) = &step.delete {
        let whole = workspace.path(path);
        let done = if whole.is_dir() { fs::remove_dir_all(whole) } else { fs::remove_file(whole) };
        done.map_err(|error| format!("{path}：{error}"))?;
    } else if let (Some(path), Some(target)) = (&step.rename, &step.target) {
        fs::rename(workspace.path(path), workspace.path(target)).map_err(|error| format!("{path}：{error}"))?;
    } else if let (Some(path), Some(since)) = (&step.cut, &step.since) {
        let text = text_of(path)?;
        let at = text.find(since.as_str()).ok_or_else(|| format!("{path} 里没有“{since}”：\n{text}"))?;
        workspace.write(path, &text[..at]);
    } else if let (Some(path), Some(other)) = (&step.same, &step.other) {
        let bytes_of = |path: &str| fs::read(workspace.path(path)).map_err(|error| format!("{path}：{error}"));
        return (bytes_of(path)? == bytes_of(other)?).then_some(()).ok_or_else(|| format!("{path} 与 {other} 不同"));
    } else if let Some(line) = &step.run {
        return run(line, step, workspace);
    } else if let Some(path) = &step.open {
        return look(path, &text_of(path)?, step);
    } else if let Some(path) = &step.there {
        return workspace.path(path).exists().then_some(()).ok_or_else(|| format!("没有 {path}"));
    } else if let Some(path) = &step.absent {
        return (!workspace.path(path).exists()).then_some(()).ok_or_else(|| format!("有 {path}"));
    } else {
        return Err("这一步什么也没有写".to_owned());
    }
    Ok(())
}

fn run(line: &str, step: &Step, workspace: &Workspace) -> Result<(), String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let Some(("hongtou", arguments)) = words.split_first().map(|(first, rest)| (*first, rest)) else {
        return Err(format!("“{line}”不是 hongtou 的命令"));
    };
    let before: Vec<_> = step.untouched.iter().map(|path| workspace.contents(path)).collect();
    let run = workspace.run(arguments);
    let said = format!("{}\n{}", run.out, run.err);
    if run.code != Some(step.code.unwrap_or(0)) {
        return Err(format!("{line}\n退出码是{:?}：\n{said}", run.code));
    }
    for (path, before) in step.untouched.iter().zip(before) {
        if workspace.contents(path) != before {
            return Err(format!("{line}\n动了 {path}：\n{said}"));
        }
    }
    look(line, &said, step)
}

/// Whether all that must be seen is, and nothing that must not be.
fn look(at: &str, text: &str, step: &Step) -> Result<(), String> {
    // A whole page would bury what is missing in it.
    let shown: String = text.chars().take(3000).collect();
    if let Some(words) = step.seen.iter().find(|words| !text.contains(words.as_str())) {
        return Err(format!("{at}\n看不到“{words}”：\n{shown}"));
    }
    match step.unseen.iter().find(|words| text.contains(words.as_str())) {
        Some(words) => Err(format!("{at}\n看到了“{words}”：\n{shown}")),
        None => Ok(()),
    }
}
