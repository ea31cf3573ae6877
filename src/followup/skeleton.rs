//! 任务草稿 — the plan of a policy as far as its words alone say it: a task for each clause with its units and its sentences as measures, a
//! target for each figure that is to be reached by a year, and 待填 where only a person knows.

use std::fmt::Write;

use super::binding::leaves;
use super::units::{responsible, uncharged};
use crate::calendar::Year;
use crate::document::Clause;
use crate::policy::Policy;
use crate::policy::figure::figures;
use crate::policy::skeleton::OPEN;
use crate::yaml::scalar;

/// Headings below which nothing is to be done.
const NO_TASKS: [&str; 7] = ["基本情况", "指导思想", "总体要求", "基本原则", "总则", "附则", "施行"];

/// Words that set something to be reached.
const AIMS: [&str; 6] = ["达到", "突破", "超过", "实现", "不低于", "力争"];

/// Words of sentences that speak of the policy itself.
const OF_THE_TEXT: [&str; 5] = ["有效期", "就高不重复", "遵照执行", "负责解释", "起施行"];

/// The draft of a policy's plan, as the text of its file.
#[must_use]
pub fn skeleton(policy: &Policy) -> String {
    let mut text = format!(
        "# 由{}的条文起草的任务分解，逐项核对：写“{OPEN}”的补上，不对的改掉。\n\
         # hongtou check 会说哪个条款没有任务、哪个单位和数字条文里没有。各种写法见 data/README.md。\n\
         政策: {}\n\
         # 多久调度一次，期末以后几个工作日内报送。\n\
         调度: {{ 周期: 季, 自: {}年第1季度, 期后工作日: 10 }}\n",
        policy.name(),
        policy.slug,
        policy.rules.from.year().next()
    );
    let (mut left_out, mut targets, mut tasks) = (String::new(), String::new(), String::new());
    let mut names: Vec<String> = Vec::new();
    for clause in leaves(policy) {
        let aims = aims(clause);
        let units = responsible(&clause.words);
        let title = heading(policy, clause);
        if !aims.is_empty() && units.is_empty() {
            targets.extend(aims);
        } else if units.is_empty() && NO_TASKS.iter().any(|word| title.contains(word)) {
            let _ = writeln!(left_out, "  - {{ 条款: {}, 理由: {}，没有任务 }}", clause.id, title);
        } else {
            let name = distinct(&title, &mut names);
            tasks.push_str(&task(clause, &name, &units));
            targets.extend(aims);
        }
    }
    for (key, lines) in [("不分解", left_out), ("目标", targets)] {
        if !lines.is_empty() {
            let _ = write!(text, "{key}:\n{lines}");
        }
    }
    let tasks = if tasks.is_empty() { " []\n".to_owned() } else { format!("\n{tasks}") };
    let _ = write!(text, "任务:{tasks}");
    text
}

/// The words by which a clause is called: what its award is called, its own short head, or the heading above it.
fn heading(policy: &Policy, clause: &Clause) -> String {
    if let Some(rule) = policy.rules.rules.iter().find(|rule| rule.clause.value == clause.id) {
        return rule.name.clone();
    }
    let own = clause.words.lines().next().unwrap_or_default().trim_end_matches('。');
    let short = |text: &str| (2..=20).contains(&text.chars().count()) && !text.contains(['，', '。']);
    let above = clause.headings.last().map(String::as_str).unwrap_or_default();
    [own, above].into_iter().find(|text| short(text)).unwrap_or(OPEN).to_owned()
}

/// A name that no task has yet.
fn distinct(title: &str, names: &mut Vec<String>) -> String {
    let numbered = (2..).map(|number| format!("{title}（{number}）"));
    let name = std::iter::once(title.to_owned()).chain(numbered).find(|name| !names.contains(name));
    let name = name.unwrap_or_default();
    names.push(name.clone());
    name
}

/// One task, in lines of YAML.
fn task(clause: &Clause, name: &str, units: &[&str]) -> String {
    let mut out = format!("  - 名称: {}\n    条款: {}\n", scalar(name), clause.id);
    let measures = sentences(clause);
    if !measures.is_empty() {
        out.push_str("    措施:\n");
        for measure in measures {
            let _ = writeln!(out, "      - {}", scalar(&measure));
        }
    }
    match units {
        [] => {
            let _ = writeln!(out, "    牵头: {OPEN}   # 条款没有写责任单位");
        }
        [lead, assisting @ ..] => {
            let _ = writeln!(out, "    牵头: {lead}");
            if !assisting.is_empty() {
                let _ = writeln!(out, "    配合: [{}]", assisting.join(", "));
            }
        }
    }
    out.push_str("    时限: 长期   # 另可写 2024-12-31、2025年底、每年\n");
    out.push_str("    # 责任人: 牵头单位里谁负责\n");
    out
}

/// What a clause wants reached by a year, as targets.
fn aims(clause: &Clause) -> Vec<String> {
    let mut found = Vec::new();
    let mut year: Option<Year> = None;
    for part in clause.words.split(['。', '；', '，', '\n']).map(str::trim) {
        year = said_year(part).or(year);
        let Some(year) = year.filter(|_| AIMS.iter().any(|word| part.contains(word))) else { continue };
        for figure in figures(part) {
            let name = AIMS.iter().find_map(|word| Some(part.split_once(word)?.0)).unwrap_or(part);
            let name = name.trim_start_matches(|c: char| c.is_ascii_digit() || "到年底，".contains(c));
            let name = if name.is_empty() { OPEN } else { name };
            found.push(format!(
                "  - {{ 名称: {}, 条款: {}, 数值: {figure}, 到: {year}年, 原文: {} }}\n",
                scalar(name),
                clause.id,
                scalar(part)
            ));
        }
    }
    found
}

/// `到2025年`.
fn said_year(part: &str) -> Option<Year> {
    let (_, rest) = part.split_once('到')?;
    rest.get(..4).filter(|_| rest.get(4..).is_some_and(|rest| rest.starts_with('年')))?.parse().ok()
}

/// The sentences of a clause that say what is to be done.
fn sentences(clause: &Clause) -> Vec<String> {
    let says_what = |sentence: &&str| !sentence.is_empty() && !OF_THE_TEXT.iter().any(|word| sentence.contains(word));
    let of_line = |line: &str| {
        let line = uncharged(line);
        let whole = line.split_inclusive('。').filter(|sentence| sentence.ends_with('。'));
        let said = whole.map(|sentence| sentence.trim().trim_end_matches('。')).filter(says_what);
        said.map(str::to_owned).collect::<Vec<_>>()
    };
    clause.words.lines().flat_map(of_line).collect()
}
