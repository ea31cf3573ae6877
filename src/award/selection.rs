//! 选取 — which awards a document is about: those of a year, or of one policy or one batch of declarations alone.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Assessment;
use crate::calendar::Year;

/// Which awards.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// The year of the facts.
    #[serde(rename = "年度")]
    pub year: Year,
    /// The policy's folder; all policies, if left out.
    #[serde(rename = "政策", default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// The batch of declarations; all batches, if left out.
    #[serde(rename = "批次", default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<u16>,
}

impl Selection {
    /// All awards of a year.
    pub fn year(year: Year) -> Self {
        Self { year, policy: None, batch: None }
    }

    /// Whether it takes an assessment.
    pub fn takes(&self, assessment: &Assessment<'_>) -> bool {
        self.takes_of(&assessment.policy.slug, assessment.batch)
    }

    /// Whether it takes what a policy gives in a batch.
    pub fn takes_of(&self, policy: &str, batch: u16) -> bool {
        self.policy.as_deref().is_none_or(|wanted| wanted == policy) && self.batch.is_none_or(|wanted| wanted == batch)
    }

    /// Whether two take anything together.
    pub fn meets(&self, other: &Self) -> bool {
        fn same<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
            one.is_none() || other.is_none() || one == other
        }
        self.year == other.year
            && same(self.policy.as_ref(), other.policy.as_ref())
            && same(self.batch.as_ref(), other.batch.as_ref())
    }
}

/// `2023年度`, `2023年度第2批`.
impl fmt::Display for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}年度", self.year)?;
        self.batch.map_or(Ok(()), |batch| write!(f, "第{batch}批"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_named_is_taken_all() {
        let of = |policy: Option<&str>, batch| Selection {
            policy: policy.map(str::to_owned),
            batch,
            ..Selection::year(Year(2024))
        };
        assert!(of(None, None).takes_of("jia", 1) && of(Some("jia"), Some(1)).takes_of("jia", 1));
        assert!(!of(Some("jia"), Some(1)).takes_of("jia", 2) && !of(Some("jia"), Some(1)).takes_of("yi", 1));
        assert!(of(Some("jia"), None).meets(&of(None, Some(2))) && of(None, None).meets(&of(Some("jia"), Some(2))));
        assert!(!of(Some("jia"), None).meets(&of(Some("yi"), None)) && !of(None, Some(1)).meets(&of(None, Some(2))));
        assert!(!of(None, None).meets(&Selection::year(Year(2023))));
        assert_eq!(of(None, Some(2)).to_string(), "2024年度第2批");
    }
}
