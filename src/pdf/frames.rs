//! The laid-out pages, read back: which text, rule and picture of which element stands where, in millimetres.
//!
//! The layouts label the standard's elements (`<title>`, `<number>` …). What lies between an element's two tags in the
//! frames is its ink; nothing here is taken from a setting.

use std::ops::Range;
use std::sync::Arc;

use typst::introspection::{Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst::text::TextItem;
use typst::visualize::{Geometry, Paint};
use typst_layout::PagedDocument;

use super::faces::Role;
use super::grid::{POINT, RIGHT};

/// The character on either side of a sign on the proof sheet.
const FRAME: char = '国';

/// The elements whose distances the standard takes from the characters themselves: the mark's upper edge (7.2.4), the dash of a
/// page number (7.5).
const TO_THE_INK: [&str; 2] = ["mark", "page-number"];
/// A run whose box ends beyond this, in millimetres from the left of the sheet, may be inside the type area all the same: a
/// justified line ends with the white half of its last character.
const NEAR_FORE_EDGE: f64 = RIGHT - 2.5;

/// One thing that is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Ink {
    /// The page, from 1.
    pub page: usize,
    /// The elements that it belongs to, outermost first.
    pub elements: Arc<[String]>,
    /// Its text; empty for a rule or a picture.
    pub text: String,
    /// The family of its face; empty for a rule or a picture.
    pub face: String,
    /// The size of its text in points.
    pub size: f64,
    /// The left edge of its box, in millimetres from the sheet's left edge.
    pub left: f64,
    /// The right edge.
    pub right: f64,
    /// The top of its box: of text, 0.88 of its size above the base line.
    pub top: f64,
    /// The bottom of its box: of text, 0.12 of its size below the base line.
    pub bottom: f64,
    /// The base line of text; the bottom of anything else.
    pub baseline: f64,
    /// The highest and lowest ink of the mark and of page numbers; top and bottom of anything else.
    pub ink: (f64, f64),
    /// How far it reaches to the left and to the right: the ink of the mark, of page numbers and of text that ends near the fore
    /// edge, the box of anything else.
    pub reach: (f64, f64),
    /// The weight of a rule in millimetres.
    pub weight: f64,
    /// Its colour, as `#rrggbb`.
    pub colour: String,
}

impl Ink {
    /// Whether it belongs to the element of that name.
    #[must_use]
    pub fn of(&self, element: &str) -> bool {
        self.elements.iter().any(|name| name == element)
    }
}

/// Where a labelled element begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Anchor {
    /// Its label.
    pub name: String,
    /// The page, from 1.
    pub page: usize,
    /// The height on the sheet, in millimetres.
    pub top: f64,
    /// How many things are printed before it.
    pub index: usize,
}

/// A sign on the proof sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sign {
    /// The sign, one character or a pair that belongs together (——).
    pub text: String,
    /// The family of its face.
    pub face: String,
    /// How wide it is, in characters.
    pub width: f64,
}

/// All that is printed on the pages of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// Width and height of each sheet in millimetres.
    pub sheets: Vec<(f64, f64)>,
    /// Everything, page by page, in the order of the frames.
    pub ink: Vec<Ink>,
    /// Where each labelled element begins, also those that print nothing.
    pub anchors: Vec<Anchor>,
}

impl Pages {
    /// Reads the frames.
    #[must_use]
    pub(super) fn of(document: &PagedDocument) -> Self {
        let pages = Self { sheets: Vec::new(), ink: Vec::new(), anchors: Vec::new() };
        let mut reader = Reader { pages, open: Vec::new(), names: Arc::default(), windows: Vec::new() };
        for (index, page) in document.pages().iter().enumerate() {
            reader.pages.sheets.push((page.frame.width().to_mm(), page.frame.height().to_mm()));
            reader.read(&page.frame, Transform::identity(), index + 1);
        }
        reader.pages
    }

    /// Whether a page lies on its side.
    #[must_use]
    pub fn is_turned(&self, page: usize) -> bool {
        self.sheets.get(page.saturating_sub(1)).is_some_and(|(width, height)| width > height)
    }

    /// Where ink lies on its sheet held upright, as the other sheets are: a wide page is turned so that its head lies at the left
    /// edge (8).
    #[must_use]
    pub fn upright(&self, ink: &Ink) -> Ink {
        let Some((width, _)) = self.sheets.get(ink.page.saturating_sub(1)).filter(|(width, height)| width > height)
        else {
            return ink.clone();
        };
        Ink {
            left: ink.top,
            right: ink.bottom,
            top: width - ink.right,
            bottom: width - ink.left,
            ink: (width - ink.reach.1, width - ink.reach.0),
            reach: ink.ink,
            ..ink.clone()
        }
    }

    /// The pages with the even ones moved to where they would lie if their binding edge were at the left too: `shift`
    /// millimetres to the right. What lies on turned pages keeps clear of both edges and stays.
    pub(super) fn bound_left(&self, shift: f64) -> Self {
        let mut pages = self.clone();
        for ink in pages.ink.iter_mut().filter(|ink| ink.page.is_multiple_of(2) && !self.is_turned(ink.page)) {
            ink.left += shift;
            ink.right += shift;
            ink.reach = (ink.reach.0 + shift, ink.reach.1 + shift);
        }
        pages
    }

    /// What belongs to an element.
    pub fn element<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Ink> {
        self.ink.iter().filter(move |ink| ink.of(name))
    }

    /// Where an element first begins.
    #[must_use]
    pub fn anchor(&self, name: &str) -> Option<&Anchor> {
        self.anchors.iter().find(|anchor| anchor.name == name)
    }

    /// What is printed between the beginnings of two elements, page numbers and the like left out.
    pub fn between<'a>(&'a self, start: &str, end: &str) -> impl Iterator<Item = &'a Ink> {
        self.printed(self.index(start)..self.index(end))
    }

    /// What is printed before the beginning of an element, page numbers and the like left out.
    pub fn before<'a>(&'a self, end: &str) -> impl Iterator<Item = &'a Ink> {
        self.printed(0..self.index(end))
    }

    fn index(&self, name: &str) -> usize {
        self.anchor(name).map_or(0, |anchor| anchor.index)
    }

    fn printed(&self, range: Range<usize>) -> impl Iterator<Item = &Ink> {
        self.ink.get(range).unwrap_or_default().iter().filter(|ink| !ink.of("furniture"))
    }

    /// What belongs to each occurrence of an element.
    pub fn each<'a>(&'a self, name: &'a str) -> impl Iterator<Item = impl Iterator<Item = &'a Ink>> {
        let starts: Vec<&Anchor> = self.anchors.iter().filter(|anchor| anchor.name == name).collect();
        let ends: Vec<usize> = starts.iter().skip(1).map(|next| next.index).chain([self.ink.len()]).collect();
        starts.into_iter().zip(ends).map(move |(start, end)| {
            let inks = self.ink.get(start.index..end).unwrap_or_default().iter();
            inks.take_while(move |ink| ink.page <= start.page + 1).filter(move |ink| ink.of(name))
        })
    }

    /// The signs of a role on the proof sheet (`proof.typ`), where each stands between two characters of that role.
    #[must_use]
    pub fn signs(&self, role: Role) -> Vec<Sign> {
        let element = format!("sign-{}", role.key());
        let sign = |inks: &mut dyn Iterator<Item = &Ink>| {
            let inks: Vec<&Ink> = inks.collect();
            let text: String = inks.iter().map(|ink| ink.text.as_str()).collect();
            let text = text.strip_prefix(FRAME)?.strip_suffix(FRAME)?.to_owned();
            let face = inks.iter().find(|ink| ink.text.contains(&text)).or(inks.get(1))?.face.clone();
            let (first, last) = (inks.first()?, inks.last()?);
            Some(Sign { text, face, width: (last.right - first.left) / (first.size * POINT) - 2.0 })
        };
        self.each(&element).filter_map(|mut inks| sign(&mut inks)).collect()
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
