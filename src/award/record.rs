//! 数据 — assessments as other programs read them: `awards.json` and `awards.csv`.

use std::borrow::Borrow;
use std::io::{self, Write};

use serde::{Deserialize, Serialize, Serializer};

use super::{Assessment, Outcome};
use crate::calendar::Year;
use crate::money::Money;
use crate::parallel::in_stretches;
use crate::policy::{Step, What};
use crate::register::Enterprise;
use crate::source::Sources;

/// One object of `awards.json`. Names and order are a contract; a field that the public is not shown is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwardRecord {
    /// The year of the facts.
    #[serde(rename = "年度")]
    pub year: i16,
    /// The policy's folder.
    #[serde(rename = "政策")]
    pub policy: String,
    /// The clause.
    #[serde(rename = "条款", default, skip_serializing_if = "String::is_empty")]
    pub clause: String,
    /// What the award is called: which rule of the clause.
    #[serde(rename = "事项", default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The enterprise.
    #[serde(rename = "企业")]
    pub enterprise: String,
    /// Its code.
    #[serde(rename = "统一社会信用代码", default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// The enterprise's district.
    #[serde(rename = "区县", default, skip_serializing_if = "String::is_empty")]
    pub district: String,
    /// What it is given for.
    #[serde(rename = "对象", default, skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// What came of it.
    #[serde(rename = "结果")]
    pub outcome: Verdict,
    /// Yuan with two decimals.
    #[serde(rename = "金额")]
    pub amount: String,
    /// The limit that cut it.
    #[serde(rename = "封顶")]
    pub cap: Option<String>,
    /// Why nothing is given.
    #[serde(rename = "理由")]
    pub reason: Option<String>,
    /// How it was computed.
    #[serde(rename = "计算")]
    pub steps: Vec<StepRecord>,
}

/// 结果 of an [`AwardRecord`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// Given, or put on a list.
    #[serde(rename = "给予")]
    Given,
    /// Refused.
    #[serde(rename = "不予")]
    Refused,
}

impl Verdict {
    fn name(self) -> &'static str {
        match self {
            Self::Given => "给予",
            Self::Refused => "不予",
        }
    }
}

/// A step of [`AwardRecord`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepRecord {
    /// Its name.
    #[serde(rename = "步骤")]
    pub step: String,
    /// How.
    #[serde(rename = "算式")]
    pub formula: String,
    /// What came of it.
    #[serde(rename = "值")]
    pub value: String,
    /// The clause behind it.
    #[serde(rename = "依据")]
    pub basis: String,
    /// File, line and column of the figure or fact behind it.
    #[serde(rename = "来源")]
    pub source: Option<String>,
}

impl AwardRecord {
    /// The record of an assessment.
    pub fn new(assessment: &Assessment<'_>, sources: &Sources) -> Self {
        Self { steps: steps(assessment, sources), ..Self::without_steps(assessment) }
    }

    /// The record of an assessment as lists need it.
    pub fn without_steps(assessment: &Assessment<'_>) -> Self {
        Self {
            year: assessment.year.0,
            policy: assessment.policy.slug.clone(),
            clause: assessment.rule.clause.value.0.clone(),
            name: assessment.rule.name.clone(),
            enterprise: assessment.enterprise.name.value.clone(),
            code: assessment.enterprise.code.value.to_string(),
            district: assessment.enterprise.district.value.clone(),
            subject: assessment.subject.to_owned(),
            outcome: if assessment.outcome == Outcome::Refused { Verdict::Refused } else { Verdict::Given },
            amount: assessment.amount().exact_text(),
            cap: assessment
                .cut
                .map(super::Cut::text)
                .or_else(|| assessment.reduced.map(|reduced| format!("按资金总额核减{reduced}"))),
            reason: assessment.reason(),
            steps: Vec::new(),
        }
    }
}

/// How an assessment was computed, with where the figures stand.
fn steps(assessment: &Assessment<'_>, sources: &Sources) -> Vec<StepRecord> {
    let clause = &assessment.rule.clause.value.0;
    let record = |step: &Step| {
        let words = step.words();
        let source = step.place.map(|place| sources.locate(place));
        StepRecord { step: words.step, formula: words.formula, value: words.value, basis: clause.clone(), source }
    };
    assessment.steps.iter().map(record).collect()
}

/// One enterprise, clause by clause, as `hongtou explain --format json` gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The year of the facts.
    #[serde(rename = "年度")]
    pub year: i16,
    /// The enterprise.
    #[serde(rename = "企业")]
    pub enterprise: String,
    /// Its code.
    #[serde(rename = "统一社会信用代码")]
    pub code: String,
    /// Its district.
    #[serde(rename = "区县")]
    pub district: String,
    /// What it is given altogether: yuan with two decimals.
    #[serde(rename = "合计")]
    pub total: String,
    /// The same in capitals.
    #[serde(rename = "大写")]
    pub capitals: String,
    /// Clause by clause.
    #[serde(rename = "核定")]
    pub clauses: Vec<Explained>,
}

/// A clause of an [`Explanation`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// The policy's number.
    #[serde(rename = "政策")]
    pub policy: String,
    /// The batch of the year's declarations, where it is not the first.
    #[serde(rename = "批次", default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<u16>,
    /// The tier of a first reach that it is given for: yuan with two decimals.
    #[serde(rename = "档", default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// What the budget took of it: yuan with two decimals.
    #[serde(rename = "核减", default, skip_serializing_if = "Option::is_none")]
    pub reduced: Option<String>,
    /// The words of the clause.
    #[serde(rename = "条文")]
    pub words: String,
    /// How far the next tier or step is.
    #[serde(rename = "距下一档")]
    pub distances: Vec<DistanceRecord>,
    /// What `awards.json` says.
    #[serde(rename = "结论")]
    pub award: AwardRecord,
}

/// How far a tier or step is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DistanceRecord {
    /// What would be reached.
    #[serde(rename = "达到")]
    pub to: String,
    /// What is missing: yuan with two decimals.
    #[serde(rename = "还差")]
    pub missing: String,
}

impl Explained {
    /// An assessment with what a reader is told of it.
    pub fn new(assessment: &Assessment<'_>, sources: &Sources) -> Self {
        let distances = assessment.steps.iter().filter_map(|step| match &step.what {
            What::Distance { to, missing } => {
                Some(DistanceRecord { to: to.to_string(), missing: missing.exact_text() })
            }
            _ => None,
        });
        let listed = Self::listed(assessment);
        let award = AwardRecord { steps: steps(assessment, sources), ..listed.award };
        Self { distances: distances.collect(), award, ..listed }
    }

    /// What a list says of an assessment: not how it was computed, which of a whole year is more than all the rest together.
    pub fn listed(assessment: &Assessment<'_>) -> Self {
        Self {
            policy: assessment.policy.number.clone(),
            batch: Some(assessment.batch).filter(|batch| *batch > 1),
            tier: assessment.tier().map(Money::exact_text),
            reduced: assessment.reduced.map(Money::exact_text),
            words: assessment.policy.wording(assessment.rule).to_owned(),
            distances: Vec::new(),
            award: AwardRecord::without_steps(assessment),
        }
    }

    /// What is given; nothing where it is refused, or where the text is no amount.
    pub fn amount(&self) -> Money {
        format!("{}元", self.award.amount).parse().unwrap_or_default()
    }
}

impl Explanation {
    /// The explanation of an enterprise's assessments.
    pub fn new(enterprise: &Enterprise, year: Year, assessments: &[Assessment<'_>], sources: &Sources) -> Self {
        let total: Money = assessments.iter().map(Assessment::amount).sum();
        let clauses = assessments.iter().map(|assessment| Explained::new(assessment, sources));
        Self {
            year: year.0,
            enterprise: enterprise.name.value.clone(),
            code: enterprise.code.value.to_string(),
            district: enterprise.district.value.clone(),
            total: total.exact_text(),
            capitals: total.capitals(),
            clauses: clauses.collect(),
        }
    }

    /// As JSON.
    pub fn json(&self) -> String {
        // Strings, integers and lists of them always have a JSON form.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// The records of assessments.
pub fn records(assessments: &[Assessment<'_>], sources: &Sources) -> Vec<AwardRecord> {
    assessments.iter().map(|assessment| AwardRecord::new(assessment, sources)).collect()
}

/// `awards.json`.
pub fn json<R: Borrow<AwardRecord> + Serialize>(records: impl IntoIterator<Item = R>) -> String {
    let mut bytes = Vec::new();
    // Strings, integers and lists of them always have a JSON form.
    let _ = serde_json::Serializer::pretty(&mut bytes).collect_seq(records);
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}

/// So many awards are written at a time: some ten megabytes.
const AT_A_TIME: usize = 8000;

/// Writes `awards.json` of assessments, as [`json`] of their records has it: a stretch of them on each core, and never all of them in
/// memory.
///
/// # Errors
///
/// What the writer says.
pub fn write_json(assessments: &[Assessment<'_>], sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let texts = assessments.chunks(AT_A_TIME).flat_map(|some| {
        in_stretches(some, |stretch| json(stretch.iter().map(|assessment| AwardRecord::new(assessment, sources))))
    });
    write_joined(texts, out)
}

/// Writes lists in JSON as one; an empty one has neither first nor last line.
fn write_joined(lists: impl IntoIterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    let mut before = FIRST;
    for list in lists {
        if let Some(rows) = list.strip_prefix(FIRST).and_then(|list| list.strip_suffix(LAST)) {
            out.write_all(before.as_bytes())?;
            out.write_all(rows.as_bytes())?;
            before = ",\n";
        }
    }
    let end = if before == FIRST { json::<AwardRecord>([]) } else { LAST.to_owned() };
    out.write_all(end.as_bytes())
}

/// What stands before and behind the rows of a list in JSON.
const FIRST: &str = "[\n";
const LAST: &str = "\n]\n";

/// `awards.csv`.
pub fn csv<R: Borrow<AwardRecord>>(records: impl IntoIterator<Item = R>) -> String {
    let head =
        ["年度", "政策", "条款", "事项", "企业", "统一社会信用代码", "区县", "对象", "结果", "金额", "封顶", "理由"];
    let rows = records.into_iter().map(|record| {
        let record = record.borrow();
        [
            record.year.to_string(),
            record.policy.clone(),
            record.clause.clone(),
            record.name.clone(),
            record.enterprise.clone(),
            record.code.clone(),
            record.district.clone(),
            record.subject.clone(),
            record.outcome.name().to_owned(),
            record.amount.clone(),
            record.cap.clone().unwrap_or_default(),
            record.reason.clone().unwrap_or_default(),
        ]
    });
    crate::csv::text(&head, rows)
}

#[cfg(test)]
mod tests {
    use super::{json, write_joined};
    use crate::award::AwardRecord;

    /// Lists of any lengths, written one after the other, are the list of all.
    #[test]
    fn stretches_are_written_as_one_list() {
        let written = |rows: &[i32]| match rows {
            [] => json::<AwardRecord>([]),
            rows => format!("{}\n", serde_json::to_string_pretty(rows).unwrap()),
        };
        let all: Vec<i32> = (0..7).collect();
        for length in 0..=all.len() {
            let rows = &all[..length];
            for stretch in 1..=3 {
                let mut joined = Vec::new();
                write_joined(rows.chunks(stretch).map(written), &mut joined).unwrap();
                assert_eq!(String::from_utf8(joined).unwrap(), written(rows), "{length} {stretch}");
            }
        }
    }
}
