//! 说明书 — every key of `rules.yaml` stands in data/README.md, and every example there is read as it is written.

use std::fs;
use std::path::Path;

use hongtou::policy::expression::Function;
use hongtou::policy::{Rules, Standard, quotes};
use hongtou::source::{Source, Sources};
use hongtou::yaml;
use libtest_mimic::{Failed, Trial};

/// Keys that stand in a condition, in a rule, and on the policy itself.
const CONDITIONS: [&str; 8] = ["属性", "目录", "数额", "日期", "全部", "任一", "非", "算式"];
const OF_RULE: [&str; 7] = ["限额", "仅一次", "就高组", "非规则数字", "推定数字", "原条款", "说明"];
const OF_POLICY: [&str; 8] = ["合计限额", "分担", "参数", "定义", "公示不少于", "代替", "原文", "非规则"];

/// The tests of this file.
pub(crate) fn tests() -> Vec<Trial> {
    vec![
        Trial::test("documented/每个键都有", || every_key().map_err(Failed::from)),
        Trial::test("documented/每个例子都读得进", || every_example().map_err(Failed::from)),
        Trial::test("documented/坏的例子读不进", || {
            if read("限额: [{ 范围: 每家, 金额: 5万元 }]").is_some_and(|found| !found.is_empty()) {
                Ok(())
            } else {
                Err(Failed::from("没有报"))
            }
        }),
    ]
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn section() -> String {
    let text = fs::read_to_string(root().join("data/README.md")).unwrap();
    let (_, rest) = text.split_once("\n## 规则\n").unwrap();
    rest.split("\n## ").next().unwrap().to_owned()
}

fn every_key() -> Result<(), String> {
    let section = section();
    let mut missing = Vec::new();
    for entry in walkdir::WalkDir::new(root().join("src/policy")).into_iter().flatten() {
        if entry.path().extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        let text = fs::read_to_string(entry.path()).unwrap();
        let keys = text.split("rename = \"").skip(1).filter_map(|rest| rest.split('"').next());
        let unknown = keys.filter(|key| !section.contains(*key));
        missing.extend(unknown.map(|key| format!("{}：{key}", entry.path().display())));
    }
    let functions = Function::ALL.iter().map(|function| function.name());
    missing.extend(functions.filter(|name| !section.contains(&format!("| {name} |"))).map(str::to_owned));
    missing.extend(Standard::KINDS.iter().filter(|kind| !section.contains(**kind)).map(|kind| (*kind).to_owned()));
    if missing.is_empty() { Ok(()) } else { Err(missing.join("\n")) }
}

fn every_example() -> Result<(), String> {
    let section = section();
    let rows = section.lines().filter(|line| line.starts_with('|'));
    let examples: Vec<&str> = rows.flat_map(|row| row.split('`').skip(1).step_by(2)).collect();
    let read: Vec<(&str, Vec<String>)> =
        examples.into_iter().filter_map(|example| Some((example, read(example)?))).collect();
    let wrong: Vec<String> = read
        .iter()
        .filter(|(_, found)| !found.is_empty())
        .map(|(example, found)| format!("{example}\n  {}", found.join("\n  ")))
        .collect();
    match wrong.as_slice() {
        [] if read.len() >= 35 => Ok(()),
        [] => Err(format!("只有{}个例子", read.len())),
        wrong => Err(wrong.join("\n")),
    }
}

/// What is found in an example; `None` where it is none.
fn read(example: &str) -> Option<Vec<String>> {
    let (key, _) = example.split_once(':')?;
    let (mut policy, mut rule) = (String::new(), String::new());
    let (mut condition, mut standard) = (String::new(), "定额: { 金额: 5万元 }".to_owned());
    if CONDITIONS.contains(&key) {
        condition = format!("{{ {example} }}");
    } else if Standard::KINDS.contains(&key) {
        standard = example.to_owned();
    } else if OF_RULE.contains(&key) {
        rule = format!(", {example}");
    } else if OF_POLICY.contains(&key) {
        policy = example.to_owned();
    } else {
        return None;
    }
    let text = format!(
        "施行: 2022-01-01\n有效期: 3年\n适用年度: [2022]\n{policy}\n规则:\n  - {{ 条款: 一, 事项: 甲, 对象: 产品, 条件: [{condition}], 标准: [{{ {standard} }}]{rule} }}\n"
    );
    let mut sources = Sources::default();
    let id = sources.add(Source::new("例.yaml", text));
    let (_, found) = yaml::read_normal::<Rules>(id, sources.get(id)?, |tree| drop(quotes::take(tree)));
    Some(found.findings().iter().map(|finding| finding.message.clone()).collect())
}
