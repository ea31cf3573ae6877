//! 命令 — the only place that prints, exits, and asks for arguments, environment and clock. One verb, one file.

mod agenda;
mod arguments;
mod awards;
#[cfg(feature = "s3")]
mod bucket;
#[cfg(not(feature = "s3"))]
#[path = "no_bucket.rs"]
mod bucket;
mod build;
mod cache;
mod chains;
mod check;
mod compare;
mod destination;
mod documents;
mod explain;
mod export;
mod findings;
mod fix;
mod fonts;
mod form;
mod grant;
mod guard;
mod import;
mod indicators;
mod init;
mod issue;
mod listing;
mod lists;
mod log;
mod measure;
mod merge;
mod new;
mod number;
mod opened;
mod policy;
mod progress;
mod publish;
mod render;
mod reprint;
mod serve;
mod statistics;
mod store;
mod table;
mod tasks;
mod user;
mod withdraw;

use std::path::PathBuf;
use std::process::ExitCode;

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::calendar::Day;
use crate::diag::Report;
use crate::disk::NotWritten;
use crate::project;
use arguments::{Arguments, Verb};

/// Why a command could not do its work at all.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// There is no workspace.
    #[error("{0}")]
    Workspace(String),
    /// What was asked for does not exist.
    #[error("{0}")]
    Unknown(String),
    /// Reading or writing failed. Whatever is written is written whole, so what was there before is there still.
    #[error("不能读写：{}；原来的内容没有动", crate::disk::reason(.0))]
    Io(#[from] std::io::Error),
    /// Something else that a person can mend.
    #[error("{0}")]
    Other(String),
}

/// How a command ended. 0: fine; 1: findings; 2: it could not be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Nothing to mend.
    Fine,
    /// There are findings that must be mended.
    Findings,
}

impl Ending {
    fn of(report: &Report) -> Self {
        if report.has_errors() { Self::Findings } else { Self::Fine }
    }
}

/// Runs the command line.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match arguments::parse() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    if let Some(code) = guard::supervised(&arguments) {
        return code;
    }
    guard::watch();
    let ending = run(&arguments);
    // What was said and did not arrive was not done, whatever else was.
    let ending = ending.and_then(|ending| print::arrived().map(|()| ending));
    match ending {
        Ok(Ending::Fine) => ExitCode::SUCCESS,
        Ok(Ending::Findings) => ExitCode::from(1),
        Err(failure) => {
            print::error(&format!("错误：{failure}"));
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<Ending, Failure> {
    let common = &arguments.common;
    match &arguments.verb {
        Verb::Build(options) => build::run(common, options),
        Verb::Merge(options) => merge::run(common, options),
        Verb::Cache(options) => cache::run(common, options),
        Verb::Check(options) => check::run(common, options),
        Verb::Awards(options) => awards::run(common, options),
        Verb::Explain(options) => explain::run(common, options),
        Verb::Grant(options) => grant::run(common, options),
        Verb::Documents(options) => documents::run(common, options),
        Verb::Issue(options) => issue::run(common, options),
        Verb::Withdraw(options) => withdraw::run(common, options),
        Verb::Reprint(options) => reprint::run(common, options),
        Verb::Agenda(options) => agenda::run(common, options),
        Verb::Statistics(options) => statistics::run(common, options),
        Verb::Render(options) => render::run(common, options),
        Verb::Measure(options) => measure::run(common, options),
        Verb::Serve(options) => serve::run(common, options),
        Verb::User(verb) => user::run(common, verb),
        Verb::Log(options) => log::run(common, options),
        Verb::Publish(options) => publish::run(common, options),
        Verb::Number(options) => number::run(common, options),
        Verb::Fix(options) => fix::run(common, options),
        Verb::New(options) => new::run(common, options),
        Verb::Import(options) => import::run(common, options),
        Verb::Export(options) => export::run(common, options),
        Verb::Compare(options) => compare::run(common, options),
        Verb::Form(options) => form::run(common, options),
        Verb::Policy(verb) => policy::run(common, verb),
        Verb::Progress(options) => progress::run(common, options),
        Verb::Indicators(options) => indicators::run(common, options),
        Verb::Lists(options) => lists::run(common, options),
        Verb::Chains(options) => chains::run(common, options),
        Verb::Tasks(verb) => tasks::run(common, verb),
        Verb::Init(options) => init::run(common, options),
        Verb::Fonts(options) => fonts::run(common, options),
        Verb::Completions(options) => arguments::completions(options),
        Verb::Man => arguments::man(),
    }
}

/// That a file of the workspace was not written, and why.
fn unwritten(path: &str, error: NotWritten) -> Failure {
    match error {
        NotWritten::Changed => Failure::Other(format!("{path} {error}；再运行一次")),
        NotWritten::Io(error) => Failure::Io(error),
    }
}

impl arguments::Common {
    /// The workspace's folder.
    fn root(&self) -> Result<PathBuf, Failure> {
        #[expect(clippy::disallowed_methods, reason = "cli asks the environment")]
        let current = std::env::current_dir()?;
        project::find_root(self.root.as_deref(), &current).ok_or_else(|| {
            let place = self.root.as_deref().unwrap_or(&current).display();
            Failure::Workspace(format!(
                "{place} 里没有 data 文件夹，不是工作区。用 --root 指明工作区，或用 hongtou init 新建一个"
            ))
        })
    }

    /// The day of the work: as named, or today in China.
    fn day(&self) -> Day {
        self.on.unwrap_or_else(today)
    }
}

/// Today in China.
#[expect(clippy::disallowed_methods, reason = "cli asks the clock")]
fn today() -> Day {
    let now = Offset::constant(8).to_datetime(Timestamp::now());
    // The clock always shows a day that the calendar has.
    Day::new(now.year(), now.month(), now.day()).unwrap_or_else(Day::last)
}

/// Seconds since the program began.
#[expect(clippy::disallowed_methods, reason = "cli asks the clock")]
fn seconds() -> u64 {
    static BEGUN: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    BEGUN.elapsed().as_secs()
}

/// The time in China, for people.
#[expect(clippy::disallowed_methods, reason = "cli asks the clock")]
fn now() -> String {
    Offset::constant(8).to_datetime(Timestamp::now()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Printing: to the terminal or into a pipe, whose closed end is no error worth a word; a full disk is one.
pub(crate) mod print {
    use std::io::{ErrorKind, Write};
    use std::sync::Mutex;

    use super::Failure;

    /// What the system said of the first output that did not arrive.
    static LOST: Mutex<Option<std::io::Error>> = Mutex::new(None);

    /// Prints to standard output.
    pub(crate) fn out(text: &str) {
        note(writeln!(std::io::stdout().lock(), "{}", inert(text.trim_end_matches('\n'))));
    }

    /// Control characters of data as pictures of themselves (␛): a terminal does what they say, and nobody asked for that.
    fn inert(text: &str) -> std::borrow::Cow<'_, str> {
        let acts = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
        if !text.contains(acts) {
            return text.into();
        }
        let picture =
            |c: char| char::from_u32(0x2400 + u32::from(c)).filter(|_| u32::from(c) < 0x20).unwrap_or('\u{fffd}');
        text.chars().map(|c| if acts(c) { picture(c) } else { c }).collect::<String>().into()
    }

    fn note(printed: std::io::Result<()>) {
        if let Err(error) = printed
            && error.kind() != ErrorKind::BrokenPipe
        {
            LOST.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get_or_insert(error);
        }
    }

    /// Whether all that was printed arrived.
    pub(super) fn arrived() -> Result<(), Failure> {
        note(std::io::stdout().lock().flush());
        let lost = LOST.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        lost.map_or(Ok(()), |error| Err(Failure::Other(format!("结果写不出去：{}", crate::disk::reason(&error)))))
    }

    /// Prints to standard error.
    pub(crate) fn error(text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{}", text.trim_end_matches('\n'));
    }
}
