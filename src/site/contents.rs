//! 发布内容 — what a site is made of: who publishes, the documents, lists and articles, and the files that lie beside their pages.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use maud::html;

use crate::document::{Article, Dataset, Document};

use super::identity::Identity;

/// Everything that is published.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    /// Who publishes.
    pub identity: &'a Identity,
    /// 公文, in any order.
    pub notices: &'a [Document],
    /// Lists: catalogues and awards.
    pub datasets: &'a [Dataset],
    /// Pages of text that belong to lists.
    pub articles: Articles<'a>,
    /// Files that others put into the output (PDF, CSV, pictures), by their path below it. A page links to a document's PDF
    /// only if it stands here.
    pub files: &'a BTreeMap<String, FileFacts>,
    /// The names of documents that there are and that are not shown: what relates to them is no mistake of its own.
    pub elsewhere: &'a BTreeSet<String>,
    /// Whether what is made is kept: who only looks for what is wrong needs no index, no data files, no codes for telephones.
    pub kept: bool,
    /// Where words end.
    pub words: Words<'a>,
}

/// Pages of text. A year has as many that explain its awards as there are enterprises: each of those is made when its turn comes, and
/// let go of.
#[derive(Clone, Copy)]
pub struct Articles<'a> {
    /// How many explain awards.
    pub many: usize,
    /// Makes one of those, by its number; `None` where there is nothing to explain.
    pub make: &'a (dyn Fn(usize) -> Option<Article> + Sync),
    /// By what one of those is known again before it is made: the SHA-256 of all that it rests on, where that is told.
    pub of: &'a (dyn Fn(usize) -> Option<String> + Sync),
    /// All others.
    pub few: &'a [Article],
}

impl<'a> Articles<'a> {
    /// These alone.
    #[must_use]
    pub fn of(few: &'a [Article]) -> Self {
        Self { many: 0, make: &|_| None, of: &|_| None, few }
    }

    /// The numbers of all of them.
    pub(super) fn numbers(self) -> Vec<usize> {
        (0..self.many + self.few.len()).collect()
    }

    /// By what the one of a number is known again.
    pub(super) fn of_number(self, number: usize) -> Option<String> {
        if number < self.many { (self.of)(number) } else { None }
    }

    /// The one of a number.
    pub(super) fn get(self, number: usize) -> Option<Cow<'a, Article>> {
        match number.checked_sub(self.many) {
            Some(number) => self.few.get(number).map(Cow::Borrowed),
            None => (self.make)(number).map(Cow::Owned),
        }
    }
}

impl fmt::Debug for Articles<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Articles({} + {:?})", self.many, self.few)
    }
}

/// What a reader wants to know of a file before fetching it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileFacts {
    /// Its size.
    pub bytes: u64,
    /// How many pages it has, if it is a PDF.
    pub pages: Option<u32>,
    /// By what a reader may know it again.
    pub sums: Option<Sums>,
}

/// The digests of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sums {
    /// SHA-256.
    pub sha256: [u8; 32],
    /// SM3 (GB/T 32905).
    pub sm3: [u8; 32],
}

/// Where a word ends in a text: the places, in bytes, at which a narrow line may break it.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// Tells the places of a text.
    pub ends: &'a (dyn Fn(&str) -> Vec<usize> + Sync),
    /// By what that is known again: the same tells the same.
    pub of: &'a str,
}

impl Words<'_> {
    /// Tells no words apart.
    pub const NONE: Words<'static> = Words { ends: &|_| Vec::new(), of: "" };

    /// A text as HTML, broken between its words alone.
    pub(super) fn broken(self, text: &str) -> String {
        let mut places = (self.ends)(text);
        places.retain(|place| may_break(text, *place));
        let mut from = 0;
        let markup = html! {
            @if places.is_empty() { (text) } @else {
                span class="w" {
                    @for place in &places {
                        (text.get(std::mem::replace(&mut from, *place)..*place).unwrap_or_default()) wbr;
                    }
                    (text.get(from..).unwrap_or_default())
                }
            }
        };
        markup.into_string()
    }
}

/// Whether a line may end at a place between two words: never inside a number, between it and its unit, before a mark that closes or
/// behind one that opens.
fn may_break(text: &str, place: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(place) else { return false };
    let (Some(before), Some(after)) = (before.chars().next_back(), after.chars().next()) else { return false };
    let of_number = before.is_ascii_digit() || matches!(before, '.' | ',' | '-');
    !of_number && !"，。；：、！？）】》〉〕”’%.…".contains(after) && !"（【《〈〔“‘".contains(before)
}

impl fmt::Debug for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Words")
    }
}

impl FileFacts {
    /// `3页，120 KB`.
    pub(super) fn words(&self) -> String {
        let size = match self.bytes {
            0..1024 => format!("{} 字节", self.bytes),
            1024..1_048_576 => format!("{} KB", self.bytes.div_ceil(1024)),
            _ => format!("{}.{} MB", self.bytes / 1_048_576, self.bytes % 1_048_576 * 10 / 1_048_576),
        };
        self.pages.map_or_else(|| size.clone(), |pages| format!("{pages}页，{size}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_told_as_readers_know_it() {
        let words = |bytes, pages| FileFacts { bytes, pages, sums: None }.words();
        assert_eq!(words(1023, None), "1023 字节");
        assert_eq!(words(1024, None), "1 KB");
        assert_eq!(words(1025, Some(3)), "3页，2 KB");
        assert_eq!(words(1_048_576, None), "1.0 MB");
        assert_eq!(words(1_048_576 * 5 / 2, None), "2.5 MB");
    }

    #[test]
    fn a_number_stays_with_its_unit_and_marks_with_their_words() {
        let everywhere = |text: &str| text.char_indices().map(|(at, _)| at).skip(1).collect::<Vec<_>>();
        let broken = |text: &str| {
            Words { ends: &everywhere, of: "" }.broken(text).replace("<span class=\"w\">", "").replace("</span>", "")
        };
        assert_eq!(broken("增长15.3%"), "增<wbr>长<wbr>15.3%");
        assert_eq!(broken("约767.12万元"), "约<wbr>767.12万<wbr>元");
        assert_eq!(broken("（一）总"), "（一）<wbr>总");
        assert_eq!(broken("8家"), "8家");
    }
}
