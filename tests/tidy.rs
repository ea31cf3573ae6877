//! What the architecture promises: who may see whom, and that every file says what it is.

use std::fs;
use std::path::Path;

/// The modules in the order of the data's way; each sees only those named before it, less those it must not know.
const LAYERS: [(&str, &[&str]); 12] = [
    ("yaml", &["award", "build", "cli", "document", "draft", "pdf", "policy", "project", "register", "review", "site"]),
    ("document", &["award", "build", "cli", "draft", "pdf", "policy", "project", "register", "review", "site"]),
    ("register", &["award", "build", "cli", "draft", "pdf", "policy", "project", "review", "site"]),
    ("policy", &["award", "build", "cli", "draft", "pdf", "project", "review", "site"]),
    ("award", &["build", "cli", "draft", "pdf", "project", "review", "site"]),
    ("draft", &["build", "cli", "pdf", "project", "review", "site"]),
    ("review", &["build", "cli", "project", "site"]),
    ("pdf", &["award", "build", "cli", "draft", "policy", "project", "register", "site"]),
    ("site", &["award", "build", "cli", "draft", "pdf", "policy", "project", "register"]),
    ("project", &["build", "cli"]),
    ("build", &["cli"]),
    (
        "calendar",
        &["award", "build", "cli", "document", "draft", "pdf", "policy", "project", "register", "review", "site"],
    ),
];

fn files(folder: &Path) -> Vec<(String, String)> {
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"))
        .map(|entry| (entry.path().display().to_string(), fs::read_to_string(entry.path()).unwrap()))
        .collect()
}

#[test]
fn no_module_sees_what_stands_below_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for (module, forbidden) in LAYERS {
        for (path, text) in files(&source.join(module)) {
            let shipped = text.split("#[cfg(test)]").next().unwrap_or_default();
            let code: String =
                shipped.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
            let code: String = code.split_whitespace().collect();
            for other in forbidden {
                let direct = format!("crate::{other}::");
                let grouped = code.split("usecrate::{").skip(1).filter_map(|rest| rest.split("};").next());
                let in_group = grouped.into_iter().any(|group| {
                    group.split(',').any(|part| {
                        part == *other
                            || part.starts_with(&format!("{other}::"))
                            || part.starts_with(&format!("{other}{{"))
                    })
                });
                if code.contains(&direct) || in_group {
                    wrong.push(format!("{path} sees {other}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let headless: Vec<String> = ["src", "tests", "benches"]
        .iter()
        .flat_map(|folder| files(&root.join(folder)))
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(path, _)| path)
        .collect();
    assert!(headless.is_empty(), "no //! at the head of\n{}", headless.join("\n"));
}
