//! 合计 — the sums of a list: each is computed here, once, and printed from here everywhere.

use std::collections::{BTreeMap, BTreeSet};

use super::{Assessment, Outcome};
use crate::money::Money;
use crate::policy::ClauseRef;

/// The sums of a list of assessments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// What is given altogether.
    pub total: Money,
    /// To how many enterprises.
    pub enterprises: usize,
    /// In how many awards.
    pub awards: usize,
    /// By rule, in the order of the policies.
    pub clauses: Vec<ClauseTotal>,
    /// By district, the largest first.
    pub districts: Vec<DistrictTotal>,
    /// By enterprise, in the order of the declarations; those that get nothing as well.
    pub by_enterprise: Vec<EnterpriseTotal>,
}

/// The sum of one rule of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseTotal {
    /// The policy's folder.
    pub policy: String,
    /// The clause.
    pub clause: String,
    /// What its award is called.
    pub name: String,
    /// To how many enterprises.
    pub enterprises: usize,
    /// In how many awards.
    pub awards: usize,
    /// What is given.
    pub amount: Money,
}

/// The sum of a district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistrictTotal {
    /// The district.
    pub district: String,
    /// To how many enterprises.
    pub enterprises: usize,
    /// What is given.
    pub amount: Money,
}

/// The sum of an enterprise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnterpriseTotal {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its district.
    pub district: String,
    /// In how many awards.
    pub awards: usize,
    /// What it is given.
    pub amount: Money,
}

impl Summary {
    /// The sums of assessments.
    pub fn of(assessments: &[Assessment<'_>]) -> Self {
        let mut summary = Self::default();
        let mut enterprises: BTreeMap<&str, usize> = BTreeMap::new();
        let mut clauses: BTreeMap<ClauseRef<'_>, usize> = BTreeMap::new();
        let mut clause_enterprises: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        for assessment in assessments {
            let code = assessment.enterprise.code.value.as_str();
            let enterprise = *enterprises.entry(code).or_insert_with(|| {
                summary.by_enterprise.push(EnterpriseTotal {
                    code: code.to_owned(),
                    name: assessment.enterprise.name.value.clone(),
                    district: assessment.enterprise.district.value.clone(),
                    awards: 0,
                    amount: Money::ZERO,
                });
                summary.by_enterprise.len() - 1
            });
            let clause_index = *clauses.entry(assessment.clause()).or_insert_with_key(|clause| {
                summary.clauses.push(ClauseTotal {
                    policy: clause.policy.to_owned(),
                    clause: clause.clause.to_string(),
                    name: clause.rule.to_owned(),
                    enterprises: 0,
                    awards: 0,
                    amount: Money::ZERO,
                });
                summary.clauses.len() - 1
            });
            let Outcome::Granted(amount) = assessment.outcome else { continue };
            summary.total += amount;
            summary.awards += 1;
            if let Some(enterprise) = summary.by_enterprise.get_mut(enterprise) {
                enterprise.amount += amount;
                enterprise.awards += 1;
            }
            if let Some(total) = summary.clauses.get_mut(clause_index) {
                total.amount += amount;
                total.awards += 1;
                if clause_enterprises.entry(clause_index).or_default().insert(code) {
                    total.enterprises += 1;
                }
            }
        }
        let mut districts: BTreeMap<&str, DistrictTotal> = BTreeMap::new();
        for enterprise in summary.by_enterprise.iter().filter(|enterprise| !enterprise.amount.is_zero()) {
            summary.enterprises += 1;
            let total = districts.entry(&enterprise.district).or_insert_with(|| DistrictTotal {
                district: enterprise.district.clone(),
                enterprises: 0,
                amount: Money::ZERO,
            });
            total.enterprises += 1;
            total.amount += enterprise.amount;
        }
        let mut districts: Vec<DistrictTotal> = districts.into_values().collect();
        districts.sort_by(|a, b| b.amount.cmp(&a.amount).then_with(|| a.district.cmp(&b.district)));
        summary.districts = districts;
        summary
    }
}
