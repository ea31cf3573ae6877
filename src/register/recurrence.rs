//! 定期 — how often something that is published is due again.

use serde::Deserialize;

use crate::calendar::Day;

/// 定期.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Recurrence {
    /// 每年.
    #[serde(rename = "每年")]
    Yearly,
    /// 每两年.
    #[serde(rename = "每两年")]
    EverySecondYear,
    /// 每半年.
    #[serde(rename = "每半年")]
    HalfYearly,
    /// 每季度.
    #[serde(rename = "每季度")]
    Quarterly,
}

impl Recurrence {
    /// The day by which it is due again, after it was published on one.
    #[must_use]
    pub fn after(self, last: Day) -> Day {
        match self {
            Self::Yearly => last.plus_years(1),
            Self::EverySecondYear => last.plus_years(2),
            Self::HalfYearly => last.plus_months(6),
            Self::Quarterly => last.plus_months(3),
        }
    }
}
