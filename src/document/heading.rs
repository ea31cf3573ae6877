//! 层次标题 — which words of a text are its headings: the first sentence of a numbered item, a chapter of a regulation (7.3.3).

use super::{Block, Inline, Label};

/// A sentence that is longer, in characters, is no heading where nothing follows it: `一、取消……的规定。` says all it has to say.
const LONGEST: usize = 30;

/// Whether the items of a level begin with a heading: those of one level look alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leads {
    /// Of `一、` and of `（一）`.
    levels: [bool; 2],
}

impl Leads {
    /// Of a text: a level has headings where each of its items begins with a sentence that more follows, or with a short one.
    #[must_use]
    pub fn of(blocks: &[Block]) -> Self {
        let mut levels = [true; 2];
        for block in blocks {
            if let Block::Paragraph { label: Some(label), text, .. } = block
                && let Some(headed) = usize::from(label.level).checked_sub(1).and_then(|level| levels.get_mut(level))
            {
                let sentence = sentence(text);
                let alone = matches!(text.as_slice(), [Inline::Text { text }] if text.len() == sentence.len());
                *headed &= !(sentence.is_empty() || alone && sentence.chars().count() > LONGEST);
            }
        }
        Self { levels }
    }

    /// The heading that an item begins with: its first sentence, or nothing. The rest of its first run of text comes second.
    #[must_use]
    pub fn split<'t>(&self, label: &Label, text: &'t [Inline]) -> (&'t str, &'t str) {
        let level = usize::from(label.level).checked_sub(1);
        let headed = level.and_then(|level| self.levels.get(level)).copied().unwrap_or(false);
        let lead = if headed { sentence(text) } else { "" };
        match text.first() {
            Some(Inline::Text { text }) => (lead, text.get(lead.len()..).unwrap_or_default()),
            _ => ("", ""),
        }
    }
}

/// The first sentence of a run, with its stop.
fn sentence(text: &[Inline]) -> &str {
    const STOP: char = '。';
    match text.first() {
        Some(Inline::Text { text }) => {
            text.find(STOP).and_then(|end| text.get(..end + STOP.len_utf8())).unwrap_or_default()
        }
        _ => "",
    }
}

/// What a line of a regulation begins with: 第一章, 第三条.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Division {
    /// 编, 章, 节: a line of its own, in the middle.
    Chapter,
    /// 条: a paragraph.
    Article,
}

impl Division {
    /// The division that a text begins with, and its number with its word: `第一章`. 第三条第二款 and 第五条规定 are spoken of, no article
    /// begins with them.
    #[must_use]
    pub fn of(text: &str) -> Option<(Self, &str)> {
        let (division, number) = Self::named(text)?;
        let begins = text.get(number.len()..)?.chars().next().is_none_or(char::is_whitespace);
        (begins || division == Self::Chapter).then_some((division, number))
    }

    /// The division whose number a text begins with, also where it is only spoken of.
    #[must_use]
    pub fn named(text: &str) -> Option<(Self, &str)> {
        const DIGITS: &str = "〇零一二三四五六七八九十百千0123456789";
        let rest = text.strip_prefix('第')?;
        let after = rest.trim_start_matches(|c| DIGITS.contains(c));
        let word = after.chars().next().filter(|_| after.len() < rest.len())?;
        let division = match word {
            '编' | '章' | '节' => Self::Chapter,
            '条' => Self::Article,
            _ => return None,
        };
        let length = text.len() - after.len() + word.len_utf8();
        text.get(..length).map(|number| (division, number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(level: u8, text: &str) -> Block {
        let label = Label { level, text: "一、".into() };
        Block::Paragraph { label: Some(label), text: vec![Inline::text(text)], indent: true }
    }

    #[test]
    fn items_of_a_level_look_alike() {
        let long = "取消本市行政区域内对新材料首批次应用保险补偿项目的年度限额和单个企业的比例限制。";
        let cases = [
            (
                vec![item(1, "总体要求。坚持创新。"), item(1, "本公告自2024年12月1日起施行。")],
                ["总体要求。", "本公告自2024年12月1日起施行。"],
            ),
            (vec![item(1, "总体要求。坚持创新。"), item(1, long)], ["", ""]),
            (vec![item(1, "总体要求。坚持创新。"), item(1, "有关事项：")], ["", ""]),
            (vec![item(1, long), item(2, "总体要求。坚持创新。")], ["", "总体要求。"]),
        ];
        for (blocks, leads) in cases {
            let of = Leads::of(&blocks);
            let found: Vec<&str> = blocks
                .iter()
                .map(|block| match block {
                    Block::Paragraph { label: Some(label), text, .. } => of.split(label, text).0,
                    _ => "",
                })
                .collect();
            assert_eq!(found, leads);
        }
    }

    #[test]
    fn divisions_are_told_from_what_is_spoken_of() {
        assert_eq!(Division::of("第一章　总则"), Some((Division::Chapter, "第一章")));
        assert_eq!(Division::of("第十二条　本办法自公布之日起施行。"), Some((Division::Article, "第十二条")));
        assert_eq!(Division::of("第一章总则"), Some((Division::Chapter, "第一章")));
        assert_eq!(Division::of("第3条 范围"), Some((Division::Article, "第3条")));
        for text in ["第三条规定的企业", "第二款", "第条 空", "第二季度", ""] {
            assert_eq!(Division::of(text), None, "{text}");
        }
    }
}
