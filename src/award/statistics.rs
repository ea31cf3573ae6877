//! 统计 — a year's awards counted: by clause, district, industry and level of government, the largest recipients, and how far the
//! limits were used; and the years side by side. Reports and charts take their figures from here.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};

use super::{Assessment, Outcome, Summary, assess};
use crate::calendar::Year;
use crate::money::Money;
use crate::policy::{Policy, What, shared};
use crate::register::Register;
use crate::source::Place;

/// How many of the largest recipients are named.
const LARGEST: usize = 10;

/// A year's awards, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statistics {
    /// The year of the facts.
    #[serde(rename = "年度")]
    pub year: Year,
    /// What is given altogether.
    #[serde(rename = "合计")]
    pub total: Count,
    /// By clause, in the order of the policies.
    #[serde(rename = "条款")]
    pub clauses: Vec<Count>,
    /// By district, the largest first.
    #[serde(rename = "区县")]
    pub districts: Vec<Count>,
    /// By the narrowest industry of the enterprise, the largest first.
    #[serde(rename = "行业")]
    pub industries: Vec<Count>,
    /// The enterprises that get most.
    #[serde(rename = "前十")]
    pub largest: Vec<Count>,
    /// What each level of government pays, where the policies say so.
    #[serde(rename = "分担")]
    pub levels: Vec<Count>,
    /// How far each limit was used.
    #[serde(rename = "限额")]
    pub limits: Vec<LimitUse>,
    /// All years for which something was declared.
    #[serde(rename = "各年度")]
    pub years: Vec<Count>,
}

/// A line of a statistic.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Of what.
    #[serde(rename = "名称")]
    pub name: String,
    /// How many enterprises get something.
    #[serde(rename = "企业数")]
    pub enterprises: usize,
    /// In how many awards.
    #[serde(rename = "项数")]
    pub awards: usize,
    /// How much.
    #[serde(rename = "金额", serialize_with = "exact")]
    pub amount: Money,
}

/// How far a limit was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LimitUse {
    /// The clause.
    #[serde(rename = "条款")]
    pub clause: String,
    /// What it limits.
    #[serde(rename = "范围")]
    pub scope: &'static str,
    /// The limit.
    #[serde(rename = "限额", serialize_with = "exact")]
    pub limit: Money,
    /// How many awards were held against it.
    #[serde(rename = "核对项数")]
    pub asked: usize,
    /// How many of them reached it.
    #[serde(rename = "达到项数")]
    pub reached: usize,
    /// What it cut off altogether.
    #[serde(rename = "核减", serialize_with = "exact")]
    pub cut: Money,
}

fn exact<S: Serializer>(money: &Money, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&money.exact_text())
}

/// Sums by a name, with the enterprises counted once each.
#[derive(Default)]
struct Tally<'a> {
    order: Vec<&'a str>,
    lines: BTreeMap<&'a str, (Count, BTreeSet<&'a str>)>,
}

impl<'a> Tally<'a> {
    fn add(&mut self, name: &'a str, code: &'a str, amount: Money) {
        let (line, codes) = self.lines.entry(name).or_insert_with(|| {
            self.order.push(name);
            (Count { name: name.to_owned(), ..Count::default() }, BTreeSet::new())
        });
        line.amount += amount;
        line.awards += 1;
        codes.insert(code);
        line.enterprises = codes.len();
    }

    fn in_order(mut self) -> Vec<Count> {
        let lines = self.order.iter().filter_map(|name| self.lines.remove(name));
        lines.map(|(line, _)| line).collect()
    }

    fn largest_first(self) -> Vec<Count> {
        let mut lines = self.in_order();
        lines.sort_by(|a, b| b.amount.cmp(&a.amount).then_with(|| a.name.cmp(&b.name)));
        lines
    }
}

impl Statistics {
    /// Counts a year's awards, and the awards of all years beside them.
    pub fn of(register: &Register, policies: &[Policy], year: Year) -> Self {
        let assessments = assess(register, policies, year);
        let years = register.declarations.keys().map(|year| {
            let summary = Summary::of(&assess(register, policies, *year));
            let (enterprises, awards, amount) = (summary.enterprises, summary.awards, summary.total);
            Count { name: year.to_string(), enterprises, awards, amount }
        });
        let (mut clauses, mut districts, mut industries) = (Tally::default(), Tally::default(), Tally::default());
        let (mut enterprises, mut levels, mut total) = (Tally::default(), Tally::default(), Tally::default());
        for assessment in &assessments {
            let Outcome::Granted(amount) = assessment.outcome else { continue };
            let enterprise = assessment.enterprise;
            let code = enterprise.code.value.as_str();
            clauses.add(&assessment.rule.clause.value.0, code, amount);
            districts.add(&enterprise.district.value, code, amount);
            industries.add(enterprise.industries.value.last().map_or("未填写", String::as_str), code, amount);
            enterprises.add(&enterprise.name.value, code, amount);
            total.add("合计", code, amount);
            for (level, part) in shared(amount, assessment.parts()) {
                levels.add(level, code, part);
            }
        }
        let mut largest = enterprises.largest_first();
        largest.truncate(LARGEST);
        Self {
            year,
            total: total.in_order().pop().unwrap_or_else(|| Count { name: "合计".to_owned(), ..Count::default() }),
            clauses: in_order_of(policies, clauses.in_order()),
            districts: districts.largest_first(),
            industries: industries.largest_first(),
            largest,
            levels: levels.in_order(),
            limits: limits(&assessments),
            years: years.collect(),
        }
    }

    /// `--format json`.
    pub fn json(&self) -> String {
        // Strings, numbers and lists of them always have a JSON form.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// Lines of clauses in the order of the policies.
fn in_order_of(policies: &[Policy], mut lines: Vec<Count>) -> Vec<Count> {
    let known: Vec<&str> =
        policies.iter().flat_map(|policy| &policy.rules.rules).map(|rule| rule.clause.value.0.as_str()).collect();
    lines.sort_by_key(|line| known.iter().position(|clause| *clause == line.name));
    lines
}

fn limits(assessments: &[Assessment<'_>]) -> Vec<LimitUse> {
    let mut uses: BTreeMap<(usize, Option<Place>), LimitUse> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for assessment in assessments {
        let clause = assessment.rule.clause.value.0.as_str();
        let at = order.iter().position(|known| *known == clause).unwrap_or_else(|| {
            order.push(clause);
            order.len() - 1
        });
        for step in &assessment.steps {
            let What::Limit { scope, limit, used, before, after } = step.what else { continue };
            let line = uses.entry((at, step.place)).or_insert_with(|| LimitUse {
                clause: clause.to_owned(),
                scope,
                limit,
                asked: 0,
                reached: 0,
                cut: Money::ZERO,
            });
            line.asked += 1;
            line.reached += usize::from(used + after >= limit);
            line.cut += before.less(after);
        }
    }
    uses.into_values().collect()
}
