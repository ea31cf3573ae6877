//! 政策的测试 — cases that an official can read, the sample spoilt in one place, and boundaries made from the rules; each under a name of
//! its own: `cargo test --test law 差一分`.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod any_rule;
mod boundaries;
mod cases;
mod counted;
mod facts;
mod findings;

use libtest_mimic::Arguments;

fn main() {
    let trials = [cases::tests(), findings::tests(), boundaries::tests(), any_rule::tests(), counted::tests()];
    libtest_mimic::run(&Arguments::from_args(), trials.into_iter().flatten().collect()).exit();
}
