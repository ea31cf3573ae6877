//! 栏目页 — a column: its lists, its newest documents, its years.

use serde::Serialize;

use super::lists::{self, ListLink};
use super::years::Year;
use crate::diag::Diagnostic;
use crate::site::column::Column;
use crate::site::documents::Listed;
use crate::site::frame::{PageSpec, Rendering};
use crate::site::link::Link;
use crate::site::output::Rendered;

/// How many documents are shown as the newest.
const NEWEST: usize = 20;

#[derive(Serialize)]
struct ColumnView<'a> {
    title: &'a str,
    description: &'a str,
    /// The folder in which its feeds stand, below `columns/`.
    feeds: &'a str,
    newest: Vec<&'a Listed<'a>>,
    years: Vec<YearView>,
    lists: Vec<ListLink<'a>>,
    empty: bool,
}

#[derive(Serialize)]
struct YearView {
    name: String,
    path: String,
    count: usize,
}

pub(in crate::site) fn page(rendering: &Rendering, column: &Column, years: &[Year]) -> Result<Rendered, Diagnostic> {
    let lists = lists::of_column(rendering, column);
    let content = ColumnView {
        title: &column.name,
        description: &column.description,
        feeds: &column.slug,
        newest: rendering.of_column(column).take(NEWEST).collect(),
        empty: years.is_empty() && lists.is_empty(),
        years: years
            .iter()
            .map(|year| {
                let Link { title, path } = year.link();
                YearView { name: title, path, count: year.count() }
            })
            .collect(),
        lists,
    };
    let mut spec = PageSpec::new("column", column.path(), &column.name, content);
    spec.summary.clone_from(&column.description);
    spec.column = Some(column);
    rendering.page(spec)
}
