//! 开放数据页 — all lists with their files, under which terms they may be used, and what their fields are called in English.

use serde::Serialize;

use crate::calendar::Day;
use crate::diag::Diagnostic;
use crate::document::DatasetKind;
use crate::site::files::{bundle, names, notice_schema, opendata};
use crate::site::frame::{DownloadView, PageSpec, Rendering};
use crate::site::identity::License;
use crate::site::link;
use crate::site::output::Rendered;
use crate::site::records::page_of;

/// Where it stands.
pub(in crate::site) const PATH: &str = "opendata/index.html";

#[derive(Serialize)]
struct OpenView<'a> {
    license: Option<&'a License>,
    bundle: Option<&'static str>,
    /// Where the format of the data of documents is told.
    notices: &'static str,
    lists: Vec<ListView<'a>>,
    names: &'static [(&'static str, &'static str, &'static str)],
}

#[derive(Serialize)]
struct ListView<'a> {
    title: &'a str,
    path: String,
    count: usize,
    published: Option<String>,
    files: Vec<DownloadView>,
}

pub(in crate::site) fn page(rendering: &Rendering) -> Result<Rendered, Diagnostic> {
    let site = rendering.site;
    // Of what lies over the years the whole; its parts are in the bundle and on their own pages.
    let lists =
        site.datasets.iter().filter(|list| list.kind != DatasetKind::Years || list.path.ends_with("/statistics"));
    let lists = lists.map(|dataset| ListView {
        title: &dataset.title,
        path: link::encode_path(&page_of(dataset)),
        count: dataset.records.len(),
        published: dataset.published.map(Day::iso),
        files: opendata::downloads(rendering, dataset),
    });
    let content = OpenView {
        license: site.identity.license.as_ref(),
        notices: notice_schema::PATH,
        bundle: (!site.datasets.is_empty()).then_some(bundle::PATH),
        lists: lists.collect(),
        names: &names::NAMES,
    };
    let mut spec = PageSpec::new("opendata", PATH.to_owned(), "开放数据", content);
    spec.own = Some(("开放数据", "信息公开,数据"));
    rendering.page(spec)
}
