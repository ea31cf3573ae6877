//! 调整 — what one document needs beyond the plain grid: that its first page shows some of its text (7.3.3) and that its
//! signature and date do not stand alone on a page (7.3.5.5).

use serde::Serialize;

use super::frames::Pages;

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

/// Tried one after the other until the closing has text beside it: from 27.4 to 32 points, a character narrower by a
/// hundredth at most. Small changes come first; in a long document they are enough.
const STEPS: [(f64, f64); 13] = [
    (-0.15, 0.0),
    (0.15, 0.0),
    (-0.4, 0.0),
    (0.4, 0.0),
    (-0.8, 0.0),
    (0.8, 0.0),
    (-1.2, 0.0),
    (1.2, 0.0),
    (-1.6, 0.0),
    (1.7, 0.0),
    (-2.0, 0.0),
    (2.5, 0.0),
    (-2.0, -0.15),
];

/// The plain grid, in points: 22 lines in 225 mm, 28 characters in 156 mm (5.2.3).
const PITCH: f64 = (225.0 / 25.4 * 72.0 - 15.75) / 21.0;
const STEP: f64 = 156.0 / 25.4 * 72.0 / 28.0;

impl Fit {
    /// Pitch and step in points, where they were changed.
    pub(super) fn tightened(self) -> Option<(f64, f64)> {
        (self.pitch != 0.0 || self.step != 0.0).then_some((PITCH + self.pitch, STEP + self.step))
    }

    /// The next thing to try after these pages, or `None` where they are good.
    pub(super) fn next(self, pages: &Pages, tries: usize) -> Option<Self> {
        let body = pages.anchor("body").map_or(1, |anchor| anchor.page);
        if body > 1 && !self.addressee_below {
            return Some(Self { addressee_below: true, ..self });
        }
        if closing_is_alone(pages) {
            let &(pitch, step) = STEPS.get(tries)?;
            return Some(Self { pitch, step, ..self });
        }
        None
    }
}

/// Whether part of the closing (with 附注) stands on a page that shows nothing of the text.
pub(super) fn closing_is_alone(pages: &Pages) -> bool {
    // The tag of a block that moves to the next page may stay behind on the page before; its ink does not.
    let closing = ["signature", "date", "stamp", "note"].into_iter().flat_map(|name| {
        let anchored = pages.anchor(name).map(|anchor| anchor.page);
        pages.element(name).map(|ink| ink.page).chain(anchored)
    });
    let Some(last) = closing.max() else { return false };
    let text = pages.between("body", "body-end").chain(pages.element("attachment-note")).map(|ink| ink.page).max();
    text.is_some_and(|page| page < last)
}
