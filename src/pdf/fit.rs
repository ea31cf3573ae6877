//! 调整 — what one document needs beyond the plain grid: that its first page shows some of its text (7.3.3) and that its
//! signature and date do not stand alone on a page (7.3.5.5).

use serde::Serialize;

use super::flow::{Flow, closing_is_alone};
use super::frames::Pages;
use super::grid::{POINT, STEP};

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

impl Fit {
    /// The line pitch in points, where it is changed from the plain one.
    pub(super) fn pitch_from(self, plain: f64) -> Option<f64> {
        (self.pitch != 0.0).then_some(plain + self.pitch)
    }

    /// The character step in points, where it is changed.
    pub(super) fn changed_step(self) -> Option<f64> {
        (self.step != 0.0).then_some(STEP / POINT + self.step)
    }
}

/// What is tried for one document, one layout after the other.
#[derive(Debug)]
pub(super) struct Attempts {
    /// The line pitch that nothing has changed yet, in points.
    plain: f64,
    fits: Option<std::vec::IntoIter<Fit>>,
}

impl Attempts {
    /// Nothing tried yet; `plain` is the office's line pitch in points.
    pub(super) fn new(plain: f64) -> Self {
        Self { plain, fits: None }
    }

    /// The next thing to try after these pages, or `None` where they are good or nothing is left to try.
    pub(super) fn next(&mut self, fit: Fit, pages: &Pages) -> Option<Fit> {
        let moves = !fit.addressee_below && pages.anchor("body").is_some_and(|body| body.page > 1);
        if !moves && !closing_is_alone(pages) {
            return None;
        }
        let plain = self.plain;
        let fits = self.fits.get_or_insert_with(|| {
            let flow = Flow::of(pages, (plain + fit.pitch) * POINT, moves);
            // What was just laid out is tried again only without its addressee.
            fits(flow.as_ref(), plain).into_iter().filter(|next| moves || *next != fit).collect::<Vec<_>>().into_iter()
        });
        fits.next().map(|next| Fit { addressee_below: fit.addressee_below || moves, ..next })
    }
}

/// What may bring text and closing together: the changes of pitch that are told to do so, the smallest first, none at all
/// before them; then a change of the step with it; at last the end of the text on the closing's page.
fn fits(flow: Option<&Flow>, plain: f64) -> Vec<Fit> {
    let pitches = |flow: &Flow, count: usize| {
        let mut order: Vec<i32> = RANGE.collect();
        order.sort_by_key(|change| change.abs());
        let mut told: Vec<i32> = Vec::new();
        for change in order {
            if told.len() < count
                && told.iter().all(|other| (other - change).abs() >= APART)
                && flow.holds_together((plain + twentieths(change)) * POINT)
            {
                told.push(change);
            }
        }
        told.into_iter().map(twentieths)
    };
    let plainly = flow.into_iter().flat_map(|flow| pitches(flow, TRIED)).map(|pitch| Fit { pitch, ..Fit::default() });
    let narrower = flow.and_then(Flow::narrower);
    let narrower =
        narrower.iter().flat_map(|flow| pitches(flow, 1)).map(|pitch| Fit { pitch, step: NARROWER, ..Fit::default() });
    plainly.chain(narrower).chain([Fit { keep: true, ..Fit::default() }]).collect()
}

fn twentieths(change: i32) -> f64 {
    f64::from(change) / 20.0
}
