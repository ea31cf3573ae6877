//! 记录的测试 — the life of a document and of a payment as stories that an official can read (`tests/cases/record`), what holds of any
//! course of events, and what a program that is killed leaves behind; each under a name of its own: `cargo test --test record 更正`.

#![allow(clippy::disallowed_methods, reason = "tests make and read their own files")]
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod chance;
mod workspace;

/// The files of `tests/record`.
mod record {
    #[cfg(unix)]
    pub(crate) mod kills;
    #[cfg(unix)]
    pub(crate) mod outputs;
    pub(crate) mod properties;
    pub(crate) mod stories;
}

use libtest_mimic::Arguments;
use record::{properties, stories};

fn main() {
    let mut trials = stories::tests();
    trials.extend(properties::tests());
    #[cfg(unix)]
    trials.extend(record::kills::tests().into_iter().chain(record::outputs::tests()));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
