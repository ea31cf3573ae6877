//! 产出 — a build or a publishing that is killed at whatever moment, or that runs twice at once, leaves the old output or the new one,
//! each whole, and the next run ends as if nothing had been.

use std::process::Stdio;
use std::time::{Duration, Instant};

use libtest_mimic::{Failed, Trial};

use super::kills::{both, pairs, rounds, said, within};
use super::stories::end_of;
use crate::chance::Chance;
use crate::workspace::Workspace;

pub(crate) fn tests() -> [Trial; 5] {
    [
        Trial::test("kill/build", killed_build),
        Trial::test("kill/publish", killed_publish),
        Trial::test("kill/init", killed_init),
        Trial::test("twice/publish", two_publishes),
        Trial::test("kill/spoilt_is_found", spoilt_is_found),
    ]
}

/// Whether a folder holds what its list says, byte for byte.
fn is_whole(folder: &std::path::Path, list: &str) -> Result<(), Failed> {
    let bytes =
        std::fs::read(folder.join(list)).map_err(|error| format!("{}: {error}", folder.join(list).display()))?;
    let listed: serde_json::Value = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    for file in listed["文件"].as_array().into_iter().flatten() {
        let path = folder.join(file["路径"].as_str().unwrap_or_default());
        let found = std::fs::read(&path).map(|bytes| hongtou::digest::sha256(&bytes)).unwrap_or_default();
        if Some(found.as_str()) != file["SHA-256"].as_str() {
            return Err(format!("{} is not what {list} says", path.display()).into());
        }
    }
    Ok(())
}

/// Kills a command at some moment of the time that it takes.
fn kill_once(workspace: &Workspace, line: &[&str], time: Duration, chance: &mut Chance) -> Result<(), Failed> {
    let mut command = workspace.command(line);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(|error| error.to_string())?;
    std::thread::sleep(within(chance, time));
    child.kill().map_err(|error| error.to_string())?;
    child.wait().map_err(|error| error.to_string())?;
    Ok(())
}

fn done(workspace: &Workspace, line: &[&str]) -> Result<Duration, Failed> {
    let started = Instant::now();
    let run = workspace.run(line);
    if run.code == Some(0) { Ok(started.elapsed()) } else { Err(said(line, &run)) }
}

/// A build that is killed leaves the old output or the new one, each whole, and nothing beside it after the next one.
fn killed_build() -> Result<(), Failed> {
    let workspace = end_of("印发一件公文")?.another();
    let build = ["build", "--on", "2024-06-05"];
    let takes = done(&workspace, &build)?;
    let mut chance = Chance(1);
    for round in 0..rounds() {
        workspace.write(
            "data/notices/a.md",
            &format!("---\n标题: 关于第{round}件事的公告\n文种: 公告\n状态: 草稿\n---\n\n正文。\n"),
        );
        kill_once(&workspace, &build, takes, &mut chance)?;
        for room in ["site", "office"] {
            is_whole(&workspace.path("output").join(room), "manifest.json")?;
        }
    }
    done(&workspace, &build)?;
    let left: Vec<String> = std::fs::read_dir(workspace.path(""))
        .map_err(|error| error.to_string())?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".hongtou-") || name.starts_with(".output"))
        .collect();
    if left.is_empty() { Ok(()) } else { Err(format!("left lying: {left:?}").into()) }
}

/// A workspace that was not made to its end is none, and is made by the next try.
fn killed_init() -> Result<(), Failed> {
    let workspace = Workspace::small();
    let init = |name: &str| ["init".to_owned(), workspace.path(name).to_string_lossy().into_owned()];
    let whole = init("整个");
    let takes = done(&workspace, &whole.each_ref().map(String::as_str))?;
    let wanted: Vec<Vec<u8>> = workspace.contents("整个/data").into_values().collect();
    let mut chance = Chance(1);
    for round in 0..rounds() {
        let name = format!("第{round}个");
        let line = init(&name);
        let line = line.each_ref().map(String::as_str);
        kill_once(&workspace, &line, takes, &mut chance)?;
        let made = workspace.path(&format!("{name}/data")).exists();
        let again = workspace.run(&line);
        if again.code != Some(if made { 2 } else { 0 }) {
            return Err(said(&line, &again));
        }
        let found: Vec<Vec<u8>> = workspace.contents(&format!("{name}/data")).into_values().collect();
        if found != wanted {
            return Err(format!("round {round}: {} of {} files", found.len(), wanted.len()).into());
        }
    }
    Ok(())
}

/// A publishing that is killed leaves the old site or the new one, each whole; the next one ends as if nothing had been.
fn killed_publish() -> Result<(), Failed> {
    let workspace = end_of("印发一件公文")?.another();
    let publish = ["publish", "--to", "www", "--yes"];
    done(&workspace, &["build", "--on", "2024-06-05"])?;
    let takes = done(&workspace, &publish)?;
    let mut chance = Chance(2);
    for round in 0..rounds() {
        // The footer of every page changes.
        let office = workspace.read("data/office.yaml");
        let lines = office.lines().map(|line| match line.split_once("主办单位: ") {
            Some((before, _)) => format!("{before}主办单位: 云川市第{round}局"),
            None => line.to_owned(),
        });
        workspace.write("data/office.yaml", &(lines.collect::<Vec<_>>().join("\n") + "\n"));
        done(&workspace, &["build", "--on", "2024-06-05"])?;
        kill_once(&workspace, &publish, takes, &mut chance)?;
        is_whole(&workspace.path("www"), "release.json")?;
        if round % 5 == 4 {
            done(&workspace, &publish)?;
            is_whole(&workspace.path("www"), "release.json")?;
            done(&workspace, &["publish", "--to", "www", "--rollback"])?;
            is_whole(&workspace.path("www"), "release.json")?;
            done(&workspace, &["publish", "--to", "www", "--rollback"])?;
        }
    }
    Ok(())
}

/// Two publishings at once: one after the other, or the second is told to wait; the site is whole.
fn two_publishes() -> Result<(), Failed> {
    let workspace = end_of("印发一件公文")?.another();
    let publish = ["publish", "--to", "www", "--yes"];
    done(&workspace, &["build", "--on", "2024-06-05"])?;
    for round in 0..pairs() {
        if round % 2 == 0 && workspace.path("www").exists() {
            std::fs::remove_dir_all(workspace.path("www")).map_err(|error| error.to_string())?;
        }
        for run in both(&workspace, [&publish, &publish])? {
            if run.code != Some(0) && !(run.code == Some(2) && run.err.contains("另一个 hongtou 正在写")) {
                return Err(said(&publish, &run));
            }
        }
        is_whole(&workspace.path("www"), "release.json")?;
    }
    Ok(())
}

/// A site of which one byte is another one is no whole site: the harness itself is tried.
fn spoilt_is_found() -> Result<(), Failed> {
    let workspace = end_of("印发一件公文")?.another();
    done(&workspace, &["build", "--on", "2024-06-05"])?;
    let room = workspace.path("output/site");
    is_whole(&room, "manifest.json")?;
    workspace.write("output/site/index.html", "半个");
    if is_whole(&room, "manifest.json").is_ok() { Err("a spoilt site passes for a whole one".into()) } else { Ok(()) }
}
