//! 附件 — where the attachments of a text begin, and what they are called (GB/T 9704—2012, 7.3.4, 7.3.7).

use std::ops::Range;

use super::super::numeral;
use super::{Parsed, Reader};
use crate::document::{Attachment, Block, LONGEST_TITLE};

/// Where an attachment begins.
pub(super) struct Cut {
    pub(super) at: usize,
    pub(super) number: Option<u32>,
    pub(super) title: String,
    pub(super) range: Range<usize>,
}

impl Reader<'_> {
    /// Cuts the blocks into the body and the attachments.
    pub(super) fn cut(&mut self, mut blocks: Vec<Block>, cuts: Vec<Cut>) -> Parsed {
        let mut attachments = Vec::new();
        let many = cuts.len() > 1;
        for (at, cut) in cuts.into_iter().enumerate().rev() {
            let due = u32::try_from(at + 1).unwrap_or(u32::MAX);
            match cut.number {
                Some(_) if !many => {
                    self.warn(&cut.range, "只有一个附件时不编号").help("写作“# 附件：名称”（GB/T 9704—2012，7.3.4）");
                }
                Some(number) if number != due => {
                    self.warn(&cut.range, format!("这是第{due}个附件，却写作“附件{number}”"))
                        .help("改正序号，或都不写");
                }
                _ => {}
            }
            if cut.title.is_empty() {
                self.error(&cut.range, "附件没有名称").help("写作“# 附件：名称”");
            }
            let length = cut.title.chars().count();
            if length > LONGEST_TITLE {
                self.error(&cut.range, format!("附件的名称有{length}个字，最多{LONGEST_TITLE}个"))
                    .help("名称后面空一行再写内容");
            }
            let body = blocks.split_off(cut.at.min(blocks.len()));
            let label = if many { format!("附件{due}") } else { "附件".to_owned() };
            attachments.push(Attachment { label, title_lines: vec![cut.title.clone()], title: cut.title, body });
        }
        attachments.reverse();
        Parsed { body: blocks, attachments }
    }
}

/// `附件：名称`, `附件1：名称` or `附件一：名称`: the number, and the name.
pub(super) fn head(head: &str) -> Option<(Option<u32>, &str)> {
    let rest = head.strip_prefix("附件")?;
    let after = rest.trim_start_matches(is_number);
    let digits = rest.strip_suffix(after)?;
    let title = after.strip_prefix(['：', ':'])?;
    let number = if digits.is_empty() { None } else { Some(digits.parse().ok().or_else(|| numeral::parse(digits))?) };
    Some((number, title))
}

/// Whether a heading that begins no attachment was meant to: 附件 名称, 附件2, 附表：名称.
pub(super) fn is_meant(head: &str) -> bool {
    let rest = head.strip_prefix("附件").or_else(|| head.strip_prefix("附表"));
    let after = rest.map(|rest| rest.trim_start_matches(is_number));
    after.is_some_and(|after| after.is_empty() || after.starts_with([' ', '　', '：', ':']))
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || numeral::is_digit(c)
}
