//! 搜索页 — the page on which a reader searches the site; its script reads the index.

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::site::frame::{PageSpec, Rendering};
use crate::site::output::Rendered;

#[derive(Serialize)]
struct SearchView<'a> {
    columns: Vec<&'a str>,
}

pub(in crate::site) fn page(rendering: &Rendering) -> Result<Rendered, Diagnostic> {
    let columns = rendering.site.identity.columns.iter().map(|column| column.name.as_str()).collect();
    let mut spec = PageSpec::new("search", "search/index.html".to_owned(), "搜索", SearchView { columns });
    spec.scripts = &["search.js", "search/meta.js"];
    spec.unlisted = true;
    rendering.page(spec)
}
