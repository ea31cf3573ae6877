//! 版心 — where the lines of a page lie, read of the pages as they are laid out, and the margins with which Word puts them there.

use super::flow::BELOW;
use super::place::all_runs;
use crate::pdf::{Drawing, grid};

/// Millimetres in points.
pub(super) const MM: f64 = 72.0 / 25.4;

/// Where the text's lines lie, in points.
pub(super) struct Page {
    pub(super) left: f64,
    pub(super) width: f64,
    pub(super) top: f64,
    pub(super) pitch: f64,
    pub(super) size: f64,
    pub(super) step: f64,
    pub(super) height: f64,
}

impl Page {
    /// As the pages of a document are laid out: the pitch is read of its lines, for an office may have its own.
    pub(super) fn of(drawing: &Drawing) -> Self {
        let size = grid::SIZE * MM;
        let mut steps: Vec<f64> = Vec::new();
        let lines: Vec<(usize, f64)> = all_runs(drawing)
            .filter(|(names, spot)| names.is_empty() && (spot.size - size).abs() < 0.1)
            .map(|(_, spot)| (spot.page, spot.baseline))
            .collect();
        for pair in lines.windows(2) {
            if let [(page, one), (next, other)] = pair
                && page == next
                && *other - *one > size * 1.2
                && *other - *one < size * 2.5
            {
                steps.push(other - one);
            }
        }
        steps.sort_by(f64::total_cmp);
        let pitch = steps.get(steps.len() / 2).copied().unwrap_or(grid::PITCH * MM);
        let height = drawing.sheets.first().map_or(297.0 * MM, |sheet| sheet.height);
        Self {
            left: grid::LEFT * MM,
            width: grid::WIDTH * MM,
            top: grid::TOP * MM,
            pitch,
            size,
            step: grid::STEP * MM,
            height,
        }
    }

    /// Where the first line's box begins, so that its characters stand at the top of the type area: a line of Word has its characters at its
    /// foot.
    pub(super) fn first_top(&self) -> f64 {
        self.top + 0.88 * self.size + BELOW * self.size - self.pitch
    }

    /// The last line's characters end at the foot of the type area; its box reaches as far below it as that of a face that stands in may.
    pub(super) fn bottom_margin(&self) -> f64 {
        self.height - grid::BOTTOM * MM - (DEEPEST - DESCENT) * self.size
    }

    /// How far apart the lines of the grid are of which as many as fit fill the area between the margins, of a page upright or turned: some
    /// programs cut the area to whole lines of the grid, and what stands in no line of it, the head of a first page or a table, would lose
    /// what is left.
    pub(super) fn grid_pitch(&self, turned: bool) -> f64 {
        let area = if turned { self.width } else { self.height - self.first_top() - self.bottom_margin() };
        area / (area / self.pitch).floor().max(1.0)
    }
}

/// How far below its base line a character reaches, in its size (`standard.typ`).
const DESCENT: f64 = 0.12;

/// How far below it the box of a line reaches in the faces that office programs put in the place of one that is not installed.
const DEEPEST: f64 = 0.38;
