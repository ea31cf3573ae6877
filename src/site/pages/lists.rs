//! 名单的列表 — the lists of one kind as the pages that lead to them show them.

use serde::Serialize;

use crate::document::{Dataset, DatasetKind, Validity};
use crate::site::column::{AWARDS, CATALOGUES, Column, NOTICES};
use crate::site::frame::{Rendering, facts};
use crate::site::link;
use crate::site::records::page_of;

/// How many facts of its head a list shows there.
const FACTS: usize = 3;

#[derive(Clone, Serialize)]
pub(super) struct ListLink<'a> {
    pub(super) title: &'a str,
    broken: String,
    pub(super) path: String,
    mark: Option<&'static str>,
    /// The word of a list whose time is over.
    over: Option<&'static str>,
    facts: Vec<(&'a str, &'a str)>,
    count: usize,
}

pub(super) fn of_kind<'a>(rendering: &Rendering<'a>, kind: DatasetKind) -> Vec<ListLink<'a>> {
    let datasets = rendering.site.datasets.iter();
    // Of what lies over the years only the whole: from there all else is reached.
    let whole = |dataset: &&Dataset| dataset.kind != DatasetKind::Years || dataset.path.ends_with("/statistics");
    let mut datasets: Vec<&Dataset> = datasets.filter(|dataset| dataset.kind == kind).filter(whole).collect();
    // The awards of the latest year come first; catalogues stand in the order of their names.
    datasets.sort_by(|a, b| a.path.cmp(&b.path));
    if kind == DatasetKind::Awards {
        datasets.reverse();
    }
    datasets
        .into_iter()
        .map(|dataset| ListLink {
            title: &dataset.title,
            broken: rendering.site.words.broken(&dataset.title),
            path: link::encode_path(&page_of(dataset)),
            mark: dataset.status.mark(),
            over: rendering.is_over(dataset).then_some(Validity::Expired.name()),
            facts: facts(&dataset.facts).into_iter().take(FACTS).collect(),
            count: dataset.records.len(),
        })
        .collect()
}

/// The lists that stand in a column.
pub(super) fn of_column<'a>(rendering: &Rendering<'a>, column: &Column) -> Vec<ListLink<'a>> {
    match column.name.as_str() {
        CATALOGUES => of_kind(rendering, DatasetKind::Catalogue),
        NOTICES => of_kind(rendering, DatasetKind::Listing),
        AWARDS => [of_kind(rendering, DatasetKind::Years), of_kind(rendering, DatasetKind::Awards)].concat(),
        _ => Vec::new(),
    }
}
