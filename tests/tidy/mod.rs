//! What the architecture promises: who may see whom, no circles between rooms nor inside one, and that every file says what it is.

mod uses;

use std::fs;
use std::path::Path;

use uses::Library;

/// Each room with the rooms that it may see, in the order of the data's way: a room sees only those above it.
const ROOMS: [(&str, &[&str]); 35] = [
    // Ground.
    ("source", &[]),
    ("diag", &["source"]),
    ("natural", &[]),
    ("parallel", &[]),
    ("unseen", &[]),
    ("assets", &[]),
    ("calendar", &[]),
    ("credit_code", &[]),
    ("csv", &[]),
    ("digest", &[]),
    ("disk", &["digest", "parallel"]),
    ("doing", &[]),
    ("filled", &[]),
    ("money", &[]),
    ("grid", &["calendar", "csv", "money"]),
    ("personal", &["calendar", "credit_code"]),
    ("picture", &[]),
    ("qr", &[]),
    ("trace", &["calendar", "money", "source"]),
    ("yaml", &["diag", "source"]),
    // The document, which facts and pages share.
    ("document", &["calendar"]),
    // Facts and law.
    ("register", &["calendar", "credit_code", "diag", "document", "money", "source", "trace", "unseen", "yaml"]),
    ("policy", &["calendar", "diag", "document", "money", "register", "source", "trace", "yaml"]),
    (
        "award",
        &[
            "calendar",
            "credit_code",
            "csv",
            "diag",
            "document",
            "grid",
            "money",
            "natural",
            "parallel",
            "policy",
            "register",
            "source",
            "trace",
            "yaml",
        ],
    ),
    (
        "followup",
        &[
            "award",
            "calendar",
            "credit_code",
            "diag",
            "document",
            "grid",
            "money",
            "policy",
            "register",
            "source",
            "yaml",
        ],
    ),
    // Words.
    (
        "draft",
        &[
            "award", "calendar", "diag", "document", "filled", "followup", "money", "personal", "policy", "register",
            "source", "trace", "yaml",
        ],
    ),
    ("review", &["calendar", "diag", "document", "personal", "source", "unseen"]),
    // Pages: they show a document, and never ask what it was made of.
    ("pdf", &["assets", "calendar", "diag", "digest", "document", "doing", "qr", "source"]),
    ("site", &["calendar", "csv", "diag", "digest", "document", "doing", "filled", "grid", "parallel", "qr", "source"]),
    // Foreign files: they become facts and words, and never ask what comes of them.
    (
        "exchange",
        &["calendar", "credit_code", "diag", "document", "draft", "grid", "money", "pdf", "register", "source", "yaml"],
    ),
    // Memory: what was issued and paid.
    (
        "record",
        &[
            "award",
            "calendar",
            "credit_code",
            "diag",
            "digest",
            "document",
            "money",
            "policy",
            "register",
            "source",
            "yaml",
        ],
    ),
    // Doing.
    (
        "project",
        &[
            "assets", "award", "calendar", "diag", "digest", "disk", "document", "doing", "draft", "followup", "money",
            "pdf", "picture", "policy", "record", "register", "site", "source", "unseen", "yaml",
        ],
    ),
    (
        "build",
        &[
            "award",
            "calendar",
            "credit_code",
            "diag",
            "digest",
            "disk",
            "document",
            "doing",
            "draft",
            "exchange",
            "followup",
            "grid",
            "parallel",
            "pdf",
            "picture",
            "policy",
            "project",
            "record",
            "register",
            "review",
            "site",
            "source",
        ],
    ),
    // The office's own door: pages over all that stands above.
    (
        "workbench",
        &[
            "assets", "award", "build", "calendar", "diag", "digest", "disk", "document", "draft", "exchange", "grid",
            "money", "parallel", "pdf", "policy", "project", "record", "register", "source", "yaml",
        ],
    ),
    // The edge: what is typed and printed may be about anything.
    (
        "cli",
        &[
            "assets",
            "award",
            "build",
            "calendar",
            "credit_code",
            "diag",
            "digest",
            "disk",
            "document",
            "doing",
            "draft",
            "exchange",
            "followup",
            "grid",
            "money",
            "parallel",
            "pdf",
            "personal",
            "policy",
            "project",
            "record",
            "register",
            "review",
            "site",
            "source",
            "trace",
            "workbench",
            "yaml",
        ],
    ),
];

/// What breaks the promises in these files.
fn violations(files: &[(String, String)]) -> Vec<String> {
    let library = Library::of(files);
    let mut violations = library.circles();
    for (user, used) in library.uses() {
        let (Some(room), Some(seen)) = (user.first(), used.first()) else { continue };
        let allowed = ROOMS.iter().find(|(name, _)| name == room);
        // The binary calls the command line.
        let binary = room == "main" && seen == "cli";
        if room != seen && !binary && !allowed.is_some_and(|(_, seeable)| seeable.contains(&seen.as_str())) {
            violations.push(format!("{} sees {}", user.join("::"), used.join("::")));
        }
    }
    violations
}

/// The files below a folder, by their path below it.
fn files(folder: &Path) -> Vec<(String, String)> {
    let below = |path: &Path| path.strip_prefix(folder).unwrap().display().to_string().replace('\\', "/");
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"))
        .map(|entry| (below(entry.path()), fs::read_to_string(entry.path()).unwrap()))
        .collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn each_room_sees_only_what_stands_above_it() {
    for (index, (room, seen)) in ROOMS.iter().enumerate() {
        let above: Vec<&str> = ROOMS.iter().take(index).map(|(name, _)| *name).collect();
        assert!(seen.iter().all(|other| above.contains(other)), "{room} sees what stands below it");
    }
}

#[test]
fn the_library_keeps_its_promises() {
    let violations = violations(&files(&root().join("src")));
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

/// Each plant breaks a promise in one way in which code can: found, and nothing else is.
#[test]
fn a_planted_violation_is_found() {
    let plants = [
        ("money.rs", "use crate::cli;", "money sees cli"),
        ("trace.rs", "use crate::document;", "trace sees document"),
        ("personal.rs", "fn x() { crate::site::publish(); }", "personal sees site"),
        ("review/title.rs", "use crate::pdf;", "review::title sees pdf"),
        ("pdf/table.rs", "use crate::award::assess;", "pdf::table sees award"),
        ("pdf/table.rs", "use super::super::award;", "pdf::table sees award"),
        ("pdf/measure/text.rs", "fn x() -> super::super::super::award::Award { y() }", "pdf::measure::text sees award"),
        ("policy/limit.rs", "use crate::award;", "policy::limit sees award"),
        ("site/feed.rs", "use crate::award as a; fn x() { a::assess(); }", "site::feed sees award"),
        ("site/feed.rs", "use crate::{diag::Report, award::{self, assess}};", "site::feed sees award"),
        ("site/feed.rs", "use crate::award::*;", "site::feed sees award"),
        ("site/feed.rs", "mod inner { use super::super::super::award; }", "site::feed sees award"),
        ("site/feed.rs", "fn x() { println!(\"{}\", crate::award::assess()); }", "site::feed sees award"),
        ("site/feed.rs", "fn x() { use crate::{award as a, diag}; a::assess(); }", "site::feed sees award"),
        ("site/feed.rs", "#[serde(default = \"crate::award::assess\")] struct X;", "site::feed sees award"),
        // Passed on by a room that may see it.
        ("draft.rs", "pub use crate::award;", ""),
        ("pdf/table.rs", "use super::press::Press;", "pdf::press → pdf::table → pdf::press"),
        ("pdf/table.rs", "use super::Press;", "pdf::press → pdf::table → pdf::press"),
        ("pdf/table.rs", "use super::*; fn x(_: Press) {}", "pdf::press → pdf::table → pdf::press"),
        ("source.rs", "use crate::diag::Report;", "source sees diag\ndiag → source → diag"),
        ("pdf/table.rs", "#[cfg(test)] mod tests { use crate::award; }", ""),
        ("pdf/table.rs", "// use crate::award;\n", ""),
    ];
    let sound = [
        ("lib.rs", "pub mod award; pub mod pdf;"),
        ("award/mod.rs", "pub struct Award; pub fn assess() {}"),
        ("cli/mod.rs", ""),
        ("diag.rs", "use crate::source::Place; pub struct Report;"),
        ("document/mod.rs", ""),
        ("draft.rs", ""),
        ("money.rs", ""),
        ("pdf/measure/mod.rs", "mod text;"),
        ("pdf/measure/text.rs", ""),
        ("pdf/mod.rs", "mod measure; mod press; mod table; pub use press::Press;"),
        ("pdf/press.rs", "use super::table; pub struct Press;"),
        ("pdf/table.rs", "pub fn plan() {}"),
        ("personal.rs", ""),
        ("policy/limit.rs", ""),
        ("policy/mod.rs", "mod limit;"),
        ("review/mod.rs", "mod title;"),
        ("review/title.rs", "pub(super) fn check() {}"),
        ("site/feed.rs", ""),
        ("site/mod.rs", "mod feed;"),
        ("source.rs", "pub struct Place;"),
        ("trace.rs", ""),
    ]
    .map(|(path, text)| (path.to_owned(), text.to_owned()));
    assert_eq!(violations(&sound), Vec::<String>::new());
    for (file, plant, wanted) in plants {
        let mut planted = sound.clone();
        let (_, text) = planted.iter_mut().find(|(path, _)| path == file).unwrap();
        text.push('\n');
        text.push_str(plant);
        let mut found = violations(&planted);
        found.reverse();
        assert_eq!(found.join("\n"), wanted, "{file}: {plant}");
    }
}

#[test]
fn every_file_says_what_it_is() {
    let headless: Vec<String> = ["src", "tests", "benches"]
        .iter()
        .flat_map(|folder| files(&root().join(folder)))
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(path, _)| path)
        .collect();
    assert!(headless.is_empty(), "no //! at the head of\n{}", headless.join("\n"));
}
