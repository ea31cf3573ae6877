//! 粘贴的文字 — a document's plain text, as it is copied out of a page or a file, told apart into what it is made of: title, number, whom it is
//! for, text with its levels, who signed it and when; written as a source of ours.

use std::fmt::Write;

use crate::calendar::Day;
use crate::yaml::scalar;

/// A text told apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// The title, in one line.
    pub title: String,
    /// 发文字号.
    pub number: Option<String>,
    /// 主送.
    pub addressee: Option<String>,
    /// Who signed it.
    pub issuer: Option<String>,
    /// 成文日期.
    pub day: Option<Day>,
    /// The text in our Markdown.
    pub body: String,
}

/// Whether a line is no part of a title.
fn begins(line: &str) -> bool {
    level(line).is_some() || line.ends_with(['。', '：', ':', '；'])
}

/// Numbers of the levels of a text (GB/T 9704—2012, 7.3.3).
const NUMERALS: &str = "一二三四五六七八九十百零〇";

impl Pasted {
    /// Tells a text apart.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
        // What no page shows, no source has.
        let seen = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
        let text: String = text.chars().filter(seen).collect();
        let mut lines: Vec<&str> = text.lines().map(|line| line.trim_end_matches(blank)).collect();
        let mut pasted = Self::default();
        while lines.first().is_some_and(|line| line.trim_matches(blank).is_empty()) {
            lines.remove(0);
        }
        // The head: lines that are no sentence, before the text begins.
        let mut title = Vec::new();
        let mut first = 0;
        for line in &lines {
            let line = line.trim_matches(blank).trim_start_matches(['#', ' ']);
            if is_number(line) {
                pasted.number = Some(line.to_owned());
                // 某某文件 above the number is the red head, and the title comes below.
                title.retain(|line: &&str| !line.ends_with("文件"));
            } else if (line.is_empty() && !title.is_empty() && pasted.number.is_some())
                || begins(line)
                || title.len() >= 4
            {
                break;
            } else if !line.is_empty() {
                title.push(line);
            }
            first += 1;
        }
        pasted.title = closed(&title.concat());
        let mut rest = lines.split_off(first);
        pasted.take_closing(&mut rest, blank);
        let whole = joined(&rest);
        let mut body = whole.iter().map(String::as_str).peekable();
        while body.peek().is_some_and(|line| line.is_empty()) {
            body.next();
        }
        if let Some(line) = body.peek().filter(|line| line.ends_with(['：', ':']) && level(line).is_none()) {
            pasted.addressee = Some(line.trim_end_matches(['：', ':']).to_owned());
            body.next();
        }
        pasted.body = markdown(&body.collect::<Vec<_>>());
        pasted
    }

    /// Takes who signed and when off the end.
    fn take_closing(&mut self, lines: &mut Vec<&str>, blank: impl Fn(char) -> bool + Copy) {
        let bare = |line: &str| line.chars().filter(|c| !blank(*c)).collect::<String>();
        let Some(at) = lines.iter().rposition(|line| bare(line).parse::<Day>().is_ok()) else { return };
        // What stands further up is no closing.
        if lines.len() - at > 25 {
            return;
        }
        self.day = lines.get(at).and_then(|line| bare(line).parse().ok());
        let above = lines.get(..at).unwrap_or_default().iter().rposition(|line| !line.trim_matches(blank).is_empty());
        let signs = |line: &&str| !line.contains(['。', '，', '；', '：']) && level(line.trim_matches(blank)).is_none();
        let signed = above.filter(|above| lines.get(*above).is_some_and(signs));
        self.issuer = signed.and_then(|at| lines.get(at)).map(|line| bare(line));
        lines.truncate(signed.unwrap_or(at));
    }

    /// The head and the text as a source.
    #[must_use]
    pub fn source(&self, genre: &str, more: &[(&str, String)]) -> String {
        let mut out = String::from("---\n");
        let mut put = |key: &str, value: &str| {
            let _ = writeln!(out, "{key}: {}", scalar(value));
        };
        put("标题", &self.title);
        put("文种", genre);
        if let Some(number) = &self.number {
            put("发文字号", number);
        }
        if let Some(addressee) = &self.addressee {
            put("主送", addressee);
        }
        for (key, value) in more {
            put(key, value);
        }
        if let Some(issuer) = &self.issuer {
            let _ = writeln!(out, "发文机关: [{}]", scalar(issuer));
        }
        if let Some(day) = self.day {
            let _ = writeln!(out, "成文日期: {}", day.iso());
        }
        out.push_str("---\n\n");
        out.push_str(&self.body);
        out
    }
}

/// Lines that a page broke are one again: what does not end a sentence goes on in the next line, unless that one begins something.
fn joined(lines: &[&str]) -> Vec<String> {
    /// Shorter than this is a line that its author ended.
    const BROKEN: usize = 20;
    let mut out: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        let text = closed(line.trim_matches(|c: char| c != '\t' && (c.is_whitespace() || c == '\u{feff}')));
        if text.is_empty() && goes_on {
            continue;
        }
        let begins = text.is_empty() || text.contains('\t') || level(&text).is_some() || is_article(&text);
        let ends = text.ends_with(['。', '；', '：', '！', '？', '”', '）', ':', ';']) || text.contains('\t');
        let is_heading = level(&text).is_some() && !text.contains('，');
        let length = text.chars().count();
        match out.last_mut() {
            Some(last) if goes_on && !begins => last.push_str(&text),
            _ => out.push(text),
        }
        goes_on = !ends && !is_heading && length >= BROKEN;
    }
    out
}

/// 第三条, 第二章.
#[must_use]
pub fn is_article(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('第') else { return false };
    rest.find(['条', '章'])
        .is_some_and(|at| rest.get(..at).is_some_and(|number| number.chars().all(|c| NUMERALS.contains(c))))
}

/// Without the blanks that stand beside Chinese characters.
#[must_use]
pub fn closed(text: &str) -> String {
    let chinese = |c: char| !c.is_ascii() && !c.is_whitespace();
    let chars: Vec<char> = text.chars().collect();
    let beside = |at: usize| {
        let before = chars.get(..at).and_then(|before| before.iter().rev().find(|c| **c != ' '));
        let after = chars.get(at..).and_then(|after| after.iter().find(|c| **c != ' '));
        [before, after].into_iter().flatten().any(|c| chinese(*c))
    };
    chars.iter().enumerate().filter(|(at, c)| **c != ' ' || !beside(*at)).map(|(_, c)| *c).collect()
}

/// 某政〔2022〕5号.
fn is_number(line: &str) -> bool {
    line.ends_with('号') && (line.contains('〔') || line.contains('[') || line.contains('［')) && !line.contains('。')
}

/// The level that a line's number says, and how many bytes the number takes.
#[must_use]
pub fn level(line: &str) -> Option<(u8, usize)> {
    let numeral = |text: &str| !text.is_empty() && text.chars().all(|c| NUMERALS.contains(c));
    let digits = |text: &str| !text.is_empty() && text.len() < 3 && text.bytes().all(|b| b.is_ascii_digit());
    if let Some((number, _)) = line.split_once('、')
        && numeral(number)
    {
        return Some((1, number.len() + '、'.len_utf8()));
    }
    if let Some((number, _)) = line.strip_prefix(['（', '(']).and_then(|rest| rest.split_once(['）', ')'])) {
        let length = line
            .find(['）', ')'])
            .map_or(0, |at| at + line.get(at..).and_then(|r| r.chars().next()).map_or(1, char::len_utf8));
        if numeral(number) {
            return Some((2, length));
        }
        if digits(number) {
            return Some((4, length));
        }
    }
    let number = line.split(['.', '．', '、']).next().unwrap_or_default();
    let mark = line.get(number.len()..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    // 3.5万元 is no number of a paragraph.
    let followed = line.get(number.len() + mark..).and_then(|rest| rest.chars().next());
    let separate = line.get(number.len()..).is_some_and(|rest| rest.starts_with('、'))
        || followed.is_none_or(|c| !c.is_ascii_digit());
    (digits(number) && mark > 0 && separate).then_some((3, number.len() + mark))
}

/// Lines as paragraphs, headings and tables.
fn markdown(lines: &[&str]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let table = lines.get(at..).unwrap_or_default().iter().take_while(|line| line.contains('\t')).count();
        if table > 1 {
            let rows = lines.get(at..at + table).unwrap_or_default();
            for (index, row) in rows.iter().enumerate() {
                let cells: Vec<String> = row.split('\t').map(|cell| escaped(cell.trim())).collect();
                let _ = writeln!(out, "| {} |", cells.join(" | "));
                if index == 0 {
                    let _ = writeln!(out, "|{}", "---|".repeat(cells.len()));
                }
            }
            out.push('\n');
            at += table;
            continue;
        }
        at += 1;
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let _ = writeln!(out, "{}\n", paragraph(line, &escaped));
    }
    out
}

/// A paragraph as Markdown: a line that is no sentence and has a number is a heading. `write` writes its words.
#[must_use]
pub fn paragraph(line: &str, write: &dyn Fn(&str) -> String) -> String {
    let is_heading = !line.contains(['。', '；', '：']);
    match level(line) {
        Some((1, _)) if is_heading => format!("# {}", write(line)),
        Some((2, length)) if is_heading => {
            let (number, words) = line.split_at_checked(length).unwrap_or(("", line));
            format!("## {}{}", number.replace('(', "（").replace(')', "）"), write(words))
        }
        Some((3, length)) => {
            let number: String = line.chars().take_while(char::is_ascii_digit).collect();
            format!("{number}. {}", write(line.get(length..).unwrap_or_default().trim_start()))
        }
        _ => write(line),
    }
}

/// Characters that Markdown reads as something else, as themselves.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, c) in text.chars().enumerate() {
        let acts = "\\`*_[]<>|~^{}".contains(c) || (index == 0 && "#+-=".contains(c));
        if acts {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\n某市人民政府办公室\n关于印发人才办法的通知\n某政办〔2025〕7号\n\n各县（市、区）人民政府：\n　　现印发如下。\n　　一、支持引才\n　　（一）引进奖励\n　　1．对引进的博士，给予5万元。\n　　2、3.5万元以内的*不计*。\n　　级别\t标准\n　　国家级\t20万元\n　　某市人民政府办公室\n　　　　2025年3月1日\n（此件公开发布）\n";

    #[test]
    fn a_text_is_told_apart() {
        let pasted = Pasted::read(TEXT);
        assert_eq!(pasted.title, "某市人民政府办公室关于印发人才办法的通知");
        assert_eq!(pasted.number.as_deref(), Some("某政办〔2025〕7号"));
        assert_eq!(pasted.addressee.as_deref(), Some("各县（市、区）人民政府"));
        assert_eq!(pasted.issuer.as_deref(), Some("某市人民政府办公室"));
        assert_eq!(pasted.day.map(Day::iso).as_deref(), Some("2025-03-01"));
        assert_eq!(
            pasted.body,
            "现印发如下。\n\n# 一、支持引才\n\n## （一）引进奖励\n\n1. 对引进的博士，给予5万元。\n\n2. 3.5万元以内的\\*不计\\*。\n\n| 级别 | 标准 |\n|---|---|\n| 国家级 | 20万元 |\n\n"
        );
        assert!(pasted.source("通知", &[]).starts_with(
            "---\n标题: 某市人民政府办公室关于印发人才办法的通知\n文种: 通知\n发文字号: 某政办〔2025〕7号\n"
        ));
    }

    #[test]
    fn whatever_is_pasted_is_read() {
        for text in ["", "\u{feff}", "一、", "（", "1", "第一条　甲。", "\t\t\n\t", "号", "2025年3月1日"] {
            let _ = Pasted::read(text);
        }
        assert_eq!(Pasted::read("办法\n第一条　甲。").body, "第一条　甲。\n\n");
    }
}
