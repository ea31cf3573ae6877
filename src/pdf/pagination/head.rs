//! 首页 — whether the first page shows some of the text (7.3.3), and what of the head gives way where it does not: first the height of
//! joint marks, which the standard leaves free (7.2.4), then all marks but the host's.

use super::super::grid::{BOTTOM, SIZE};
use super::super::sheet::{Ink, Pages};
use super::fit::Fit;
use super::line::LaidLine;

/// Marks of joint issuers are no smaller than this, in points.
const SMALLEST: f64 = 20.0;

/// How much too high the head is for a line of text below it, in millimetres; `None` where the first page shows some of the text, or
/// there is none.
pub(super) fn excess(pages: &Pages, pitch: f64) -> Option<f64> {
    let first = pages.between("body", "body-end").find(|ink| !ink.text.trim().is_empty())?;
    if first.page == 1 {
        return None;
    }
    let above: Vec<&Ink> = pages.before("body").collect();
    let foot = above.iter().filter(|ink| ink.page == 1).map(|ink| ink.bottom).fold(0.0, f64::max);
    let beyond = LaidLine::all(above.into_iter().filter(|ink| ink.page > 1)).len();
    let lines = f64::from(u32::try_from(beyond + 1).unwrap_or(u32::MAX));
    Some((foot + lines * pitch - BOTTOM).max(SIZE / 10.0))
}

/// The head with less of the marks of so many issuers; `None` where nothing of them can give way.
pub(super) fn lower(fit: Fit, pages: &Pages, issuers: usize, pitch: f64) -> Option<Fit> {
    let excess = excess(pages, pitch).filter(|_| issuers > 1 && !fit.host)?;
    let (top, bottom) = pages
        .element("mark")
        .fold((f64::MAX, f64::MIN), |(top, bottom), ink| (top.min(ink.ink.0), bottom.max(ink.ink.1)));
    // All of it shrinks with the letters, the white between the names too.
    let height = bottom - top;
    let size = pages.element("mark").map(|ink| ink.size).fold(f64::MAX, f64::min) * (height - excess) / height;
    Some(if size >= SMALLEST { Fit { mark: size, ..fit } } else { Fit { mark: 0.0, host: true, ..fit } })
}
