//! 并行 — the same with each of many items, on all cores.
//!
//! typst works with rayon inside. A document that waits for its own parts on a shared pool would start the next whole
//! document on the same stack, and so on down until the stack overflows. So: plain threads that take numbers from a
//! counter, each with a pool of its own of one thread and a large stack.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

const STACK: usize = 32 << 20;

/// How many cores there are to work on.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get)
}

/// Does `work` on a pool of its own of one thread, whose stack is large enough for a document.
pub fn on_own_pool<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    match rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

/// The results of `work` on each item, in the order of the items, computed on `threads` threads.
pub fn parallel<T: Sync, R: Send>(items: &[T], threads: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(items.len()));
    let take = || {
        while let Some((index, item)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            items.get(index).map(|item| (index, item))
        } {
            let result = work(item);
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((index, result));
        }
    };
    let worker = || on_own_pool(take);
    std::thread::scope(|scope| {
        for _ in 1..threads.clamp(1, items.len().max(1)) {
            // A thread that cannot be had only makes it slower: this one takes its share.
            let _ = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker);
        }
        worker();
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// So many items that take a few microseconds each are worth a thread.
const STRETCH: usize = 500;

/// The results of `work` on each stretch of some hundred items, in the order of the items; on all cores where there is more than one
/// stretch.
pub fn in_stretches<T: Sync, R: Send>(items: &[T], work: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    if items.len() <= STRETCH {
        return vec![work(items)];
    }
    let stretches: Vec<&[T]> = items.chunks(STRETCH).collect();
    parallel(&stretches, threads(), |stretch| work(stretch))
}

/// The results of two pieces of work, done at the same time where there are two cores.
pub fn both<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(one, other)
}

/// Whether `test` holds for each item, on `threads` threads; after the first for which it does not, no other is asked.
pub fn all<T: Sync>(items: &[T], threads: usize, test: impl Fn(&T) -> bool + Sync) -> bool {
    let holds = AtomicBool::new(true);
    parallel(items, threads, |item| {
        if holds.load(Ordering::Relaxed) && !test(item) {
            holds.store(false, Ordering::Relaxed);
        }
    });
    holds.into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        let squares = parallel(&items, 4, |n| n * n);
        assert_eq!(squares, items.iter().map(|n| n * n).collect::<Vec<_>>());
        assert!(parallel(&[] as &[usize], 4, |n| *n).is_empty());
        for many in [0, 1, STRETCH, STRETCH + 1, 3 * STRETCH] {
            let items: Vec<usize> = (0..many).collect();
            assert_eq!(in_stretches(&items, <[usize]>::to_vec).concat(), items);
        }
        assert!(all(&items, 4, |n| *n < 100) && !all(&items, 4, |n| *n != 57));
    }
}
