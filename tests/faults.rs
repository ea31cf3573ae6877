//! 坏的工作区 — 云川市's workspace with something wrong in it, as office machines, colleagues and strangers make it: what must be said
//! of it, and that nothing is written. The cases are those of `tests/cases/faults`, whose README says how one is written:
//! `cargo test --test faults 链接`.

#![expect(clippy::disallowed_methods, reason = "tests make and read their own files")]
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

mod chance;
mod workspace;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use hongtou::source::{Source, Sources};
use hongtou::yaml;
use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;

use chance::Chance;
use workspace::Workspace;

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
struct Fault {
    #[serde(rename = "名")]
    name: String,
    #[serde(rename = "写", default)]
    write: BTreeMap<String, String>,
    /// A file's bytes in hexadecimal digits.
    #[serde(rename = "字节", default)]
    bytes: BTreeMap<String, String>,
    /// A file with a text so many times.
    #[serde(rename = "多", default)]
    many: BTreeMap<String, (String, usize)>,
    #[serde(rename = "改", default)]
    change: BTreeMap<String, (String, String)>,
    #[serde(rename = "加", default)]
    append: BTreeMap<String, String>,
    #[serde(rename = "删", default)]
    delete: Vec<String>,
    #[serde(rename = "移", default)]
    rename: BTreeMap<String, String>,
    #[serde(rename = "链接", default)]
    link: BTreeMap<String, String>,
    #[serde(rename = "管道", default)]
    pipe: Vec<String>,
    /// What nobody but its owner may open; the program runs as somebody else.
    #[serde(rename = "锁上", default)]
    shut: Vec<String>,
    #[serde(rename = "运行", default = "check")]
    run: String,
    #[serde(rename = "码", default = "one")]
    code: i32,
    #[serde(rename = "说", default)]
    said: Vec<String>,
    #[serde(rename = "不说", default)]
    unsaid: Vec<String>,
}

fn check() -> String {
    "check".to_owned()
}

fn one() -> i32 {
    1
}

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/faults");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    files.sort();
    let mut trials = Vec::new();
    for path in files {
        let area = path.file_stem().unwrap().to_string_lossy().into_owned();
        let mut sources = Sources::default();
        let id = sources.add(Source::new("case.yaml", fs::read_to_string(&path).unwrap()));
        let (faults, found) = yaml::read::<Vec<Fault>>(id, sources.get(id).unwrap());
        assert!(found.is_empty(), "{area}: {found:?}");
        for fault in faults.unwrap() {
            trials.push(Trial::test(format!("{area}/{}", fault.name), move || judge(&fault).map_err(Failed::from)));
        }
    }
    trials.push(Trial::test("任意毛病/check没有话说，build就做得成", || {
        what_check_passes_is_built().map_err(Failed::from)
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn judge(fault: &Fault) -> Result<(), String> {
    let workspace = Workspace::paying();
    lay_out(fault, &workspace)?;
    let before = (!fault.shut.is_empty()).then(|| workspace.contents("data"));
    let arguments: Vec<&str> = fault.run.split_whitespace().collect();
    let run = if fault.shut.is_empty() {
        workspace.run(&arguments)
    } else {
        match workspace.as_somebody(&fault.shut, &arguments) {
            Some(run) => run,
            None => return Ok(()),
        }
    };
    let said = format!("{}\n{}", run.out, run.err);
    if before.is_some_and(|before| before != workspace.contents("data")) {
        return Err(format!("动了 data：\n{said}"));
    }
    if run.code != Some(fault.code) {
        return Err(format!("退出码应是{}，却是{:?}：\n{said}", fault.code, run.code));
    }
    if let Some(words) = fault.said.iter().find(|words| !said.contains(words.as_str())) {
        return Err(format!("没有说“{words}”：\n{said}"));
    }
    match fault.unsaid.iter().find(|words| said.contains(words.as_str())) {
        Some(words) => Err(format!("说了“{words}”：\n{said}")),
        None => Ok(()),
    }
}

fn lay_out(fault: &Fault, workspace: &Workspace) -> Result<(), String> {
    for path in &fault.delete {
        let whole = workspace.path(path);
        let gone = if whole.is_dir() { fs::remove_dir_all(&whole) } else { fs::remove_file(&whole) };
        gone.map_err(|error| format!("{path}：{error}"))?;
    }
    for (path, text) in &fault.write {
        workspace.write(path, text);
    }
    for (path, digits) in &fault.bytes {
        let digits: Vec<u8> = digits.bytes().filter(u8::is_ascii_hexdigit).collect();
        let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
        workspace.write_bytes(path, &digits.chunks(2).map(pair).collect::<Vec<_>>());
    }
    for (path, (text, times)) in &fault.many {
        workspace.write(path, &text.replace("\\n", "\n").repeat(*times));
    }
    for (path, (from, to)) in &fault.change {
        let text = fs::read_to_string(workspace.path(path)).map_err(|error| format!("{path}：{error}"))?;
        if !text.contains(from.as_str()) {
            return Err(format!("{path} 里没有“{from}”"));
        }
        workspace.write(path, &text.replace(from.as_str(), to));
    }
    for (path, text) in &fault.append {
        let old = fs::read_to_string(workspace.path(path)).unwrap_or_default();
        workspace.write(path, &format!("{old}{text}"));
    }
    for (from, to) in &fault.rename {
        fs::rename(workspace.path(from), workspace.path(to)).map_err(|error| format!("{from}：{error}"))?;
    }
    #[cfg(unix)]
    for (path, target) in &fault.link {
        fs::create_dir_all(workspace.path(path).parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(target, workspace.path(path)).map_err(|error| format!("{path}：{error}"))?;
    }
    for path in &fault.pipe {
        fs::create_dir_all(workspace.path(path).parent().unwrap()).unwrap();
        let made = Command::new("mkfifo").arg(workspace.path(path)).status();
        made.map_err(|error| format!("mkfifo：{error}"))?;
    }
    Ok(())
}

/// A workspace with letters in all of its files changed, taken out, put in: of what `check` has nothing against, `build` makes
/// all. `HONGTOU_SPOILS` says how many are tried.
fn what_check_passes_is_built() -> Result<(), String> {
    let rounds = std::env::var("HONGTOU_SPOILS").ok().and_then(|text| text.parse().ok()).unwrap_or(8);
    let base = Workspace::paying();
    let made = base.run(&["new", "公示", "gongshi", "--奖励", "2022", "--on", "2024-05-06"]);
    if made.code != Some(0) {
        return Err(made.err);
    }
    for name in ["body.typ", "title.typ"] {
        let layouts = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/layout");
        base.write(&format!("templates/layout/{name}"), &fs::read_to_string(layouts.join(name)).unwrap());
    }
    let mut files: Vec<_> = base.contents("data").into_keys().chain(base.contents("templates").into_keys()).collect();
    files.retain(|path| !path.to_string_lossy().contains("calendar"));
    let root = base.path("");
    let mut chance = Chance(56);
    for round in 0..rounds {
        let workspace = base.another();
        let path = files[chance.below(files.len())].strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        let mut text: Vec<char> = workspace.read(&path).chars().collect();
        let at = chance.below(text.len());
        match chance.below(4) {
            0 => drop(text.remove(at)),
            1 => text.insert(at, ['一', '1', ' ', '（', '-', '{', '\n', '9'][chance.below(8)]),
            2 => {
                let other = chance.below(text.len());
                text.swap(at, other);
            }
            _ => drop(text.drain(at..(at + chance.below(30)).min(text.len()))),
        }
        workspace.write(&path, &text.into_iter().collect::<String>());
        if workspace.run(&["check"]).code == Some(0) {
            let build = workspace.run(&["build"]);
            if build.code != Some(0) {
                return Err(format!("第{round}个，{path} 第{at}个字：\n{}\n{}", workspace.read(&path), build.err));
            }
        }
    }
    Ok(())
}
