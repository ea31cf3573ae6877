//! 提前回行 — lines that would be stretched too far because something wide went on to the next one whole: they end early instead.

use std::collections::BTreeSet;

use super::super::grid::{SIZE, STEP, WIDEST};
use super::super::sheet::{Ink, Pages};

/// What the layouts call a piece that no line's end parts (`text.typ`).
const WIDE: &str = "wide-";

/// How far below a stretched line what stretches it may stand: breaks are chosen for a paragraph as a whole.
const BELOW: usize = 2;

/// The numbers of the wide pieces before which lines have to end early, as the stretched ones above them show.
pub(in crate::pdf) fn stretched(pages: &Pages) -> BTreeSet<u32> {
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

/// The number of the wide piece that a run belongs to.
fn number(ink: &Ink) -> Option<u32> {
    ink.elements.iter().find_map(|name| name.strip_prefix(WIDE)?.parse().ok())
}

/// Whether a run of Chinese characters alone is stretched too far.
fn is_stretched(ink: &Ink) -> bool {
    ink.step("").is_some_and(|step| step > WIDEST * STEP)
}
