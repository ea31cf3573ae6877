//! 正在做的 — what each thread is at, so that whoever watches can say what takes for ever, and what the program was at when it
//! died of it. Nothing is decided here: the clock, the limits and the words are the command's.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

/// What is being done: its number, what it is, and for how many seconds more than usual it may take.
type Now = BTreeMap<u64, (String, u32)>;

static NOW: Mutex<(u64, Now)> = Mutex::new((0, BTreeMap::new()));

/// Who is told of each beginning (with the words) and each end (without).
type Listener = Box<dyn Fn(u64, Option<&str>) + Send + Sync>;

static LISTENER: OnceLock<Listener> = OnceLock::new();

/// Something that is being done, until this is dropped.
#[must_use = "it is done when this is dropped"]
#[derive(Debug)]
pub struct Doing(u64);

/// Says what this thread begins: a file that it reads, a document that it sets.
pub fn doing(what: impl Into<String>) -> Doing {
    doing_long(what, 0)
}

/// Says what this thread begins, and how many seconds more than usual it may take.
pub fn doing_long(what: impl Into<String>, allowance: u32) -> Doing {
    let what = what.into();
    let number = {
        let mut now = NOW.lock().unwrap_or_else(PoisonError::into_inner);
        now.0 += 1;
        let number = now.0;
        now.1.insert(number, (what.clone(), allowance));
        number
    };
    if let Some(listener) = LISTENER.get() {
        listener(number, Some(&what));
    }
    Doing(number)
}

impl Drop for Doing {
    fn drop(&mut self) {
        NOW.lock().unwrap_or_else(PoisonError::into_inner).1.remove(&self.0);
        if let Some(listener) = LISTENER.get() {
            listener(self.0, None);
        }
    }
}

/// All that is being done now.
#[must_use]
pub fn all() -> Vec<(u64, String, u32)> {
    let now = NOW.lock().unwrap_or_else(PoisonError::into_inner);
    now.1.iter().map(|(number, (what, allowance))| (*number, what.clone(), *allowance)).collect()
}

/// Tells someone of all that begins and ends from now on; the first who asks.
pub fn tell(listener: impl Fn(u64, Option<&str>) + Send + Sync + 'static) {
    // Only the command asks, once.
    let _ = LISTENER.set(Box::new(listener));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_is_known_while_it_is_done() {
        let known = || all().into_iter().any(|(_, what, more)| what == "读某个文件" && more == 5);
        let one = doing_long("读某个文件", 5);
        assert!(known());
        drop(one);
        assert!(!known());
    }
}
