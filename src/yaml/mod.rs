//! YAML — reading the data files: everything wrong in a file is found in one run, each with its place, in Chinese.
//!
//! granit-parser reads the characters, `tree` keeps where each value stands, and [`decode()`] hands the tree to serde. Serde
//! stops at the first error; so what is wrong is taken out of the tree and the rest is read again, until nothing is wrong
//! any more. This module alone knows which parser is used.

mod decode;
mod located;
mod tree;
mod write;

pub use decode::decode;
pub use located::Located;
pub use tree::{MAX_DEPTH, Node, NodeKind, parse};
pub use write::scalar;

use serde::de::DeserializeOwned;

use crate::diag::Report;
use crate::source::{FileId, Place, Source};

/// Reads a whole file as a `T`.
///
/// Of a list, and of a map with lists in it, the outermost entries that have something wrong in them are left out, and the
/// rest is returned; anything wrong outside of a list costs the file. All of it is in the report.
pub fn read<T: DeserializeOwned>(file: FileId, source: &Source) -> (Option<T>, Report) {
    read_as(file, source.text(), |_| {})
}

/// The same of a file whose tree is brought into another form first.
pub fn read_normal<T: DeserializeOwned>(
    file: FileId,
    source: &Source,
    normalise: impl FnOnce(&mut Node),
) -> (Option<T>, Report) {
    read_as(file, source.text(), normalise)
}

/// Reads a text that is not a file as it stands (the front matter of a notice). `origin` says at which byte of the file a byte of
/// the text was written.
pub fn read_text<T: DeserializeOwned>(
    file: FileId,
    text: &str,
    origin: impl Fn(usize) -> usize,
) -> (Option<T>, Report) {
    let place = |place: Place| Place::new(file, origin(place.start as usize)..origin(place.end as usize));
    let (root, mut report) = parse(file, text);
    report.relocate(place);
    let value = root.and_then(|mut root| {
        root.relocate(&place);
        let (value, found) = decode(&root);
        report.absorb(found);
        value
    });
    (value, report)
}

fn read_as<T: DeserializeOwned>(file: FileId, text: &str, normalise: impl FnOnce(&mut Node)) -> (Option<T>, Report) {
    let (root, mut report) = parse(file, text);
    let value = root.and_then(|mut root| {
        normalise(&mut root);
        let (value, found) = decode(&root);
        report.absorb(found);
        value
    });
    (value, report)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;
    use crate::source::Sources;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Firm {
        #[serde(rename = "名称")]
        name: Located<String>,
        #[serde(rename = "人数")]
        staff: u32,
        #[serde(rename = "规上", default)]
        above: bool,
        #[serde(rename = "金额", default)]
        amounts: BTreeMap<String, u64>,
        #[serde(rename = "标准", default)]
        rule: Option<Rule>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    enum Rule {
        #[serde(rename = "定额")]
        Fixed { amount: u32 },
        #[serde(rename = "不计")]
        None,
    }

    fn all(text: &str) -> (Option<Vec<Firm>>, Vec<String>) {
        let mut sources = Sources::default();
        let file = sources.add(Source::new("a.yaml", text));
        let (value, mut report) = read(file, sources.get(file).unwrap());
        report.sort();
        let lines = report
            .findings()
            .iter()
            .map(|finding| {
                format!("{} {}", finding.place.map(|place| sources.locate(place)).unwrap_or_default(), finding.message)
            })
            .collect();
        (value, lines)
    }

    #[test]
    fn everything_wrong_is_found_at_once_and_costs_only_its_entry() {
        let (firms, findings) = all(
            "- 名称: 甲\n  人数: 三\n  规上: 对\n  金额: { 2022: 1, 2023: x }\n- 名称: 乙\n  人数: 5\n  规上: 是\n- 人数: 6\n  规膜: 是\n- 名称: 丁\n  名称: 丁\n  人数: 1\n  标准: { 定量: 1 }\n",
        );
        assert_eq!(
            findings,
            [
                "a.yaml:2:7 “三”不是整数",
                "a.yaml:3:7 “对”既不是“是”也不是“否”",
                "a.yaml:4:24 “x”不是整数",
                "a.yaml:8:3 缺少“名称”",
                "a.yaml:9:3 没有“规膜”这一项",
                "a.yaml:11:3 “名称”写了两次",
                "a.yaml:13:9 没有“定量”这一种",
            ]
        );
        let firms = firms.unwrap();
        assert_eq!(firms.len(), 1);
        assert_eq!(firms[0].name.value, "乙");
        assert_eq!(
            firms[0].name.place.range(),
            "- 名称: 甲\n  人数: 三\n  规上: 对\n  金额: { 2022: 1, 2023: x }\n- 名称: ".len()
                .."- 名称: 甲\n  人数: 三\n  规上: 对\n  金额: { 2022: 1, 2023: x }\n- 名称: 乙".len()
        );
        assert!(firms[0].above);
    }

    #[test]
    fn kinds_are_keys() {
        let (firms, findings) =
            all("- { 名称: 甲, 人数: 1, 标准: { 定额: { amount: 3 } } }\n- { 名称: 乙, 人数: 1, 标准: 不计 }\n");
        assert_eq!(findings, [""; 0]);
        let rules: Vec<_> = firms.unwrap().into_iter().map(|firm| firm.rule).collect();
        assert_eq!(rules, [Some(Rule::Fixed { amount: 3 }), Some(Rule::None)]);
    }

    #[test]
    fn what_is_no_list_is_said_so() {
        assert_eq!(all("名称: 甲\n").1, ["a.yaml:1:1 这里应是列表，每项以“- ”开头"]);
        assert_eq!(all("- 甲\n").1, ["a.yaml:1:3 这里应是“键: 值”，却写成了“甲”"]);
        assert_eq!(all("").1, ["a.yaml:1:1 文件是空的"]);
        assert_eq!(all("- 名称:\n  人数: 1\n").1, ["a.yaml:1:5 “名称”后面没有写值"]);
    }

    #[test]
    fn hostile_files_end_in_a_finding() {
        assert!(all("- &a 名称: 1\n- *a\n").1[0].contains("锚点"));
        assert!(all(&"[".repeat(10_000)).1[0].contains("嵌套"));
        assert!(all(&format!("{}1", "- ".repeat(10_000))).1[0].contains("嵌套"));
        assert_eq!(all("- 名称: 甲\n\t人数: 1\n").1, ["a.yaml:2:1 用了制表符（Tab）缩进"]);
        assert!(all("- !!str 甲\n").1[0].contains("标签"));
        assert_eq!(all(&format!("- 名称: {}\n", "甲".repeat(10_001))).1, ["a.yaml:1:7 这一项有10001个字，太长了"]);
        assert!(all("- a\n--- \n- b\n").1[0].contains("---"));
    }
}
