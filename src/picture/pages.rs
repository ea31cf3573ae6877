//! PDF 里的字 — the words on the pages of a PDF, line by line, and what its head says of it.

use std::sync::Arc;

use hayro::hayro_interpret::font::Glyph;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::util::TransformExt;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, interpret_page,
};
use hayro::vello_cpu::kurbo::{Affine, BezPath, Rect};

/// The words; none, where it is no PDF that can be read.
pub(super) fn words(bytes: &[u8]) -> Vec<String> {
    let Ok(pdf) = Pdf::new(Arc::new(bytes.to_vec())) else { return Vec::new() };
    let (cache, settings) = (InterpreterCache::new(), InterpreterSettings::default());
    let mut reader = Reader::default();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let frame = Rect::new(0.0, 0.0, width.into(), height.into());
        let turned = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(turned, frame, &cache, page.xref(), settings.clone());
        interpret_page(page, &mut context, &mut reader);
        reader.line = f64::NAN;
    }
    let head = pdf.metadata();
    let told = [&head.title, &head.author, &head.subject, &head.keywords].into_iter().flatten();
    reader.lines.extend(told.map(|bytes| text(bytes)));
    reader.lines
}

/// A text of the head: UTF-16 where it says so.
fn text(bytes: &[u8]) -> String {
    let Some(wide) = bytes.strip_prefix(b"\xfe\xff") else { return String::from_utf8_lossy(bytes).into_owned() };
    let units: Vec<u16> =
        wide.chunks_exact(2).filter_map(|pair| Some(u16::from_be_bytes(pair.try_into().ok()?))).collect();
    String::from_utf16_lossy(&units)
}

/// Reads letters and passes over all else.
#[derive(Default)]
struct Reader {
    lines: Vec<String>,
    /// The height of the line that is being read.
    line: f64,
}

/// Letters that are less apart in height stand in one line, in points.
const SAME: f64 = 2.0;

impl<'a> Device<'a> for Reader {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_glyph(&mut self, glyph: &Glyph<'a>, at: Affine, within: Affine, _: &Paint<'a>, _: &GlyphDrawMode) {
        let letter = match glyph.as_unicode() {
            Some(BfString::Char(one)) => one.to_string(),
            Some(BfString::String(text)) => text,
            None => return,
        };
        let height = (at * within).translation().y;
        match self.lines.last_mut() {
            Some(line) if (self.line - height).abs() < SAME => line.push_str(&letter),
            _ => self.lines.push(letter),
        }
        self.line = height;
    }
}
