//! 首页 — the newest documents, those of each column, the lists.

use serde::Serialize;

use super::lists::{self, ListLink};
use crate::diag::Diagnostic;
use crate::document::DatasetKind;
use crate::site::documents::Listed;
use crate::site::frame::{PageSpec, Rendering};
use crate::site::output::Rendered;

/// How many documents are shown as the newest, and how many in each column.
const NEWEST: usize = 10;
const NEWEST_OF_COLUMN: usize = 6;

#[derive(Serialize)]
struct HomeView<'a> {
    newest: Vec<&'a Listed<'a>>,
    columns: Vec<ColumnView<'a>>,
    catalogues: Vec<ListLink<'a>>,
    listings: Vec<ListLink<'a>>,
    awards: Vec<ListLink<'a>>,
}

#[derive(Serialize)]
struct ColumnView<'a> {
    name: &'a str,
    path: String,
    entries: Vec<&'a Listed<'a>>,
}

pub(in crate::site) fn page(rendering: &Rendering) -> Result<Rendered, Diagnostic> {
    let identity = rendering.site.identity;
    let columns = identity
        .columns
        .iter()
        .map(|column| ColumnView {
            name: &column.name,
            path: column.path(),
            entries: rendering.of_column(column).take(NEWEST_OF_COLUMN).collect(),
        })
        // 避免出现空白栏目: a column without documents is not shown on the first page.
        .filter(|column| !column.entries.is_empty())
        .collect();
    let content = HomeView {
        newest: rendering.documents.iter().take(NEWEST).collect(),
        columns,
        catalogues: lists::of_kind(rendering, DatasetKind::Catalogue),
        listings: lists::of_kind(rendering, DatasetKind::Listing),
        awards: [lists::of_kind(rendering, DatasetKind::Years), lists::of_kind(rendering, DatasetKind::Awards)]
            .concat(),
    };
    let mut spec = PageSpec::new("index", "index.html".to_owned(), &identity.name, content);
    if !identity.summary.is_empty() {
        spec.summary.clone_from(&identity.summary);
    }
    rendering.page(spec)
}
