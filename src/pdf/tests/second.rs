//! A second reader of the printed file. It opens the PDF, knows nothing of frames, elements or labels, and is asked the plain questions
//! that the ruler answers: does anything lie over anything, is all within the type area, does the first page show text, is every page
//! number on its side. Both have to say the same, of pages as they are and of pages that were spoilt.

use std::collections::{BTreeMap, BTreeSet};

use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::util::TransformExt;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, font::Glyph, interpret_page,
};
use kurbo::{Affine, BezPath, Rect, Shape};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::document::Format;

use super::super::{Measurement, Press, Settings};
use super::any::any_document;
use super::samples::*;

/// Millimetres in a point.
const POINT: f64 = 25.4 / 72.0;

/// The height of a sheet (mm).
const A4_HEIGHT: f64 = 297.0;

/// The first words of the text, by which the reader knows it.
const OPENING: &str = "第一句话是用来认的";

/// A letter, where its ink stands on its page (mm from the upper left corner).
pub(super) struct Letter {
    page: usize,
    pub(super) ink: Rect,
    pub(super) text: String,
    /// Red, green and blue, 0 to 1.
    color: [f32; 3],
}

impl Letter {
    fn is_black(&self) -> bool {
        self.color.iter().all(|part| *part < 0.1)
    }
}

/// What a page shows, letter by letter; lines and pictures are passed over.
struct Reader {
    page: usize,
    turned: bool,
    letters: Vec<Letter>,
}

fn text_of(glyph: &Glyph<'_>) -> String {
    use hayro::hayro_interpret::hayro_cmap::BfString;
    match glyph.as_unicode() {
        Some(BfString::Char(one)) => one.to_string(),
        Some(BfString::String(text)) => text,
        None => String::new(),
    }
}

impl<'a> Device<'a> for Reader {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_glyph(&mut self, glyph: &Glyph<'a>, at: Affine, within: Affine, paint: &Paint<'a>, _: &GlyphDrawMode) {
        let Glyph::Outline(outline) = glyph else { return };
        let place = Affine::scale(POINT) * at * within;
        let path: BezPath = outline.outline();
        let ink = (place * path).bounding_box();
        let Paint::Color(color) = paint else { return };
        let [red, green, blue, _] = color.to_rgba().components();
        // A sheet that lies on its side is held upright: its foot is at the left (8).
        let turned = |ink: Rect| Rect::new(ink.y0, A4_HEIGHT - ink.x1, ink.y1, A4_HEIGHT - ink.x0);
        let ink = if self.turned { turned(ink) } else { ink };
        if ink.area() > 0.0 {
            self.letters.push(Letter { page: self.page, ink, text: text_of(glyph), color: [red, green, blue] });
        }
    }
}

/// All letters of a file, in the order in which they are drawn.
pub(super) fn read(pdf: &[u8]) -> Vec<Letter> {
    let pdf = Pdf::new(pdf.to_vec()).expect("a PDF");
    let (cache, settings) = (InterpreterCache::new(), InterpreterSettings::default());
    let mut reader = Reader { page: 0, turned: false, letters: Vec::new() };
    for page in pdf.pages().iter() {
        reader.page += 1;
        let (width, height) = page.render_dimensions();
        reader.turned = width > height;
        let frame = Rect::new(0.0, 0.0, width.into(), height.into());
        let mut context =
            Context::new(page.initial_transform(true).to_kurbo(), frame, &cache, page.xref(), settings.clone());
        interpret_page(page, &mut context, &mut reader);
    }
    reader.letters
}

/// What the file itself shows to be wrong, in the four words that the ruler is asked for, each with where.
fn judged(letters: &[Letter], format: Format) -> Vec<(&'static str, String)> {
    let mut wrong = Vec::new();
    let black: Vec<&Letter> = letters.iter().filter(|one| one.is_black()).collect();
    let at = |one: &Letter| format!("page {} “{}” {:.1?}", one.page, one.text, one.ink);
    let over = |index: usize| black[index + 1..].iter().find(|other| lies_over(black[index], other));
    if let Some((one, other)) = (0..black.len()).find_map(|index| over(index).map(|other| (black[index], other))) {
        wrong.push(("叠印", format!("{} over {}", at(one), at(other))));
    }
    // What stands beside a letter's mark lies above its type area, its last rule below it (10.1).
    let highest = |one: &Letter| if format == Format::Letter && one.page == 1 { 0.0 } else { 36.5 };
    let beside = |ink: Rect| ink.x0 < 27.5 || ink.x1 > 184.5;
    let outside =
        |one: &Letter| one.ink.y0 < 262.5 && (beside(one.ink) || one.ink.y0 < highest(one) || one.ink.y1 > 262.6);
    if let Some(one) = black.iter().find(|one| outside(one)) {
        wrong.push(("版心", at(one)));
    }
    let first: String = black.iter().filter(|one| one.page == 1).map(|one| one.text.as_str()).collect();
    if !first.contains(OPENING) {
        wrong.push(("首页", first));
    }
    // A page that bears nothing and what follows it have no numbers (7.5), nor has the first one of a letter (10.1).
    let last = black.iter().map(|one| one.page).max().unwrap_or(0);
    let empty = (1..last).find(|page| black.iter().all(|one| one.page != *page)).unwrap_or(last + 1);
    let first = if format == Format::Letter { 2 } else { 1 };
    if let Some(page) = (first..empty).find(|page| !is_numbered(&black, *page)) {
        wrong.push(("页码", format!("page {page}")));
    }
    wrong
}

fn lies_over(one: &Letter, other: &Letter) -> bool {
    let common = one.ink.intersect(other.ink);
    one.page == other.page && common.width() > 0.7 && common.height() > 0.7
}

/// 7.5: below the type area stands the number of the page between dashes, one character in, of odd pages at the right, of even ones at
/// the left.
fn is_numbered(black: &[&Letter], page: usize) -> bool {
    let shown: Vec<_> = black.iter().filter(|one| one.page == page && one.ink.y0 > 262.5).collect();
    let words: String = shown.iter().map(|one| one.text.as_str()).collect();
    let (left, right) =
        shown.iter().fold((f64::MAX, 0.0_f64), |(left, right), one| (left.min(one.ink.x0), right.max(one.ink.x1)));
    let side = if page % 2 == 1 { (176.0..184.0).contains(&right) } else { (28.0..36.0).contains(&left) };
    words == format!("—{page}—") && side
}

/// The same four words from the ruler.
fn ruled(measured: &[Measurement]) -> Vec<&'static str> {
    let fails = |holds: &dyn Fn(&Measurement) -> bool| measured.iter().any(|one| !one.holds && holds(one));
    let mut wrong = Vec::new();
    if fails(&|one| one.item == "叠印") {
        wrong.push("叠印");
    }
    if fails(&|one| one.clause == "5.2.1" && one.item.starts_with("最")) {
        wrong.push("版心");
    }
    if fails(&|one| one.item == "首页显示正文") {
        wrong.push("首页");
    }
    if fails(&|one| one.clause == "7.5" && (one.item.starts_with("各页页码") || one.item.starts_with("页码空")))
    {
        wrong.push("页码");
    }
    wrong
}

/// A press whose layouts were changed in one place.
fn spoilt(file: &str, from: &str, to: &str) -> Press {
    let mut layouts = layouts();
    let (text, _) = layouts.get_mut(file).unwrap();
    assert!(text.contains(from), "{file}: {from}");
    *text = text.replace(from, to);
    Press::new(layouts, fonts(), BTreeMap::new(), Settings::default(), faces()).0.unwrap()
}

/// The layouts as they are, and spoilt so that each of the four answers has to change.
fn presses() -> Vec<(&'static str, Press)> {
    let body = "  // An order has no title above its headings.\n";
    vec![
        ("", spoilt("main.typ", "", "")),
        ("叠印", spoilt("text.typ", "let leading = pitch - size-3", "let leading = -4pt")),
        ("首页", spoilt("main.typ", body, &format!("{body}  pagebreak()\n"))),
        ("版心", spoilt("main.typ", body, &format!("{body}  set par(hanging-indent: -12pt)\n"))),
        ("页码", spoilt("pagenumber.typ", "calc.odd(n)", "calc.even(n)")),
    ]
}

/// `HONGTOU_SWEEP=1 cargo test --lib second` reads a dozen times as many.
#[test]
fn a_reader_of_the_file_agrees_with_the_ruler() {
    let rounds = if std::env::var_os("HONGTOU_SWEEP").is_some() { 25 } else { 2 };
    let presses = presses();
    let mut runner = TestRunner::new(Config { rng_seed: RngSeed::Fixed(704), ..Config::default() });
    let (mut wrong, mut seen) = (Vec::new(), BTreeSet::new());
    for round in 0..rounds {
        for (spoilt, press) in &presses {
            let mut document = any_document().new_tree(&mut runner).expect("a document").current();
            document.body.insert(0, paragraph(OPENING));
            let print = press.print(&document, day()).0.expect("a print");
            let measured = press.measure(&document, &print);
            let (judged, ruled) = (judged(&read(&print.pdf), document.format), ruled(&measured));
            if !judged.iter().map(|(word, _)| word).eq(&ruled) {
                super::proof(&format!("second-{round}-{spoilt}"), &print.pdf);
                wrong.push(format!("{round} {} spoilt {spoilt}: {judged:?}, ruler {ruled:?}", document.genre.name()));
            }
            seen.extend(ruled.into_iter().filter(|word| word == spoilt));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Each of them had something to find.
    assert_eq!(seen.len(), presses.len() - 1, "{seen:?}");
}
