//! 执行 — what becomes of a policy once it is in force: who does what of it until when, how far that is, whether its targets are
//! reached.
//!
//! ```text
//! period, quantity   the words of the field: 2024年第2季度, 613.24万吨
//! units              the 责任单位 that a clause names, the leading one first
//! plan               任务分解: data/tasks/<policy>.yaml
//! binding            the plan against the words that it comes from
//! progress           进展: data/progress/<period>.yaml, with the letters that urge
//! standing           how each task stands in a period: done, silent, overdue
//! ranking            units and districts side by side
//! skeleton           a plan as far as the words alone say it
//! indicators         指标: data/indicators.yaml, their values and targets
//! computed           values that follow from declarations, awards and the ledger
//! evaluation         how an indicator stands against its target and the year before
//! chart              its values as a drawing
//! chains             产业链: data/chains.yaml, what was awarded and done along each
//! sheets             all of it as sheets of a workbook
//! ```

pub mod binding;
pub mod chains;
pub mod chart;
pub mod computed;
pub mod evaluation;
pub mod indicators;
pub mod period;
pub mod plan;
pub mod progress;
pub mod quantity;
pub mod ranking;
pub mod sheets;
pub mod skeleton;
pub mod standing;
pub mod units;

use std::collections::BTreeSet;

use serde::Deserialize;

pub use chains::Chain;
pub use indicators::Indicator;
pub use period::{Kind, Period};
pub use plan::{Plan, Target, Task, Until};
pub use progress::{Entry, Round, State, Urged};
pub use quantity::Quantity;

/// All that is known of what becomes of the policies.
#[derive(Debug, Default)]
pub struct FollowUp {
    /// The plans, each of a policy of its own.
    pub plans: Vec<Plan>,
    /// What was reported, by policy and period.
    pub rounds: Vec<Round>,
    /// What the policies are watched by.
    pub indicators: Vec<Indicator>,
    /// 产业链.
    pub chains: Vec<Chain>,
}

/// How much of it is public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
pub enum Openness {
    /// Nothing but what issued documents say.
    #[default]
    #[serde(rename = "不公开")]
    Closed,
    /// The tasks.
    #[serde(rename = "分解")]
    Plan,
    /// The tasks with what was done of them.
    #[serde(rename = "进展")]
    Progress,
}

impl FollowUp {
    /// The reports on a policy, the earliest first.
    pub fn rounds<'a>(&'a self, policy: &'a str) -> impl Iterator<Item = &'a Round> {
        self.rounds.iter().filter(move |round| round.policy.value == policy)
    }

    /// What the indicators of policies need enterprises to state in their declarations.
    #[must_use]
    pub fn asked_of_enterprises<'p>(&self, policies: impl IntoIterator<Item = &'p str>) -> BTreeSet<&str> {
        let policies: BTreeSet<&str> = policies.into_iter().collect();
        let watching = self.indicators.iter().filter(|indicator| policies.contains(indicator.policy.value.as_str()));
        watching
            .filter_map(|indicator| indicator.computed.as_ref())
            .flat_map(|computed| computed.value.asks())
            .collect()
    }

    /// The plan of a policy.
    #[must_use]
    pub fn plan(&self, policy: &str) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.policy.value == policy)
    }
}
