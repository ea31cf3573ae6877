//! 网页文件 — the files of the site as they leave, and what is kept of a page that has left.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::calendar::Day;
use crate::digest::digest_of_json;

/// A file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its path below the output folder, with `/`.
    pub path: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
    /// The SHA-256 of what it is made of, where that is told: of the same the same files are made.
    pub of: Option<String>,
}

/// Where the files of a site go, from any thread and in any order.
pub trait Sink: Sync {
    /// Takes a file.
    fn put(&self, page: Page);

    /// Whether anybody reads what stands in the files: who only looks for what is wrong asks for their paths alone.
    fn reads(&self) -> bool {
        true
    }

    /// Whether it remembers what files were made of.
    fn remembers(&self) -> bool {
        false
    }

    /// Takes the files that were made of the same before, as they are; their paths. `None` where they are not to be had: then they
    /// are made, and put.
    fn again(&self, _of: &str) -> Option<Vec<String>> {
        None
    }

    /// What was told of something before.
    fn told(&self, _of: &str) -> Option<Vec<u8>> {
        None
    }

    /// Remembers what is told of something.
    fn tell(&self, _of: &str, _told: &[u8]) {}
}

/// Where a file goes, from any thread.
pub(super) type Put<'p> = &'p (dyn Fn(Page) + Sync);

impl<F: Fn(Page) + Sync> Sink for F {
    fn put(&self, page: Page) {
        self(page);
    }
}

impl Page {
    /// A file.
    pub(super) fn new(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { path: path.into(), bytes, of: None }
    }

    /// A file of text. Characters that neither HTML nor XML may hold, and no reader sees, are left out.
    pub(super) fn text(path: impl Into<String>, mut text: String) -> Self {
        if is_suspicious(text.as_bytes()) && text.contains(unprintable) {
            text.retain(|c| !unprintable(c));
        }
        Self::new(path, text.into_bytes())
    }
}

/// Whether a text may hold what is [`unprintable`]: quicker to tell of a long page than by its characters, many bytes at once where
/// nothing branches within a stretch.
fn is_suspicious(text: &[u8]) -> bool {
    const STRETCH: usize = 1024;
    let begins = |(one, next): (&u8, &u8)| {
        let control = *one < b' ' && *one != b'\t' && *one != b'\n' && *one != b'\r';
        let (two, three) = (*one == 0xC2 && *next < 0xA0, *one == 0xEF && *next & 0xF7 == 0xB7);
        control || *one == 0x7F || *one >= 0xF0 || two || three
    };
    let pairs = text.chunks(STRETCH).zip(text.get(1..).unwrap_or_default().chunks(STRETCH));
    let within =
        pairs.map(|(ones, nexts)| ones.iter().zip(nexts).fold(0, |found, pair| found | u8::from(begins(pair))) > 0);
    within.chain(text.last().map(|last| begins((last, &0)))).any(|found| found)
}

/// Control characters but for tab and line ends, and the code points that Unicode keeps from being characters.
fn unprintable(c: char) -> bool {
    let code = u32::from(c);
    c.is_control() && !matches!(c, '\t' | '\n' | '\r') || matches!(code, 0xFDD0..=0xFDEF) || code & 0xFFFE == 0xFFFE
}

/// The addresses that a page carries.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Addresses {
    /// Paths below the output folder that it links to or shows.
    pub(super) targets: BTreeSet<String>,
    /// What its text gives as an address but no page may carry.
    pub(super) refused: Vec<String>,
}

/// What feeds, sitemap and checks must know of a page that has left.
#[derive(Serialize, Deserialize)]
pub(super) struct Rendered {
    /// Its path below the output folder.
    pub(super) path: String,
    /// What it is called in findings.
    pub(super) title: String,
    /// Whether the sitemap passes it over.
    pub(super) unlisted: bool,
    /// The day on which it was published.
    pub(super) changed: Option<Day>,
    pub(super) addresses: Addresses,
    /// By what its file is known again.
    pub(super) of: Option<String>,
}

/// Where the files go, and the paths of those that have gone.
pub(super) struct Output<'a> {
    sink: &'a dyn Sink,
    paths: Mutex<Vec<String>>,
}

impl<'a> Output<'a> {
    pub(super) fn new(sink: &'a dyn Sink) -> Self {
        Self { sink, paths: Mutex::default() }
    }

    pub(super) fn put(&self, page: Page) {
        self.paths.lock().unwrap_or_else(PoisonError::into_inner).push(page.path.clone());
        self.sink.put(page);
    }

    /// Whether anybody reads what stands in the files.
    pub(super) fn is_read(&self) -> bool {
        self.sink.reads()
    }

    /// By what files that are made of this are known again; `None` where nobody would know them.
    pub(super) fn of(&self, what: &impl Serialize) -> Option<String> {
        self.sink.remembers().then(|| digest_of_json(what)).flatten()
    }

    /// Puts files that are made of something: as they were made before, or made now by `make`, which is given where to put them.
    pub(super) fn made_of<E>(&self, of: Option<String>, make: impl FnOnce(Put<'_>) -> Result<(), E>) -> Result<(), E> {
        if of.as_ref().is_some_and(|of| self.again(of)) {
            return Ok(());
        }
        make(&|page| self.put(Page { of: of.clone(), ..page }))
    }

    /// Puts the files that were made of something, as they were made before; whether they are to be had.
    pub(super) fn again(&self, of: &str) -> bool {
        let paths = self.sink.again(of);
        let had = paths.is_some();
        self.paths.lock().unwrap_or_else(PoisonError::into_inner).extend(paths.into_iter().flatten());
        had
    }

    /// What was told of something before.
    pub(super) fn told<T: DeserializeOwned>(&self, of: &str) -> Option<T> {
        serde_json::from_slice(&self.sink.told(of)?).ok()
    }

    /// Remembers what is told of something.
    pub(super) fn tell(&self, of: &str, told: &impl Serialize) {
        if let Ok(told) = serde_json::to_vec(told) {
            self.sink.tell(of, &told);
        }
    }

    /// A page by all that it is made of: as it was told of before, where its file is had again, or made now by `make`, and told of.
    pub(super) fn rendered<E>(
        &self,
        of: Option<String>,
        make: impl FnOnce() -> Result<Rendered, E>,
    ) -> Result<Rendered, E> {
        let Some(of) = of else { return make() };
        let told: Option<Rendered> = self.told(&of);
        if let Some(told) = told.filter(|told| told.of.as_ref().is_some_and(|of| self.again(of))) {
            return Ok(told);
        }
        let made = make()?;
        self.tell(&of, &made);
        Ok(made)
    }

    /// Bytes that are made of something: as they were made before, or made now by `make`, and remembered.
    pub(super) fn bytes_of(&self, of: Option<String>, make: impl FnOnce() -> Option<Vec<u8>>) -> Option<Vec<u8>> {
        let Some(of) = of else { return make() };
        self.sink.told(&of).or_else(|| {
            let made = make()?;
            self.sink.tell(&of, &made);
            Some(made)
        })
    }

    /// The paths of all files that have gone, in order.
    pub(super) fn into_paths(self) -> Vec<String> {
        let mut paths = self.paths.into_inner().unwrap_or_else(PoisonError::into_inner);
        paths.sort_unstable();
        paths
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever stands around it and wherever it stands, what no reader sees is left out, and nothing else.
        #[test]
        fn what_no_reader_sees_is_left_out(
            before in 0_usize..2100,
            found in prop::sample::select(vec![
                '\0', '\u{1b}', '\u{7f}', '\u{80}', '\u{9f}', '\u{fdd0}', '\u{fdef}', '\u{fffe}', '\u{ffff}', '\u{1ffff}',
                '\t', '\n', '\r', ' ', '~', '\u{a0}', '\u{fdcf}', '\u{fdf0}', '\u{fffd}', '字', '。', '\u{20000}',
            ]),
            after in 0_usize..3,
        ) {
            let (before, after) = ("字a".repeat(before / 2) + "a", "尾".repeat(after));
            let wanted = if unprintable(found) { format!("{before}{after}") } else { format!("{before}{found}{after}") };
            prop_assert_eq!(Page::text("a", format!("{before}{found}{after}")).bytes, wanted.into_bytes());
        }
    }
}
