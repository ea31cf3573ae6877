//! 照本意 — a head as it was meant: `标题：……` with the colon of Chinese text, `标题:……` without the blank behind it. Both are how people
//! type, and neither can mean anything else.

use std::ops::Range;

/// Keys under which other keys stand.
const MAPS: [&str; 5] = ["公开", "公示期", "关联", "印章", "参数"];

/// No key of a head is longer.
const LONGEST_KEY: usize = 12;

/// A head in the form that the reader of YAML takes.
#[derive(Debug, Default)]
pub(super) struct Meant {
    /// The text with every slip mended.
    pub(super) text: String,
    /// What was mended, in order: where it stands in the text as written, and what is meant.
    pub(super) slips: Vec<(Range<usize>, &'static str)>,
}

impl Meant {
    /// Reads a head.
    pub(super) fn read(head: &str) -> Self {
        let mut lines = Lines::default();
        let mut slips = Vec::new();
        let mut start = 0;
        for line in head.split_inclusive('\n') {
            let slip = lines.colon(line).and_then(|colon| {
                let (range, meant) = mended(line, colon)?;
                Some((range.start + start..range.end + start, meant))
            });
            slips.extend(slip);
            start += line.len();
        }
        let mut text = String::with_capacity(head.len());
        let mut at = 0;
        for (range, meant) in &slips {
            text.push_str(head.get(at..range.start).unwrap_or_default());
            text.push_str(meant);
            at = range.end;
        }
        text.push_str(head.get(at..).unwrap_or_default());
        Self { text, slips }
    }

    /// Where a byte of the mended text was written.
    pub(super) fn origin(&self, byte: usize) -> usize {
        // Of the written text up to `written`, `mended` bytes were made.
        let (mut written, mut mended) = (0, 0);
        for (range, meant) in &self.slips {
            let begins = mended + (range.start - written);
            if byte <= begins {
                break;
            }
            if byte < begins + meant.len() {
                return range.start;
            }
            (written, mended) = (range.end, begins + meant.len());
        }
        written + (byte - mended)
    }
}

/// What follows a key, and what is meant by it, where that is another thing.
fn mended(line: &str, colon: Range<usize>) -> Option<(Range<usize>, &'static str)> {
    let wide = line.get(colon.clone()) == Some("：");
    let rest = line.get(colon.end..)?;
    if rest.trim().is_empty() {
        return wide.then_some((colon, ":"));
    }
    let blanks = rest.len() - rest.trim_start().len();
    let plain = rest.starts_with([' ', '\t']) && !rest.get(..blanks)?.contains('\u{3000}');
    match (wide, plain) {
        (false, true) => None,
        (true, true) => Some((colon, ":")),
        (_, false) => Some((colon.start..colon.end + blanks, ": ")),
    }
}

/// The lines read so far: under which keys the next one stands.
#[derive(Default)]
struct Lines {
    /// Keys without a value of their own, with their indents, the innermost last.
    open: Vec<(usize, String)>,
    /// The indent of a key whose value is set line by line (`|`, `>`).
    literal: Option<usize>,
}

impl Lines {
    /// Where the colon of a line stands, if the line begins with a key.
    fn colon(&mut self, line: &str) -> Option<Range<usize>> {
        let words = line.trim_start_matches(' ');
        if words.trim().is_empty() || words.starts_with('#') {
            return None;
        }
        let indent = line.len() - words.len();
        if self.literal.is_some_and(|literal| indent > literal) {
            return None;
        }
        self.literal = None;
        // `- 机关：……`: what stands behind the dash belongs to the key above, also where the dash is no further in.
        let item = words
            .strip_prefix('-')
            .map(|rest| rest.trim_start_matches(' '))
            .filter(|rest| rest.len() + 1 < words.len());
        let (words, within) = match item {
            Some(rest) => (rest, indent + 1),
            None => (words, indent),
        };
        self.open.retain(|(outer, _)| *outer < within);
        let at = words.find([':', '：'])?;
        let key = words.get(..at)?;
        let known = self.open.last().is_some_and(|(_, key)| MAPS.contains(&key.as_str()));
        let fits = key.chars().all(char::is_alphanumeric) && (1..=LONGEST_KEY).contains(&key.chars().count());
        if !fits || !(known || (indent == 0 && item.is_none())) {
            return None;
        }
        let start = line.len() - words.len() + at;
        let colon = start..start + words.get(at..)?.chars().next()?.len_utf8();
        match line.get(colon.end..)?.trim() {
            "" => self.open.push((line.len() - words.len(), key.to_owned())),
            value if value.starts_with(['|', '>']) => self.literal = Some(indent),
            _ => {}
        }
        Some(colon)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colons_are_read_as_meant() {
        let cases = [
            ("标题：关于某事\n", "标题: 关于某事\n"),
            ("标题： 关于某事\n", "标题: 关于某事\n"),
            ("标题:关于某事：其一\n", "标题: 关于某事：其一\n"),
            ("标题:　关于某事\n", "标题: 关于某事\n"),
            ("公开：\n  属性：主动公开\n  时间:09:30\n", "公开:\n  属性: 主动公开\n  时间: 09:30\n"),
            ("印章：\n- 机关：甲局\n  图片：a.svg\n", "印章:\n- 机关: 甲局\n  图片: a.svg\n"),
            ("印章:\n  - 机关：甲局\n    图片：a.svg\n", "印章:\n  - 机关: 甲局\n    图片: a.svg\n"),
            ("来源:https://例.cn/a\r\n", "来源: https://例.cn/a\r\n"),
            ("标题： |\n  关于：甲\n  乙：丙\n文种：通知\n", "标题: |\n  关于：甲\n  乙：丙\n文种: 通知\n"),
        ];
        for (written, meant) in cases {
            let read = Meant::read(written);
            assert_eq!(read.text, meant);
            assert!(Meant::read(&read.text).slips.is_empty(), "{meant}");
        }
    }

    #[test]
    fn what_is_right_stays() {
        for head in [
            "标题: 关于甲：乙的通知\n",
            "主送: 甲、\n  市直各部门：乙\n",
            "# 注：这里\n标题: 甲\n",
            "抄送:\n  - 市委：各部门\n",
            "\"标题\": 甲\n",
            "公开: { 属性: 主动公开 }\n",
            "---\n",
        ] {
            assert_eq!(Meant::read(head).text, head);
        }
    }

    #[test]
    fn places_are_those_of_the_written_text() {
        let written = "标题：甲\n文种:乙\n状态: 丙\n";
        let read = Meant::read(written);
        for word in ["标题", "甲", "文种", "乙", "状态", "丙"] {
            assert_eq!(read.origin(read.text.find(word).unwrap()), written.find(word).unwrap(), "{word}");
        }
        assert_eq!(read.origin(read.text.len()), written.len());
    }
}
