//! 调整 — what one document needs beyond the plain grid: that its first page shows some of its text (7.3.3) and that its
//! signature and date do not stand alone on a page (7.3.5.5).

use serde::Serialize;

use super::flow::{Company, Flow};
use super::frames::Pages;
use super::grid::{POINT, SIZE, STEP};

/// The adjustments of one document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(super) struct Fit {
    /// How much the line pitch is changed, in points.
    pub(super) pitch: f64,
    /// How much the character step is changed, in points.
    pub(super) step: f64,
    /// Whether the addressee moves to the colophon (7.3.2).
    pub(super) addressee_below: bool,
    /// How many lines stay empty at the foot of the page on which the last paragraph begins, where no pitch brings text and
    /// closing together.
    pub(super) blank: u32,
    /// What stays with the closing where even that does not: the last block with the 附件说明, or that alone.
    pub(super) keep: Company,
}

/// How far the pitch may be changed, in twentieths of a point: 27.4 to 31.9 of 29.4. Beyond that it would be seen.
const RANGE: std::ops::RangeInclusive<i32> = -40..=50;
/// How far a character's step may be changed with it, as the last resort, in points.
const NARROWER: f64 = -0.15;
/// So many empty lines at the foot of a page are better than a closing with the 附件说明 alone; more are not, but better than one
/// with nothing.
const FEW: u32 = 5;
const MOST: u32 = 20;

impl Fit {
    /// The line pitch in points, where it is changed from the plain one.
    pub(super) fn pitch_from(self, plain: f64) -> Option<f64> {
        (self.pitch != 0.0).then_some(plain + self.pitch)
    }

    /// The character step in points, where it is changed.
    pub(super) fn changed_step(self) -> Option<f64> {
        (self.step != 0.0).then_some(STEP / POINT + self.step)
    }
}

/// What is tried for one document, one layout after the other.
#[derive(Debug)]
pub(super) struct Attempts {
    /// The line pitch that nothing has changed yet, in points.
    plain: f64,
    /// What the last try was to bring.
    wanted: Company,
    tries: Option<std::vec::IntoIter<(Company, Fit)>>,
}

impl Attempts {
    /// Nothing tried yet; `plain` is the office's line pitch in points.
    pub(super) fn new(plain: f64) -> Self {
        Self { plain, wanted: Company::Body, tries: None }
    }

    /// The next thing to try after these pages, or `None` where they are good or nothing is left to try.
    pub(super) fn next(&mut self, fit: Fit, pages: &Pages) -> Option<Fit> {
        let moves = self.tries.is_none() && addressee_is_too_long(pages);
        let company = Company::of(pages);
        if !moves && company >= self.wanted {
            return None;
        }
        let laid = Fit { addressee_below: fit.addressee_below || moves, ..fit };
        // What did not bring what was told (a table broke elsewhere) would not with another pitch either.
        let told = fit.pitch != 0.0 || fit.step != 0.0 || fit.blank > 0;
        if told && self.tries.is_some() {
            self.tries = Some(untold().into_iter());
        }
        let tries = self.tries.get_or_insert_with(|| {
            let pitch = (self.plain + fit.pitch) * POINT;
            // Where it does not tell what is seen (a table ends the text), it tells nothing of other pitches.
            let flow = Flow::of(pages, pitch, moves).filter(|flow| moves || flow.company(pitch, 0) == company);
            tries(flow.as_ref(), self.plain).into_iter()
        });
        for (wanted, next) in tries {
            let next = Fit { addressee_below: laid.addressee_below, ..next };
            self.wanted = wanted;
            if moves || next != laid {
                return Some(next);
            }
            if company >= wanted {
                return None;
            }
        }
        None
    }
}

/// Whether the addressee leaves the first page no room for the text (7.3.2); of one line it is not what does.
fn addressee_is_too_long(pages: &Pages) -> bool {
    let mut lines: Vec<f64> = pages.element("addressee").map(|ink| ink.top).collect();
    lines.dedup_by(|one, other| (*one - *other).abs() < SIZE / 2.0);
    lines.len() > 1 && pages.anchor("body").is_some_and(|body| body.page > 1)
}

/// What may give the closing company, and which: some of the body where a pitch is told to bring it or a few empty lines before
/// the page ends, otherwise the 附件说明; at last the end of the text, however long.
fn tries(flow: Option<&Flow>, plain: f64) -> Vec<(Company, Fit)> {
    let Some(flow) = flow else { return untold() };
    let narrower = flow.narrower();
    let told = |wanted: Company| {
        let same = pitch(flow, plain, wanted).into_iter().map(|pitch| Fit { pitch, ..Fit::default() });
        let narrower = narrower.iter().filter_map(move |flow| pitch(flow, plain, wanted));
        let narrower = narrower.map(|pitch| Fit { pitch, step: NARROWER, ..Fit::default() });
        same.chain(narrower).map(move |fit| (wanted, fit))
    };
    // A table gives its last rows, not its page.
    let blank =
        (1..=MOST).find(|blank| !flow.ends_with_table() && flow.company(plain * POINT, *blank) == Company::Body);
    let shorter = blank.map(|blank| (Company::Body, Fit { blank, ..Fit::default() }));
    let (few, many) = if blank <= Some(FEW) { (shorter, None) } else { (None, shorter) };
    told(Company::Body).chain(few).chain(told(Company::Note)).chain(many).chain(untold()).collect()
}

/// What may help where no lines are told, or none of them: the end of the text stays with the closing.
fn untold() -> Vec<(Company, Fit)> {
    let keep = |keep| (keep, Fit { keep, ..Fit::default() });
    vec![keep(Company::Body), (Company::Note, Fit::default()), keep(Company::Note)]
}

/// The smallest change of pitch, in points, that is told to give the closing that company.
fn pitch(flow: &Flow, plain: f64, wanted: Company) -> Option<f64> {
    let told = |change: &i32| flow.company((plain + twentieths(*change)) * POINT, 0) >= wanted;
    RANGE.filter(told).min_by_key(|change| change.abs()).map(twentieths)
}

fn twentieths(change: i32) -> f64 {
    f64::from(change) / 20.0
}
