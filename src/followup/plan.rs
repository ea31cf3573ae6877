//! 任务分解 — what a policy's clauses ask to be done, by whom and until when: `data/tasks/<policy>.yaml`.
//!
//! What it says is bound to the policy's words ([`super::binding`]): the units to those that the clauses name, the figures of
//! the targets to figures of the words.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, de};

use super::{Kind, Period, Quantity};
use crate::calendar::{Day, Year};
use crate::document::ClauseId;
use crate::register::Several;
use crate::yaml::Located;

/// A whole file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The policy's folder.
    #[serde(rename = "政策")]
    pub policy: Located<String>,
    /// How often the tasks are reported on; never, if left out.
    #[serde(rename = "调度", default)]
    pub rhythm: Option<Rhythm>,
    /// Units that no clause names, each with the document that charges them.
    #[serde(rename = "另定单位", default)]
    pub appointed: Vec<Appointed>,
    /// Clauses of which nothing is to be done.
    #[serde(rename = "不分解", default)]
    pub left_out: Vec<LeftOut>,
    /// What is to be reached.
    #[serde(rename = "目标", default)]
    pub targets: Vec<Target>,
    /// What is to be done.
    #[serde(rename = "任务")]
    pub tasks: Vec<Task>,
}

/// 调度 — how often the tasks are reported on.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rhythm {
    /// How long a period is.
    #[serde(rename = "周期")]
    pub every: Kind,
    /// The first period.
    #[serde(rename = "自")]
    pub from: Located<Period>,
    /// How many working days after a period its report is due.
    #[serde(rename = "期后工作日")]
    pub workdays: u32,
}

/// A unit that another document charges.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appointed {
    /// Its name.
    #[serde(rename = "名称")]
    pub name: Located<String>,
    /// That document.
    #[serde(rename = "依据")]
    pub basis: String,
}

/// A clause of which nothing is to be done.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// The clause.
    #[serde(rename = "条款")]
    pub clause: Located<ClauseId>,
    /// Why.
    #[serde(rename = "理由")]
    pub reason: String,
}

/// Something that the policy wants reached.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// What it is called.
    #[serde(rename = "名称")]
    pub name: Located<String>,
    /// The clause that says so.
    #[serde(rename = "条款")]
    pub clause: Located<ClauseId>,
    /// How much.
    #[serde(rename = "数值")]
    pub amount: Located<Quantity>,
    /// By which year.
    #[serde(rename = "到")]
    pub by: Located<Until>,
    /// The words that say so.
    #[serde(rename = "原文")]
    pub words: Located<String>,
    /// How the figure follows from words that do not state it: 全覆盖即100%.
    #[serde(rename = "推定", default)]
    pub derived: Option<String>,
    /// Who answers for it.
    #[serde(rename = "牵头", default)]
    pub lead: Option<Located<String>>,
}

/// Something to be done.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// What it is called, by no other task of the policy.
    #[serde(rename = "名称")]
    pub name: Located<String>,
    /// The clause that asks for it.
    #[serde(rename = "条款")]
    pub clause: Located<ClauseId>,
    /// How it is done.
    #[serde(rename = "措施", default)]
    pub measures: Several,
    /// The unit that leads.
    #[serde(rename = "牵头")]
    pub lead: Located<String>,
    /// The units that assist.
    #[serde(rename = "配合", default)]
    pub assisting: Several,
    /// The districts that do it each for itself, and report each for itself.
    #[serde(rename = "区县", default)]
    pub districts: Several,
    /// The document that says who leads, where that is not the clause.
    #[serde(rename = "依据", default)]
    pub basis: Option<String>,
    /// Until when.
    #[serde(rename = "时限")]
    pub until: Located<Until>,
    /// Who in the leading unit answers for it.
    #[serde(rename = "责任人", default)]
    pub owner: Option<String>,
    /// The chain that it belongs to.
    #[serde(rename = "产业链", default)]
    pub chain: Option<Located<String>>,
}

/// 时限 — until when something is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// A day.
    Day(Day),
    /// The end of a year.
    Year(Year),
    /// Every year anew.
    Yearly,
    /// As long as the policy is in force.
    Standing,
}

impl Until {
    /// The last day on which it can still be done; `None` where there is none.
    #[must_use]
    pub fn last(self) -> Option<Day> {
        match self {
            Self::Day(day) => Some(day),
            Self::Year(year) => Some(Period::whole(year).last()),
            Self::Yearly | Self::Standing => None,
        }
    }
}

impl fmt::Display for Until {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Year(year) => write!(f, "{year}年底"),
            Self::Yearly => f.write_str("每年"),
            Self::Standing => f.write_str("长期"),
        }
    }
}

impl FromStr for Until {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        match text {
            "每年" => return Ok(Self::Yearly),
            "长期" => return Ok(Self::Standing),
            _ => {}
        }
        let year = text.strip_suffix("年底").or_else(|| text.strip_suffix('年'));
        let year = year.filter(|year| year.len() == 4).and_then(|year| year.parse().ok());
        match (year, text.parse()) {
            (Some(year), _) => Ok(Self::Year(year)),
            (None, Ok(day)) => Ok(Self::Day(day)),
            (None, Err(_)) => Err(format!("“{text}”不是时限，应写作“2024-12-31”“2025年底”“每年”或“长期”")),
        }
    }
}

impl<'de> Deserialize<'de> for Until {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl Task {
    /// All units that take part, the leading one first.
    pub fn units(&self) -> impl Iterator<Item = &Located<String>> {
        std::iter::once(&self.lead).chain(&self.assisting)
    }
}

impl Plan {
    /// The task of a name.
    #[must_use]
    pub fn task(&self, name: &str) -> Option<&Task> {
        self.tasks.iter().find(|task| task.name.value == name)
    }

    /// All units that lead a task, in the order in which the plan names them.
    #[must_use]
    pub fn leads(&self) -> Vec<&str> {
        let mut leads: Vec<&str> = Vec::new();
        for task in &self.tasks {
            if !leads.contains(&task.lead.value.as_str()) {
                leads.push(&task.lead.value);
            }
        }
        leads
    }

    /// The districts that have a part in it, in the order in which the plan names them.
    #[must_use]
    pub fn districts(&self) -> Vec<&str> {
        let mut districts: Vec<&str> = Vec::new();
        for district in self.tasks.iter().flat_map(|task| &task.districts) {
            if !districts.contains(&district.value.as_str()) {
                districts.push(&district.value);
            }
        }
        districts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_a_day_or_a_year_or_neither() {
        let last = |text: &str| text.parse::<Until>().map(|until| until.last().map(Day::iso));
        assert_eq!(last("2025年"), Ok(Some("2025-12-31".into())));
        assert_eq!(last("2024年9月30日"), Ok(Some("2024-09-30".into())));
        assert_eq!(last("长期"), Ok(None));
        assert!(last("尽快").is_err());
    }
}
