//! 读版 — typst's frames, read in the order in which they are printed.
//!
//! The layouts label the standard's elements (`<title>`, `<number>` …). What lies between an element's two tags in the
//! frames is its ink; nothing here is taken from a setting.

use std::sync::Arc;

use typst::introspection::{Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst::text::TextItem;
use typst::visualize::{Geometry, Paint};
use typst_layout::PagedDocument;

use super::super::grid::RIGHT;
use super::ink::Ink;
use super::pages::{Anchor, Pages};

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
        let pages = Self { sheets: Vec::new(), ink: Vec::new(), anchors: Vec::new() };
        let mut reader = Reader { pages, open: Vec::new(), names: Arc::default(), windows: Vec::new() };
        for (index, page) in document.pages().iter().enumerate() {
            reader.pages.sheets.push((page.frame.width().to_mm(), page.frame.height().to_mm()));
            reader.read(&page.frame, Transform::identity(), index + 1);
        }
        reader.pages
    }
}

/// Reads frames, in the order in which they are printed.
struct Reader {
    pages: Pages,
    /// The labelled elements that have begun and not ended.
    open: Vec<(Location, String)>,
    /// Their names, for the ink that comes next.
    names: Arc<[String]>,
    /// What is seen of pictures and rules inside of frames that cut off what is larger: two corners each.
    windows: Vec<(Point, Point)>,
}

impl Reader {
    fn read(&mut self, frame: &Frame, at: Transform, page: usize) {
        for (position, item) in frame.items() {
            let here = at.pre_concat(Transform::translate(position.x, position.y));
            match item {
                FrameItem::Group(group) => {
                    let inside = here.pre_concat(group.transform);
                    let before = self.windows.len();
                    if let Some(clip) = &group.clip {
                        let bounds = clip.bbox(None);
                        self.windows.push((bounds.min.transform(inside), bounds.max.transform(inside)));
                    }
                    self.read(&group.frame, inside, page);
                    self.windows.truncate(before);
                }
                FrameItem::Tag(Tag::Start(content, _)) => {
                    let Some(label) = content.label() else { continue };
                    let name = label.resolve().to_string();
                    let top = Point::zero().transform(here).y.to_mm();
                    self.pages.anchors.push(Anchor { name: name.clone(), page, top, index: self.pages.ink.len() });
                    if let Some(location) = content.location() {
                        self.open.push((location, name));
                        self.names = names(&self.open);
                    }
                }
                FrameItem::Tag(Tag::End(location, ..)) => {
                    let before = self.open.len();
                    self.open.retain(|(one, _)| one != location);
                    if self.open.len() < before {
                        self.names = names(&self.open);
                    }
                }
                FrameItem::Text(text) => {
                    let size = text.size;
                    let corner = |x, y| Point::new(x, y).transform(here);
                    let start = corner(Abs::zero(), -0.88 * size);
                    let end = corner(text.width(), 0.12 * size);
                    let (low, high) = if self.is_to_the_ink() {
                        let bounds = text.bbox();
                        (corner(bounds.min.x, bounds.min.y), corner(bounds.max.x, bounds.max.y))
                    } else if start.x.max(end.x).to_mm() > NEAR_FORE_EDGE {
                        (start, last_ink(text).map_or(end, |x| corner(x, 0.12 * size)))
                    } else {
                        (start, end)
                    };
                    let base = corner(Abs::zero(), Abs::zero());
                    self.pages.ink.push(Ink {
                        page,
                        elements: self.names.clone(),
                        text: text.text.to_string(),
                        face: text.font.font().info().family.clone(),
                        size: size.to_pt(),
                        left: start.x.min(end.x).to_mm(),
                        right: start.x.max(end.x).to_mm(),
                        top: start.y.min(end.y).to_mm(),
                        bottom: start.y.max(end.y).to_mm(),
                        baseline: base.y.to_mm(),
                        ink: (low.y.min(high.y).to_mm(), low.y.max(high.y).to_mm()),
                        reach: (low.x.min(high.x).to_mm(), low.x.max(high.x).to_mm()),
                        weight: 0.0,
                        colour: colour(&text.fill),
                    });
                }
                FrameItem::Shape(shape, _) => {
                    let size = match &shape.geometry {
                        Geometry::Line(end) => Size::new(end.x, end.y),
                        other => other.bbox(None).size(),
                    };
                    let paint = shape.stroke.as_ref().map(|stroke| &stroke.paint).or(shape.fill.as_ref());
                    let weight = match &shape.geometry {
                        Geometry::Line(_) => shape.stroke.as_ref().map_or(0.0, |stroke| stroke.thickness.to_mm()),
                        _ => size.y.to_mm(),
                    };
                    self.shape(page, here, size, weight, paint.map(colour).unwrap_or_default());
                }
                FrameItem::Image(_, size, _) => self.shape(page, here, *size, 0.0, String::new()),
                FrameItem::Link(..) => {}
            }
        }
    }

    /// Whether what comes next is measured by its ink, not by the boxes of its characters.
    fn is_to_the_ink(&self) -> bool {
        self.names.iter().any(|name| TO_THE_INK.contains(&name.as_str()))
    }

    fn shape(&mut self, page: usize, here: Transform, size: Size, weight: f64, colour: String) {
        let (mut one, mut two) = (Point::zero().transform(here), size.to_point().transform(here));
        for (a, b) in &self.windows {
            one = one.max(a.min(*b)).min(a.max(*b));
            two = two.max(a.min(*b)).min(a.max(*b));
        }
        let (top, bottom) = (one.y.min(two.y).to_mm(), one.y.max(two.y).to_mm());
        let (left, right) = (one.x.min(two.x).to_mm(), one.x.max(two.x).to_mm());
        self.pages.ink.push(Ink {
            page,
            elements: self.names.clone(),
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
        });
    }
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

fn names(open: &[(Location, String)]) -> Arc<[String]> {
    // An element may be open from one page to the next; what stands in the margins of the next does not belong to it.
    let margin = open.iter().rposition(|(_, name)| name == "furniture").unwrap_or(0);
    open.iter().skip(margin).map(|(_, name)| name.clone()).collect()
}

fn colour(paint: &Paint) -> String {
    match paint {
        Paint::Solid(colour) => colour.to_hex().to_string(),
        _ => String::new(),
    }
}
