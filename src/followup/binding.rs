//! 对照 — a plan against the policy that it comes from: every clause has its task, every unit is one that the words name, every
//! figure of a target stands in the words, and every figure of a clause that sets targets has its target.

use std::collections::BTreeSet;

use super::units::responsible;
use super::{Plan, Target, Task, Until};
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::document::{Clause, ClauseId};
use crate::policy::Policy;
use crate::policy::figure::{Figure, figures};
use crate::policy::quotes::misquoted;
use crate::policy::skeleton::OPEN;
use crate::register::Several;
use crate::source::Place;
use crate::yaml::Located;

/// The clauses of a policy that stand for themselves: those that have no clauses below them.
pub fn leaves(policy: &Policy) -> impl Iterator<Item = &Clause> {
    let clauses = policy.outline.clauses();
    let deeper = |at: usize, clause: &Clause| {
        clauses.get(at + 1).is_some_and(|next| next.headings.len() > clause.headings.len())
    };
    clauses.iter().enumerate().filter(move |(at, clause)| !deeper(*at, clause)).map(|(_, clause)| clause)
}

/// Checks a plan against its policy. `districts` are those that the office knows, where it keeps a list.
pub fn bind(plan: &Plan, policy: &Policy, districts: Option<&Several>) -> Report {
    let mut report = Report::default();
    let binding = Binding { plan, policy };
    binding.check_clauses(&mut report);
    binding.check_names(&mut report);
    for task in &plan.tasks {
        binding.check_units(task, &mut report);
        check_twice(task.units(), "单位", &mut report);
        check_twice(task.districts.iter(), "区县", &mut report);
        check_districts(task, districts, &mut report);
    }
    binding.check_charged(&mut report);
    for target in &plan.targets {
        binding.check_target(target, &mut report);
    }
    report
}

struct Binding<'a> {
    plan: &'a Plan,
    policy: &'a Policy,
}

impl Binding<'_> {
    /// Every clause that is named is there, and every clause of the policy is named by a task, a target, or as none.
    fn check_clauses(&self, report: &mut Report) {
        let Self { plan, policy } = self;
        let named = || {
            let of_tasks = plan.tasks.iter().map(|task| &task.clause);
            let of_targets = plan.targets.iter().map(|target| &target.clause);
            of_tasks.chain(of_targets).chain(plan.left_out.iter().map(|left| &left.clause))
        };
        for clause in named().filter(|clause| policy.outline.clause(&clause.value).is_none()) {
            let known = policy.outline.clauses().iter().map(|clause| clause.id.0.as_str());
            let help = nearest(&clause.value.0, known)
                .map_or_else(|| "条款名由各级序号连成，如 四（一）1".to_owned(), |near| format!("是不是“{near}”？"));
            let message = format!("{}没有条款“{}”", policy.name(), clause.value);
            report.push(Diagnostic::error(Code::Clause, message).at(clause.place).help(help));
        }
        for left in &plan.left_out {
            if let Some(task) = plan.tasks.iter().find(|task| task.clause.value == left.clause.value) {
                let message = format!("条款{}写了不分解，又有任务“{}”", left.clause.value, task.name.value);
                report.push(Diagnostic::error(Code::Contradiction, message).at(left.clause.place).help("删去其中一处"));
            }
        }
        for clause in leaves(policy).filter(|clause| !named().any(|named| named.value == clause.id)) {
            let message = format!("条款{}没有分解成任务", clause.id);
            let units = responsible(&clause.words);
            let whom =
                if units.is_empty() { String::new() } else { format!("；责任单位是{}", units.join("、")) };
            let help = format!("写一项任务，或在“不分解”里写明理由{whom}");
            report.push(Diagnostic::error(Code::Clause, message).at(plan.policy.place).help(help));
        }
    }

    /// No two tasks and no two targets are called alike.
    fn check_names(&self, report: &mut Report) {
        check_twice(self.plan.tasks.iter().map(|task| &task.name), "任务", report);
        check_twice(self.plan.targets.iter().map(|target| &target.name), "目标", report);
    }

    /// A unit is one that the clause names; another one is charged by a document that the plan names.
    fn check_units(&self, task: &Task, report: &mut Report) {
        let Some(clause) = self.policy.outline.clause(&task.clause.value) else { return };
        let charged = responsible(&clause.words);
        if task.basis.is_none()
            && let Some(first) = charged.first().filter(|first| **first != task.lead.value)
            && charged.contains(&task.lead.value.as_str())
        {
            let message = format!("条款{}的责任单位第一个是{first}，牵头写的是{}", clause.id, task.lead.value);
            report.push(
                Diagnostic::warning(Code::Basis, message)
                    .at(task.lead.place)
                    .help("排在第一的牵头；另有文件定的，在这项任务里写“依据: 文号”"),
            );
        }
        for unit in task.units() {
            let name = unit.value.as_str();
            // What names nobody leaves it to the policy as a whole.
            let is_named = if charged.is_empty() {
                self.policy.outline.clauses().iter().any(|clause| clause.words.contains(name))
            } else {
                charged.contains(&name)
            };
            if name.is_empty() || !is_named && task.basis.is_none() && !self.is_appointed(name) {
                report.push(self.unknown_unit(unit, clause, &charged));
            }
        }
    }

    fn is_appointed(&self, name: &str) -> bool {
        self.plan.appointed.iter().any(|appointed| appointed.name.value == name)
    }

    fn unknown_unit(&self, unit: &Located<String>, clause: &Clause, charged: &[&str]) -> Diagnostic {
        if unit.value == OPEN {
            let help = match charged {
                [] => "条款没有写责任单位：照有关文件写牵头的单位".to_owned(),
                _ => format!("责任单位是{}", charged.join("、")),
            };
            return Diagnostic::error(Code::Missing, format!("还没有写单位，是“{OPEN}”")).at(unit.place).help(help);
        }
        let whole: BTreeSet<&str> =
            self.policy.outline.clauses().iter().flat_map(|clause| responsible(&clause.words)).collect();
        let message = match charged {
            [] => format!("政策里没有“{}”这个单位", unit.value),
            _ => format!("条款{}的责任单位里没有“{}”，有的是{}", clause.id, unit.value, charged.join("、")),
        };
        let known = charged.iter().copied().chain(whole);
        let other = "另有文件定的，写入“另定单位: [{ 名称: …, 依据: 文号 }]”";
        let help = match nearest(&unit.value, known).filter(|near| *near != unit.value) {
            Some(near) => format!("是不是“{near}”？{other}"),
            None => other.to_owned(),
        };
        Diagnostic::error(Code::Basis, message).at(unit.place).help(help)
    }

    /// Every unit that a clause charges has a part in one of its tasks.
    fn check_charged(&self, report: &mut Report) {
        let mut seen: BTreeSet<&ClauseId> = BTreeSet::new();
        for task in &self.plan.tasks {
            let id = &task.clause.value;
            let Some(clause) = self.policy.outline.clause(id).filter(|_| seen.insert(id)) else { continue };
            let of_clause = || self.plan.tasks.iter().filter(|task| task.clause.value == *id);
            for unit in responsible(&clause.words) {
                if !of_clause().flat_map(Task::units).any(|own| own.value == unit) {
                    let message = format!("条款{id}的责任单位{unit}，没有一项任务写它");
                    let help = format!("在这一条的任务里写“牵头”或“配合: [{unit}]”");
                    report.push(Diagnostic::error(Code::Basis, message).at(task.clause.place).help(help));
                }
            }
        }
    }

    /// What a target says stands in its clause: the words, the figure, the year.
    fn check_target(&self, target: &Target, report: &mut Report) {
        let Some(clause) = self.policy.outline.clause(&target.clause.value) else { return };
        if let Some(finding) = misquoted(self.policy, &clause.id, &target.words) {
            report.push(finding);
            return;
        }
        let amount = target.amount.value.to_string();
        let stated = match Figure::of_value(&amount) {
            Some(figure) => figures(&target.words.value).contains(&figure),
            None => target.words.value.contains(&amount),
        };
        if !stated && target.derived.is_none() {
            let message = format!("目标“{}”的数值{amount}，原文里没有", target.name.value);
            let said: Vec<String> = figures(&target.words.value).iter().map(Figure::to_string).collect();
            let said = if said.is_empty() {
                "原文里没有数字".to_owned()
            } else {
                format!("原文里的数字是{}", said.join("、"))
            };
            report.push(
                Diagnostic::error(Code::Basis, message)
                    .at(target.amount.place)
                    .help(format!("{said}；由文字推出来的，写“推定: 怎样推出”")),
            );
        }
        let by = target.by.value;
        let (Until::Year(year), false) = (by, matches!(by, Until::Yearly | Until::Standing)) else { return };
        if !clause.words.contains(&format!("{year}年")) {
            let message = format!("目标“{}”写的是到{year}年，条款{}里没有这一年", target.name.value, clause.id);
            report.push(Diagnostic::error(Code::Basis, message).at(target.by.place).help("照条款改"));
        }
    }
}

/// What is named twice where once is meant.
pub(super) fn check_twice<'a>(names: impl Iterator<Item = &'a Located<String>>, what: &str, report: &mut Report) {
    let mut seen: Vec<(&str, Place)> = Vec::new();
    for name in names {
        if seen.iter().any(|(known, _)| *known == name.value) {
            let message = format!("{what}“{}”写了两次", name.value);
            report.push(
                Diagnostic::error(Code::Duplicate, message).at(name.place).help("留下一个；确是两个的，名称写得不同"),
            );
        } else {
            seen.push((&name.value, name.place));
        }
    }
}

fn check_districts(task: &Task, known: Option<&Several>, report: &mut Report) {
    let Some(known) = known else { return };
    for district in task.districts.iter().filter(|one| !known.iter().any(|known| known.value == one.value)) {
        report.push(unknown_district(district, known));
    }
}

/// A district that the office does not know.
pub(super) fn unknown_district(district: &Located<String>, known: &Several) -> Diagnostic {
    let help = nearest(&district.value, known.iter().map(|known| known.value.as_str()))
        .map_or_else(|| "在 data/office.yaml 的“区县”里加上它".to_owned(), |near| format!("是不是“{near}”？"));
    let message = format!("区县“{}”不在 data/office.yaml 的“区县”里", district.value);
    Diagnostic::error(Code::Reference, message).at(district.place).help(help)
}
