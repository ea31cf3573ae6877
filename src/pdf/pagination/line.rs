//! 行 — the lines of laid-out pages: a line of text, or a row of a table from rule to rule, and the white to the next one.

use super::super::sheet::{Ink, Pages};
use super::distance::Distance;

/// Rules that lie nearer than that, in millimetres, are one.
const ONE_RULE: f64 = 0.1;

/// All that is printed at one height of a page.
#[derive(Debug, Clone)]
pub(super) struct LaidLine<'a> {
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
    /// Of a row of a table, how high the head is that stands above it on a new page: 0 of the head itself. `None` of a line of text.
    pub(super) row: Option<f64>,
}

impl<'a> LaidLine<'a> {
    /// The lines of the text and the rows of its tables, page by page; without the heads that tables repeat on a new page.
    pub(super) fn of_text(pages: &'a Pages, text: impl Iterator<Item = &'a Ink>) -> Vec<Self> {
        let mut lines = Self::all(text.filter(|ink| !ink.of("table") && !ink.text.trim().is_empty()));
        lines.extend(Self::rows(pages));
        lines.sort_by(|one, other| one.page.cmp(&other.page).then(one.top.total_cmp(&other.top)));
        let mut head = 0.0;
        // The page and the bottom of the row above.
        let mut above = None;
        lines.retain_mut(|line| {
            let (page, height) = (line.page, line.bottom - line.top);
            let repeated = above.is_some_and(|(before, _)| before < page);
            let follows = above.is_some_and(|(_, bottom)| line.top - bottom < ONE_RULE);
            above = line.row.map(|_| (page, line.bottom));
            if line.row.is_some() && follows && !repeated {
                line.row = Some(head);
            } else if line.row.is_some() {
                head = height;
            }
            line.row.is_none() || !repeated
        });
        lines
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

    /// The lines of what is printed, in the order in which it is.
    pub(super) fn all(inks: impl Iterator<Item = &'a Ink>) -> Vec<Self> {
        let mut lines: Vec<Self> = Vec::new();
        for ink in inks {
            match lines.last_mut() {
                Some(line) if line.page == ink.page && ink.top < line.bottom && line.top < ink.bottom => {
                    if ink.bottom - ink.top > line.bottom - line.top {
                        (line.top, line.bottom) = (ink.top, ink.bottom);
                    }
                    line.left = line.left.min(ink.left);
                    line.right = line.right.max(ink.right);
                    line.one_face &= line.face == ink.face;
                }
                _ => lines.push(Self {
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
        lines
    }

    pub(super) fn height(&self) -> Distance {
        Distance::fixed(self.bottom - self.top)
    }

    /// The white between this line and the one below it; where the page ends between them, what it would be on one page:
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
