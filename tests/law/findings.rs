//! 坏的输入 — the sample workspace with one place spoilt: what must be found, at which file; and all that is not concerned by it is
//! still computed. The cases are those of `tests/cases/law`.

use std::fs;
use std::path::Path;

use hongtou::award::{assess, examine};
use hongtou::calendar::{Day, Year};
use hongtou::diag::Report;
use hongtou::project::Project;
use hongtou::record::ledger::audit;
use hongtou::source::{Source, Sources};
use hongtou::yaml;
use libtest_mimic::{Failed, Trial};
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spoilt {
    #[serde(rename = "名称")]
    name: String,
    #[serde(rename = "文件")]
    file: String,
    #[serde(rename = "原")]
    from: String,
    #[serde(rename = "改")]
    to: String,
    #[serde(rename = "应报")]
    findings: Vec<String>,
    #[serde(rename = "不报", default)]
    none: Vec<String>,
}

/// All cases.
pub(crate) fn tests() -> Vec<Trial> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> =
        fs::read_dir(root.join("tests/cases/law")).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    let mut trials = Vec::new();
    for path in files {
        let mut sources = Sources::default();
        let id = sources.add(Source::new("case.yaml", fs::read_to_string(&path).unwrap()));
        let (cases, found) = yaml::read::<Vec<Spoilt>>(id, sources.get(id).unwrap());
        assert!(found.is_empty(), "{found:?}");
        trials.extend(
            cases.unwrap().into_iter().map(|case| {
                Trial::test(format!("law/{}", case.name), move || judge(root, &case).map_err(Failed::from))
            }),
        );
    }
    trials
}

/// What the awards of a workspace and its cases are found to say against its data.
pub fn examined(project: &Project) -> Report {
    let of = |year| (year, assess(&project.register, &project.policies, year));
    let assessed: Vec<_> = project.years().map(of).collect();
    let assessed = assessed.iter().map(|(year, assessments)| (*year, assessments.as_slice()));
    examine(&project.register, &project.policies, &project.cases, assessed)
}

fn judge(root: &Path, case: &Spoilt) -> Result<(), String> {
    let workspace = tempfile::tempdir().unwrap();
    copy(&root.join("data"), &workspace.path().join("data"));
    let path = workspace.path().join(&case.file);
    let text = fs::read_to_string(&path).unwrap();
    if !text.contains(&case.from) {
        return Err(format!("{} 里没有“{}”", case.file, case.from));
    }
    fs::write(&path, text.replacen(&case.from, &case.to, 1)).unwrap();
    let (project, mut report) = Project::load(workspace.path(), &[]);
    report.absorb(examined(&project));
    let on = Day::new(2024, 7, 15).unwrap();
    report.absorb(audit(&project.register, &project.policies, on));
    let stated = report.findings().iter().map(|finding| {
        let place = finding.place.map(|place| project.sources.locate(place)).unwrap_or_default();
        format!("{place} {}", finding.message)
    });
    let stated: Vec<String> = stated.collect();
    for wanted in &case.findings {
        let found = stated.iter().any(|line| line.contains(wanted.as_str()) && line.starts_with("data/"));
        if !found {
            return Err(format!("没有报“{wanted}”，报了：\n{}", stated.join("\n")));
        }
    }
    if let Some(line) = stated.iter().find(|line| case.none.iter().any(|unwanted| line.contains(unwanted.as_str()))) {
        return Err(format!("不应报：{line}"));
    }
    // What has nothing to do with the mistake is computed as ever.
    let untouched = "91410185MA0000082D";
    let assessed = assess(&project.register, &project.policies, Year(2024));
    let concerned = case.file.contains("policies") || case.file.contains("2024");
    if !concerned
        && !assessed.iter().any(|one| one.enterprise.code.value.as_str() == untouched && !one.amount().is_zero())
    {
        return Err("别的企业没有照算".to_owned());
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
