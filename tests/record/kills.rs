//! 断电 — an act that is killed (`SIGKILL`) at whatever moment, that meets a full disk or a read-only folder, or that runs twice at once,
//! leaves the state before it or the state after it, never one between; and the next run ends as if nothing had been.
//!
//! Each act is killed ten times; `HONGTOU_KILLS=100 cargo test --test record kill` does it a hundred times.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use libtest_mimic::{Failed, Trial};

use super::stories::end_of;
use crate::chance::Chance;
use crate::workspace::{Run, Workspace};

/// An act, and the story after which it can be done.
struct Act {
    name: &'static str,
    after: &'static str,
    line: &'static [&'static str],
    /// How the act ends when it was done already: with which code, saying what.
    again: (i32, &'static str),
}

const ACTS: [Act; 7] = [
    Act {
        name: "issue",
        after: "通知在公示以后",
        line: &["issue", "zhizaoye-2022", "--on", "2024-05-13"],
        again: (1, "已于2024年5月13日印发"),
    },
    Act {
        name: "correct",
        after: "更正以前",
        line: &["issue", "zuotanhui", "--correct", "改会期", "--on", "2024-06-05"],
        again: (1, "没有不同"),
    },
    Act {
        name: "withdraw",
        after: "印发一件公文",
        line: &["withdraw", "zuotanhui", "--reason", "会议取消", "--on", "2024-06-05"],
        again: (2, "没有改动"),
    },
    Act {
        name: "grant",
        after: "通知在公示以后",
        line: &["grant", "--year", "2022", "--notice", "tongzhi-2022", "--on", "2024-05-13"],
        again: (0, "没有改动"),
    },
    Act {
        name: "close",
        after: "通知在公示以后",
        line: &["grant", "--close", "2022", "--reason", "不再兑现", "--on", "2024-05-13"],
        again: (2, "没有改动"),
    },
    Act {
        name: "new",
        after: "印发一件公文",
        line: &["new", "公告", "xin", "--on", "2024-06-05"],
        again: (2, "已经有"),
    },
    Act {
        name: "number", after: "通知在公示以后", line: &["number", "--on", "2024-05-13"], again: (0, "没有改动")
    },
];

pub(crate) fn tests() -> Vec<Trial> {
    let trials = ACTS.iter().flat_map(|act| {
        [
            Trial::test(format!("kill/{}", act.name), || killed(act)),
            Trial::test(format!("disk/{}", act.name), || full_disk(act)),
            Trial::test(format!("read-only/{}", act.name), || read_only(act)),
        ]
    });
    trials
        .chain([
            Trial::test("twice/issue", two_issues),
            Trial::test("twice/grant", two_grants),
            Trial::test("kill/half_is_found", half_is_found),
        ])
        .collect()
}

/// All of the workspace's data, by path; what was being written and came to nothing is hidden, and is nothing.
fn data(workspace: &Workspace) -> BTreeMap<PathBuf, Vec<u8>> {
    let root = workspace.path("");
    let files = workspace.contents("data").into_iter().map(|(path, bytes)| {
        let path = path.strip_prefix(&root).map_or_else(|_| path.clone(), PathBuf::from);
        (path, bytes)
    });
    let shown = |path: &PathBuf| path.iter().all(|part| !part.to_string_lossy().starts_with('.'));
    files.filter(|(path, _)| shown(path)).collect()
}

/// The state before an act, and the one after it.
struct States {
    before: std::sync::Arc<Workspace>,
    after: BTreeMap<PathBuf, Vec<u8>>,
    /// How long the act takes.
    takes: Duration,
}

fn states(act: &Act) -> Result<States, Failed> {
    let before = end_of(act.after)?;
    let done = before.another();
    let started = Instant::now();
    let run = done.run(act.line);
    let takes = started.elapsed();
    if run.code != Some(0) {
        return Err(said(act.line, &run));
    }
    Ok(States { before, after: data(&done), takes })
}

pub(super) fn said(line: &[&str], run: &Run) -> Failed {
    format!("{} ended with {:?}:\n{}\n{}", line.join(" "), run.code, run.out, run.err).into()
}

/// What counts of a state: the register and the files that it names, the ledger, the numbers. A version that was laid down but not
/// registered, and a register that was opened but holds nothing, count for nothing.
fn counts(workspace: &Workspace, state: &BTreeMap<PathBuf, Vec<u8>>) -> BTreeMap<PathBuf, Vec<u8>> {
    let register = workspace.path("data/issued/register.yaml");
    let register = std::fs::read_to_string(register).unwrap_or_default();
    let named = |path: &PathBuf| match path.strip_prefix("data/issued").ok().map(|rest| rest.iter().collect::<Vec<_>>())
    {
        Some(parts) if parts.len() == 3 => {
            let (slug, version) = (parts[0].to_string_lossy(), parts[1].to_string_lossy());
            register.contains(&format!("公文: {slug}\n  版本: {version}\n"))
        }
        _ => true,
    };
    let counting = state.iter().filter(|(path, _)| named(path));
    counting.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
}

/// After an act that was broken off: the old state or the new one, nothing that `check` calls an error, and the next run ends as if
/// nothing had been.
fn whole(act: &Act, states: &States, workspace: &Workspace) -> Result<(), Failed> {
    let now = counts(workspace, &data(workspace));
    let new = now == states.after;
    if !new && now != data(&states.before) {
        let differing: Vec<&PathBuf> =
            now.iter().filter(|(path, bytes)| states.after.get(*path) != Some(*bytes)).map(|(path, _)| path).collect();
        return Err(
            format!("{}: neither the old state nor the new one; unlike the new one: {differing:?}", act.name).into()
        );
    }
    let check = workspace.run(&["check", "--on", "2024-06-05"]);
    if check.code != Some(0) {
        return Err(said(&["check"], &check));
    }
    let run = workspace.run(act.line);
    let (code, words) = if new { act.again } else { (0, "") };
    if run.code != Some(code) || !format!("{}{}", run.out, run.err).contains(words) {
        return Err(said(act.line, &run));
    }
    if data(workspace) != states.after {
        return Err(format!("{}: the next run ended otherwise", act.name).into());
    }
    Ok(())
}

/// What is half written is found: the harness itself is tried.
fn half_is_found() -> Result<(), Failed> {
    let act = &ACTS[3];
    let states = states(act)?;
    for (path, bytes) in states.after.iter().filter(|(path, _)| path.ends_with("ledger/2022.yaml")) {
        let workspace = states.before.another();
        workspace.write_bytes(&path.to_string_lossy(), &bytes[..bytes.len() / 2]);
        if whole(act, &states, &workspace).is_ok() {
            return Err("half a ledger passes for a whole one".into());
        }
    }
    Ok(())
}

pub(super) fn rounds() -> u32 {
    std::env::var("HONGTOU_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(10)
}

/// How many pairs are started at once.
pub(super) fn pairs() -> u32 {
    rounds().div_ceil(2)
}

/// Some moment of a time.
pub(super) fn within(chance: &mut Chance, time: Duration) -> Duration {
    Duration::from_micros(chance.below(usize::try_from(time.as_micros()).unwrap_or(usize::MAX)) as u64)
}

fn killed(act: &Act) -> Result<(), Failed> {
    let states = states(act)?;
    let mut chance = Chance(20_240_613);
    for round in 0..rounds() {
        let workspace = states.before.another();
        let before = workspace.entries("data");
        let mut child = workspace
            .command(act.line)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        if round % 3 == 0 {
            std::thread::sleep(within(&mut chance, states.takes));
        } else {
            // Most of the time goes by before anything is written: wait for the first sign of writing.
            let deadline = Instant::now() + states.takes * 4;
            while workspace.entries("data") == before && Instant::now() < deadline {
                std::hint::spin_loop();
            }
            std::thread::sleep(within(&mut chance, Duration::from_millis(12)));
        }
        child.kill().map_err(|error| error.to_string())?;
        child.wait().map_err(|error| error.to_string())?;
        whole(act, &states, &workspace)?;
    }
    Ok(())
}

/// A disk that is full after so many blocks of 512 bytes, as near as it can be had everywhere: no file may be larger.
fn full_disk(act: &Act) -> Result<(), Failed> {
    let states = states(act)?;
    for blocks in ["0", "1", "16"] {
        let workspace = states.before.another();
        let mut command = Command::new("sh");
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        let run = workspace.run_as(command.args(["-c", &script, "sh"]), act.line);
        let allowed = run.code == Some(0) || (run.code == Some(2) && run.err.contains("系统允许的大小"));
        if !allowed || run.err.contains("os error") {
            return Err(said(act.line, &run));
        }
        whole(act, &states, &workspace)?;
    }
    Ok(())
}

/// Whoever may write everywhere (root) becomes somebody who may not.
fn read_only(act: &Act) -> Result<(), Failed> {
    let states = states(act)?;
    let workspace = states.before.another();
    workspace.allow(0o555);
    let free = std::fs::write(workspace.path("data/probe"), "").is_ok();
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
    let run = if free {
        std::fs::remove_file(workspace.path("data/probe")).map_err(|error| error.to_string())?;
        // Who cannot become somebody else, or whom that one's folders do not let in, cannot try this.
        let mut probe = Command::new("setpriv");
        probe.args(command.get_args()).arg(crate::workspace::program()).arg("--version");
        if !probe.output().is_ok_and(|output| output.status.success()) {
            return Ok(());
        }
        workspace.run_as(&mut command, act.line)
    } else {
        workspace.run(act.line)
    };
    workspace.allow(0o755);
    if run.code != Some(2) || !run.err.contains("没有权限") || run.err.contains("os error") {
        return Err(said(act.line, &run));
    }
    whole(act, &states, &workspace)
}

/// Runs two commands at the same time; how each ended.
pub(super) fn both(workspace: &Workspace, lines: [&[&str]; 2]) -> Result<[Run; 2], Failed> {
    let start = |line: &[&str]| {
        let mut command = workspace.command(line);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(|error| error.to_string())
    };
    let [one, other] = [start(lines[0])?, start(lines[1])?];
    let end = |child: std::process::Child| {
        child.wait_with_output().map(Run::from).map_err(|error| Failed::from(error.to_string()))
    };
    Ok([end(one)?, end(other)?])
}

/// Two documents issued at once have two numbers; who comes too late is told to wait, and has changed nothing.
fn two_issues() -> Result<(), Failed> {
    let before = end_of("两件待印发")?;
    (0..pairs()).try_for_each(|_| two_issues_of(&before))
}

fn two_issues_of(before: &Workspace) -> Result<(), Failed> {
    let workspace = before.another();
    let lines = ["jia", "yi"].map(|slug| ["issue", slug, "--on", "2024-06-03"]);
    let runs = both(&workspace, [&lines[0], &lines[1]])?;
    if !runs.iter().any(|run| run.code == Some(0)) {
        return Err(said(&lines[0], &runs[0]));
    }
    for (run, line) in runs.iter().zip(&lines).filter(|(run, _)| run.code != Some(0)) {
        if run.code != Some(2) || !run.err.contains("另一个 hongtou 正在写（印发") {
            return Err(said(line, run));
        }
        let run = workspace.run(line);
        if run.code != Some(0) {
            return Err(said(line, &run));
        }
    }
    let register = workspace.read("data/issued/register.yaml");
    for number in ["文号: 云工信〔2024〕1号", "文号: 云工信〔2024〕2号"] {
        if register.matches(number).count() != 1 {
            return Err(register.into());
        }
    }
    let check = workspace.run(&["check"]);
    if check.code == Some(0) { Ok(()) } else { Err(said(&["check"], &check)) }
}

/// Two grants at once pay once.
fn two_grants() -> Result<(), Failed> {
    let act = &ACTS[3];
    let states = states(act)?;
    for _ in 0..pairs() {
        let workspace = states.before.another();
        for run in both(&workspace, [act.line, act.line])? {
            let late = run.code == Some(2) && run.err.contains("另一个 hongtou 正在写");
            if run.code != Some(0) && !late {
                return Err(said(act.line, &run));
            }
        }
        if data(&workspace) != states.after {
            return Err(workspace.read("data/ledger/2022.yaml").into());
        }
    }
    Ok(())
}
