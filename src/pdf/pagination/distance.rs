//! 间距 — a length down the page that may follow the line pitch.

use super::super::grid::SIZE;

/// How much a distance that follows the pitch may be off it, in millimetres.
const EXACT: f64 = 0.005;

/// So many pitches, and so many millimetres that no pitch changes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Distance {
    pitches: f64,
    rest: f64,
}

impl Distance {
    /// One that no pitch changes.
    pub(super) fn fixed(length: f64) -> Self {
        Self { pitches: 0.0, rest: length }
    }

    /// So many pitches.
    pub(super) fn pitches(count: f64) -> Self {
        Self { pitches: count, rest: 0.0 }
    }

    /// The white between two lines with so many empty lines between them.
    pub(super) fn empty_lines(count: f64) -> Self {
        Self { pitches: count + 1.0, rest: -SIZE }
    }

    /// The white between two things on a page of that pitch, in millimetres: whole pitches below a rule, a line's height less
    /// between lines of text; anything else is fixed.
    pub(super) fn between(bottom: f64, top: f64, pitch: f64) -> Self {
        let gap = top - bottom;
        let whole = |length: f64| {
            let pitches = (length / pitch).round();
            ((length - pitches * pitch).abs() < EXACT).then_some(pitches)
        };
        match (whole(gap), whole(gap + SIZE)) {
            (Some(pitches), _) => Self { pitches, rest: 0.0 },
            (_, Some(pitches)) => Self { pitches, rest: -SIZE },
            _ => Self::fixed(gap),
        }
    }

    /// This one and another below it.
    pub(super) fn and(self, other: Self) -> Self {
        Self { pitches: self.pitches + other.pitches, rest: self.rest + other.rest }
    }

    /// Its length where the pitch is that many millimetres.
    pub(super) fn at(self, pitch: f64) -> f64 {
        self.pitches * pitch + self.rest
    }
}
