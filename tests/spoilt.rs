//! Layouts that somebody spoilt (`tests/cases/spoilt`): each edit of each file is found by `hongtou measure`, and by the name of what it
//! spoils.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use hongtou::source::{FileId, Source};
use hongtou::yaml;
use serde::Deserialize;
use serde_json::Value;

use crate::workspace::Workspace;

/// One edit of one layout.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    名称: String,
    公文: String,
    文件: String,
    原文: String,
    改成: String,
    /// Which occurrence of it; without, there is but one.
    #[serde(default)]
    次: usize,
    /// What the finding speaks of.
    问题: String,
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/spoilt")
}

static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let mut files: Vec<_> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    files.sort();
    let read = |path: &std::path::PathBuf| -> Vec<Case> {
        let source = Source::new(path.display().to_string(), fs::read_to_string(path).unwrap());
        let (cases, found) = yaml::read::<Vec<Case>>(FileId(0), &source);
        assert!(found.is_empty(), "{}: {found:?}", path.display());
        cases.unwrap()
    };
    files.iter().flat_map(read).collect()
});

/// A workspace with the documents that are measured.
fn workspace() -> Workspace {
    let workspace = Workspace::office();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    workspace.write("data/office.yaml", &fs::read_to_string(data.join("office.yaml")).unwrap());
    for entry in fs::read_dir(folder().join("公文")).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        let place = if name.ends_with(".md") { "notices" } else { "pictures" };
        workspace.write(&format!("data/{place}/{name}"), &fs::read_to_string(entry.path()).unwrap());
    }
    workspace
}

/// What does not hold of a document, and whether it was measured at all.
fn faults(workspace: &Workspace, document: &str) -> Result<Vec<String>, String> {
    let run = workspace.run(&["measure", document, "--format", "json"]);
    let measured: Vec<Value> = serde_json::from_str(&run.out).map_err(|_| run.err)?;
    let short = measured.iter().filter(|one| one["符合"] == false);
    Ok(short.map(|one| format!("{} 应为{} 实测{}", one["项目"], one["应为"], one["实测"])).collect())
}

fn spoilt(case: &Case) -> Result<String, String> {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/layout").join(&case.文件);
    let text = fs::read_to_string(shipped).map_err(|why| why.to_string())?;
    let places: Vec<usize> = text.match_indices(&case.原文).map(|(at, _)| at).collect();
    let at = match (case.次, places.as_slice()) {
        (0, [only]) => *only,
        (0, _) => return Err(format!("“{}”在{}里有{}处", case.原文, case.文件, places.len())),
        (n, _) => *places.get(n - 1).ok_or("没有这一处")?,
    };
    Ok(format!("{}{}{}", &text[..at], case.改成, &text[at + case.原文.len()..]))
}

/// `HONGTOU_SPOILT=1 cargo test --test hongtou spoilt` tries all of them, the test every ninth.
#[test]
fn every_spoilt_layout_is_found() {
    let whole = std::env::var_os("HONGTOU_SPOILT").is_some();
    let only = std::env::var("HONGTOU_SPOILT").unwrap_or_default();
    let cases: Vec<&Case> =
        CASES.iter().enumerate().filter(|(index, _)| whole || index % 9 == 0).map(|(_, case)| case).collect();
    let cases: Vec<&Case> = cases.into_iter().filter(|case| only.len() < 3 || case.名称.contains(&only)).collect();
    let halves = cases.chunks(cases.len().div_ceil(2));
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let hands: Vec<_> = halves.map(|half| scope.spawn(move || wrong(half))).collect();
        hands.into_iter().flat_map(|hand| hand.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

fn wrong(cases: &[&Case]) -> Vec<String> {
    let workspace = workspace();
    let mut wrong = Vec::new();
    for case in cases {
        let found = spoilt(case).and_then(|text| {
            let path = format!("templates/layout/{}", case.文件);
            workspace.write(&path, &text);
            let found = faults(&workspace, &case.公文);
            fs::remove_file(workspace.path(&path)).unwrap();
            found
        });
        match found {
            Err(why) => {
                wrong.push(format!("{}（{}）：{}", case.名称, case.公文, why.lines().next().unwrap_or_default()));
            }
            Ok(found) if found.is_empty() => wrong.push(format!("{}（{}）：没有发现", case.名称, case.公文)),
            Ok(found) if !found.iter().any(|one| one.contains(&case.问题)) => {
                wrong.push(format!("{}（{}）：没有说“{}”：{}", case.名称, case.公文, case.问题, found.join("；")));
            }
            Ok(_) => {}
        }
    }
    wrong
}

/// All of them, also those that are not tried here: a layout that was rewritten takes its spoils along.
#[test]
fn every_spoil_has_its_place_in_the_layouts() {
    let lost: Vec<String> =
        CASES.iter().filter_map(|case| spoilt(case).err().map(|why| format!("{}：{why}", case.名称))).collect();
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn the_documents_are_good_with_the_shipped_layouts() {
    let workspace = workspace();
    let documents: BTreeSet<&str> = CASES.iter().map(|case| case.公文.as_str()).collect();
    for document in documents {
        assert_eq!(faults(&workspace, document), Ok(Vec::new()), "{document}");
    }
}
