//! 行流 — the lines of a document's text as they follow each other, without pages, and the room that its closing asks for below them.

use super::super::grid::{BOTTOM, STEP, TOP};
use super::super::sheet::{Ink, Pages};
use super::beside::{Beside, closing, text};
use super::distance::Distance;
use super::line::LaidLine;

/// What lies nearer than that, in millimetres, begins at one edge.
const NEAR: f64 = 1.0;
/// How far the lines of a full page may reach beyond it, in millimetres: sums of floats are that inexact.
const FITS: f64 = 0.0001;
/// The last line of a paragraph that narrower characters may take into the line before it, in characters.
const RUNT: f64 = 2.0;

/// The lines of the text, and what the closing asks for below them.
#[derive(Debug, Clone)]
pub(in crate::pdf) struct Flow {
    lines: Vec<Line>,
    /// The page on which the text begins.
    page: usize,
    /// From the bottom of the last line to that of the closing.
    closing: Distance,
}

/// Where a closing ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct End {
    /// What stands beside it.
    pub(super) beside: Beside,
    pub(super) page: usize,
    /// The height on the sheet, in millimetres.
    pub(super) bottom: f64,
}

/// A line of the text or a row of a table.
#[derive(Debug, Clone)]
struct Line {
    /// How high it is, in millimetres.
    height: f64,
    /// Of a row, how high the head is that stands above it on a new page; 0 of a head.
    row: Option<f64>,
    /// How far its top lies below that of the line before it; of the first one, below the edge of the sheet.
    step: Distance,
    /// Whether it begins a paragraph.
    begins: bool,
    /// What it would be to a closing on its page: the body or the 附件说明.
    beside: Beside,
    /// Whether it stays with the line below it.
    sticks: bool,
    /// Whether it is the last one of a paragraph and holds next to nothing.
    runt: bool,
    /// How many lines a page must hold below this one for it not to move to the next.
    kept: usize,
}

impl Flow {
    /// The flow of pages that are laid out with that pitch, in millimetres. If the addressee `moves` to the colophon, it is that of
    /// the pages without it. `None` where there is no text.
    pub(in crate::pdf) fn of(pages: &Pages, pitch: f64, moves: bool) -> Option<Self> {
        let laid = LaidLine::of_text(pages, text(pages));
        let (start, end) = (laid.first()?, laid.last()?);
        let lines = laid.iter().filter(|line| line.row.is_none());
        let edge = lines.clone().map(|line| line.left).fold(f64::MAX, f64::min);
        let faces = lines.map(|line| line.face);
        let usual = faces.clone().max_by_key(|face| faces.clone().filter(|other| other == face).count());
        let notes = laid.iter().filter(|line| line.note).count();
        // All but the last line of a short 附件说明, which is not split.
        let whole = if (2..=5).contains(&notes) { laid.len() - notes..laid.len() - 1 } else { 0..0 };
        let begins = |line: &LaidLine<'_>| line.left > edge + NEAR || line.note || line.row.is_some();
        let steps = laid.windows(2).map(|pair| match pair {
            [above, below] => above.height().and(above.white(below, pitch)),
            _ => Distance::default(),
        });
        let steps = [head(pages, start, pitch, moves)].into_iter().chain(steps);
        // A line of letters alone in the middle of a paragraph is no heading.
        let mut heading = false;
        let lines = laid.iter().zip(steps).enumerate().map(|(index, (line, step))| {
            heading = line.one_face && Some(line.face) != usual && (heading || begins(line));
            Line {
                height: line.bottom - line.top,
                row: line.row,
                step,
                begins: begins(line),
                beside: if line.note { Beside::Note } else { Beside::Body },
                // A heading, the head of a table, or what is not split.
                sticks: whole.contains(&index) || line.row == Some(0.0) || heading,
                runt: line.right - line.left <= RUNT * STEP && laid.get(index + 1).is_none_or(begins),
                kept: 0,
            }
        });
        let page = if moves { 1 } else { start.page };
        Some(Self::new(lines.collect(), page, below(pages, end, pitch)))
    }

    fn new(mut lines: Vec<Line>, page: usize, closing: Distance) -> Self {
        for (index, kept) in kept(&lines).into_iter().enumerate() {
            if let Some(line) = lines.get_mut(index) {
                line.kept = kept;
            }
        }
        Self { lines, page, closing }
    }

    /// The flow with narrower characters, as far as that can be predicted: the paragraphs lose the last lines that hold next to
    /// nothing. `None` where there are none.
    pub(super) fn narrower(&self) -> Option<Self> {
        let lines: Vec<Line> = self.lines.iter().filter(|line| line.begins || !line.runt).cloned().collect();
        (lines.len() < self.lines.len()).then(|| Self::new(lines, self.page, self.closing))
    }

    /// Whether the first page would show a line of the text where the pitch is that many millimetres; so too where it shows none today.
    pub(in crate::pdf) fn begins_on_first_page(&self, pitch: f64) -> bool {
        let Some(first) = self.lines.first() else { return true };
        first.step.at(pitch) + self.kept_height(0, pitch) <= BOTTOM + FITS
    }

    /// What will stand beside the closing where the pitch is that many millimetres, and so many lines stay `blank` at the foot
    /// of the page on which the last paragraph begins.
    pub(in crate::pdf) fn beside(&self, pitch: f64, blank: u32) -> Beside {
        self.beside_below(pitch, blank, 0)
    }

    /// The same where so many lines stay empty at the foot of the first page as well; nothing where the first page would show none.
    pub(super) fn beside_below(&self, pitch: f64, blank: u32, empty: u32) -> Beside {
        self.end(pitch, blank, empty).map_or(Beside::Nothing, |end| end.beside)
    }

    /// Where the closing will end; `None` where it stands alone.
    pub(super) fn end(&self, pitch: f64, blank: u32, empty: u32) -> Option<End> {
        let last = self.last_paragraph();
        let mut beside = Beside::Nothing;
        let mut page = self.page;
        let (mut top, mut height, mut foot) = (0.0, 0.0, BOTTOM - f64::from(empty) * pitch);
        if empty > 0 && self.lines.first().is_none_or(|first| first.step.at(pitch) + first.height > foot + FITS) {
            return None;
        }
        for (index, line) in self.lines.iter().enumerate() {
            if index == last && blank > 0 {
                foot -= f64::from(blank) * pitch;
                // Nothing stays on the page before a text of one paragraph.
                if index == 0 || top + height > foot {
                    return None;
                }
            }
            let next = top + line.step.at(pitch);
            if index > 0 && next + self.kept_height(index, pitch) > foot + FITS {
                (top, foot) = (TOP + line.row.unwrap_or_default(), BOTTOM);
                page += 1;
                beside = line.beside;
            } else {
                top = next;
                beside = beside.max(line.beside);
            }
            height = line.height;
        }
        let bottom = top + height + self.closing.at(pitch);
        (bottom <= foot + FITS).then_some(End { beside, page, bottom })
    }

    /// From the top of a line to the bottom of the last one that stays with it.
    fn kept_height(&self, index: usize, pitch: f64) -> f64 {
        let lines = self.lines.get(index..).unwrap_or_default();
        let with = lines.get(..=lines.first().map_or(0, |line| line.kept)).unwrap_or(lines);
        let steps: f64 = with.iter().skip(1).map(|line| line.step.at(pitch)).sum();
        steps + with.last().map_or(0.0, |line| line.height)
    }

    /// The line with which the last paragraph of the body begins, or the heading above it.
    fn last_paragraph(&self) -> usize {
        let begins = self.lines.iter().rposition(|line| line.beside == Beside::Body && line.begins).unwrap_or(0);
        let above = self.lines.get(..begins).unwrap_or_default();
        begins - above.iter().rev().take_while(|line| line.sticks).count()
    }

    /// Whether the body ends with a table.
    pub(in crate::pdf) fn ends_with_table(&self) -> bool {
        let last = self.lines.iter().rfind(|line| line.beside == Beside::Body);
        last.is_some_and(|line| line.row.is_some())
    }
}

/// From the edge of the sheet to the top of the first line of text. What stands between the mark (or the head of the page) and the text
/// follows the pitch.
fn head(pages: &Pages, start: &LaidLine<'_>, pitch: f64, moves: bool) -> Distance {
    let mark = pages.element("mark").map(|ink| ink.ink.1).fold(TOP, f64::max);
    let above = pages.before("body").filter(|ink| ink.page == 1 && !ink.of("mark"));
    let mut lines = LaidLine::all(above.filter(|ink| ink.top >= mark && ink.bottom <= BOTTOM));
    if moves {
        // Where its addressee began, the text will.
        let addressee = pages.element("addressee").next();
        lines.retain(|line| addressee.is_none_or(|ink| line.top <= ink.top));
    } else if start.page > 1 {
        return Distance::fixed(TOP);
    } else {
        lines.push(start.clone());
    }
    let mut head = Distance::fixed(mark);
    let mut bottom = mark;
    let last = lines.len().saturating_sub(1);
    for (index, line) in lines.iter().enumerate() {
        head = head.and(Distance::between(bottom, line.top, pitch));
        if index < last {
            head = head.and(line.height());
        }
        bottom = line.bottom;
    }
    head
}

/// From the bottom of the last line of text to that of the closing, if they stood together.
fn below(pages: &Pages, end: &LaidLine<'_>, pitch: f64) -> Distance {
    let mut inks: Vec<&Ink> = closing(pages).collect();
    inks.sort_by(|one, other| one.page.cmp(&other.page).then(one.top.total_cmp(&other.top)));
    let lines = LaidLine::all(inks.into_iter());
    let Some(first) = lines.first() else { return Distance::default() };
    let mut distance = if first.page == end.page {
        end.white(first, pitch)
    } else {
        // A seal asks for empty lines above its signature; a closing without one has its own (7.3.5).
        let least = if pages.anchor("stamp").is_some() { 2.0 } else { 1.0 };
        Distance::empty_lines(((first.top - TOP) / pitch).round().max(least))
    };
    let note = pages.element("note").next().map(|ink| (ink.page, ink.top));
    for (index, line) in lines.iter().enumerate() {
        distance = distance.and(line.height());
        let below = lines.get(index + 1);
        if let Some(below) = below {
            distance = distance.and(line.white(below, pitch));
        }
        // The 附注 on a page of its own hides how far below the date it stood.
        let hidden = below.is_some_and(|below| below.page > line.page && note == Some((below.page, below.top)));
        if below.is_none() || hidden {
            distance = distance.and(seals_below(pages, line, pitch, hidden));
        }
    }
    distance
}

/// How far the seals reach below the last signed line, or the 附注 is moved down by them: several fill whole lines, one is in nobody's
/// way (`closing.typ`).
fn seals_below(pages: &Pages, line: &LaidLine<'_>, pitch: f64, moved: bool) -> Distance {
    let seals = pages.element("seal").filter(|ink| ink.page == line.page).map(|ink| ink.bottom);
    let lower = (seals.fold(line.bottom, f64::max) - line.bottom).max(0.0);
    match pages.each("seal").count() {
        2.. => Distance::pitches((lower / pitch - FITS).ceil()),
        _ if moved => Distance::default(),
        _ => Distance::fixed(lower),
    }
}

/// How many lines a page must hold below each line: what sticks stays with the line below it, nothing else does.
fn kept(lines: &[Line]) -> Vec<usize> {
    let mut kept = vec![0; lines.len() + 1];
    for (index, line) in lines.iter().enumerate().rev() {
        let below = if line.sticks { 1 + kept.get(index + 1).copied().unwrap_or(0) } else { 0 };
        if let Some(line) = kept.get_mut(index) {
            *line = below;
        }
    }
    kept.truncate(lines.len());
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paragraphs of one, two, three and four lines; then a heading above two lines.
    #[test]
    fn lines_that_stay_together() {
        let line = |begins: i32| Line {
            height: 5.5,
            row: None,
            step: Distance::default(),
            begins: begins == 1,
            beside: Beside::Body,
            sticks: false,
            runt: false,
            kept: 0,
        };
        let mut lines = [1, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 1, 0].map(line);
        lines[10].sticks = true;
        assert_eq!(kept(&lines), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
        assert!(kept(&[]).is_empty());
    }
}
