//! 列宽 — how wide the columns of a table are: each as wide as its words ask for where the page allows it; where it does not, numbers
//! and codes keep their line and the columns of running text give way. And which rows may be split: only those that no
//! page could hold.

use crate::document::{Align, Merge, Table, plain};

use super::super::faces::Fonts;
use super::wrap::widest_word;

/// A table's figures on the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plan {
    /// The size of its text, in points.
    pub(super) size: f64,
    /// The width of each column's text, in ems of that size.
    pub(super) rooms: Vec<f64>,
    /// Whether each row may be split between pages.
    pub(super) breakable: Vec<bool>,
    /// Whether every column has room for a character; otherwise text runs into the next column.
    pub(super) fits: bool,
    /// A column whose numbers do not stay on one line.
    pub(super) cut: Option<usize>,
}

/// The size of a table's text where the office sets none, in points; the standard says nothing.
pub(super) const SIZE: f64 = 12.0;
/// The size of a long list where the office wants it smaller: 五号.
pub(super) const SMALL: f64 = 10.5;
/// The space between a rule and the text on each side, in points.
pub(super) const INSET: f64 = 3.0;
/// The sizes that a table is set in where its own would break words, in points: 五号, 小五.
const SIZES: [f64; 2] = [SMALL, 9.0];
/// More columns than that are set in the first of those sizes at the most.
const MANY: usize = 7;
/// Lines that surely fit on a page below a repeated head.
const PAGE_LINES: f64 = 25.0;
/// A word that is longer (a URL, a string of code) may be broken before numbers and names suffer.
const LONG_WORD: f64 = 11.0;
/// A column of words that makes room for numbers keeps so much, in ems.
const NARROWEST: f64 = 1.2;
/// Up to this width (in ems) a cell of words asks to stay on one line.
const COMFORT: f64 = 14.0;

impl Plan {
    /// Whether every column has room for its words, and numbers stay whole.
    pub(super) fn holds(&self) -> bool {
        self.fits && self.cut.is_none()
    }
}

/// The plan of a table on a page `width` points wide.
pub(super) fn plan(table: &Table, width: f64, size: f64, fonts: &Fonts) -> Plan {
    let count = table.columns.len().max(table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0));
    let wants: Vec<Want> = (0..count).map(|column| Want::of(table, column, fonts)).collect();
    #[expect(clippy::cast_precision_loss, reason = "a table has few columns")]
    let total = |size: f64| width / size - count as f64 * 2.0 * INSET / size;
    let least = wants.iter().map(|want| want.least).sum::<f64>();
    // Smaller before a name or a number is broken; many columns are never set large.
    let sizes = SIZES.into_iter().filter(|smaller| *smaller < size);
    let mut sizes = [size].into_iter().chain(sizes).filter(|size| count <= MANY || *size <= SIZES[0]);
    let size = sizes.clone().find(|size| least <= total(*size)).or(sizes.next_back()).unwrap_or(size);
    let rooms = share(&wants, total(size));
    let fits = rooms.iter().all(|room| *room >= 1.0);
    let breakable = table.rows.iter().map(|row| {
        row.cells
            .iter()
            .zip(&rooms)
            .any(|(cell, room)| fonts.text_width(&plain(&cell.text)) / room.max(1.0) > PAGE_LINES)
    });
    let mut columns = wants.iter().zip(&rooms);
    let cut = columns.position(|(want, room)| want.number && *room < want.least - 0.2);
    Plan { size, breakable: breakable.collect(), rooms, fits, cut }
}

/// What a column asks for, in ems.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Want {
    /// Less would break a word or a number.
    least: f64,
    /// With this no cell needs a second line.
    most: f64,
    /// Whether it holds numbers, which are never cut.
    number: bool,
}

impl Want {
    fn of(table: &Table, column: usize, fonts: &Fonts) -> Self {
        // What takes several columns asks for none of them alone.
        let alone = |row: Option<usize>| table.span(row, column).0 == 1;
        let head =
            table.columns.get(column).filter(|_| alone(None)).map(|column| plain(&column.name)).unwrap_or_default();
        let merged = table.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.merge == Merge::Left);
        let rows = || table.rows.iter().enumerate().filter(|(number, _)| !merged || alone(Some(*number)));
        let cells = || rows().filter_map(|(_, row)| row.cells.get(column)).map(|cell| plain(&cell.text));
        let number = table.columns.get(column).is_some_and(|column| column.align == Align::Right)
            && cells().all(|cell| is_number(&cell))
            && cells().any(|cell| !cell.is_empty());
        // A head of more than four characters may stand on two lines.
        let head_width = fonts.text_width(&head);
        let mut want = Self {
            least: widest_word(&head, fonts).min(LONG_WORD).max(if head_width > 4.0 {
                head_width / 2.0
            } else {
                head_width
            }),
            most: head_width,
            number,
        };
        for cell in cells() {
            let width = fonts.text_width(&cell);
            want.least = want.least.max(if number { width } else { widest_word(&cell, fonts).min(LONG_WORD) });
            want.most = want.most.max(width);
        }
        want.least += 0.2;
        want.most += 0.2;
        want
    }
}

/// Whether a cell holds a number and nothing else, or nothing.
fn is_number(cell: &str) -> bool {
    cell.chars().all(|c| c.is_ascii_digit() || ".,，−-+%‰()（） ".contains(c)) && cell.len() < 40
}

/// Shares `total` among the columns.
fn share(wants: &[Want], total: f64) -> Vec<f64> {
    let sum = |part: fn(&Want) -> f64| wants.iter().map(part).sum::<f64>();
    let (least, most) = (sum(|want| want.least), sum(|want| want.most));
    if most <= total {
        // All fit on one line: what is left is shared evenly.
        #[expect(clippy::cast_precision_loss, reason = "a table has few columns")]
        let spare = (total - most) / wants.len().max(1) as f64;
        return wants.iter().map(|want| want.most + spare).collect();
    }
    if least >= total {
        // Not even the words fit: numbers keep their line as long as the others have room for a character or two; of these short
        // columns keep their width, long ones give way.
        let numbers = sum(|want| if want.number { want.least } else { 0.0 });
        let words: Vec<Want> = wants.iter().filter(|want| !want.number).copied().collect();
        #[expect(clippy::cast_precision_loss, reason = "a table has few columns")]
        let enough = numbers + words.len() as f64 * NARROWEST <= total;
        if enough && numbers > 0.0 {
            let cap = cap_for(&words, |want| want.least, total - numbers);
            return wants.iter().map(|want| if want.number { want.least } else { want.least.min(cap) }).collect();
        }
        let cap = cap_for(wants, |want| want.least, total);
        return wants.iter().map(|want| want.least.min(cap)).collect();
    }
    // Columns that are nearly satisfied are satisfied first: all up to a comfortable width or, where that is too much, those
    // that ask for less than an even share. The rest is shared by the text that the others hold.
    let cap = cap_for(wants, |want| want.most, total);
    let comfort = wants.iter().map(|want| want.most.min(want.least.max(COMFORT))).collect();
    let short = wants.iter().map(|want| if want.most <= cap { want.most } else { want.least }).collect();
    let least = wants.iter().map(|want| want.least).collect();
    let fits = |base: &Vec<f64>| base.iter().sum::<f64>() <= total;
    let base = [comfort, short].into_iter().find(fits).unwrap_or(least);
    let spare = total - base.iter().sum::<f64>();
    let hunger: Vec<f64> = wants.iter().zip(&base).map(|(want, base)| (want.most - base).max(0.0).sqrt()).collect();
    let all: f64 = hunger.iter().sum::<f64>().max(f64::EPSILON);
    base.iter().zip(hunger).map(|(base, hunger)| base + spare * hunger / all).collect()
}

/// The width to which the widest columns are cut so that all fit.
fn cap_for(wants: &[Want], width: impl Fn(&Want) -> f64, total: f64) -> f64 {
    let mut widths: Vec<f64> = wants.iter().map(width).collect();
    widths.sort_by(f64::total_cmp);
    let mut rest = total;
    let mut left = wants.len();
    for width in widths {
        #[expect(clippy::cast_precision_loss, reason = "a table has few columns")]
        let even = rest / left as f64;
        if width > even {
            return even;
        }
        rest -= width;
        left -= 1;
    }
    f64::INFINITY
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A column of short words keeps its line where longer ones have to be broken.
    #[test]
    fn short_columns_are_satisfied_first() {
        let want = |least: f64, most: f64| Want { least, most, number: false };
        let wants =
            [want(2.2, 2.2), want(4.2, 34.0), want(10.2, 10.2), want(2.2, 13.0), want(2.2, 3.2), want(4.2, 4.2)];
        let rooms = share(&wants, 33.8);
        assert!((rooms.iter().sum::<f64>() - 33.8).abs() < 1e-9, "{rooms:?}");
        assert!(rooms.iter().zip(&wants).all(|(room, want)| *room >= want.least), "{rooms:?}");
        assert!(rooms[4] >= 3.2 && rooms[1] > rooms[3] && rooms[3] > 4.5, "{rooms:?}");
    }

    /// Numbers keep their line where words have to be broken.
    #[test]
    fn numbers_are_satisfied_before_words() {
        let want = |least: f64, number| Want { least, most: least, number };
        let wants = [want(4.0, false), want(6.0, true), want(6.0, true), want(4.0, false)];
        assert_eq!(share(&wants, 16.0), [2.0, 6.0, 6.0, 2.0]);
        // Where even that is too much, all give way.
        assert!(share(&wants, 10.0).iter().all(|room| *room <= 4.0));
    }
}
