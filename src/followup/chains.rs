//! 产业链 — the chains of an industry with who is responsible for each (双长制: 链长 and 盟会长), their enterprises and districts:
//! `data/chains.yaml`; and what was awarded and done along each.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::binding::{check_twice, unknown_district};
use super::standing::{Count, Line, Standing};
use super::{Plan, Round};
use crate::award::Assessment;
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::money::Money;
use crate::register::{CreditCode, Enterprise, Register, Several};
use crate::yaml::Located;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chains {
    /// All chains.
    #[serde(rename = "产业链", default)]
    pub chains: Vec<Chain>,
}

/// A chain.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// What it is called.
    #[serde(rename = "名称")]
    pub name: Located<String>,
    /// 链长: the leader of the city who answers for it.
    #[serde(rename = "链长")]
    pub head: String,
    /// 盟会长: the enterprise, by its code, or the alliance or association, by its name, that leads its members.
    #[serde(rename = "盟会长", default)]
    pub president: Option<Located<String>>,
    /// The industries whose enterprises belong to it.
    #[serde(rename = "行业", default)]
    pub industries: Several,
    /// Enterprises that belong to it beside these.
    #[serde(rename = "企业", default)]
    pub enterprises: Vec<Located<CreditCode>>,
    /// The districts where it lies.
    #[serde(rename = "区县", default)]
    pub districts: Several,
}

/// What a line about a chain tells: words, and from the fourth on figures.
pub const COLUMNS: [&str; 9] =
    ["产业链", "链长", "盟会长", "企业数", "获奖企业数", "奖励（万元）", "任务数", "滞后和未报", "逾期"];

/// What was awarded and done along a chain.
#[derive(Debug)]
pub struct Along<'a> {
    /// The chain.
    pub chain: &'a Chain,
    /// The enterprises that belong to it, each with what it gets.
    pub members: Vec<(&'a Enterprise, Money)>,
    /// How its tasks stand.
    pub lines: Vec<Line<'a>>,
}

impl Along<'_> {
    /// How many of its enterprises get something.
    #[must_use]
    pub fn awarded(&self) -> usize {
        self.members.iter().filter(|(_, amount)| !amount.is_zero()).count()
    }

    /// What they get.
    #[must_use]
    pub fn amount(&self) -> Money {
        self.members.iter().map(|(_, amount)| *amount).sum()
    }

    /// How many of its tasks stand how.
    #[must_use]
    pub fn tasks(&self) -> Count {
        Count::of(&self.lines)
    }

    /// Itself in a line below [`COLUMNS`].
    #[must_use]
    pub fn told(&self, register: &Register) -> Vec<String> {
        let tasks = self.tasks();
        vec![
            self.chain.name.value.clone(),
            self.chain.head.clone(),
            self.chain.president(register).to_owned(),
            self.members.len().to_string(),
            self.awarded().to_string(),
            self.amount().wan_text(),
            tasks.total.to_string(),
            (tasks.behind + tasks.silent).to_string(),
            tasks.overdue.to_string(),
        ]
    }
}

impl Chain {
    /// Whether an enterprise belongs to it.
    #[must_use]
    pub fn has(&self, enterprise: &Enterprise) -> bool {
        let of_industry = self.industries.iter().any(|own| enterprise.industries.value.contains(&own.value));
        of_industry || self.enterprises.iter().any(|code| code.value == enterprise.code.value)
    }

    /// Who presides, by name.
    #[must_use]
    pub fn president<'a>(&'a self, register: &'a Register) -> &'a str {
        let Some(president) = &self.president else { return "" };
        let code = president.value.parse::<CreditCode>().ok();
        let enterprise = code.and_then(|code| register.enterprise(code));
        enterprise.map_or(president.value.as_str(), |enterprise| enterprise.name.value.as_str())
    }
}

/// Checks the chains, and that the tasks name those that are there.
pub fn check(chains: &[Chain], plans: &[Plan], register: &Register, districts: Option<&Several>) -> Report {
    let mut report = Report::default();
    check_twice(chains.iter().map(|chain| &chain.name), "产业链", &mut report);
    for chain in chains {
        let presiding = chain.president.iter().filter_map(|president| {
            let value = president.value.parse::<CreditCode>().ok()?;
            Some(Located { value, place: president.place })
        });
        for code in chain.enterprises.iter().copied().chain(presiding) {
            if register.enterprise(code.value).is_none() {
                let message = format!("企业库里没有统一社会信用代码 {}", code.value);
                let help = "改正代码，或先在 data/enterprises 里登记";
                report.push(Diagnostic::error(Code::Reference, message).at(code.place).help(help));
            }
        }
        if let Some(known) = districts {
            let unknown = chain.districts.iter().filter(|one| !known.iter().any(|known| known.value == one.value));
            report.extend(unknown.map(|district| unknown_district(district, known)));
        }
    }
    for chain in plans.iter().flat_map(|plan| &plan.tasks).filter_map(|task| task.chain.as_ref()) {
        if !chains.iter().any(|known| known.name.value == chain.value) {
            let help = nearest(&chain.value, chains.iter().map(|known| known.name.value.as_str()))
                .map_or_else(|| "写进 data/chains.yaml".to_owned(), |near| format!("是不是“{near}”？"));
            let message = format!("没有产业链“{}”", chain.value);
            report.push(Diagnostic::error(Code::Reference, message).at(chain.place).help(help));
        }
    }
    report
}

/// What was awarded and done along each chain: by these assessments of a year, and by the last reports on these plans.
#[must_use]
pub fn along<'a>(
    chains: &'a [Chain],
    register: &'a Register,
    assessments: &[Assessment<'_>],
    plans: &[(&'a Plan, Vec<&'a Round>)],
) -> Vec<Along<'a>> {
    let mut given: BTreeMap<CreditCode, Money> = BTreeMap::new();
    for assessment in assessments {
        *given.entry(assessment.enterprise.code.value).or_insert(Money::ZERO) += assessment.amount();
    }
    let standings: Vec<Standing<'a>> = plans
        .iter()
        .filter_map(|(plan, rounds)| Some(Standing::of(plan, rounds, rounds.last()?.period.value)))
        .collect();
    let one = |chain: &'a Chain| {
        let members = register.enterprises.values().filter(|one| chain.has(one));
        let gets = |one: &Enterprise| given.get(&one.code.value).copied().unwrap_or(Money::ZERO);
        let of_chain = |line: &&Line<'a>| line.task.chain.as_ref().is_some_and(|own| own.value == chain.name.value);
        Along {
            chain,
            members: members.map(|one| (one, gets(one))).collect(),
            lines: standings.iter().flat_map(|standing| &standing.lines).filter(of_chain).copied().collect(),
        }
    };
    chains.iter().map(one).collect()
}
