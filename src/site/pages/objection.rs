//! 异议书 — the form by which a reader objects to a 公示: it names the 公示 and its days, says where it goes, and is filled in on paper.

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::document::Document;
use crate::site::column::Column;
use crate::site::documents::{Listed, notice_folder};
use crate::site::frame::{Mark, PageSpec, Rendering};
use crate::site::link::{self, Link};
use crate::site::output::Rendered;

#[derive(Serialize)]
struct ObjectionView<'a> {
    mark: Option<Mark>,
    /// The 公示.
    notice: &'a str,
    path: &'a str,
    number: Option<String>,
    /// Its index number, by which the office finds it.
    index: &'a str,
    days: String,
    /// What the 公示 says of objections.
    words: Option<&'a str>,
    office: &'a str,
    address: Option<&'a str>,
}

/// The folder of the form, if the document is a 公示 that shows its text.
pub(super) fn folder(document: &Document) -> Option<String> {
    let period = document.record.publication.period.as_ref();
    period.filter(|_| document.shows_text()).map(|_| format!("{}/objection", notice_folder(&document.slug)))
}

/// The form of a 公示; `None` for any other document.
pub(in crate::site) fn page(rendering: &Rendering, entry: &Listed) -> Option<Result<Rendered, Diagnostic>> {
    let document = entry.document;
    let (folder, period) = folder(document).zip(document.record.publication.period.as_ref())?;
    let identity = rendering.site.identity;
    let content = ObjectionView {
        mark: Mark::of(document.status),
        notice: entry.title,
        path: &entry.path,
        number: document.masthead.number.as_ref().map(ToString::to_string),
        index: document.record.index_number.as_str(),
        days: period.words(),
        words: period.objection.as_deref(),
        office: &identity.host,
        address: identity.address.as_deref(),
    };
    let mut spec = PageSpec::new("objection", link::page(&folder), "异议书", content);
    let column = rendering.column(entry.column);
    spec.column = column;
    spec.crumbs = column.map(Column::link).into_iter().collect();
    spec.crumbs.push(Link { title: entry.title.to_owned(), path: entry.path.clone() });
    Some(rendering.page(spec))
}
