//! 读版 — the ink of the pages, as the ruler asks for it.

use typst::layout::{Abs, Point, Size, Transform};
use typst::text::TextItem;
use typst::visualize::{Geometry, Paint, Shape};
use typst_layout::PagedDocument;

use super::super::grid::RIGHT;
use super::ink::{Ink, Odd};
use super::pages::{Anchor, Pages};
use super::walk::{What, Where, walk};

/// The elements whose distances the standard takes from the characters themselves: the mark's upper edge (7.2.4), the dash of a
/// page number (7.5).
const TO_THE_INK: [&str; 2] = ["mark", "page-number"];
/// A run whose box ends beyond this, in millimetres from the left of the sheet, may be inside the type area all the same: a
/// justified line ends with the white half of its last character.
const NEAR_FORE_EDGE: f64 = RIGHT - 2.5;

impl Pages {
    /// Reads the frames.
    #[must_use]
    pub(in crate::pdf) fn of(document: &PagedDocument) -> Self {
        let mut pages = Self::default();
        pages.append(document);
        pages
    }

    /// Reads the frames of what follows on these pages. A table that they end with goes on in it.
    pub(in crate::pdf) fn append(&mut self, document: &PagedDocument) {
        let mut goes_on = !self.sheets.is_empty();
        walk(document, self.sheets.len(), &mut |place, what| match what {
            What::Page(size) => self.sheets.push((size.x.to_mm(), size.y.to_mm())),
            What::Begin("table") if goes_on => goes_on = false,
            What::Begin(name) => {
                let top = Point::zero().transform(place.at).y.to_mm();
                let index = self.ink.len();
                self.anchors.push(Anchor { name: name.to_owned(), page: place.page, top, index });
            }
            What::Run(text) => self.ink.push(run(&place, text)),
            What::Shape(one) => {
                let size = match &one.geometry {
                    Geometry::Line(end) => Size::new(end.x, end.y),
                    other => other.bbox(None).size(),
                };
                let dashed = one.stroke.as_ref().is_some_and(|stroke| stroke.dash.is_some());
                let ink = shape(&place, size, weight(one, size), colour_of(one));
                self.ink.push(Ink { odd: dashed.then_some(Odd::Dashed), ..ink });
            }
            What::Picture(_, size) => self.ink.push(shape(&place, size, 0.0, String::new())),
            What::Link(..) => {}
        });
    }
}

fn run(place: &Where<'_>, text: &TextItem) -> Ink {
    let size = text.size;
    let corner = |x, y| Point::new(x, y).transform(place.at);
    let start = corner(Abs::zero(), -0.88 * size);
    let end = corner(text.width(), 0.12 * size);
    let to_the_ink = place.elements.iter().any(|name| TO_THE_INK.contains(&name.as_str()));
    let (low, high) = if to_the_ink {
        let bounds = text.bbox();
        (corner(bounds.min.x, bounds.min.y), corner(bounds.max.x, bounds.max.y))
    } else if start.x.max(end.x).to_mm() > NEAR_FORE_EDGE {
        (start, last_ink(text).map_or(end, |x| corner(x, 0.12 * size)))
    } else {
        (start, end)
    };
    Ink {
        page: place.page,
        elements: place.elements.clone(),
        text: text.text.to_string(),
        face: text.font.font().info().family.clone(),
        size: size.to_pt(),
        left: start.x.min(end.x).to_mm(),
        right: start.x.max(end.x).to_mm(),
        top: start.y.min(end.y).to_mm(),
        bottom: start.y.max(end.y).to_mm(),
        baseline: corner(Abs::zero(), Abs::zero()).y.to_mm(),
        ink: (low.y.min(high.y).to_mm(), low.y.max(high.y).to_mm()),
        reach: (low.x.min(high.x).to_mm(), low.x.max(high.x).to_mm()),
        weight: 0.0,
        colour: colour(&text.fill),
        odd: if text.stroke.is_some() { Some(Odd::Outlined) } else { askew(place) },
    }
}

/// What is no text: its box, as far as it is seen.
fn shape(place: &Where<'_>, size: Size, weight: f64, colour: String) -> Ink {
    let (mut one, mut two) = (Point::zero().transform(place.at), size.to_point().transform(place.at));
    for (a, b) in place.windows {
        one = one.max(a.min(*b)).min(a.max(*b));
        two = two.max(a.min(*b)).min(a.max(*b));
    }
    let (top, bottom) = (one.y.min(two.y).to_mm(), one.y.max(two.y).to_mm());
    let (left, right) = (one.x.min(two.x).to_mm(), one.x.max(two.x).to_mm());
    Ink {
        page: place.page,
        elements: place.elements.clone(),
        text: String::new(),
        face: String::new(),
        size: 0.0,
        left,
        right,
        top,
        bottom,
        baseline: bottom,
        ink: (top, bottom),
        reach: (left, right),
        weight,
        colour,
        odd: askew(place),
    }
}

/// Whether something stands on its head or leans; what lies on its side does so on purpose.
fn askew(place: &Where<'_>) -> Option<Odd> {
    let Transform { sx, ky, kx, sy, .. } = place.at;
    let upright = sx.get() > 0.0 && sy.get() > 0.0 && ky.get().abs() < 1e-6 && kx.get().abs() < 1e-6;
    let on_its_side = sx.get().abs() < 1e-6 && sy.get().abs() < 1e-6 && ky.get() > 0.0 && kx.get() < 0.0;
    (!upright && !on_its_side).then_some(Odd::Askew)
}

/// How thick a rule is: a line's stroke, a box's height.
fn weight(shape: &Shape, size: Size) -> f64 {
    match &shape.geometry {
        Geometry::Line(_) => shape.stroke.as_ref().map_or(0.0, |stroke| stroke.thickness.to_mm()),
        _ => size.y.to_mm(),
    }
}

fn colour_of(shape: &Shape) -> String {
    let paint = shape.stroke.as_ref().map(|stroke| &stroke.paint).or(shape.fill.as_ref());
    paint.map(colour).unwrap_or_default()
}

/// The right edge of the ink of a run's last character, from the beginning of the run. The outlines of the others are not asked
/// for: that takes a tenth of the time in which a document is set.
fn last_ink(text: &TextItem) -> Option<Abs> {
    let last = text.glyphs.last()?;
    let before = text.width() - last.x_advance.at(text.size);
    let bounds = TextItem { glyphs: vec![last.clone()], ..text.clone() }.bbox();
    // A space has no ink.
    bounds.max.x.to_pt().is_finite().then_some(before + bounds.max.x)
}

/// A colour as `#rrggbb`; empty for what is none.
pub(super) fn colour(paint: &Paint) -> String {
    match paint {
        Paint::Solid(colour) => colour.to_hex().to_string(),
        _ => "渐变".to_owned(),
    }
}
