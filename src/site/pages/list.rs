//! 数据页 — a list on the web: a catalogue, the awards of a year. A table that reads without script and can be filtered with it.

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::document::{Dataset, DatasetKind, plain};

use super::chart::{self, ChartView};
use super::editions::{self, EditionView};
use crate::site::column::Column;
use crate::site::files::opendata;
use crate::site::frame::{ArticleTags, DownloadView, Mark, PageSpec, Rendering, facts, pub_date};
use crate::site::identity::License;
use crate::site::markup::{TextWriter, rows};
use crate::site::output::Rendered;
use crate::site::records::{column_name, page_of};
use crate::site::{link, structured};

#[derive(Serialize)]
struct DatasetView<'a> {
    title: &'a str,
    broken: String,
    mark: Option<Mark>,
    facts: Vec<(&'a str, &'a str)>,
    /// HTML.
    intro: String,
    /// What the reader may choose of.
    choices: Vec<Choice<'a>>,
    count: usize,
    /// HTML: its head, its rows, its total.
    table: String,
    #[serde(flatten)]
    around: Around<'a>,
    license: Option<&'a License>,
    charts: Vec<ChartView<'a>>,
    /// Whether its rows come and go, so that it can be seen as of a day.
    dated: bool,
}

/// What the page of a list tells that the list itself does not.
#[derive(Serialize)]
struct Around<'a> {
    downloads: Vec<DownloadView>,
    editions: Vec<EditionView<'a>>,
    /// The documents that published it, and what lies over the years.
    related: Vec<RelatedView<'a>>,
    /// Whether its time is over.
    over: bool,
}

impl<'a> Around<'a> {
    fn of(rendering: &'a Rendering, dataset: &'a Dataset) -> Self {
        let publishers = rendering.publishers(dataset);
        Self {
            downloads: opendata::downloads(rendering, dataset),
            editions: editions::all(rendering, dataset),
            related: publishers
                .map(|entry| RelatedView { words: "发布文件", title: entry.title, path: &entry.path })
                .collect(),
            over: rendering.is_over(dataset),
        }
    }
}

#[derive(Serialize)]
struct RelatedView<'a> {
    words: &'static str,
    title: &'a str,
    path: &'a str,
}

#[derive(Serialize)]
struct Choice<'a> {
    name: &'a str,
    column: usize,
    values: Vec<String>,
}

/// The page of a list, by what its data are known again. One that tells what it told is not made again.
pub(in crate::site) fn page(
    rendering: &Rendering,
    dataset: &Dataset,
    data: Option<&str>,
) -> Result<Rendered, Diagnostic> {
    let around = Around::of(rendering, dataset);
    // The entries of a catalogue tell what was given for them too.
    let data = data.filter(|_| dataset.kind != DatasetKind::Catalogue);
    let of = data.and_then(|data| rendering.of_told(&("数据页", data, &around)));
    rendering.output.rendered(of, || made(rendering, dataset, around))
}

fn made(rendering: &Rendering, dataset: &Dataset, around: Around) -> Result<Rendered, Diagnostic> {
    let path = page_of(dataset);
    let root = link::root(&path);
    let mut writer = TextWriter::new(&root, &dataset.title).leading((&rendering.leads, rendering.site.words), &path);
    let intro = writer.blocks(&dataset.intro).into_string();
    let table = rows(&mut writer, dataset, &rendering.leads, &root).into_string();
    let column = rendering.column(column_name(dataset.kind));
    let own: Vec<String> = opendata::files(dataset).into_iter().map(|file| file.name).collect();
    let identity = rendering.site.identity;
    let content = DatasetView {
        title: &dataset.title,
        broken: rendering.site.words.broken(&dataset.title),
        mark: Mark::of(dataset.status),
        facts: facts(&dataset.facts),
        intro,
        choices: choices(dataset),
        count: dataset.records.len(),
        table,
        around,
        license: identity.license.as_ref(),
        charts: dataset.charts.iter().map(chart::view).collect(),
        dated: dataset.records.iter().any(|record| record.held.is_some()),
    };
    let addresses = writer.addresses;
    let length = content.table.len();
    let mut spec = PageSpec::new("dataset", path, &dataset.title, content).of_length(length);
    spec.addresses = addresses;
    spec.summary = format!("{}，共{}条。", dataset.title, dataset.records.len());
    spec.data = Some(structured::dataset(identity, dataset, &spec.summary, &own));
    spec.column = column;
    spec.article = Some(ArticleTags {
        day: dataset.published,
        title: dataset.title.clone(),
        published: dataset.published.map(|day| pub_date(day, None)),
        source: identity.host.clone(),
        keywords: column.map(|column| column.keywords.clone()).unwrap_or_default(),
        author: identity.host.clone(),
    });
    spec.crumbs = column.map(Column::link).into_iter().collect();
    spec.scripts = &["table.js"];
    rendering.page(spec)
}

/// The values of the columns that may be filtered by, in the order in which they first appear.
fn choices(dataset: &Dataset) -> Vec<Choice<'_>> {
    let mut choices = Vec::new();
    for (at, field) in dataset.fields.iter().enumerate().filter(|(_, field)| field.filter) {
        let mut values: Vec<String> = Vec::new();
        for record in &dataset.records {
            let value = record.cells.get(at).map(|cell| plain(cell)).unwrap_or_default();
            if !value.is_empty() && !values.contains(&value) {
                values.push(value);
            }
        }
        choices.push(Choice { name: &field.name, column: at, values });
    }
    choices
}
