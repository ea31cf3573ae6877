//! 执行 — what becomes of a policy, as templates and pages see it: one file a kind. A notice chooses by its 参数: `任务: xincailiao-2022`.

mod chains;
mod evaluation;
mod guide;
mod listing;
mod plan;
mod progress;

use serde_json::{Map, Value};

use super::Notice;
use super::argument::{argument, finding};
use crate::award::{Case, assess};
use crate::calendar::{Calendar, Day, FirstDay, MissingYear, Year};
use crate::diag::{Report, nearest};
use crate::document::Dataset;
use crate::followup::chains::{Along, along};
use crate::followup::computed::Ground;
use crate::followup::evaluation::Measured;
use crate::followup::{FollowUp, Indicator, Period, Plan, Round};
use crate::policy::Policy;
use crate::register::Register;
use crate::source::Place;

pub use chains::article as chains_article;
pub use evaluation::article as indicators_article;
pub use guide::article as guide_article;
pub use listing::dataset as listing_dataset;
pub use plan::article as plan_article;
pub use progress::article as progress_article;

/// The parameter that names the policy whose tasks a notice is about.
pub const PLAN: &str = "任务";

/// The parameter that names the period of a notice about progress.
pub const PERIOD: &str = "期";

/// The parameter that names the unit or district that a notice urges.
pub const UNIT: &str = "单位";

/// The parameter that says within how many working days that unit answers.
pub const TERM: &str = "反馈工作日";

/// What templates find what was reported under.
const PROGRESS: &str = "督导";

/// The parameter that names the policy whose indicators a notice is about; 年度 says until when.
pub const INDICATORS: &str = "指标";

/// The parameter that names the list that a notice publishes.
pub const LISTING: &str = "名单";

/// The parameter that says of which day the last edition of that list was.
pub const SINCE: &str = "上次";

/// The parameter that says which chain a notice is about: its name, or 全部.
pub const CHAIN: &str = "产业链";

/// What stands for every chain.
const ALL: &str = "全部";

/// The parameter that names the policy under which declarations are taken.
pub const GUIDE: &str = "申报";

/// The parameter that names the policy that a notice explains.
pub const EXPLAINED: &str = "解读";

/// The parameter that says from when declarations are taken.
pub const FROM: &str = "受理起";

/// The parameter that says for how many working days.
pub const OPEN_FOR: &str = "受理工作日";

/// The parameters by which a notice chooses.
pub(super) const CHOOSING: [&str; 12] =
    [PLAN, PERIOD, UNIT, TERM, INDICATORS, LISTING, SINCE, CHAIN, GUIDE, EXPLAINED, FROM, OPEN_FOR];

/// What these facts are made from.
#[derive(Clone, Copy)]
pub struct Followed<'a> {
    /// The policies.
    pub policies: &'a [Policy],
    /// The cases by which their rules are checked.
    pub cases: &'a [Case],
    /// What becomes of them.
    pub followup: &'a FollowUp,
    /// The enterprises and what they declared.
    pub register: &'a Register,
    /// The working days.
    pub calendar: &'a Calendar,
}

impl<'a> Followed<'a> {
    /// The indicators of a policy as they stood at the end of a year; those that are computed, at the end of `computed`, and not at all
    /// where there is no such year.
    #[must_use]
    pub fn measured(&self, policy: &str, until: Year, computed: Option<Year>) -> Vec<Measured<'a>> {
        let own = || self.followup.indicators.iter().filter(|indicator| indicator.policy.value == policy);
        let ground =
            Ground::new(self.register, self.policies, &self.followup.plans, own().filter_map(Indicator::computed));
        let until = |indicator: &Indicator| match (&indicator.computed, computed) {
            (None, _) => Some(until),
            (Some(_), computed) => computed.map(|computed| computed.min(until)),
        };
        own().filter_map(|indicator| Some(Measured::of(indicator, &ground, until(indicator)?))).collect()
    }

    /// What was awarded for a year under a policy and done of its tasks along each chain.
    #[must_use]
    pub fn along(&self, policy: &str, year: Year) -> Vec<Along<'a>> {
        let mut assessments = assess(self.register, self.policies, year);
        assessments.retain(|one| one.policy.slug == policy);
        let plan = self.followup.plan(policy);
        let plans: Vec<(&Plan, Vec<&Round>)> =
            plan.map(|plan| (plan, self.followup.rounds(&plan.policy.value).collect())).into_iter().collect();
        along(&self.followup.chains, self.register, &assessments, &plans)
    }

    /// A list as it stands on a day, compared with the edition before. The days of editions are those that the notices about it bear.
    #[must_use]
    pub fn listing<'n>(&self, name: &str, on: Day, notices: impl IntoIterator<Item = &'n Notice>) -> Option<Dataset> {
        let listing = self.register.listings.get(name)?;
        let own = notices.into_iter().filter(|notice| argument(notice, LISTING) == Some(name));
        let last = own.filter_map(|notice| notice.head.dated).filter(|dated| *dated <= on).max();
        Some(listing::dataset(name, listing, self.register, on, last))
    }
}

/// Whether a notice, by what its 参数 choose, is made from what lies at a path.
#[must_use]
pub fn rests_on(notice: &Notice, path: &str) -> bool {
    let chosen = |name: &str, folder: &str, ending: &str| {
        argument(notice, name).is_some_and(|slug| {
            let own = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix(slug));
            own.is_some_and(|rest| rest.starts_with(ending))
        })
    };
    chosen(PLAN, "data/tasks/", ".yaml")
        || argument(notice, PERIOD).is_some() && path.starts_with("data/progress/")
        || argument(notice, INDICATORS).is_some() && path == "data/indicators.yaml"
        || chosen(INDICATORS, "data/tasks/", ".yaml")
        || argument(notice, INDICATORS).is_some()
            && ["data/declarations/", "data/ledger/"].iter().any(|of| path.starts_with(of))
        || argument(notice, CHAIN).is_some()
            && (path == "data/chains.yaml"
                || path.starts_with("data/progress/")
                || path.starts_with("data/declarations/"))
        || chosen(LISTING, "data/lists/", ".yaml")
        || chosen(GUIDE, "data/policies/", "/")
        || chosen(EXPLAINED, "data/policies/", "/")
}

/// Adds to the facts of a notice what its 参数 choose.
pub(super) fn add(notice: &Notice, known: &Followed<'_>, place: Place, facts: &mut Map<String, Value>) -> Report {
    let mut report = Report::default();
    if let Some(told) = guide_of(notice, known, place, &mut report) {
        facts.insert(GUIDE.to_owned(), told);
    }
    if let Some(told) = explained(notice, known, place, &mut report) {
        facts.insert(EXPLAINED.to_owned(), told);
    }
    if let Some(told) = listing_of(notice, known, place, &mut report) {
        facts.insert(LISTING.to_owned(), told);
    }
    if let Some(told) = indicators_of(notice, known, place, &mut report) {
        facts.insert(INDICATORS.to_owned(), told);
        report.absorb(evaluation::unfounded(notice, &Value::Object(facts.clone())));
    }
    if let Some(told) = chains_of(notice, known, place, &mut report) {
        facts.insert(CHAIN.to_owned(), told);
    }
    let Some((plan, policy)) = plan_of(notice, known, place, &mut report) else { return report };
    facts.insert(PLAN.to_owned(), plan::facts(plan, policy));
    if let Some(told) = progress_of(notice, known, plan, policy, place, &mut report) {
        facts.insert(PROGRESS.to_owned(), told);
    }
    report
}

/// The policy under which a notice asks for declarations.
fn guide_of(notice: &Notice, known: &Followed<'_>, place: Place, report: &mut Report) -> Option<Value> {
    let policy = policy_of(notice, GUIDE, known, place, report)?;
    match declarations_close(notice, known.calendar) {
        Some(Ok((from, workdays, last))) => {
            Some(guide::facts(policy, known.cases, Some(guide::Term { from, workdays, last })))
        }
        Some(Err(missing)) => {
            report.push(finding(missing.to_string(), place, "补上那一年的放假安排"));
            None
        }
        None => {
            let help = format!("在 参数 里写“{FROM}: 2025-02-10”和“{OPEN_FOR}: 20”");
            report.push(finding("没有写申报从哪天起、受理几个工作日", place, &help));
            None
        }
    }
}

/// The policy that a notice explains.
fn explained(notice: &Notice, known: &Followed<'_>, place: Place, report: &mut Report) -> Option<Value> {
    let policy = policy_of(notice, EXPLAINED, known, place, report)?;
    Some(guide::facts(policy, known.cases, None))
}

/// The policy that a parameter names.
fn policy_of<'k>(
    notice: &Notice,
    parameter: &str,
    known: &Followed<'k>,
    place: Place,
    report: &mut Report,
) -> Option<&'k Policy> {
    let name = argument(notice, parameter)?;
    let found = known.policies.iter().find(|policy| policy.slug == name);
    if found.is_none() {
        let help = nearest(name, known.policies.iter().map(|policy| policy.slug.as_str()))
            .map_or_else(|| "写 data/policies 里的文件夹名".to_owned(), |near| format!("是不是“{near}”？"));
        report.push(finding(format!("没有政策“{name}”"), place, &help));
    }
    found
}

/// From when, for how many working days, and until when a notice takes declarations.
#[must_use]
pub fn declarations_close(notice: &Notice, calendar: &Calendar) -> Option<Result<(Day, u32, Day), MissingYear>> {
    let from = argument(notice, FROM)?.parse::<Day>().ok()?;
    let workdays = number(notice, OPEN_FOR)?;
    Some(calendar.last_day(from, workdays, FirstDay::Counts).map(|last| (from, workdays, last)))
}

/// The list that a notice publishes, as it stands on the day that the notice bears.
fn listing_of(notice: &Notice, known: &Followed<'_>, place: Place, report: &mut Report) -> Option<Value> {
    let name = argument(notice, LISTING)?;
    let Some(listing) = known.register.listings.get(name) else {
        let help = nearest(name, known.register.listings.keys().map(String::as_str))
            .map_or_else(|| "写 data/lists 里的文件名，不带 .yaml".to_owned(), |near| format!("是不是“{near}”？"));
        report.push(finding(format!("没有名单“{name}”"), place, &help));
        return None;
    };
    let Some(on) = notice.head.dated else {
        report.push(finding("没有成文日期，不知道名单到哪一天", place, "写“成文日期”"));
        return None;
    };
    let since = match argument(notice, SINCE).map(str::parse::<Day>).transpose() {
        Ok(since) => since,
        Err(error) => {
            report.push(finding(error.to_string(), place, "“上次”写上一次公布的日期，如 2023-07-01"));
            return None;
        }
    };
    Some(listing::facts(listing, known.register, on, since))
}

/// The chains that a notice is about, with the awards of its year under its policy.
fn chains_of(notice: &Notice, known: &Followed<'_>, place: Place, report: &mut Report) -> Option<Value> {
    let name = argument(notice, CHAIN)?;
    let year = argument(notice, "年度").and_then(|year| year.parse::<Year>().ok());
    let (Some(policy), Some(year)) = (argument(notice, "政策"), year) else {
        report.push(finding("没有写按哪项政策、哪一年度统计", place, "在 参数 里写“政策: …”和“年度: 2023”"));
        return None;
    };
    let mut along = known.along(policy, year);
    let names: Vec<String> = along.iter().map(|one| one.chain.name.value.clone()).collect();
    along.retain(|one| name == ALL || one.chain.name.value == name);
    if along.is_empty() {
        let help = nearest(name, names.iter().map(String::as_str))
            .map_or_else(|| format!("写 data/chains.yaml 里的名称，或“{ALL}”"), |near| format!("是不是“{near}”？"));
        report.push(finding(format!("没有产业链“{name}”"), place, &help));
        return None;
    }
    Some(chains::facts(&along, known.register))
}

/// The indicators of the policy that a notice names.
fn indicators_of(notice: &Notice, known: &Followed<'_>, place: Place, report: &mut Report) -> Option<Value> {
    let name = argument(notice, INDICATORS)?;
    let Some(year) = argument(notice, "年度").and_then(|year| year.parse::<Year>().ok()) else {
        report.push(finding("没有写评估到哪一年", place, "在 参数 里写“年度: 2023”"));
        return None;
    };
    let measured = known.measured(name, year, Some(year));
    if measured.is_empty() {
        let known = known.followup.indicators.iter().map(|indicator| indicator.policy.value.as_str());
        let help = nearest(name, known)
            .map_or_else(|| "写进 data/indicators.yaml".to_owned(), |near| format!("是不是“{near}”？"));
        report.push(finding(format!("没有政策“{name}”的指标"), place, &help));
        return None;
    }
    Some(evaluation::facts(&measured, year))
}

/// The plan that a notice names, with its policy.
fn plan_of<'k>(
    notice: &Notice,
    known: &Followed<'k>,
    place: Place,
    report: &mut Report,
) -> Option<(&'k Plan, &'k Policy)> {
    let name = argument(notice, PLAN)?;
    let policy = known.policies.iter().find(|policy| policy.slug == name);
    let found = known.followup.plan(name).zip(policy);
    if found.is_none() {
        let plans = known.followup.plans.iter().map(|plan| plan.policy.value.as_str());
        let help = nearest(name, plans).map_or_else(
            || format!("先用 hongtou tasks new {name} 起草 data/tasks/{name}.yaml"),
            |near| format!("是不是“{near}”？"),
        );
        report.push(finding(format!("没有政策“{name}”的任务分解"), place, &help));
    }
    found
}

/// What was reported in the period that a notice names, and what the unit that it urges owes.
fn progress_of(
    notice: &Notice,
    known: &Followed<'_>,
    plan: &Plan,
    policy: &Policy,
    place: Place,
    report: &mut Report,
) -> Option<Value> {
    let period = match argument(notice, PERIOD)?.parse::<Period>() {
        Ok(period) => period,
        Err(message) => {
            report.push(finding(message, place, "在 参数 里写“期: 2024年第2季度”"));
            return None;
        }
    };
    let rounds: Vec<&Round> = known.followup.rounds(&plan.policy.value).collect();
    if !rounds.iter().any(|round| round.period.value == period) {
        let told: Vec<String> = rounds.iter().map(|round| round.period.value.to_string()).collect();
        let help = format!("写 data/progress/{period}.yaml；已有的期：{}", told.join("、"));
        report.push(finding(format!("没有{period}的进展"), place, &help));
        return None;
    }
    let mut told = progress::facts(plan, policy, &rounds, period);
    if let (Some(unit), Some(map)) = (argument(notice, UNIT), told.as_object_mut()) {
        let term = match term(notice, known) {
            Ok(term) => term,
            Err((message, help)) => {
                report.push(finding(message, place, &help));
                return None;
            }
        };
        let Some(urged) = progress::urged(plan, policy, &rounds, period, unit, term) else {
            let message = format!("{unit}在{period}没有逾期、滞后或未报送的任务，不用督办");
            report.push(finding(message, place, "改正“单位”或“期”"));
            return None;
        };
        map.insert("督办".to_owned(), urged);
    }
    Some(told)
}

/// Within how many working days a unit answers, and the last of them.
fn term(notice: &Notice, known: &Followed<'_>) -> Result<(u32, Option<Day>), (String, String)> {
    let workdays = number(notice, TERM)
        .ok_or_else(|| ("没有写几个工作日内反馈".to_owned(), format!("在 参数 里写“{TERM}: 10”，不少于1个工作日")))?;
    let last = answer_due(notice, known.calendar).transpose();
    let last = last.map_err(|missing| (missing.to_string(), "补上那一年的放假安排".to_owned()))?;
    Ok((workdays, last))
}

/// A number of working days under a parameter, at least one.
fn number(notice: &Notice, name: &str) -> Option<u32> {
    let written = notice.head.arguments.get(name)?;
    let number = written.as_str().and_then(|text| text.parse().ok()).or_else(|| written.as_u64()?.try_into().ok());
    number.filter(|number| *number > 0)
}

/// The last day on which the unit that a notice urges may answer: so many working days after that of the letter.
#[must_use]
pub fn answer_due(notice: &Notice, calendar: &Calendar) -> Option<Result<Day, MissingYear>> {
    let (dated, workdays) = (notice.head.dated?, number(notice, TERM)?);
    Some(calendar.last_day(dated, workdays, FirstDay::DoesNotCount))
}
