//! 网页文件 — the files of the site as they leave, and what is kept of a page that has left.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::calendar::Day;

/// A file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its path below the output folder, with `/`.
    pub path: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

impl Page {
    /// A file of text. Characters that neither HTML nor XML may hold, and no reader sees, are left out.
    pub(super) fn text(path: impl Into<String>, mut text: String) -> Self {
        if text.contains(unprintable) {
            text.retain(|c| !unprintable(c));
        }
        Self { path: path.into(), bytes: text.into_bytes() }
    }
}

/// Control characters but for tab and line ends, and the code points that Unicode keeps from being characters.
fn unprintable(c: char) -> bool {
    let code = u32::from(c);
    c.is_control() && !matches!(c, '\t' | '\n' | '\r') || matches!(code, 0xFDD0..=0xFDEF) || code & 0xFFFE == 0xFFFE
}

/// The addresses that a page carries.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    /// Paths below the output folder that it links to or shows.
    pub(super) targets: BTreeSet<String>,
    /// What its text gives as an address but no page may carry.
    pub(super) refused: Vec<String>,
}

/// A page, and what feeds, sitemap and checks must know of it.
pub(super) struct Rendered {
    pub(super) page: Page,
    /// What it is called in findings.
    pub(super) title: String,
    /// Whether the sitemap passes it over.
    pub(super) unlisted: bool,
    /// The day on which it was published.
    pub(super) changed: Option<Day>,
    pub(super) addresses: Addresses,
}

/// Where the files go, and the paths of those that have gone.
pub(super) struct Output<'a> {
    put: &'a (dyn Fn(Page) + Sync),
    paths: Mutex<Vec<String>>,
}

impl<'a> Output<'a> {
    pub(super) fn new(put: &'a (dyn Fn(Page) + Sync)) -> Self {
        Self { put, paths: Mutex::default() }
    }

    pub(super) fn put(&self, page: Page) {
        self.paths.lock().unwrap_or_else(PoisonError::into_inner).push(page.path.clone());
        (self.put)(page);
    }

    /// Hands a page over; its text is not kept.
    pub(super) fn hand_over(&self, mut rendered: Rendered) -> Rendered {
        self.put(Page { path: rendered.page.path.clone(), bytes: std::mem::take(&mut rendered.page.bytes) });
        rendered
    }

    /// The paths of all files that have gone, in order.
    pub(super) fn into_paths(self) -> Vec<String> {
        let mut paths = self.paths.into_inner().unwrap_or_else(PoisonError::into_inner);
        paths.sort_unstable();
        paths
    }
}
