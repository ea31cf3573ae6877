//! 工作台 — the office's own door, in a browser: pages over the same stages that the commands are, never a second way of doing them.
//! Every act runs the program itself with the words that a terminal would give it; every change is a change of a file of `data/`.
//!
//! ```text
//! server    axum: addresses, headers, limits, the end
//! entrance  coming in: the link that opens once, logging in, what every answer bears
//! door      who may come in: accounts, sessions, foreign pages
//! desk      the workspace in memory, read again when a file changes
//! fresh     a folder that is no workspace yet
//! typed     a text as it is being typed → its pages, its findings
//! saved     a text into its file, unless another changed it: then both are shown
//! acts      a command as a form, and what came of it
//! journal   who did what, when
//! frame     what stands around every page
//! pages     what is seen
//! ```

mod acts;
mod caret;
mod desk;
mod door;
mod entrance;
mod fields;
mod files;
mod frame;
mod fresh;
mod history;
mod journal;
mod merge;
mod pages;
mod requests;
mod saved;
mod server;
mod shown;
mod tables;
mod typed;

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::build::Room;
use crate::calendar::Day;

pub use door::accounts::{Accounts, Refused as AccountRefused, Role, UnknownRole};
pub use fresh::QUESTIONS;
pub use journal::{Entry, Journal};
pub use server::{Failed, serve};

/// What the command line hands over: where, for whom, and all that only it may ask for.
pub struct Setting {
    /// The workspace's folder.
    pub root: PathBuf,
    /// The address that is answered on.
    pub listen: SocketAddr,
    /// The names under which the office reaches it, beside the address itself (behind its proxy).
    pub hosts: Vec<String>,
    /// What is shown where no workbench is wanted: one room of the site, to read.
    pub only: Option<Room>,
    /// Where pages may be published to; `None` where whoever publishes types it.
    pub web_root: Option<PathBuf>,
    /// Whether each change is committed to the git of the workspace.
    pub git: bool,
    /// The program itself, which does what is asked for.
    pub program: PathBuf,
    /// Its commands.
    pub commands: clap::Command,
    /// The day of the work.
    pub day: Box<dyn Fn() -> Day + Send + Sync>,
    /// A day that was named on the command line, and is handed on.
    pub on: Option<Day>,
    /// Seconds that only grow.
    pub seconds: fn() -> u64,
    /// The time, for people.
    pub now: fn() -> String,
    /// Says something to whoever started it.
    pub say: fn(&str),
    /// Opens an address in the browser of whoever started it.
    pub open: Option<fn(&str)>,
}
