//! 申报 — what a policy gives to whom, for the templates of 申报通知 and 申报指南: each clause with its conditions, its tiers, its materials; by
//! industry and title, which clauses may concern an enterprise; and from when until when declarations are taken.

use serde_json::{Value, json};

use crate::award::Case;
use crate::calendar::Day;
use crate::policy::condition::Kind;
use crate::policy::{Condition, Policy, Rule, RuleInWords, Standard};

/// When declarations are taken.
#[derive(Clone, Copy)]
pub(super) struct Term {
    pub(super) from: Day,
    pub(super) workdays: u32,
    pub(super) last: Day,
}

/// What a template sees of a policy and the days on which declarations under it are taken.
pub(super) fn facts(policy: &Policy, cases: &[Case], term: Term) -> Value {
    let carried = policy.carried();
    let cases: Vec<&Case> = cases.iter().filter(|case| case.policy == policy.slug).collect();
    let of_clause = |clause: &crate::policy::Carried<'_>| -> Vec<Value> {
        let rules = policy.rules.rules.iter().filter(|rule| rule.clause.value == clause.clause.id);
        rules.zip(&clause.rules).map(|(rule, words)| one(clause, rule, words, &cases)).collect()
    };
    json!({
        "政策": { "标题": policy.title, "发文字号": policy.number, "失效日期": policy.last_day().iso() },
        "程序": policy.rules.procedure.clone().unwrap_or_default(),
        "起": term.from.iso(),
        "止": term.last.iso(),
        "工作日": term.workdays.to_string(),
        "条款": carried.iter().flat_map(of_clause).collect::<Vec<_>>(),
        "行业": by_word(policy, "行业"),
        "称号": by_word(policy, "称号"),
    })
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
    let rows = words.into_iter().map(|word| {
        let fits = policy.rules.rules.iter().filter(|rule| may_concern(&rule.conditions, attribute, word));
        let matters: Vec<String> = fits.map(|rule| format!("{} {}", rule.clause.value, rule.name)).collect();
        json!({ "名称": word, "事项": matters })
    });
    rows.collect()
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
