//! 印制有多快 — the documents of the sample workspace: printed by the press, compiled and exported by plain typst from the same
//! layouts and data, and measured. Every document is printed anew with other words, and typst's memory is emptied, so that it does not answer.
//!
//! `cargo bench --bench pages`. The press should cost at most 1.2 of plain typst, the ruler at most a tenth of it.

#![allow(clippy::disallowed_methods, reason = "a benchmark asks the clock and the machine")]
#![expect(clippy::print_stdout, clippy::expect_used, reason = "a benchmark reports and may stop")]

use std::path::Path;
use std::time::{Duration, Instant};

use hongtou::build::{Job, Workshop};
use hongtou::calendar::Day;
use hongtou::document::{Block, Document, Inline};
use hongtou::pdf::Press;
use hongtou::project::Project;

// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each document is printed.
const ROUNDS: usize = 10;

fn main() {
    let (project, _) = Project::load(Path::new(env!("CARGO_MANIFEST_DIR")), &[]);
    let on = Day::new(2024, 7, 1).expect("a day");
    let (workshop, _) = Workshop::new(&project, &hongtou::diag::Report::default(), on);
    let press = workshop.press().expect("a press");
    let single = project.notices.iter().filter(|(_, notice)| !notice.head.for_each);
    let documents: Vec<Document> = single
        .filter_map(|(slug, notice)| workshop.make(&Job::Notice { slug, notice }).0.map(|made| made.document))
        .collect();
    let mut total = Times::default();
    for document in &documents {
        let times = Times::of(document, press, on);
        println!("{:<24} {}", document.slug, times.line());
        total.add(&times);
    }
    println!("{:<24} {}", "total", total.line());
}

/// Time spent on a document.
#[derive(Default)]
struct Times {
    press: Duration,
    plain: Duration,
    measure: Duration,
}

impl Times {
    fn of(original: &Document, press: &Press, on: Day) -> Self {
        let mut times = Self::default();
        for round in 0..ROUNDS {
            let document = varied(original, 2 * round);
            comemo::evict(0);
            let start = Instant::now();
            let (print, _) = press.print(&document, on);
            times.press += start.elapsed();
            let print = print.expect("a print");
            let start = Instant::now();
            let measured = press.measure(&document, &print);
            times.measure += start.elapsed();
            assert!(!measured.is_empty(), "nothing was measured");
            let other = varied(original, 2 * round + 1);
            let data = press.data(&other);
            comemo::evict(0);
            let start = Instant::now();
            press.bare(&data, &other.slug, on).expect("a file");
            times.plain += start.elapsed();
        }
        times
    }

    fn add(&mut self, other: &Self) {
        self.press += other.press;
        self.plain += other.plain;
        self.measure += other.measure;
    }

    fn line(&self) -> String {
        let each = |time: Duration| time.as_secs_f64() * 1e3;
        format!(
            "press {:8.1} ms, plain typst {:8.1} ms ({:.2}), measure {:6.2} ms ({:.3})",
            each(self.press),
            each(self.plain),
            each(self.press) / each(self.plain),
            each(self.measure),
            each(self.measure) / each(self.plain),
        )
    }
}

/// The document with a number in each of its paragraphs.
fn varied(document: &Document, number: usize) -> Document {
    let mut document = document.clone();
    for block in &mut document.body {
        if let Block::Paragraph { text, .. } = block {
            text.push(Inline::text(format!("{number:02}")));
        }
    }
    document
}
