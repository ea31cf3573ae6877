//! 乱写 — the readers fed with what nobody wrote: the sample's own files and the cases of the tests, cut, joined, repeated, with signs put
//! in. Nothing may panic and nothing may take long, whatever stands there.
//!
//! Each reader gets 300 texts in every run; `HONGTOU_FUZZ=1000000 cargo test --release --test fuzz` gives it a million.

#![expect(clippy::disallowed_methods, reason = "tests read their own files and ask the clock")]
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

mod chance;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use chance::Chance;
use hongtou::award::Cases;
use hongtou::calendar::{Day, Year};
use hongtou::document::{Number, Outline};
use hongtou::draft::Notice;
use hongtou::draft::markdown::{self, Ground};
use hongtou::draft::pasted::Pasted;
use hongtou::money::Money;
use hongtou::policy::figure::figures;
use hongtou::policy::skeleton::skeleton;
use hongtou::policy::{Expression, Rules, quotes};
use hongtou::register::{CreditCode, DeclarationYear, Enterprise, LedgerYear, ReductionYear, Schema};
use hongtou::source::{FileId, Place, Source, Sources};
use hongtou::yaml;
use libtest_mimic::{Arguments, Failed, Trial};

/// No text of these lengths may take longer, in a program that was not optimised and on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);

/// What breaks readers: ends of everything, signs of each language, numbers beyond all bounds.
const SIGNS: [&str; 40] = [
    "\n",
    "\t",
    " ",
    "　",
    "---\n",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "{{",
    "}}",
    "{{#each a}}",
    "\"",
    "'",
    "|",
    "&a",
    "*a",
    "!!",
    "#",
    "# ",
    "（",
    "）",
    "一",
    "十",
    "亿",
    "万元",
    "%",
    "〔2024〕",
    "号",
    "0",
    "9999999999999999999",
    "-",
    "\u{feff}",
    "\u{200b}",
    "\u{202e}",
    "\u{301}",
    "![a](b)",
    "| a | b |\n|---|---|\n",
];

/// A reader: its name, and what it does with a text.
type Reader = (&'static str, fn(&str));

const READERS: [Reader; 8] = [
    ("YAML", |text| drop(yaml::parse(FileId(0), text))),
    ("数据", |text| {
        let mut sources = Sources::default();
        let id = sources.add(Source::new("a.yaml", text));
        let source = sources.get(id).unwrap();
        drop(yaml::read::<Vec<Enterprise>>(id, source));
        let schema = Schema::default();
        drop(yaml::read_normal::<DeclarationYear>(id, source, |tree| schema.normalise_year(tree)));
        drop(yaml::read::<LedgerYear>(id, source));
        drop(yaml::read::<ReductionYear>(id, source));
        drop(yaml::read_normal::<Cases>(id, source, |tree| Cases::normalise(tree, &schema)));
        drop(yaml::read::<Schema>(id, source));
        drop(yaml::read_normal::<Rules>(id, source, |tree| drop(quotes::take(tree))));
    }),
    ("公文头", |text| drop(Notice::read(FileId(0), &Source::new("a.md", text)))),
    ("Markdown", |text| drop(markdown::parse(text, Ground::File(FileId(0), 0)))),
    ("条文的数字", |text| drop(figures(text))),
    ("粘贴的条文", |text| {
        let pasted = Pasted::read(text);
        let source = pasted.source("意见", &[]);
        let head = source.strip_prefix("---\n").and_then(|source| source.split_once("\n---\n")).unwrap().0;
        let (_, found) = yaml::parse(FileId(0), head);
        assert!(!found.has_errors(), "{found:?}\n{head}");
        let (body, _) = markdown::parse(&pasted.body, Ground::File(FileId(0), 0));
        let drafted = skeleton(&Outline::of(&body.body), pasted.day, Year(2025)).text;
        let (_, found) = yaml::parse(FileId(0), &drafted);
        assert!(!found.has_errors(), "{found:?}\n{drafted}");
    }),
    ("算式", |text| {
        // An expression stands behind a key, in quotation marks, or in a list.
        for piece in text.lines().flat_map(|line| line.split([':', '"', '[', ']', '{', '}'])) {
            drop(Expression::new(piece.to_owned(), Place::head(FileId(0))));
        }
    }),
    ("单个的值", |text| {
        for line in text.lines() {
            let _ = line.parse::<Money>();
            let _ = line.parse::<Number>();
            let _ = line.parse::<CreditCode>();
            let _ = line.parse::<Day>();
        }
    }),
];

fn main() {
    let rounds = std::env::var("HONGTOU_FUZZ").ok().and_then(|text| text.parse().ok()).unwrap_or(300);
    let corpus: &'static [String] = Vec::leak(corpus());
    let trial = |(name, read): Reader| Trial::test(name, move || feed(read, corpus, rounds));
    let trials = READERS.into_iter().map(trial).chain([Trial::test("panic_is_seen", panic_is_seen)]);
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

/// Every text of the sample and of the cases, in pieces that are read quickly.
fn corpus() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    for folder in ["data", "tests/cases", "tests/workspaces", "templates/new"] {
        for entry in walkdir::WalkDir::new(root.join(folder)).sort_by_file_name().into_iter().flatten() {
            let path = entry.path();
            if !path.to_string_lossy().contains("/issued/")
                && path.extension().is_some_and(|ending| ending == "yaml" || ending == "md")
                && let Ok(text) = fs::read_to_string(path)
            {
                texts.push(text.chars().take(2000).collect());
            }
        }
    }
    texts
}

/// One of the texts, spoilt in a few places.
fn spoilt(chance: &mut Chance, corpus: &[String]) -> String {
    let pick = |chance: &mut Chance| -> Vec<char> { corpus[chance.below(corpus.len())].chars().collect() };
    let mut text = pick(chance);
    for _ in 0..=chance.below(6) {
        let (from, to) = (chance.below(text.len() + 1), chance.below(text.len() + 1));
        let range = from.min(to)..from.max(to);
        match chance.below(6) {
            0 => drop(text.drain(range)),
            1 => text.truncate(from),
            2 => {
                let part: Vec<char> = text[range].iter().copied().take(200).collect();
                let again = part.repeat(1 + chance.below(8));
                text.splice(from..from, again);
            }
            3 => {
                let other = pick(chance);
                let at = chance.below(other.len() + 1);
                text.splice(from..from, other[at..].iter().copied().take(300));
            }
            _ => {
                let sign: Vec<char> = SIGNS[chance.below(SIGNS.len())].chars().collect();
                text.splice(from..from, sign.repeat(1 + chance.below(3)));
            }
        }
        text.truncate(4000);
    }
    text.into_iter().collect()
}

fn feed(read: fn(&str), corpus: &[String], rounds: u64) -> Result<(), Failed> {
    let mut chance = Chance(9704);
    for round in 0..rounds {
        let text = spoilt(&mut chance, corpus);
        let started = Instant::now();
        let fine = catch_unwind(AssertUnwindSafe(|| read(&text))).is_ok();
        if !fine || started.elapsed() > LONGEST {
            let what = if fine { "took too long" } else { "panicked" };
            return Err(format!("text {round} {what}:\n{text}").into());
        }
    }
    Ok(())
}

/// The harness itself: a reader that panics on some text is found.
fn panic_is_seen() -> Result<(), Failed> {
    // As a panic unwinds, without its words.
    let bad = |text: &str| {
        if text.contains("金额") {
            std::panic::resume_unwind(Box::new(()));
        }
    };
    if feed(bad, &["金额: 5万元".to_owned()], 20).is_ok() { Err("a panic passes".into()) } else { Ok(()) }
}
