//! 印制有多快 — the documents of the sample workspace: printed by the press, compiled and exported by plain typst from the same
//! layouts and data, and measured. Every document is printed anew with other words, and typst's memory is emptied, so that it does not answer.
//! Then letters, beside the same words and tables as anybody would write them in typst (`shared/plain.typ`).
//!
//! `cargo bench --bench pages`. The press should cost at most 1.2 of plain typst, the ruler at most a tenth of it.

#![allow(clippy::disallowed_methods, reason = "a benchmark asks the clock and the machine")]
#![expect(clippy::print_stdout, clippy::expect_used, reason = "a benchmark reports and may stop")]

#[path = "shared/mod.rs"]
mod shared;

use std::fs;
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

/// How many letters are printed.
const LETTERS: usize = 60;

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
    letters(on);
}

/// Prints letters one after the other, by the press and as plain files; typst keeps what it would of the last few, as when a year's are
/// printed.
fn letters(on: Day) {
    let (official, plain) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    shared::generate(official.path(), LETTERS, true);
    shared::generate(plain.path(), LETTERS, true);
    let layouts = plain.path().join("templates/layout");
    fs::create_dir_all(&layouts).expect("a folder is made");
    fs::write(layouts.join("main.typ"), include_str!("shared/plain.typ")).expect("a file is written");
    let none = hongtou::diag::Report::default();
    let (project, plainly) = (Project::load(official.path(), &[]).0, Project::load(plain.path(), &[]).0);
    let (workshop, plainly) = (Workshop::new(&project, &none, on).0, Workshop::new(&plainly, &none, on).0);
    let (press, plainly) = (workshop.press().expect("a press"), plainly.press().expect("a press"));
    let jobs = project.notices.iter().flat_map(|(slug, notice)| workshop.letters(slug, notice));
    let documents: Vec<Document> = jobs.filter_map(|job| workshop.compose(&job).0).collect();
    let each = |print: &dyn Fn(&Document) -> usize| {
        comemo::evict(0);
        let start = Instant::now();
        let mut pages = 0;
        for document in &documents {
            pages += print(document);
            comemo::evict(1);
        }
        (start.elapsed().as_secs_f64() * 1e3 / f64::from(u32::try_from(documents.len()).unwrap_or(u32::MAX)), pages)
    };
    let bare = |press: &Press, document: &Document| press.bare(document, on).expect("a file").len();
    let (printed, pages) = each(&|document| press.print(document, on).0.expect("a print").pages);
    let (once, _) = each(&|document| bare(press, document));
    let (plain, _) = each(&|document| bare(plainly, document));
    println!(
        "{} letters, {pages} pages: press {printed:.1} ms a letter, its layouts once {once:.1} ms, the same words and tables in plain typst {plain:.1} ms ({:.2})",
        documents.len(),
        printed / plain
    );
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
            comemo::evict(0);
            let start = Instant::now();
            press.bare(&other, on).expect("a file");
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
