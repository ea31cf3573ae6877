//! 政策的测试 — cases that an official can read, the sample spoilt in one place, and boundaries made from the rules; each under a name of
//! its own: `cargo test --test law 差一分`.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]
#![expect(clippy::disallowed_methods, reason = "tests make and read their own files")]

mod any_rule;
mod boundaries;
mod cases;
mod counted;
mod documented;
mod facts;
mod findings;
mod identity;
mod renamed;
mod small;
mod words;

use std::path::Path;
use std::sync::LazyLock;

use hongtou::project::Project;
use libtest_mimic::Arguments;

/// The sample workspace, and the county that tries the kinds of rules that it has none of.
static SAMPLE: LazyLock<Project> = LazyLock::new(|| workspace("."));
static COUNTY: LazyLock<Project> = LazyLock::new(|| workspace("tests/workspaces/示例县"));

fn workspace(folder: &str) -> Project {
    Project::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &[]).0
}

fn main() {
    let trials = [
        cases::tests(),
        findings::tests(),
        boundaries::tests(),
        any_rule::tests(),
        counted::tests(),
        documented::tests(),
        identity::tests(),
        renamed::tests(),
        small::tests(),
        words::tests(),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials.into_iter().flatten().collect()).exit();
}
