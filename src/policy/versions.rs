//! 政策之间 — what policies say of each other: another one that pays (转引), an older version that is replaced (代替). Each must
//! exist, and neither may lead in a circle.

use super::rule::Referral;
use super::{Policy, Rule, Standard, names};
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::document::ClauseId;
use crate::yaml::Located;

/// Checks what policies say of each other, and the years that each pays for.
pub fn check_versions(policies: &[Policy]) -> Report {
    let mut report = Report::default();
    for policy in policies {
        check_years(policy, &mut report);
        if let Some(old) = &policy.rules.replaces {
            check_replaced(policy, old, policies, &mut report);
        }
        for rule in &policy.rules.rules {
            for referral in referrals(rule) {
                check_referral(policy, rule, referral, policies, &mut report);
            }
        }
    }
    report
}

/// A policy pays for facts of years in which it is in force.
fn check_years(policy: &Policy, report: &mut Report) {
    let (from, to) = (policy.rules.from, policy.last_day());
    for year in policy.rules.years.value.iter().filter(|year| **year < from.year() || **year > to.year()) {
        let message = format!("适用年度{year}不在有效期（{from}至{to}）之内");
        report.push(
            Diagnostic::warning(Code::Term, message)
                .at(policy.rules.years.place)
                .help("核对施行日期、有效期和适用年度"),
        );
    }
    let years = &policy.rules.years;
    for pair in years.value.windows(2) {
        let [one, next] = pair else { continue };
        if next.0 != one.0 + 1 {
            let message = format!("适用年度里{one}后面是{next}，应是一年接一年");
            report.push(Diagnostic::error(Code::Term, message).at(years.place).help("按先后写，不重复，不隔年"));
        }
    }
}

fn check_replaced(policy: &Policy, old: &Located<String>, policies: &[Policy], report: &mut Report) {
    let Some(replaced) = find(old, policies, report) else { return };
    for rule in &policy.rules.rules {
        if let Some(former) = &rule.former {
            names::check_clause(replaced, former, report);
        }
    }
    let versions = std::iter::successors(Some(replaced), |version| {
        let older = version.rules.replaces.as_ref()?;
        policies.iter().find(|policy| policy.slug == older.value)
    });
    if versions.take(policies.len()).any(|version| version.slug == policy.slug) {
        let message = format!("政策“{}”经过几次代替又回到它自己", policy.title);
        report.push(
            Diagnostic::error(Code::Circle, message).at(old.place).help("新的版本代替旧的；旧的版本不写代替新的"),
        );
    }
}

fn check_referral(policy: &Policy, rule: &Rule, referral: &Referral, policies: &[Policy], report: &mut Report) {
    let Some(slug) = &referral.policy else { return };
    let Some(target) = find(slug, policies, report) else { return };
    let Some(clause) = &referral.clause else { return };
    names::check_clause(target, clause, report);
    // A way that comes back to this very clause is at most as long as there are clauses that refer to others.
    let most = policies.iter().map(|policy| policy.rules.rules.len()).sum();
    let mut way = vec![name(policy, &rule.clause.value)];
    let mut at = Some((target, &clause.value));
    while let Some((policy_now, clause_now)) = at.take_if(|_| way.len() <= most) {
        way.push(name(policy_now, clause_now));
        if policy_now.slug == policy.slug && *clause_now == rule.clause.value {
            let message = format!("转引成了循环：{}", way.join(" → "));
            report.push(Diagnostic::error(Code::Circle, message).at(slug.place).help("总要有一条自己规定给予多少"));
            return;
        }
        let rules = policy_now.rules.rules.iter().filter(|rule| rule.clause.value == *clause_now);
        let next = rules.flat_map(referrals).find_map(|referral| {
            let target = policies
                .iter()
                .find(|policy| referral.policy.as_ref().is_some_and(|slug| slug.value == policy.slug))?;
            Some((target, &referral.clause.as_ref()?.value))
        });
        at = next;
    }
}

fn referrals(rule: &Rule) -> impl Iterator<Item = &Referral> {
    rule.standards.iter().filter_map(|standard| match standard {
        Standard::Referral(referral) => Some(referral),
        _ => None,
    })
}

fn name(policy: &Policy, clause: &ClauseId) -> String {
    format!("{}{clause}", policy.name())
}

fn find<'p>(slug: &Located<String>, policies: &'p [Policy], report: &mut Report) -> Option<&'p Policy> {
    let found = policies.iter().find(|policy| policy.slug == slug.value);
    if found.is_none() {
        let known = policies.iter().map(|policy| policy.slug.as_str());
        let help = nearest(&slug.value, known)
            .map_or_else(|| "写 data/policies 里的文件夹名".to_owned(), |near| format!("是不是“{near}”？"));
        report.push(Diagnostic::error(Code::Reference, format!("没有政策“{}”", slug.value)).at(slug.place).help(help));
    }
    found
}
