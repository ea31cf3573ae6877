//! 规模 — letters by the thousand: all printed, nothing changed, one enterprise changed; time, processor time, memory, and how large the cache
//! is. `cargo bench --bench scale` (`-- 100000` for as many; without it 1,000 and 10,000).

#![allow(clippy::disallowed_methods, reason = "a benchmark asks the clock and the machine")]
#![expect(clippy::print_stdout, clippy::expect_used, reason = "a benchmark reports and may stop")]

#[path = "shared/mod.rs"]
mod shared;

use std::fs;
use std::path::Path;
use std::time::Instant;

use hongtou::build::{Told, Whole, Workshop, publish};
use hongtou::calendar::Day;
use hongtou::disk::Cache;
use hongtou::parallel::threads;
use hongtou::project::Project;
use shared::{generate, peak_megabytes, processor_seconds};

// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let asked: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let counts = if asked.is_empty() { vec![1000, 10_000] } else { asked };
    for count in counts {
        let folder = tempfile::tempdir().expect("a temporary folder");
        generate(folder.path(), count, true);
        let full = measure(folder.path(), count, "全部印");
        let unchanged = measure(folder.path(), count, "没有变");
        let declared = folder.path().join("data/declarations/2023.yaml");
        let text = fs::read_to_string(&declared).expect("what was written");
        fs::write(&declared, text.replacen("2023: 7000万元", "2023: 7001万元", 1)).expect("a file is written");
        let one = measure(folder.path(), count, "改一家");
        let usage = Cache::at(folder.path().join("cache")).usage();
        println!(
            "{count}家：没有变是全部印的{:.1}%，改一家多{:.1}秒；缓存{} MB",
            unchanged / full * 100.0,
            one - unchanged,
            usage.bytes >> 20
        );
    }
}

/// Makes the output of a workspace as `hongtou build` does; how many seconds it took.
fn measure(root: &Path, count: usize, what: &str) -> f64 {
    let (started, cpu) = (Instant::now(), processor_seconds());
    let (told, kept) = make(root);
    let (wall, cpu) = (started.elapsed().as_secs_f64(), processor_seconds() - cpu);
    println!(
        "{count}家，{what}：{}件里{kept}件不用再印，{wall:.1}秒，处理器{cpu:.1}秒，内存最高{} MB",
        told.documents,
        peak_megabytes()
    );
    wall
}

/// What is told of the output, and how many of its documents were not printed again.
fn make(root: &Path) -> (Told, usize) {
    let (project, report) = Project::load(root, &[]);
    assert!(!report.has_errors(), "{:?}", report.findings().first());
    let on = Day::new(2024, 6, 30).expect("a day");
    let cache = Cache::at(root.join("cache"));
    let whole = Whole::of(&project, on, cache.clone());
    if let Some((told, _)) = whole.standing(root, &report) {
        return (told, told.documents);
    }
    let (workshop, _) = Workshop::new(&project, &report, on);
    let (output, found) = workshop.keeping(cache).build(threads(), &|_, _| {});
    assert!(!found.has_errors(), "{:?}", found.findings().first());
    publish(root, &output).expect("the output is written");
    whole.remember(root, &output, &report, &found).expect("what was made is remembered");
    (Told::of(&output), output.kept)
}
