//! 版面 — all that is printed on the pages of a document, and how it is asked for: by element, between elements, page by page.

use std::ops::Range;

use super::ink::Ink;

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

/// All that is printed on the pages of a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pages {
    /// Width and height of each sheet in millimetres.
    pub sheets: Vec<(f64, f64)>,
    /// Everything, page by page, in the order of the frames.
    pub ink: Vec<Ink>,
    /// Where each labelled element begins, also those that print nothing.
    pub anchors: Vec<Anchor>,
}

/// What of some ink, page by page, is printed on a page.
pub(in crate::pdf) fn on(inks: &[Ink], page: usize) -> &[Ink] {
    let before = |page: usize| inks.partition_point(|ink| ink.page < page);
    inks.get(before(page)..before(page + 1)).unwrap_or_default()
}

impl Pages {
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
    pub(in crate::pdf) fn bound_left(&self, shift: f64) -> Self {
        let mut pages = self.clone();
        for ink in pages.ink.iter_mut().filter(|ink| ink.page.is_multiple_of(2) && !self.is_turned(ink.page)) {
            ink.left += shift;
            ink.right += shift;
            ink.reach = (ink.reach.0 + shift, ink.reach.1 + shift);
        }
        pages
    }

    /// All that is printed on a page.
    #[must_use]
    pub fn on(&self, page: usize) -> &[Ink] {
        on(&self.ink, page)
    }

    /// Whether a page bears nothing but what every page has.
    pub(in crate::pdf) fn is_empty(&self, page: usize) -> bool {
        self.on(page).iter().all(|ink| ink.of("furniture"))
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

    /// How many things are printed before the first of these elements; all where there is none of them.
    pub(in crate::pdf) fn first_of(&self, names: &[&str]) -> usize {
        let first = self.anchors.iter().find(|anchor| names.contains(&anchor.name.as_str()));
        first.map_or(self.ink.len(), |anchor| anchor.index)
    }

    /// Where an element begins, each time.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Anchor> {
        self.anchors.iter().filter(move |anchor| anchor.name == name)
    }

    /// What is printed between the beginnings of two elements, page numbers and the like left out.
    pub fn between<'a>(&'a self, start: &str, end: &str) -> impl Iterator<Item = &'a Ink> {
        self.printed(self.index_of(start)..self.index_of(end))
    }

    /// What is printed before the beginning of an element, page numbers and the like left out.
    pub fn before<'a>(&'a self, end: &str) -> impl Iterator<Item = &'a Ink> {
        self.printed(0..self.index_of(end))
    }

    /// How many things are printed before the beginning of an element; none where it is nowhere.
    pub(in crate::pdf) fn index_of(&self, name: &str) -> usize {
        self.anchor(name).map_or(0, |anchor| anchor.index)
    }

    fn printed(&self, range: Range<usize>) -> impl Iterator<Item = &Ink> {
        self.ink.get(range).unwrap_or_default().iter().filter(|ink| !ink.of("furniture"))
    }

    /// Where lines end, of texts and of cells: the last piece of each, and the first of the next one. What every page has is passed over.
    pub(in crate::pdf) fn line_ends(&self) -> impl Iterator<Item = (&Ink, &Ink)> {
        let text = || self.ink.iter().filter(|ink| !ink.text.trim().is_empty() && !ink.of("furniture"));
        text().zip(text().skip(1)).filter(|(end, next)| !next.is_beside(end))
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
}
