//! 一千家企业 — the whole way from declarations to letters: how many documents a second, how much processor time each, how
//! much memory. `cargo bench --bench letters` (`-- 100` for as many enterprises; `-- letters` for the letters alone, without the
//! two notices that list a thousand enterprises on more than a hundred pages each).

#![allow(clippy::disallowed_methods, reason = "a benchmark asks the clock and the machine")]
#![expect(clippy::print_stdout, clippy::expect_used, reason = "a benchmark reports and may stop")]

#[path = "shared/mod.rs"]
mod shared;

use std::time::Instant;

use hongtou::build::Workshop;
use hongtou::calendar::Day;
use hongtou::project::Project;
use shared::{generate, peak_megabytes, processor_seconds};

// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let count = std::env::args().filter_map(|argument| argument.parse().ok()).next_back().unwrap_or(1000);
    let alone = std::env::args().any(|argument| argument == "letters");
    let folder = tempfile::tempdir().expect("a temporary folder");
    generate(folder.path(), count, alone);
    let started = Instant::now();
    let (project, report) = Project::load(folder.path(), &[]);
    assert!(!report.has_errors(), "{report:?}");
    println!("读取{count}家企业：{:.2}秒", started.elapsed().as_secs_f64());
    let on = Day::new(2024, 6, 30).expect("a day");
    let (workshop, _) = Workshop::new(&project, &hongtou::diag::Report::default(), on);
    let threads = hongtou::parallel::threads();
    let (started, cpu) = (Instant::now(), processor_seconds());
    let (output, report) = workshop.build(threads, &|_, _| {});
    assert!(!report.has_errors(), "{:?}", report.findings().first());
    let (wall, cpu) = (started.elapsed().as_secs_f64(), processor_seconds() - cpu);
    let documents = output.documents;
    println!(
        "{documents}件公文，{}页，{threads}个线程：{wall:.1}秒，每秒{:.1}件，每件处理器时间{:.1}毫秒，内存最高{} MB",
        output.pages,
        f64::from(u32::try_from(documents).unwrap_or(u32::MAX)) / wall,
        cpu * 1000.0 / f64::from(u32::try_from(documents).unwrap_or(u32::MAX)),
        peak_megabytes()
    );
}
