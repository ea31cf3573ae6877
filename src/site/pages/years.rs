//! 年度页 — the documents of a column, year by year, each year a table that can be filtered and sorted.

use serde::Serialize;

use crate::calendar::Day;
use crate::diag::Diagnostic;
use crate::document::{Number, Validity};
use crate::site::column::Column;
use crate::site::documents::{Listed, last_day};
use crate::site::frame::{PageSpec, Rendering};
use crate::site::link::{self, Link};
use crate::site::output::Rendered;

/// The documents of a column that were published in one year, newest first.
pub(in crate::site) struct Year<'a> {
    column: &'a Column,
    /// Its folder: `2024`, or `undated`.
    folder: String,
    documents: Vec<&'a Listed<'a>>,
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
    entry: &'a Listed<'a>,
    genre: &'static str,
    validity: &'static str,
    /// The days from which and up to which it is in force, where known: a reader may ask how the list stood on a day.
    from: Option<String>,
    until: Option<String>,
    /// What the 发文字号 is sorted by: its code, its year, its serial number with leading zeros.
    order: String,
}

/// The years of a column, newest first.
pub(in crate::site) fn of_column<'a>(rendering: &'a Rendering<'a>, column: &'a Column) -> Vec<Year<'a>> {
    let mut years: Vec<Year> = Vec::new();
    for document in rendering.of_column(column) {
        let folder = document.day.map_or_else(|| "undated".to_owned(), |day| day.year().to_string());
        match years.last_mut() {
            Some(year) if year.folder == folder => year.documents.push(document),
            _ => years.push(Year { column, folder, documents: vec![document] }),
        }
    }
    years
}

impl Year<'_> {
    pub(super) fn link(&self) -> Link {
        let title = if self.folder == "undated" { "日期未定".to_owned() } else { format!("{}年", self.folder) };
        Link { title, path: link::page(&format!("{}/{}", self.column.folder(), self.folder)) }
    }

    pub(super) fn count(&self) -> usize {
        self.documents.len()
    }
}

pub(in crate::site) fn page(rendering: &Rendering, year: &Year) -> Result<Rendered, Diagnostic> {
    let Link { title: name, path } = year.link();
    let title = format!("{}（{name}）", year.column.name);
    let rows: Vec<RowView> = year
        .documents
        .iter()
        .map(|entry| RowView {
            genre: entry.document.genre.name(),
            from: entry.first.map(Day::iso),
            until: last_day(entry.document).map(Day::iso),
            validity: entry.over.unwrap_or(Validity::Valid.name()),
            order: order(entry.document.masthead.number.as_ref()),
            entry,
        })
        .collect();
    let content = YearView {
        title: title.clone(),
        genres: choices(rows.iter().map(|row| row.genre)),
        validities: choices(rows.iter().map(|row| row.validity)),
        count: rows.len(),
        rows,
    };
    let mut spec = PageSpec::new("year", path, &title, content);
    spec.column = Some(year.column);
    spec.crumbs = vec![year.column.link()];
    spec.scripts = &["table.js"];
    rendering.page(spec)
}

/// The words by which the table can be filtered.
fn choices(words: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut words: Vec<&'static str> = words.collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn order(number: Option<&Number>) -> String {
    match number {
        Some(Number::Document { code, year, serial }) => format!("{code} {year:04} {serial:06}"),
        Some(Number::Serial { year, serial }) => format!(" {:04} {serial:06}", year.unwrap_or(0)),
        None => String::new(),
    }
}
