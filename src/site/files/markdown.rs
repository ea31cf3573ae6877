//! 纯文本 — a document as Markdown, for those who take its text further.

use std::fmt::Write;

use crate::document::{Block, Document, Inline, Label, Table};

/// Appends formatted text to a `String`, which cannot fail.
macro_rules! put {
    ($out:expr, $($words:tt)*) => {{
        let _ = write!($out, $($words)*);
    }};
}

/// The document as Markdown.
pub(super) fn of(document: &Document) -> String {
    let mut out = String::new();
    put!(out, "# {}\n\n", marked(&document.title));
    if let Some(word) = document.status.mark() {
        put!(out, "**〔{word}〕**\n\n");
    }
    if let Some(number) = &document.masthead.number {
        put!(out, "{number}\n\n");
    }
    if let Some(words) = &document.annotation {
        put!(out, "（{}）\n\n", marked(words));
    }
    if !document.addressee.is_empty() {
        put!(out, "{}：\n\n", marked(&document.addressee));
    }
    blocks(&mut out, &document.body, 1, "");
    for signature in &document.closing.signatures {
        put!(out, "{}\n\n", marked(&signature.name));
    }
    if let Some(day) = document.closing.dated {
        put!(out, "{day}\n\n");
    }
    if let Some(note) = &document.note {
        put!(out, "（{}）\n\n", marked(note));
    }
    for attachment in &document.attachments {
        let label = if attachment.is_issued() { String::new() } else { format!("{} ", marked(&attachment.label)) };
        put!(out, "## {label}{}\n\n", marked(&attachment.title));
        blocks(&mut out, &attachment.body, 2, "");
    }
    out
}

/// `base` is the level of the heading over them, `margin` what stands before each of their lines.
fn blocks(out: &mut String, blocks: &[Block], base: usize, margin: &str) {
    for block in blocks {
        match block {
            Block::Heading { label, text, .. } => {
                let level = (base + usize::from(label.level.max(1))).min(6);
                put!(out, "{margin}{} {}{}\n\n", "#".repeat(level), number(Some(label)), inlines(text));
            }
            Block::Paragraph { label, text, .. } => {
                put!(out, "{margin}{}{}\n\n", number(label.as_ref()), inlines(text));
            }
            Block::List { items } => {
                for item in items {
                    let mut inner = String::new();
                    self::blocks(&mut inner, item, base, &format!("{margin}  "));
                    put!(out, "{margin}- {}\n", inner.trim());
                }
                out.push('\n');
            }
            Block::Table(table) => self::table(out, table),
            Block::Figure(figure) => {
                put!(out, "{margin}（图：{}）\n\n", marked(figure.caption.as_deref().unwrap_or(&figure.alt)));
            }
            Block::Roll { label, text } => put!(out, "{margin}**{}：**{}\n\n", marked(label), inlines(text)),
        }
    }
}

/// A number is written so that Markdown does not count again: `1\.`
fn number(label: Option<&Label>) -> String {
    label.map_or_else(String::new, |label| label.text.replace('.', "\\."))
}

fn table(out: &mut String, table: &Table) {
    let title: Vec<&str> = table.caption.iter().chain(&table.unit).map(String::as_str).collect();
    if !title.is_empty() {
        put!(out, "{}\n\n", marked(&title.join("　")));
    }
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    out.push_str(&line(table.columns.iter().map(|column| inlines(&column.name)).collect()));
    out.push_str(&line(table.columns.iter().map(|_| "---".to_owned()).collect()));
    for row in &table.rows {
        let cell = |at: usize| row.cells.get(at).map(|cell| inlines(&cell.text)).unwrap_or_default();
        out.push_str(&line((0..table.columns.len()).map(cell).collect()));
    }
    out.push('\n');
}

fn inlines(text: &[Inline]) -> String {
    text.iter()
        .map(|inline| match inline {
            Inline::Text { text } => marked(text),
            Inline::Strong { text } => format!("**{}**", inlines(text)),
            Inline::Emphasis { text } => format!("*{}*", inlines(text)),
            Inline::Super { text } => format!("<sup>{}</sup>", marked(text)),
            Inline::Sub { text } => format!("<sub>{}</sub>", marked(text)),
            Inline::Link { href, text } => format!("{}（{}）", inlines(text), marked(href)),
            Inline::Break => "<br>".to_owned(),
        })
        .collect()
}

/// `text` with Markdown's own marks written out, so that it is read back as these very characters.
fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_read_back_as_the_same_characters() {
        let hostile = "<script>alert(1)</script> {{x}} #read(\"/etc/passwd\") $x$ *b* [a](b) `c` & | \\";
        let parser =
            pulldown_cmark::Parser::new(&marked(hostile)).map(pulldown_cmark::Event::into_static).collect::<Vec<_>>();
        let words: String = parser
            .iter()
            .filter_map(|event| if let pulldown_cmark::Event::Text(text) = event { Some(text.as_ref()) } else { None })
            .collect();
        assert_eq!(words, hostile);
        assert!(
            parser
                .iter()
                .all(|event| !matches!(event, pulldown_cmark::Event::Html(_) | pulldown_cmark::Event::InlineHtml(_)))
        );
    }
}
