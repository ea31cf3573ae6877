//! 记忆 — typst remembers every step of every document that it sets; a thousand letters, or one table of a thousand rows, would
//! fill the memory with what is never asked for again.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// How often typst is made to forget: what it has not come back to between two times. What all documents share (the layouts, the
/// faces) it comes back to more often; a step that was forgotten too early is only computed once more.
const EVERY: Duration = Duration::from_millis(100);

/// Does `work`, while typst forgets what it does not come back to; after it, everything.
pub fn forgetting<R>(work: impl FnOnce() -> R) -> R {
    let (working, done) = channel::<()>();
    let result = thread::scope(|scope| {
        // If the thread cannot be started, typst only takes more memory.
        let _ = thread::Builder::new().spawn_scoped(scope, move || {
            while done.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                comemo::evict(1);
            }
        });
        // Dropped when the work ends, also if it panics: that ends the thread.
        let _working = working;
        work()
    });
    comemo::evict(0);
    result
}
