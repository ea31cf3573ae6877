//! 模板的数据 — what a template sees: the office, the year's awards with their sums, the catalogues. Every
//! sum is the one of [`Summary`]; a template adds nothing up. The names are listed in `templates/notices/README.md`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Notice, Templates};
use crate::award::{Assessment, AwardRecord, Outcome, Summary};
use crate::calendar::{Day, Year};
use crate::diag::{Code, Diagnostic, Report};
use crate::policy::Policy;
use crate::register::{Catalogue, Office};
use crate::source::{Place, Sources};

/// What the facts are made from.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The office.
    pub office: &'a Office,
    /// The policies.
    pub policies: &'a [Policy],
    /// The catalogues.
    pub catalogues: &'a BTreeMap<String, Catalogue>,
    /// The texts, for the places of figures.
    pub sources: &'a Sources,
    /// The awards of each year.
    pub awards: &'a BTreeMap<Year, YearAwards<'a>>,
}

/// The awards of a year.
pub struct YearAwards<'a> {
    /// All assessments.
    pub assessments: Vec<Assessment<'a>>,
    /// Their sums.
    pub summary: Summary,
}

impl<'a> YearAwards<'a> {
    /// The awards of a year with their sums.
    pub fn new(assessments: Vec<Assessment<'a>>) -> Self {
        Self { summary: Summary::of(&assessments), assessments }
    }

    /// The assessments of one enterprise.
    pub fn of(&self, code: &str) -> impl Iterator<Item = &Assessment<'a>> {
        self.assessments.iter().filter(move |assessment| assessment.enterprise.code.value.as_str() == code)
    }
}

/// Why the facts for a notice cannot be told; the place is the notice's template.
fn finding(message: impl Into<String>, place: Place, help: &str) -> Diagnostic {
    Diagnostic::error(Code::Parameter, message).at(place).help(help)
}

/// How an award was computed, step by step, in the data of a template. Of a whole year that is more than all the rest together,
/// so there only a template that speaks of it is told.
const STEPS: &str = "计算";

/// The facts for a notice's template.
pub fn facts(notice: &Notice, known: &Known<'_>, templates: &Templates) -> (Value, Report) {
    let mut report = Report::default();
    let place = notice.head.template.as_ref().map_or(notice.head.title.place, |template| template.place);
    let mut facts = Map::new();
    facts.insert("机关".into(), serde_json::to_value(known.office).unwrap_or_default());
    facts.insert(
        "目录".into(),
        Value::Object(
            known.catalogues.iter().map(|(slug, catalogue)| (slug.clone(), catalogue_facts(catalogue))).collect(),
        ),
    );
    if let Some((year, awards)) = awards_of(notice, known, place, &mut report) {
        facts.insert("年度".into(), json!(year.to_string()));
        let mut awarded = sums(awards, known);
        if let (false, Some(map)) = (notice.head.for_each, awarded.as_object_mut()) {
            let traced = notice.head.template.as_ref().is_some_and(|name| templates.mentions(&name.value, STEPS));
            map.extend(award_lists(year, awards, known, traced));
        }
        facts.insert("奖励".into(), awarded);
    }
    (Value::Object(facts), report)
}

/// The facts about one enterprise, beside those of [`facts`]; how its awards were computed only with `traced`.
pub fn enterprise_facts(code: &str, year: Year, known: &Known<'_>, traced: bool) -> Option<Value> {
    let awards = known.awards.get(&year)?;
    let total = awards.summary.by_enterprise.iter().find(|total| total.code == code)?;
    let of = |outcome: fn(&Outcome) -> bool| -> Vec<Value> {
        awards
            .of(code)
            .filter(|assessment| outcome(&assessment.outcome))
            .map(|assessment| award(assessment, known, traced))
            .collect()
    };
    Some(json!({
        "名称": total.name,
        "统一社会信用代码": total.code,
        "区县": total.district,
        "金额": total.amount.exact_text(),
        "奖励": of(|outcome| matches!(outcome, Outcome::Granted(_))),
        "列入": of(|outcome| *outcome == Outcome::Listed),
        "不予": of(|outcome| *outcome == Outcome::Refused),
    }))
}

/// What 参数 of a notice says under a name.
pub fn argument<'n>(notice: &'n Notice, name: &str) -> Option<&'n str> {
    notice.head.arguments.get(name).and_then(Value::as_str)
}

/// The year that 参数 names, and its awards.
pub fn year_of(notice: &Notice) -> Option<Result<Year, String>> {
    argument(notice, "年度").map(str::parse)
}

fn awards_of<'k, 'a>(
    notice: &Notice,
    known: &'k Known<'a>,
    place: Place,
    report: &mut Report,
) -> Option<(Year, &'k YearAwards<'a>)> {
    match year_of(notice)? {
        Err(message) => {
            report.push(finding(message, place, "在 参数 里写“年度: 2023”"));
            None
        }
        Ok(year) => {
            let awards = known.awards.get(&year);
            if awards.is_none() {
                report.push(finding(
                    format!("没有{year}年度的申报，不能计算奖励"),
                    place,
                    "补上 data/declarations 里的申报，或改“年度”",
                ));
            }
            awards.map(|awards| (year, awards))
        }
    }
}

/// The sums of a year.
fn sums(awards: &YearAwards<'_>, known: &Known<'_>) -> Value {
    let summary = &awards.summary;
    json!({
        "政策": known.policies.iter().map(|policy| json!({ "标题": policy.title, "发文字号": policy.number })).collect::<Vec<_>>(),
        "合计": {
            "企业数": summary.enterprises.to_string(),
            "项目数": summary.awards.to_string(),
            "金额": summary.total.exact_text(),
        },
        "条款": summary.clauses.iter().map(|clause| json!({
            "条款": clause.clause,
            "事项": clause.name,
            "企业数": clause.enterprises.to_string(),
            "项目数": clause.awards.to_string(),
            "金额": clause.amount.exact_text(),
            "条文": clause_words(known, &clause.clause),
        })).collect::<Vec<_>>(),
        "区县": summary.districts.iter().map(|district| json!({
            "名称": district.district,
            "企业数": district.enterprises.to_string(),
            "金额": district.amount.exact_text(),
        })).collect::<Vec<_>>(),
    })
}

/// The lists of a year: award by award, and enterprise by enterprise.
fn award_lists(year: Year, awards: &YearAwards<'_>, known: &Known<'_>, traced: bool) -> Map<String, Value> {
    let given = awards.assessments.iter().filter(|assessment| matches!(assessment.outcome, Outcome::Granted(_)));
    let given = given.map(|assessment| award(assessment, known, traced));
    let totals = awards.summary.by_enterprise.iter();
    let enterprises = totals.filter_map(|total| enterprise_facts(&total.code, year, known, traced));
    Map::from_iter([("名单".into(), given.collect()), ("企业".into(), enterprises.collect())])
}

/// One award, as `awards.json` has it, with its district and the words of its clause; its steps only with `traced`.
fn award(assessment: &Assessment<'_>, known: &Known<'_>, traced: bool) -> Value {
    let record = AwardRecord::new(assessment, known.sources);
    let mut value = serde_json::to_value(record).unwrap_or_default();
    if let Value::Object(map) = &mut value {
        if !traced {
            map.shift_remove(STEPS);
        }
        map.insert("条文".into(), json!(assessment.policy.wording(assessment.rule)));
        map.insert("区县".into(), json!(assessment.enterprise.district.value));
    }
    value
}

/// The sentences by which a clause pays.
fn clause_words(known: &Known<'_>, id: &str) -> String {
    let rule = |policy: &'_ Policy| {
        policy.rules.rules.iter().find(|rule| rule.clause.value.0 == id).map(|rule| policy.wording(rule))
    };
    known.policies.iter().find_map(rule).unwrap_or_default()
}

fn catalogue_facts(catalogue: &Catalogue) -> Value {
    let validity = catalogue.validity.value;
    let rows = catalogue.entries.iter().map(|entry| {
        let cells = catalogue
            .columns
            .iter()
            .map(|column| entry.get(&column.name.value).map(|cell| column.print(&cell.value.0)).unwrap_or_default());
        cells.collect::<Vec<_>>()
    });
    json!({
        "名称": catalogue.name.value,
        "版本": catalogue.edition,
        "发布机关": catalogue.issuer,
        "文号": catalogue.number,
        "说明": catalogue.description.clone().unwrap_or_default(),
        "有效期": { "自": validity.from.iso(), "至": validity.to.map(Day::iso) },
        "列": catalogue.columns.iter().map(|column| column.name.value.clone()).collect::<Vec<_>>(),
        "条目": rows.collect::<Vec<_>>(),
    })
}
