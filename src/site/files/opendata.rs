//! 开放数据 — a list as CSV (with a byte-order mark, so that Excel reads it as Chinese), JSON and its schema; grants in the
//! spirit of the 360Giving standard: one row for each, with who gives, who receives, how much, when, under which clause.

use serde_json::{Map, Value, json};

use crate::calendar::Day;
use crate::csv;
use crate::document::{Dataset, DatasetKind, Field, FieldKind, Grant, Inline, plain};
use crate::grid::{Column, Datum, Grid, Shape, workbook};
use crate::site::contents::Site;
use crate::site::identity::Identity;
use crate::site::link;
use crate::site::output::Page;
use crate::site::records::{id_of, page_of};

/// A file of open data beside a list.
pub(in crate::site) struct OpenFile {
    pub(in crate::site) label: &'static str,
    /// Relative to the folder of the list.
    pub(in crate::site) name: String,
    bytes: fn(&Identity, &Dataset) -> Vec<u8>,
}

/// The files that the site itself makes of a list. Those of awards that trace every step are made where the steps are known.
pub(in crate::site) fn files(dataset: &Dataset) -> Vec<OpenFile> {
    let stem = dataset.path.rsplit('/').next().unwrap_or("data");
    let file = |label, name: String, bytes| OpenFile { label, name, bytes };
    let sheet = |name: String| file("Excel 表格（xlsx）", name, |_, dataset| sheet_of(dataset));
    match dataset.kind {
        DatasetKind::Catalogue => vec![
            sheet(format!("{stem}.xlsx")),
            file("CSV（可用 Excel 打开）", format!("{stem}.csv"), |_, dataset| csv_of(dataset).into_bytes()),
            file("数据（JSON）", format!("{stem}.json"), |identity, dataset| {
                json_of(identity, dataset).to_string().into_bytes()
            }),
            file("数据格式说明（JSON Schema）", format!("{stem}.schema.json"), |_, dataset| {
                schema(dataset).to_string().into_bytes()
            }),
        ],
        DatasetKind::Years => vec![
            sheet(format!("{stem}.xlsx")),
            file("CSV（可用 Excel 打开）", format!("{stem}.csv"), |_, dataset| csv_of(dataset).into_bytes()),
        ],
        DatasetKind::Awards if dataset.grants.is_empty() => Vec::new(),
        DatasetKind::Awards => vec![
            sheet("awards.xlsx".to_owned()),
            file("开放数据（360Giving 格式，CSV）", "grants.csv".to_owned(), |identity, dataset| {
                grants_csv(identity, dataset).into_bytes()
            }),
            file("开放数据（360Giving 格式，JSON）", "grants.json".to_owned(), |identity, dataset| {
                let grants: Vec<Value> = dataset.grants.iter().map(|grant| grant_of(identity, grant)).collect();
                json!({ "grants": grants }).to_string().into_bytes()
            }),
        ],
    }
}

/// Writes them, but for those that another part of the program puts there itself.
pub(in crate::site) fn pages(site: &Site, dataset: &Dataset) -> impl Iterator<Item = Page> {
    files(dataset)
        .into_iter()
        .map(|file| (format!("{}/{}", dataset.path, file.name), file.bytes))
        .filter(|(path, _)| !site.files.contains_key(path))
        .map(|(path, bytes)| Page { path, bytes: bytes(site.identity, dataset) })
}

/// The list as a workbook; a list that no sheet can hold has an empty one, and its CSV.
fn sheet_of(dataset: &Dataset) -> Vec<u8> {
    let columns = dataset.fields.iter().map(|field| {
        let shape = match field.kind {
            FieldKind::Code | FieldKind::Text => Shape::Text,
            FieldKind::Long => Shape::Long,
            FieldKind::Number => Shape::Amount,
        };
        Column::new(field.name.as_str(), shape)
    });
    let datum = |(field, cell): (&Field, &Vec<Inline>)| {
        let text = plain(cell);
        match text.replace(',', "").parse() {
            Ok(number) if field.kind == FieldKind::Number => Datum::Number(number),
            _ => Datum::text(text),
        }
    };
    let rows = dataset.records.iter().map(|record| dataset.fields.iter().zip(&record.cells).map(datum).collect());
    let grid = Grid {
        name: "名单".to_owned(),
        title: dataset.title.clone(),
        columns: columns.collect(),
        rows: rows.collect(),
        summed: dataset.total.is_some(),
        form: None,
    };
    workbook(&[grid]).unwrap_or_default()
}

fn csv_of(dataset: &Dataset) -> String {
    let head: Vec<&str> = dataset.fields.iter().map(|field| field.name.as_str()).collect();
    csv::text(&head, dataset.records.iter().map(|record| record.cells.iter().map(|cell| plain(cell))))
}

fn json_of(identity: &Identity, dataset: &Dataset) -> Value {
    let page = identity.address(&page_of(dataset));
    let records: Vec<Value> = dataset
        .records
        .iter()
        .map(|record| {
            let cells: Map<String, Value> = dataset
                .fields
                .iter()
                .zip(&record.cells)
                .map(|(field, cell)| (field.name.clone(), Value::String(plain(cell))))
                .collect();
            json!({
                "编号": record.id,
                "网址": format!("{page}#{}", link::encode_path(&id_of(record))),
                "内容": cells,
            })
        })
        .collect();
    let facts: Map<String, Value> =
        dataset.facts.iter().map(|fact| (fact.label.clone(), Value::String(fact.text.clone()))).collect();
    json!({ "名称": dataset.title, "状态": dataset.status.mark().unwrap_or("定稿"), "网址": page, "概况": facts, "条目": records })
}

fn schema(dataset: &Dataset) -> Value {
    let names: Vec<&str> = dataset.fields.iter().map(|field| field.name.as_str()).collect();
    let cells: Map<String, Value> = dataset
        .fields
        .iter()
        .map(|field| {
            let what = match field.kind {
                FieldKind::Code => "编号或代码",
                FieldKind::Text | FieldKind::Long => "文字",
                FieldKind::Number => "数值，按发布的写法",
            };
            (field.name.clone(), json!({ "type": "string", "description": what }))
        })
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": dataset.title,
        "type": "object",
        "required": ["名称", "状态", "网址", "概况", "条目"],
        "properties": {
            "名称": { "type": "string" },
            "状态": { "enum": ["定稿", "草稿", "样例"] },
            "网址": { "type": "string", "format": "uri" },
            "概况": { "type": "object", "additionalProperties": { "type": "string" } },
            "条目": { "type": "array", "items": {
                "type": "object",
                "required": ["编号", "网址", "内容"],
                "properties": {
                    "编号": { "type": "string" },
                    "网址": { "type": "string", "format": "uri" },
                    "内容": { "type": "object", "required": names, "properties": cells, "additionalProperties": false },
                },
            } },
        },
    })
}

/// A grant by the names of the 360Giving schema; what has no name there stands under a Chinese one.
fn grant_of(identity: &Identity, grant: &Grant) -> Value {
    let mut value = json!({
        "id": format!("360G-{}-{}", identity.domain, grant.id),
        "title": grant.title,
        "currency": "CNY",
        "recipientOrganization": [{ "id": format!("CN-USCC-{}", grant.recipient_code), "name": grant.recipient }],
        "fundingOrganization": [{ "id": format!("CN-GOV-{}", identity.code.as_str()), "name": identity.host }],
        "条款": grant.clause,
    });
    if let Some(amount) = &grant.amount {
        // The amount travels as text: a JSON number would pass through a float.
        value["amountAwarded"] = json!(amount);
    }
    if let Some(day) = grant.awarded {
        value["awardDate"] = json!(day.iso());
    }
    if let Some(page) = &grant.link {
        value["dataSource"] = json!(
            identity.address(&format!("{}/index.html", page.trim_end_matches('/').trim_end_matches("/index.html")))
        );
    }
    value
}

fn grants_csv(identity: &Identity, dataset: &Dataset) -> String {
    let head = [
        "Identifier",
        "Title",
        "Currency",
        "Amount Awarded",
        "Award Date",
        "Recipient Org:Identifier",
        "Recipient Org:Name",
        "Funding Org:Identifier",
        "Funding Org:Name",
        "条款",
    ];
    let rows = dataset.grants.iter().map(|grant| {
        [
            format!("360G-{}-{}", identity.domain, grant.id),
            grant.title.clone(),
            "CNY".to_owned(),
            grant.amount.clone().unwrap_or_default(),
            grant.awarded.map(Day::iso).unwrap_or_default(),
            format!("CN-USCC-{}", grant.recipient_code),
            grant.recipient.clone(),
            format!("CN-GOV-{}", identity.code.as_str()),
            identity.host.clone(),
            grant.clause.clone(),
        ]
    });
    csv::text(&head, rows)
}
