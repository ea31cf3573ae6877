//! 写成 Markdown — a draft told apart, as a source of ours: the same words, in the marks that our text knows.

use std::fmt::Write;

use super::elements::Elements;
use super::manuscript::{Cell, Line, Manuscript, Piece, Run, Table};
use crate::draft::pasted::{closed, escaped, is_article, level, paragraph};
use crate::yaml::scalar;

/// What a source is written with.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// 文种.
    pub genre: &'a str,
    /// The workspace's own office: it is not written where it alone signs.
    pub office: &'a str,
    /// What the pictures are called: `data/pictures/通知-1.png`; nothing for one that is not carried over.
    pub pictures: &'a [Option<String>],
}

impl Elements {
    /// The draft as a source.
    #[must_use]
    pub fn source(&self, sheet: Sheet<'_>) -> String {
        let mut out = String::from("---\n");
        let mut put = |key: &str, value: &str| {
            let _ = writeln!(out, "{key}: {value}");
        };
        let list =
            |items: &[String]| format!("[{}]", items.iter().map(|item| scalar(item)).collect::<Vec<_>>().join(", "));
        put("标题", &scalar(&self.title));
        put("文种", &scalar(sheet.genre));
        put("状态", "草稿");
        if let Some(number) = &self.copy_number {
            put("份号", &scalar(number));
        }
        if let Some(secrecy) = &self.secrecy {
            let (level, period) = secrecy.split_once('★').unwrap_or((secrecy, ""));
            let period = if period.is_empty() { String::new() } else { format!(", 保密期限: {}", scalar(period)) };
            put("密级", &format!("{{ 密级: {level}{period} }}"));
        }
        if let Some(urgency) = &self.urgency {
            put("紧急程度", &scalar(urgency));
        }
        let own = [sheet.office.to_owned()];
        if !self.signatures.is_empty() && self.signatures != own {
            put("发文机关", &list(&self.signatures));
        }
        if let Some(number) = &self.number {
            put("发文字号", &scalar(&number.replace(['[', '［', '【'], "〔").replace([']', '］', '】'], "〕")));
        }
        if !self.signatories.is_empty() {
            put("签发人", &list(&self.signatories));
        }
        if let Some(addressee) = &self.addressee {
            put("主送", &scalar(addressee));
        }
        if let Some(day) = self.day {
            put("成文日期", &day.iso());
        }
        if let Some((name, _)) = self.attachments.first().filter(|_| self.issues) {
            put("印发", &list(std::slice::from_ref(name)));
        }
        if let Some(note) = &self.note {
            put("附注", &scalar(note));
        }
        if !self.copies_to.is_empty() {
            put("抄送", &list(&self.copies_to));
        }
        if let Some(office) = &self.printed_by {
            put("印发机关", &scalar(office));
        }
        if let Some(day) = self.printed_on {
            put("印发日期", &day.iso());
        }
        out.push_str("---\n\n");
        body(&mut out, &self.body, sheet);
        for (name, pieces) in &self.attachments {
            let _ = writeln!(out, "# 附件：{}\n", escaped(name));
            body(&mut out, pieces, sheet);
        }
        out
    }
}

/// What is wrong with the pictures of a draft, and their endings: nothing for one of a format that no page shows.
#[must_use]
pub fn picture_ending(bytes: &[u8]) -> Option<&'static str> {
    const FORMATS: [(&[u8], &str); 3] = [(b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif")];
    FORMATS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, ending)| *ending)
}

impl Manuscript {
    /// Its pictures' endings, in order.
    #[must_use]
    pub fn endings(&self) -> Vec<Option<&'static str>> {
        self.pictures.iter().map(|picture| picture_ending(&picture.bytes)).collect()
    }
}

/// 表1　标题, or 图1　标题: the words behind the number.
fn caption<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(mark)?;
    let words = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || "一二三四五六七八九十".contains(c));
    (words.len() < rest.len() && words.starts_with([' ', '\u{3000}', '：', ':', '.']) && !words.contains('。'))
        .then(|| words.trim_matches(|c: char| c.is_whitespace() || c == '：' || c == ':' || c == '.'))
}

fn body(out: &mut String, pieces: &[Piece], sheet: Sheet<'_>) {
    // Lines that may be the caption or the unit of a table that follows.
    let mut waiting: Vec<(String, String)> = Vec::new();
    let flush = |out: &mut String, waiting: &mut Vec<(String, String)>| {
        for (_, text) in waiting.drain(..) {
            let _ = writeln!(out, "{text}\n");
        }
    };
    let mut named = None;
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Line(line) => {
                let text = closed(line.text().replace('\t', " ").trim());
                if named == Some(index) {
                    continue;
                }
                let about_table =
                    text.starts_with("单位：") || text.starts_with("单位:") || caption(&text, "表").is_some();
                if !about_table || waiting.len() > 1 {
                    flush(out, &mut waiting);
                }
                let written = written(line);
                if about_table {
                    waiting.push((text, written));
                } else {
                    let _ = writeln!(out, "{written}\n");
                }
            }
            Piece::Table(table) => {
                table_text(out, table, &waiting);
                waiting.clear();
            }
            Piece::Picture(picture) => {
                flush(out, &mut waiting);
                let next = pieces.get(index + 1).and_then(|next| {
                    let Piece::Line(line) = next else { return None };
                    Some(caption(&closed(line.text().trim()), "图")?.to_owned())
                });
                if let Some(Some(path)) = sheet.pictures.get(*picture) {
                    if next.is_some() {
                        named = Some(index + 1);
                    }
                    let _ = writeln!(out, "![{}]({path})\n", escaped(&next.unwrap_or_default()));
                }
            }
        }
    }
    flush(out, &mut waiting);
}

/// A line as a paragraph or heading.
fn written(line: &Line) -> String {
    let text = closed(line.text().replace('\t', " ").trim());
    if let Some(depth) =
        line.level.filter(|_| level(&text).is_none() && !is_article(&text) && !text.contains(['。', '；']))
    {
        return format!("{} {}", "#".repeat(usize::from(depth.clamp(1, 4))), escaped(&text));
    }
    let bold = bold_stretches(line);
    paragraph(&text, &|words| emphasised(words, &bold))
}

/// The stretches that are bold in a paragraph that is not bold as a whole.
fn bold_stretches(line: &Line) -> Vec<String> {
    let is_bold = |run: &&Run| run.bold || run.text.trim().is_empty();
    if line.runs.iter().all(|run| is_bold(&run)) {
        return Vec::new();
    }
    let bold = line.runs.iter().filter(|run| run.bold).map(|run| closed(run.shown().trim()));
    // The number of an article is set in bold by the layout.
    bold.filter(|text| !text.is_empty() && !is_article(text) && level(text).is_none()).collect()
}

/// Words with those of them in bold that were.
fn emphasised(words: &str, bold: &[String]) -> String {
    let (mut out, mut rest) = (String::new(), words);
    for stretch in bold {
        let Some((before, after)) = rest.split_once(stretch.as_str()) else { continue };
        out.push_str(&escaped(before));
        let _ = write!(out, "**{}**", escaped(stretch));
        rest = after;
    }
    out + &escaped(rest)
}

fn table_text(out: &mut String, table: &Table, waiting: &[(String, String)]) {
    let mut parts: Vec<String> = Vec::new();
    for (text, _) in waiting {
        match caption(text, "表") {
            Some(words) => parts.insert(0, words.to_owned()),
            None => parts.push(text.replace(':', "：")),
        }
    }
    if table.head > 1 {
        parts.push(format!("表头{}行", table.head));
    }
    if !parts.is_empty() {
        let _ = writeln!(out, "表：{}\n", parts.join("｜"));
    }
    let columns = table.rows.first().map_or(0, Vec::len);
    let is_figure = |column: usize| {
        let cells = table.rows.iter().skip(table.head).filter_map(|row| row.get(column)).map(Cell::text);
        let mut cells = cells.filter(|text| !text.is_empty()).peekable();
        cells.peek().is_some() && cells.all(|text| text.chars().all(|c| c.is_ascii_digit() || ".,%-−".contains(c)))
    };
    for (index, row) in table.rows.iter().enumerate() {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| match cell {
                Cell { goes_on_left: true, .. } => "←".to_owned(),
                Cell { goes_on_above: true, .. } => "↑".to_owned(),
                cell => escaped(&closed(&cell.text())),
            })
            .collect();
        let _ = writeln!(out, "| {} |", cells.join(" | "));
        if index == 0 {
            let rules = (0..columns).map(|column| if is_figure(column) { "---:|" } else { "---|" });
            let _ = writeln!(out, "|{}", rules.collect::<String>());
        }
    }
    out.push('\n');
}
