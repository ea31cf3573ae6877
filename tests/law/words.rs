//! 原文和规则 — every figure, every word that gives, limits, excludes or dates, and every key of the sample policy changed one by one: `check` must say so,
//! without the cases of `cases.yaml`.
//!
//! One in nine is tried in every run; `HONGTOU_WORDS=1 cargo test --test law 改动` tries all of them.

use std::fs;
use std::path::Path;

use hongtou::project::Project;
use libtest_mimic::{Failed, Trial};

const POLICY: &str = "policies/xincailiao-2022/policy.md";
const RULES: &str = "policies/xincailiao-2022/rules.yaml";

/// Words without which a clause says something else.
const WORDS: [&str; 13] = [
    "给予",
    "奖励",
    "资助",
    "不超过",
    "最高",
    "首次",
    "一次性",
    "不重复",
    "不含",
    "有效期",
    "就高",
    "上年度",
    "每增长",
];

/// The tests of this file.
pub(crate) fn tests() -> Vec<Trial> {
    vec![
        Trial::test("改动/条文", || of(POLICY, &changes_of_words()).map_err(Failed::from)),
        Trial::test("改动/规则", || of(RULES, &changes_of_rules()).map_err(Failed::from)),
    ]
}

/// What is changed: its name, and the text that comes of it.
type Change = (String, String);

fn data(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(path)).unwrap()
}

/// Every run of digits, one more; every numeral of years; every word, left out.
fn changes_of_words() -> Vec<Change> {
    let text = data(POLICY);
    let body = text.find("# 四、").unwrap();
    let mut changes = Vec::new();
    for (at, digits) in runs_of_digits(&text).into_iter().filter(|(at, _)| *at > body) {
        // The numbers of clauses are kept in order by the reader of the text.
        if text[at + digits.len()..].starts_with(". ") {
            continue;
        }
        let more = (digits.parse::<u64>().unwrap() + 1).to_string();
        changes.push(change(&text, at, &digits, &more));
    }
    for word in WORDS {
        for (at, _) in text.match_indices(word).filter(|(at, _)| *at > body) {
            changes.push(change(&text, at, word, ""));
        }
    }
    for (at, _) in text.match_indices("三年").filter(|(at, _)| *at > body) {
        changes.push(change(&text, at, "三年", "四年"));
    }
    changes
}

/// Every run of digits, one more; every line, left out.
fn changes_of_rules() -> Vec<Change> {
    let text = data(RULES);
    let mut changes = Vec::new();
    for (at, digits) in runs_of_digits(&text) {
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        if text[line..at].contains('#') || text[line..at].contains("原文") {
            continue;
        }
        let more = (digits.parse::<u64>().unwrap() + 1).to_string();
        changes.push(change(&text, at, &digits, &more));
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        // A key that says what holds anyway changes nothing when it is left out; what is to be handed in decides no amount.
        let idle = ["取整", "就高不重复:", "跨档: 最高档", "简称", "程序", "材料"]
            .iter()
            .any(|key| line.trim_start().starts_with(key));
        if !line.trim().is_empty() && !line.trim_start().starts_with('#') && !idle {
            changes.push(change(&text, at, line, ""));
        }
        at += line.len();
    }
    changes
}

fn change(text: &str, at: usize, from: &str, to: &str) -> Change {
    let around: String = text[..at].chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
    let name = format!("{}〔{}→{to}〕", around.trim_start(), from.trim());
    (name, format!("{}{to}{}", &text[..at], &text[at + from.len()..]))
}

fn runs_of_digits(text: &str) -> Vec<(usize, String)> {
    let mut runs: Vec<(usize, String)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        match runs.last_mut() {
            Some((from, digits)) if *from + digits.len() == at => digits.push(c),
            _ => runs.push((at, c.to_string())),
        }
    }
    runs
}

fn of(path: &str, changes: &[Change]) -> Result<(), String> {
    let every = std::env::var("HONGTOU_WORDS").ok().and_then(|text| text.parse().ok()).unwrap_or(9);
    let root = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for folder in ["office.yaml", "facts.yaml", "catalogues", "policies", "calendar"] {
        for entry in walkdir::WalkDir::new(from.join(folder)).into_iter().flatten() {
            let place = root.path().join("data").join(entry.path().strip_prefix(&from).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(place).unwrap();
            } else if entry.file_name() != "cases.yaml" {
                fs::create_dir_all(place.parent().unwrap()).unwrap();
                fs::copy(entry.path(), place).unwrap();
            }
        }
    }
    let place = root.path().join("data").join(path);
    let whole = fs::read_to_string(&place).unwrap();
    let tried: Vec<&Change> = changes.iter().step_by(every).collect();
    let mut unseen = Vec::new();
    for (name, text) in &tried {
        assert_ne!(*text, whole);
        fs::write(&place, text).unwrap();
        if !Project::load(root.path(), &[]).1.has_errors() {
            unseen.push(name.as_str());
        }
    }
    fs::write(&place, &whole).unwrap();
    if Project::load(root.path(), &[]).1.has_errors() {
        return Err("没有改动的也报错".to_owned());
    }
    let most = tried.len() * 2 / 100;
    if unseen.len() > most {
        return Err(format!("{}处改动，{}处没有报：\n{}", tried.len(), unseen.len(), unseen.join("\n")));
    }
    Ok(())
}
