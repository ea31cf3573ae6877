//! 搜索页 — the page on which a reader searches the site; its script reads the index.

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::site::frame::{PageSpec, Rendering};
use crate::site::output::Rendered;

#[derive(Serialize)]
struct SearchView {
    /// By what the results may be narrowed; the script fills in the values, in the order of the index.
    facets: [&'static str; 5],
}

pub(in crate::site) fn page(rendering: &Rendering) -> Result<Rendered, Diagnostic> {
    let mut spec = PageSpec::new(
        "search",
        "search/index.html".to_owned(),
        "搜索",
        SearchView { facets: ["栏目", "类别", "年份", "有效性", "区县"] },
    );
    spec.scripts = &["search.js", "search/meta.js"];
    spec.own = Some(("搜索", "网站服务"));
    spec.unlisted = true;
    rendering.page(spec)
}
