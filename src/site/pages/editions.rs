//! 版次 — the editions of a catalogue, one after another, and what each added, changed and removed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::document::{DataRecord, Dataset, Edition, plain};
use crate::site::column::Column;
use crate::site::frame::{PageSpec, Rendering};
use crate::site::link::{self, Link};
use crate::site::output::Rendered;
use crate::site::records::{column_name, name_of, page_of, place_of};

#[derive(Serialize)]
struct ChangesView<'a> {
    title: String,
    before: &'a str,
    before_path: String,
    after: &'a str,
    after_path: String,
    added: Vec<Named>,
    removed: Vec<Named>,
    changed: Vec<Changed<'a>>,
    same: usize,
}

/// An entry with its address.
#[derive(Serialize)]
struct Named {
    name: String,
    path: String,
}

#[derive(Serialize)]
struct Changed<'a> {
    name: String,
    path: String,
    /// The field, what stood in it, what stands in it now.
    fields: Vec<(&'a str, String, String)>,
}

/// An edition in the list on the page of each.
#[derive(Serialize)]
pub(super) struct EditionView<'a> {
    label: &'a str,
    path: String,
    here: bool,
    /// The page that compares it with the edition before it.
    changes: Option<String>,
}

/// All editions of a catalogue, the latest first; none where there is only one.
pub(super) fn all<'a>(rendering: &Rendering<'a>, dataset: &Dataset) -> Vec<EditionView<'a>> {
    let Some(edition) = &dataset.edition else { return Vec::new() };
    let editions = of_series(rendering, &edition.series);
    if editions.len() < 2 {
        return Vec::new();
    }
    let mut views: Vec<EditionView> = editions
        .iter()
        .enumerate()
        .map(|(at, (other, edition))| EditionView {
            label: &edition.label,
            path: link::encode_path(&page_of(other)),
            here: other.path == dataset.path,
            changes: (at > 0).then(|| link::encode_path(&changes_path(other))),
        })
        .collect();
    views.reverse();
    views
}

fn of_series<'a>(rendering: &Rendering<'a>, series: &str) -> Vec<(&'a Dataset, &'a Edition)> {
    let datasets = rendering.site.datasets.iter();
    let mut found: Vec<(&Dataset, &Edition)> = datasets
        .filter_map(|dataset| dataset.edition.as_ref().map(|edition| (dataset, edition)))
        .filter(|(_, edition)| edition.series == series)
        .collect();
    found.sort_by(|a, b| (a.1.from, &a.0.path).cmp(&(b.1.from, &b.0.path)));
    found
}

fn changes_path(dataset: &Dataset) -> String {
    format!("{}/changes/index.html", dataset.path)
}

/// The page that compares a catalogue with the edition before it, if there is one.
pub(in crate::site) fn page(rendering: &Rendering, dataset: &Dataset) -> Option<Result<Rendered, Diagnostic>> {
    let edition = dataset.edition.as_ref()?;
    let editions = of_series(rendering, &edition.series);
    let at = editions.iter().position(|(other, _)| other.path == dataset.path)?;
    let (before, before_edition) = editions.get(at.checked_sub(1)?)?;
    let content = compare(before, &before_edition.label, dataset, &edition.label);
    let title = content.title.clone();
    let column = rendering.column(column_name(dataset.kind));
    let mut spec = PageSpec::new("changes", changes_path(dataset), &title, content);
    spec.column = column;
    spec.crumbs = column.map(Column::link).into_iter().collect();
    spec.crumbs.push(Link { title: dataset.title.clone(), path: link::encode_path(&page_of(dataset)) });
    Some(rendering.page(spec))
}

fn compare<'a>(before: &'a Dataset, was: &'a str, after: &'a Dataset, is: &'a str) -> ChangesView<'a> {
    let known: BTreeMap<&str, &DataRecord> = before.records.iter().map(|record| (record.id.as_str(), record)).collect();
    let kept: BTreeSet<&str> = after.records.iter().map(|record| record.id.as_str()).collect();
    let (mut added, mut changed, mut same) = (Vec::new(), Vec::new(), 0);
    for record in &after.records {
        let Some(old) = known.get(record.id.as_str()) else {
            added.push(named(after, record));
            continue;
        };
        let fields = differences(before, old, after, record);
        if fields.is_empty() {
            same += 1;
        } else {
            let Named { name, path } = named(after, record);
            changed.push(Changed { name, path, fields });
        }
    }
    let removed = before.records.iter().filter(|record| !kept.contains(record.id.as_str()));
    ChangesView {
        title: format!("{}：{is}与{was}比较", after.edition.as_ref().map_or("", |edition| edition.series.as_str())),
        before: was,
        before_path: link::encode_path(&page_of(before)),
        after: is,
        after_path: link::encode_path(&page_of(after)),
        added,
        removed: removed.map(|record| named(before, record)).collect(),
        changed,
        same,
    }
}

fn named(dataset: &Dataset, record: &DataRecord) -> Named {
    Named { name: format!("{} {}", record.id, name_of(dataset, record)), path: place_of(dataset, record) }
}

/// The fields in which two entries of one name differ; a field is known by its head, not by its place.
fn differences<'a>(
    before: &'a Dataset,
    old: &DataRecord,
    after: &'a Dataset,
    new: &DataRecord,
) -> Vec<(&'a str, String, String)> {
    let value = |dataset: &Dataset, record: &DataRecord, name: &str| {
        let at = dataset.fields.iter().position(|field| field.name == name);
        at.and_then(|at| record.cells.get(at)).map(|cell| plain(cell)).unwrap_or_default()
    };
    let mut names: Vec<&str> = after.fields.iter().map(|field| field.name.as_str()).collect();
    let gone = before.fields.iter().map(|field| field.name.as_str());
    names.extend(gone.filter(|name| !after.fields.iter().any(|field| field.name == *name)));
    names
        .into_iter()
        .map(|name| (name, value(before, old, name), value(after, new, name)))
        .filter(|(_, was, is)| was != is)
        .collect()
}
