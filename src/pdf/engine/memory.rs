//! 记忆 — typst remembers every step of every document that it sets; a thousand letters, or one table of a thousand rows, would
//! fill the memory with what is never asked for again.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// How often typst is made to forget. What all documents share (the layouts, the faces) it comes back to more often; a step that was
/// forgotten too early is only computed once more.
const EVERY: Duration = Duration::from_millis(100);

/// How many of these times a step outlives that typst does not come back to.
const TIMES: usize = 1;

/// A step of a large document outlives one time more for each of so many bytes of its data: so long typst looks through its pages.
const BYTES_A_TIME: usize = 512 << 10;

/// How many times it is now.
static NOW: AtomicUsize = AtomicUsize::new(TIMES);

/// Does `work`, while typst forgets what it does not come back to; after it, everything.
pub fn forgetting<R>(work: impl FnOnce() -> R) -> R {
    let (working, done) = channel::<()>();
    let result = thread::scope(|scope| {
        // If the thread cannot be started, typst only takes more memory.
        let _ = thread::Builder::new().spawn_scoped(scope, move || {
            while done.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                comemo::evict(NOW.load(Ordering::Relaxed));
            }
        });
        // Dropped when the work ends, also if it panics: that ends the thread.
        let _working = working;
        work()
    });
    comemo::evict(0);
    result
}

/// While a large document is set: typst asks for its tables once more when it knows all pages, and what was forgotten between the end
/// of the last table and that question would be set a second time, beside the first.
pub(in crate::pdf) struct Longer;

impl Longer {
    /// For a document of so many bytes of data.
    pub(in crate::pdf) fn of(bytes: usize) -> Self {
        NOW.store(TIMES + bytes / BYTES_A_TIME, Ordering::Relaxed);
        Self
    }
}

impl Drop for Longer {
    fn drop(&mut self) {
        NOW.store(TIMES, Ordering::Relaxed);
    }
}

/// Lets typst forget what it has not come back to for so many layouts.
pub fn remember(layouts: usize) {
    comemo::evict(layouts);
}
