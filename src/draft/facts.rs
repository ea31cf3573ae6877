//! 模板的数据 — what a template sees: the office, the year's awards with their sums, the catalogues. Every
//! sum is the one of [`Summary`]; a template adds nothing up. The names are listed in `templates/notices/README.md`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::{Map, Value, json};

use super::argument::finding;
use super::followup::{self, Followed};
use super::{Notice, Templates};
use crate::award::{Assessment, AwardRecord, ClauseTotal, EnterpriseTotal, Outcome, Selection, Summary};
use crate::calendar::Day;
use crate::diag::{Report, nearest};
use crate::policy::{Policy, What};
use crate::register::{Catalogue, Office};
use crate::source::{Place, Sources};

pub use super::argument::argument;

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
    /// The awards that documents are about.
    pub awards: &'a BTreeMap<Selection, SelectedAwards<'a>>,
    /// What becomes of the policies.
    pub followed: Followed<'a>,
}

/// The awards that a document is about.
pub struct SelectedAwards<'a> {
    /// All assessments.
    pub assessments: Vec<Assessment<'a>>,
    /// Their sums.
    pub summary: Summary,
    /// Where the assessments and the sum of each enterprise stand.
    of_enterprise: BTreeMap<&'a str, (Vec<usize>, Option<usize>)>,
    /// The sums as templates see them, once somebody asks.
    sums: OnceLock<Value>,
}

impl<'a> SelectedAwards<'a> {
    /// Awards with their sums.
    pub fn new(assessments: Vec<Assessment<'a>>) -> Self {
        let summary = Summary::of(&assessments);
        let mut of_enterprise: BTreeMap<&str, (Vec<usize>, Option<usize>)> = BTreeMap::new();
        for (index, assessment) in assessments.iter().enumerate() {
            of_enterprise.entry(assessment.enterprise.code.value.as_str()).or_default().0.push(index);
        }
        for (index, total) in summary.by_enterprise.iter().enumerate() {
            if let Some((_, sum)) = of_enterprise.get_mut(total.code.as_str()) {
                *sum = Some(index);
            }
        }
        Self { assessments, summary, of_enterprise, sums: OnceLock::new() }
    }

    /// The assessments of one enterprise.
    pub fn of(&self, code: &str) -> impl Iterator<Item = &Assessment<'a>> {
        let positions = self.of_enterprise.get(code).map_or(&[][..], |(positions, _)| positions);
        positions.iter().filter_map(|index| self.assessments.get(*index))
    }

    /// The sum of one enterprise.
    pub fn total_of(&self, code: &str) -> Option<&EnterpriseTotal> {
        self.summary.by_enterprise.get(self.of_enterprise.get(code)?.1?)
    }
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
    // A thousand letters that say nothing of the catalogues are not told all of them a thousand times.
    if asks(notice, templates, CATALOGUES) {
        let catalogues = known.catalogues.iter();
        let catalogues = catalogues.map(|(slug, catalogue)| (slug.clone(), catalogue_facts(catalogue)));
        facts.insert(CATALOGUES.into(), Value::Object(catalogues.collect()));
    }
    check_arguments(notice, templates, place, &mut report);
    report.absorb(followup::add(notice, &known.followed, place, &mut facts));
    if let Some((selection, awards)) = awards_of(notice, known, place, &mut report) {
        facts.insert("年度".into(), json!(selection.year.to_string()));
        let mut awarded = awards.sums.get_or_init(|| sums(&selection, awards, known)).clone();
        if let (false, Some(map)) = (notice.head.for_each, awarded.as_object_mut()) {
            let traced = notice.head.template.as_ref().is_some_and(|name| templates.mentions(&name.value, STEPS));
            map.extend(award_lists(awards, known, traced));
        }
        facts.insert("奖励".into(), awarded);
    }
    (Value::Object(facts), report)
}

/// The facts about one enterprise, beside those of [`facts`]; how its awards were computed only with `traced`.
pub fn enterprise_facts(code: &str, awards: &SelectedAwards<'_>, known: &Known<'_>, traced: bool) -> Option<Value> {
    let total = awards.total_of(code)?;
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

/// The awards that 参数 names: 年度, and 政策 and 批次 where they are written.
pub fn selection_of(notice: &Notice) -> Option<Result<Selection, String>> {
    let year = argument(notice, "年度")?;
    let batch = notice.head.arguments.get("批次").map(|batch| {
        let number = batch.as_str().and_then(|text| text.parse().ok()).or_else(|| batch.as_u64()?.try_into().ok());
        number.filter(|number| *number > 0).ok_or_else(|| "“批次”应是从1起的整数".to_owned())
    });
    let policy = argument(notice, "政策").map(str::to_owned);
    Some(year.parse().and_then(|year| Ok(Selection { year, policy, batch: batch.transpose()? })))
}

/// Which awards, and they themselves.
fn awards_of<'k, 'a>(
    notice: &Notice,
    known: &'k Known<'a>,
    place: Place,
    report: &mut Report,
) -> Option<(Selection, &'k SelectedAwards<'a>)> {
    let selection = match selection_of(notice)? {
        Ok(selection) => selection,
        Err(message) => {
            report.push(finding(message, place, "在 参数 里写“年度: 2023”，有几批的再写“批次: 2”"));
            return None;
        }
    };
    if let Some(policy) = &selection.policy
        && known.policies.iter().all(|known| known.slug != *policy)
    {
        let names = known.policies.iter().map(|policy| policy.slug.as_str());
        let help = nearest(policy, names)
            .map_or_else(|| "写 data/policies 里的文件夹名".to_owned(), |near| format!("是不是“{near}”？"));
        report.push(finding(format!("没有政策“{policy}”"), place, &help));
        return None;
    }
    let awards = known.awards.get(&selection).filter(|awards| !awards.assessments.is_empty());
    if awards.is_none() {
        report.push(finding(
            format!("没有{selection}的申报，不能计算奖励"),
            place,
            "补上 data/declarations 里的申报，或改“年度”和“批次”",
        ));
    }
    awards.map(|awards| (selection, awards))
}

/// The catalogues, in the data of a template.
const CATALOGUES: &str = "目录";

/// Whether a notice's template, or a line of its head, speaks of something.
fn asks(notice: &Notice, templates: &Templates, word: &str) -> bool {
    let head = &notice.head;
    let filled = [Some(&head.title), head.addressee.as_ref(), head.note.as_ref(), head.summary.as_ref()];
    let filled = filled.into_iter().flatten().chain(head.annotation.as_ref());
    head.template.as_ref().is_some_and(|template| templates.asks_for(&template.value, word))
        || filled.into_iter().any(|line| line.value.contains(word))
        || head.issues.as_ref().is_some_and(|names| names.value.0.iter().any(|name| name.contains(word)))
}

/// What 参数 says and nothing asks for is a mistake: a word that was meant for the text and never reaches it.
fn check_arguments(notice: &Notice, templates: &Templates, place: Place, report: &mut Report) {
    let head = &notice.head;
    let filled = [Some(&head.title), head.addressee.as_ref(), head.note.as_ref(), head.summary.as_ref()];
    let asked = |name: &str| {
        let word = format!("参数.{name}");
        head.template.as_ref().is_some_and(|template| templates.asks_for(&template.value, &word))
            || filled.iter().flatten().any(|words| words.value.contains(&word))
    };
    let chooses = |name: &str| CHOOSING.contains(&name) || followup::CHOOSING.contains(&name);
    for name in head.arguments.keys().filter(|name| !chooses(name) && !asked(name)) {
        let known = CHOOSING
            .into_iter()
            .chain(followup::CHOOSING)
            .chain(head.template.iter().flat_map(|template| templates.arguments(&template.value)));
        let help = nearest(name, known)
            .map_or_else(|| "删去它，或在模板里用它".to_owned(), |near| format!("是不是“{near}”？"));
        report.push(finding(format!("参数“{name}”没有用处，写的内容不会印出来"), place, &help));
    }
}

/// The parameters that choose what a document is about.
const CHOOSING: [&str; 4] = ["年度", "政策", "批次", "目录"];

/// By what short name the awards of a selection are called, where all its policies have the same one.
pub fn short_name(selection: &Selection, policies: &[Policy]) -> String {
    common(selection, policies, |policy| policy.rules.short.as_deref())
}

/// What all policies of a selection say alike; nothing where they do not.
fn common(selection: &Selection, policies: &[Policy], says: impl Fn(&Policy) -> Option<&str>) -> String {
    let of = policies.iter().filter(|policy| {
        policy.covers(selection.year) && selection.policy.as_ref().is_none_or(|slug| *slug == policy.slug)
    });
    let mut said = of.map(|policy| says(policy).unwrap_or_default());
    let first = said.next().unwrap_or_default();
    if said.all(|other| other == first) { first.to_owned() } else { String::new() }
}

/// The sums of the awards.
fn sums(selection: &Selection, awards: &SelectedAwards<'_>, known: &Known<'_>) -> Value {
    let summary = &awards.summary;
    let policies =
        known.policies.iter().filter(|policy| selection.policy.as_ref().is_none_or(|slug| *slug == policy.slug));
    json!({
        "简称": short_name(selection, known.policies),
        "程序": common(selection, known.policies, |policy| policy.rules.procedure.as_deref()),
        "核减": reductions_of(awards),
        "政策": policies.map(|policy| json!({ "标题": policy.title, "发文字号": policy.number })).collect::<Vec<_>>(),
        "合计": {
            "企业数": summary.enterprises.to_string(),
            "项目数": summary.awards.to_string(),
            "金额": summary.total.exact_text(),
        },
        "条款": summary.clauses.iter().map(|clause| json!({
            "政策": clause.policy,
            "条款": clause.clause,
            "事项": clause.name,
            "企业数": clause.enterprises.to_string(),
            "项目数": clause.awards.to_string(),
            "金额": clause.amount.exact_text(),
            "条文": clause_words(known, clause),
        })).collect::<Vec<_>>(),
        "区县": summary.districts.iter().map(|district| json!({
            "名称": district.district,
            "企业数": district.enterprises.to_string(),
            "金额": district.amount.exact_text(),
        })).collect::<Vec<_>>(),
    })
}

/// The decisions by which awards were cut to what there is to pay, each told once.
fn reductions_of(awards: &SelectedAwards<'_>) -> Vec<Value> {
    let mut told: Vec<Value> = Vec::new();
    for assessment in &awards.assessments {
        for step in &assessment.steps {
            let What::Reduced { basis, fund, total, .. } = step.what else { continue };
            let one = json!({ "依据": basis, "资金": fund.exact_text(), "应给": total.exact_text() });
            if !told.contains(&one) {
                told.push(one);
            }
        }
    }
    told
}

/// The lists of a year: award by award, and enterprise by enterprise.
fn award_lists(awards: &SelectedAwards<'_>, known: &Known<'_>, traced: bool) -> Map<String, Value> {
    let given = awards.assessments.iter().filter(|assessment| matches!(assessment.outcome, Outcome::Granted(_)));
    let given = given.map(|assessment| award(assessment, known, traced));
    let totals = awards.summary.by_enterprise.iter();
    let enterprises = totals.filter_map(|total| enterprise_facts(&total.code, awards, known, traced));
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
    }
    value
}

/// The sentences by which a clause pays.
fn clause_words(known: &Known<'_>, total: &ClauseTotal) -> String {
    let policy = known.policies.iter().find(|policy| policy.slug == total.policy);
    let words = policy.and_then(|policy| {
        let mut rules = policy.rules.rules.iter();
        rules
            .find(|rule| rule.clause.value.0 == total.clause && rule.name == total.name)
            .map(|rule| policy.wording(rule))
    });
    words.unwrap_or_default().to_owned()
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
