//! 公开的文字 — every word by which something reaches a reader of the site, line by line: what the checks of openness look at.

use serde_json::Value;

use crate::document::{Article, Block, Dataset, Document, lines, plain};
use crate::source::{FileId, Place, Source, Sources};

/// Where texts that are published were written, so that a finding can name its place there.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The file that the words come from first of all.
    pub file: Option<FileId>,
    /// All files, for what a document takes from data.
    pub sources: &'a Sources,
}

impl Origin<'_> {
    /// Where these words stand: in the document's own file, else in the first one of the workspace that holds them.
    pub(super) fn place(self, words: &str) -> Option<Place> {
        let within = |file: FileId, source: &Source| {
            let start = source.text().find(words)?;
            Some(Place::new(file, start..start + words.len()))
        };
        let own = self.file.and_then(|file| within(file, self.sources.get(file)?));
        own.or_else(|| (0..).map(FileId).zip(self.sources.iter()).find_map(|(file, source)| within(file, source)))
    }
}

/// The words of a document: as they are read, the cells of its tables after their heads, and each text of its elements, for all
/// of them are in its data file.
pub fn of_document(document: &Document) -> Vec<String> {
    let mut texts = document.words();
    texts.extend(labelled(&document.body));
    texts.extend(document.attachments.iter().flat_map(|attachment| labelled(&attachment.body)));
    // A document is text, numbers and lists of them, which always have a JSON form.
    strings(serde_json::to_value(document).unwrap_or_default(), &mut texts);
    texts
}

/// The words of a list.
pub fn of_dataset(dataset: &Dataset) -> Vec<String> {
    let mut texts: Vec<String> = vec![dataset.title.clone()];
    texts.extend(dataset.facts.iter().map(|fact| format!("{}：{}", fact.label, fact.text)));
    texts.extend(lines(&dataset.intro));
    for record in &dataset.records {
        let cells = dataset.fields.iter().zip(&record.cells);
        texts.extend(cells.map(|(field, cell)| format!("{}：{}", field.name, plain(cell))));
    }
    texts
}

/// The words of a page of explanation.
pub fn of_article(article: &Article) -> Vec<String> {
    let mut texts = vec![article.title.clone()];
    texts.extend(article.facts.iter().map(|fact| format!("{}：{}", fact.label, fact.text)));
    texts.extend(lines(&article.body));
    texts.extend(labelled(&article.body));
    texts
}

/// The cells of tables after the words of their heads: under 住址 an address needs no further word to be one.
fn labelled(blocks: &[Block]) -> Vec<String> {
    let mut out = Vec::new();
    for block in blocks {
        match block {
            Block::Table(table) => {
                for row in &table.rows {
                    let cells = table.columns.iter().zip(&row.cells);
                    out.extend(cells.map(|(column, cell)| format!("{}：{}", plain(&column.name), plain(&cell.text))));
                }
            }
            Block::List { items } => out.extend(items.iter().flat_map(|item| labelled(item))),
            _ => {}
        }
    }
    out
}

fn strings(value: Value, out: &mut Vec<String>) {
    match value {
        Value::String(text) => out.push(text),
        Value::Array(values) => values.into_iter().for_each(|value| strings(value, out)),
        Value::Object(values) => values.into_iter().for_each(|(_, value)| strings(value, out)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Align, Column, Inline, Row, Table};

    fn text(words: &str) -> Vec<Inline> {
        vec![Inline::Text { text: words.to_owned() }]
    }

    /// Also where the table stands in a list.
    #[test]
    fn a_cell_is_read_with_the_head_of_its_column() {
        let column = Column::new(text("住址"), Align::Left);
        let row = Row::new(vec![text("示例路1号").into()], false);
        let (columns, rows) = (vec![column], vec![row]);
        let table = Block::Table(Table { caption: None, unit: None, columns, rows, landscape: false });
        let list = Block::List { items: vec![vec![table.clone()]] };
        assert_eq!(labelled(&[table, list]), ["住址：示例路1号", "住址：示例路1号"]);
    }
}
