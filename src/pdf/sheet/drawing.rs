//! 画面 — a laid-out page in words that belong to no program: runs of text, shapes, pictures, links, each with its place and the
//! elements that it belongs to. A page is shown from it (`svg`); who writes another format reads it too.

use std::collections::BTreeMap;
use std::sync::Arc;

use typst::layout::{Abs, Point, Ratio, Transform};
use typst::model::Destination;
use typst::text::TextItem;
use typst::visualize::{CurveItem, FixedStroke, Geometry, ImageKind, LineCap, Shape};
use typst_layout::PagedDocument;

use super::reader::colour;
use super::walk::{What, Where, walk};

/// The pages of a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawing {
    /// The sheets, in order.
    pub sheets: Vec<Sheet>,
    /// The outline of each glyph that is printed, in thousandths of its size, y downwards, as SVG has paths.
    pub outlines: BTreeMap<GlyphKey, String>,
}

/// A glyph: the family of its face, its weight, its number in it.
pub type GlyphKey = (String, u16, u16);

/// One sheet. All lengths are in points.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// What is printed on it, in that order.
    pub items: Vec<Item>,
}

/// One thing on a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The elements that it belongs to, outermost first.
    pub elements: Arc<[String]>,
    /// From its own measures to those of the sheet: the six numbers of an SVG matrix.
    pub at: [f64; 6],
    /// What is seen of it: left, top, right and bottom on the sheet, where something cuts it off.
    pub window: Option<[f64; 4]>,
    /// What it is.
    pub what: Thing,
}

/// What a thing is.
#[derive(Debug, Clone, PartialEq)]
pub enum Thing {
    /// A run of text in one face.
    Run {
        /// The family of its face.
        family: String,
        /// The weight of its face.
        weight: u16,
        /// Its size.
        size: f64,
        /// Its colour, as `#rrggbb`.
        colour: String,
        /// Its characters.
        text: String,
        /// Its glyphs: the number in the face, how far from the beginning of the run, the bytes of the text that it shows.
        glyphs: Vec<(u16, f64, std::ops::Range<u16>)>,
    },
    /// A shape.
    Shape {
        /// Its outline, as SVG has paths.
        path: String,
        /// What fills it, as `#rrggbb`.
        fill: Option<String>,
        /// Its line.
        stroke: Option<Stroke>,
    },
    /// A picture.
    Picture {
        /// Its file.
        bytes: Vec<u8>,
        /// `image/png` and the like.
        mime: &'static str,
        /// How wide and how high.
        size: (f64, f64),
    },
    /// A place that leads somewhere.
    Link {
        /// Where to.
        href: String,
        /// How wide and how high.
        size: (f64, f64),
    },
}

/// The line of a shape.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Its colour, as `#rrggbb`.
    pub colour: String,
    /// How thick it is.
    pub width: f64,
    /// The lengths of its dashes and gaps; none where it is drawn through.
    pub dashes: Vec<f64>,
    /// Whether its ends are round or reach beyond it, as SVG calls it.
    pub cap: &'static str,
}

impl Drawing {
    /// The drawing of laid-out pages.
    pub(in crate::pdf) fn of(document: &PagedDocument) -> Self {
        let mut drawing = Self::default();
        walk(document, 0, &mut |place, what| {
            let thing = match what {
                What::Page(size) => {
                    drawing.sheets.push(Sheet { width: size.x.to_pt(), height: size.y.to_pt(), items: Vec::new() });
                    return;
                }
                What::Run(text) => drawing.run(text),
                What::Shape(shape) => self::shape(shape),
                What::Picture(image, size) => {
                    let mime = match image.kind() {
                        ImageKind::Raster(raster) => raster_type(raster.data()),
                        ImageKind::Svg(_) => "image/svg+xml",
                        ImageKind::Pdf(_) => "application/pdf",
                    };
                    let bytes = match image.kind() {
                        ImageKind::Raster(raster) => raster.data().to_vec(),
                        ImageKind::Svg(svg) => svg.data().to_vec(),
                        ImageKind::Pdf(_) => Vec::new(),
                    };
                    Thing::Picture { bytes, mime, size: (size.x.to_pt(), size.y.to_pt()) }
                }
                What::Link(Destination::Url(url), size) => {
                    Thing::Link { href: url.to_string(), size: (size.x.to_pt(), size.y.to_pt()) }
                }
                What::Begin(_) | What::Link(..) => return,
            };
            let item =
                Item { elements: place.elements.clone(), at: matrix(place.at), window: window(&place), what: thing };
            drawing.sheets.last_mut().into_iter().for_each(|sheet| sheet.items.push(item.clone()));
        });
        drawing
    }

    fn run(&mut self, text: &TextItem) -> Thing {
        let info = text.font.font().info();
        let (family, weight) = (info.family.clone(), info.variant.weight.to_number());
        let mut x = Abs::zero();
        let mut glyphs = Vec::with_capacity(text.glyphs.len());
        for glyph in &text.glyphs {
            let key = (family.clone(), weight, glyph.id);
            self.outlines.entry(key).or_insert_with(|| outline(text, glyph.id));
            glyphs.push((glyph.id, (x + glyph.x_offset.at(text.size)).to_pt(), glyph.range.clone()));
            x += glyph.x_advance.at(text.size);
        }
        Thing::Run {
            family,
            weight,
            size: text.size.to_pt(),
            colour: colour(&text.fill),
            text: text.text.to_string(),
            glyphs,
        }
    }
}

/// What kind of picture a file of pixels is, by its first bytes.
fn raster_type(data: &[u8]) -> &'static str {
    match data {
        [0x89, b'P', ..] => "image/png",
        [0xff, 0xd8, ..] => "image/jpeg",
        [b'G', b'I', b'F', ..] => "image/gif",
        _ => "image/webp",
    }
}

fn matrix(at: Transform) -> [f64; 6] {
    let share = Ratio::get;
    [share(at.sx), share(at.ky), share(at.kx), share(at.sy), at.tx.to_pt(), at.ty.to_pt()]
}

fn window(place: &Where<'_>) -> Option<[f64; 4]> {
    let (one, two) = place
        .windows
        .iter()
        .map(|(a, b)| (a.min(*b), a.max(*b)))
        .reduce(|(low, high), (other_low, other_high)| (low.max(other_low), high.min(other_high)))?;
    Some([one.x.to_pt(), one.y.to_pt(), two.x.to_pt(), two.y.to_pt()])
}

fn shape(shape: &Shape) -> Thing {
    let place = |point: &Point| format!("{} {}", short(point.x.to_pt()), short(point.y.to_pt()));
    let path = match &shape.geometry {
        Geometry::Line(end) => format!("M0 0L{}", place(end)),
        Geometry::Rect(size) => {
            let (width, height) = (short(size.x.to_pt()), short(size.y.to_pt()));
            format!("M0 0H{width}V{height}H0Z")
        }
        Geometry::Curve(curve) => curve.0.iter().fold(String::new(), |path, item| {
            path + &match item {
                CurveItem::Move(to) => format!("M{}", place(to)),
                CurveItem::Line(to) => format!("L{}", place(to)),
                CurveItem::Cubic(a, b, to) => format!("C{} {} {}", place(a), place(b), place(to)),
                CurveItem::Close => "Z".to_owned(),
            }
        }),
    };
    Thing::Shape { path, fill: shape.fill.as_ref().map(colour), stroke: shape.stroke.as_ref().map(stroke) }
}

fn stroke(stroke: &FixedStroke) -> Stroke {
    let dashes = stroke.dash.iter().flat_map(|dash| &dash.array).map(|length| length.to_pt()).collect();
    let cap = match stroke.cap {
        LineCap::Butt => "butt",
        LineCap::Round => "round",
        LineCap::Square => "square",
    };
    Stroke { colour: colour(&stroke.paint), width: stroke.thickness.to_pt(), dashes, cap }
}

/// A glyph's outline in thousandths of its size, y downwards.
fn outline(text: &TextItem, glyph: u16) -> String {
    let mut outline = Outline { path: String::new(), scale: 1000.0 / text.font.units_per_em() };
    let _ = text.font.ttf().outline_glyph(ttf_parser::GlyphId(glyph), &mut outline);
    outline.path
}

struct Outline {
    path: String,
    scale: f64,
}

impl Outline {
    fn put(&mut self, word: char, points: &[(f32, f32)]) {
        self.path.push(word);
        for (index, (x, y)) in points.iter().enumerate() {
            if index > 0 {
                self.path.push(' ');
            }
            let (x, y) = (f64::from(*x) * self.scale, -f64::from(*y) * self.scale);
            self.path.push_str(&format!("{} {}", short(x), short(y)));
        }
    }
}

impl ttf_parser::OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.put('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.put('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.put('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.path.push('Z');
    }
}

/// A number with at most two digits behind the point.
pub(super) fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
