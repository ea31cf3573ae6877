//! 表格 — columns, rows and what stands around a table. Its caption is the paragraph before it: `表：标题｜单位：万元｜横排`.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::Reader;
use super::token::Token;
use crate::document::{Align, Cell, Column, Merge, Row, Table, plain};
use crate::draft::numeral;

/// What the paragraph before a table says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Caption {
    title: Option<String>,
    unit: Option<String>,
    landscape: bool,
    /// How many rows the head has.
    head: usize,
}

impl Caption {
    /// Reads what stands behind `表：`, its parts separated by `｜`, each of them optional.
    pub(super) fn read(words: &str) -> Self {
        let mut caption = Self::default();
        for part in words.split(['｜', '|']).map(str::trim).filter(|part| !part.is_empty()) {
            if part == "横排" {
                caption.landscape = true;
            } else if let Some(rows) = part.strip_prefix("表头").and_then(|rest| rest.strip_suffix('行')).and_then(rows)
            {
                caption.head = rows;
            } else if part.starts_with("单位：") {
                caption.unit = Some(part.to_owned());
            } else {
                caption.title = Some(caption.title.map_or_else(|| part.to_owned(), |title| format!("{title} {part}")));
            }
        }
        caption
    }
}

impl Reader<'_> {
    /// Reads a table whose start has been read, up to its end.
    pub(super) fn table(&mut self, alignments: &[Alignment]) -> Table {
        let mut columns = Vec::new();
        let mut rows = Vec::new();
        while let Some((event, range)) = self.peek() {
            match event {
                Event::Start(Tag::TableHead) => {
                    self.advance();
                    let cells = self.cells();
                    columns = cells
                        .into_iter()
                        .enumerate()
                        .map(|(at, cell)| Column {
                            name: cell.text,
                            align: align(alignments.get(at)),
                            merge: cell.merge,
                        })
                        .collect();
                }
                Event::Start(Tag::TableRow) => {
                    self.advance();
                    // Markdown drops the cells that the head has no column for.
                    let written = cell_count(self.slice(&range));
                    let due = columns.len();
                    if written > due {
                        self.error(&range, format!("这一行有{written}格，表头只有{due}格，多出的不会印出来"))
                            .help("补上表头的格；格里的竖线写作 \\|");
                    }
                    rows.push(self.cells());
                }
                Event::End(TagEnd::TableHead | TagEnd::TableRow) => {}
                _ => break,
            }
            self.advance();
        }
        self.assembled(columns, rows)
    }

    /// The table of its columns and rows, with what its caption says of it.
    pub(super) fn assembled(&mut self, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Table {
        let caption = self.caption.take().unwrap_or_default();
        let row = |(at, cells): (usize, Vec<Cell>)| Row { total: is_total(&cells), head: at + 1 < caption.head, cells };
        Table {
            caption: caption.title,
            unit: caption.unit,
            columns,
            rows: rows.into_iter().enumerate().map(row).collect(),
            landscape: caption.landscape,
        }
    }

    /// The cells of a row, up to its end.
    fn cells(&mut self) -> Vec<Cell> {
        let mut cells = Vec::new();
        while let Some((Event::Start(Tag::TableCell), _)) = self.peek() {
            self.advance();
            let tokens = self.line();
            cells.push(self.cell(tokens));
            self.advance();
        }
        cells
    }

    pub(super) fn cell(&mut self, tokens: Vec<Token>) -> Cell {
        let text = self.set(tokens);
        let merge = merge(&plain(&text));
        Cell { text: if merge == Merge::None { text } else { Vec::new() }, merge }
    }
}

/// A cell that goes on another: `←` the one at its left, `↑` the one above.
fn merge(text: &str) -> Merge {
    match text.trim() {
        "←" => Merge::Left,
        "↑" => Merge::Above,
        _ => Merge::None,
    }
}

/// A number of rows: 2, 两, 二.
fn rows(words: &str) -> Option<usize> {
    let number = words.parse().ok().or_else(|| if words == "两" { Some(2) } else { numeral::parse(words) })?;
    usize::try_from(number).ok().filter(|rows| (1..=5).contains(rows))
}

fn align(alignment: Option<&Alignment>) -> Align {
    match alignment {
        Some(Alignment::Center) => Align::Center,
        Some(Alignment::Right) => Align::Right,
        Some(Alignment::Left | Alignment::None) | None => Align::Left,
    }
}

/// How many cells a row has in the source.
fn cell_count(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut bars = 0;
    let mut escaped = false;
    let mut open = true;
    for c in row.chars() {
        open = true;
        match c {
            '\\' => {
                escaped = !escaped;
                continue;
            }
            '|' if !escaped => {
                bars += 1;
                open = false;
            }
            _ => {}
        }
        escaped = false;
    }
    bars + usize::from(open)
}

/// A row that sums the others up: its first word is 合计, 总计 or 小计.
fn is_total(cells: &[Cell]) -> bool {
    let word = cells.iter().map(|cell| plain(&cell.text)).find(|text| !text.trim().is_empty());
    word.is_some_and(|word| {
        let word: String = word.chars().filter(|c| !c.is_whitespace()).collect();
        ["合计", "总计", "小计"].contains(&word.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_has_three_parts() {
        let caption = Caption::read("拟奖励企业名单｜单位：万元｜横排");
        assert_eq!(caption.title.as_deref(), Some("拟奖励企业名单"));
        assert_eq!(caption.unit.as_deref(), Some("单位：万元"));
        assert!(caption.landscape);
        assert_eq!(Caption::read("单位：元"), Caption { unit: Some("单位：元".into()), ..Caption::default() });
    }

    #[test]
    fn cells_are_counted_as_they_are_written() {
        for (row, count) in
            [("| a | b |", 2), ("a | b", 2), ("| a \\| b |", 1), ("| a \\\\| b |", 2), ("| a | b | c", 3)]
        {
            assert_eq!(cell_count(row), count, "{row}");
        }
    }
}
