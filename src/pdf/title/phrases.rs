//! 词语 — set phrases of official language, which stay whole in a title: 高质量发展, 工业和信息化局.

use std::collections::BTreeMap;
use std::ops::Range;

/// Phrases, by their first character; those of one character the longest first.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    by_start: BTreeMap<char, Vec<String>>,
}

impl Phrases {
    /// Phrases of one character are words anyway and are left out.
    pub(super) fn new(phrases: impl IntoIterator<Item = String>) -> Self {
        let mut by_start = BTreeMap::<char, Vec<String>>::new();
        for phrase in phrases {
            let phrase = phrase.trim();
            if let Some(start) = phrase.chars().next()
                && phrase.chars().nth(1).is_some()
            {
                by_start.entry(start).or_default().push(phrase.to_owned());
            }
        }
        for phrases in by_start.values_mut() {
            phrases.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
            phrases.dedup();
        }
        Self { by_start }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.by_start.values().flatten().map(String::as_str)
    }

    /// Where phrases stand in a title, at each place the longest one.
    pub(super) fn spans(&self, title: &str) -> Vec<Range<usize>> {
        let longest = |(at, start): (usize, char)| {
            let rest = title.get(at..)?;
            let phrase = self.by_start.get(&start)?.iter().find(|phrase| rest.starts_with(phrase.as_str()))?;
            Some(at..at + phrase.len())
        };
        title.char_indices().filter_map(longest).collect()
    }
}
