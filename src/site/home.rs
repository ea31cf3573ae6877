//! 首页与栏目页 — the newest documents, the columns with their years, the lists; and the page for what is not there.

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::document::{Dataset, DatasetKind, Number};

use super::column::{AWARDS, CATALOGUES};
use super::html::Writer;
use super::shelf::Entry;
use super::shell::{Draft, Link, Press, facts};
use super::{Column, Made, link};

/// How many of the newest documents the first page, each of its columns, and the page of a column show.
const NEWEST: usize = 10;
const NEWEST_OF_HOME_COLUMN: usize = 6;
const NEWEST_OF_COLUMN: usize = 20;

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
    feeds: &'a str,
    newest: Vec<&'a Entry<'a>>,
    years: Vec<YearLink>,
    lists: Vec<List<'a>>,
    empty: bool,
}

#[derive(Serialize)]
struct MapView<'a> {
    columns: Vec<MapColumn<'a>>,
}

#[derive(Serialize)]
struct MapColumn<'a> {
    title: &'a str,
    path: String,
    pages: Vec<Link>,
}

#[derive(Serialize)]
struct YearLink {
    name: String,
    path: String,
    count: usize,
}

#[derive(Serialize)]
struct YearView<'a> {
    title: String,
    rows: Vec<RowView<'a>>,
    genres: Vec<&'static str>,
    validities: Vec<&'static str>,
    count: usize,
}

#[derive(Serialize)]
struct RowView<'a> {
    entry: &'a Entry<'a>,
    genre: &'static str,
    validity: &'static str,
    /// What the 发文字号 is sorted by: its code, its year, its serial number with leading zeros.
    order: String,
}

pub(super) fn index(press: &Press) -> Result<Made, Diagnostic> {
    let identity = press.site.identity;
    let columns = identity
        .columns
        .iter()
        .map(|column| ColumnOfHome {
            name: &column.name,
            path: column.path(),
            entries: of_column(press, column).take(NEWEST_OF_HOME_COLUMN).collect(),
        })
        // 避免出现空白栏目: a column without documents is not shown on the first page.
        .filter(|column| !column.entries.is_empty())
        .collect();
    let content = Home {
        newest: press.entries.iter().take(NEWEST).collect(),
        columns,
        catalogues: lists(press, DatasetKind::Catalogue),
        awards: lists(press, DatasetKind::Awards),
    };
    let mut draft = Draft::new("index", "index.html".to_owned(), &identity.name, content);
    if !identity.summary.is_empty() {
        draft.summary.clone_from(&identity.summary);
    }
    press.print(&draft, Writer::new("", ""))
}

/// The page that a server shows where there is none. It is shown at any depth, so its links begin at the server's root.
pub(super) fn missing(press: &Press) -> Result<Made, Diagnostic> {
    let mut draft = Draft::new("404", "404.html".to_owned(), "没有这个页面", ());
    draft.root = Some("/");
    draft.unlisted = true;
    press.print(&draft, Writer::new("", ""))
}

/// The documents of a column by year, newest first.
fn years<'a>(press: &'a Press<'a>, column: &Column) -> Vec<(String, Vec<&'a Entry<'a>>)> {
    let mut years: Vec<(String, Vec<&Entry>)> = Vec::new();
    for entry in of_column(press, column) {
        let name = entry.day.map_or_else(|| "undated".to_owned(), |day| day.year().to_string());
        match years.last_mut() {
            Some((last, entries)) if *last == name => entries.push(entry),
            _ => years.push((name, vec![entry])),
        }
    }
    years
}

/// The page of a column and those of its years.
pub(super) fn column(press: &Press, column: &Column) -> Vec<Result<Made, Diagnostic>> {
    let years = years(press, column);
    let lists = match column.name.as_str() {
        CATALOGUES => lists(press, DatasetKind::Catalogue),
        AWARDS => lists(press, DatasetKind::Awards),
        _ => Vec::new(),
    };
    let content = ColumnView {
        title: &column.name,
        description: &column.description,
        feeds: &column.slug,
        newest: of_column(press, column).take(NEWEST_OF_COLUMN).collect(),
        empty: years.is_empty() && lists.is_empty(),
        years: years
            .iter()
            .map(|(name, entries)| YearLink {
                name: year_name(name),
                path: year_path(column, name),
                count: entries.len(),
            })
            .collect(),
        lists,
    };
    let mut draft = Draft::new("column", column.path(), &column.name, content);
    draft.summary.clone_from(&column.description);
    draft.column = Some(column);
    let mut pages = vec![press.print(&draft, Writer::new("", ""))];
    pages.extend(years.iter().map(|(name, entries)| year(press, column, name, entries)));
    pages
}

fn year_name(year: &str) -> String {
    if year == "undated" { "日期未定".to_owned() } else { format!("{year}年") }
}

fn year_path(column: &Column, year: &str) -> String {
    format!("columns/{}/{year}/index.html", column.slug)
}

fn year(press: &Press, column: &Column, year: &str, entries: &[&Entry]) -> Result<Made, Diagnostic> {
    let title = format!("{}（{}）", column.name, year_name(year));
    let kinds = |name: fn(&Entry) -> &'static str| {
        let mut names: Vec<&'static str> = entries.iter().map(|entry| name(entry)).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let genre = |entry: &Entry| entry.document.genre.name();
    let validity = |entry: &Entry| entry.over.unwrap_or("有效");
    let (genres, validities) = (kinds(genre), kinds(validity));
    let rows = entries
        .iter()
        .map(|entry| RowView {
            genre: genre(entry),
            validity: validity(entry),
            order: order(entry.document.masthead.number.as_ref()),
            entry,
        })
        .collect();
    let content = YearView { title: title.clone(), rows, genres, validities, count: entries.len() };
    let mut draft = Draft::new("year", year_path(column, year), &title, content);
    draft.column = Some(column);
    draft.crumbs = vec![column.link()];
    draft.scripts = &["table.js"];
    press.print(&draft, Writer::new("", ""))
}

fn order(number: Option<&Number>) -> String {
    match number {
        Some(Number::Document { code, year, serial }) => format!("{code} {year:04} {serial:06}"),
        Some(Number::Serial { year, serial }) => format!(" {:04} {serial:06}", year.unwrap_or(0)),
        None => String::new(),
    }
}

/// 网站地图 for people: columns, their years, their lists.
pub(super) fn map(press: &Press) -> Result<Made, Diagnostic> {
    let columns = press
        .site
        .identity
        .columns
        .iter()
        .map(|column| {
            let kind = match column.name.as_str() {
                CATALOGUES => Some(DatasetKind::Catalogue),
                AWARDS => Some(DatasetKind::Awards),
                _ => None,
            };
            let lists = kind.map(|kind| lists(press, kind)).unwrap_or_default();
            let lists = lists.into_iter().map(|list| Link { title: list.title.to_owned(), path: list.path });
            let years = years(press, column).into_iter();
            let years = years.map(|(year, _)| Link { title: year_name(&year), path: year_path(column, &year) });
            MapColumn { title: &column.name, path: column.path(), pages: lists.chain(years).collect() }
        })
        .collect();
    let draft = Draft::new("map", "map/index.html".to_owned(), "网站地图", MapView { columns });
    press.print(&draft, Writer::new("", ""))
}

pub(super) fn of_column<'a>(press: &'a Press<'a>, column: &Column) -> impl Iterator<Item = &'a Entry<'a>> {
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
            facts: facts(&dataset.facts).into_iter().take(3).collect(),
            count: dataset.records.len(),
        })
        .collect()
}
