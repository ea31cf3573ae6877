//! 网站地图 — for people: the columns with their lists and their years.

use serde::Serialize;

use super::{lists, years};
use crate::diag::Diagnostic;
use crate::site::frame::{PageSpec, Rendering};
use crate::site::link::Link;
use crate::site::output::Rendered;

#[derive(Serialize)]
struct MapView<'a> {
    columns: Vec<ColumnView<'a>>,
}

#[derive(Serialize)]
struct ColumnView<'a> {
    title: &'a str,
    path: String,
    pages: Vec<Link>,
}

pub(in crate::site) fn page(rendering: &Rendering) -> Result<Rendered, Diagnostic> {
    let columns = rendering.site.identity.columns.iter().map(|column| {
        let lists = lists::of_column(rendering, column).into_iter();
        let lists = lists.map(|list| Link { title: list.title.to_owned(), path: list.path });
        let years = years::of_column(rendering, column);
        let pages = lists.chain(years.iter().map(years::Year::link)).collect();
        ColumnView { title: &column.name, path: column.path(), pages }
    });
    let content = MapView { columns: columns.collect() };
    let mut spec = PageSpec::new("map", "map/index.html".to_owned(), "网站地图", content);
    spec.own = Some(("网站地图", "网站服务"));
    rendering.page(spec)
}
