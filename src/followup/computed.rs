//! 计算 — values of indicators that follow from what is declared, awarded and paid: sums, how many, how much it grew, which share. Each is a
//! part and a whole by district, so that the city's value is that of all districts together and never an average of theirs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{Plan, Quantity};
use crate::award::{Assessment, assess};
use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::document::ClauseId;
use crate::policy::names::check_asked;
use crate::policy::{Condition, Dossier, Facts, Policy};
use crate::register::{CreditCode, Declaration, Enterprise, Item, Register};
use crate::yaml::Located;

/// What the program computes; a kind is a key, or a word where nothing else is to be said.
#[derive(Debug)]
pub enum Computed {
    /// What the awards of the year come to.
    Awarded(OfClauses),
    /// How many enterprises get something.
    Enterprises(OfClauses),
    /// What the ledger of the year paid, without what it took back.
    Paid(OfClauses),
    /// By how many per cent a declared figure grew.
    Growth(Growth),
    /// Which share of the enterprises that declared meets a condition, in per cent.
    Share(Box<Share>),
}

/// 条款: `[四（五）7]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfClauses {
    /// The clauses that count; all, where none is written.
    #[serde(rename = "条款", default)]
    pub clauses: Vec<Located<ClauseId>>,
}

/// 增长率: `{ 量: 主营业务收入, 企业: 获奖 }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Growth {
    /// The enterprise's own figure; only those count that stated it for both years.
    #[serde(rename = "量")]
    pub quantity: Located<String>,
    /// Whose.
    #[serde(rename = "企业", default)]
    pub whose: Whose,
}

/// 占比: `{ 符合: { 属性: { 名称: 研发活动, 有: [是] } } }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// What those of the share meet: a condition as rules have it.
    #[serde(rename = "符合")]
    pub meets: Condition,
    /// Of whom; of all that declared, where nothing is written.
    #[serde(rename = "其中", default)]
    pub among: Option<Condition>,
}

/// Which enterprises count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Whose {
    /// All that declared.
    #[default]
    #[serde(rename = "全部")]
    All,
    /// Those that get something.
    #[serde(rename = "获奖")]
    Awarded,
    /// Those that declared and get nothing.
    #[serde(rename = "未获奖")]
    Others,
}

/// The kinds as keys.
#[derive(Deserialize)]
enum Kinds {
    #[serde(rename = "奖励金额")]
    Awarded(OfClauses),
    #[serde(rename = "获奖企业数")]
    Enterprises(OfClauses),
    #[serde(rename = "兑现金额")]
    Paid(OfClauses),
    #[serde(rename = "增长率")]
    Growth(Growth),
    #[serde(rename = "占比")]
    Share(Box<Share>),
}

impl<'de> Deserialize<'de> for Computed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Computed;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("奖励金额、获奖企业数、兑现金额，或“占比: …”“增长率: …”")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Computed, E> {
                match text {
                    "奖励金额" => Ok(Computed::Awarded(OfClauses::default())),
                    "获奖企业数" => Ok(Computed::Enterprises(OfClauses::default())),
                    "兑现金额" => Ok(Computed::Paid(OfClauses::default())),
                    _ => Err(E::custom(format!(
                        "不会计算“{text}”；可以写奖励金额、获奖企业数、兑现金额，或“增长率: {{ 量: … }}”“占比: {{ 符合: … }}”"
                    ))),
                }
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Computed, A::Error> {
                Ok(match Kinds::deserialize(MapAccessDeserializer::new(map))? {
                    Kinds::Awarded(clauses) => Computed::Awarded(clauses),
                    Kinds::Enterprises(clauses) => Computed::Enterprises(clauses),
                    Kinds::Paid(clauses) => Computed::Paid(clauses),
                    Kinds::Growth(growth) => Computed::Growth(growth),
                    Kinds::Share(share) => Computed::Share(share),
                })
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl Computed {
    /// The unit in which it is computed.
    #[must_use]
    pub fn unit(&self) -> &'static str {
        match self {
            Self::Awarded(_) | Self::Paid(_) => "元",
            Self::Enterprises(_) => "家",
            Self::Growth(_) | Self::Share(_) => "%",
        }
    }

    /// How it is computed, as a page names the source of a value.
    #[must_use]
    pub fn source(&self) -> String {
        let of = |clauses: &OfClauses| match clauses.clauses.as_slice() {
            [] => String::new(),
            some => {
                let names: Vec<&str> = some.iter().map(|clause| clause.value.0.as_str()).collect();
                format!("（条款{}）", names.join("、"))
            }
        };
        match self {
            Self::Awarded(clauses) | Self::Enterprises(clauses) => format!("由奖励核定结果计算{}", of(clauses)),
            Self::Paid(clauses) => format!("由奖励台账计算{}", of(clauses)),
            Self::Growth(growth) => {
                let whose = match growth.whose {
                    Whose::All => "申报企业",
                    Whose::Awarded => "获奖企业",
                    Whose::Others => "申报而未获奖的企业",
                };
                format!("由申报计算：{whose}两年{}的合计相比", growth.quantity.value)
            }
            Self::Share(share) => {
                let among = share.among.as_ref().map(|among| format!("{}的", among.text)).unwrap_or_default();
                format!("由申报计算：{among}申报企业中{}的占比", share.meets.text)
            }
        }
    }

    /// The names that declarations of enterprises must state for it.
    #[must_use]
    pub fn asks(&self) -> Vec<&str> {
        match self {
            Self::Awarded(_) | Self::Enterprises(_) | Self::Paid(_) => Vec::new(),
            Self::Growth(growth) => vec![growth.quantity.value.as_str()],
            Self::Share(share) => {
                share.among.iter().chain([&share.meets]).flat_map(|condition| condition.names()).collect()
            }
        }
    }

    /// Checks what it names: clauses, figures, attributes.
    pub(super) fn check(&self, policy: &Policy, register: &Register) -> Report {
        let mut report = Report::default();
        match self {
            Self::Awarded(of) | Self::Enterprises(of) | Self::Paid(of) => {
                for clause in of.clauses.iter().filter(|clause| policy.outline.clause(&clause.value).is_none()) {
                    let known = policy.outline.clauses().iter().map(|clause| clause.id.0.as_str());
                    let help = nearest(&clause.value.0, known)
                        .map_or_else(|| "写条款名，如 四（五）7".to_owned(), |near| format!("是不是“{near}”？"));
                    let message = format!("{}没有条款“{}”", policy.name(), clause.value);
                    report.push(Diagnostic::error(Code::Clause, message).at(clause.place).help(help));
                }
            }
            Self::Growth(growth) => {
                let mut known = register.schema.quantities(Item::ENTERPRISE);
                if !known.any(|(name, unit)| name == growth.quantity.value && unit == "元") {
                    let known = register.schema.quantities(Item::ENTERPRISE).filter(|(_, unit)| *unit == "元");
                    let known: Vec<&str> = known.map(|(name, _)| name).collect();
                    let help = nearest(&growth.quantity.value, known.iter().copied()).map_or_else(
                        || format!("可以写：{}；要加别的，写进 data/facts.yaml 的“企业”", known.join("、")),
                        |near| format!("是不是“{near}”？"),
                    );
                    let message = format!("申报的企业没有“{}”这个数额", growth.quantity.value);
                    report.push(Diagnostic::error(Code::Unknown, message).at(growth.quantity.place).help(help));
                }
            }
            Self::Share(share) => {
                for condition in share.among.iter().chain([&share.meets]) {
                    report.absorb(check_asked(condition, Item::ENTERPRISE, register));
                }
            }
        }
        report
    }
}

/// What values are computed from; the awards of each declared year are assessed once.
pub struct Ground<'a> {
    /// Enterprises, declarations, ledger.
    pub register: &'a Register,
    /// The policies.
    pub policies: &'a [Policy],
    /// Their plans.
    pub plans: &'a [Plan],
    assessed: BTreeMap<Year, Vec<Assessment<'a>>>,
}

impl<'a> Ground<'a> {
    /// The ground for some computations.
    pub fn new<'i>(
        register: &'a Register,
        policies: &'a [Policy],
        plans: &'a [Plan],
        computed: impl IntoIterator<Item = &'i Computed>,
    ) -> Self {
        let rests_on_awards = |computed: &Computed| match computed {
            Computed::Awarded(_) | Computed::Enterprises(_) => true,
            Computed::Growth(growth) => growth.whose != Whose::All,
            Computed::Paid(_) | Computed::Share(_) => false,
        };
        let years = if computed.into_iter().any(rests_on_awards) {
            register.declarations.keys().map(|year| (*year, assess(register, policies, *year))).collect()
        } else {
            BTreeMap::new()
        };
        Self { register, policies, plans, assessed: years }
    }

    /// The values of a year, in the unit of the computation; `None` where the year has none.
    pub(super) fn of_year(&self, computed: &'a Computed, policy: &str, year: Year) -> Option<OfYear<'a>> {
        let policy = self.policies.iter().find(|known| known.slug == policy).filter(|policy| policy.covers(year))?;
        let parts = match computed {
            Computed::Awarded(of) => {
                let own = self.awards(policy, year)?.filter(|one| counts(&of.clauses, &one.rule.clause.value));
                sums(own.map(|one| (one.enterprise.district.value.as_str(), one.amount().decimal())))
            }
            Computed::Enterprises(of) => {
                let own = self.awards(policy, year)?.filter(|one| counts(&of.clauses, &one.rule.clause.value));
                let own = own.filter(|one| !one.amount().is_zero());
                let own: BTreeSet<(&str, CreditCode)> =
                    own.map(|one| (one.enterprise.district.value.as_str(), one.enterprise.code.value)).collect();
                sums(own.into_iter().map(|(district, _)| (district, Decimal::ONE)))
            }
            Computed::Paid(of) => self.paid(of, policy, year)?,
            Computed::Growth(growth) => self.growth(growth, policy, year)?,
            Computed::Share(share) => self.share(share, policy, year)?,
        };
        OfYear::of(&parts, computed.unit() == "%")
    }

    fn awards(&self, policy: &Policy, year: Year) -> Option<impl Iterator<Item = &Assessment<'a>>> {
        let place = policy.rules.term.place;
        let all = self.assessed.get(&year)?;
        Some(all.iter().filter(move |one| one.policy.rules.term.place == place))
    }

    /// The declarations of a year that count for a policy, each with its enterprise.
    fn declared(&self, policy: &Policy, year: Year) -> impl Iterator<Item = (&'a Enterprise, &'a Declaration)> {
        let slug = policy.slug.clone();
        let register = self.register;
        let own = register.declarations.get(&year).into_iter().flatten();
        let own = own.filter(move |one| one.policy.as_ref().is_none_or(|only| *only == slug));
        own.filter_map(move |one| Some((register.enterprise(one.enterprise.value)?, one)))
    }

    fn paid(&self, of: &OfClauses, policy: &Policy, year: Year) -> Option<Parts<'a>> {
        let own = self.register.ledger.get(&year)?.iter().filter(|entry| {
            entry.policy.as_ref().is_none_or(|own| own.value == policy.slug) && counts(&of.clauses, &entry.clause.value)
        });
        let moved = own.filter_map(|entry| {
            let enterprise = self.register.enterprise(entry.enterprise.value)?;
            let amount = entry.amount.value.decimal();
            let signed = match entry.kind() {
                kind if kind.pays() => amount,
                kind if kind.takes_back() => -amount,
                _ => return None,
            };
            Some((enterprise.district.value.as_str(), signed))
        });
        Some(sums(moved))
    }

    fn growth(&self, growth: &Growth, policy: &Policy, year: Year) -> Option<Parts<'a>> {
        let awarded: BTreeSet<CreditCode> = match growth.whose {
            Whose::All => BTreeSet::new(),
            Whose::Awarded | Whose::Others => {
                let given = self.awards(policy, year)?.filter(|one| !one.amount().is_zero());
                given.map(|one| one.enterprise.code.value).collect()
            }
        };
        let mut seen = BTreeSet::new();
        let mut parts = Parts::new();
        for (enterprise, declaration) in self.declared(policy, year) {
            let code = enterprise.code.value;
            let is_meant = match growth.whose {
                Whose::All => true,
                Whose::Awarded => awarded.contains(&code),
                Whose::Others => !awarded.contains(&code),
            };
            let Some(figures) = declaration.amounts.get(&growth.quantity.value).filter(|_| is_meant) else { continue };
            if let (Some(now), Some(before)) = (figures.get(year), figures.get(year.previous()))
                && seen.insert(code)
            {
                let (now, before) = (now.value.decimal(), before.value.decimal());
                let part = parts.entry(&enterprise.district.value).or_default();
                *part = (part.0 + now - before, part.1 + before);
            }
        }
        Some(parts)
    }

    fn share(&self, share: &'a Share, policy: &'a Policy, year: Year) -> Option<Parts<'a>> {
        // An enterprise with several batches of declarations is one.
        let mut of_enterprise: BTreeMap<CreditCode, (&str, bool)> = BTreeMap::new();
        let mut answered = false;
        for (enterprise, declaration) in self.declared(policy, year) {
            let dossier = Dossier::new(self.register, enterprise, year, declaration.batch);
            let item = Item::Enterprise(dossier.declaration);
            let facts = Facts { dossier: &dossier, policy, item: &item };
            if share.among.as_ref().is_some_and(|among| among.known(&facts) != Some(true)) {
                continue;
            }
            answered |= share.meets.names().iter().any(|name| facts.is_stated(name));
            let meets = share.meets.known(&facts) == Some(true);
            let known = of_enterprise.entry(enterprise.code.value).or_insert((&enterprise.district.value, false));
            known.1 |= meets;
        }
        // A year in which nobody was asked has no share, not one of nothing.
        if !answered {
            return None;
        }
        let mut parts = Parts::new();
        for (district, meets) in of_enterprise.into_values() {
            let part = parts.entry(district).or_default();
            *part = (part.0 + Decimal::from(u8::from(meets)), part.1 + Decimal::ONE);
        }
        Some(parts)
    }
}

/// The part and the whole of each district.
type Parts<'a> = BTreeMap<&'a str, (Decimal, Decimal)>;

fn sums<'a>(moved: impl Iterator<Item = (&'a str, Decimal)>) -> Parts<'a> {
    let mut parts = Parts::new();
    for (district, amount) in moved {
        parts.entry(district).or_default().0 += amount;
    }
    parts
}

fn counts(clauses: &[Located<ClauseId>], clause: &ClauseId) -> bool {
    clauses.is_empty() || clauses.iter().any(|own| own.value == *clause)
}

/// The values of one year.
pub(super) struct OfYear<'a> {
    pub(super) city: Decimal,
    /// The districts that have one.
    pub(super) districts: Vec<(&'a str, Decimal)>,
}

impl<'a> OfYear<'a> {
    fn of(parts: &Parts<'a>, in_percent: bool) -> Option<Self> {
        let value = |(part, whole): (Decimal, Decimal)| {
            if !in_percent {
                return Some(part);
            }
            let percent = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
            Some(percent.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).normalize())
        };
        let city = value(parts.values().fold(Default::default(), |sum, part| (sum.0 + part.0, sum.1 + part.1)))?;
        let districts = parts.iter().filter_map(|(district, part)| Some((*district, value(*part)?)));
        Some(Self { city, districts: districts.filter(|(_, value)| in_percent || !value.is_zero()).collect() })
    }

    /// The same in another unit of the same kind.
    pub(super) fn in_unit(self, base: &str, unit: &str) -> Option<Self> {
        let other = |number: Decimal| Quantity::of(number, base)?.in_unit(unit);
        let districts = self.districts.into_iter().map(|(district, value)| Some((district, other(value)?)));
        Some(Self { city: other(self.city)?, districts: districts.collect::<Option<_>>()? })
    }
}
