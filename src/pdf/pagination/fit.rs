//! 调整 — what is changed on the pages of one document; the layouts read it (`fit.json`, `fit.typ`).

use serde::Serialize;

use super::super::grid::{POINT, STEP};
use super::beside::Beside;
use super::ends::Ends;

/// What the layouts read of the adjustments.
#[derive(Debug, Serialize)]
pub(in crate::pdf) struct Adjusted<'a> {
    #[serde(flatten)]
    pub(in crate::pdf) fit: Fit,
    #[serde(flatten)]
    pub(in crate::pdf) ends: &'a Ends,
}

/// The adjustments of one document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(in crate::pdf) struct Fit {
    /// How much the line pitch is changed, in points.
    pub(in crate::pdf) pitch: f64,
    /// How much the character step is changed, in points.
    pub(in crate::pdf) step: f64,
    /// The size of the marks of joint issuers, in points; 0 where it is the usual one (7.2.4).
    pub(in crate::pdf) mark: f64,
    /// Whether the mark of the first issuer stands for all of them.
    pub(in crate::pdf) host: bool,
    /// Whether the addressee moves to the colophon (7.3.2).
    pub(in crate::pdf) addressee_below: bool,
    /// How many lines stay empty at the foot of the page on which the last paragraph would begin, so that it begins on the next one,
    /// beside the closing.
    pub(in crate::pdf) blank: u32,
    /// How many lines stay empty at the foot of the first page, so that the end of a short text goes on beside the closing.
    pub(in crate::pdf) foot: u32,
    /// What the layout binds to the closing, whatever white that leaves: the last block with the 附件说明, or the 附件说明 alone.
    pub(in crate::pdf) keep: Beside,
}

impl Fit {
    /// The line pitch in points, where it is changed from the plain one.
    pub(in crate::pdf) fn pitch_from(self, plain: f64) -> Option<f64> {
        (self.pitch != 0.0).then_some(plain + self.pitch)
    }

    /// The character step in points, where it is changed.
    pub(in crate::pdf) fn changed_step(self) -> Option<f64> {
        (self.step != 0.0).then_some(STEP / POINT + self.step)
    }

    /// Whether a page ends before it is full.
    pub(in crate::pdf) fn ends_early(self) -> bool {
        self.blank > 0 || self.foot > 0 || self.keep != Beside::Nothing
    }

    /// These adjustments with the head of another one.
    pub(super) fn below_head_of(self, other: Self) -> Self {
        let Self { mark, host, addressee_below, .. } = other;
        Self { mark, host, addressee_below, ..self }
    }

    /// Whether it was chosen because of a prediction.
    pub(super) fn is_predicted(self) -> bool {
        self.pitch != 0.0 || self.step != 0.0 || self.blank > 0 || self.foot > 0
    }
}
