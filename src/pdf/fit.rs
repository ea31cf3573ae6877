//! 调整 — what one document needs beyond the plain grid: that its first page shows some of its text (7.3.3) and that its
//! signature and date do not stand alone on a page (7.3.5.5).
//!
//! A change of pitch moves lines from page to page but breaks none of them anew. So the pages of another pitch are told from
//! those that are laid out, and only a pitch that is told to be right is tried.

use serde::Serialize;

use super::frames::{Ink, Pages};

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

/// A point in millimetres; a character of the text, the first line's top and the last line's bottom on a page (5.2).
const POINT: f64 = 25.4 / 72.0;
const SIZE: f64 = 15.75 * POINT;
const TOP: f64 = 37.0;
const BOTTOM: f64 = 262.0;
/// The plain grid, in points: 22 lines in 225 mm, 28 characters in 156 mm (5.2.3).
const PITCH: f64 = (225.0 / POINT - 15.75) / 21.0;
const STEP: f64 = 156.0 / POINT / 28.0;
/// From 发文字号 to the red rule (7.2.7).
const RULE_GAP: f64 = 4.0;
/// What lies nearer than that, in millimetres, lies on one line.
const NEAR: f64 = 1.0;

impl Fit {
    /// Pitch and step in points, where they were changed.
    pub(super) fn tightened(self) -> Option<(f64, f64)> {
        (self.pitch != 0.0 || self.step != 0.0).then_some((PITCH + self.pitch, STEP + self.step))
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
    /// Whether a paragraph begins with it.
    first: bool,
    /// Whether it stays with the line below it: a heading.
    sticky: bool,
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
        let pitches = (length / (PITCH * POINT)).round();
        Self { pitches, rest: length - pitches * PITCH * POINT }
    }

    /// This one and another below it.
    fn and(self, other: Self) -> Self {
        Self { pitches: self.pitches + other.pitches, rest: self.rest + other.rest }
    }

    /// Its length where the pitch is changed by `change` millimetres.
    fn at(self, change: f64) -> f64 {
        self.pitches * (PITCH * POINT + change) + self.rest
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
        let line = |(row, step): (&Row<'_>, Distance)| Line {
            step,
            first: row.left > edge + NEAR || row.note,
            sticky: row.one_face && Some(row.face) != usual,
        };
        let mut lines: Vec<Line> = rows.iter().zip(steps).map(line).collect();
        // A short 附件说明 is not split.
        if (2..=5).contains(&notes) {
            let count = lines.len();
            lines.iter_mut().take(count - 1).skip(count - notes).for_each(|line| line.sticky = true);
        }
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
        let pitch = PITCH * POINT + change;
        for (index, line) in self.lines.iter().enumerate() {
            let next = top + line.step.at(change);
            let beneath = f64::from(self.kept_with(index)) * pitch;
            top = if index > 0 && next + SIZE + beneath > BOTTOM + 0.01 { TOP } else { next };
        }
        top + SIZE + self.closing.at(change) <= BOTTOM
    }

    /// How many lines a page must hold below this one for it not to move to the next: typst leaves no line of a paragraph
    /// alone on either side of a page's end, and a heading stays with its text.
    fn kept_with(&self, index: usize) -> u32 {
        let is_first = |index: usize| self.lines.get(index).is_none_or(|line| line.first);
        if self.lines.get(index).is_some_and(|line| line.sticky) {
            return 1 + self.kept_with(index + 1);
        }
        if is_first(index + 1) {
            return 0;
        }
        // Three lines stay together, and so do the first two and the last two of more.
        match (is_first(index), is_first(index + 2), is_first(index + 3)) {
            (true, false, true) => 2,
            (true, ..) | (_, true, _) => 1,
            _ => 0,
        }
    }
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
