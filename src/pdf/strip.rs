//! 条 — the strips of a laid-out page: a line of text, a row of a table, each with the white to the next one.

use super::frames::{Ink, Pages};
use super::grid::SIZE;

/// How much a distance that follows the pitch may be off it, in millimetres.
const EXACT: f64 = 0.005;
/// Rules that lie nearer than that, in millimetres, are one.
const ONE_RULE: f64 = 0.1;

/// A distance on the page: so many pitches and so many millimetres.
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

/// A strip of a page: all that is printed at one height.
#[derive(Debug, Clone)]
pub(super) struct Strip<'a> {
    pub(super) page: usize,
    /// The edges of the tallest thing on it.
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) left: f64,
    pub(super) right: f64,
    /// The face of its first word, and whether it has no other.
    pub(super) face: &'a str,
    pub(super) one_face: bool,
    /// Whether it belongs to the 附件说明.
    pub(super) note: bool,
    /// Of a row of a table, how high the head is that stands above it on a new page; the head itself has none.
    pub(super) row: Option<f64>,
}

impl<'a> Strip<'a> {
    /// The lines and rows of the text, page by page; a head that its table repeats is none.
    pub(super) fn of_text(pages: &'a Pages, text: impl Iterator<Item = &'a Ink>) -> Vec<Self> {
        let mut strips = Self::all(text.filter(|ink| !ink.of("table") && !ink.text.trim().is_empty()));
        strips.extend(Self::rows(pages));
        strips.sort_by(|one, other| one.page.cmp(&other.page).then(one.top.total_cmp(&other.top)));
        let mut head = 0.0;
        // The page and the bottom of the row above.
        let mut above = None;
        strips.retain_mut(|strip| {
            let (page, height) = (strip.page, strip.bottom - strip.top);
            let repeated = above.is_some_and(|(before, _)| before < page);
            let follows = above.is_some_and(|(_, bottom)| strip.top - bottom < ONE_RULE);
            above = strip.row.map(|_| (page, strip.bottom));
            if strip.row.is_some() && follows && !repeated {
                strip.row = Some(head);
            } else if strip.row.is_some() {
                head = height;
            }
            strip.row.is_none() || !repeated
        });
        strips
    }

    /// The rows of the tables of the body, each from rule to rule.
    fn rows(pages: &'a Pages) -> Vec<Self> {
        let (mut rules, mut words): (Vec<&Ink>, Vec<&Ink>) =
            pages.between("body", "body-end").filter(|ink| ink.of("table")).partition(|ink| ink.text.is_empty());
        let down = |one: &&Ink, other: &&Ink| one.page.cmp(&other.page).then(one.top.total_cmp(&other.top));
        rules.retain(|rule| rule.bottom - rule.top < ONE_RULE);
        rules.sort_by(down);
        rules.dedup_by(|one, other| one.page == other.page && one.top - other.top < ONE_RULE);
        words.sort_by(down);
        let row = |above: &Ink, below: &Ink| {
            // Between two tables there are no words of either.
            let first = words.partition_point(|ink| (ink.page, ink.top) < (above.page, above.top));
            let word = words.get(first).filter(|ink| ink.page == above.page && ink.top < below.top)?;
            let (top, bottom) = (above.top, below.top);
            let Ink { page, left, right, .. } = **word;
            (above.page == below.page).then_some(Self {
                page,
                top,
                bottom,
                left,
                right,
                face: "",
                one_face: false,
                note: false,
                row: Some(0.0),
            })
        };
        rules.windows(2).filter_map(|pair| row(pair.first()?, pair.get(1)?)).collect()
    }

    /// The strips of what is printed, in the order in which it is.
    pub(super) fn all(inks: impl Iterator<Item = &'a Ink>) -> Vec<Self> {
        let mut strips: Vec<Self> = Vec::new();
        for ink in inks {
            match strips.last_mut() {
                Some(strip) if strip.page == ink.page && ink.top < strip.bottom && strip.top < ink.bottom => {
                    if ink.bottom - ink.top > strip.bottom - strip.top {
                        (strip.top, strip.bottom) = (ink.top, ink.bottom);
                    }
                    strip.left = strip.left.min(ink.left);
                    strip.right = strip.right.max(ink.right);
                    strip.one_face &= strip.face == ink.face;
                }
                _ => strips.push(Self {
                    page: ink.page,
                    top: ink.top,
                    bottom: ink.bottom,
                    left: ink.left,
                    right: ink.right,
                    face: &ink.face,
                    one_face: true,
                    note: ink.of("attachment-note"),
                    row: None,
                }),
            }
        }
        strips
    }

    pub(super) fn height(&self) -> Distance {
        Distance::fixed(self.bottom - self.top)
    }

    /// The white between this strip and the one below it; where the page ends between them, what it would be on one page:
    /// an empty line above the 附件说明 (7.3.4).
    pub(super) fn white(&self, below: &Self, pitch: f64) -> Distance {
        if self.page == below.page {
            Distance::between(self.bottom, below.top, pitch)
        } else if self.row.is_some() && below.row.is_some() {
            Distance::default()
        } else {
            Distance::empty_lines(if below.note && !self.note { 1.0 } else { 0.0 })
        }
    }
}
