//! 规则草稿 — the rules of a policy as far as its words alone say them: each clause that gives something with its figures and quotations in
//! their places, and 待填 where only a person knows. What it guesses, `check` holds against the words like anything else.

use std::fmt::Write;

use super::figure::{Figure, figures};
use super::quotes::gives;
use crate::calendar::{Day, Year};
use crate::document::{Clause, Outline};
use crate::yaml::scalar;

/// What a person must fill in.
pub const OPEN: &str = "待填";

/// The draft of a policy's rules.
#[derive(Debug)]
pub struct Skeleton {
    /// `rules.yaml`.
    pub text: String,
    /// The clauses for which it has a rule.
    pub clauses: Vec<String>,
}

/// Drafts the rules of a policy that bears a day, for facts from a year on.
#[must_use]
pub fn skeleton(outline: &Outline, day: Option<Day>, year: Year) -> Skeleton {
    let sentences: Vec<&str> = outline.clauses().iter().flat_map(|clause| sentences(&clause.words)).collect();
    let find = |words: &[&str]| sentences.iter().find(|sentence| words.iter().any(|word| sentence.contains(word)));
    let from = find(&["起施行", "起实施", "起执行", "之日施行"]);
    let term = find(&["有效期"]);
    let years = term.and_then(|sentence| {
        figures(sentence)
            .into_iter()
            .find_map(|figure| if let Figure::Years(years) = figure { Some(years) } else { None })
    });
    let first = from.and_then(|sentence| written_day(sentence)).or(day);
    let mut text = String::from(
        "# 由条文起草的规则，逐条核对：写“待填”的补上；“对……的企业”写成条件；不对的改掉。\n\
         # hongtou check 会说哪一句还没有落实、哪个数字对不上。各种写法见 data/README.md。\n",
    );
    let _ = writeln!(text, "施行: {}", first.map_or_else(|| format!("{year}-01-01   # 待填"), Day::iso));
    let _ = writeln!(text, "有效期: {}年{}", years.unwrap_or(3), if years.is_some() { "" } else { "   # 待填" });
    let start = first.map_or(year, Day::year);
    let covered: Vec<String> = (0..years.unwrap_or(3)).map(|offset| (start.0 + offset).to_string()).collect();
    let _ = writeln!(text, "适用年度: [{}]   # 事实发生的年度", covered.join(", "));
    let higher = find(&["就高不重复"]);
    if higher.is_some() {
        text.push_str("就高不重复: 补差   # 补差：合计等于较高的一项；择一：已享受其他政策的不再给\n");
    }
    if from.is_some() || term.is_some() || higher.is_some() {
        text.push_str("原文:\n");
        for (key, sentence, marks) in [("施行", from, ["起施行", "起实施", "起执行"]), ("有效期", term, ["有效期"; 3])]
        {
            if let Some(sentence) = sentence {
                let says = |part: &&str| marks.iter().any(|mark| part.contains(mark));
                let part = parts(sentence).find(says).unwrap_or(sentence);
                let _ = writeln!(text, "  {key}: {}", scalar(part));
            }
        }
    }
    if let Some(sentence) = higher {
        let _ = writeln!(text, "  就高不重复: {}", scalar(sentence));
    }
    let mut clauses = Vec::new();
    let mut rules = String::new();
    let mut others = String::new();
    for clause in outline.clauses() {
        let giving: Vec<&str> = sentences_that_give(clause).collect();
        if giving.iter().any(|sentence| !figures(sentence).is_empty()) {
            clauses.push(clause.id.to_string());
            rules.push_str(&rule(clause, &giving));
        } else {
            for sentence in giving {
                let _ = writeln!(others, "  # - {}   # {}", scalar(sentence), clause.id);
            }
        }
    }
    if !others.is_empty() {
        text.push_str("# 下面几句有给予、奖励一类的字样而没有数字。不是规则的，连同“非规则:”去掉前面的 #；是规则的，写成规则。\n# 非规则:\n");
        text.push_str(&others);
    }
    if rules.is_empty() {
        text.push_str("规则: []\n");
    } else {
        text.push_str("规则:\n");
        text.push_str(&rules);
    }
    Skeleton { text, clauses }
}

fn sentences(words: &str) -> impl Iterator<Item = &str> {
    let whole = words.lines().flat_map(|line| line.split_inclusive(['。', '；']));
    whole.map(|sentence| sentence.trim().trim_end_matches(['。', '；'])).filter(|sentence| !sentence.is_empty())
}

fn sentences_that_give(clause: &Clause) -> impl Iterator<Item = &str> {
    sentences(&clause.words).filter(|sentence| gives(sentence))
}

fn parts(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split(['，', '：', '。', '；', ',', ':']).map(str::trim).filter(|part| !part.is_empty())
}

/// The first day that is written in a sentence.
fn written_day(sentence: &str) -> Option<Day> {
    let mut ends = sentence.match_indices('日').map(|(at, mark)| at + mark.len());
    ends.find_map(|end| {
        let before = sentence.get(..end)?;
        let start = before
            .rfind(|c: char| !c.is_ascii_digit() && !"年月日".contains(c))
            .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
        before.get(start..)?.parse().ok()
    })
}

/// One rule, in lines of YAML.
fn rule(clause: &Clause, giving: &[&str]) -> String {
    let all = giving.join("。");
    let stated: Vec<String> = figures(&all).iter().map(Figure::to_string).collect();
    let mut out = format!("  # 条款{}的数字：{}\n", clause.id, stated.join("、"));
    let _ = writeln!(out, "  - 条款: {}", clause.id);
    let _ = writeln!(out, "    事项: {}", name(clause));
    let _ = writeln!(out, "    对象: {}", subject(&all));
    let whom: Vec<&str> =
        giving.iter().flat_map(|sentence| parts(sentence)).filter(|part| part.starts_with('对')).collect();
    if !whom.is_empty() {
        out.push_str("    条件:\n");
        for part in whom {
            let _ = writeln!(out, "      - 属性: {{ 名称: {OPEN}, 有: [{OPEN}], 原文: {} }}", scalar(part));
        }
    }
    out.push_str("    标准:\n");
    let mut any = false;
    for sentence in giving {
        for standard in standards(sentence) {
            any = true;
            let _ = writeln!(out, "      - {standard}");
        }
    }
    if !any {
        let _ = writeln!(out, "      - 公式: {OPEN}");
    }
    let limits: Vec<String> = giving.iter().flat_map(|sentence| parts(sentence)).filter_map(limit).collect();
    if !limits.is_empty() {
        out.push_str("    限额:\n");
        for limit in limits {
            let _ = writeln!(out, "      - {limit}");
        }
    }
    let once = ["一次性", "只享受一次", "不重复享受", "仅奖励一次"];
    if let Some(word) = once.iter().find(|word| all.contains(**word)) {
        let _ = writeln!(out, "    仅一次: {}", scalar(word));
    }
    out
}

/// What the award is called: the clause's own short head, or the heading above it.
fn name(clause: &Clause) -> String {
    let head = parts(&clause.words).next().unwrap_or_default().trim_end_matches('。');
    let short = |text: &str| (2..=14).contains(&text.chars().count()) && figures(text).is_empty() && !gives(text);
    let above = clause.headings.last().map(String::as_str).unwrap_or_default();
    let name = [head, above].into_iter().find(|text| short(text) && !text.starts_with('对')).unwrap_or(OPEN);
    scalar(name)
}

/// What it is given for, as the words name it first.
fn subject(words: &str) -> &'static str {
    let of = ["企业", "项目", "产品"].into_iter().filter_map(|kind| Some((words.find(kind)?, kind)));
    of.min().map_or("企业", |(_, kind)| kind)
}

fn is_limit(part: &str) -> bool {
    ["最高", "不超过", "上限", "总额", "总数"].iter().any(|word| part.contains(word))
}

fn limit(part: &str) -> Option<String> {
    let amount = figures(part).into_iter().find(|figure| matches!(figure, Figure::Money(_)));
    let amount = amount.filter(|_| is_limit(part))?;
    let scope = if ["每年", "年度", "当年", "每户", "单个企业", "同一企业"].iter().any(|word| part.contains(word))
    {
        "企业每年"
    } else if ["累计", "总额", "总数"].iter().any(|word| part.contains(word)) {
        "对象累计"
    } else {
        "每项"
    };
    Some(format!("{{ 范围: {scope}, 金额: {amount}, 原文: {} }}", scalar(part)))
}

/// What a sentence gives, as standards.
fn standards(sentence: &str) -> Vec<String> {
    if let Some(tiers) = tiers(sentence) {
        return vec![tiers];
    }
    let mut found = Vec::new();
    for part in parts(sentence) {
        let stated = figures(part);
        let money = stated.iter().find(|figure| matches!(figure, Figure::Money(_)));
        let share = stated.iter().find(|figure| matches!(figure, Figure::Percent(_)));
        match (share, money) {
            (Some(share), None) => {
                let base = base(part).unwrap_or(OPEN);
                found.push(format!("比例: {{ 基数: [{base}], 比例: {share}, 原文: {} }}", scalar(part)));
            }
            (_, Some(money)) if !is_limit(part) && gives(part) => {
                let kind = if part.contains('每') {
                    format!("公式: \"{OPEN} × {money}\"   # 每……多少：{part}")
                } else {
                    format!("定额: {{ 金额: {money}, 原文: {} }}", scalar(part))
                };
                found.push(kind);
            }
            _ => {}
        }
    }
    found
}

/// `首次达到A、B的，分别给予a、b`; other lists with 分别 are grades.
fn tiers(sentence: &str) -> Option<String> {
    let (before, after) = sentence.split_once("分别")?;
    let money = |text: &str| -> Vec<Figure> {
        figures(text).into_iter().filter(|figure| matches!(figure, Figure::Money(_))).collect()
    };
    let given: Vec<Figure> = parts(after).filter(|part| !is_limit(part)).flat_map(money).collect();
    let reached = money(before);
    if given.len() < 2 {
        return None;
    }
    let quote = scalar(sentence);
    if reached.len() == given.len() && before.contains("首次") {
        let pairs = reached.iter().zip(&given).map(|(reach, award)| format!("{{ 达到: {reach}, 奖励: {award} }}"));
        let tiers: Vec<String> = pairs.collect();
        return Some(format!("首次达到: {{ 量: {OPEN}, 档: [{}], 原文: {quote} }}", tiers.join(", ")));
    }
    if reached.len() == given.len() {
        let formula = reached
            .iter()
            .zip(&given)
            .fold("0元".to_owned(), |rest, (reach, award)| format!("若({OPEN} ≥ {reach}, {award}, {rest})"));
        return Some(format!("公式: {}   # 分档：{sentence}", scalar(&formula)));
    }
    let grades: Vec<String> =
        given.iter().enumerate().map(|(at, award)| format!("{{ 为: {OPEN}{}, 奖励: {award} }}", at + 1)).collect();
    Some(format!("等级: {{ 属性: {OPEN}, 级: [{}], 原文: {quote} }}", grades.join(", ")))
}

/// Of what a share is taken: 按照设备投资额的20%.
fn base(part: &str) -> Option<&str> {
    let (before, _) = part.split_once('%').or_else(|| part.split_once('％')).or_else(|| part.split_once('‰'))?;
    let before =
        before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').trim_end_matches(['的', '不', '超', '过']);
    let before = before.trim_end_matches("给予");
    let base = ["按照", "按其", "按"].iter().find_map(|word| before.rsplit_once(word)).map_or(before, |(_, base)| base);
    let named = |c: char| c.is_alphanumeric() && !c.is_ascii_digit();
    (!base.is_empty() && base.chars().all(named)).then_some(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sentence_gives() {
        let of = |sentence: &str| standards(sentence).join("; ");
        assert_eq!(of("对获评的企业，给予一次性奖励20万元"), "定额: { 金额: 20万元, 原文: 给予一次性奖励20万元 }");
        assert_eq!(
            of("按照设备投资额的8%给予补助，最高100万元"),
            "比例: { 基数: [设备投资额], 比例: 8%, 原文: \"按照设备投资额的8%给予补助\" }"
        );
        assert_eq!(
            of("年销售额首次达到5000万元、1亿元的，分别给予100万元、200万元奖励"),
            "首次达到: { 量: 待填, 档: [{ 达到: 5000万元, 奖励: 100万元 }, { 达到: 1亿元, 奖励: 200万元 }], 原文: \
             年销售额首次达到5000万元、1亿元的，分别给予100万元、200万元奖励 }"
        );
        assert!(
            of("产值达到1亿元、5亿元的，分别奖励10万元、50万元")
                .starts_with("公式: \"若(待填 ≥ 5亿元, 50万元, 若(待填 ≥ 1亿元, 10万元, 0元))\"")
        );
        assert!(
            of("对国家级、省级平台，分别给予50万元、30万元")
                .starts_with("等级: { 属性: 待填, 级: [{ 为: 待填1, 奖励: 50万元 }")
        );
        assert!(of("每新增1人奖励1000元").starts_with("公式: \"待填 × 1000元\""));
        assert_eq!(of("做好宣传工作"), "");
    }

    #[test]
    fn days_and_limits() {
        assert_eq!(written_day("本办法自2025年3月1日起施行").map(Day::iso).as_deref(), Some("2025-03-01"));
        assert_eq!(written_day("自公布之日起施行"), None);
        assert_eq!(
            limit("单个企业每年最高100万元").as_deref(),
            Some("{ 范围: 企业每年, 金额: 100万元, 原文: 单个企业每年最高100万元 }")
        );
        assert_eq!(limit("不超过30%"), None);
    }
}
