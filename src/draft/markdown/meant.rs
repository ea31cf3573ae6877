//! 照本意 — what people write and Markdown takes otherwise: lines that are paragraphs without an empty line between them, and tables pasted
//! from a sheet, whose cells are parted by tabs. Both are read as meant, with one reminder for the text and the way to write them.

use std::ops::Range;

use super::token::{Token, plain_text};
use super::{Ground, Reader, level, written_head};
use crate::diag::{Code, Diagnostic};
use crate::document::{Align, Cell, Column, Table};
use crate::source::Edit;

/// A line that has no punctuation and no more characters than this is a heading, also where the text goes on below it.
const LONGEST_BARE_HEADING: usize = 20;

/// What was read otherwise than Markdown has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// An empty line is missing.
    Joined,
    /// A table has tabs for bars.
    Tabbed,
}

/// A line of the source, in tokens.
struct Line {
    tokens: Vec<Token>,
    /// The byte at which it begins.
    start: usize,
}

impl<'a> Reader<'a> {
    /// The paragraphs that are meant by the lines of one, each with where it stands.
    pub(super) fn parted(&mut self, tokens: Vec<Token>, range: &Range<usize>) -> Vec<(Vec<Token>, Range<usize>)> {
        let lines = lines(tokens, range.start);
        let before = |at: usize| at.checked_sub(1).and_then(|at| lines.get(at));
        // A pasted table stays together; its caption may stand right above it.
        let table = (0..lines.len()).find(|at| {
            before(*at).is_none_or(|line| written_head(&line.tokens).starts_with("表："))
                && lines.get(*at).is_some_and(|line| self.tabbed_rows(&(line.start..range.end)).is_some())
        });
        let follows = |before: &Line, line: &Line| {
            let words = plain_text(&before.tokens);
            // `按照第（一）款` with `（二）项` on the next line is one sentence.
            let bare = begins_with_number(before) && !words.contains(['，', '。', '；']);
            begins_with_number(line) && (bare || is_closed(&words))
        };
        let by_line = lines.windows(2).any(|pair| matches!(pair, [before, line] if follows(before, line)));
        let apart = |before: &Line, line: &Line| {
            follows(before, line) || (by_line && is_closed(&plain_text(&before.tokens))) || is_bare_heading(before)
        };
        let begins: Vec<bool> = (0..lines.len())
            .map(|at| match (table, before(at), lines.get(at)) {
                (Some(table), ..) if at + 1 >= table => at <= table,
                (_, Some(before), Some(line)) => apart(before, line),
                _ => true,
            })
            .collect();
        let mut parts: Vec<(Vec<Token>, Range<usize>)> = Vec::new();
        for (line, begins) in lines.into_iter().zip(begins) {
            match parts.last_mut() {
                Some((tokens, _)) if !begins => {
                    tokens.push(Token::Soft { next: line.start });
                    tokens.extend(line.tokens);
                }
                last => {
                    if let Some((_, range)) = last {
                        range.end = line.start;
                        self.slip(Slip::Joined, line.start..line.start, "\n");
                    }
                    parts.push((line.tokens, line.start..range.end));
                }
            }
        }
        parts
    }

    /// The table that the lines are, if they are one: all of them have the same number of tabs.
    pub(super) fn tabbed(&mut self, tokens: &[Token], range: &Range<usize>) -> Option<Table> {
        let rows = self.tabbed_rows(range)?;
        let lines = lines(tokens.to_vec(), range.start);
        if lines.len() != rows.len() {
            return None;
        }
        let cells = rows.first()?.len();
        let mut read: Vec<Vec<Cell>> = Vec::new();
        for (line, row) in lines.into_iter().zip(&rows) {
            // Markdown takes the tabs at both ends of a line for blanks.
            let empty = row.iter().take_while(|cell| cell.is_empty()).count().min(cells - 1);
            let mut own = vec![Vec::new(); empty];
            own.extend(cells_of(line.tokens));
            own.resize(cells, Vec::new());
            read.push(own.into_iter().map(|tokens| self.cell(tokens)).collect());
        }
        let written: Vec<String> = rows
            .iter()
            .map(|row| {
                let cells: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
                format!("| {} |\n", cells.join(" | "))
            })
            .collect();
        let (head, body) = written.split_first()?;
        let table = format!("{head}{}|\n{}", "| --- ".repeat(cells), body.concat());
        self.slip(Slip::Tabbed, range.clone(), &table);
        let mut read = read.into_iter();
        let columns = read.next()?.into_iter();
        let columns = columns.map(|cell| Column { name: cell.text, align: Align::Left, merge: cell.merge }).collect();
        Some(self.assembled(columns, read.collect()))
    }

    /// The cells of the lines of a paragraph as they are written, where all have the same number of tabs.
    pub(super) fn tabbed_rows(&self, range: &Range<usize>) -> Option<Vec<Vec<&'a str>>> {
        let lines = self.slice(range).trim_end_matches(['\r', '\n']).lines();
        let rows: Vec<Vec<&'a str>> = lines.map(|line| line.split('\t').map(str::trim).collect()).collect();
        let cells = rows.first()?.len();
        (cells > 1 && rows.len() > 1 && rows.iter().all(|row| row.len() == cells)).then_some(rows)
    }

    /// Notes something that was read as meant, and what should stand there.
    pub(super) fn slip(&mut self, slip: Slip, range: Range<usize>, text: &str) {
        let text = if self.text.contains("\r\n") { text.replace('\n', "\r\n") } else { text.to_owned() };
        self.slips.push((slip, Edit { place: self.ground.place(range), text }));
    }

    /// The reminder of all that was read as meant.
    pub(super) fn remind(&mut self) {
        let Some((_, first)) = self.slips.first() else { return };
        let place = first.place;
        let count = |slip: Slip| self.slips.iter().filter(|(known, _)| *known == slip).count();
        let joined = match count(Slip::Joined) {
            0 => String::new(),
            count => format!("{count}处段落之间缺空行"),
        };
        let tabbed = match count(Slip::Tabbed) {
            0 => String::new(),
            count => format!("{count}个表用制表符隔开"),
        };
        let both = if joined.is_empty() || tabbed.is_empty() { "" } else { "，" };
        let message = format!("正文有{joined}{both}{tabbed}，已照本意读");
        let finding = Diagnostic::warning(Code::Body, message).at(place);
        self.report.push(match self.ground {
            Ground::File(..) => finding
                .help("运行 hongtou fix 改成规定的写法")
                .remedy(self.slips.drain(..).map(|(_, edit)| edit).collect()),
            Ground::Made(_) => finding.help("在模板或公文的正文里补上空行，表的各格用竖线隔开"),
        });
    }
}

/// The tokens of a paragraph, line by line.
fn lines(tokens: Vec<Token>, start: usize) -> Vec<Line> {
    let mut lines = vec![Line { tokens: Vec::new(), start }];
    for token in tokens {
        match (token, lines.last_mut()) {
            (Token::Soft { next }, _) => lines.push(Line { tokens: Vec::new(), start: next }),
            (token, Some(line)) => line.tokens.push(token),
            (_, None) => {}
        }
    }
    lines
}

/// The tokens between the tabs of a line.
fn cells_of(tokens: Vec<Token>) -> Vec<Vec<Token>> {
    let mut cells = vec![Vec::new()];
    for token in tokens {
        let Token::Text { text, written: true } = &token else {
            cells.last_mut().into_iter().for_each(|cell: &mut Vec<Token>| cell.push(token.clone()));
            continue;
        };
        for (at, part) in text.split('\t').enumerate() {
            if at > 0 {
                cells.push(Vec::new());
            }
            if let Some(cell) = cells.last_mut() {
                cell.push(Token::Text { text: part.to_owned(), written: true });
            }
        }
    }
    cells
}

/// Whether a sentence ends with a line.
fn is_closed(words: &str) -> bool {
    words.trim_end_matches(['”', '）', '》']).ends_with(['。', '！', '？', '；', '：'])
}

fn begins_with_number(line: &Line) -> bool {
    level::read(written_head(&line.tokens).trim_start()).is_some()
}

/// `一、总体要求` on a line of its own, with the text right below it.
fn is_bare_heading(line: &Line) -> bool {
    let head = written_head(&line.tokens);
    let words = plain_text(&line.tokens);
    level::read(head.trim_start()).is_some_and(|written| {
        let title = words.trim_start().get(written.length..).unwrap_or_default();
        written.level <= 2
            && !title.is_empty()
            && title.chars().count() <= LONGEST_BARE_HEADING
            && !title.contains(['，', '。', '；', '：', '！', '？', '、'])
    })
}
