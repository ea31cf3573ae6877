//! 申报 — what a policy gives to whom, for the templates of 申报通知 and 申报指南: each clause with its conditions, its tiers, its materials; by
//! industry and title, which clauses may concern an enterprise, also as a page of its own; and from when until when declarations are taken.

use serde_json::{Value, json};

use super::plan::{heading, table_of};
use crate::award::Case;
use crate::calendar::Day;
use crate::document::{Article, Block, Cell, Document, Inline, Row, inlines};
use crate::policy::condition::Kind;
use crate::policy::{Condition, Policy, Rule, RuleInWords, Standard};

/// When declarations are taken.
#[derive(Clone, Copy)]
pub(super) struct Term {
    pub(super) from: Day,
    pub(super) workdays: u32,
    pub(super) last: Day,
}

/// What a template sees of a policy and, where declarations under it are taken, the days on which they are.
pub(super) fn facts(policy: &Policy, cases: &[Case], term: Option<Term>) -> Value {
    let carried = policy.carried();
    let cases: Vec<&Case> = cases.iter().filter(|case| case.policy == policy.slug).collect();
    let of_clause = |clause: &crate::policy::Carried<'_>| -> Vec<Value> {
        let rules = policy.rules.rules.iter().filter(|rule| rule.clause.value == clause.clause.id);
        rules.zip(&clause.rules).map(|(rule, words)| one(clause, rule, words, &cases)).collect()
    };
    let (first, last) = policy.first_and_last_year();
    let mut told = json!({
        "政策": { "标题": policy.title, "发文字号": policy.number, "失效日期": policy.last_day().iso() },
        "年度": { "起": first.to_string(), "止": last.to_string() },
        "程序": policy.rules.procedure.clone().unwrap_or_default(),
        "条款": carried.iter().flat_map(of_clause).collect::<Vec<_>>(),
        "速查": LOOKED_UP.iter().any(|attribute| !words(policy, attribute).is_empty()),
        "行业": by_word(policy, "行业"),
        "称号": by_word(policy, "称号"),
    });
    if let (Some(term), Some(told)) = (term, told.as_object_mut()) {
        let days = [("起", term.from.iso()), ("止", term.last.iso()), ("工作日", term.workdays.to_string())];
        told.extend(days.map(|(name, text)| (name.to_owned(), text.into())));
    }
    told
}

fn one(clause: &crate::policy::Carried<'_>, rule: &Rule, words: &RuleInWords<'_>, cases: &[&Case]) -> Value {
    let tiers: Vec<Value> = rule
        .standards
        .iter()
        .flat_map(Standard::marks)
        .filter_map(|mark| {
            let (quantity, reach) = mark.reach.filter(|_| mark.name.ends_with('档'))?;
            Some(json!({ "量": quantity, "达到": reach.to_string(), "金额": mark.award?.to_string() }))
        })
        .collect();
    // An example is one of the policy's cases, which `check` computes anew whenever a rule changes.
    let own = cases.iter().filter(|case| case.clause.value == clause.clause.id);
    let example = own.into_iter().find_map(|case| case.example());
    json!({
        "条款": clause.clause.id.0,
        "事项": words.name,
        "对象": words.subject,
        "条文": words.wording,
        "条件": words.conditions,
        "标准": words.gives,
        "限额": words.limits,
        "档": tiers,
        "示例": example.unwrap_or_default(),
        "材料": rule.materials,
    })
}

/// For each word of an attribute that the rules ask for, the matters that may concern who has it.
fn by_word(policy: &Policy, attribute: &str) -> Vec<Value> {
    let rows = words(policy, attribute).into_iter().map(|word| {
        let fits = policy.rules.rules.iter().filter(|rule| may_concern(&rule.conditions, attribute, word));
        let matters: Vec<String> = fits.map(|rule| format!("{} {}", rule.clause.value, rule.name)).collect();
        json!({ "名称": word, "事项": matters })
    });
    rows.collect()
}

/// The words of an attribute that the rules ask for, in their order.
fn words<'p>(policy: &'p Policy, attribute: &str) -> Vec<&'p str> {
    let mut words: Vec<&str> = Vec::new();
    for rule in &policy.rules.rules {
        asked(&rule.conditions, attribute, &mut |some, none| {
            for word in some.iter().chain(none) {
                if !words.contains(&word.as_str()) {
                    words.push(word);
                }
            }
        });
    }
    words
}

/// The attributes by which an enterprise looks for what may concern it.
const LOOKED_UP: [&str; 2] = ["行业", "称号"];

/// The page on which an enterprise sees, by industry and by title, what may concern it, below that of the policy's document in a folder of the
/// site; none where the policy has no rules.
#[must_use]
pub fn article(policy: &Policy, document: &Document, folder: &str) -> Option<Article> {
    let carried = policy.carried();
    let rules: Vec<(&Rule, RuleInWords<'_>)> = carried
        .into_iter()
        .flat_map(|clause| {
            let of_clause = policy.rules.rules.iter().filter(move |rule| rule.clause.value == clause.clause.id);
            of_clause.zip(clause.rules).collect::<Vec<_>>()
        })
        .collect();
    if rules.is_empty() {
        return None;
    }
    let mut index = Vec::new();
    let mut parts = Vec::new();
    for attribute in LOOKED_UP {
        for (at, word) in words(policy, attribute).into_iter().enumerate() {
            let anchor = format!("{attribute}{}", at + 1);
            let title = format!("{attribute}：{word}");
            let fits = rules.iter().filter(|(rule, _)| may_concern(&rule.conditions, attribute, word));
            let rows: Vec<Row> = fits.map(|(rule, words)| row(folder, rule, words)).collect();
            if !rows.is_empty() {
                index.push((anchor.clone(), title.clone(), rows.len()));
                parts.extend([heading(&title, &anchor), table_of(&HEAD, rows)]);
            }
        }
    }
    let everybody =
        rules.iter().filter(|(rule, _)| !LOOKED_UP.iter().any(|attribute| asks_for(&rule.conditions, attribute)));
    let rows: Vec<Row> = everybody.map(|(rule, words)| row(folder, rule, words)).collect();
    if !rows.is_empty() {
        let (anchor, title) = ("others".to_owned(), "不限行业和称号的事项".to_owned());
        index.push((anchor.clone(), title.clone(), rows.len()));
        parts.extend([heading(&title, &anchor), table_of(&HEAD, rows)]);
    }
    let lines = index.into_iter().map(|(anchor, title, many)| {
        let link = Inline::Link { href: format!("#{anchor}"), text: inlines(&title) };
        vec![Block::Paragraph {
            label: None,
            text: [vec![link], inlines(&format!("（{many}项）"))].concat(),
            indent: false,
        }]
    });
    let many = "有几个行业、几个称号的，各处都看。";
    let told = format!("{}列出的是可能适用的事项，是否给予以条款和申报为准。", if lines.len() > 1 { many } else { "" });
    let mut body = vec![Block::Paragraph { label: None, text: inlines(&told), indent: true }];
    body.push(Block::List { items: lines.collect() });
    body.extend(parts);
    Some(Article::below(document, folder, "guide", "申报事项速查", body))
}

const HEAD: [&str; 5] = ["条款", "事项", "对象", "条件", "给予"];

/// A matter, its clause leading to the policy's words.
fn row(folder: &str, rule: &Rule, words: &RuleInWords<'_>) -> Row {
    let clause = rule.clause.value.0.as_str();
    let link = vec![Inline::Link { href: format!("{folder}/#{clause}"), text: inlines(clause) }];
    let lines = |lines: &[String]| -> Vec<Inline> {
        let mut text = Vec::new();
        for line in lines {
            if !text.is_empty() {
                text.push(Inline::Break);
            }
            text.extend(inlines(line));
        }
        text
    };
    let conditions: Vec<String> = words.conditions.iter().map(|condition| (*condition).to_owned()).collect();
    let cells = [link, inlines(words.name), inlines(words.subject), lines(&conditions), lines(&words.gives)];
    Row::new(cells.into_iter().map(Cell::from).collect(), false)
}

/// Whether conditions ask about an attribute.
fn asks_for(conditions: &[Condition], attribute: &str) -> bool {
    let mut asks = false;
    asked(conditions, attribute, &mut |_, _| asks = true);
    asks
}

/// Every question about an attribute, wherever among the conditions.
fn asked<'r>(conditions: &'r [Condition], attribute: &str, told: &mut dyn FnMut(&'r [String], &'r [String])) {
    for condition in conditions {
        match &condition.kind {
            Kind::Attribute(own) if own.name.value == attribute => told(&own.some, &own.none),
            Kind::All(inner) | Kind::Any(inner) => asked(inner, attribute, told),
            Kind::Not(inner) => asked(std::slice::from_ref(inner), attribute, told),
            _ => {}
        }
    }
}

/// Whether a rule asks for a word, or at least does not exclude it: what must hold besides is another question. A rule that does not ask
/// for the attribute at all concerns everyone, and is told under no word of it but where another condition names it.
fn may_concern(conditions: &[Condition], attribute: &str, word: &str) -> bool {
    let mut asks = false;
    let mut fits = true;
    let mut any = false;
    asked(conditions, attribute, &mut |some, none| {
        asks = true;
        let has = some.is_empty() || some.iter().any(|own| own == word);
        any |= has && !some.is_empty();
        // 有 of one condition may be met by another word that the enterprise has as well; 无 excludes for good.
        fits &= !none.iter().any(|own| own == word);
    });
    asks && fits && (any || attribute == "行业")
}
