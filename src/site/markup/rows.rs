//! 名单的表格 — the rows of a list as the parts of an HTML table, each with an address of its own.

use maud::{Markup, html};

use crate::calendar::Day;
use crate::document::{DataRecord, Dataset, DatasetKind, Field, FieldKind, Inline};

use super::text::TextWriter;
use crate::site::leads::Leads;
use crate::site::link::{Link, Target, encode_path};
use crate::site::records::{id_of, name_at, name_of};

/// Head, body and foot of a list's table.
pub(in crate::site) fn rows(writer: &mut TextWriter, dataset: &Dataset, leads: &Leads, root: &str) -> Markup {
    // The explanation of a row hangs on its figure.
    let linked = dataset.fields.iter().rposition(|field| field.kind == FieldKind::Number).unwrap_or(0);
    html! {
        thead {
            "\n"
            tr {
                @for field in &dataset.fields {
                    th scope="col" class=(class(field.kind)) { (field.name) }
                }
            }
            "\n"
        }
        "\n"
        tbody {
            "\n"
            @for record in &dataset.records {
                (row(writer, (dataset, record), linked, leads, root)) "\n"
            }
        }
        "\n"
        @if let Some(total) = &dataset.total {
            tfoot {
                "\n"
                tr class="total" {
                    @for (at, field) in dataset.fields.iter().enumerate() {
                        (cell(at == 0, field, &html! { (total.get(at).map_or("", String::as_str)) }))
                    }
                }
                "\n"
            }
            "\n"
        }
    }
}

fn row(
    writer: &mut TextWriter,
    (dataset, record): (&Dataset, &DataRecord),
    linked: usize,
    leads: &Leads,
    root: &str,
) -> Markup {
    let id = id_of(record);
    let called = if dataset.kind == DatasetKind::Catalogue { name_at(dataset) } else { usize::MAX };
    let also = also(if called == usize::MAX { &[] } else { leads.awarded(&name_of(dataset, record)) }, root);
    html! {
        tr id=(id) data-from=[record.held.map(|held| held.from.iso())] data-until=[record.held.and_then(|held| held.until).map(Day::iso)] {
            @for (at, field) in dataset.fields.iter().enumerate() {
                @let inlines = record.cells.get(at).map_or(&[][..], Vec::as_slice);
                @let text = writer.inlines(inlines);
                @let link = (at == linked).then(|| record.link.as_deref().and_then(explanation)).flatten();
                @if holds_link(inlines) {
                    (cell(at == 0, field, &text))
                } @else if let Some(path) = link {
                    (cell(at == 0, field, &html! { a href={ (root) (encode_path(&path)) } { (text) } }))
                    @let _ = writer.addresses.targets.insert(path);
                } @else if field.kind == FieldKind::Code && !text.0.is_empty() {
                    (cell(at == 0, field, &html! { a class="self" href={ "#" (encode_path(&id)) } { (text) } }))
                } @else if field.kind == FieldKind::Text {
                    (cell(at == 0, field, &html! { (writer.named(inlines)) @if at == called { (also) } }))
                } @else {
                    (cell(at == 0, field, &text))
                }
            }
        }
    }
}

/// What was given for an entry of a catalogue.
fn also(given: &[Link], root: &str) -> Markup {
    html! {
        @for link in given {
            " " a class="also" href={ (root) (link.path) } { (link.title) }
        }
    }
}

/// The page that explains a record; a folder without a trailing `/` is called by its folder.
fn explanation(link: &str) -> Option<String> {
    let named = link.rsplit('/').next().is_some_and(|last| last.contains('.') || last.is_empty());
    match Target::parse(&if named { link.to_owned() } else { format!("{link}/") })? {
        Target::Inside { path, .. } => Some(path),
        Target::Here(_) | Target::Outside(_) => None,
    }
}

/// A cell; the first of a row names it. On a phone a row becomes a card, and each cell shows its head before it.
fn cell(first: bool, field: &Field, text: &Markup) -> Markup {
    let class = class(field.kind);
    html! {
        @if first {
            th scope="row" class=(class) data-label=(field.name) { (text) }
        } @else {
            td class=(class) data-label=(field.name) { (text) }
        }
    }
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
        FieldKind::Day => "s",
        FieldKind::Number => "f-num",
    }
}
