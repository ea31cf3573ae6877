//! 走版 — typst's frames, walked once in the order in which they are printed; who reads the pages is told what comes.
//!
//! The layouts label the standard's elements (`<title>`, `<number>` …). What lies between an element's two tags in the frames belongs to
//! it; nothing here is taken from a setting.

use std::sync::Arc;

use typst::foundations::Smart;
use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem, Point, Size, Transform};
use typst::model::Destination;
use typst::text::TextItem;
use typst::visualize::{Geometry, Image, Shape};
use typst_layout::PagedDocument;

/// What comes next on a page.
pub(super) enum What<'f> {
    /// A new page of that size.
    Page(Size),
    /// The beginning of a labelled element.
    Begin(&'f str),
    Run(&'f TextItem),
    Shape(&'f Shape),
    Picture(&'f Image, Size),
    Link(&'f Destination, Size),
}

/// Where it comes.
pub(super) struct Where<'f> {
    /// The page, from 1.
    pub(super) page: usize,
    /// From its own measures to those of the sheet.
    pub(super) at: Transform,
    /// The elements that it belongs to, outermost first.
    pub(super) elements: &'f Arc<[String]>,
    /// What is seen of it: two corners each of the frames that cut off what is larger.
    pub(super) windows: &'f [(Point, Point)],
}

/// Walks the pages of a document, which follow so many others.
pub(super) fn walk(document: &PagedDocument, before: usize, tell: &mut dyn FnMut(Where<'_>, What<'_>)) {
    let mut walker = Walker { open: Vec::new(), elements: Arc::default(), windows: Vec::new(), page: 0, tell };
    for (index, page) in document.pages().iter().enumerate() {
        walker.page = before + index + 1;
        walker.tell(Transform::identity(), What::Page(page.frame.size()));
        if let Smart::Custom(Some(paint)) = &page.fill {
            walker.tell(Transform::identity(), What::Shape(&Geometry::Rect(page.frame.size()).filled(paint.clone())));
        }
        walker.frame(&page.frame, Transform::identity());
    }
}

struct Walker<'w> {
    /// The labelled elements that have begun and not ended.
    open: Vec<(Location, String)>,
    /// Their names, for what comes next.
    elements: Arc<[String]>,
    windows: Vec<(Point, Point)>,
    page: usize,
    tell: &'w mut dyn FnMut(Where<'_>, What<'_>),
}

impl Walker<'_> {
    fn tell(&mut self, at: Transform, what: What<'_>) {
        let place = Where { page: self.page, at, elements: &self.elements, windows: &self.windows };
        (self.tell)(place, what);
    }

    fn frame(&mut self, frame: &Frame, at: Transform) {
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
                    self.frame(&group.frame, inside);
                    self.windows.truncate(before);
                }
                FrameItem::Tag(Tag::Start(content, _)) => {
                    let Some(label) = content.label() else { continue };
                    let name = label.resolve().to_string();
                    self.tell(here, What::Begin(&name));
                    if let Some(location) = content.location() {
                        self.open.push((location, name));
                        self.elements = names(&self.open);
                    }
                }
                FrameItem::Tag(Tag::End(location, ..)) => {
                    let before = self.open.len();
                    self.open.retain(|(one, _)| one != location);
                    if self.open.len() < before {
                        self.elements = names(&self.open);
                    }
                }
                FrameItem::Text(text) => self.tell(here, What::Run(text)),
                FrameItem::Shape(shape, _) => self.tell(here, What::Shape(shape)),
                FrameItem::Image(image, size, _) => self.tell(here, What::Picture(image, *size)),
                FrameItem::Link(target, size) => self.tell(here, What::Link(target, *size)),
            }
        }
    }
}

fn names(open: &[(Location, String)]) -> Arc<[String]> {
    // An element may be open from one page to the next; what stands in the margins of the next does not belong to it.
    let margin = open.iter().rposition(|(_, name)| name == "furniture").unwrap_or(0);
    open.iter().skip(margin).map(|(_, name)| name.clone()).collect()
}
