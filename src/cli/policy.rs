//! `hongtou policy` — a policy from its pasted text; and its rules beside its words.

use std::io::Read;
use std::path::Path;

use super::arguments::{Common, PolicyNew, PolicyShow, PolicyVerb};
use super::{Ending, Failure, print};
use crate::calendar::Year;
use crate::diag::nearest;
use crate::disk::fill;
use crate::document::Outline;
use crate::draft::markdown::{self, Ground};
use crate::draft::pasted::Pasted;
use crate::policy::Policy;
use crate::policy::figure::{Figure, figures};
use crate::policy::skeleton::{OPEN, skeleton};
use crate::project;
use crate::source::FileId;

/// A text longer than this is no policy.
const LONGEST: u64 = 5_000_000;

pub(super) fn run(common: &Common, verb: &PolicyVerb) -> Result<Ending, Failure> {
    match verb {
        PolicyVerb::New(options) => new(common, options),
        PolicyVerb::Show(options) => show(common, options),
    }
}

fn new(common: &Common, options: &PolicyNew) -> Result<Ending, Failure> {
    let (opened, _lock) = common.open_to_write("新建政策")?;
    let name = options.name.as_str();
    let plain = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':']);
    if !plain || name.chars().any(char::is_whitespace) {
        return Err(Failure::Unknown(format!("“{name}”不能作文件夹名")));
    }
    let folder = opened.project.root.join("data/policies").join(name);
    if project::is_there(&folder) {
        return Err(Failure::Other(format!("{} 已经有了，没有改动", folder.display())));
    }
    let text = read(&options.text)?;
    let pasted = Pasted::read(&text);
    if pasted.body.trim().is_empty() {
        return Err(Failure::Other(format!("{} 里没有条文", options.text.display())));
    }
    let (parsed, _) = markdown::parse(&pasted.body, Ground::File(FileId(0), 0));
    let outline = Outline::of(&parsed.body);
    let year = pasted.day.unwrap_or(opened.on).year();
    let drafted = skeleton(&outline, pasted.day, year);
    let more = [("状态", "草稿".to_owned()), ("栏目", "政策文件".to_owned()), ("概述", OPEN.to_owned())];
    let source = pasted.source(genre(&pasted.title), &more);
    fill(&folder, [("policy.md", source.as_bytes()), ("rules.yaml", drafted.text.as_bytes())])?;
    print::out(&found(&outline, &drafted.clauses));
    if !common.quiet {
        let open = drafted.text.matches(OPEN).count();
        print::error(&format!(
            "写入 {}：条文 policy.md，规则草稿 rules.yaml。\n补上{open}处“{OPEN}”，核对每一条；hongtou check 说明还差什么，\
             hongtou policy show {name} 对照着看",
            folder.display()
        ));
    }
    Ok(Ending::Fine)
}

/// The 文种 that a title ends in.
fn genre(title: &str) -> &'static str {
    ["意见", "通知", "决定", "公告", "通告", "决议"].into_iter().find(|genre| title.ends_with(genre)).unwrap_or("意见")
}

/// A text of a file or of the standard input.
fn read(path: &Path) -> Result<String, Failure> {
    let shown = path.display();
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().take(LONGEST).read_to_end(&mut bytes)?;
        bytes
    } else {
        project::read_at_most(path, LONGEST)
            .map_err(|error| Failure::Other(format!("不能读 {shown}：{}", crate::disk::reason(&error))))?
            .ok_or_else(|| Failure::Other(format!("{shown} 太大，不像一件政策的条文")))?
    };
    String::from_utf8(bytes).map_err(|_| {
        let help = "另存为 UTF-8 编码的纯文本（Word 里“另存为 → 纯文本 → UTF-8”）";
        Failure::Other(format!("{shown} 不是 UTF-8 编码的纯文本；{help}"))
    })
}

/// The clauses that were found, each with its figures.
fn found(outline: &Outline, ruled: &[String]) -> String {
    let mut lines = vec![format!("找到{}个条款，其中{}个起草了规则：", outline.clauses().len(), ruled.len())];
    for clause in outline.clauses() {
        let stated: Vec<String> = figures(&clause.words).iter().map(Figure::to_string).collect();
        let mark = if ruled.contains(&clause.id.0) { "规则" } else { "　　" };
        let stated = if stated.is_empty() { String::new() } else { format!("：{}", stated.join("、")) };
        lines.push(format!("  {mark} {}{stated}", clause.id));
    }
    lines.join("\n")
}

fn show(common: &Common, options: &PolicyShow) -> Result<Ending, Failure> {
    let mut opened = common.open(&[])?;
    opened.show();
    let policies = &opened.project.policies;
    let known: Vec<&str> = policies.iter().map(|policy| policy.slug.as_str()).collect();
    let policy = match (&options.name, policies.as_slice()) {
        (None, [only]) => Some(only),
        (None, _) => None,
        (Some(name), all) => all.iter().find(|policy| policy.slug == *name || policy.number == *name),
    };
    let policy = policy.ok_or_else(|| match &options.name {
        Some(name) => {
            let near = nearest(name, known.iter().copied()).map(|near| format!("，是不是“{near}”？"));
            let list = known.join("、");
            Failure::Unknown(format!("没有政策“{name}”{}\n现有：{list}", near.unwrap_or_default()))
        }
        None if known.is_empty() => Failure::Unknown("工作区里没有一项读得出来的政策".to_owned()),
        None => Failure::Unknown(format!("写明哪一项政策：{}", known.join("、"))),
    })?;
    print::out(&side_by_side(policy));
    Ok(Ending::of(&opened.report))
}

fn side_by_side(policy: &Policy) -> String {
    let Year(first) = policy.first_and_last_year().0;
    let last = policy.first_and_last_year().1;
    let mut out = vec![format!(
        "{}（{}）\n施行：{}；有效至：{}；适用年度：{first}至{last}",
        policy.title,
        policy.name(),
        policy.rules.from,
        policy.last_day()
    )];
    for carried in policy.carried() {
        let mut lines = vec![format!("【{}】", carried.clause.id)];
        lines.extend(carried.clause.words.lines().map(|line| format!("  {line}")));
        for rule in &carried.rules {
            lines.push(format!("  → {}（{}）", rule.name, rule.subject));
            lines.extend(rule.conditions.iter().map(|condition| format!("    条件　{condition}")));
            lines.extend(rule.gives.iter().map(|gives| format!("    标准　{gives}")));
            lines.extend(rule.limits.iter().map(|limit| format!("    限额　{limit}")));
        }
        out.push(lines.join("\n"));
    }
    out.join("\n\n")
}
