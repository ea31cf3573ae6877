//! 页面图 — a page of a PDF as a picture, for `render --format png` and for looking at what was made.

use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};

/// The page of the given number (from 0) as PNG, at `ppi` pixels an inch; `None` where there is no such page.
#[must_use]
pub fn picture(pdf: &[u8], page: usize, ppi: f32) -> Option<Vec<u8>> {
    let pdf = Pdf::new(Arc::new(pdf.to_vec())).ok()?;
    let page = pdf.pages().get(page)?;
    let scale = ppi / 72.0;
    let settings = RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
    render(page, &RenderCache::new(), &InterpreterSettings::default(), &settings).into_png().ok()
}

/// How many pages a PDF has; `None` where it is none.
#[must_use]
pub fn page_count(pdf: &[u8]) -> Option<usize> {
    Pdf::new(Arc::new(pdf.to_vec())).ok().map(|pdf| pdf.pages().len())
}
