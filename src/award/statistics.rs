//! 统计 — a year's awards counted: by clause, district, industry and level of government, the largest recipients, and how far the
//! limits were used; and the years side by side. Reports and charts take their figures from here.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};

use super::{Assessment, Outcome, Summary, assess};
use crate::calendar::Year;
use crate::money::Money;
use crate::policy::{ClauseRef, Policy, What, shared};
use crate::register::Register;
use crate::source::Place;
use crate::trace::Together;

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
    /// By rule, in the order of the policies.
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

/// Sums by a key, with the enterprises counted once each.
struct Tally<'a, K = &'a str> {
    order: Vec<K>,
    lines: BTreeMap<K, (Count, BTreeSet<&'a str>)>,
}

impl<K> Default for Tally<'_, K> {
    fn default() -> Self {
        Self { order: Vec::new(), lines: BTreeMap::new() }
    }
}

impl<'a, K: Ord + Copy> Tally<'a, K> {
    fn add(&mut self, key: K, name: impl FnOnce() -> String, code: &'a str, amount: Money) {
        let (line, codes) = self.lines.entry(key).or_insert_with(|| {
            self.order.push(key);
            (Count { name: name(), ..Count::default() }, BTreeSet::new())
        });
        line.amount += amount;
        line.awards += 1;
        codes.insert(code);
        line.enterprises = codes.len();
    }

    fn in_order(mut self) -> Vec<Count> {
        let lines = self.order.iter().filter_map(|key| self.lines.remove(key));
        lines.map(|(line, _)| line).collect()
    }

    fn by_key(self) -> Vec<Count> {
        self.lines.into_values().map(|(line, _)| line).collect()
    }

    fn largest_first(self) -> Vec<Count> {
        let mut lines = self.in_order();
        lines.sort_by(|a, b| b.amount.cmp(&a.amount).then_with(|| a.name.cmp(&b.name)));
        lines
    }
}

impl Statistics {
    /// Counts a year's awards, and the awards of all years beside them.
    pub fn of<'a>(register: &'a Register, policies: &'a [Policy], year: Year) -> Self {
        let assessments = assess(register, policies, year);
        let years = register.declarations.keys().map(|year| {
            let summary = Summary::of(&assess(register, policies, *year));
            let (enterprises, awards, amount) = (summary.enterprises, summary.awards, summary.total);
            Count { name: year.to_string(), enterprises, awards, amount }
        });
        let (mut clauses, mut districts, mut industries) = (Tally::default(), Tally::default(), Tally::default());
        let (mut enterprises, mut levels, mut total) = (Tally::default(), Tally::default(), Tally::default());
        let order: Vec<ClauseRef<'_>> = all_rules(policies).collect();
        for assessment in &assessments {
            let Outcome::Granted(amount) = assessment.outcome else { continue };
            let enterprise = assessment.enterprise;
            let code = enterprise.code.value.as_str();
            let clause = assessment.clause();
            let at = order.iter().position(|known| *known == clause);
            clauses.add((at, clause), || label(clause, assessment.policy, &order), code, amount);
            let count = |tally: &mut Tally<'a>, name: &'a str| tally.add(name, || name.to_owned(), code, amount);
            count(&mut districts, &enterprise.district.value);
            count(&mut industries, enterprise.industries.value.last().map_or("未填写", String::as_str));
            count(&mut total, "合计");
            enterprises.add(code, || enterprise.name.value.clone(), code, amount);
            for (level, part) in shared(amount, assessment.parts()) {
                levels.add(level, || level.to_owned(), code, part);
            }
        }
        let mut largest = enterprises.largest_first();
        largest.truncate(LARGEST);
        Self {
            year,
            total: total.in_order().pop().unwrap_or_else(|| Count { name: "合计".to_owned(), ..Count::default() }),
            clauses: clauses.by_key(),
            districts: districts.largest_first(),
            industries: industries.largest_first(),
            largest,
            levels: levels.in_order(),
            limits: limits(&assessments),
            years: years.collect(),
        }
    }

    /// Its parts, each with its name.
    #[must_use]
    pub fn parts(&self) -> [(&'static str, &[Count]); 6] {
        [
            ("条款", &self.clauses),
            ("区县", &self.districts),
            ("行业", &self.industries),
            ("企业（前十）", &self.largest),
            ("分担", &self.levels),
            ("年度", &self.years),
        ]
    }

    /// All its lines, each with what it is a line of; the total last.
    fn lines(&self) -> impl Iterator<Item = (&'static str, &Count)> {
        let parts = self.parts().into_iter().flat_map(|(name, counts)| counts.iter().map(move |count| (name, count)));
        parts.chain(std::iter::once(("合计", &self.total)))
    }

    /// `--format csv`: all lines below each other.
    #[must_use]
    pub fn csv(&self) -> String {
        let rows = self.lines().map(|(of, count)| {
            let numbers = [count.enterprises.to_string(), count.awards.to_string(), count.amount.exact_text()];
            [vec![of.to_owned(), count.name.clone()], numbers.to_vec()].concat()
        });
        crate::csv::text(&["统计", "名称", "企业数", "项数", "金额"], rows)
    }

    /// `--format json`.
    pub fn json(&self) -> String {
        // Strings, numbers and lists of them always have a JSON form.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

fn all_rules(policies: &[Policy]) -> impl Iterator<Item = ClauseRef<'_>> {
    policies.iter().flat_map(|policy| policy.rules.rules.iter().map(|rule| policy.reference(rule)))
}

/// The clause alone where that says which rule it is; with its 事项, and with its policy, where others share the number.
fn label(clause: ClauseRef<'_>, policy: &Policy, all: &[ClauseRef<'_>]) -> String {
    let same = || all.iter().filter(|other| other.clause == clause.clause);
    let of_policy = same().filter(|other| other.policy == clause.policy).count();
    let name = if of_policy > 1 { clause.to_string() } else { clause.clause.to_string() };
    if same().count() > of_policy { format!("{} {name}", policy.name()) } else { name }
}

fn limits(assessments: &[Assessment<'_>]) -> Vec<LimitUse> {
    let mut uses: BTreeMap<(usize, Option<Place>), LimitUse> = BTreeMap::new();
    let mut order: Vec<ClauseRef<'_>> = Vec::new();
    for assessment in assessments {
        let clause = assessment.clause();
        let at = order.iter().position(|known| *known == clause).unwrap_or_else(|| {
            order.push(clause);
            order.len() - 1
        });
        let mut asked: BTreeMap<Option<Place>, bool> = BTreeMap::new();
        for step in &assessment.steps {
            let (scope, limit, reached, cut) = match &step.what {
                &What::Limit { scope, limit, used, before, after } => {
                    (scope, limit, used + after >= limit, before.less(after))
                }
                What::Together(together) => {
                    let Together { scope, limit, used, total, before, after, .. } = **together;
                    (scope, limit, used + total >= limit, before.less(after))
                }
                _ => continue,
            };
            let clause = clause.clause.to_string();
            let empty = || LimitUse { clause, scope, limit, asked: 0, reached: 0, cut: Money::ZERO };
            uses.entry((at, step.place)).or_insert_with(empty).cut += cut;
            *asked.entry(step.place).or_default() |= reached;
        }
        for (place, reached) in asked {
            if let Some(line) = uses.get_mut(&(at, place)) {
                line.asked += 1;
                line.reached += usize::from(reached);
            }
        }
    }
    uses.into_values().collect()
}
