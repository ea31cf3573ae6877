//! 提交 — every change as a commit of the workspace's own git, where whoever started the workbench wants that (`hongtou serve --git`).

use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::Command;
use tokio::sync::Mutex;

/// What of the workspace is committed.
const KEPT: &str = "data";

/// Nothing that lies in the workspace is run: no hook, no watcher, no signing program.
const PLAIN: [&str; 4] =
    ["core.hooksPath=/dev/null", "core.fsmonitor=false", "commit.gpgSign=false", "core.quotePath=false"];

/// Commits, one at a time.
pub(super) struct History {
    root: PathBuf,
    turn: Mutex<()>,
}

impl History {
    pub(super) fn of(root: &Path) -> Self {
        Self { root: root.to_owned(), turn: Mutex::new(()) }
    }

    /// Whether there is a git that this can be kept in, and none that runs programs on what it is given: whose settings come with the
    /// workspace may name any.
    pub(super) async fn is_kept(&self) -> bool {
        self.git(&["rev-parse", "--is-inside-work-tree"]).await.is_ok()
            && self.git(&["config", "--local", "--includes", "--get-regexp", "^filter\\."]).await.is_err()
    }

    /// Keeps what `data/` says now, as done by somebody; where nothing of it changed there is nothing to keep.
    pub(super) async fn keep(&self, who: &str, what: &str) -> io::Result<()> {
        let _turn = self.turn.lock().await;
        self.git(&["add", "--all", "--", KEPT]).await?;
        if self.git(&["diff", "--cached", "--quiet", "--no-ext-diff", "--no-textconv", "--", KEPT]).await.is_ok() {
            return Ok(());
        }
        let plain = |text: &str| text.replace(['<', '>', '\n', '\r'], " ").trim().to_owned();
        let author = format!("--author={} <hongtou@localhost>", plain(who));
        let message = format!("--message={what}");
        self.git(&["commit", "--quiet", "--no-verify", &author, &message, "--", KEPT]).await
    }

    async fn git(&self, words: &[&str]) -> io::Result<()> {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.root);
        command.args(PLAIN.iter().flat_map(|setting| ["-c", *setting]));
        // Whoever keeps it, where git has not been told who that is.
        command.args(["-c", "user.name=红头工作台", "-c", "user.email=hongtou@localhost"]).args(words);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
        let done = command.output().await?;
        if done.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&done.stderr);
        Err(io::Error::other(said.lines().next().unwrap_or("git 没有做成").to_owned()))
    }
}
