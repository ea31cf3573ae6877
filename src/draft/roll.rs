//! 出席名单 — the paragraphs of the minutes that name who was there (GB/T 9704—2012, 10.3).

use crate::document::{Block, Inline};

const WORDS: [&str; 4] = ["出席", "请假", "列席", "缺席"];

/// A body with the paragraphs `出席：……` as rolls.
pub(super) fn rolls(body: Vec<Block>) -> Vec<Block> {
    body.into_iter()
        .map(|block| match block {
            Block::Paragraph { label: None, mut text, indent } => match word(&text) {
                Some((word, rest)) => {
                    if let Some(first) = text.first_mut() {
                        *first = rest;
                    }
                    Block::Roll { label: word.to_owned(), text }
                }
                None => Block::Paragraph { label: None, text, indent },
            },
            other => other,
        })
        .collect()
}

fn word(text: &[Inline]) -> Option<(&'static str, Inline)> {
    let Some(Inline::Text { text }) = text.first() else { return None };
    WORDS.iter().find_map(|word| {
        let rest = text.strip_prefix(word)?.strip_prefix(['：', ':'])?;
        Some((*word, Inline::text(rest.trim_start())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_meeting_become_a_roll() {
        let paragraph = |text: &str| Block::Paragraph { label: None, text: vec![Inline::text(text)], indent: true };
        let made = rolls(vec![paragraph("出席：张三　李四"), paragraph("出席会议的有：")]);
        assert_eq!(made[0], Block::Roll { label: "出席".into(), text: vec![Inline::text("张三　李四")] });
        assert_eq!(made[1], paragraph("出席会议的有："));
    }
}
