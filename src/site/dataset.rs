//! 数据页 — a list on the web: a catalogue, the awards of a year. A table that reads without script and can be filtered with it.

use serde::Serialize;
use serde_json::{Value, json};

use crate::diag::Diagnostic;
use crate::document::{DataRecord, Dataset, DatasetKind, Field, FieldKind, Inline, plain};

use super::chart::{self, ChartView};
use super::column::{AWARDS, CATALOGUES};
use super::edition::{self, EditionView};
use super::html::{Writer, escape};
use super::link::Target;
use super::shell::{ArticleTags, DownloadView, Draft, Mark, Press, facts, pub_date};
use super::{Made, link, opendata};

#[derive(Serialize)]
struct DatasetView<'a> {
    title: &'a str,
    mark: Option<Mark>,
    facts: Vec<(&'a str, &'a str)>,
    intro: String,
    /// What the reader may choose of.
    choices: Vec<Choice<'a>>,
    count: usize,
    table: String,
    downloads: Vec<DownloadView>,
    editions: Vec<EditionView<'a>>,
    charts: Vec<ChartView<'a>>,
}

#[derive(Serialize)]
struct Choice<'a> {
    name: &'a str,
    column: usize,
    values: Vec<String>,
}

pub(super) fn page(press: &Press, dataset: &Dataset) -> Result<Made, Diagnostic> {
    let path = format!("{}/index.html", dataset.path);
    let root = link::root(&path);
    let mut writer = Writer::new(&root, &dataset.title);
    writer.blocks(&dataset.intro);
    let intro = writer.take();
    let table = table(&mut writer, dataset, &root);
    let column = press.column(column_name(dataset.kind));
    let own = opendata::files(dataset);
    let mut downloads = press.declared(&dataset.path, &dataset.downloads);
    // What the list itself names as a download is not offered a second time.
    let offered = |name: &str| dataset.downloads.iter().any(|download| download.href == name);
    downloads.extend(
        own.iter()
            .filter(|file| {
                !offered(&file.name) || !press.site.files.contains_key(&format!("{}/{}", dataset.path, file.name))
            })
            .map(|file| press.download(file.label, &format!("{}/{}", dataset.path, file.name))),
    );
    let identity = press.site.identity;
    let content = DatasetView {
        title: &dataset.title,
        mark: Mark::of(dataset.status),
        facts: facts(&dataset.facts),
        intro,
        choices: choices(dataset),
        count: dataset.records.len(),
        table,
        downloads,
        editions: edition::all(press, dataset),
        charts: dataset.charts.iter().map(chart::view).collect(),
    };
    let mut draft = Draft::new("dataset", path, &dataset.title, content);
    draft.summary = format!("{}，共{}条。", dataset.title, dataset.records.len());
    draft.column = column;
    draft.article = Some(ArticleTags {
        day: dataset.published,
        title: dataset.title.clone(),
        published: dataset.published.map(|day| pub_date(day, None)),
        source: identity.host.clone(),
        keywords: column.map(|column| column.keywords.clone()).unwrap_or_default(),
        author: identity.host.clone(),
    });
    draft.crumbs = column.map(super::Column::link).into_iter().collect();
    draft.scripts = &["table.js"];
    draft.data = Some(data(press, dataset));
    press.print(&draft, writer)
}

/// What a list is to machines (schema.org).
fn data(press: &Press, dataset: &Dataset) -> Value {
    let identity = press.site.identity;
    let address = link::absolute(identity, &format!("{}/index.html", dataset.path));
    let files: Vec<Value> = opendata::files(dataset)
        .iter()
        .map(|file| {
            let form = if file.name.ends_with("csv") { "text/csv" } else { "application/json" };
            let address = link::absolute(identity, &format!("{}/{}", dataset.path, file.name));
            json!({ "@type": "DataDownload", "encodingFormat": form, "contentUrl": address })
        })
        .collect();
    json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "name": dataset.title,
        "description": format!("{}，共{}条。", dataset.title, dataset.records.len()),
        "inLanguage": "zh-CN",
        "creator": { "@type": "GovernmentOrganization", "name": identity.host },
        "isAccessibleForFree": true,
        "variableMeasured": dataset.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(),
        "distribution": files,
    })
}

/// The column in which a list stands.
pub(super) fn column_name(kind: DatasetKind) -> &'static str {
    match kind {
        DatasetKind::Catalogue => CATALOGUES,
        DatasetKind::Awards => AWARDS,
    }
}

/// The name of a record in addresses; white space may not stand in it.
pub(super) fn id_of(record: &DataRecord) -> String {
    record.id.split_whitespace().collect::<Vec<_>>().join("-")
}

/// What a record is called: its first cell that is a word of its own, not a code, a figure or one of a few classes.
pub(super) fn name_of(dataset: &Dataset, record: &DataRecord) -> String {
    let named = dataset.fields.iter().position(|field| field.kind == FieldKind::Text && !field.filter).unwrap_or(0);
    record.cells.get(named).map(|cell| plain(cell)).filter(|name| !name.is_empty()).unwrap_or_else(|| record.id.clone())
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

fn table(writer: &mut Writer, dataset: &Dataset, root: &str) -> String {
    let mut out = String::from("<thead>\n<tr>");
    for field in &dataset.fields {
        put!(out, "<th scope=\"col\" class=\"{}\">{}</th>", class(field.kind), escape(&field.name));
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    let linked = dataset.fields.iter().rposition(|field| field.kind == FieldKind::Number).unwrap_or(0);
    for record in &dataset.records {
        row(&mut out, writer, dataset, record, linked, root);
    }
    out.push_str("</tbody>\n");
    if let Some(total) = &dataset.total {
        out.push_str("<tfoot>\n<tr class=\"total\">");
        for (at, field) in dataset.fields.iter().enumerate() {
            let text = total.get(at).map_or("", String::as_str);
            cell(&mut out, at == 0, field, &escape(text));
        }
        out.push_str("</tr>\n</tfoot>\n");
    }
    out
}

fn row(out: &mut String, writer: &mut Writer, dataset: &Dataset, record: &DataRecord, linked: usize, root: &str) {
    let id = id_of(record);
    put!(out, "<tr id=\"{}\">", escape(&id));
    for (at, field) in dataset.fields.iter().enumerate() {
        let inlines = record.cells.get(at).map_or(&[][..], Vec::as_slice);
        writer.inlines(inlines);
        let mut text = writer.take();
        if !holds_link(inlines) {
            if at == linked
                && let Some(Target::Inside { path, .. }) = record.link.as_deref().and_then(folder)
            {
                text = format!("<a href=\"{root}{}\">{text}</a>", link::encode_path(&path));
                writer.targets.insert(path);
            } else if field.kind == FieldKind::Code && !text.is_empty() {
                text = format!("<a class=\"self\" href=\"#{}\">{text}</a>", link::encode_path(&id));
            }
        }
        cell(out, at == 0, field, &text);
    }
    out.push_str("</tr>\n");
}

/// The page of a record: a folder without a trailing `/` is called by its folder.
fn folder(link: &str) -> Option<Target> {
    let named = link.rsplit('/').next().is_some_and(|last| last.contains('.') || last.is_empty());
    Target::parse(&if named { link.to_owned() } else { format!("{link}/") })
}

fn cell(out: &mut String, first: bool, field: &Field, text: &str) {
    let (element, scope) = if first { ("th", " scope=\"row\"") } else { ("td", "") };
    let (class, label) = (class(field.kind), escape(&field.name));
    put!(out, "<{element}{scope} class=\"{class}\" data-label=\"{label}\">{text}</{element}>");
}

fn holds_link(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Link { .. } => true,
        Inline::Strong { text } | Inline::Emphasis { text } => holds_link(text),
        _ => false,
    })
}

fn class(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Code => "f-code",
        FieldKind::Text => "f-text",
        FieldKind::Long => "f-long",
        FieldKind::Number => "f-num",
    }
}
