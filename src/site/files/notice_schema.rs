//! 公文数据的格式 — the JSON Schema of the data file beside the page of a document: what stands in it, part by part, for programs of others.

use serde_json::{Value, json};

use crate::document::{Format, Genre};
use crate::site::output::Page;

/// Where it lies, below the output folder.
pub(in crate::site) const PATH: &str = "opendata/notice.schema.json";

pub(in crate::site) fn page() -> Page {
    Page::text(PATH.to_owned(), schema().to_string())
}

fn text(what: &str) -> Value {
    json!({ "type": "string", "description": what })
}

fn maybe(what: &str) -> Value {
    json!({ "type": ["string", "null"], "description": what })
}

fn day(what: &str) -> Value {
    json!({ "type": ["string", "null"], "format": "date", "description": what })
}

fn list(of: &Value, what: &str) -> Value {
    json!({ "type": "array", "items": of, "description": what })
}

/// A part of which each property must be there, and no other may; those whose names end in `?` may lack.
fn part<const N: usize>(what: &str, properties: [(&str, Value); N]) -> Value {
    let required: Vec<&str> = properties.iter().map(|(name, _)| *name).filter(|name| !name.ends_with('?')).collect();
    let properties: serde_json::Map<String, Value> =
        properties.iter().map(|(name, value)| (name.trim_end_matches('?').to_owned(), value.clone())).collect();
    json!({
        "type": "object", "description": what, "required": required, "properties": properties,
        "additionalProperties": false,
    })
}

fn of_kind<const N: usize>(kind: &str, what: &str, properties: [(&str, Value); N]) -> Value {
    let mut whole = part(what, properties);
    whole["properties"]["kind"] = json!({ "const": kind });
    if let Some(required) = whole["required"].as_array_mut() {
        required.push("kind".into());
    }
    whole
}

fn nullable(part: Value) -> Value {
    json!({ "anyOf": [part, { "type": "null" }] })
}

fn schema() -> Value {
    let genres: Vec<&str> = Genre::ALL.iter().map(|genre| genre.name()).collect();
    let formats = [Format::Document, Format::Letter, Format::Order, Format::Minutes, Format::Plain];
    let texts = |what: &str| list(&json!({ "type": "string" }), what);
    let inlines = json!({ "type": "array", "items": { "$ref": "#/$defs/inline" } });
    let blocks = json!({ "type": "array", "items": { "$ref": "#/$defs/block" } });
    let mut whole = part(
        "一件公文",
        [
            ("slug", text("名称，也是网址的一段")),
            ("status", json!({ "enum": ["定稿", "草稿", "样例"] })),
            ("genre", json!({ "enum": genres, "description": "文种" })),
            ("format", json!({ "enum": formats, "description": "GB/T 9704—2012 的格式" })),
            ("masthead", masthead()),
            ("title", text("标题")),
            ("title_lines", texts("按词义分行的标题")),
            ("annotation?", text("题注，不带括号")),
            ("addressee", text("主送机关，不带冒号")),
            ("body", blocks.clone()),
            (
                "attachments",
                list(
                    &part(
                        "一个附件",
                        [
                            ("label", text("附件、附件1；随文印发的是空的")),
                            ("title", text("名称")),
                            ("title_lines", texts("分行的名称")),
                            ("body", blocks.clone()),
                        ],
                    ),
                    "附件",
                ),
            ),
            ("closing", closing()),
            ("note", maybe("附注，不带括号")),
            ("colophon", nullable(colophon())),
            ("record", record()),
        ],
    );
    whole["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    whole["title"] = "公文".into();
    whole["$defs"] = json!({ "inline": inline(&inlines), "block": block(&inlines, &blocks), "merge": { "enum": ["left", "above"] } });
    whole
}

fn masthead() -> Value {
    let secrecy = part("密级", [("密级", json!({ "enum": ["秘密", "机密", "绝密"] })), ("保密期限", maybe("期限"))]);
    part(
        "版头",
        [
            ("copy_number", maybe("份号")),
            ("secrecy", nullable(secrecy)),
            ("urgency", json!({ "enum": ["特急", "加急", null] })),
            ("issuers", list(&json!({ "type": "string" }), "发文机关，主办的在前")),
            ("suffix", maybe("标志里机关名称后面的字")),
            ("number", maybe("发文字号")),
            ("signatories", list(&json!({ "type": "string" }), "签发人")),
        ],
    )
}

fn closing() -> Value {
    let seal =
        part("印章", [("path", text("图片")), ("width", json!({ "type": "integer", "description": "十分之一毫米" }))]);
    let signature = part("署名", [("name", text("机关或职务")), ("person", maybe("签名人")), ("seal", nullable(seal))]);
    part(
        "署名、成文日期和印章",
        [
            ("style", json!({ "enum": ["盖章", "不盖章", "签名章"] })),
            ("signatures", list(&signature, "署名")),
            ("dated", maybe("成文日期，如 2024年6月13日")),
        ],
    )
}

fn colophon() -> Value {
    part(
        "版记",
        [
            ("offices", list(&json!({ "type": "string" }), "主办、督办")),
            ("addressee", maybe("移到版记的主送机关")),
            ("copies_to", list(&json!({ "type": "string" }), "抄送，一行一项")),
            ("printed_by", maybe("印发机关")),
            ("printed_on", maybe("印发日期")),
        ],
    )
}

fn record() -> Value {
    let period = part(
        "公示期",
        [
            ("起", day("第一天")),
            ("工作日", json!({ "type": "integer" })),
            ("首日", json!({ "enum": ["计入", "不计入"] })),
            ("止", day("最后一天")),
            ("异议", maybe("怎样提出异议")),
        ],
    );
    let relation = part(
        "与另一件公文的关系",
        [("关系", text("更正、修改、废止、结果、依据、解读")), ("文件", text("另一件的名称"))],
    );
    let withdrawn = part("撤回", [("日期", day("哪一天")), ("理由", text("理由"))]);
    let publication = part(
        "公开",
        [
            ("属性", json!({ "type": ["string", "null"], "description": "主动公开、依申请公开、不予公开" })),
            ("时间", maybe("发布的时刻")),
            ("施行日期", day("施行日期")),
            ("失效日期", day("失效日期")),
            ("版本", json!({ "type": "integer", "minimum": 1 })),
            ("版本说明", maybe("这一版改了什么")),
            ("撤回", nullable(withdrawn)),
            ("关联", list(&relation, "关联的公文")),
            ("公示期", nullable(period)),
        ],
    );
    part(
        "公开信息",
        [
            ("index_number", text("索引号")),
            ("topic", text("主题分类")),
            ("column", text("栏目")),
            ("issuer", text("发文机关")),
            ("dated", day("成文日期")),
            ("published", day("发布日期")),
            ("validity", json!({ "enum": ["valid", "expired", "repealed", "corrected", "withdrawn"] })),
            ("keywords", list(&json!({ "type": "string" }), "关键词")),
            ("summary", text("概述")),
            ("source", maybe("来源")),
            ("author", maybe("作者")),
            ("publication", publication),
        ],
    )
}

/// A run of text.
fn inline(inlines: &Value) -> Value {
    json!({ "oneOf": [
        of_kind("text", "文字", [("text", text("文字"))]),
        of_kind("strong", "黑体", [("text", inlines.clone())]),
        of_kind("emphasis", "楷体", [("text", inlines.clone())]),
        of_kind("super", "上标", [("text", text("文字"))]),
        of_kind("sub", "下标", [("text", text("文字"))]),
        of_kind("link", "链接", [("href", text("网址")), ("text", inlines.clone())]),
        of_kind("break", "换行", []),
    ] })
}

/// A part of a text.
fn block(inlines: &Value, blocks: &Value) -> Value {
    let label = part(
        "序号",
        [("level", json!({ "type": "integer", "minimum": 0, "maximum": 4 })), ("text", text("如“（一）”"))],
    );
    let merge = json!({ "$ref": "#/$defs/merge" });
    let column = part(
        "一列",
        [
            ("name", inlines.clone()),
            ("align", json!({ "enum": ["left", "center", "right"] })),
            ("merge?", merge.clone()),
        ],
    );
    let cell = part("一格", [("text", inlines.clone()), ("merge?", merge)]);
    let flag = json!({ "type": "boolean" });
    let row = part("一行", [("cells", list(&cell, "各格")), ("total", flag.clone()), ("head?", flag.clone())]);
    json!({ "oneOf": [
        of_kind("heading", "标题", [("label", label.clone()), ("text", inlines.clone()), ("anchor", text("页内地址"))]),
        of_kind("paragraph", "段落", [("label", nullable(label)), ("text", inlines.clone()), ("indent", flag.clone())]),
        of_kind("list", "不编号的各点", [("items", json!({ "type": "array", "items": blocks }))]),
        of_kind("table", "表", [
            ("caption", maybe("表题")), ("unit", maybe("单位")), ("columns", list(&column, "各列")),
            ("rows", list(&row, "各行")), ("landscape", flag),
        ]),
        of_kind("figure", "图", [("path", text("图片")), ("alt", text("图的说明")), ("caption", maybe("图题"))]),
        of_kind("roll", "出席、请假、列席", [("label", text("出席")), ("text", inlines.clone())]),
    ] })
}
