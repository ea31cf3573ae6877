//! 版本页 — the versions of a document, each against the one before it.

use std::iter;

use serde::Serialize;

use crate::calendar::Day;
use crate::diag::Diagnostic;
use crate::document::Document;
use crate::site::changes::{Change, compare};
use crate::site::column::Column;
use crate::site::documents::{Listed, notice_folder, version_folder};
use crate::site::frame::{Mark, PageSpec, Rendering};
use crate::site::link::{self, Link};
use crate::site::output::Rendered;

#[derive(Serialize)]
struct VersionsView<'a> {
    mark: Option<Mark>,
    title: String,
    path: String,
    versions: Vec<VersionView<'a>>,
}

#[derive(Serialize)]
pub(super) struct VersionView<'a> {
    number: u16,
    path: String,
    date: Option<String>,
    /// What its author says that it changed.
    change: Option<&'a str>,
    current: bool,
    /// Against the version before it, on the page of versions alone.
    changes: Vec<ChangeView>,
}

/// A line of a comparison; `same` counts lines that stayed, and is 0 for a line that came or went.
#[derive(Serialize)]
struct ChangeView {
    same: usize,
    added: bool,
    text: String,
}

/// All versions of a document that are still shown, latest first.
pub(super) fn all<'a>(entry: &Listed<'a>) -> Vec<VersionView<'a>> {
    let view = |document: &'a Document, folder: String, current| VersionView {
        number: document.record.publication.version.number(),
        path: link::encode_path(&link::page(&folder)),
        date: document.record.published.or(document.record.dated).map(Day::iso),
        change: document.record.publication.change.as_deref(),
        current,
        changes: Vec::new(),
    };
    iter::once(view(entry.document, notice_folder(&entry.document.slug), true))
        .chain(entry.earlier.iter().map(|earlier| view(earlier, version_folder(earlier), false)))
        .collect()
}

pub(in crate::site) fn page(rendering: &Rendering, entry: &Listed) -> Result<Rendered, Diagnostic> {
    let title = format!("《{}》的版本", entry.title);
    let mut versions = all(entry);
    let words: Vec<Vec<String>> =
        iter::once(entry.document).chain(entry.earlier.iter().copied()).map(Document::words).collect();
    for (version, pair) in versions.iter_mut().zip(words.windows(2)) {
        if let [after, before] = pair {
            version.changes = compare(before, after).into_iter().map(ChangeView::of).collect();
        }
    }
    let path = link::page(&format!("{}/versions", notice_folder(&entry.document.slug)));
    let mark = Mark::of(entry.document.status);
    let content = VersionsView { mark, title: title.clone(), path: entry.path.clone(), versions };
    let column = rendering.column(entry.column);
    let mut spec = PageSpec::new("versions", path, &title, content);
    spec.column = column;
    spec.crumbs = column.map(Column::link).into_iter().collect();
    spec.crumbs.push(Link { title: entry.title.to_owned(), path: entry.path.clone() });
    rendering.page(spec)
}

impl ChangeView {
    fn of(change: Change) -> Self {
        match change {
            Change::Same { count } => Self { same: count, added: false, text: String::new() },
            Change::Added { text } => Self { same: 0, added: true, text },
            Change::Removed { text } => Self { same: 0, added: false, text },
        }
    }
}
