//! `hongtou measure` — the laid-out pages of one document under a ruler, clause by clause (GB/T 9704—2012).

use super::arguments::{Common, FindingFormat, Measure};
use super::table::{Align, table};
use super::{Ending, Failure, findings, print, render};
use crate::pdf::Measurement;

pub(super) fn run(common: &Common, options: &Measure) -> Result<Ending, Failure> {
    let opened = common.open(&[])?;
    let (workshop, mut report) = opened.workshop();
    let project = &opened.project;
    let enterprise = options.enterprise.as_deref();
    let Some(made) = render::made(project, &workshop, &options.notice, enterprise, &mut report)? else {
        findings::show(&mut report, &project.sources, FindingFormat::Text);
        return Ok(Ending::Findings);
    };
    let measurements = &made.measurements;
    let short = measurements.iter().filter(|one| !one.holds).count();
    match options.format {
        FindingFormat::Json => {
            print::out(&serde_json::to_string_pretty(measurements).map_err(|why| Failure::Other(why.to_string()))?);
        }
        FindingFormat::Text => {
            let head = [
                ("条款", Align::Left),
                ("项目", Align::Left),
                ("应为", Align::Left),
                ("实测", Align::Left),
                ("结果", Align::Left),
            ];
            print::out(&table(&head, &measurements.iter().map(row).collect::<Vec<_>>()));
            print::out(&format!(
                "《{}》{}页：量了{}处，{short}处不符合",
                made.document.title,
                made.pages,
                measurements.len()
            ));
        }
    }
    Ok(if short == 0 { Ending::Fine } else { Ending::Findings })
}

fn row(one: &Measurement) -> Vec<String> {
    let verdict = match (&one.adjusted, &one.setting, one.holds) {
        (Some(change), _, true) => format!("为同面调整（{change}，7.3.5.5）"),
        (None, Some(setting), true) => format!("按本单位设定（{setting}）"),
        (None, Some(setting), false) => format!("不符合设定（{setting}）"),
        (None, None, true) => "符合".to_owned(),
        (_, _, false) => "不符合".to_owned(),
    };
    vec![
        one.clause.to_owned(),
        one.item.clone(),
        format!("{}{}", one.wanted, one.unit),
        format!("{}{}", one.measured, one.unit),
        verdict,
    ]
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::build::{Job, Workshop};
    use crate::calendar::Day;
    use crate::project::Project;

    /// Every document of the sample workspace that is written by hand, under the ruler.
    #[test]
    fn the_sample_documents_hold() {
        let (project, _) = Project::load(Path::new(env!("CARGO_MANIFEST_DIR")), &[]);
        let on = Day::new(2024, 7, 1).unwrap();
        let (workshop, _) = Workshop::new(&project, &crate::diag::Report::default(), on);
        let mut short = Vec::new();
        for (slug, notice) in &project.notices {
            if notice.head.for_each {
                continue;
            }
            let (made, report) = workshop.make(&Job::Notice { slug, notice });
            let made = made.unwrap_or_else(|| panic!("{slug}: {report:#?}"));
            if let Some(folder) = std::env::var_os("HONGTOU_PROOF") {
                std::fs::write(Path::new(&folder).join(format!("{slug}.pdf")), &made.pdf).unwrap();
            }
            short.extend(made.measurements.iter().filter(|one| !one.holds).map(|one| format!("{slug} {one:?}")));
        }
        assert!(short.is_empty(), "{short:#?}");
    }
}
