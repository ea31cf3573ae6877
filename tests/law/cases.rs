//! 奖励案例 — every case of the sample policies, and of the files in `tests/cases/award`, as a test of its own name. A file may ask
//! for other readings than those of the sample policy's data (理解), or bring rules of its own (政策), for what no sample policy says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hongtou::award::{Case, Cases};
use hongtou::diag::Report;
use hongtou::document::Outline;
use hongtou::policy::readings::Reading;
use hongtou::policy::{Policy, Rules};
use hongtou::project::Project;
use hongtou::register::{Catalogue, Schema};
use hongtou::source::{Source, Sources};
use hongtou::yaml;
use libtest_mimic::{Failed, Trial};
use serde::Deserialize;

use crate::{COUNTY, SAMPLE};

/// A file of `tests/cases/award`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    /// Readings other than those of the sample policy's data.
    #[serde(rename = "理解", default)]
    readings: Vec<String>,
    /// Rules that are tried instead of the sample policy's: as in `rules.yaml`, by the folder's name.
    #[serde(rename = "政策", default)]
    policies: BTreeMap<String, Rules>,
    #[serde(rename = "案例")]
    cases: Vec<Case>,
}

/// All cases.
pub(crate) fn tests() -> Vec<Trial> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut trials = Vec::new();
    for project in [&*SAMPLE, &*COUNTY] {
        let catalogues = &project.register.catalogues;
        trials.extend(project.cases.iter().map(|case| trial(catalogues, &project.policies, case, &project.sources)));
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
    let (sheet, found) = yaml::read_normal::<Sheet>(id, sources.get(id).unwrap(), |tree| {
        Cases::normalise(tree, &Schema::default());
    });
    assert!(found.is_empty(), "{}", text(&found, &sources));
    let Sheet { readings, policies, cases } = sheet.unwrap();
    let readings: Vec<Reading> = readings.iter().map(|reading| reading.parse().unwrap()).collect();
    let project: &'static Project = if readings.is_empty() {
        &SAMPLE
    } else {
        let (project, found) = Project::load(root, &readings);
        assert!(!found.has_errors(), "{}", text(&found, &project.sources));
        Box::leak(Box::new(project))
    };
    let own = policies.into_iter().map(|(slug, rules)| Policy {
        slug,
        title: String::new(),
        number: String::new(),
        day: None,
        outline: Outline::default(),
        rules,
    });
    let own: &'static [Policy] = Vec::leak(own.collect());
    let policies = if own.is_empty() { &project.policies } else { own };
    let cases: &'static [Case] = Vec::leak(cases);
    cases.iter().map(|case| trial(&project.register.catalogues, policies, case, &sources)).collect()
}

fn trial(
    catalogues: &'static BTreeMap<String, Catalogue>,
    policies: &'static [Policy],
    case: &'static Case,
    sources: &Sources,
) -> Trial {
    let sources = sources.clone();
    Trial::test(format!("award/{}/{}", case.clause.value, case.name.value), move || {
        let report = case.check(catalogues, policies, &mut |_| {});
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
