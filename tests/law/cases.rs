//! 奖励案例 — every case of the sample policy, and of the files in `tests/cases/award`, as a test of its own name.

use std::fs;
use std::path::Path;

use hongtou::award::{Case, Cases};
use hongtou::diag::Report;
use hongtou::policy::readings::Reading;
use hongtou::project::Project;
use hongtou::source::{Source, Sources};
use hongtou::yaml;
use libtest_mimic::{Failed, Trial};

/// All cases.
pub(crate) fn tests() -> Vec<Trial> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut trials = Vec::new();
    for workspace in [root.to_owned(), root.join("tests/workspaces/示例县")] {
        let (project, _) = Project::load(&workspace, &[]);
        let project: &'static Project = Box::leak(Box::new(project));
        trials.extend(project.cases.iter().map(|case| trial(project, case, &project.sources)));
    }
    let mut files: Vec<_> =
        fs::read_dir(root.join("tests/cases/award")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for path in files {
        trials.extend(file(root, &path));
    }
    trials
}

/// The cases of one file, which may ask for other readings than those of the policy's data.
fn file(root: &Path, path: &Path) -> Vec<Trial> {
    let mut sources = Sources::default();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let id = sources.add(Source::new(name, fs::read_to_string(path).unwrap()));
    let (cases, found) = yaml::read::<Cases>(id, sources.get(id).unwrap());
    assert!(found.is_empty(), "{}", text(&found, &sources));
    let cases: &'static Cases = Box::leak(Box::new(cases.unwrap()));
    let readings: Vec<Reading> = cases.readings.iter().map(|reading| reading.parse().unwrap()).collect();
    let (project, found) = Project::load(root, &readings);
    assert!(!found.has_errors(), "{}", text(&found, &project.sources));
    let project: &'static Project = Box::leak(Box::new(project));
    cases.cases.iter().map(|case| trial(project, case, &sources)).collect()
}

fn trial(project: &'static Project, case: &'static Case, sources: &Sources) -> Trial {
    let sources = sources.clone();
    Trial::test(format!("award/{}/{}", case.clause.value, case.name.value), move || {
        let report = case.check(&project.register.catalogues, &project.policies, &mut |_| {});
        if report.is_empty() { Ok(()) } else { Err(Failed::from(text(&report, &sources))) }
    })
}

fn text(report: &Report, sources: &Sources) -> String {
    let lines = report.findings().iter().map(|finding| {
        let place = finding.place.map(|place| sources.locate(place)).unwrap_or_default();
        format!("{place} {}", finding.message)
    });
    lines.collect::<Vec<_>>().join("\n")
}
