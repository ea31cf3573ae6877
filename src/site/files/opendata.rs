//! 开放数据 — a list as CSV (with a byte-order mark, so that Excel reads it as Chinese), JSON and its schema; grants in the
//! spirit of the 360Giving standard: one row for each, with who gives, who receives, how much, when, under which clause.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::convert::Infallible;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::names::english;
use crate::calendar::Day;
use crate::csv;
use crate::document::{DataRecord, Dataset, DatasetKind, Field, FieldKind, Grant, Inline, plain};
use crate::grid::{Column, Datum, Grid, Shape, workbook};
use crate::site::contents::Site;
use crate::site::frame::{DownloadView, Rendering};
use crate::site::identity::Identity;
use crate::site::link;
use crate::site::output::{Output, Page, Put};
use crate::site::records::{id_of, page_of};

/// A file of open data beside a list.
pub(in crate::site) struct OpenFile {
    pub(in crate::site) label: &'static str,
    /// Relative to the folder of the list.
    pub(in crate::site) name: String,
    bytes: Bytes,
}

/// Makes a file of a list.
pub(in crate::site) type Bytes = fn(&Identity, &Dataset) -> Vec<u8>;

/// The files that the site itself makes of a list. Those of awards that trace every step are made where the steps are known.
pub(in crate::site) fn files(dataset: &Dataset) -> Vec<OpenFile> {
    let stem = dataset.path.rsplit('/').next().unwrap_or("data");
    let file = |label, name: String, bytes| OpenFile { label, name, bytes };
    let sheet = |name: String| file("Excel 表格（xlsx）", name, |_, dataset| sheet_of(dataset));
    match dataset.kind {
        DatasetKind::Catalogue | DatasetKind::Listing | DatasetKind::Years => vec![
            sheet(format!("{stem}.xlsx")),
            file("CSV（可用 Excel 打开）", format!("{stem}.csv"), |_, dataset| csv_of(dataset).into_bytes()),
            file("数据（JSON）", format!("{stem}.json"), json_of),
            file("数据格式说明（JSON Schema）", format!("{stem}.schema.json"), |_, dataset| {
                schema(dataset).to_string().into_bytes()
            }),
        ],
        DatasetKind::Awards if dataset.grants.is_empty() => Vec::new(),
        DatasetKind::Awards => vec![
            sheet("awards.xlsx".to_owned()),
            file("数据格式说明（JSON Schema）", "awards.schema.json".to_owned(), |_, _| {
                awards_schema().to_string().into_bytes()
            }),
            file("开放数据（360Giving 格式，CSV）", "grants.csv".to_owned(), |identity, dataset| {
                grants_csv(identity, dataset).into_bytes()
            }),
            file("开放数据（360Giving 格式，JSON）", "grants.json".to_owned(), grants_json),
        ],
    }
}

/// Writes them, but for those that another part of the program puts there itself; by what the data of the list are known again.
pub(in crate::site) fn write(site: &Site, dataset: &Dataset, output: &Output) -> Option<String> {
    let own = files(dataset).into_iter().map(|file| (format!("{}/{}", dataset.path, file.name), file.bytes));
    let own: Vec<_> = own.filter(|(path, _)| !site.files.contains_key(path)).collect();
    let data = output.of(&(site.identity, dataset));
    let of = data.as_ref().and_then(|data| output.of(&(data, own.iter().map(|(path, _)| path).collect::<Vec<_>>())));
    let make = |put: Put<'_>| {
        for (path, bytes) in own {
            put(Page::new(path, if site.kept { bytes(site.identity, dataset) } else { Vec::new() }));
        }
        Ok::<_, Infallible>(())
    };
    let Ok(()) = output.made_of(of, make);
    data
}

/// The files of a list for the bundle: rows, data with their schema, grants.
pub(in crate::site) fn whole(dataset: &Dataset) -> Vec<(String, Bytes)> {
    let stem = dataset.path.rsplit('/').next().unwrap_or("data");
    let mut files: Vec<(String, Bytes)> = vec![
        (format!("{stem}.csv"), |_, dataset| csv_of(dataset).into_bytes()),
        (format!("{stem}.json"), json_of),
        (format!("{stem}.schema.json"), |_, dataset| schema(dataset).to_string().into_bytes()),
    ];
    if !dataset.grants.is_empty() {
        files.push(("grants.json".to_owned(), grants_json));
        files.push(("grants.csv".to_owned(), |identity, dataset| grants_csv(identity, dataset).into_bytes()));
    }
    files
}

/// The files that the list itself names, and those that the site makes of it, each once.
pub(in crate::site) fn downloads(rendering: &Rendering, dataset: &Dataset) -> Vec<DownloadView> {
    let mut downloads = rendering.declared(&dataset.path, &dataset.downloads);
    for file in files(dataset) {
        let path = format!("{}/{}", dataset.path, file.name);
        let named = dataset.downloads.iter().any(|download| download.href == file.name);
        if !named || !rendering.site.files.contains_key(&path) {
            downloads.push(rendering.download(file.label, &path));
        }
    }
    downloads
}

/// A cell as data have it: a figure without the commas of pages.
fn datum(field: &Field, cell: &[Inline]) -> String {
    let text = plain(cell);
    if field.kind == FieldKind::Number { text.replace(',', "") } else { text }
}

/// The list as a workbook; a list that no sheet can hold has an empty one, and its CSV.
fn sheet_of(dataset: &Dataset) -> Vec<u8> {
    let columns = dataset.fields.iter().map(|field| {
        let shape = match field.kind {
            FieldKind::Code | FieldKind::Text => Shape::Text,
            FieldKind::Day => Shape::Day,
            FieldKind::Long => Shape::Long,
            FieldKind::Number => Shape::Amount,
        };
        Column::new(field.name.as_str(), shape)
    });
    let datum = |(field, cell): (&Field, &Vec<Inline>)| {
        let text = plain(cell);
        match text.replace(',', "").parse() {
            Ok(number) if field.kind == FieldKind::Number => Datum::Number(number),
            _ if field.kind == FieldKind::Day => text.parse().map_or(Datum::Blank, Datum::Day),
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
    let row = |record: &'_ DataRecord| {
        dataset.fields.iter().zip(&record.cells).map(|(field, cell)| datum(field, cell)).collect::<Vec<_>>()
    };
    csv::text(&head, dataset.records.iter().map(row))
}

/// A list in JSON.
#[derive(Serialize)]
struct ListJson<'a> {
    #[serde(rename = "名称")]
    title: &'a str,
    #[serde(rename = "状态")]
    status: &'static str,
    #[serde(rename = "网址")]
    page: &'a str,
    #[serde(rename = "概况", serialize_with = "as_object")]
    facts: Vec<(&'a str, Cow<'a, str>)>,
    #[serde(rename = "条目")]
    records: Vec<RecordJson<'a>>,
}

#[derive(Serialize)]
struct RecordJson<'a> {
    #[serde(rename = "编号")]
    id: &'a str,
    #[serde(rename = "网址")]
    page: String,
    #[serde(rename = "内容", serialize_with = "as_object")]
    cells: Vec<(&'a str, Cow<'a, str>)>,
}

/// Names with what stands under them, as an object; of two alike the last one counts, as everywhere in JSON.
fn as_object<S: Serializer>(members: &[(&str, Cow<'_, str>)], serializer: S) -> Result<S::Ok, S::Error> {
    let is_last = |at: usize, name: &str| members.iter().skip(at + 1).all(|(other, _)| *other != name);
    let last = members.iter().enumerate().filter(|(at, (name, _))| is_last(*at, name));
    serializer.collect_map(last.map(|(_, (name, text))| (name, text)))
}

fn json_of(identity: &Identity, dataset: &Dataset) -> Vec<u8> {
    let page = identity.address(&page_of(dataset));
    let records = dataset.records.iter().map(|record| {
        let cells = dataset.fields.iter().zip(&record.cells);
        RecordJson {
            id: &record.id,
            page: format!("{page}#{}", link::encode_path(&id_of(record))),
            cells: cells.map(|(field, cell)| (field.name.as_str(), Cow::Owned(datum(field, cell)))).collect(),
        }
    });
    let facts = dataset.facts.iter().map(|fact| (fact.label.as_str(), Cow::Borrowed(fact.text.as_str())));
    let list = ListJson {
        title: &dataset.title,
        status: dataset.status.mark().unwrap_or("定稿"),
        page: &page,
        facts: facts.collect(),
        records: records.collect(),
    };
    in_json(&list)
}

/// Something in JSON. Texts, numbers and lists of them always have a JSON form.
fn in_json(what: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(what).unwrap_or_default()
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
                FieldKind::Day => "日期，如 2024-06-13；没有的是空的",
                FieldKind::Number => "数值，按发布的写法",
            };
            let mut cell = json!({ "type": "string", "description": what });
            if let Some(english) = english(&field.name) {
                cell["x-english"] = json!(english);
            }
            let options = options(dataset, field);
            if !options.is_empty() {
                cell["enum"] = json!(options);
            }
            (field.name.clone(), cell)
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

/// The words of which one stands in a cell: those that the catalogue allows, or those that its entries have; none for other cells.
fn options(dataset: &Dataset, field: &Field) -> Vec<String> {
    if !field.options.is_empty() {
        // A cell that need not be filled may be empty.
        return field.options.iter().cloned().chain([String::new()]).collect();
    }
    let Some(at) = dataset.fields.iter().position(|other| field.filter && other.name == field.name) else {
        return Vec::new();
    };
    let values: BTreeSet<String> =
        dataset.records.iter().filter_map(|record| record.cells.get(at)).map(|cell| plain(cell)).collect();
    values.into_iter().collect()
}

/// The schema of `awards.json`.
fn awards_schema() -> Value {
    let text = |what: &str| json!({ "type": "string", "description": what });
    let maybe = |what: &str| json!({ "type": ["string", "null"], "description": what });
    let mut properties = json!({
        "年度": { "type": "integer", "description": "奖励的年度" },
        "政策": text("政策的文件名"),
        "条款": text("政策的条款"),
        "事项": text("奖励事项"),
        "企业": text("企业名称"),
        "统一社会信用代码": { "type": "string", "pattern": "^[0-9A-Z]{18}$", "description": "GB 32100 的18位代码" },
        "区县": text("企业所在区县"),
        "对象": text("为哪个项目、产品"),
        "结果": { "enum": ["给予", "不予"] },
        "金额": { "type": "string", "pattern": "^-?[0-9]+\\.[0-9]{2}$", "description": "人民币元，两位小数" },
        "封顶": maybe("核减它的限额"),
        "理由": maybe("不予的理由"),
        "计算": { "type": "array", "items": {
            "type": "object",
            "required": ["步骤", "算式", "值", "依据"],
            "properties": {
                "步骤": text("这一步叫什么"), "算式": text("怎样算"), "值": text("得多少"), "依据": text("条款"), "来源": maybe("数据写在哪里"),
            },
        } },
    });
    for (name, property) in properties.as_object_mut().into_iter().flatten() {
        if let Some(english) = english(name) {
            property["x-english"] = json!(english);
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "奖励",
        "type": "array",
        "items": {
            "type": "object",
            "required": ["年度", "政策", "企业", "结果", "金额", "封顶", "理由", "计算"],
            "properties": properties,
            "additionalProperties": false,
        },
    })
}

fn grants_json(identity: &Identity, dataset: &Dataset) -> Vec<u8> {
    #[derive(Serialize)]
    struct Grants<'a> {
        grants: Vec<GrantJson<'a>>,
    }
    in_json(&Grants { grants: dataset.grants.iter().map(|grant| GrantJson::of(identity, grant)).collect() })
}

/// What a grant is given for, in a sentence.
fn description(grant: &Grant) -> String {
    let clause = if grant.clause.is_empty() { String::new() } else { format!("依据{}，", grant.clause) };
    format!("{clause}给予{}{}", grant.recipient, grant.title)
}

/// An amount as a JSON number: whole yuan, or with its two decimals, which a number of that size keeps.
fn number(amount: &str) -> Value {
    let whole = amount.strip_suffix(".00").unwrap_or(amount);
    whole.parse::<i64>().map(Value::from).or_else(|_| amount.parse::<f64>().map(Value::from)).unwrap_or(Value::Null)
}

/// By what the recipient is known to all; by its name where its code is not shown.
fn recipient(grant: &Grant, identity: &Identity) -> String {
    if grant.recipient_code.is_empty() {
        format!("360G-{}-{}", identity.domain, grant.recipient)
    } else {
        format!("CN-USCC-{}", grant.recipient_code)
    }
}

/// A grant by the names of the 360Giving schema.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GrantJson<'a> {
    id: String,
    title: &'a str,
    description: String,
    currency: &'static str,
    recipient_organization: [Organization<'a>; 1],
    funding_organization: [Organization<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    grant_programme: Option<[Programme<'a>; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount_awarded: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    award_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_source: Option<String>,
}

#[derive(Serialize)]
struct Organization<'a> {
    id: String,
    name: &'a str,
}

#[derive(Serialize)]
struct Programme<'a> {
    code: &'a str,
    title: &'a str,
}

impl<'a> GrantJson<'a> {
    fn of(identity: &'a Identity, grant: &'a Grant) -> Self {
        let programme = || {
            let title = grant.title.split('：').next().unwrap_or_default();
            [Programme { code: &grant.clause, title }]
        };
        let page = |page: &String| {
            let folder = page.trim_end_matches('/').trim_end_matches("/index.html");
            identity.address(&format!("{folder}/index.html"))
        };
        Self {
            id: format!("360G-{}-{}", identity.domain, grant.id),
            title: &grant.title,
            description: description(grant),
            currency: "CNY",
            recipient_organization: [Organization { id: recipient(grant, identity), name: &grant.recipient }],
            funding_organization: [Organization { id: funder(identity), name: &identity.host }],
            grant_programme: (!grant.clause.is_empty()).then(programme),
            amount_awarded: grant.amount.as_deref().map(number),
            award_date: grant.awarded.map(Day::iso),
            date_modified: grant.awarded.map(|day| format!("{}T00:00:00+08:00", day.iso())),
            data_source: grant.link.as_ref().map(page),
        }
    }
}

/// By what who gives is known to all.
fn funder(identity: &Identity) -> String {
    format!("CN-GOV-{}", identity.code.as_str())
}

fn grants_csv(identity: &Identity, dataset: &Dataset) -> String {
    let head = [
        "Identifier",
        "Title",
        "Description",
        "Currency",
        "Amount Awarded",
        "Award Date",
        "Recipient Org:Identifier",
        "Recipient Org:Name",
        "Funding Org:Identifier",
        "Funding Org:Name",
        "Grant Programme:Code",
    ];
    let rows = dataset.grants.iter().map(|grant| {
        [
            format!("360G-{}-{}", identity.domain, grant.id),
            grant.title.clone(),
            description(grant),
            "CNY".to_owned(),
            grant.amount.clone().unwrap_or_default(),
            grant.awarded.map(Day::iso).unwrap_or_default(),
            recipient(grant, identity),
            grant.recipient.clone(),
            funder(identity),
            identity.host.clone(),
            grant.clause.clone(),
        ]
    });
    csv::text(&head, rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::sample;

    #[test]
    fn an_amount_is_the_number_that_it_is_written_as() {
        for (text, written) in [
            ("6000000.00", "6000000"),
            ("670666.50", "670666.5"),
            ("99999999999.99", "99999999999.99"),
            ("-0.01", "-0.01"),
        ] {
            assert_eq!(number(text).to_string(), written);
        }
    }

    /// Columns of one name cannot both stand in an object: programs would read either of them.
    #[test]
    fn a_name_stands_once_in_an_object() {
        let mut list = sample::dataset();
        let name = list.fields[0].name.clone();
        list.fields[1].name.clone_from(&name);
        let json = sample::with_site(|site| String::from_utf8(json_of(site.identity, &list)).unwrap());
        assert_eq!(json.matches(&format!("\"{name}\":")).count(), list.records.len());
        let value: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["条目"][0]["内容"][&name], plain(&list.records[0].cells[1]));
    }

    /// Whatever stands in a cell is one of the words that the schema allows.
    #[test]
    fn a_schema_keeps_the_words_of_a_column() {
        let list = sample::dataset();
        let schema = schema(&list);
        let cells = &schema["properties"]["条目"]["items"]["properties"]["内容"]["properties"];
        let mut kept = 0;
        for (at, field) in list.fields.iter().enumerate().filter(|(_, field)| field.filter) {
            let allowed = cells[&field.name]["enum"].as_array().unwrap();
            assert!(list.records.iter().all(|record| allowed.contains(&Value::String(plain(&record.cells[at])))));
            kept += 1;
        }
        assert!(kept > 0);
        assert_eq!(cells["企业"]["x-english"], "recipient");
    }
}
