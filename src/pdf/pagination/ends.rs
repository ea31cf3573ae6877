//! 回行 — lines that have to end elsewhere, as the pages show: where a mark would begin a line, what it belongs to takes it along; where
//! something wide went on to the next line whole and the one before would be stretched too far, that one ends early.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::grid::{SIZE, STEP, WIDEST};
use super::super::sheet::{Ink, Pages};

/// What the layouts call a piece that no line's end parts (`text.typ`).
const WIDE: &str = "wide-";

/// How far below a stretched line what stretches it may stand: breaks are chosen for a paragraph as a whole.
const BELOW: usize = 2;

/// How often a document's lines are looked through: where one ends elsewhere, others are broken anew.
const LOOKS: u32 = 20;

/// How often among them for stretched ones.
const LOOKS_FOR_STRETCHED: u32 = 6;

/// The pieces of a text that its lines have to heed, by their numbers; the layouts read them.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(in crate::pdf) struct Ends {
    /// Those that take the mark behind them along.
    held: BTreeSet<u32>,
    /// Those before which a line ends early.
    early: BTreeSet<u32>,
    #[serde(skip)]
    looks: u32,
    #[serde(skip)]
    looks_for_stretched: u32,
}

impl Ends {
    /// Takes in what the pages show; whether they have to be laid out again.
    pub(in crate::pdf) fn look(&mut self, pages: &Pages) -> bool {
        if self.looks == LOOKS {
            return false;
        }
        self.looks += 1;
        if add(&mut self.held, followed(pages)) {
            // The lines below are others now.
            self.early.clear();
            self.looks_for_stretched = 0;
            return true;
        }
        if self.looks_for_stretched == LOOKS_FOR_STRETCHED {
            return false;
        }
        self.looks_for_stretched += 1;
        let more = add(&mut self.early, stretching(pages));
        if !more {
            self.looks_for_stretched = LOOKS_FOR_STRETCHED;
        }
        more
    }
}

/// Adds those numbers; whether there was one among them that is new.
fn add(to: &mut BTreeSet<u32>, numbers: BTreeSet<u32>) -> bool {
    let before = to.len();
    to.extend(numbers);
    to.len() > before
}

/// The pieces below lines that are stretched too far.
fn stretching(pages: &Pages) -> BTreeSet<u32> {
    let text = |ink: &&Ink| {
        !ink.text.is_empty() && ["table", "caption", "furniture", "mark", "title"].iter().all(|name| !ink.of(name))
    };
    let mut lines: Vec<Vec<&Ink>> = Vec::new();
    for ink in pages.ink.iter().filter(text) {
        match lines.last_mut().and_then(|line| line.first().copied().zip(Some(line))) {
            Some((first, line)) if first.page == ink.page && (first.baseline - ink.baseline).abs() < SIZE / 2.0 => {
                line.push(ink);
            }
            _ => lines.push(vec![ink]),
        }
    }
    let below = |index: usize| {
        lines.iter().skip(index + 1).take(BELOW).find_map(|line| line.first().and_then(|ink| number(ink)))
    };
    let stretched = lines.iter().enumerate().filter(|(_, line)| line.iter().any(|ink| is_stretched(ink)));
    stretched.filter_map(|(index, _)| below(index)).collect()
}

/// The pieces at whose end a line ends though a mark follows them.
fn followed(pages: &Pages) -> BTreeSet<u32> {
    pages.line_ends().filter(|(_, next)| next.begins_with_a_stop()).filter_map(|(end, _)| number(end)).collect()
}

/// The number of the piece that a run belongs to.
fn number(ink: &Ink) -> Option<u32> {
    ink.elements.iter().find_map(|name| name.strip_prefix(WIDE)?.parse().ok())
}

/// Whether a run of Chinese characters alone is stretched too far.
fn is_stretched(ink: &Ink) -> bool {
    ink.step("").is_some_and(|step| step > WIDEST * STEP)
}
