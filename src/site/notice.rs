//! 公文页 — a document on the web: 信息公开 header table, the text as it is printed, attachments, 署名, 版记, its files.

use serde::Serialize;

use crate::calendar::Day;
use crate::diag::Diagnostic;
use crate::document::{Closing, Colophon, Document};

use super::html::Writer;
use super::shell::{ArticleTags, DownloadView, Draft, Mark, Press};
use super::{Column, Made, link, notice_folder, notice_pdf};

#[derive(Serialize)]
struct Notice<'a> {
    title: &'a str,
    mark: Option<Mark>,
    header: Vec<(&'static str, String)>,
    number: Option<String>,
    addressee: Option<&'a str>,
    body: String,
    attachments: Vec<AttachmentView<'a>>,
    closing: ClosingView<'a>,
    note: Option<&'a str>,
    colophon: Option<ColophonView<'a>>,
    downloads: Vec<DownloadView>,
    source: Option<&'a str>,
}

#[derive(Serialize)]
struct AttachmentView<'a> {
    id: String,
    label: &'a str,
    title: &'a str,
    body: String,
}

#[derive(Serialize)]
struct ClosingView<'a> {
    signatures: Vec<(&'a str, Option<&'a str>)>,
    dated: Option<DateView>,
}

#[derive(Serialize)]
struct DateView {
    iso: String,
    text: String,
}

#[derive(Serialize)]
struct ColophonView<'a> {
    offices: &'a [String],
    addressee: Option<&'a str>,
    copies_to: &'a [String],
    printed_by: Option<&'a str>,
    printed_on: Option<String>,
}

pub(super) fn page(press: &Press, document: &Document) -> Result<Made, Diagnostic> {
    let path = format!("{}/index.html", notice_folder(&document.slug));
    let root = link::root(&path);
    let mut writer = Writer::new(&root, &document.title);
    writer.blocks(&document.body);
    let body = writer.take();
    let attachments = document
        .attachments
        .iter()
        .zip(1..)
        .map(|(attachment, number)| {
            writer.part(2, &format!("fj{number}-"), &attachment.title);
            writer.blocks(&attachment.body);
            AttachmentView {
                id: format!("fj{number}"),
                label: &attachment.label,
                title: &attachment.title,
                body: writer.take(),
            }
        })
        .collect();
    let record = &document.record;
    let pdf = notice_pdf(&document.slug);
    let column = press.column(Column::of(document));
    let notice = Notice {
        title: &document.title,
        mark: Mark::of(document.status),
        header: header(document),
        number: document.masthead.number.as_ref().map(ToString::to_string),
        addressee: Some(document.addressee.as_str()).filter(|words| !words.is_empty()),
        body,
        attachments,
        closing: ClosingView::of(&document.closing),
        note: document.note.as_deref(),
        colophon: document.colophon.as_ref().map(ColophonView::of),
        downloads: if press.site.files.contains_key(&pdf) { vec![press.download("PDF", &pdf)] } else { Vec::new() },
        source: record.source.as_deref(),
    };
    let draft = Draft {
        template: "notice",
        path,
        title: &document.title,
        summary: if record.summary.is_empty() { document.title.clone() } else { record.summary.clone() },
        column,
        article: Some(ArticleTags {
            title: document.title.clone(),
            published: record.published.or(record.dated).map(|day| format!("{} 00:00", day.iso())),
            source: record.source.clone().unwrap_or_else(|| record.issuer.clone()),
            keywords: record.keywords.join(","),
            author: record.author.clone().unwrap_or_else(|| record.issuer.clone()),
        }),
        crumbs: column.map(Column::link).into_iter().collect(),
        scripts: &[],
        content: notice,
    };
    press.print(&draft, writer)
}

/// The header table. Its dates are padded with zeros, as government sites print them; those of the text are not.
fn header(document: &Document) -> Vec<(&'static str, String)> {
    let record = &document.record;
    let day = |day: Option<Day>| day.map(Day::padded).unwrap_or_default();
    vec![
        ("索引号", record.index_number.clone()),
        ("主题分类", record.topic.clone()),
        ("发文机关", record.issuer.clone()),
        ("成文日期", day(record.dated)),
        ("标题", document.title.clone()),
        ("发文字号", document.masthead.number.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("发布日期", day(record.published)),
        ("有效性", record.validity.name().to_owned()),
    ]
}

impl<'a> ClosingView<'a> {
    fn of(closing: &'a Closing) -> Self {
        Self {
            signatures: closing
                .signatures
                .iter()
                .map(|signature| (signature.name.as_str(), signature.person.as_deref()))
                .collect(),
            dated: closing.dated.map(|day| DateView { iso: day.iso(), text: day.to_string() }),
        }
    }
}

impl<'a> ColophonView<'a> {
    fn of(colophon: &'a Colophon) -> Self {
        Self {
            offices: &colophon.offices,
            addressee: colophon.addressee.as_deref(),
            copies_to: &colophon.copies_to,
            printed_by: colophon.printed_by.as_deref(),
            printed_on: colophon.printed_on.map(|day| day.to_string()),
        }
    }
}
