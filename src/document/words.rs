//! 纯文本 — the words of a document without any layout, line by line: for comparing versions, for search, for checks.

use super::{Block, Document, plain};

/// The words of a text, a line for each paragraph and each row of a table (its cells separated by `|`).
#[must_use]
pub fn lines(blocks: &[Block]) -> Vec<String> {
    let mut out = Vec::new();
    for block in blocks {
        match block {
            Block::Heading { label, text, .. } => out.push(format!("{}{}", label.text, plain(text))),
            Block::Paragraph { label, text, .. } => {
                out.push(format!("{}{}", label.as_ref().map_or("", |label| label.text.as_str()), plain(text)));
            }
            Block::List { items } => out.extend(items.iter().flat_map(|item| lines(item))),
            Block::Table(table) => {
                out.extend(table.caption.clone());
                out.push(row(table.columns.iter().map(|column| plain(&column.name))));
                out.extend(table.rows.iter().map(|line| row(line.cells.iter().map(|cell| plain(&cell.text)))));
            }
            Block::Figure(figure) => out.push(figure.caption.clone().unwrap_or_else(|| figure.alt.clone())),
            Block::Roll { label, text } => out.push(format!("{label}：{}", plain(text))),
        }
    }
    out
}

fn row(cells: impl Iterator<Item = String>) -> String {
    cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" | ")
}

impl Document {
    /// How many rows its tables have.
    #[must_use]
    pub fn rows(&self) -> u32 {
        fn of(blocks: &[Block]) -> usize {
            let rows = |block: &Block| match block {
                Block::Table(table) => table.rows.len(),
                Block::List { items } => items.iter().map(|item| of(item)).sum(),
                _ => 0,
            };
            blocks.iter().map(rows).sum()
        }
        let rows = of(&self.body) + self.attachments.iter().map(|attachment| of(&attachment.body)).sum::<usize>();
        u32::try_from(rows).unwrap_or(u32::MAX)
    }

    /// All its words: title, text, attachments, signature, notes.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let mut out = vec![self.title.clone()];
        out.extend(self.annotation.as_ref().map(|words| format!("（{words}）")));
        if !self.addressee.is_empty() {
            out.push(format!("{}：", self.addressee));
        }
        out.extend(lines(&self.body));
        for attachment in &self.attachments {
            let label = if attachment.is_issued() { String::new() } else { format!("{}：", attachment.label) };
            out.push(format!("{label}{}", attachment.title));
            out.extend(lines(&attachment.body));
        }
        out.extend(self.closing.signatures.iter().map(|signature| signature.name.clone()));
        out.extend(self.closing.dated.map(|day| day.to_string()));
        out.extend(self.note.as_ref().map(|note| format!("（{note}）")));
        out
    }
}
