//! `hongtou indicators` — how a policy's indicators stand: against the year before, against their targets.

use std::path::PathBuf;

use super::arguments::{Common, Indicators, SheetFormat};
use super::destination::{format_of, say, write_sheets};
use super::table::{Align, table};
use super::tasks::policy;
use super::{Ending, Failure};
use crate::followup::evaluation::{Measured, shown};
use crate::followup::sheets;
use crate::project::Project;

pub(super) fn run(common: &Common, options: &Indicators) -> Result<Ending, Failure> {
    let mut opened = common.open(&[])?;
    opened.show();
    let project = &opened.project;
    let slug = watched(project, options.policy.as_deref())?;
    let year = options.year.unwrap_or_else(|| opened.on.year());
    let measured = project.followed().measured(slug, year, Some(year));
    if measured.is_empty() {
        return Err(Failure::Unknown(format!("{slug} 没有指标；写进 data/indicators.yaml")));
    }
    let format = format_of(&project.root, options.format, options.output.as_deref(), SheetFormat::Table)?;
    if format == SheetFormat::Xlsx {
        let path = options.output.clone().unwrap_or_else(|| PathBuf::from(format!("指标-{slug}.xlsx")));
        write_sheets(&project.root, &path, &[sheets::indicators(&measured), sheets::series(&measured)])?;
        return Ok(Ending::of(&opened.report));
    }
    say(&project.root, options.output.as_ref(), &listing(&measured))?;
    Ok(Ending::of(&opened.report))
}

/// The policy asked for; the only one that has indicators, where none is.
fn watched<'p>(project: &'p Project, asked: Option<&str>) -> Result<&'p str, Failure> {
    if let Some(asked) = asked {
        return policy(project, asked).map(|policy| policy.slug.as_str());
    }
    let mut known: Vec<&str> =
        project.followup.indicators.iter().map(|indicator| indicator.policy.value.as_str()).collect();
    known.dedup();
    match known.as_slice() {
        [only] => Ok(only),
        [] => Err(Failure::Unknown("data/indicators.yaml 里没有指标".to_owned())),
        several => Err(Failure::Unknown(format!("写明哪一项政策：{}", several.join("、")))),
    }
}

fn listing(measured: &[Measured<'_>]) -> String {
    let rows: Vec<Vec<String>> = measured
        .iter()
        .map(|one| {
            let unit = &one.indicator.unit.value;
            let (period, value) = one.last().map_or_else(Default::default, |(period, value)| {
                (period.to_string(), format!("{}{unit}", shown(value)))
            });
            let against = one.against.as_ref();
            let target =
                against.map(|progress| format!("{}{}{unit}", progress.target.by.value, shown(progress.wanted)));
            let verdict = against.map(|progress| progress.against.word().to_owned());
            vec![
                one.indicator.name.value.clone(),
                period,
                value,
                one.change().unwrap_or_default(),
                target.unwrap_or_default(),
                verdict.unwrap_or_default(),
            ]
        })
        .collect();
    let head = [
        ("指标", Align::Left),
        ("期", Align::Left),
        ("数值", Align::Right),
        ("比上年", Align::Left),
        ("目标", Align::Left),
        ("结论", Align::Left),
    ];
    table(&head, &rows)
}
