//! `hongtou tasks` — a policy's plan begun from its words; its tasks as a table or a workbook.

use std::path::PathBuf;

use super::arguments::{Common, SheetFormat, TasksNew, TasksShow, TasksVerb};
use super::destination::{FileFormat, format_of, say, write_sheets};
use super::table::{Align, table};
use super::{Ending, Failure, print, unwritten};
use crate::diag::nearest;
use crate::disk::rewrite;
use crate::followup::skeleton::skeleton;
use crate::followup::{Plan, Task, sheets};
use crate::policy::Policy;
use crate::policy::skeleton::OPEN;
use crate::project::{self, Project};

pub(super) fn run(common: &Common, verb: &TasksVerb) -> Result<Ending, Failure> {
    match verb {
        TasksVerb::New(options) => new(common, options),
        TasksVerb::Show(options) => show(common, options),
    }
}

fn new(common: &Common, options: &TasksNew) -> Result<Ending, Failure> {
    let (opened, _lock) = common.open_to_write("起草任务分解")?;
    let project = &opened.project;
    let policy = policy(project, &options.policy)?;
    let path = project.root.join("data/tasks").join(format!("{}.yaml", policy.slug));
    if project::is_there(&path) {
        return Err(Failure::Other(format!("{} 已经有了，没有改动", path.display())));
    }
    let text = skeleton(policy);
    rewrite(&path, None, text.as_bytes()).map_err(|error| unwritten(&path.display().to_string(), error))?;
    if !common.quiet {
        let open = text.matches(OPEN).count() - 1;
        print::error(&format!(
            "写入 {}。补上{open}处“{OPEN}”，核对每一项；hongtou check 说明还差什么，hongtou tasks show {} 列成表",
            path.display(),
            policy.slug
        ));
    }
    Ok(Ending::Fine)
}

fn show(common: &Common, options: &TasksShow) -> Result<Ending, Failure> {
    let mut opened = common.open(&[])?;
    opened.show();
    let project = &opened.project;
    let plan = plan(project, options.policy.as_deref())?;
    let tasks: Vec<&Task> = match &options.unit {
        None => plan.tasks.iter().collect(),
        Some(unit) => {
            let of_unit = |task: &&Task| task.units().any(|own| own.value == *unit);
            let tasks: Vec<&Task> = plan.tasks.iter().filter(of_unit).collect();
            if tasks.is_empty() {
                let known = plan.tasks.iter().flat_map(Task::units).map(|unit| unit.value.as_str());
                let hint = nearest(unit, known).map(|near| format!("，是不是“{near}”？")).unwrap_or_default();
                return Err(Failure::Unknown(format!("没有“{unit}”的任务{hint}")));
            }
            tasks
        }
    };
    let format = format_of(&project.root, options.format, options.output.as_deref(), SheetFormat::Table)?;
    if format == SheetFormat::Xlsx {
        let name = format!("任务分解-{}.xlsx", plan.policy.value);
        let path = options.output.clone().unwrap_or_else(|| PathBuf::from(name));
        write_sheets(&project.root, &path, &[sheets::tasks(&tasks), sheets::targets(plan)])?;
        return Ok(Ending::of(&opened.report));
    }
    say(&project.root, options.output.as_ref(), &listing(plan, &tasks))?;
    Ok(Ending::of(&opened.report))
}

fn listing(plan: &Plan, tasks: &[&Task]) -> String {
    let rows: Vec<Vec<String>> = tasks
        .iter()
        .map(|task| {
            let assisting: Vec<&str> = task.assisting.iter().map(|unit| unit.value.as_str()).collect();
            vec![
                task.clause.value.to_string(),
                task.name.value.clone(),
                task.lead.value.clone(),
                assisting.join("、"),
                task.until.value.to_string(),
            ]
        })
        .collect();
    let head = ["条款", "任务", "牵头单位", "配合单位", "时限"].map(|name| (name, Align::Left));
    let targets: Vec<String> = plan
        .targets
        .iter()
        .map(|target| {
            let (name, amount) = (&target.name.value, &target.amount.value);
            format!("目标　{} {name}：到{}达到{amount}", target.clause.value, target.by.value)
        })
        .collect();
    format!("{}\n\n{}\n\n共{}项任务", targets.join("\n"), table(&head, &rows), tasks.len())
}

/// The policy of a name or number.
pub(super) fn policy<'p>(project: &'p Project, asked: &str) -> Result<&'p Policy, Failure> {
    let found = project.policies.iter().find(|policy| policy.slug == asked || policy.number == asked);
    found.ok_or_else(|| {
        let known: Vec<&str> = project.policies.iter().map(|policy| policy.slug.as_str()).collect();
        let hint = nearest(asked, known.iter().copied()).map(|near| format!("，是不是“{near}”？")).unwrap_or_default();
        Failure::Unknown(format!("没有政策“{asked}”{hint}\n现有：{}", known.join("、")))
    })
}

/// The plan of a policy; of the only one that has a plan, where none is named.
pub(super) fn plan<'p>(project: &'p Project, asked: Option<&str>) -> Result<&'p Plan, Failure> {
    let plans = &project.followup.plans;
    match (asked, plans.as_slice()) {
        (Some(asked), _) => {
            let slug = &policy(project, asked)?.slug;
            let none = || format!("{slug} 还没有任务分解；hongtou tasks new {slug} 起草");
            project.followup.plan(slug).ok_or_else(|| Failure::Unknown(none()))
        }
        (None, [only]) => Ok(only),
        (None, []) => Err(Failure::Unknown("data/tasks 里没有任务分解；hongtou tasks new 政策 起草".to_owned())),
        (None, several) => {
            let names: Vec<&str> = several.iter().map(|plan| plan.policy.value.as_str()).collect();
            Err(Failure::Unknown(format!("写明哪一项政策：{}", names.join("、"))))
        }
    }
}

impl FileFormat for SheetFormat {
    fn endings(&self) -> &'static [&'static str] {
        match self {
            Self::Table => &["txt"],
            Self::Xlsx => &["xlsx"],
        }
    }
}
