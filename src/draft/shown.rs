//! For tests: the parts of a text, one a line, so that a person can read what was made.

use std::fmt::Write;

use crate::document::{Align, Block, Document, Figure, Inline, Table};

/// A document: its elements, then its text.
pub(super) fn show_document(document: &Document) -> String {
    let mut out = String::new();
    writeln!(out, "{}（{}，{:?}）{}", document.title, document.genre.name(), document.format, document.slug).unwrap();
    writeln!(out, "主送：{}", document.addressee).unwrap();
    show_blocks(&mut out, &document.body, "");
    for attachment in &document.attachments {
        writeln!(out, "== {}：{}", attachment.label, attachment.title).unwrap();
        show_blocks(&mut out, &attachment.body, "");
    }
    let names: Vec<&str> = document.closing.signatures.iter().map(|signature| signature.name.as_str()).collect();
    let dated = document.closing.dated.map(|day| day.to_string()).unwrap_or_default();
    writeln!(out, "== {} {dated} {}", names.join("、"), document.note.as_deref().unwrap_or("-")).unwrap();
    out
}

/// Blocks, one a line.
pub(super) fn show_blocks(out: &mut String, blocks: &[Block], indent: &str) {
    for block in blocks {
        match block {
            Block::Heading { label, text, anchor } => {
                writeln!(out, "{indent}H{} [{}] {} #{anchor}", label.level, label.text, show(text)).unwrap();
            }
            Block::Paragraph { label, text, indent: first } => {
                let label = label.as_ref().map_or(String::new(), |label| format!("{}[{}] ", label.level, label.text));
                let kind = if *first { "P" } else { "p" };
                writeln!(out, "{indent}{kind}{label} {}", show(text)).unwrap();
            }
            Block::List { items } => {
                for item in items {
                    writeln!(out, "{indent}-").unwrap();
                    show_blocks(out, item, &format!("{indent}  "));
                }
            }
            Block::Table(table) => show_table(out, table, indent),
            Block::Figure(Figure { path, alt, caption }) => {
                writeln!(out, "{indent}图 {path} ({alt}) {}", caption.as_deref().unwrap_or("-")).unwrap();
            }
            Block::Roll { label, text } => writeln!(out, "{indent}R {label}：{}", show(text)).unwrap(),
        }
    }
}

fn show_table(out: &mut String, table: &Table, indent: &str) {
    let side = if table.landscape { "横排" } else { "竖排" };
    let (caption, unit) = (table.caption.as_deref().unwrap_or("-"), table.unit.as_deref().unwrap_or("-"));
    writeln!(out, "{indent}表 {caption} {unit} {side}").unwrap();
    let mark = |align| match align {
        Align::Left => '<',
        Align::Center => '=',
        Align::Right => '>',
    };
    let head: Vec<String> = table.columns.iter().map(|c| format!("{}{}", mark(c.align), show(&c.name))).collect();
    writeln!(out, "{indent}  {}", head.join(" | ")).unwrap();
    for row in &table.rows {
        let cells: Vec<String> = row.cells.iter().map(|cell| show(&cell.text)).collect();
        writeln!(out, "{indent}{} {}", if row.total { " Σ" } else { "  " }, cells.join(" | ")).unwrap();
    }
}

fn show(text: &[Inline]) -> String {
    text.iter()
        .map(|inline| match inline {
            Inline::Text { text } => text.clone(),
            Inline::Strong { text } => format!("【{}】", show(text)),
            Inline::Emphasis { text } => format!("〔{}〕", show(text)),
            Inline::Super { text } => format!("^{{{text}}}"),
            Inline::Sub { text } => format!("_{{{text}}}"),
            Inline::Link { href, text } => format!("<{}→{href}>", show(text)),
            Inline::Break => "⏎".into(),
        })
        .collect()
}
