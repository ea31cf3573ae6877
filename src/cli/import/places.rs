//! 对格 — which cell a finding of the workspace's checks is about: the one that its place in a file came from, or the one that holds the
//! name it speaks of.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use crate::exchange::intake::Intake;
use crate::exchange::merge::Merged;
use crate::exchange::workbook::At;

/// The cells of one merged file, by the stretches of text that came from them. Stretches lie inside each other or apart.
pub(super) struct Cells<'m> {
    /// In order, each with the place of the one around it.
    stretches: Vec<(&'m Range<usize>, &'m At, Option<usize>)>,
}

impl<'m> Cells<'m> {
    pub(super) fn of(merged: &'m Merged) -> Self {
        let mut stretches: Vec<_> = merged.origins.iter().map(|(range, at)| (range, at, None)).collect();
        stretches.sort_by_key(|(range, _, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (index, (range, _, around)) in stretches.iter_mut().enumerate() {
            while open.pop_if(|(_, end)| *end <= range.start).is_some() {}
            *around = open.last().map(|(index, _)| *index);
            open.push((index, range.end));
        }
        Self { stretches }
    }

    /// The cell that a byte came from: that of the narrowest stretch that holds it.
    pub(super) fn at(&self, byte: usize) -> Option<&'m At> {
        let mut next = self.stretches.partition_point(|(range, _, _)| range.start <= byte).checked_sub(1);
        while let Some((range, at, around)) = next.and_then(|index| self.stretches.get(index)) {
            if range.contains(&byte) || range.start == byte {
                return Some(at);
            }
            next = *around;
        }
        None
    }
}

/// The cells that hold what records are known by.
pub(super) struct Names<'i> {
    names: HashMap<&'i str, &'i At>,
    /// How long they are, in bytes.
    lengths: BTreeSet<usize>,
}

impl<'i> Names<'i> {
    pub(super) fn of(intake: &'i Intake) -> Self {
        let mut names = HashMap::new();
        for target in &intake.targets {
            let keys = target.records.iter().filter_map(|record| record.value.get(target.key.as_deref()?));
            for (name, at) in keys.filter_map(|key| Some((key.as_text()?, key.at.as_ref()?))) {
                names.entry(name).or_insert(at);
            }
        }
        let lengths = names.keys().map(|name| name.len()).filter(|length| *length > 0).collect();
        Self { names, lengths }
    }

    /// The cell of the first name that a message says, the longest where several begin there.
    pub(super) fn in_message(&self, message: &str) -> Option<&'i At> {
        message.char_indices().find_map(|(from, _)| {
            let mut parts = self.lengths.iter().rev().filter_map(|length| message.get(from..from + length));
            parts.find_map(|part| self.names.get(part).copied())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stretches in stretches, side by side, empty, and what lies outside of all.
    #[test]
    fn the_narrowest_stretch_is_found() {
        let at = |row| At { sheet: "表".into(), row, column: Some(0) };
        let ranges = [(5..40, 1), (5..12, 2), (12..30, 3), (14..14, 4), (15..20, 5), (50..60, 6)];
        let origins: Vec<_> = ranges.iter().rev().map(|(range, row)| (range.clone(), at(*row))).collect();
        let merged = Merged { text: String::new(), origins: origins.clone(), changes: Vec::new(), missed: Vec::new() };
        let cells = Cells::of(&merged);
        for byte in 0..70 {
            let around = origins.iter().filter(|(range, _)| range.contains(&byte) || range.start == byte);
            let wanted = around.min_by_key(|(range, _)| range.len()).map(|(_, at)| at);
            assert_eq!(cells.at(byte), wanted, "{byte}");
        }
    }
}
