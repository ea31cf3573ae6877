//! 调整 — what one document needs beyond the plain grid: that its first page shows some of its text (7.3.3) and that its
//! signature and date do not stand alone on a page (7.3.5.5).

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
}

/// How far the pitch may be changed, in points: 27.4 to 32 of 29.4. Beyond that it would be seen.
const RANGE: std::ops::RangeInclusive<f64> = -2.0..=2.5;
/// How far a character's step may be changed with it, as the last resort.
const NARROWER: f64 = -0.15;

/// The plain grid, in points: 22 lines in 225 mm, 28 characters in 156 mm (5.2.3).
const PITCH: f64 = (225.0 / 25.4 * 72.0 - 15.75) / 21.0;
const STEP: f64 = 156.0 / 25.4 * 72.0 / 28.0;

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
    pitches: Option<std::vec::IntoIter<(f64, f64)>>,
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
        let (pitch, step) = self.pitches.get_or_insert_with(|| pitches(pages).into_iter()).next()?;
        Some(Fit { pitch, step, ..fit })
    }
}

/// Changes of pitch and step that may bring text and closing together, the smallest first: as much tighter as takes the
/// closing back to the text's page, or as much looser as takes a line of text along to the closing's.
fn pitches(pages: &Pages) -> Vec<(f64, f64)> {
    let point = 72.0 / 25.4;
    let text: Vec<_> = text(pages).collect();
    let Some(page) = text.iter().map(|ink| ink.page).max() else { return Vec::new() };
    let mut baselines: Vec<(usize, i64)> = text.iter().map(|ink| (ink.page, tenths(ink.baseline))).collect();
    baselines.sort_unstable();
    baselines.dedup();
    #[expect(clippy::cast_precision_loss, reason = "no document has that many lines")]
    let lines = baselines.len().max(1) as f64;
    let end = text.iter().filter(|ink| ink.page == page).map(|ink| ink.bottom).fold(0.0, f64::max);
    let beyond = closing(pages).filter(|ink| ink.page > page).map(|ink| ink.bottom).fold(0.0, f64::max);
    let tighter = -((beyond - 37.0) * point + 16.0 - (262.0 - end) * point).max(2.0) / lines;
    let looser = ((262.0 - end) * point + 2.0) / lines;
    let mut tried: Vec<(f64, f64)> = [tighter, tighter * 1.3, looser, looser * 1.3, looser * 1.3 + 1.4]
        .into_iter()
        .filter(|pitch| RANGE.contains(pitch))
        .map(|pitch| ((pitch * 20.0).round() / 20.0, 0.0))
        .filter(|(pitch, _)| *pitch != 0.0)
        .collect();
    tried.sort_by(|a, b| a.0.abs().total_cmp(&b.0.abs()));
    tried.dedup();
    tried.extend([(*RANGE.end(), 0.0), (*RANGE.start(), 0.0), (*RANGE.start(), NARROWER)]);
    tried
}

#[expect(clippy::cast_possible_truncation, reason = "a height on a sheet")]
fn tenths(height: f64) -> i64 {
    (height * 10.0).round() as i64
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
