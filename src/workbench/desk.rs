//! 书桌 — the workspace as it is now, in memory: read once, asked by many, and read again when a file of it changes. While it is read again
//! the one before answers.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::sync::{oneshot, watch};

use crate::build::Workshop;
use crate::calendar::Day;
use crate::diag::Report;
use crate::parallel::{on_own_pool, threads};
use crate::project::{Project, stamp};

/// How often the workspace is looked at.
const PAUSE: Duration = Duration::from_millis(400);

/// How many questions are answered at the same time.
const CLERKS: usize = 2;

/// The workspace, for one question.
pub(super) struct View<'p> {
    /// What it says.
    pub(super) project: &'p Project,
    /// What documents are made with.
    pub(super) workshop: &'p Workshop<'p>,
    /// What reading it found.
    pub(super) read: &'p Report,
    /// What a look at all documents found; looked for when it is first asked for.
    inspected: OnceLock<Report>,
    /// The day of the work.
    pub(super) on: Day,
    /// The how-manieth reading it is.
    pub(super) round: u64,
}

impl View<'_> {
    /// All that `hongtou check` says.
    pub(super) fn findings(&self) -> &Report {
        self.inspected.get_or_init(|| {
            let mut report = self.read.clone();
            report.absorb(self.workshop.inspect(threads()));
            report.sort();
            report
        })
    }
}

type Question = Box<dyn FnOnce(&View<'_>) + Send>;

#[derive(Default)]
struct State {
    questions: VecDeque<Question>,
    /// The reading that answers.
    current: u64,
    /// How often someone wanted the files looked at, and up to which time that was done.
    wanted: u64,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The desk.
pub(super) struct Desk {
    shared: Arc<Shared>,
    rounds: watch::Receiver<u64>,
    looked: watch::Receiver<u64>,
}

/// Nobody could answer: the work on it broke off.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unanswered;

impl Desk {
    /// Reads the workspace, and goes on looking at it.
    pub(super) fn new(root: PathBuf, day: Box<dyn Fn() -> Day + Send + Sync>) -> std::io::Result<Self> {
        let shared = Arc::<Shared>::default();
        let (round, rounds) = watch::channel(0);
        let (look, looked) = watch::channel(0);
        let own = Arc::clone(&shared);
        thread::Builder::new().name("desk".to_owned()).spawn(move || attend(&own, &root, &day, &round, &look))?;
        Ok(Self { shared, rounds, looked })
    }

    /// Asks about the workspace as it is now.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&View<'_>) -> T + Send + 'static,
    ) -> Result<T, Unanswered> {
        let (tell, told) = oneshot::channel();
        let question = Box::new(move |view: &View<'_>| {
            // Who went away does not hear the answer.
            let _ = tell.send(question(view));
        });
        self.shared.state().questions.push_back(question);
        self.shared.changed.notify_all();
        told.await.map_err(|_| Unanswered)
    }

    /// The number of the reading that answers, and each new one.
    pub(super) fn rounds(&self) -> watch::Receiver<u64> {
        self.rounds.clone()
    }

    /// Waits until what was just written is what answers.
    pub(super) async fn refreshed(&self) {
        let wanted = {
            let mut state = self.shared.state();
            state.wanted += 1;
            state.wanted
        };
        self.shared.changed.notify_all();
        let mut looked = self.looked.clone();
        // The desk ends with the program.
        let _ = looked.wait_for(|looked| *looked >= wanted).await;
    }
}

/// Reads the workspace, and again whenever it is another.
fn attend(
    shared: &Arc<Shared>,
    root: &std::path::Path,
    day: &(dyn Fn() -> Day + Send + Sync),
    round: &watch::Sender<u64>,
    look: &watch::Sender<u64>,
) {
    let mut seen = None;
    let mut number = 0;
    thread::scope(|scope| {
        loop {
            let wanted = shared.state().wanted;
            let now = Some((stamp(root), day()));
            if now != seen {
                seen = now;
                number += 1;
                let on = day();
                let reading = number;
                let begun = thread::Builder::new()
                    .name(format!("reading-{reading}"))
                    .spawn_scoped(scope, move || read(shared, root, on, reading));
                if begun.is_ok() {
                    let state = shared.state();
                    drop(
                        shared
                            .changed
                            .wait_while(state, |state| state.current < reading)
                            .unwrap_or_else(PoisonError::into_inner),
                    );
                    round.send_replace(reading);
                }
            }
            look.send_replace(wanted);
            let state = shared.state();
            drop(shared.changed.wait_timeout_while(state, PAUSE, |state| state.wanted == wanted));
        }
    });
}

/// Reads the workspace and answers questions about it until another reading does.
fn read(shared: &Shared, root: &std::path::Path, on: Day, round: u64) {
    let begun = || {
        shared.state().current = round;
        shared.changed.notify_all();
    };
    let done = catch_unwind(AssertUnwindSafe(|| {
        on_own_pool(|| {
            let (project, mut read) = Project::load(root, &[]);
            let (workshop, found) = Workshop::new(&project, &read, on);
            read.absorb(found);
            let view =
                View { project: &project, workshop: &workshop, read: &read, inspected: OnceLock::new(), on, round };
            begun();
            thread::scope(|scope| {
                for _ in 1..CLERKS {
                    let clerk = || on_own_pool(|| answer(shared, &view));
                    // One who cannot be had only makes the others slower.
                    let _ = thread::Builder::new().spawn_scoped(scope, clerk);
                }
                answer(shared, &view);
            });
        });
    }));
    if done.is_err() {
        // Whoever waits for this reading must not wait for ever.
        begun();
    }
}

fn answer(shared: &Shared, view: &View<'_>) {
    loop {
        let question = {
            let mut state = shared.state();
            loop {
                if state.current != view.round {
                    return;
                }
                match state.questions.pop_front() {
                    Some(question) => break question,
                    None => state = shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
                }
            }
        };
        // What breaks on one question is that question's loss alone: whoever asked is told so.
        let _ = catch_unwind(AssertUnwindSafe(|| question(view)));
    }
}
