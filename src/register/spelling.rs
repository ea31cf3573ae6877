//! 名称的写法 — when two names are the same name written otherwise, （Ⅰ型） and (I型); when they are so near that one may be a slip; and
//! what no name can hold.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

use unicode_normalization::UnicodeNormalization;

use crate::diag::{Code, Diagnostic, Report};
use crate::unseen::is_unseen;
use crate::yaml::Located;

/// The normal form of a name: NFKC (half width and full, Ⅰ and I, ² and 2), small letters, no blanks, and one kind each of
/// bracket, quotation mark, middle dot and dash.
pub fn normal(name: &str) -> Cow<'_, str> {
    // Almost every name is nothing but Han characters.
    if name.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '0'..='9' | 'a'..='z')) {
        return Cow::Borrowed(name);
    }
    let seen = name.chars().filter(|c| !is_unseen(*c));
    let wide = seen.nfkc().filter(|c| !c.is_whitespace());
    Cow::Owned(wide.flat_map(char::to_lowercase).map(alike).collect())
}

/// The one that stands for all marks that are read alike; NFKC has taken care of their widths.
fn alike(c: char) -> char {
    match c {
        '[' | '{' | '【' | '〔' | '〖' => '(',
        ']' | '}' | '】' | '〕' | '〗' => ')',
        '“' | '”' | '„' | '‟' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' | '‛' | '`' => '\'',
        '•' | '‧' | '∙' | '⋅' | '・' => '·',
        '‐' | '‒' | '–' | '—' | '―' | '−' => '-',
        other => other,
    }
}

/// A name must be there, on one line, and all of it must be seen.
pub(super) fn check(name: &Located<String>, report: &mut Report) {
    let text = name.value.as_str();
    let hidden = text.chars().enumerate().find(|(_, c)| is_unseen(*c));
    let (message, help) = if text.contains(['\n', '\r', '\u{2028}', '\u{2029}']) {
        (format!("名称“{}”里有换行", seen(text)), "名称写在一行里")
    } else if let Some((before, c)) = hidden {
        let (name, code) = (seen(text), u32::from(c));
        let message = format!("名称“{name}”里第{}个字符是看不见的（U+{code:04X}）", before + 1);
        (message, "删去这一项，照着重新打一遍；从别处复制来的字常带着它")
    } else if text.trim().is_empty() {
        ("名称是空的".to_owned(), "写上名称")
    } else {
        return;
    };
    report.push(Diagnostic::error(Code::Value, message).at(name.place).help(help));
}

/// A name as it looks, on one line.
fn seen(name: &str) -> String {
    name.split_whitespace().collect::<String>().chars().filter(|c| !is_unseen(*c)).collect()
}

/// A name in its normal form, made ready to be compared with many others.
#[derive(Debug)]
pub(super) struct Spelling<'a> {
    text: Cow<'a, str>,
    length: usize,
    /// A bit for each character that it has, by its hash: names that differ in many bits differ in many characters.
    characters: u64,
}

impl<'a> Spelling<'a> {
    /// The spelling of a normal form.
    pub(super) fn new(text: Cow<'a, str>) -> Self {
        let bit = |c: char| 1_u64 << (u32::from(c).wrapping_mul(0x9e37_79b9) >> 26);
        let (length, characters) = text.chars().fold((0, 0), |(length, bits), c| (length + 1, bits | bit(c)));
        Self { text, length, characters }
    }

    /// Whether this may be a slip for another name: one character of four or five, two of six or more. Of a longer name a third,
    /// where what it means is known to be alike.
    pub(super) fn is_near(&self, other: &Self, alike: bool) -> bool {
        let slips = match self.length.min(other.length) {
            0..4 => 0,
            4..6 => 1,
            _ => 2,
        };
        let most = if alike { slips.max(self.length.max(other.length) / 3) } else { slips };
        // A character written for another changes two bits at the most.
        self.length.abs_diff(other.length) <= most
            && (self.characters ^ other.characters).count_ones() as usize <= 2 * most
            && self.text != other.text
            && strsim::damerau_levenshtein(&self.text, &other.text) <= most
    }
}

/// The shortest name in which a single different character may be a slip among names of many owners: shorter ones, as those of
/// firms in one line of business, differ in so little by right.
const LONG: usize = 6;

/// The pairs of long names that are one edit apart, by their positions; not those that only count on, as 一厂 and 二厂 or 1号 and 2号 do.
pub(super) fn one_edit_apart(names: &[&str]) -> Vec<(usize, usize)> {
    // Names one edit apart come to the same text when one character is left out of one of them, or of both.
    let mut variants: Vec<(u64, usize)> = Vec::new();
    for (index, name) in names.iter().enumerate().filter(|(_, name)| name.chars().count() >= LONG) {
        let without = |left_out: Option<usize>| {
            let mut hasher = DefaultHasher::new();
            name.chars().enumerate().filter(|(at, _)| Some(*at) != left_out).for_each(|(_, c)| c.hash(&mut hasher));
            (hasher.finish(), index)
        };
        variants.extend((0..name.chars().count()).map(Some).chain([None]).map(without));
    }
    variants.sort_unstable();
    variants.dedup();
    let uncounted: Vec<String> = names.iter().map(|name| uncounted(name)).collect();
    let mut pairs = Vec::new();
    for group in variants.chunk_by(|a, b| a.0 == b.0) {
        for (nth, (_, first)) in group.iter().enumerate() {
            let others = group.iter().skip(nth + 1).map(|(_, second)| (*first, *second));
            pairs.extend(others.filter(|(first, second)| match (names.get(*first), names.get(*second)) {
                (Some(a), Some(b)) => {
                    uncounted.get(*first) != uncounted.get(*second) && strsim::damerau_levenshtein(a, b) == 1
                }
                _ => false,
            }));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// A name without its numbers.
fn uncounted(name: &str) -> String {
    name.chars().filter(|c| !c.is_ascii_digit() && !"一二三四五六七八九十".contains(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_read_alike_have_one_form() {
        for (one, other) in [
            ("甲产品（Ⅰ型）", "甲产品(I型)"),
            ("甲产品【Ⅰ型】", "甲产品 [i型]"),
            ("ＬＪ－１００铝板", "lj-100 铝板"),
            ("阿里·巴巴", "阿里・巴巴"),
            ("高品质石墨烯\u{200b}粉体", "高品质石墨烯粉体\u{3000}"),
            ("断面 5 m²", "断面5m2"),
            ("⾦刚石", "金刚石"),
        ] {
            assert_eq!(normal(one), normal(other));
        }
        assert_ne!(normal("甲产品（Ⅰ型）"), normal("甲产品（Ⅱ型）"));
        assert!(matches!(normal("高纯氧化铝粉"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_slip_is_small_beside_the_name() {
        let near = |a: &'static str, b: &'static str, alike| {
            Spelling::new(normal(a)).is_near(&Spelling::new(normal(b)), alike)
        };
        assert!(near("高纯氧化铝粉", "高纯氧化铝粉体", false));
        assert!(near("高纯氧化铝粉", "高纯化氧铝粉", false));
        assert!(near("甲牌铝板", "甲牌铝扳", false));
        assert!(!near("甲牌铝板", "乙牌铝扳", false));
        assert!(!near("甲产品", "乙产品", false));
        assert!(near("甲产品", "乙产品", true));
        assert!(!near("高强铝合金板", "高强铝合金板", true));
    }

    #[test]
    fn long_names_one_edit_apart_are_found() {
        let names = [
            "郑州示例新型合金",
            "郑州示例新型台金",
            "郑州示例新型金",
            "示例铝业",
            "示例铝箔",
            "示例第一建筑公司",
            "示例第二建筑公司",
        ];
        assert_eq!(one_edit_apart(&names), [(0, 1), (0, 2), (1, 2)]);
    }

    #[test]
    fn what_is_not_seen_is_told() {
        let told = |name: &str| {
            let mut report = Report::default();
            let place = crate::source::Place::head(crate::source::FileId(0));
            check(&Located { value: name.to_owned(), place }, &mut report);
            report.findings().iter().map(|finding| finding.message.clone()).collect::<Vec<_>>()
        };
        assert_eq!(told("示例\u{202e}铝业"), ["名称“示例铝业”里第3个字符是看不见的（U+202E）"]);
        assert_eq!(told("示例\n铝业"), ["名称“示例铝业”里有换行"]);
        assert_eq!(told(" \u{3000}"), ["名称是空的"]);
        assert_eq!(told(""), ["名称是空的"]);
        assert!(told("示例 铝业（Ⅰ型）").is_empty());
    }
}
