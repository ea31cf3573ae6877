//! 统计 — what a year's awards come to, counted: three firms on the sides of a limit.

use std::collections::{BTreeMap, BTreeSet};

use hongtou::award::{Count, LimitUse, Statistics, Summary, assess, csv, json, records};
use hongtou::calendar::Year;
use hongtou::document::Outline;
use hongtou::policy::{Policy, Rules};
use hongtou::register::{DeclarationYear, Enterprise, Register, Schema};
use hongtou::source::{FileId, Source, Sources};
use hongtou::yaml;
use libtest_mimic::{Failed, Trial};
use serde::de::DeserializeOwned;

const RULES: &str = "
施行: 2022-01-01
有效期: 3年
适用年度: [2022, 2023, 2024]
分担: [{ 级: 市, 份: 1 }, { 级: 县, 份: 1 }]
规则:
  - 条款: 一
    事项: 投资补助
    对象: 项目
    标准: [{ 比例: { 基数: [设备和软件投资], 比例: 10% } }]
    限额: [{ 范围: 每项, 金额: 10万元 }]
";

const ENTERPRISES: &str = "
- { 名称: 示例甲公司, 统一社会信用代码: 91410181MA0000015M, 区县: 甲县, 行业: [新材料, 铝加工], 规模以上: 是 }
- { 名称: 示例乙公司, 统一社会信用代码: 91410182MA0000058H, 区县: 乙县, 行业: [新材料], 规模以上: 是 }
- { 名称: 示例丙公司, 统一社会信用代码: 91410185MA0000082D, 区县: 乙县, 行业: [], 规模以上: 是 }
";

const DECLARATIONS: &str = "
年度: 2023
申报:
  - { 企业: 91410181MA0000015M, 项目: [{ 名称: 甲, 设备和软件投资: { 2023: 90万元 } }] }
  - { 企业: 91410182MA0000058H, 项目: [{ 名称: 乙, 设备和软件投资: { 2023: 100万元 } }] }
  - { 企业: 91410185MA0000082D, 项目: [{ 名称: 丙, 设备和软件投资: { 2023: 110万元 } }] }
";

/// The tests of this file.
pub(crate) fn tests() -> Vec<Trial> {
    vec![
        Trial::test("count/达到限额的几项，核减多少", || limits().map_err(Failed::from)),
        Trial::test("count/一家企业几项", || of_one_enterprise().map_err(Failed::from)),
        Trial::test("count/区县、行业、分担", || lines().map_err(Failed::from)),
        Trial::test("count/awards.json 和 awards.csv", || written().map_err(Failed::from)),
    ]
}

fn read<T: DeserializeOwned>(text: &str) -> T {
    let mut sources = Sources::default();
    let id = sources.add(Source::new("试验.yaml", text));
    let (value, found) = yaml::read(id, sources.get(id).unwrap());
    assert!(found.is_empty(), "{found:?}");
    value.unwrap()
}

fn facts() -> (Register, [Policy; 1]) {
    let rules: Rules = read(RULES);
    let (title, number) = (String::new(), String::new());
    let policies = [Policy { slug: "试验".to_owned(), title, number, day: None, outline: Outline::default(), rules }];
    let enterprises: Vec<Enterprise> = read(ENTERPRISES);
    let year = yaml::read_normal(FileId(0), &Source::new("试验.yaml", DECLARATIONS), |tree| {
        Schema::default().normalise_year(tree);
    });
    let year: DeclarationYear = year.0.unwrap();
    let (register, _) = Register::new(enterprises, &BTreeSet::new(), vec![year], Vec::new(), BTreeMap::new());
    (register, policies)
}

fn statistics() -> Statistics {
    let (register, policies) = facts();
    Statistics::of(&register, &policies, Year(2023))
}

/// What other programs read of the award that was cut.
fn written() -> Result<(), String> {
    let (register, policies) = facts();
    let records = records(&assess(&register, &policies, Year(2023)), &Sources::default());
    let (json, csv) = (json(&records), csv(&records));
    let in_json = ["\"结果\": \"给予\"", "\"金额\": \"100000.00\"", "\"封顶\": \"每项最高10万元\"", "\"对象\": \"丙\""];
    let in_csv = "示例丙公司,91410185MA0000082D,乙县,丙,给予,100000.00,每项最高10万元,";
    match in_json.into_iter().find(|part| !json.contains(part)) {
        Some(missing) => Err(format!("没有{missing}：{json}")),
        None if csv.contains(in_csv) => Ok(()),
        None => Err(csv),
    }
}

/// 9万元 is under the limit, 10万元 reaches it, 11万元 is cut.
fn limits() -> Result<(), String> {
    let uses = statistics().limits;
    let [LimitUse { asked: 3, reached: 2, cut, .. }] = uses.as_slice() else { return Err(format!("{uses:?}")) };
    if cut.to_string() == "1万元" { Ok(()) } else { Err(format!("{uses:?}")) }
}

/// A list of two years' awards: each firm has one in each.
fn of_one_enterprise() -> Result<(), String> {
    let (register, policies) = facts();
    let mut both = assess(&register, &policies, Year(2023));
    both.extend(assess(&register, &policies, Year(2023)));
    let summary = Summary::of(&both);
    let of_each: Vec<usize> = summary.by_enterprise.iter().map(|total| total.awards).collect();
    if of_each == [2, 2, 2] && summary.awards == 6 { Ok(()) } else { Err(format!("{of_each:?}")) }
}

fn lines() -> Result<(), String> {
    let statistics = statistics();
    let told = |lines: &[Count]| -> Vec<String> {
        let line = |line: &Count| format!("{} {}家 {}项 {}", line.name, line.enterprises, line.awards, line.amount);
        lines.iter().map(line).collect()
    };
    for (lines, wanted) in [
        (&statistics.districts, vec!["乙县 2家 2项 20万元", "甲县 1家 1项 9万元"]),
        (&statistics.industries, vec!["新材料 1家 1项 10万元", "未填写 1家 1项 10万元", "铝加工 1家 1项 9万元"]),
        (&statistics.levels, vec!["市 3家 3项 14.5万元", "县 3家 3项 14.5万元"]),
        (
            &statistics.largest,
            vec!["示例丙公司 1家 1项 10万元", "示例乙公司 1家 1项 10万元", "示例甲公司 1家 1项 9万元"],
        ),
        (&statistics.years, vec!["2023 3家 3项 29万元"]),
    ] {
        if told(lines) != wanted {
            return Err(format!("{:?}，应为{wanted:?}", told(lines)));
        }
    }
    Ok(())
}
