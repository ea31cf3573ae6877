//! 家庭住址 — an address that is called a home, or a flat of a block.

use std::ops::Range;

use super::digits::half;

/// What takes the place of an address.
pub(super) const COVERED: &str = "（住址略）";

/// Addresses that are called a home, and flats of a block (`3号楼2单元501室`).
pub(super) fn homes(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    const CALLED: [&str; 7] = ["家庭住址", "家庭地址", "居住地址", "现住址", "户籍地址", "户籍所在地", "住址"];
    // Nearly all texts have none of these, and none of what follows: one look tells.
    let telling = |c: char| matches!(c, '址' | '籍' | '座' | '楼' | '栋' | '幢' | '单');
    let text = if text.contains(telling) { text } else { "" };
    let mut from = 0;
    let called = text.contains(['址', '籍']);
    std::iter::from_fn(move || {
        loop {
            if !called {
                return None;
            }
            let rest = text.get(from..)?;
            let (at, word) = CALLED
                .iter()
                .filter_map(|word| rest.find(word).map(|at| (at, *word)))
                .min_by_key(|(at, word)| (*at, std::cmp::Reverse(word.len())))?;
            let start = from + at + word.len();
            let value = text.get(start..)?;
            let value = value.strip_prefix(['：', ':', '为', '是']).unwrap_or("");
            let begin = text.len() - text.get(start..)?.len() + (text.get(start..)?.len() - value.len());
            let length = value.find(['，', '。', '；', '|', '、', '\n', ',', ';']).unwrap_or(value.len());
            from = start;
            // The word alone (a form, a rule about addresses) tells nothing of anybody.
            if !value.starts_with(COVERED) && value.get(..length).is_some_and(|words| words.chars().count() >= 4) {
                return Some(begin..begin + length);
            }
        }
    })
    .chain(flats(text))
    .chain(apartments(text))
}

/// Where people live, and not where they work.
const RESIDENTIAL: [&str; 8] = ["公寓", "小区", "家属院", "花园", "新村", "家园", "宿舍", "苑"];

/// Flats of a named estate (`示例公寓B座1806户`): the block, and the number of the door.
fn apartments(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices(['座', '楼', '栋', '幢']).filter_map(|(at, block)| {
        let start = text.get(..at)?.char_indices().rev().nth(14).map_or(0, |(at, _)| at);
        let estate = RESIDENTIAL.iter().filter_map(|word| text.get(start..at)?.rfind(word)).max()?;
        let after = text.get(at + block.len()..)?;
        let door = after.find(|c: char| !half(c).is_ascii_digit())?;
        let door_end = after.get(door..)?.chars().next().filter(|c| matches!(c, '室' | '户'))?;
        (door > 0).then(|| start + estate..at + block.len() + door + door_end.len_utf8())
    })
}

fn flats(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices("单元").filter_map(|(at, word)| {
        let before = text
            .get(..at)?
            .trim_end_matches(|c: char| half(c).is_ascii_digit() || "一二三四五六七八九十甲乙".contains(c));
        let block = ["号楼", "栋", "幢"].iter().find(|end| before.ends_with(**end))?;
        let number = before.strip_suffix(*block)?;
        let start =
            number.trim_end_matches(|c: char| half(c).is_ascii_digit() || "一二三四五六七八九十甲乙".contains(c)).len();
        let after = text.get(at + word.len()..)?;
        let room = after.find(|c: char| !half(c).is_ascii_digit())?;
        (room > 0 && after.get(room..)?.starts_with(['室', '号', '户']))
            .then(|| start..at + word.len() + room + "室".len())
    })
}
