//! 截断 — the pages of a stretch that are full, without the beginning of what the next stretch is set with.

use typst::foundations::{Packed, Smart, StyleChain};
use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem, Point};
use typst::model::{Document, TableCell};
use typst_layout::PagedDocument;

/// The full pages of a document whose last table goes on elsewhere, and how many rows of that table, below the `head` rows of its head,
/// they hold. They are even in number: right and left pages are told apart by their numbers. `None` where there are none.
///
/// All cells of the table are in the tags, those on the pages that are left out empty: the engine writes no table with holes.
pub(in crate::pdf) fn full_pages(document: &PagedDocument, head: usize) -> Option<(PagedDocument, usize)> {
    // The table ends on the last page, which may not be full.
    let kept = document.pages().len().saturating_sub(1) & !1;
    let (full, others) = document.pages().split_at_checked(kept)?;
    let mut open: Vec<Location> = Vec::new();
    for page in full {
        each_tag(&page.frame, &mut |tag| match tag {
            Tag::Start(content, _) => open.extend(content.location()),
            Tag::End(location, ..) => open.retain(|one| one != location),
        });
    }
    let mut rows = None;
    let mut closing = Vec::new();
    for page in others {
        each_tag(&page.frame, &mut |tag| {
            match tag {
                Tag::Start(content, _) => {
                    let row = content.to_packed::<TableCell>().and_then(row);
                    let Some(row) = row.and_then(|row| row.checked_sub(head)) else { return };
                    rows = Some(rows.map_or(row, |first: usize| first.min(row)));
                    open.extend(content.location());
                }
                Tag::End(location, ..) if open.contains(location) => open.retain(|one| one != location),
                Tag::End(..) => return,
            }
            closing.push(FrameItem::Tag(tag.clone()));
        });
    }
    let mut full = full.to_vec();
    let end = full.last_mut()?;
    end.frame.push_multiple(closing.into_iter().map(|item| (Point::zero(), item)));
    Some((PagedDocument::new(full.into_iter().collect(), document.info().clone()), rows?))
}

/// The row of a table that a cell stands in.
fn row(cell: &Packed<TableCell>) -> Option<usize> {
    match cell.y.get(StyleChain::default()) {
        Smart::Custom(row) => Some(row),
        Smart::Auto => None,
    }
}

fn each_tag(frame: &Frame, see: &mut dyn FnMut(&Tag)) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => each_tag(&group.frame, see),
            FrameItem::Tag(tag) => see(tag),
            _ => {}
        }
    }
}
