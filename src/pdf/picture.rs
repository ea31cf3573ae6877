//! A page of a PDF as a picture, for `render --format png` and for looking at what was made.

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

/// The kind of a picture (its file extension) and its width and height, from its own bytes.
pub(super) fn size_of(bytes: &[u8]) -> Option<(&'static str, (f64, f64))> {
    let number = |at: usize| Some(f64::from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)));
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some(("png", (number(16)?, number(20)?)));
    }
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return Some(("jpg", jpeg_size(bytes)?));
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let tag = text.get(text.find("<svg")?..)?;
    let tag = tag.get(..tag.find('>')?)?;
    let attribute = |name: &str| {
        let rest = tag.get(tag.find(&format!(" {name}=\""))? + name.len() + 3..)?;
        rest.get(..rest.find('"')?)
    };
    let length = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%').parse::<f64>().ok();
    let view: Vec<f64> = attribute("viewBox")
        .map(|text| text.split([' ', ',']).filter_map(|part| part.parse().ok()).collect())
        .unwrap_or_default();
    match view.as_slice() {
        [_, _, width, height] => Some(("svg", (*width, *height))),
        _ => Some(("svg", (length(attribute("width")?)?, length(attribute("height")?)?))),
    }
}

/// Width and height from the frame header of a JPEG.
fn jpeg_size(bytes: &[u8]) -> Option<(f64, f64)> {
    let mut at = 2;
    loop {
        let (&mark, &kind) = (bytes.get(at)?, bytes.get(at + 1)?);
        if mark != 0xff {
            return None;
        }
        let two = |at: usize| Some(usize::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
        if matches!(kind, 0xc0..=0xcf) && !matches!(kind, 0xc4 | 0xc8 | 0xcc) {
            // Four plates: an archive file has no profile for them.
            if bytes.get(at + 9) == Some(&4) {
                return None;
            }
            #[expect(clippy::cast_precision_loss, reason = "a 16-bit number")]
            return Some((two(at + 7)? as f64, two(at + 5)? as f64));
        }
        at += 2 + two(at + 2)?;
    }
}
