//! 量版 — the laid-out pages under a ruler: clause by clause what GB/T 9704—2012 wants, what stands on the page, and whether it
//! holds. Everything is read from the frames, nothing from a setting; where the office's settings declare another figure,
//! the measurement says so and is held against that one.

mod closing;
mod colophon;
mod faces;
mod figures;
mod grid;
mod masthead;
mod measurement;
mod page;
mod presence;
mod reading;
mod ruler;
mod script;
mod stops;
mod text;
mod words;

use std::collections::BTreeMap;

use crate::document::Document;

use super::faces::{Faces, Fonts};
use super::model::Picture;
use super::print::Print;
use super::settings::Settings;
pub use measurement::Measurement;
use ruler::Ruler;

/// How much further left the type area of an even page lies where pages are mirrored, in millimetres: the binding edge, 28,
/// less the fore edge, 26 (5.2.1).
const MIRRORED_SHIFT: f64 = 2.0;

/// Measures a printed document.
pub(super) fn measure(
    document: &Document,
    print: &Print,
    settings: &Settings,
    faces: &Faces,
    fonts: &Fonts,
    pictures: &BTreeMap<String, Picture>,
) -> Vec<Measurement> {
    // Where pages are mirrored, even ones are measured from their own binding edge.
    let mirrored = (settings.mirrored == Some(true)).then(|| print.layout.bound_left(MIRRORED_SHIFT));
    let mut ruler = Ruler::new(document, print, mirrored.as_ref().unwrap_or(&print.layout), settings, faces, fonts);
    presence::measure(&mut ruler);
    figures::measure(&mut ruler, pictures);
    words::measure(&mut ruler);
    faces::measure(&mut ruler);
    page::measure(&mut ruler);
    grid::measure(&mut ruler);
    stops::measure(&mut ruler);
    masthead::measure(&mut ruler);
    text::measure(&mut ruler);
    closing::measure(&mut ruler);
    colophon::measure(&mut ruler);
    ruler.measurements
}
