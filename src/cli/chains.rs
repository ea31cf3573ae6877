//! `hongtou chains` — the chains of an industry: who is responsible, how many enterprises, what was awarded along them, how their tasks stand.

use std::path::PathBuf;

use super::arguments::{Chains, Common, SheetFormat};
use super::awards::year;
use super::destination::{format_of, say, write_sheets};
use super::table::{Align, table};
use super::{Ending, Failure};
use crate::award::assess;
use crate::followup::chains::{COLUMNS, along};
use crate::followup::sheets;

pub(super) fn run(common: &Common, options: &Chains) -> Result<Ending, Failure> {
    let mut opened = common.open(&[])?;
    opened.show();
    let project = &opened.project;
    if project.followup.chains.is_empty() {
        return Err(Failure::Unknown("data/chains.yaml 里没有产业链".to_owned()));
    }
    let year = year(project, options.year)?;
    let assessments = assess(&project.register, &project.policies, year);
    let plans = project.followup.plans.iter();
    let plans: Vec<_> =
        plans.map(|plan| (plan, project.followup.rounds(&plan.policy.value).collect::<Vec<_>>())).collect();
    let told = along(&project.followup.chains, &project.register, &assessments, &plans);
    let format = format_of(&project.root, options.format, options.output.as_deref(), SheetFormat::Table)?;
    if format == SheetFormat::Xlsx {
        let path = options.output.clone().unwrap_or_else(|| PathBuf::from(format!("产业链-{year}.xlsx")));
        write_sheets(&project.root, &path, &[sheets::chains(&told, &project.register), sheets::chain_members(&told)])?;
        return Ok(Ending::of(&opened.report));
    }
    let aligned = |(at, name)| (name, if at < 3 { Align::Left } else { Align::Right });
    let head: Vec<(&str, Align)> = COLUMNS.into_iter().enumerate().map(aligned).collect();
    let rows: Vec<Vec<String>> = told.iter().map(|one| one.told(&project.register)).collect();
    let text = format!("{year}年度产业链\n\n{}\n\n一家企业属于几条产业链的，各条都计", table(&head, &rows));
    say(&project.root, options.output.as_ref(), &text)?;
    Ok(Ending::of(&opened.report))
}
