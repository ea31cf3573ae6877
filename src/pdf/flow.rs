//! 行流 — the lines of a document's text as they follow each other from page to page, with the room that its closing asks for.
//!
//! A change of pitch moves lines from page to page but breaks none of them anew. So the pages of another pitch are told from
//! those that are laid out.

use serde::Serialize;

use super::frames::{Ink, Pages};
use super::grid::{BOTTOM, STEP, TOP};
use super::strip::{Distance, Strip};

/// What lies nearer than that, in millimetres, begins at one edge.
const NEAR: f64 = 1.0;
/// How much what a page just holds may be higher than the page, in millimetres: what numbers lose.
const FITS: f64 = 0.0001;
/// The last line of a paragraph that narrower characters may take into the line before it, in characters.
const RUNT: f64 = 2.0;

/// What stands on the page of a closing besides it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Company {
    /// Nothing of the text: the closing is alone.
    #[default]
    Nothing,
    /// The 附件说明 only, or its end.
    Note,
    /// Some of the body.
    Body,
}

/// The lines of the text, and what the closing asks for below them.
#[derive(Debug, Clone)]
pub(super) struct Flow {
    lines: Vec<Line>,
    /// From the bottom of the last line to that of the closing.
    closing: Distance,
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
    /// What it would be to the closing on its page: the body or the 附件说明.
    company: Company,
    /// Whether it stays with the line below it.
    sticks: bool,
    /// Whether it is the last one of a paragraph and holds next to nothing.
    runt: bool,
    /// How many lines a page must hold below this one for it not to move to the next.
    kept: usize,
}

impl Flow {
    /// The flow of pages that are laid out with that pitch, in millimetres; told for pages without their addressee where it
    /// `moves` to the colophon. `None` where there is no text.
    pub(super) fn of(pages: &Pages, pitch: f64, moves: bool) -> Option<Self> {
        let rows = Strip::of_text(pages, text(pages));
        let (start, end) = (rows.first()?, rows.last()?);
        let lines = rows.iter().filter(|row| row.row.is_none());
        let edge = lines.clone().map(|row| row.left).fold(f64::MAX, f64::min);
        let faces = lines.map(|row| row.face);
        let usual = faces.clone().max_by_key(|face| faces.clone().filter(|other| other == face).count());
        let notes = rows.iter().filter(|row| row.note).count();
        // All but the last line of a short 附件说明, which is not split.
        let whole = if (2..=5).contains(&notes) { rows.len() - notes..rows.len() - 1 } else { 0..0 };
        let begins = |row: &Strip<'_>| row.left > edge + NEAR || row.note || row.row.is_some();
        let steps = rows.windows(2).map(|pair| match pair {
            [above, below] => above.height().and(above.white(below, pitch)),
            _ => Distance::default(),
        });
        let steps = [head(pages, start, pitch, moves)].into_iter().chain(steps);
        let lines = rows.iter().zip(steps).enumerate().map(|(index, (row, step))| Line {
            height: row.bottom - row.top,
            row: row.row,
            step,
            begins: begins(row),
            company: if row.note { Company::Note } else { Company::Body },
            // A heading, the head of a table, or what is not split.
            sticks: whole.contains(&index) || row.row == Some(0.0) || row.one_face && Some(row.face) != usual,
            runt: row.right - row.left <= RUNT * STEP && rows.get(index + 1).is_none_or(begins),
            kept: 0,
        });
        Some(Self::new(lines.collect(), below(pages, end, pitch)))
    }

    fn new(mut lines: Vec<Line>, closing: Distance) -> Self {
        for (index, kept) in kept(&lines).into_iter().enumerate() {
            if let Some(line) = lines.get_mut(index) {
                line.kept = kept;
            }
        }
        Self { lines, closing }
    }

    /// The flow with narrower characters, as far as that can be told; `None` where they would change no line.
    pub(super) fn narrower(&self) -> Option<Self> {
        let lines: Vec<Line> = self.lines.iter().filter(|line| line.begins || !line.runt).cloned().collect();
        (lines.len() < self.lines.len()).then(|| Self::new(lines, self.closing))
    }

    /// What will stand beside the closing where the pitch is that many millimetres, and so many lines stay `blank` at the foot
    /// of the page on which the last paragraph begins.
    pub(super) fn company(&self, pitch: f64, blank: u32) -> Company {
        let last = self.last_paragraph();
        let mut company = Company::Nothing;
        let (mut top, mut height, mut foot) = (0.0, 0.0, BOTTOM);
        for (index, line) in self.lines.iter().enumerate() {
            if index == last && blank > 0 {
                foot -= f64::from(blank) * pitch;
                if index > 0 && top + height > foot {
                    return Company::Nothing;
                }
            }
            let next = top + line.step.at(pitch);
            if index > 0 && next + self.kept_height(index, pitch) > foot + FITS {
                (top, foot) = (TOP + line.row.unwrap_or_default(), BOTTOM);
                company = line.company;
            } else {
                top = next;
                company = company.max(line.company);
            }
            height = line.height;
        }
        if top + height + self.closing.at(pitch) <= foot + FITS { company } else { Company::Nothing }
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
        let begins = self.lines.iter().rposition(|line| line.company == Company::Body && line.begins).unwrap_or(0);
        let above = self.lines.get(..begins).unwrap_or_default();
        begins - above.iter().rev().take_while(|line| line.sticks).count()
    }

    /// Whether the body ends with a table.
    pub(super) fn ends_with_table(&self) -> bool {
        let last = self.lines.iter().rfind(|line| line.company == Company::Body);
        last.is_some_and(|line| line.row.is_some())
    }
}

/// The text beside which the closing stands: that of the body and the 附件说明.
fn text(pages: &Pages) -> impl Iterator<Item = &Ink> {
    pages.between("body", "body-end").chain(pages.element("attachment-note"))
}

/// Everything of the closing, with 附注.
fn closing(pages: &Pages) -> impl Iterator<Item = &Ink> {
    ["signature", "date", "stamp", "note"].into_iter().flat_map(|name| pages.element(name))
}

impl Company {
    /// What stands beside the closing (with 附注). Of so many signatures that no page holds them, only the first has company.
    pub(super) fn of(pages: &Pages) -> Self {
        let last = |inks: &mut dyn Iterator<Item = &Ink>| inks.map(|ink| ink.page).max();
        let signed: Vec<usize> = closing(pages).filter(|ink| !ink.of("note")).map(|ink| ink.page).collect();
        let parted = signed.iter().any(|page| Some(page) != signed.first());
        let page = if parted { signed.into_iter().min() } else { last(&mut closing(pages)) };
        if last(&mut text(pages)).is_none() || page <= last(&mut pages.between("body", "body-end")) {
            Self::Body
        } else if page <= last(&mut pages.element("attachment-note")) {
            Self::Note
        } else {
            Self::Nothing
        }
    }
}

/// The top of the first line of text: from the mark or the head of the page on, what lies above it follows the pitch.
fn head(pages: &Pages, start: &Strip<'_>, pitch: f64, moves: bool) -> Distance {
    let mark = pages.element("mark").map(|ink| ink.ink.1).fold(TOP, f64::max);
    let above = pages.before("body").filter(|ink| ink.page == 1 && !ink.of("mark"));
    let mut strips = Strip::all(above.filter(|ink| ink.top >= mark && ink.bottom <= BOTTOM));
    if moves {
        // Where its addressee began, the text will.
        let addressee = pages.element("addressee").next();
        strips.retain(|strip| addressee.is_none_or(|ink| strip.top <= ink.top));
    } else if start.page > 1 {
        return Distance::fixed(TOP);
    } else {
        strips.push(start.clone());
    }
    let mut head = Distance::fixed(mark);
    let mut bottom = mark;
    let last = strips.len().saturating_sub(1);
    for (index, strip) in strips.iter().enumerate() {
        head = head.and(Distance::between(bottom, strip.top, pitch));
        if index < last {
            head = head.and(strip.height());
        }
        bottom = strip.bottom;
    }
    head
}

/// From the bottom of the last line of text to that of the closing, if they stood together.
fn below(pages: &Pages, end: &Strip<'_>, pitch: f64) -> Distance {
    let mut inks: Vec<&Ink> = closing(pages).collect();
    inks.sort_by(|one, other| one.page.cmp(&other.page).then(one.top.total_cmp(&other.top)));
    let strips = Strip::all(inks.into_iter());
    let Some(first) = strips.first() else { return Distance::default() };
    let mut distance = if first.page == end.page {
        end.white(first, pitch)
    } else {
        // A seal asks for empty lines above its signature; a closing without one has its own (7.3.5).
        let least = if pages.element("stamp").next().is_some() { 2.0 } else { 1.0 };
        Distance::empty_lines(((first.top - TOP) / pitch).round().max(least))
    };
    for (index, strip) in strips.iter().enumerate() {
        distance = distance.and(strip.height());
        if let Some(below) = strips.get(index + 1) {
            distance = distance.and(strip.white(below, pitch));
        }
    }
    distance
}

/// How many lines a page must hold below each line: typst leaves no line of a paragraph alone on either side of a page's end, and
/// what sticks stays with the line below it.
fn kept(lines: &[Line]) -> Vec<usize> {
    let begins = |index: usize| lines.get(index).is_none_or(|line| line.begins);
    let mut kept = vec![0; lines.len() + 1];
    for (index, line) in lines.iter().enumerate().rev() {
        let below = if line.sticks {
            1 + kept.get(index + 1).copied().unwrap_or(0)
        } else if begins(index + 1) {
            0
        } else {
            // Three lines stay together, and so do the first two and the last two of more.
            match (begins(index), begins(index + 2), begins(index + 3)) {
                (true, false, true) => 2,
                (true, ..) | (_, true, _) => 1,
                _ => 0,
            }
        };
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
            company: Company::Body,
            sticks: false,
            runt: false,
            kept: 0,
        };
        let mut lines = [1, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 1, 0].map(line);
        lines[10].sticks = true;
        assert_eq!(kept(&lines), [0, 1, 0, 2, 1, 0, 1, 0, 1, 0, 2, 1, 0]);
        assert!(kept(&[]).is_empty());
    }
}
