//! 小政策 — whole workspaces in one file: words, rules, declarations, what was paid and what was cut; and the awards, the statistics
//! and the findings that must come of it. The cases are those of `tests/cases/small`, and kinds of clauses in `tests/cases/law/条款`; the README of the former says how one is written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hongtou::award::{Assessment, Explained, Outcome, Statistics, assess};
use hongtou::calendar::{Day, Year};
use hongtou::diag::Report;
use hongtou::project::Project;
use hongtou::record::ledger::audit;
use hongtou::source::{Source, Sources};
use hongtou::trace::Words;
use hongtou::yaml;
use libtest_mimic::{Failed, Trial};
use serde::Deserialize;

use crate::findings::examined;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(rename = "正文", default)]
    text: String,
    #[serde(rename = "规则", default)]
    rules: String,
    #[serde(rename = "另一政策", default)]
    other: Option<Other>,
    #[serde(rename = "申报", default)]
    declared: BTreeMap<String, String>,
    #[serde(rename = "台账", default)]
    ledger: BTreeMap<String, String>,
    #[serde(rename = "核减", default)]
    reductions: BTreeMap<String, String>,
    #[serde(rename = "文件", default)]
    files: BTreeMap<String, String>,
    #[serde(rename = "奖励", default)]
    awards: BTreeMap<String, Vec<String>>,
    #[serde(rename = "步骤", default)]
    steps: BTreeMap<String, Vec<String>>,
    #[serde(rename = "过程", default)]
    words: BTreeMap<String, Vec<String>>,
    #[serde(rename = "统计", default)]
    statistics: BTreeMap<String, Vec<String>>,
    #[serde(rename = "问题", default)]
    findings: Vec<String>,
    #[serde(rename = "不报", default)]
    none: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Other {
    #[serde(rename = "正文")]
    text: String,
    #[serde(rename = "规则")]
    rules: String,
}

/// The enterprises of every case, by the names that declarations call them.
const ENTERPRISES: [(&str, &str, &str, &str); 4] = [
    ("甲公司", "91410181MA0000015M", "东区", "机械"),
    ("乙公司", "91410182MA0000058H", "西区", "化工"),
    ("丙公司", "91410108MA00001380", "东区", "化工"),
    ("丁公司", "91410106MA000012X3", "南区", "机械"),
];

/// All cases.
pub(crate) fn tests() -> Vec<Trial> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let folders = ["small", "law/条款"].map(|folder| fs::read_dir(cases.join(folder)).unwrap());
    let mut files: Vec<_> = folders.into_iter().flatten().map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    files.sort();
    let trial = |path: &std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let path = path.clone();
        Trial::test(format!("small/{name}"), move || judge(&path).map_err(Failed::from))
    };
    files.iter().map(trial).collect()
}

fn judge(path: &Path) -> Result<(), String> {
    let mut sources = Sources::default();
    let id = sources.add(Source::new("case.yaml", fs::read_to_string(path).unwrap()));
    let (case, found) = yaml::read::<Case>(id, sources.get(id).unwrap());
    if !found.is_empty() {
        return Err(told(&found, &sources).join("\n"));
    }
    let case = case.unwrap();
    let workspace = tempfile::tempdir().unwrap();
    lay_out(&case, workspace.path());
    let (project, mut report) = Project::load(workspace.path(), &[]);
    report.absorb(examined(&project));
    report.absorb(audit(&project.register, &project.policies, Day::new(2024, 12, 31).unwrap()));
    let found = told(&report, &project.sources);
    let mut wrong = Vec::new();
    if case.findings.is_empty() && report.has_errors() {
        wrong.push(format!("不该有问题：\n{}", found.join("\n")));
    }
    for expected in case.findings.iter().filter(|expected| !found.iter().any(|line| line.contains(*expected))) {
        wrong.push(format!("没有报“{expected}”，报的是：\n{}", found.join("\n")));
    }
    for unexpected in case.none.iter().filter(|unexpected| found.iter().any(|line| line.contains(*unexpected))) {
        wrong.push(format!("报了“{unexpected}”：\n{}", found.join("\n")));
    }
    for (year, expected) in &case.awards {
        compare(&format!("{year}年度的奖励"), &awards(&project, year.parse().unwrap()), expected, &mut wrong);
    }
    for (year, expected) in &case.steps {
        compare(&format!("{year}年度的步骤"), &steps(&project, year.parse().unwrap()), expected, &mut wrong);
    }
    for (year, expected) in &case.words {
        let told = words(&project, year.parse().unwrap());
        for line in expected.iter().filter(|line| !told.contains(line)) {
            let (matter, _) = line.split_once('：').unwrap();
            let of_matter: Vec<&String> = told.iter().filter(|told| told.starts_with(matter)).collect();
            wrong.push(format!("{year}年度的过程里没有\n{line}\n有的是：{of_matter:#?}"));
        }
    }
    for (year, expected) in &case.statistics {
        compare(&format!("{year}年度的统计"), &statistics(&project, year.parse().unwrap()), expected, &mut wrong);
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n\n")) }
}

fn compare(what: &str, lines: &[String], expected: &[String], wrong: &mut Vec<String>) {
    if lines != expected {
        let quoted = |lines: &[String]| lines.iter().map(|line| format!("  - {line}")).collect::<Vec<_>>().join("\n");
        wrong.push(format!("{what}应是\n{}\n却是\n{}", quoted(expected), quoted(lines)));
    }
}

fn told(report: &Report, sources: &Sources) -> Vec<String> {
    let lines = report.findings().iter().map(|finding| {
        let place = finding.place.map(|place| sources.locate(place)).unwrap_or_default();
        format!("{place} {} {}", finding.message, finding.help.as_deref().unwrap_or_default())
    });
    lines.collect()
}

/// Writes the workspace of a case.
fn lay_out(case: &Case, root: &Path) {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let write = |path: &str, text: &str| {
        let path = root.join("data").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let named = ENTERPRISES.iter().fold(text.to_owned(), |text, (name, code, ..)| {
            text.replace(&format!("企业: {name}"), &format!("企业: {code}"))
        });
        fs::write(path, named).unwrap();
    };
    write("office.yaml", &fs::read_to_string(repository.join("tests/workspaces/云川市/data/office.yaml")).unwrap());
    let enterprises = ENTERPRISES.iter().map(|(name, code, district, industry)| {
        format!("- {{ 名称: {name}, 统一社会信用代码: {code}, 区县: {district}, 行业: [{industry}], 规模以上: 是 }}\n")
    });
    write("enterprises/企业.yaml", &enterprises.collect::<String>());
    let policy = |slug: &str, number: u8, text: &str, rules: &str| {
        let head = format!(
            "---\n标题: 某市人民政府关于{slug}的若干意见\n文种: 意见\n发文机关: [某市人民政府]\n发文字号: 某政〔2022〕{number}号\n\
             成文日期: 2022-01-01\n状态: 定稿\n来源: 某市人民政府\n栏目: 政策文件\n概述: 试验。\n---\n\n"
        );
        write(&format!("policies/{slug}/policy.md"), &format!("{head}{text}"));
        let usual = if rules.contains("施行:") {
            ""
        } else {
            "施行: 2022-01-01\n有效期: 3年\n适用年度: [2022, 2023, 2024]\n"
        };
        write(&format!("policies/{slug}/rules.yaml"), &format!("{usual}{rules}"));
    };
    policy("jia", 1, &format!("{}\n\n# 附则\n\n本意见有效期三年。\n", case.text), &case.rules);
    if let Some(other) = &case.other {
        policy("yi", 2, &format!("{}\n\n# 附则\n\n本意见有效期三年。\n", other.text), &other.rules);
    }
    for (folder, key, years) in [
        ("declarations", "申报", &case.declared),
        ("ledger", "已兑现", &case.ledger),
        ("reductions", "核减", &case.reductions),
    ] {
        for (year, text) in years {
            let indented = text.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n");
            write(&format!("{folder}/{year}.yaml"), &format!("年度: {year}\n{key}:\n{indented}\n"));
        }
    }
    for (path, text) in &case.files {
        write(path, text);
    }
}

fn awards(project: &Project, year: i16) -> Vec<String> {
    let assessments = assess(&project.register, &project.policies, Year(year));
    let line = |assessment: &Assessment<'_>| {
        let outcome = match assessment.outcome {
            Outcome::Granted(_) => Explained::new(assessment, &project.sources).amount().to_string(),
            _ => assessment.reason().unwrap_or_default(),
        };
        format!("{}：{outcome}", matter(project, assessment))
    };
    assessments.iter().map(line).collect()
}

/// Whose award it is, and for what.
fn matter(project: &Project, assessment: &Assessment<'_>) -> String {
    let enterprise = &assessment.enterprise.name.value;
    let subject = if assessment.subject == enterprise { "" } else { assessment.subject };
    let policy = if project.policies.len() > 1 { format!("{} ", assessment.policy.slug) } else { String::new() };
    format!("{enterprise} {policy}{} {subject}", assessment.rule.clause.value).trim_end().to_owned()
}

fn steps(project: &Project, year: i16) -> Vec<String> {
    let assessments = assess(&project.register, &project.policies, Year(year));
    let line = |assessment: &Assessment<'_>| {
        let record = serde_json::to_value(&Explained::new(assessment, &project.sources).award).unwrap();
        let steps = record["计算"].as_array().into_iter().flatten();
        let names: Vec<&str> = steps.filter_map(|step| step["步骤"].as_str()).collect();
        format!("{}：{}", matter(project, assessment), names.join("、"))
    };
    assessments.iter().map(line).collect()
}

/// Every step of every award, in words.
fn words(project: &Project, year: i16) -> Vec<String> {
    let assessments = assess(&project.register, &project.policies, Year(year));
    let told = assessments.iter().flat_map(|assessment| {
        let matter = matter(project, assessment);
        assessment.steps.iter().map(move |step| {
            let Words { step, formula, value } = step.words();
            format!("{matter}：{step}：{formula} → {value}")
        })
    });
    told.collect()
}

fn statistics(project: &Project, year: i16) -> Vec<String> {
    let statistics = Statistics::of(&project.register, &project.policies, Year(year));
    let json: serde_json::Value = serde_json::from_str(&statistics.json()).unwrap();
    let mut lines = Vec::new();
    for (name, list) in json.as_object().unwrap() {
        for row in list.as_array().into_iter().flatten() {
            let cells: Vec<String> =
                row.as_object().into_iter().flatten().map(|(_, value)| value.to_string().replace('"', "")).collect();
            lines.push(format!("{name} {}", cells.join(" ")));
        }
    }
    lines
}
