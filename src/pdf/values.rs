//! What the layouts read: the document as JSON, with what only measuring can tell added to it — the widths of columns,
//! break places in words that are longer than their line, pictures by the names under which the press holds them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::diag::{Code, Diagnostic, Report};
use crate::document::{Block, Document, Inline, Label, Table};

use super::fonts::Fonts;
use super::grid::{COLUMNS, HEIGHT, POINT, WIDTH};
use super::table::{Plan, plan};
use super::wrap::{breakable, parts};

/// How much of the type area's height a picture may take, in millimetres: two thirds.
const PICTURE_HEIGHT: f64 = 150.0;

/// A pixel in millimetres: 96 to the inch.
const PIXEL: f64 = 25.4 / 96.0;

/// Marks a run that stays on one line, on its way to the layouts. No text has it: it is no character.
const WHOLE: char = '\u{fdd0}';

/// A picture that the press holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Picture {
    /// Its virtual path.
    pub(super) path: String,
    /// Its width and height in pixels or SVG units.
    pub(super) size: (f64, f64),
}

/// What turns a document into values.
pub(super) struct Values<'a> {
    pub(super) fonts: &'a Fonts,
    pub(super) pictures: &'a BTreeMap<String, Picture>,
    pub(super) table_size: f64,
}

impl Values<'_> {
    /// The document as the layouts read it.
    pub(super) fn of(&self, document: &Document, report: &mut Report) -> Value {
        let mut document = document.clone();
        let mut plans = Vec::new();
        self.blocks(&mut document.body, &mut plans);
        for attachment in &mut document.attachments {
            self.blocks(&mut attachment.body, &mut plans);
            attachment.title = self.line(&attachment.title);
        }
        document.addressee = self.line(&document.addressee);
        let mark = document.status.mark();
        let authors = &document.masthead.issuers;
        let authors = if authors.is_empty() { vec![document.record.issuer.clone()] } else { authors.clone() };
        let mut value = serde_json::to_value(&document).unwrap_or_default();
        let mut plans = plans.into_iter();
        self.walk(&mut value, &mut plans, report);
        if let Value::Object(map) = &mut value {
            map.insert("mark".into(), json!(mark));
            map.insert("authors".into(), json!(authors));
        }
        depths(&mut value["body"]);
        value["attachments"].as_array_mut().into_iter().flatten().for_each(|one| depths(&mut one["body"]));
        value
    }

    fn line(&self, text: &str) -> String {
        breakable(text, COLUMNS - 4.0, self.fonts)
    }

    fn blocks(&self, blocks: &mut [Block], plans: &mut Vec<Plan>) {
        for block in blocks {
            match block {
                // The first sentence of these may be their heading, which is looked for in their first run.
                Block::Heading { text, .. }
                | Block::Paragraph { text, label: Some(Label { level: 1 | 2, .. }), .. }
                | Block::Roll { text, .. } => self.run(text, COLUMNS - 4.0),
                Block::Paragraph { text, .. } => {
                    self.run(text, COLUMNS - 4.0);
                    self.hold(text, COLUMNS - 4.0);
                }
                Block::List { items } => items.iter_mut().for_each(|item| self.blocks(item, plans)),
                Block::Table(table) => plans.push(self.table(table)),
                Block::Figure(_) => {}
            }
        }
    }

    fn table(&self, table: &mut Table) -> Plan {
        let width = if table.landscape { HEIGHT } else { WIDTH };
        let plan = plan(table, width / POINT, self.table_size, self.fonts);
        for (column, room) in table.columns.iter_mut().zip(&plan.rooms) {
            self.run(&mut column.name, *room);
        }
        for row in &mut table.rows {
            for (cell, room) in row.cells.iter_mut().zip(&plan.rooms) {
                self.run(&mut cell.text, *room);
                self.hold(&mut cell.text, *room);
            }
        }
        plan
    }

    fn run(&self, run: &mut [Inline], room: f64) {
        for inline in run {
            match inline {
                Inline::Text { text } | Inline::Super { text } | Inline::Sub { text } => {
                    *text = breakable(text, room, self.fonts);
                }
                Inline::Strong { text } | Inline::Emphasis { text } | Inline::Link { text, .. } => self.run(text, room),
                Inline::Break => {}
            }
        }
    }

    /// Takes the quantities that stay on one line out of their runs, each marked with [`WHOLE`]; not one with an exponent
    /// behind it, from which it would be parted.
    fn hold(&self, run: &mut Vec<Inline>, room: f64) {
        let mut held = Vec::with_capacity(run.len());
        let mut rest = run.drain(..).peekable();
        while let Some(inline) = rest.next() {
            let Inline::Text { text } = inline else {
                held.push(inline);
                continue;
            };
            let raised = matches!(rest.peek(), Some(Inline::Super { .. } | Inline::Sub { .. }));
            let parts = parts(&text, room, self.fonts);
            let last = parts.len() - usize::from(raised && !parts.is_empty());
            held.extend(parts.into_iter().enumerate().map(|(index, (whole, part))| {
                let text = if whole && index < last { format!("{WHOLE}{part}") } else { part.to_owned() };
                Inline::Text { text }
            }));
        }
        drop(rest);
        *run = held;
    }

    /// Adds plans to tables and names to pictures, wherever they stand, and calls `whole` what is marked so.
    fn walk(&self, value: &mut Value, plans: &mut impl Iterator<Item = Plan>, report: &mut Report) {
        match value {
            Value::Array(list) => list.iter_mut().for_each(|item| self.walk(item, plans, report)),
            Value::Object(map) => {
                match map.get("kind").and_then(Value::as_str) {
                    Some("table") => {
                        if let Some(plan) = plans.next() {
                            if !plan.fits {
                                report.push(too_many_columns(map, plan.rooms.len()));
                            }
                            add_plan(map, &plan);
                        }
                        return;
                    }
                    Some("figure") => return self.figure(value, report),
                    Some("text") => return whole(map),
                    _ => {}
                }
                if let Some(seal) = map.get_mut("seal").filter(|seal| !seal.is_null()) {
                    let known = seal.get("path").and_then(Value::as_str).and_then(|path| self.pictures.get(path));
                    match known {
                        Some(picture) => seal["path"] = json!(picture.path),
                        None => {
                            report.push(no_picture(seal.get("path").and_then(Value::as_str).unwrap_or_default()));
                            *seal = Value::Null;
                        }
                    }
                }
                map.values_mut().for_each(|item| self.walk(item, plans, report));
            }
            _ => {}
        }
    }

    fn figure(&self, value: &mut Value, report: &mut Report) {
        let path = value.get("path").and_then(Value::as_str).unwrap_or_default().to_owned();
        let Value::Object(map) = value else { return };
        let Some(picture) = self.pictures.get(&path) else {
            report.push(no_picture(&path));
            // The place of the picture stays, with the words that describe it.
            let words = map.get("alt").and_then(Value::as_str).unwrap_or_default();
            *value = json!({ "kind": "paragraph", "label": null, "indent": false,
                "text": [{ "kind": "text", "text": format!("［图：{words}］") }] });
            return;
        };
        let (width, height) = picture.size;
        // As wide as the type area, but no picture of pixels larger than it is, and none higher than two thirds of the page.
        let natural = if picture.path.ends_with(".svg") { WIDTH } else { width * PIXEL };
        let width = natural.min(WIDTH).min(width / height.max(1.0) * PICTURE_HEIGHT);
        map.insert("path".into(), json!(picture.path));
        map.insert("width".into(), json!(width));
        // A file for everyone has words for each picture (PDF/UA-1, 7.3).
        let words =
            |name: &str| map.get(name).and_then(Value::as_str).filter(|words| !words.is_empty()).map(str::to_owned);
        let alt = words("alt").or_else(|| words("caption")).unwrap_or_else(|| "图".to_owned());
        map.insert("alt".into(), json!(alt));
    }
}

/// Gives each heading its depth in the outline of the file: 一、 may be followed by 1., but a heading never lies more than one
/// below the one before it (PDF/UA-1, 7.4.2).
fn depths(blocks: &mut Value) {
    let mut before = 0;
    for block in blocks.as_array_mut().into_iter().flatten().filter(|block| block["kind"] == "heading") {
        before = block["label"]["level"].as_u64().unwrap_or(1).clamp(1, before + 1);
        block["depth"] = json!(before);
    }
}

fn add_plan(map: &mut Map<String, Value>, plan: &Plan) {
    // The columns are shared out by the width of text and inset together, as the layout draws them.
    let inset = 6.0 / plan.size;
    map.insert("widths".into(), json!(plan.rooms.iter().map(|room| room + inset).collect::<Vec<_>>()));
    map.insert("size".into(), json!(plan.size));
    if let Some(Value::Array(rows)) = map.get_mut("rows") {
        for (row, breakable) in rows.iter_mut().zip(&plan.breakable) {
            row["breakable"] = json!(breakable);
            row["cells"].as_array_mut().into_iter().flatten().for_each(bare_cell);
        }
    }
}

/// A cell is its text: plain characters where it has nothing else, as nearly all have, a run of text where it does. A
/// table may have tens of thousands.
fn bare_cell(cell: &mut Value) {
    let mut text = cell["text"].take();
    text.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut).for_each(whole);
    let plain = match text.as_array_mut().map(Vec::as_mut_slice) {
        Some([only]) if only["kind"] == "text" => Some(only["text"].take()),
        _ => None,
    };
    *cell = plain.unwrap_or(text);
}

/// Names a marked run `whole`: the layouts never break it.
fn whole(run: &mut Map<String, Value>) {
    if let Some(text) = run.get("text").and_then(Value::as_str).and_then(|text| text.strip_prefix(WHOLE)) {
        let text = text.to_owned();
        run.insert("kind".into(), json!("whole"));
        run.insert("text".into(), json!(text));
    }
}

fn too_many_columns(table: &Map<String, Value>, count: usize) -> Diagnostic {
    let landscape = table.get("landscape").and_then(Value::as_bool) == Some(true);
    let caption =
        table.get("caption").and_then(Value::as_str).map(|caption| format!("“{caption}”")).unwrap_or_default();
    Diagnostic::error(Code::Layout, format!("表格{caption}有{count}列，一页放不下，字会压到邻列上")).help(
        if landscape { "分成几张表，或者减去几列" } else { "把表格横排，或者分成几张表" },
    )
}

fn no_picture(path: &str) -> Diagnostic {
    Diagnostic::error(Code::Picture, format!("没有图片“{path}”"))
        .help("图片应当放在工作区之内，写它相对于工作区的路径；只能用 PNG、JPEG 或 SVG，别的格式先另存")
}
