//! 列表 — numbered points, which are paragraphs of the third and fourth level (GB/T 9704—2012, 7.3.3), and points without numbers.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::meant::Slip;
use super::{Reader, level, paragraph};
use crate::document::{Block, Inline};

impl Reader<'_> {
    /// Reads a list whose start has been read, up to its end.
    pub(super) fn list(&mut self, out: &mut Vec<Block>, first: Option<u64>, depth: usize) {
        let mut items: Vec<Vec<Block>> = Vec::new();
        let mut numbers = Numbers::default();
        while let Some((Event::Start(Tag::Item), range)) = self.peek() {
            self.advance();
            if first.is_some() && depth < 2 {
                let number = numbers.next(self.slice(&range));
                let mut blocks = Vec::new();
                let slips = self.slips.len();
                self.numbered_item(&mut blocks, number, &range, depth);
                out.extend(blocks);
                // A paragraph that is set apart from its point ends the list; the next point begins another.
                if self.slips.len() > slips {
                    numbers = Numbers::default();
                    if matches!(self.events.get(self.at + 1), Some((Event::Start(Tag::Item), _))) {
                        self.slip(Slip::Joined, range.end..range.end, "\n");
                    }
                }
            } else {
                let mut blocks = Vec::new();
                self.enclosed += 1;
                self.blocks(&mut blocks, depth + 1);
                self.enclosed -= 1;
                if let (Some(_), Some(Block::Paragraph { text, .. })) = (first, blocks.first_mut()) {
                    let number = numbers.next(self.slice(&range));
                    text.insert(0, Inline::text(format!("{number}.")));
                }
                items.push(blocks);
            }
            self.advance();
        }
        if !items.is_empty() {
            out.push(Block::List { items });
        }
    }

    /// `7. 引导……` at the top is the third level of the text, an ordered list inside it the fourth.
    fn numbered_item(&mut self, out: &mut Vec<Block>, number: u32, range: &Range<usize>, depth: usize) {
        let level = if depth == 0 { 3 } else { 4 };
        if let Some(odd) = self.numbering.written(level, number) {
            self.warn(&(range.start..range.start + 1), odd).help("改正序号");
        }
        let label = level::label(level, number);
        self.blocks(out, depth + 1);
        for block in out.iter_mut() {
            if let Block::Paragraph { indent, .. } = block {
                *indent = true;
            }
        }
        match out.first_mut() {
            Some(Block::Paragraph { label: slot @ None, .. }) => *slot = Some(label),
            _ => out.insert(0, paragraph(Some(label), Vec::new())),
        }
    }
}

/// The numbers of an ordered list: as they are written, or counted where all are written alike (`1.` `1.` `1.`).
#[derive(Default)]
struct Numbers {
    first: u32,
    count: u32,
    alike: bool,
}

impl Numbers {
    fn next(&mut self, item: &str) -> u32 {
        let digits: String = item.trim_start().chars().take_while(char::is_ascii_digit).collect();
        let written = digits.parse().unwrap_or(self.count + 1);
        self.count += 1;
        match self.count {
            1 => self.first = written,
            2 => self.alike = written == 1 && self.first == 1,
            _ => {}
        }
        if self.alike { self.first + self.count - 1 } else { written }
    }
}
