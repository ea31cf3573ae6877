//! 尝试 — what is tried for one document, one layout after the other, until its pages are good.

use super::super::grid::{BOTTOM, POINT, SIZE};
use super::super::sheet::{Ink, Pages};
use super::beside::Beside;
use super::fit::Fit;
use super::flow::Flow;
use super::head;

/// How far the pitch may be changed, in twentieths of a point: 27.4 to 31.9 of 29.4. Beyond that it would be seen.
const RANGE: std::ops::RangeInclusive<i32> = -40..=50;
/// How far a character's step may be changed with it, as the last resort, in points.
const NARROWER: f64 = -0.15;
/// So many empty lines at the foot of a page are better than a closing with the 附件说明 alone; up to [`MOST`] are still better than a
/// closing with nothing.
const FEW: u32 = 5;
const MOST: u32 = 20;

/// What is tried for one document.
#[derive(Debug)]
pub(in crate::pdf) struct Attempts {
    /// The office's line pitch in points.
    plain: f64,
    /// How many marks stand in the head.
    issuers: usize,
    /// The best pages so far, and what made them.
    best: Option<(Score, Fit)>,
    /// What the last try was to bring beside the closing.
    wanted: Beside,
    /// Whether another pitch was tried for the 版记.
    colophon: bool,
    /// What is left to try, each with what it is to bring; `None` before the first layout was looked at.
    tries: Option<std::vec::IntoIter<(Beside, Fit)>>,
}

impl Attempts {
    /// Nothing tried yet; `plain` is the office's line pitch in points.
    pub(in crate::pdf) fn new(plain: f64, issuers: usize) -> Self {
        Self { plain, issuers, best: None, wanted: Beside::Body, colophon: false, tries: None }
    }

    /// What made better pages than the last ones, if anything did.
    pub(in crate::pdf) fn better(&self, than: Fit) -> Option<Fit> {
        self.best.map(|(_, fit)| fit).filter(|fit| *fit != than)
    }

    /// The next thing to try after these pages, or `None` where they are good or nothing is left to try.
    pub(in crate::pdf) fn next(&mut self, fit: Fit, pages: &Pages) -> Option<Fit> {
        if self.colophon {
            let score = Score::of(pages, (self.plain + fit.pitch) * POINT);
            if self.best.is_none_or(|(best, _)| score > best) {
                self.best = Some((score, fit));
            }
            return None;
        }
        self.for_text(fit, pages).or_else(|| self.for_colophon(fit, pages))
    }

    /// A pitch at which the 版记 finds room on the page where the text ends, instead of on one of its own behind an empty one (7.4.1).
    fn for_colophon(&mut self, fit: Fit, pages: &Pages) -> Option<Fit> {
        let blank = pages.anchor("blank")?;
        let is_plain =
            fit.below_head_of(Fit::default()) == Fit::default() && self.best.is_some_and(|(_, best)| best == fit);
        if !is_plain || blank.page.is_multiple_of(2) || pages.anchor("attachment-title").is_some() {
            return None;
        }
        self.colophon = true;
        let (top, bottom) = extent(pages.element("colophon"))?;
        let height = bottom - top;
        let flow = Flow::of(pages, self.plain * POINT, false)?;
        let helps = |change: &i32| {
            let pitch = (self.plain + twentieths(*change)) * POINT;
            let end = flow.end(pitch, 0, 0);
            end.is_some_and(|end| {
                // A line stays empty above it (`colophon.typ`), behind the leading of the closing.
                end.beside == Beside::Body && end.page.is_multiple_of(2) && end.bottom + pitch + height <= BOTTOM
            }) && flow.begins_on_first_page(pitch)
        };
        let change = RANGE.filter(helps).min_by_key(|change| change.abs())?;
        Some(Fit { pitch: twentieths(change), ..fit })
    }

    /// The next thing to try for the first page and for what stands beside the closing.
    fn for_text(&mut self, fit: Fit, pages: &Pages) -> Option<Fit> {
        let pitch = (self.plain + fit.pitch) * POINT;
        if self.tries.is_none()
            && let Some(lower) = head::lower(fit, pages, self.issuers, pitch)
        {
            return Some(lower);
        }
        let score = Score::of(pages, pitch);
        if self.best.is_none_or(|(best, _)| score > best) {
            self.best = Some((score, fit));
        }
        let moves = self.tries.is_none() && addressee_is_too_long(pages);
        let beside = Beside::of(pages);
        if !moves && beside >= self.wanted && (score.first_page || self.tries.is_none()) {
            return None;
        }
        let laid = Fit { addressee_below: fit.addressee_below || moves, ..fit };
        // Where a predicted pitch did not help (a table broke elsewhere), no other pitch will; lines that were to stay empty neither,
        // then nothing predicted will.
        if fit.is_predicted()
            && let Some(tries) = self.tries.take()
        {
            let ended = fit.ends_early();
            let rest: Vec<_> = tries.filter(|(_, next)| !next.is_predicted() || !ended && next.ends_early()).collect();
            self.tries = Some(rest.into_iter());
        }
        let tries = self.tries.get_or_insert_with(|| {
            // A flow that does not even predict the pages it was taken from (a table ends the text) cannot predict others.
            let flow = Flow::of(pages, pitch, moves).filter(|flow| moves || flow.beside(pitch, 0) == beside);
            tries(flow.as_ref(), self.plain).into_iter()
        });
        for (wanted, next) in tries {
            let next = next.below_head_of(laid);
            self.wanted = wanted;
            if moves || next != laid {
                return Some(next);
            }
            if beside >= wanted && score.first_page {
                return None;
            }
        }
        None
    }
}

/// How good pages are: the first thing counts most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    /// Whether the first page shows some of the text (7.3.3).
    first_page: bool,
    /// What stands beside the closing (7.3.5.5).
    beside: Beside,
    /// Whether no page is empty before the 版记.
    no_blank: bool,
}

impl Score {
    fn of(pages: &Pages, pitch: f64) -> Self {
        Self {
            first_page: head::excess(pages, pitch).is_none(),
            beside: Beside::of(pages),
            no_blank: pages.anchor("blank").is_none(),
        }
    }
}

/// The top and the bottom of things on one page.
fn extent<'a>(inks: impl Iterator<Item = &'a Ink>) -> Option<(f64, f64)> {
    inks.map(|ink| (ink.top, ink.bottom)).reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
}

/// Whether the addressee leaves the first page no room for the text (7.3.2); one of a single line is never the reason.
fn addressee_is_too_long(pages: &Pages) -> bool {
    let mut lines: Vec<f64> = pages.element("addressee").map(|ink| ink.top).collect();
    lines.dedup_by(|one, other| (*one - *other).abs() < SIZE / 2.0);
    lines.len() > 1 && pages.anchor("body").is_some_and(|body| body.page > 1)
}

/// What may bring text beside the closing, and which text: some of the body, where a pitch or a few empty lines are predicted to bring
/// it; otherwise the 附件说明; at last the end of the text, however long.
fn tries(flow: Option<&Flow>, plain: f64) -> Vec<(Beside, Fit)> {
    let Some(flow) = flow else { return unpredicted() };
    let narrower = flow.narrower();
    let predicted = |wanted: Beside| {
        let same = pitch(flow, plain, wanted).into_iter().map(|pitch| Fit { pitch, ..Fit::default() });
        let narrower = narrower.iter().filter_map(move |flow| pitch(flow, plain, wanted));
        let narrower = narrower.map(|pitch| Fit { pitch, step: NARROWER, ..Fit::default() });
        same.chain(narrower).map(move |fit| (wanted, fit))
    };
    // Where a table ends the text, its last rows go with the closing (see `unpredicted`); no page is ended early for them.
    let blank = (1..=MOST).find(|blank| !flow.ends_with_table() && flow.beside(plain * POINT, *blank) == Beside::Body);
    let shorter = blank.map(|blank| (Beside::Body, Fit { blank, ..Fit::default() }));
    let foot =
        (1..=MOST).find(|foot| !flow.ends_with_table() && flow.beside_below(plain * POINT, 0, *foot) == Beside::Body);
    let ended = foot.map(|foot| (Beside::Body, Fit { foot, ..Fit::default() }));
    let (few, many) = if blank <= Some(FEW) { (shorter, None) } else { (None, shorter) };
    predicted(Beside::Body)
        .chain(few)
        .chain(ended)
        .chain(predicted(Beside::Note))
        .chain(many)
        .chain(unpredicted())
        .collect()
}

/// What may help where nothing is predicted, or nothing that is: the layout binds the end of the text to the closing.
fn unpredicted() -> Vec<(Beside, Fit)> {
    let keep = |keep| (keep, Fit { keep, ..Fit::default() });
    vec![keep(Beside::Body), (Beside::Note, Fit::default()), keep(Beside::Note)]
}

/// The smallest change of pitch, in points, that is predicted to bring that beside the closing.
fn pitch(flow: &Flow, plain: f64, wanted: Beside) -> Option<f64> {
    let helps = |change: &i32| {
        let pitch = (plain + twentieths(*change)) * POINT;
        flow.beside(pitch, 0) >= wanted && flow.begins_on_first_page(pitch)
    };
    RANGE.filter(helps).min_by_key(|change| change.abs()).map(twentieths)
}

fn twentieths(change: i32) -> f64 {
    f64::from(change) / 20.0
}
