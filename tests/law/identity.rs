//! 同一 — what is declared under names that are written otherwise, changed or almost alike: what is said of it, and what is paid. The
//! cases are those of `tests/cases/identity`; each is a small workspace.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use hongtou::award::{Assessment, assess};
use hongtou::calendar::{Day, Year};
use hongtou::diag::{Diagnostic, Severity};
use hongtou::document::Outline;
use hongtou::money::Money;
use hongtou::policy::{Policy, Rules};
use hongtou::project::Project;
use hongtou::record::ledger::audit;
use hongtou::register::{Catalogue, DeclarationYear, Enterprise, LedgerYear, Register, Schema, Several};
use hongtou::source::{FileId, Source, Sources};
use hongtou::yaml::{self, Node};
use libtest_mimic::{Failed, Trial};
use serde::Deserialize;
use serde::de::DeserializeOwned;

pub(crate) const RULES: &str = "
施行: 2021-01-01
有效期: 5年
适用年度: [2021, 2022, 2023, 2024]
规则:
  - { 条款: 一, 事项: 首次应用, 对象: 产品, 标准: [{ 定额: { 金额: 100万元 } }], 仅一次: 是 }
  - { 条款: 二, 事项: 首次达到, 对象: 产品, 标准: [{ 首次达到: { 量: 销售额, 档: [{ 达到: 1亿元, 奖励: 200万元 }] } }] }
  - 条款: 三
    事项: 投资资助
    对象: 项目
    标准: [{ 比例: { 基数: [设备和软件投资], 比例: 20% } }]
    限额: [{ 范围: 对象累计, 金额: 300万元 }]
  - { 条款: 四, 事项: 保险补助, 对象: 保险, 标准: [{ 比例: { 基数: [保费], 比例: 20% } }], 仅一次: 是 }
  - { 条款: 五, 事项: 规模奖励, 对象: 企业, 标准: [{ 首次达到: { 量: 主营业务收入, 档: [{ 达到: 1亿元, 奖励: 50万元 }] } }] }
";

const ENTERPRISE: &str =
    "- { 名称: 示例甲公司, 统一社会信用代码: 91410181MA0000015M, 区县: 甲县, 行业: [新材料], 规模以上: 是 }\n";

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(rename = "名称")]
    name: String,
    #[serde(rename = "区县", default)]
    districts: Option<Several>,
    #[serde(rename = "行业", default)]
    industries: Option<Several>,
    /// One enterprise, 示例甲公司, if left out.
    #[serde(rename = "企业", default)]
    enterprises: Option<Vec<Enterprise>>,
    #[serde(rename = "申报")]
    declarations: Vec<DeclarationYear>,
    #[serde(rename = "台账", default)]
    ledger: Vec<LedgerYear>,
    /// All that is found, each by its severity and the beginning of its words; nothing, if left out.
    #[serde(rename = "应报", default)]
    findings: Vec<String>,
    /// What each product, project or enterprise gets for a year under all rules.
    #[serde(rename = "应得", default)]
    awards: BTreeMap<Year, BTreeMap<String, Money>>,
}

/// All cases.
pub(crate) fn tests() -> Vec<Trial> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let catalogues: &'static _ = Box::leak(Box::new(Project::load(root, &[]).0.register.catalogues));
    let mut files: Vec<_> =
        fs::read_dir(root.join("tests/cases/identity")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let cases = files.iter().flat_map(|path| read_cases(&fs::read_to_string(path).unwrap()));
    let trial = |case: Case| {
        Trial::test(format!("identity/{}", case.name), move || judge(case, catalogues).map_err(Failed::from))
    };
    cases.map(trial).collect()
}

fn read_cases(text: &str) -> Vec<Case> {
    let source = Source::new("case.yaml", text);
    let (cases, found) = yaml::read_normal(FileId(0), &source, |tree| {
        for year in tree.items_mut().iter_mut().filter_map(|case| case.child_mut("申报")).flat_map(Node::items_mut) {
            Schema::default().normalise_year(year);
        }
    });
    assert!(found.is_empty(), "{found:?}");
    cases.unwrap()
}

pub(crate) fn read<T: DeserializeOwned>(text: &str) -> T {
    let mut sources = Sources::default();
    let id = sources.add(Source::new("case.yaml", text));
    let (value, found) = yaml::read(id, sources.get(id).unwrap());
    assert!(found.is_empty(), "{found:?}");
    value.unwrap()
}

pub(crate) fn policy() -> Policy {
    let (title, number) = (String::new(), String::new());
    Policy {
        slug: "试验".to_owned(),
        title,
        number,
        day: None,
        outline: Outline::default(),
        rules: read::<Rules>(RULES),
    }
}

fn judge(case: Case, catalogues: &BTreeMap<String, Catalogue>) -> Result<(), String> {
    let policies = [policy()];
    let enterprises = case.enterprises.unwrap_or_else(|| read(ENTERPRISE));
    let (register, mut report) =
        Register::new(enterprises, &BTreeSet::new(), case.declarations, case.ledger, catalogues.clone());
    report.absorb(register.check_vocabulary(case.districts.as_ref(), case.industries.as_ref()));
    report.absorb(audit(&register, &policies, Day::new(2025, 1, 1).unwrap()));
    let told: Vec<String> = report.findings().iter().map(words).collect();
    for wanted in &case.findings {
        if !told.iter().any(|finding| finding.starts_with(wanted.as_str())) {
            return Err(format!("没有报“{wanted}”，报了：\n{}", told.join("\n")));
        }
    }
    if let Some(other) =
        told.iter().find(|finding| !case.findings.iter().any(|wanted| finding.starts_with(wanted.as_str())))
    {
        return Err(format!("不应报：{other}"));
    }
    for (year, expected) in &case.awards {
        let assessments = assess(&register, &policies, *year);
        for (subject, amount) in expected {
            let given: Money = assessments.iter().filter(|one| one.subject == subject).map(Assessment::amount).sum();
            if given != *amount {
                return Err(format!("{year}年度“{subject}”应得{amount}，得{given}"));
            }
        }
    }
    Ok(())
}

fn words(finding: &Diagnostic) -> String {
    let severity = if finding.severity == Severity::Error { "错误" } else { "提醒" };
    format!("{severity} {}", finding.message)
}
