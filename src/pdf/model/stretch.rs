//! 分段 — a list of thousands of rows is set in stretches, one after the other: typst holds all that it lays out at a time, and such a
//! list would fill the memory.

use super::page::{Page, Stretch};
use super::part::Part;
use super::table::TablePart;

impl<'a> Page<'a> {
    /// The next stretch, up to the row `rows` of its first list that is longer, with the number of rows of that list's head; `None` where
    /// what is left is set whole.
    ///
    /// A list in the text itself is: where the closing finds its place is not known before the last row is.
    pub(in crate::pdf) fn next_stretch(&mut self, rows: usize) -> Option<(Self, usize)> {
        let (attachment, part, list) = self.long_list(rows)?;
        let mut attachments = self.attachments.get(..attachment)?.to_vec();
        let last = self.attachments.get(attachment)?;
        let mut body = last.body.get(..part)?.to_vec();
        body.push(Part::Table(list.before(rows)));
        attachments.push(last.with(body));
        let head = list.head();
        Some((self.before(attachments), head))
    }

    /// Leaves out what stands on so many `pages`: up to the row `set` of the list that [`Self::next_stretch`] ended in.
    pub(in crate::pdf) fn go_on(&mut self, rows: usize, pages: usize, set: usize) {
        let Some((attachment, part, _)) = self.long_list(rows) else { return };
        self.attachments.drain(..attachment);
        if let Some(first) = self.attachments.first_mut() {
            first.body.drain(..part);
            first.continued = true;
            if let Some(Part::Table(list)) = first.body.first_mut() {
                list.skip(set);
            }
        }
        let Stretch { before, last } = self.stretch;
        self.stretch = Stretch { before: before + pages, last };
    }

    /// Its attachment, its place there, and the list; the last stretch is no shorter than half of one.
    fn long_list(&self, rows: usize) -> Option<(usize, usize, &TablePart<'a>)> {
        let lists = self.attachments.iter().enumerate().flat_map(|(at, one)| {
            one.body.iter().enumerate().filter_map(move |(part, it)| match it {
                Part::Table(list) => Some((at, part, list)),
                _ => None,
            })
        });
        // A heading below the list would not find the one above it in the outline of the file.
        let headed = |at: usize, part: usize| {
            let below = self.attachments.get(at).into_iter().flat_map(|one| one.body.iter().skip(part));
            below.into_iter().any(|part| matches!(part, Part::Heading { .. }))
        };
        let mut long =
            lists.filter(|(_, _, list)| list.len() > rows.saturating_add(rows / 2) && list.parts_between_rows());
        long.find(|(at, part, _)| !headed(*at, *part))
    }
}
