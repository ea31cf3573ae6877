//! 调整 — what one document needs beyond the plain grid: that its first page shows some of its text (7.3.3) and that its
//! signature and date do not stand alone on a page (7.3.5.5).
//!
//! A change of pitch moves lines from page to page but breaks none of them anew. So the pages of another pitch are told from
//! those that are laid out, and only a pitch that is told to be right is tried.

use serde::Serialize;

use super::frames::{Ink, Pages};
use super::grid::{BOTTOM, PITCH, POINT, SIZE, STEP, TOP};

/// The adjustments of one document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(super) struct Fit {
    /// How much the line pitch is changed, in points.
    pub(super) pitch: f64,
    /// How much the character step is changed, in points.
    pub(super) step: f64,
    /// Whether the addressee moves to the colophon (7.3.2).
    pub(super) addressee_below: bool,
    /// Whether the end of the text moves to the page of the closing, where no pitch brings them together.
    pub(super) keep: bool,
}

/// How far the pitch may be changed, in twentieths of a point: 27.4 to 31.9 of 29.4. Beyond that it would be seen.
const RANGE: std::ops::RangeInclusive<i32> = -40..=50;
/// How far a character's step may be changed with it, as the last resort, in points.
const NARROWER: f64 = -0.15;
/// How many pitches are tried that are told to be right, and how far apart they are, in twentieths.
const TRIED: usize = 4;
const APART: i32 = 4;

/// From 发文字号 to the red rule (7.2.7).
const RULE_GAP: f64 = 4.0;
/// What lies nearer than that, in millimetres, lies on one line.
const NEAR: f64 = 1.0;

impl Fit {
    /// The line pitch in points, where it is changed from the plain one.
    pub(super) fn pitch_from(self, plain: f64) -> Option<f64> {
        (self.pitch != 0.0).then_some(plain + self.pitch)
    }

    /// The character step in points, where it is changed.
    pub(super) fn changed_step(self) -> Option<f64> {
        (self.step != 0.0).then_some(STEP / POINT + self.step)
    }

    /// The addressee moved to the colophon.
    fn with_addressee_below(self) -> Self {
        Self { addressee_below: true, ..self }
    }
}

/// What is tried for one document, one layout after the other.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    fits: Option<std::vec::IntoIter<Fit>>,
}

impl Attempts {
    /// The next thing to try after these pages, or `None` where they are good or nothing is left to try.
    pub(super) fn next(&mut self, fit: Fit, pages: &Pages) -> Option<Fit> {
        let body = pages.anchor("body").map_or(1, |anchor| anchor.page);
        if body > 1 && !fit.addressee_below {
            return Some(fit.with_addressee_below());
        }
        if !closing_is_alone(pages) {
            return None;
        }
        let addressee_below = fit.addressee_below;
        let fits = self.fits.get_or_insert_with(|| fits(pages).into_iter());
        fits.next().map(|next| Fit { addressee_below, ..next })
    }
}

/// What may bring text and closing together: a change of pitch, the smallest first, at last one of the step too; then the
/// end of the text on the closing's page.
fn fits(pages: &Pages) -> Vec<Fit> {
    let mut order: Vec<i32> = RANGE.filter(|change| *change != 0).collect();
    order.sort_by_key(|change| change.abs());
    let mut tried: Vec<i32> = Vec::new();
    if let Some(flow) = Flow::of(pages) {
        for change in order {
            if tried.len() < TRIED
                && tried.iter().all(|other| (other - change).abs() >= APART)
                && flow.holds_together(twentieths(change) * POINT)
            {
                tried.push(change);
            }
        }
    }
    for last in [*RANGE.end(), *RANGE.start()] {
        if !tried.contains(&last) {
            tried.push(last);
        }
    }
    let pitches = tried.into_iter().map(|change| Fit { pitch: twentieths(change), ..Fit::default() });
    let narrower = Fit { pitch: twentieths(*RANGE.start()), step: NARROWER, ..Fit::default() };
    pitches.chain([narrower, Fit { keep: true, ..Fit::default() }]).collect()
}

fn twentieths(change: i32) -> f64 {
    f64::from(change) / 20.0
}

/// The lines of the text, as they follow each other from page to page, and the room that the closing asks for below them.
#[derive(Debug)]
struct Flow {
    lines: Vec<Line>,
    /// From the bottom of the last line to that of the closing: what does not change with the pitch, in millimetres, and how
    /// many pitches.
    closing: Distance,
}

/// A line of the text.
#[derive(Debug)]
struct Line {
    /// How far it lies below the line before it; of the first one, below the edge of the sheet.
    step: Distance,
    /// How many lines a page must hold below this one for it not to move to the next.
    kept: u32,
}

/// A row of the text as it is laid out.
#[derive(Debug)]
struct Row<'a> {
    page: usize,
    top: f64,
    left: f64,
    /// The face of its first word, and whether it has no other.
    face: &'a str,
    one_face: bool,
    /// Whether it belongs to the 附件说明.
    note: bool,
}

impl<'a> Row<'a> {
    fn all(pages: &'a Pages) -> Vec<Self> {
        let mut rows: Vec<Self> = Vec::new();
        for ink in text(pages).filter(|ink| !ink.text.trim().is_empty()) {
            match rows.last_mut() {
                Some(row) if row.page == ink.page && (ink.top - row.top).abs() < SIZE / 2.0 => {
                    row.left = row.left.min(ink.left);
                    row.one_face &= row.face == ink.face;
                }
                _ => rows.push(Self {
                    page: ink.page,
                    top: ink.top,
                    left: ink.left,
                    face: &ink.face,
                    one_face: true,
                    note: ink.of("attachment-note"),
                }),
            }
        }
        rows
    }
}

/// A distance on the page: so many pitches and so many millimetres.
#[derive(Debug, Clone, Copy)]
struct Distance {
    pitches: f64,
    rest: f64,
}

impl Distance {
    fn of(length: f64) -> Self {
        let pitches = (length / (PITCH)).round();
        Self { pitches, rest: length - pitches * PITCH }
    }

    /// This one and another below it.
    fn and(self, other: Self) -> Self {
        Self { pitches: self.pitches + other.pitches, rest: self.rest + other.rest }
    }

    /// Its length where the pitch is changed by `change` millimetres.
    fn at(self, change: f64) -> f64 {
        self.pitches * (PITCH + change) + self.rest
    }
}

impl Flow {
    fn of(pages: &Pages) -> Option<Self> {
        let rows = Row::all(pages);
        let end = rows.last()?;
        let edge = rows.iter().map(|row| row.left).fold(f64::MAX, f64::min);
        let faces = rows.iter().map(|row| row.face);
        let usual = faces.clone().max_by_key(|face| faces.clone().filter(|other| other == face).count());
        let notes = rows.iter().filter(|row| row.note).count();
        let steps = [head(pages, rows.first()?.top)].into_iter().chain(rows.windows(2).map(|pair| match pair {
            [above, below] if above.page == below.page => Distance::of(below.top - above.top),
            _ => Distance { pitches: 1.0, rest: 0.0 },
        }));
        let first: Vec<bool> = rows.iter().map(|row| row.left > edge + NEAR || row.note).collect();
        // A heading, and all but the last line of a short 附件说明, which is not split.
        let whole = if (2..=5).contains(&notes) { rows.len() - notes..rows.len() - 1 } else { 0..0 };
        let sticky = rows.iter().enumerate();
        let sticky: Vec<bool> =
            sticky.map(|(index, row)| whole.contains(&index) || row.one_face && Some(row.face) != usual).collect();
        let lines = steps.zip(kept(&first, &sticky)).map(|(step, kept)| Line { step, kept }).collect();
        let parted = |beside: bool| closing(pages).filter(move |ink| (ink.page == end.page) == beside);
        let top = parted(false).map(|ink| ink.top).fold(f64::MAX, f64::min);
        let bottom = |beside| parted(beside).map(|ink| ink.bottom).fold(0.0, f64::max);
        let mut below = Distance::of(bottom(false) - top - SIZE);
        if parted(true).next().is_some() {
            below = below.and(Distance::of(bottom(true) - end.top - SIZE)).and(Distance { pitches: 1.0, rest: 0.0 });
        } else {
            // A seal asks for empty lines above its signature; a closing without one has its own (7.3.5).
            let least = if pages.element("stamp").next().is_some() { 2.0 } else { 1.0 };
            below.pitches += Distance::of(top - TOP).pitches.max(least) + 1.0;
        }
        Some(Self { lines, closing: below })
    }

    /// Whether the closing stands on the last page of the text where the pitch is changed by `change` millimetres.
    fn holds_together(&self, change: f64) -> bool {
        let mut top = 0.0;
        let pitch = PITCH + change;
        for (index, line) in self.lines.iter().enumerate() {
            let next = top + line.step.at(change);
            let beneath = f64::from(line.kept) * pitch;
            top = if index > 0 && next + SIZE + beneath > BOTTOM + 0.01 { TOP } else { next };
        }
        top + SIZE + self.closing.at(change) <= BOTTOM
    }
}

/// How many lines a page must hold below each line: typst leaves no line of a paragraph alone on either side of a page's end, and
/// what is `sticky` stays with the line below it. `first` are the lines with which paragraphs begin.
fn kept(first: &[bool], sticky: &[bool]) -> Vec<u32> {
    let begins = |index: usize| first.get(index).copied().unwrap_or(true);
    let mut kept = vec![0; first.len() + 1];
    for (index, sticks) in sticky.iter().enumerate().rev() {
        let below = if *sticks {
            1 + kept.get(index + 1).copied().unwrap_or(0)
        } else if begins(index + 1) {
            0
        } else {
            // Three lines stay together, and so do the first two and the last two of more.
            match (begins(index), begins(index + 2), begins(index + 3)) {
                (true, false, true) => 2,
                (true, ..) | (_, true, _) => 1,
                _ => 0,
            }
        };
        if let Some(line) = kept.get_mut(index) {
            *line = below;
        }
    }
    kept.truncate(first.len());
    kept
}

/// The top of the first line of text: the lines above it, from the mark or the head of the page on, change with the pitch;
/// the mark, the rule and what a title is larger than the text do not.
fn head(pages: &Pages, top: f64) -> Distance {
    let mark = pages.element("mark").map(|ink| ink.ink.1).fold(TOP, f64::max);
    let rule = pages.element("red-rule").map(|rule| RULE_GAP + rule.weight).sum::<f64>();
    let mut titles: Vec<(f64, f64)> = pages.element("title").map(|ink| (ink.top, ink.size * POINT - SIZE)).collect();
    titles.dedup_by(|a, b| (a.0 - b.0).abs() < NEAR);
    let fixed = mark + rule + titles.iter().map(|(_, larger)| larger).sum::<f64>();
    Distance::of(top - fixed).and(Distance { pitches: 0.0, rest: fixed })
}

/// The text beside which the closing has to stand: that of the body and the 附件说明.
fn text(pages: &Pages) -> impl Iterator<Item = &Ink> {
    pages.between("body", "body-end").chain(pages.element("attachment-note"))
}

/// Everything of the closing, with 附注.
fn closing(pages: &Pages) -> impl Iterator<Item = &Ink> {
    ["signature", "date", "stamp", "note"].into_iter().flat_map(|name| pages.element(name))
}

/// Whether part of the closing (with 附注) stands on a page that shows nothing of the text.
pub(super) fn closing_is_alone(pages: &Pages) -> bool {
    let page = |inks: &mut dyn Iterator<Item = &Ink>| inks.map(|ink| ink.page).max();
    page(&mut text(pages)).zip(page(&mut closing(pages))).is_some_and(|(text, closing)| text < closing)
}

#[cfg(test)]
mod tests {
    use super::kept;

    /// Paragraphs of one, two, three and four lines; then a heading above two lines.
    #[test]
    fn lines_that_stay_together() {
        let first = [1, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 1, 0].map(|begins| begins == 1);
        let mut sticky = [false; 13];
        sticky[10] = true;
        assert_eq!(kept(&first, &sticky), [0, 1, 0, 2, 1, 0, 1, 0, 1, 0, 2, 1, 0]);
        assert!(kept(&[], &[]).is_empty());
    }
}
