//! 墨迹 — one thing that is printed, with its place on the sheet in millimetres.

use std::sync::Arc;

use super::super::grid::{POINT, SIZE};
use super::super::stops::CLOSING;

/// One thing that is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Ink {
    /// The page, from 1.
    pub page: usize,
    /// The elements that it belongs to, outermost first.
    pub elements: Arc<[String]>,
    /// Its text; empty for a rule or a picture.
    pub text: String,
    /// The family of its face; empty for a rule or a picture.
    pub face: String,
    /// The size of its text in points.
    pub size: f64,
    /// The left edge of its box, in millimetres from the sheet's left edge.
    pub left: f64,
    /// The right edge.
    pub right: f64,
    /// The top of its box: of text, 0.88 of its size above the base line.
    pub top: f64,
    /// The bottom of its box: of text, 0.12 of its size below the base line.
    pub bottom: f64,
    /// The base line of text; the bottom of anything else.
    pub baseline: f64,
    /// The highest and lowest ink of the mark and of page numbers; top and bottom of anything else.
    pub ink: (f64, f64),
    /// How far it reaches to the left and to the right: the ink of the mark, of page numbers and of text that ends near the fore
    /// edge, the box of anything else.
    pub reach: (f64, f64),
    /// The weight of a rule in millimetres.
    pub weight: f64,
    /// Its colour, as `#rrggbb`; with what shines through it, two digits more; `渐变` where it is no single one.
    pub colour: String,
    /// What is odd about how it is drawn.
    pub odd: Option<Odd>,
}

/// What is odd about how something is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// Its letters have a line around them: 描边.
    Outlined,
    /// It stands on its head or leans: 倒置、倾斜.
    Askew,
    /// Its line is dashed: 虚线.
    Dashed,
}

impl Odd {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Outlined => "描边",
            Self::Askew => "倒置或倾斜",
            Self::Dashed => "虚线",
        }
    }
}

impl Ink {
    /// Whether it belongs to the element of that name.
    #[must_use]
    pub fn of(&self, element: &str) -> bool {
        self.elements.iter().any(|name| name == element)
    }

    /// From one character to the next in millimetres, in a run of 三号 that holds Chinese characters alone and more than one of them;
    /// with `marks`, also full-width ones, which may be squeezed: then at least so much.
    pub(in crate::pdf) fn step(&self, marks: &str) -> Option<f64> {
        let count = self.text.chars().count();
        let plain = count > 1 && self.text.chars().all(|c| is_han(c) || marks.contains(c));
        #[expect(clippy::cast_precision_loss, reason = "a line has few characters")]
        let step = (self.right - self.left) / count as f64;
        (plain && (self.size * POINT - SIZE).abs() < 0.1).then_some(step)
    }

    /// Whether it is a piece of text that begins with a sign that begins no line.
    pub(in crate::pdf) fn begins_with_a_stop(&self) -> bool {
        self.text.trim_start().starts_with(|sign| CLOSING.contains(sign))
    }

    /// Whether it stands on the line of what was printed before it, behind it.
    pub(in crate::pdf) fn is_beside(&self, before: &Self) -> bool {
        let height = self.size.max(before.size) * POINT;
        self.page == before.page
            && (self.baseline - before.baseline).abs() < height / 2.0
            && self.left > before.right - height
    }
}

/// Whether it is a Chinese character.
pub(in crate::pdf) fn is_han(character: char) -> bool {
    matches!(character, '\u{4e00}'..='\u{9fff}')
}
