//! 执行 — `data/tasks/*.yaml`, each held against its policy, and `data/progress/*.yaml`, held against the tasks.

use std::collections::BTreeMap;

use super::Project;
use super::files::Reader;
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::draft::Notice;
use crate::draft::facts::argument;
use crate::draft::followup::{Followed, UNIT};
use crate::followup::binding::bind;
use crate::followup::chains::{self, Chains};
use crate::followup::chart;
use crate::followup::computed::Ground;
use crate::followup::indicators::{self, Indicators};
use crate::followup::{FollowUp, Indicator, Plan, Round, progress};
use crate::policy::Policy;
use crate::policy::declared::asked_names;
use crate::register::{Item, Register, Several};
use crate::yaml::Located;

/// Where the indicators are kept.
const INDICATORS: &str = "data/indicators.yaml";

/// Where the chains are kept.
const CHAINS: &str = "data/chains.yaml";

/// Reads what becomes of the policies. `districts` are those that the office keeps a list of.
pub(super) fn read(
    reader: &mut Reader<'_>,
    policies: &[Policy],
    register: &Register,
    districts: Option<&Several>,
) -> FollowUp {
    let mut plans: Vec<Plan> = Vec::new();
    for (stem, plan) in reader.yaml_folder::<Plan>("data/tasks") {
        let Some(policy) = policies.iter().find(|policy| policy.slug == plan.policy.value) else {
            reader.report.push(unknown_policy(&plan.policy, policies));
            continue;
        };
        if stem != plan.policy.value {
            reader.report.push(misnamed(&stem, &plan.policy, "就是政策的文件夹名"));
            continue;
        }
        reader.report.absorb(bind(&plan, policy, districts));
        plans.push(plan);
    }
    let rounds = rounds(reader, &plans);
    let indicators = reader.optional::<Indicators>(INDICATORS).unwrap_or_default().indicators;
    // A target that was left out because something in it is wrong was told already.
    let known = (!reader.is_faulty("data/tasks/")).then_some(plans.as_slice());
    reader.report.absorb(indicators::check(&indicators, known, policies, register, districts));
    let chains = reader.optional::<Chains>(CHAINS).unwrap_or_default().chains;
    reader.report.absorb(chains::check(&chains, &plans, register, districts));
    FollowUp { plans, rounds, indicators, chains }
}

/// Reads what was reported, the earliest first.
fn rounds(reader: &mut Reader<'_>, plans: &[Plan]) -> Vec<Round> {
    let mut rounds: Vec<Round> = Vec::new();
    for (stem, round) in reader.yaml_folder::<Round>("data/progress") {
        let period = round.period.value;
        let named = stem.strip_prefix(&period.to_string());
        if named.is_none_or(|rest| !rest.is_empty() && !rest.starts_with('-')) {
            let said = Located { value: period.to_string(), place: round.period.place };
            reader.report.push(misnamed(&stem, &said, "以期开头"));
            continue;
        }
        let known = plans.iter().find(|plan| plan.policy.value == round.policy.value);
        if known.is_none() {
            let plans = plans.iter().map(|plan| plan.policy.value.as_str());
            let help = nearest(&round.policy.value, plans).map_or_else(
                || format!("先用 hongtou tasks new {} 起草任务分解", round.policy.value),
                |near| format!("是不是“{near}”？"),
            );
            let message = format!("没有政策“{}”的任务分解", round.policy.value);
            reader.report.push(Diagnostic::error(Code::Reference, message).at(round.policy.place).help(help));
            continue;
        }
        if rounds.iter().any(|other| other.period.value == period && other.policy.value == round.policy.value) {
            let message = format!("{}在{period}已经有一份进展", round.policy.value);
            reader.report.push(
                Diagnostic::error(Code::Duplicate, message).at(round.period.place).help("并成一份，或改正期、政策"),
            );
            continue;
        }
        rounds.push(round);
    }
    rounds.sort_by_key(|round| round.period.value);
    for plan in plans {
        let of_plan: Vec<&Round> = rounds.iter().filter(|round| round.policy.value == plan.policy.value).collect();
        reader.report.absorb(progress::check(plan, &of_plan));
    }
    rounds
}

/// Holds the letters that urge against the documents that they are.
pub(super) fn check_urged(followup: &FollowUp, notices: &BTreeMap<String, Notice>, reader: &mut Reader<'_>) {
    for urged in followup.rounds.iter().flat_map(|round| &round.urged) {
        let Some(notice) = notices.get(&urged.letter.value) else {
            let help = nearest(&urged.letter.value, notices.keys().map(String::as_str)).map_or_else(
                || "写 data/notices 里督办函的文件名，不带 .md".to_owned(),
                |near| format!("是不是“{near}”？"),
            );
            let message = format!("没有公文“{}”", urged.letter.value);
            reader.report.push(Diagnostic::error(Code::Reference, message).at(urged.letter.place).help(help));
            continue;
        };
        if let Some(unit) = argument(notice, UNIT).filter(|unit| *unit != urged.unit.value) {
            let message = format!("督办函“{}”是给{unit}的，这里写的是{}", urged.letter.value, urged.unit.value);
            reader
                .report
                .push(Diagnostic::error(Code::Contradiction, message).at(urged.unit.place).help("改正其中一处"));
        }
        if let (Some(answered), Some(dated)) = (urged.answered, notice.head.dated)
            && answered.value < dated
        {
            let message = format!("反馈的日期{}在督办函的成文日期{dated}之前", answered.value);
            reader.report.push(Diagnostic::error(Code::Date, message).at(answered.place).help("改正日期"));
        }
    }
}

impl Project {
    /// What becomes of the policies, with all that it is told from.
    #[must_use]
    pub fn followed(&self) -> Followed<'_> {
        Followed {
            policies: &self.policies,
            cases: &self.cases,
            followup: &self.followup,
            register: &self.register,
            calendar: &self.calendar,
        }
    }

    /// What policies ask of declarations, by kind and name, and what their indicators ask of enterprises.
    pub fn asks<'a>(&'a self, policies: &[&'a Policy]) -> impl Fn(&str, &str) -> bool + 'a {
        let names = asked_names(policies.iter().copied());
        let watched = self.followup.asked_of_enterprises(policies.iter().map(|policy| policy.slug.as_str()));
        move |kind, name| names.contains(&(kind, name)) || kind == Item::ENTERPRISE && watched.contains(name)
    }

    /// The drawings of the indicators, by the paths under which documents and pages show them.
    pub(super) fn drawings(&self) -> Vec<(String, Vec<u8>)> {
        let all = &self.followup.indicators;
        let ground = Ground::new(
            &self.register,
            &self.policies,
            &self.followup.plans,
            all.iter().filter_map(Indicator::computed),
        );
        all.iter().flat_map(|indicator| chart::drawings(indicator, &ground)).collect()
    }
}

/// Holds the lists against the policies whose clauses fill them.
pub(super) fn check_listings(register: &Register, policies: &[Policy], report: &mut Report) {
    for basis in register.listings.values().filter_map(|listing| listing.basis.as_ref()) {
        let Some(policy) = policies.iter().find(|policy| policy.slug == basis.policy.value) else {
            report.push(unknown_policy(&basis.policy, policies));
            continue;
        };
        if policy.outline.clause(&basis.clause.value).is_none() {
            let known = policy.outline.clauses().iter().map(|clause| clause.id.0.as_str());
            let help = nearest(&basis.clause.value.0, known)
                .map_or_else(|| "写条款名，如 四（八）11".to_owned(), |near| format!("是不是“{near}”？"));
            let message = format!("{}没有条款“{}”", policy.name(), basis.clause.value);
            report.push(Diagnostic::error(Code::Clause, message).at(basis.clause.place).help(help));
        }
    }
}

/// A file that bears the name of one thing and speaks of another.
fn misnamed(stem: &str, said: &Located<String>, form: &str) -> Diagnostic {
    Diagnostic::error(Code::Contradiction, format!("文件名是{stem}.yaml，里面写的是{}", said.value))
        .at(said.place)
        .help(format!("核对写的是不是这一个；文件名{form}，如 {}.yaml", said.value))
}

/// A policy that is not there.
fn unknown_policy(name: &Located<String>, policies: &[Policy]) -> Diagnostic {
    let help = nearest(&name.value, policies.iter().map(|policy| policy.slug.as_str()))
        .map_or_else(|| "写 data/policies 里的文件夹名".to_owned(), |near| format!("是不是“{near}”？"));
    Diagnostic::error(Code::Reference, format!("没有政策“{}”", name.value)).at(name.place).help(help)
}
