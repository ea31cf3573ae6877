//! 案例 — cases of a policy that an official can read and add to: given these facts, this is what the clause pays. `check` runs
//! those of `data/policies/<slug>/cases.yaml`, so that a rule that is changed by mistake is found before anything is printed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{Assessment, Cut, Outcome, assess_enterprise};
use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report};
use crate::document::ClauseId;
use crate::money::Money;
use crate::policy::{Dossier, Policy};
use crate::register::{
    ByName, Catalogue, CreditCode, Declaration, DeclarationYear, Enterprise, EntryKind, LedgerEntry, LedgerYear,
    Matter, OtherPolicy, Register, Schema, Several, Yearly,
};
use crate::source::Place;
use crate::trace::Words;
use crate::yaml::{Located, Node, NodeKind};

/// A file of cases.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cases {
    /// The cases.
    #[serde(rename = "案例")]
    pub cases: Vec<Case>,
}

impl Cases {
    /// Brings what the cases declare into the form that declarations have, before they are read.
    pub fn normalise(tree: &mut Node, schema: &Schema) {
        for case in tree.child_mut("案例").into_iter().flat_map(Node::items_mut) {
            if let Some(declared) = case.child_mut("申报") {
                schema.normalise(declared);
            }
            if let Some(NodeKind::Map(years)) = case.child_mut("往年申报").map(|before| &mut before.kind) {
                for (_, declared) in years {
                    schema.normalise(declared);
                }
            }
        }
    }
}

/// A case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it shows.
    #[serde(rename = "名称")]
    pub name: Located<String>,
    /// The policy whose case it is: the one beside whose rules its file lies.
    #[serde(skip)]
    pub policy: String,
    /// The clause that it is about.
    #[serde(rename = "条款")]
    pub clause: Located<ClauseId>,
    /// What the award is called, where the clause has several rules and the case is about one.
    #[serde(rename = "事项", default)]
    rule: Option<Located<String>>,
    /// The year of the facts.
    #[serde(rename = "年度")]
    pub year: Year,
    /// What matters of the enterprise.
    #[serde(rename = "企业", default)]
    enterprise: Firm,
    /// What it declared; nothing, if left out.
    #[serde(rename = "申报", default)]
    declaration: Option<Facts>,
    /// What it declared for other years.
    #[serde(rename = "往年申报", default)]
    before: BTreeMap<Year, Facts>,
    /// What was granted to it before.
    #[serde(rename = "台账", default)]
    ledger: Vec<Granted>,
    /// What it gets: altogether under the clause, or for each product or project by name.
    #[serde(rename = "应得")]
    expected: Located<Expected>,
    /// Words of the reason why nothing is given, or less.
    #[serde(rename = "理由", default)]
    reason: Option<Located<String>>,
    /// The limit that cuts it.
    #[serde(rename = "封顶", default)]
    cap: Option<Located<Money>>,
    /// What the explanation says among other things: `核对限额：每项最高10万元；应计11万元，超过限额，按限额计 → 10万元`, or less of it.
    #[serde(rename = "过程", default)]
    steps: Vec<Located<String>>,
}

/// What matters of an enterprise; the rest is filled in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Firm {
    #[serde(rename = "区县", default)]
    district: Option<Located<String>>,
    #[serde(rename = "行业", default)]
    industries: Option<Located<Vec<String>>>,
    #[serde(rename = "规模以上", default)]
    above_threshold: Option<Located<bool>>,
    #[serde(rename = "称号", default)]
    titles: Option<Located<Vec<String>>>,
    #[serde(rename = "亩均评价", default)]
    grade: Option<Located<String>>,
    #[serde(rename = "有毒有害废弃物处理", default)]
    treats_waste: Option<Located<bool>>,
    #[serde(rename = "其他属性", default)]
    others: BTreeMap<String, Located<String>>,
}

/// A declaration without its enterprise.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    #[serde(rename = "数额", default)]
    amounts: ByName<Yearly>,
    #[serde(rename = "属性", default)]
    attributes: ByName<Located<String>>,
    #[serde(rename = "事项", default)]
    matters: Vec<Matter>,
    #[serde(rename = "不明", default)]
    unknown: Several,
    #[serde(rename = "其他政策", default)]
    other_policies: Vec<OtherPolicy>,
}

/// A grant without its enterprise.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Granted {
    #[serde(rename = "年度")]
    year: Located<Year>,
    #[serde(rename = "政策", default)]
    policy: Option<Located<String>>,
    #[serde(rename = "条款", default)]
    clause: Option<Located<ClauseId>>,
    #[serde(rename = "事项", default)]
    rule: Option<Located<String>>,
    #[serde(rename = "对象", default)]
    subject: Option<Located<String>>,
    #[serde(rename = "金额")]
    amount: Located<Money>,
    #[serde(rename = "档", default)]
    tier: Option<Located<Money>>,
    #[serde(rename = "撤销", default)]
    revoked: bool,
}

/// What a case expects.
#[derive(Debug, Clone)]
enum Expected {
    /// Altogether.
    Total(Money),
    /// For each by name.
    Each(BTreeMap<String, Money>),
}

/// A code that no enterprise has; its check character is right.
const CODE: &str = "91000000MA0000000N";

impl Case {
    /// The same case as one of a policy.
    #[must_use]
    pub fn of_policy(mut self, slug: &str) -> Self {
        slug.clone_into(&mut self.policy);
        self
    }

    /// The case in words, for whoever asks how a clause is computed: what is declared and what that gives. `None` where it is about
    /// more than that: earlier years, limits, refusals.
    #[must_use]
    pub fn example(&self) -> Option<String> {
        let plain = self.ledger.is_empty() && self.before.is_empty() && self.cap.is_none();
        let Expected::Total(total) = &self.expected.value else { return None };
        let declared = self.declaration.as_ref().filter(|_| plain && !total.is_zero())?;
        let of_matters = declared.matters.iter().flat_map(|matter| matter.amounts.iter());
        let figures = declared.amounts.iter().chain(of_matters).flat_map(|(name, figures)| {
            figures.iter().map(move |(year, amount)| format!("{year}年{name}{}", amount.value))
        });
        let figures: Vec<String> = figures.collect();
        (!figures.is_empty()).then(|| format!("{}的，给予{total}", figures.join("、")))
    }

    /// Judges the case. What does not come out as expected is a finding at the expectation; `see` sees how it was judged.
    pub fn check(
        &self,
        catalogues: &BTreeMap<String, Catalogue>,
        policies: &[Policy],
        see: &mut dyn FnMut(&[Assessment<'_>]),
    ) -> Report {
        let place = self.expected.place;
        let code = match CODE.parse::<CreditCode>() {
            Ok(value) => Located { value, place },
            Err(error) => return finding(place, error.to_string()),
        };
        let (register, mut report) = self.register(code, catalogues);
        let Some(enterprise) = register.enterprise(code.value) else { return report };
        let mut assessments: Vec<Assessment<'_>> = Vec::new();
        let (all, policies) = (policies, Policy::standing(policies, self.year));
        assess_enterprise(&Dossier::new(&register, enterprise, self.year, 1), &policies, &mut assessments);
        see(&assessments);
        let own = all.iter().find(|policy| policy.slug == self.policy);
        let of_policy = |policy: &Policy| own.is_some_and(|own| own.is_version_of(policy, all));
        assessments.retain(|assessment| {
            let meant = assessment.clause();
            // A case of the new version may tell how an older year is judged.
            (self.policy.is_empty() || of_policy(assessment.policy))
                && *meant.clause == self.clause.value
                && self.rule.as_ref().is_none_or(|rule| rule.value == meant.rule)
        });
        if assessments.is_empty() {
            report.absorb(finding(self.clause.place, format!("条款{}没有规则核定这个案例", self.clause.value)));
            return report;
        }
        report.absorb(self.compare(&assessments));
        report.absorb(self.compare_steps(&assessments));
        report
    }

    fn compare_steps(&self, assessments: &[Assessment<'_>]) -> Report {
        let mut report = Report::default();
        let told = assessments.iter().flat_map(|assessment| &assessment.steps).map(|step| {
            let Words { step, formula, value } = step.words();
            format!("{step}：{formula} → {value}")
        });
        let told: Vec<String> = told.collect();
        for wanted in self.steps.iter().filter(|wanted| !told.iter().any(|step| step.contains(&wanted.value))) {
            let message =
                format!("案例“{}”的过程应有“{}”，按规则是“{}”", self.name.value, wanted.value, told.join("；"));
            report.absorb(finding(wanted.place, message));
        }
        report
    }

    fn compare(&self, assessments: &[Assessment<'_>]) -> Report {
        let mut report = Report::default();
        let name = &self.name.value;
        let reasons: Vec<String> = assessments.iter().filter_map(Assessment::reason).collect();
        let reasons = reasons.join("；");
        let why = if reasons.is_empty() { String::new() } else { format!("（{reasons}）") };
        match &self.expected.value {
            Expected::Total(expected) => {
                let total: Money = assessments.iter().map(Assessment::amount).sum();
                if total != *expected {
                    let message = format!("案例“{name}”应得{expected}，按规则得{total}{why}");
                    report.absorb(finding(self.expected.place, message));
                }
            }
            Expected::Each(each) => {
                for (subject, expected) in each {
                    let amount: Money = assessments
                        .iter()
                        .filter(|assessment| assessment.subject == subject)
                        .map(Assessment::amount)
                        .sum();
                    if amount != *expected {
                        let message = format!("案例“{name}”的“{subject}”应得{expected}，按规则得{amount}{why}");
                        report.absorb(finding(self.expected.place, message));
                    }
                }
            }
        }
        if let Some(reason) = self.reason.as_ref().filter(|reason| !reasons.contains(&reason.value)) {
            let message = format!("案例“{name}”的理由应有“{}”，按规则是“{reasons}”", reason.value);
            report.absorb(finding(reason.place, message));
        }
        if let Some(cap) = &self.cap {
            let cut = |assessment: &Assessment<'_>| assessment.cut.is_some_and(|cut: Cut| cut.limit == cap.value);
            let used_up = |assessment: &Assessment<'_>| assessment.outcome == Outcome::Refused;
            if !assessments.iter().any(|assessment| cut(assessment) && !used_up(assessment)) {
                let message = format!("案例“{name}”应被{}的限额核减，按规则没有", cap.value);
                report.absorb(finding(cap.place, message));
            }
        }
        report
    }

    fn register(&self, code: Located<CreditCode>, catalogues: &BTreeMap<String, Catalogue>) -> (Register, Report) {
        let place = self.name.place;
        let at = |value: &str| Located { value: value.to_owned(), place };
        let firm = self.enterprise.clone();
        let enterprise = Enterprise {
            above_threshold: firm.above_threshold.unwrap_or(Located { value: true, place }),
            titles: firm.titles,
            grade: firm.grade,
            treats_waste: firm.treats_waste,
            others: firm.others,
            ..Enterprise::new(
                at("示例企业"),
                code,
                firm.district.unwrap_or_else(|| at("示例区")),
                firm.industries.unwrap_or(Located { value: Vec::new(), place }),
            )
        };
        let now = self.declaration.iter().map(|facts| (self.year, facts));
        let declarations = now.chain(self.before.iter().map(|(year, facts)| (*year, facts))).map(|(year, facts)| {
            let facts = facts.clone();
            let declaration = Declaration {
                amounts: facts.amounts,
                attributes: facts.attributes,
                matters: facts.matters,
                unknown: facts.unknown,
                other_policies: facts.other_policies,
                ..Declaration::new(code)
            };
            DeclarationYear {
                year: Located { value: year, place },
                batch: 1,
                policy: None,
                declarations: vec![declaration],
            }
        });
        let ledger = self.ledger.iter().cloned().map(|granted| {
            let clause = granted.clause.unwrap_or_else(|| self.clause.clone());
            let entry = LedgerEntry {
                kind: if granted.revoked { EntryKind::Revoked } else { EntryKind::Paid },
                policy: granted.policy,
                rule: granted.rule,
                subject: granted.subject,
                tier: granted.tier,
                ..LedgerEntry::of_case(code, clause, granted.amount)
            };
            LedgerYear { year: granted.year, closed: None, entries: vec![entry] }
        });
        Register::new(vec![enterprise], &BTreeSet::new(), declarations.collect(), ledger.collect(), catalogues.clone())
    }
}

fn finding(place: Place, message: String) -> Report {
    let mut report = Report::default();
    report.push(Diagnostic::error(Code::Case, message).at(place).help("案例对，就改规则；规则对，就改案例"));
    report
}

impl<'de> Deserialize<'de> for Expected {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Expected;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("金额，或各对象的金额")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Expected, E> {
                text.parse().map(Expected::Total).map_err(de::Error::custom)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Expected, A::Error> {
                let mut each = BTreeMap::new();
                while let Some((subject, amount)) = map.next_entry()? {
                    each.insert(subject, amount);
                }
                Ok(Expected::Each(each))
            }
        }
        deserializer.deserialize_any(Either)
    }
}
