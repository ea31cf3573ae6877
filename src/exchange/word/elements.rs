//! 要素 — which element of a 公文 each line of a draft is, by where it stands and how it looks (GB/T 9704—2012, 7): mark, number, title, 主送, text,
//! attachments, who signs and when, notes, 版记.

use std::sync::LazyLock;

use regex::Regex;

use super::manuscript::{Cell, Line, Manuscript, Piece, Table};
use crate::calendar::Day;
use crate::draft::numeral;
use crate::draft::pasted::{closed, is_article, level};

/// The elements of a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Elements {
    /// 发文机关标志, where it is written.
    pub mark: Option<String>,
    /// The title in one line; issuers that stand on lines of their own have blanks between them.
    pub title: String,
    /// The title as its lines stand.
    pub title_lines: Vec<String>,
    /// 发文字号.
    pub number: Option<String>,
    /// 签发人.
    pub signatories: Vec<String>,
    /// 密级 with its period: `秘密★1年`.
    pub secrecy: Option<String>,
    /// 紧急程度.
    pub urgency: Option<String>,
    /// 份号.
    pub copy_number: Option<String>,
    /// 主送.
    pub addressee: Option<String>,
    /// 正文.
    pub body: Vec<Piece>,
    /// 附件: name and text.
    pub attachments: Vec<(String, Vec<Piece>)>,
    /// Whether the one attachment is what the document issues.
    pub issues: bool,
    /// 署名.
    pub signatures: Vec<String>,
    /// 成文日期.
    pub day: Option<Day>,
    /// 附注.
    pub note: Option<String>,
    /// 抄送.
    pub copies_to: Vec<String>,
    /// 印发机关.
    pub printed_by: Option<String>,
    /// 印发日期.
    pub printed_on: Option<Day>,
    /// What was read otherwise than it stands.
    pub remarks: Vec<String>,
}

#[expect(clippy::expect_used, reason = "the pattern is the program's own")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern")
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^([\p{Han}A-Za-z]{0,16}[〔\[［(（【][12][0-9]{3}[〕\]］)）】]第?[0-9]{1,5}号)\s*(?:签发人[：:]\s*(.*))?$")
});
static SIGNATORY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^签发人[：:]\s*(.+)$"));
static SECRECY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(绝密|机密|秘密)(★.*)?$"));
static ISSUER_AND_DAY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\p{Han}{4,30})[\s\u{3000}]+([0-9]{4}\s*年.+日)$"));
static PRINTED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\p{Han}{4,30})?[\s\u{3000}]*([0-9〇○一二三四五六七八九十]{4}\s*年.+日)\s*印发$"));
static ATTACHMENT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^附\s*件\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})?\s*[：:]?$"));
static LIST: LazyLock<Regex> = LazyLock::new(|| pattern(r"^附\s*件\s*[：:]\s*(.+)$"));
static ENTRY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[0-9]{1,2}\s*[.．、]\s*(.+)$"));

static NUMERAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[0-9]{1,2}[.．、]$"));

/// A day as drafts write it: 2026 年 3 月 20 日, 二〇二六年三月二十日.
fn day_of(text: &str) -> Option<Day> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix('日')?;
    let digit = |c: char| {
        "〇一二三四五六七八九"
            .chars()
            .position(|known| known == c || known == '〇' && matches!(c, '○' | '零' | 'Ｏ' | '0'))
    };
    let year = year.chars().try_fold(0, |year: i16, c| Some(year.checked_mul(10)? + i16::try_from(digit(c)?).ok()?))?;
    let number = |text: &str| numeral::parse(text).and_then(|number| i8::try_from(number).ok());
    Day::new(year, number(month)?, number(day)?)
}

/// Names as people set them beside each other.
fn names(text: &str) -> Vec<String> {
    text.split([' ', '\u{3000}', '\t', '、', '，']).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Without the blanks around it and those beside Chinese characters.
fn tidied(line: &Line) -> String {
    closed(line.text().replace('\t', " ").trim())
}

/// What bodies that write documents are called.
const OFFICES: [&str; 16] = [
    "局",
    "委",
    "厅",
    "部",
    "政府",
    "办公室",
    "委员会",
    "中心",
    "院",
    "会议",
    "公司",
    "协会",
    "银行",
    "法院",
    "党组",
    "办",
];

fn is_office(text: &str) -> bool {
    text.chars().count() <= 30 && OFFICES.iter().any(|end| text.ends_with(end)) && !text.contains('关')
}

/// What closes a text without a full stop, and is nobody's name.
const FORMULAS: [&str; 8] = ["特此", "专此", "此复", "妥否", "以上", "附件", "请", "现"];

fn signs(text: &str) -> bool {
    let length = text.chars().count();
    (2..=30).contains(&length)
        && !text.contains(['。', '，', '；', '：', ':', '？', '、'])
        && level(text).is_none()
        && !FORMULAS.iter().any(|start| text.starts_with(start))
}

/// Whether a line begins the text.
fn begins_text(text: &str) -> bool {
    text.ends_with(['。', '：', ':', '；']) || level(text).is_some() || is_article(text) || text.chars().count() > 80
}

impl Elements {
    /// Tells the elements of a draft apart.
    #[must_use]
    pub fn of(manuscript: &Manuscript) -> Self {
        let mut elements = Self::default();
        let mut pieces = elements.laid_out(manuscript);
        let rest = elements.take_head(&mut pieces);
        elements.take_rest(rest);
        elements
    }

    /// The pieces with tables that only put things in their places taken apart, soft returns and tabs read as what they are for.
    fn laid_out(&mut self, manuscript: &Manuscript) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let last = manuscript.pieces.len();
        for (index, piece) in manuscript.pieces.iter().enumerate() {
            match piece {
                Piece::Table(table) if table.is_layout && is_furniture(table, index, last) => {
                    self.remarks.push("红头、版记在表里，认作要素".to_owned());
                    let lines = table.rows.iter().flatten().flat_map(|cell| &cell.lines);
                    pieces.extend(lines.flat_map(Line::parted).map(Piece::Line));
                }
                Piece::Line(line) => {
                    let parts = line.parted();
                    if parts.len() > 1 && !line.centred {
                        self.remarks.push("正文里的软回车当作分段".to_owned());
                    }
                    pieces.extend(parts.into_iter().map(Piece::Line));
                }
                other => pieces.push(other.clone()),
            }
        }
        self.remarks.sort();
        self.remarks.dedup();
        self.tabbed(pieces)
    }

    /// Lines whose parts stand at tabs, two or more of them alike, are a table.
    fn tabbed(&mut self, pieces: Vec<Piece>) -> Vec<Piece> {
        let parts = |piece: &Piece| -> Vec<String> {
            let Piece::Line(line) = piece else { return Vec::new() };
            let text = line.text();
            let parts = text.trim().split('\t').map(str::trim).filter(|part| !part.is_empty());
            let parts: Vec<String> = parts.map(str::to_owned).collect();
            // Sentences that somebody spaced out are no cells, nor are the names of attachments behind their numbers.
            let is_list = parts.first().is_some_and(|first| first.starts_with("附件") || NUMERAL.is_match(first));
            if is_list || parts.iter().any(|part| part.ends_with(['。', '；', '：', ';', ':'])) {
                Vec::new()
            } else {
                parts
            }
        };
        let mut out: Vec<Piece> = Vec::new();
        let mut at = 0;
        while let Some(piece) = pieces.get(at) {
            let first = parts(piece);
            let alike = pieces
                .get(at..)
                .unwrap_or_default()
                .iter()
                .take_while(|piece| parts(piece).len() == first.len())
                .count();
            if first.len() > 1 && alike > 1 {
                let rows = pieces.get(at..at + alike).unwrap_or_default();
                let cell = |words: String| {
                    let runs = vec![super::manuscript::Run { text: words, ..Default::default() }];
                    Cell { lines: vec![Line { runs, ..Line::default() }], ..Cell::default() }
                };
                let rows = rows.iter().map(|row| parts(row).into_iter().map(cell).collect()).collect();
                out.push(Piece::Table(Table { rows, head: 1, is_layout: false }));
                self.remarks.push(format!("用制表符排的{alike}行是表"));
                at += alike;
                continue;
            }
            out.push(piece.clone());
            at += 1;
        }
        out
    }

    /// Takes what stands above the text; what is left.
    fn take_head(&mut self, pieces: &mut Vec<Piece>) -> Vec<Piece> {
        let (mut before, mut after): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        let mut taken = 0;
        for piece in pieces.iter() {
            let Piece::Line(line) = piece else { break };
            let (text, raw) = (tidied(line), line.text());
            let raw = raw.trim();
            if let Some(found) = NUMBER.captures(raw) {
                self.number = Some(found[1].to_owned());
                self.signatories.extend(found.get(2).into_iter().flat_map(|name| names(name.as_str())));
            } else if let Some(found) = SIGNATORY.captures(raw) {
                self.signatories.extend(names(&found[1]));
            } else if SECRECY.is_match(&text) {
                self.secrecy = Some(text);
            } else if matches!(text.as_str(), "特急" | "加急" | "特提" | "平急") {
                self.urgency = Some(text);
            } else if text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) {
                self.copy_number = Some(text);
            } else if let Some(found) = ISSUER_AND_DAY.captures(raw) {
                self.signatures = vec![found[1].to_owned()];
                self.day = day_of(&found[2]);
            } else if begins_text(&text) {
                break;
            } else if self.number.is_some() {
                after.push(text);
            } else {
                before.push(text);
            }
            taken += 1;
        }
        let title = if after.is_empty() {
            before
        } else {
            let mark = before.concat();
            self.mark = Some(mark).filter(|mark| !mark.is_empty());
            after
        };
        let offices = title.iter().take_while(|line| is_office(line)).count();
        if title.len() > 1 {
            self.remarks.push(format!("标题分{}行，合成一个", title.len()));
        }
        for (index, line) in title.iter().enumerate() {
            if index > 0 && index < offices {
                self.title.push(' ');
            }
            self.title.push_str(line);
        }
        self.title_lines = title;
        let mut rest = pieces.split_off(taken);
        if let Some(Piece::Line(line)) = rest.first() {
            let text = tidied(line);
            let addresses = text.ends_with(['：', ':'])
                && !text.contains('。')
                && level(&text).is_none()
                && text.chars().count() < 120;
            if addresses && !text.starts_with("附件") {
                self.addressee = Some(text.trim_end_matches(['：', ':']).to_owned());
                rest.remove(0);
            }
        }
        rest
    }

    /// Takes the text and all that follows it.
    fn take_rest(&mut self, mut rest: Vec<Piece>) {
        self.take_colophon(&mut rest);
        let text = |piece: &Piece| if let Piece::Line(line) = piece { tidied(line) } else { String::new() };
        let dated = rest.iter().position(|piece| day_of(&text(piece)).is_some());
        let Some(dated) = dated else {
            self.take_attachments(&mut rest);
            self.body = rest;
            return;
        };
        let mut behind = rest.split_off(dated + 1);
        self.day = rest.pop().and_then(|piece| day_of(&text(&piece)));
        let mut signatures = Vec::new();
        while rest.last().is_some_and(|piece| signs(&text(piece))) && signatures.len() < 12 {
            signatures.extend(rest.pop().map(|piece| text(&piece)));
        }
        signatures.reverse();
        self.signatures = signatures;
        let listed = Self::take_list(&mut rest);
        if let Some(note) = behind.first().map(text).and_then(|text| bracketed(&text)) {
            self.note = Some(note);
            behind.remove(0);
        }
        self.take_attachments(&mut behind);
        if self.attachments.is_empty() && !behind.is_empty() {
            // A document that the notice issues stands behind it without any word.
            let title = text(&behind.remove(0));
            self.issues = true;
            self.attachments.push((title, behind));
        } else if self.attachments.is_empty() {
            for name in listed {
                self.remarks.push(format!("附件“{name}”的正文不在文件里，只留了名称"));
                self.attachments.push((name, Vec::new()));
            }
        } else if !listed.is_empty() && listed.len() != self.attachments.len() {
            self.remarks.push(format!("附件说明有{}个，后面有{}个附件，核对", listed.len(), self.attachments.len()));
        }
        self.body = rest;
    }

    /// 附件说明: the names of the attachments, at the end of the text; made anew from the attachments.
    fn take_list(body: &mut Vec<Piece>) -> Vec<String> {
        const LONGEST: usize = 20;
        let text = |piece: &Piece| if let Piece::Line(line) = piece { tidied(line) } else { String::new() };
        let from = body.len().saturating_sub(LONGEST);
        let Some(at) = body.iter().skip(from).position(|piece| LIST.is_match(&text(piece))).map(|at| at + from) else {
            return Vec::new();
        };
        let lines: Vec<String> = body.iter().skip(at).map(text).collect();
        let rest_are_entries = lines.iter().skip(1).all(|line| ENTRY.is_match(line));
        if !rest_are_entries {
            return Vec::new();
        }
        body.truncate(at);
        let mut names = Vec::new();
        for line in lines {
            let line = LIST.captures(&line).map_or_else(|| line.clone(), |found| found[1].to_owned());
            let name = ENTRY.captures(&line).map_or_else(|| line.clone(), |found| found[1].to_owned());
            names.push(name.trim_end_matches(['；', '。', ';']).to_owned());
        }
        names
    }

    /// 附件: each from its own line “附件1” to the next one.
    fn take_attachments(&mut self, pieces: &mut Vec<Piece>) {
        let text = |piece: &Piece| if let Piece::Line(line) = piece { tidied(line) } else { String::new() };
        let starts: Vec<usize> = (0..pieces.len())
            .filter(|at| pieces.get(*at).is_some_and(|piece| ATTACHMENT.is_match(&text(piece))))
            .collect();
        for start in starts.into_iter().rev() {
            let mut own = pieces.split_off(start);
            own.remove(0);
            let mut title = String::new();
            let size = own.first().map_or(0, |piece| if let Piece::Line(line) = piece { line.size } else { 0 });
            while let Some(Piece::Line(line)) = own.first() {
                let words = tidied(line);
                let goes_on = title.is_empty()
                    || line.centred
                        && line.size == size
                        && !begins_text(&words)
                        && title.chars().count() + words.chars().count() < 60;
                if !goes_on || (!title.is_empty() && words.starts_with("单位")) {
                    break;
                }
                title.push_str(&words);
                own.remove(0);
            }
            self.attachments.insert(0, (title, own));
        }
    }

    /// 版记: 抄送, who printed it and when, from the end.
    fn take_colophon(&mut self, pieces: &mut Vec<Piece>) {
        while let Some(Piece::Line(line)) = pieces.last() {
            let text = tidied(line);
            let raw = line.text();
            if let Some(found) = PRINTED.captures(raw.trim()) {
                self.printed_by = found.get(1).map(|office| office.as_str().to_owned());
                self.printed_on = day_of(&found[2]);
            } else if let Some(copies) = ["抄送", "分送"].iter().find_map(|word| text.strip_prefix(word)) {
                if text.starts_with("分送") {
                    self.remarks.push("“分送”认作抄送".to_owned());
                }
                let copies = copies.trim_start_matches(['：', ':']).trim_end_matches('。');
                self.copies_to.insert(0, copies.to_owned());
            } else if text.starts_with("（共印") || text.starts_with("(共印") {
                self.remarks.push(format!("“{text}”没有对应的要素，没有带"));
            } else if self.printed_on.is_some() && self.printed_by.is_none() && signs(&text) {
                self.printed_by = Some(text);
            } else {
                break;
            }
            pieces.pop();
        }
    }
}

/// A line in brackets, without them.
fn bracketed(text: &str) -> Option<String> {
    let inner = text.strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
    (!inner.contains(['（', '）']) || inner.matches('（').count() == inner.matches('）').count())
        .then(|| inner.to_owned())
}

/// Whether a table without rules is the red head or the 版记, which put things in their places: it stands at the top or the end, and holds
/// few words.
fn is_furniture(table: &Table, index: usize, all: usize) -> bool {
    let words: String = table.rows.iter().flatten().map(Cell::text).collect::<Vec<_>>().join("\n");
    let at_end = index + 3 >= all;
    (index < 4
        && (NUMBER.is_match(words.lines().last().unwrap_or_default()) || words.contains('〔') || table.rows.len() <= 3))
        || (at_end && (words.contains("抄送") || words.contains("印发") || words.contains("主送")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_drafts_write_it() {
        for text in ["2026年3月20日", "2026 年 3 月 20 日", "二〇二六年三月二十日", "二○二六年三月二十日"]
        {
            assert_eq!(day_of(text).map(Day::iso).as_deref(), Some("2026-03-20"), "{text}");
        }
        assert_eq!(day_of("2026年3月"), None);
    }

    #[test]
    fn numbers_are_told_from_titles() {
        for text in ["示工信〔2026〕11号", "〔2026〕3号", "示工信函[2026]8号", "示工信〔2026〕9号　　　签发人：张示例"]
        {
            assert!(NUMBER.is_match(text), "{text}");
        }
        assert!(!NUMBER.is_match("关于示工信〔2026〕11号的说明"));
    }
}
