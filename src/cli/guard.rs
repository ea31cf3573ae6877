//! 限度 — nothing takes for ever and nothing takes all memory. A watch looks at what is being done; what takes too long ends the
//! command with words, before anything was written. Where a workspace brings layouts, templates, faces or pictures of its own, the
//! command runs in a child of the same program, so that even what kills it (no memory, no stack) is put into words.

#![expect(clippy::disallowed_methods, reason = "cli asks the clock and the environment")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::arguments::{Arguments, Verb};
use super::print;
use crate::disk::Log;
use crate::doing;
use crate::project::{Bounds, is_filled, read_text};

/// What is kept to: as usual, until the workspace says otherwise.
static BOUNDS: Mutex<Option<Bounds>> = Mutex::new(None);

/// Keeps to what a workspace says.
pub(super) fn keep_to(bounds: Bounds) {
    *BOUNDS.lock().unwrap_or_else(PoisonError::into_inner) = Some(bounds);
}

/// How often the watch looks.
const PAUSE: Duration = Duration::from_millis(100);

/// Who started a child.
const PARENT: &str = "HONGTOU_PARENT";

/// Where a child keeps what it is at.
const LOG: &str = "HONGTOU_LOG";

/// Runs the command in a child, if the workspace brings code or binary data of its own; how the child ended then.
pub(super) fn supervised(arguments: &Arguments) -> Option<ExitCode> {
    // A child must not outlive who started it; where the system cannot promise that, all is done in one process.
    if !cfg!(target_os = "linux")
        || std::env::var_os(LOG).is_some()
        || matches!(arguments.verb, Verb::Serve(_) | Verb::Completions(_) | Verb::Man)
    {
        return None;
    }
    let root = arguments.common.root().ok()?;
    if !["templates", "fonts", "data/pictures"].iter().any(|folder| is_filled(&root.join(folder))) {
        return None;
    }
    let log = Log::passing().ok()?;
    let mut child = Command::new(std::env::current_exe().ok()?);
    child.args(std::env::args_os().skip(1)).env(LOG, &*log).env(PARENT, std::process::id().to_string());
    let status = child.status().ok()?;
    if let Some(code) = status.code() {
        return Some(ExitCode::from(u8::try_from(code).unwrap_or(2)));
    }
    match last(&log) {
        Some(what) => {
            print::error(&format!("错误：{what}时程序停了：内存不够，或嵌套太深"));
            print::error("没有写任何文件。改正它，或把它移出工作区，再运行");
        }
        None => print::error("错误：程序被停掉了。写过的不是原来的就是新的，没有半个；再运行一次"),
    }
    Some(ExitCode::from(2))
}

/// What was being done when a child died, as its log says: what began last and did not end. While something is read, drafted or
/// set nothing is written yet.
fn last(log: &Path) -> Option<String> {
    let text = read_text(log).unwrap_or_default();
    let mut open: BTreeMap<&str, &str> = BTreeMap::new();
    for line in text.lines() {
        match line.split_once('\t') {
            Some((number, what)) => open.insert(number, what),
            None => open.remove(line),
        };
    }
    let newest = open.into_iter().max_by_key(|(number, _)| number.parse::<u64>().unwrap_or(0));
    newest.map(|(_, what)| what.to_owned())
}

/// Keeps a log of what is being done where a parent asked for one, and begins to watch.
pub(super) fn watch() {
    if let Some(path) = std::env::var_os(LOG).map(PathBuf::from) {
        #[cfg(target_os = "linux")]
        die_with_parent();
        keep_log(&path);
    }
    // Without a watch all goes on as it would.
    let _ = thread::Builder::new().name("watch".to_owned()).spawn(|| {
        let mut since: BTreeMap<u64, Instant> = BTreeMap::new();
        loop {
            thread::sleep(PAUSE);
            let now = doing::all();
            let bounds = BOUNDS.lock().unwrap_or_else(PoisonError::into_inner).unwrap_or_default();
            since.retain(|number, _| now.iter().any(|(other, ..)| other == number));
            for (number, what, allowance) in &now {
                let began = *since.entry(*number).or_insert_with(Instant::now);
                let limit = u64::from(bounds.seconds) + u64::from(*allowance);
                if began.elapsed() > Duration::from_secs(limit) {
                    stop(&format!("{what}超过了{limit}秒"));
                }
            }
            // While something is read, drafted or set nothing is written yet: then it can be stopped.
            if let Some((_, what, _)) = now.last()
                && let Some(held) = resident().filter(|held| *held > u64::from(bounds.megabytes))
            {
                stop(&format!("{what}时内存用到{held} MB，超过了{} MB", bounds.megabytes));
            }
        }
    });
}

/// Dies when its parent does; at once, if the parent was killed before this was asked for.
#[cfg(target_os = "linux")]
#[expect(clippy::exit, reason = "nobody is there any more to be told")]
fn die_with_parent() {
    use rustix::process::{Signal, getppid, set_parent_process_death_signal};
    // Where it cannot be asked for, a killed parent leaves a child that ends what it began.
    let _ = set_parent_process_death_signal(Some(Signal::KILL));
    let parent = getppid().map(|parent| parent.as_raw_nonzero().to_string());
    if parent != std::env::var(PARENT).ok() {
        std::process::exit(2);
    }
}

fn keep_log(path: &Path) {
    let Ok(log) = Log::at(path) else { return };
    doing::tell(move |number, what| {
        log.write(&what.map_or_else(|| number.to_string(), |what| format!("{number}\t{}", what.replace('\n', " "))));
    });
}

/// How many megabytes of memory the program holds; `None` where the system does not say.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? >> 10)
}

#[expect(clippy::exit, reason = "what takes for ever cannot be asked to stop")]
fn stop(why: &str) {
    print::error(&format!("错误：{why}，停下了"));
    print::error(
        "没有写任何文件。多半是循环太多、嵌套太深或文件太大：改正它，或把它移出工作区，再运行；确要这样大的，在 data/office.yaml 写“限度”",
    );
    std::process::exit(2);
}
