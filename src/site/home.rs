//! 首页与栏目页 — the newest documents, the columns, the lists.

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::document::{Dataset, DatasetKind};

use super::column::{AWARDS, CATALOGUES};
use super::html::Writer;
use super::shell::{Draft, Entry, Press};
use super::{Column, Made, link};

/// How many of the newest documents the first page and each of its columns show.
const NEWEST: usize = 10;
const NEWEST_OF_COLUMN: usize = 6;

#[derive(Serialize)]
struct Home<'a> {
    newest: Vec<&'a Entry<'a>>,
    columns: Vec<ColumnOfHome<'a>>,
    catalogues: Vec<List<'a>>,
    awards: Vec<List<'a>>,
}

#[derive(Serialize)]
struct ColumnOfHome<'a> {
    name: &'a str,
    path: String,
    entries: Vec<&'a Entry<'a>>,
}

/// A dataset in a list.
#[derive(Serialize)]
struct List<'a> {
    title: &'a str,
    path: String,
    mark: Option<&'static str>,
    facts: Vec<(&'a str, &'a str)>,
    count: usize,
}

#[derive(Serialize)]
struct ColumnView<'a> {
    title: &'a str,
    description: &'a str,
    years: Vec<YearView<'a>>,
    lists: Vec<List<'a>>,
    empty: bool,
}

#[derive(Serialize)]
struct YearView<'a> {
    name: String,
    entries: Vec<&'a Entry<'a>>,
}

pub(super) fn index(press: &Press) -> Result<Made, Diagnostic> {
    let identity = press.site.identity;
    let columns = identity
        .columns
        .iter()
        .map(|column| ColumnOfHome {
            name: &column.name,
            path: column.path(),
            entries: of_column(press, column).take(NEWEST_OF_COLUMN).collect(),
        })
        // 避免出现空白栏目: a column without documents is not shown on the first page.
        .filter(|column| !column.entries.is_empty())
        .collect();
    let draft = Draft {
        template: "index",
        path: "index.html".to_owned(),
        title: &identity.name,
        summary: if identity.summary.is_empty() { identity.name.clone() } else { identity.summary.clone() },
        column: None,
        article: None,
        crumbs: Vec::new(),
        scripts: &[],
        content: Home {
            newest: press.entries.iter().take(NEWEST).collect(),
            columns,
            catalogues: lists(press, DatasetKind::Catalogue),
            awards: lists(press, DatasetKind::Awards),
        },
    };
    press.print(&draft, Writer::new("", ""))
}

pub(super) fn column(press: &Press, column: &Column) -> Result<Made, Diagnostic> {
    let mut years: Vec<YearView> = Vec::new();
    for entry in of_column(press, column) {
        let name = entry.day.map_or_else(|| "日期未定".to_owned(), |day| format!("{}年", day.year()));
        match years.last_mut() {
            Some(year) if year.name == name => year.entries.push(entry),
            _ => years.push(YearView { name, entries: vec![entry] }),
        }
    }
    let lists = match column.name.as_str() {
        CATALOGUES => lists(press, DatasetKind::Catalogue),
        AWARDS => lists(press, DatasetKind::Awards),
        _ => Vec::new(),
    };
    let draft = Draft {
        template: "column",
        path: column.path(),
        title: &column.name,
        summary: column.description.clone(),
        column: Some(column),
        article: None,
        crumbs: Vec::new(),
        scripts: &[],
        content: ColumnView {
            title: &column.name,
            description: &column.description,
            empty: years.is_empty() && lists.is_empty(),
            years,
            lists,
        },
    };
    press.print(&draft, Writer::new("", ""))
}

fn of_column<'a>(press: &'a Press<'a>, column: &Column) -> impl Iterator<Item = &'a Entry<'a>> {
    press.entries.iter().filter(move |entry| entry.column == column.name)
}

fn lists<'a>(press: &Press<'a>, kind: DatasetKind) -> Vec<List<'a>> {
    let mut datasets: Vec<&Dataset> = press.site.datasets.iter().filter(|dataset| dataset.kind == kind).collect();
    // The awards of the latest year come first; catalogues stand in the order of their names.
    datasets.sort_by(|a, b| a.path.cmp(&b.path));
    if kind == DatasetKind::Awards {
        datasets.reverse();
    }
    datasets
        .into_iter()
        .map(|dataset| List {
            title: &dataset.title,
            path: format!("{}/index.html", link::encode_path(&dataset.path)),
            mark: dataset.status.mark(),
            facts: super::shell::facts(&dataset.facts).into_iter().take(3).collect(),
            count: dataset.records.len(),
        })
        .collect()
}
