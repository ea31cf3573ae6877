//! `hongtou form` — the table that enterprises or districts fill in: what is known stands in it already, what the policies in force want to know is
//! asked, nothing else.

use std::path::PathBuf;

use super::arguments::{Common, Form, FormKind};
use super::awards::enterprise;
use super::destination::write_sheets;
use super::opened::Opened;
use super::{Ending, Failure};
use crate::exchange::kinds::declarations;
use crate::policy::Policy;
use crate::project::Project;
use crate::register::Enterprise;

pub(super) fn run(common: &Common, options: &Form) -> Result<Ending, Failure> {
    let FormKind::Declarations = options.kind;
    let mut opened = common.open(&[])?;
    opened.show();
    let Opened { project, report, .. } = opened;
    let year = options.year;
    let asking = policies(&project, options)?;
    let enterprises = enterprises(&project, options)?;
    let asks = project.asks(&asking);
    let grids = declarations::blank(&project.register, year, &enterprises, &asks);
    let path = options.output.clone().unwrap_or_else(|| PathBuf::from(format!("申报表-{year}.xlsx")));
    write_sheets(&project.root, &path, &grids)?;
    Ok(Ending::of(&report))
}

/// The policies whose questions are asked.
fn policies<'a>(project: &'a Project, options: &Form) -> Result<Vec<&'a Policy>, Failure> {
    let year = options.year;
    let standing = Policy::standing(&project.policies, year);
    let Some(asked) = &options.policy else {
        let covering: Vec<&Policy> = standing.into_iter().filter(|policy| policy.covers(year)).collect();
        if covering.is_empty() {
            let known: Vec<&str> = project.policies.iter().map(|policy| policy.slug.as_str()).collect();
            let known = known.join("、");
            return Err(Failure::Unknown(format!("没有政策适用于{year}年度；要用哪一项，写 --policy（有：{known}）")));
        }
        return Ok(covering);
    };
    let found = project.policies.iter().find(|policy| policy.slug == *asked || policy.name() == asked);
    let known = || project.policies.iter().map(|policy| policy.slug.as_str()).collect::<Vec<_>>().join("、");
    Ok(vec![found.ok_or_else(|| Failure::Unknown(format!("没有政策“{asked}”；有的是：{}", known())))?])
}

/// The enterprises that are asked.
fn enterprises<'a>(project: &'a Project, options: &Form) -> Result<Vec<&'a Enterprise>, Failure> {
    if let Some(asked) = &options.enterprise {
        return Ok(vec![enterprise(project, asked)?]);
    }
    let all = project.register.enterprises.values();
    let Some(district) = &options.district else { return Ok(all.collect()) };
    let there: Vec<&Enterprise> = all.filter(|known| known.district.value == *district).collect();
    if there.is_empty() {
        return Err(Failure::Unknown(format!("企业库里没有“{district}”的企业")));
    }
    Ok(there)
}
