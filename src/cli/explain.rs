//! `hongtou explain` — one enterprise, clause by clause, given and refused, step by step: with the words of the clause, the
//! declared figures and their places, the limits, the readings, and how far the next tier is.

use std::path::PathBuf;

use super::arguments::{Common, Explain, ExplainFormat};
use super::awards::{enterprise, year};
use super::destination::{FileFormat, format_of, say, write_sheets};
use super::opened::Opened;
use super::{Ending, Failure};
use crate::award::{Assessment, Explanation, Outcome, Summary, assess};
use crate::calendar::Year;
use crate::register::Enterprise;
use crate::source::Sources;

pub(super) fn run(common: &Common, options: &Explain) -> Result<Ending, Failure> {
    let mut opened = common.open(&[])?;
    opened.show();
    let Opened { project, report, .. } = opened;
    let year = year(&project, options.year)?;
    let enterprise = enterprise(&project, &options.enterprise)?;
    let mut assessments = assess(&project.register, &project.policies, year);
    assessments.retain(|assessment| {
        assessment.enterprise.code.value == enterprise.code.value
            && options.clause.as_ref().is_none_or(|clause| assessment.rule.clause.value.0 == *clause)
    });
    let explanation = || Explanation::new(enterprise, year, &assessments, &project.sources);
    let text = match format_of(&project.root, options.format, options.output.as_deref(), ExplainFormat::Text)? {
        ExplainFormat::Json => explanation().json(),
        ExplainFormat::Xlsx => {
            let name = || PathBuf::from(format!("说明-{}-{year}.xlsx", enterprise.name.value));
            let path = options.output.clone().unwrap_or_else(name);
            write_sheets(&project.root, &path, &explanation().sheets())?;
            return Ok(Ending::of(&report));
        }
        ExplainFormat::Text => {
            let declared = project.register.declaration(enterprise.code.value, year).is_some();
            in_words(enterprise, year, declared, &assessments, &project.sources)
        }
    };
    say(&project.root, options.output.as_ref(), &text)?;
    Ok(Ending::of(&report))
}

impl FileFormat for ExplainFormat {
    fn endings(&self) -> &'static [&'static str] {
        match self {
            Self::Text => &["txt"],
            Self::Json => &["json"],
            Self::Xlsx => &["xlsx"],
        }
    }
}

/// All that an enterprise gets and does not get, clause by clause.
fn in_words(
    enterprise: &Enterprise,
    year: Year,
    declared: bool,
    assessments: &[Assessment<'_>],
    sources: &Sources,
) -> String {
    let mut out = vec![format!(
        "{}（{}，{}）{year}年度",
        enterprise.name.value, enterprise.code.value, enterprise.district.value
    )];
    if !declared {
        out.push("该年度没有申报，只核对不需申报的名单。".to_owned());
    }
    let mut told = None;
    for assessment in assessments {
        out.push(format!("\n{}", one(assessment, told, sources)));
        told = Some(assessment);
    }
    let total = Summary::of(assessments).total;
    out.push(format!("\n合计：{}元（{}）", total.yuan_text(), total.capitals()));
    out.join("\n")
}

/// One award in words; the clause of the one before it is not told again.
fn one(assessment: &Assessment<'_>, before: Option<&Assessment<'_>>, sources: &Sources) -> String {
    let rule = assessment.rule;
    let subject = if assessment.subject == assessment.enterprise.name.value {
        String::new()
    } else {
        format!("：{}", assessment.subject)
    };
    let mut lines = vec![format!("{} {}{subject}", rule.clause.value, rule.name)];
    let wording = |of: &Assessment<'_>| (of.policy.name().to_owned(), of.policy.wording(of.rule).to_owned());
    let (policy, words) = wording(assessment);
    let again = before.is_some_and(|before| wording(before) == (policy.clone(), words.clone()));
    lines.push(if again { "  条文：同上一项".to_owned() } else { format!("  条文：{words}（{policy}）") });
    for step in &assessment.steps {
        let words = step.words();
        let place = step.place.map(|place| format!("  [{}]", sources.locate(place))).unwrap_or_default();
        lines.push(format!("  {}：{} → {}{place}", words.step, words.formula, words.value));
    }
    lines.push(match assessment.outcome {
        Outcome::Granted(amount) => {
            let cut = assessment.cut.map(|cut| format!("，封顶：{}", cut.text())).unwrap_or_default();
            format!("  结果：给予{}元（{}）{cut}", amount.yuan_text(), amount.capitals())
        }
        Outcome::Listed => format!("  结果：{}", assessment.reason().unwrap_or_default()),
        Outcome::Refused => format!("  结果：不予，{}", assessment.reason().unwrap_or_default()),
    });
    lines.join("\n")
}
