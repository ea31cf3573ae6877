//! 内容的校验值 — the SHA-256 of what a workspace says: all of it, or what awards are computed from, or what letters rest on.

use sha2::{Digest, Sha256};

use crate::digest::hex;
use crate::project::Project;

/// Of all that a workspace says, wherever it lies: texts, pictures and faces.
pub(super) fn everything(project: &Project) -> String {
    let mut digest = texts(project, |_| true);
    add_pictures(&mut digest, project);
    for (name, file) in &project.fonts {
        digest.update(Sha256::digest(name));
        digest.update(file.digest());
    }
    hex(&digest.finalize())
}

/// Of all that a letter rests on beside what it says: every text of the workspace but those that tell of enterprises, and the pictures.
/// What those say comes into a letter through its words alone.
pub(super) fn around_letters(project: &Project) -> String {
    const TOLD: [&str; 2] = ["data/enterprises/", "data/declarations/"];
    let mut digest = texts(project, |path| !TOLD.iter().any(|told| path.starts_with(told)));
    add_pictures(&mut digest, project);
    hex(&digest.finalize())
}

/// Of all that awards and their places are told from: every text of the workspace but the notices, what was issued and the templates.
pub(super) fn facts(project: &Project) -> [u8; 32] {
    const OTHERS: [&str; 3] = ["data/notices/", "data/issued/", "templates/"];
    texts(project, |path| !OTHERS.iter().any(|other| path.starts_with(other))).finalize().into()
}

fn texts(project: &Project, takes: impl Fn(&str) -> bool) -> Sha256 {
    let mut digest = Sha256::new();
    for source in project.sources.iter().filter(|source| takes(source.path())) {
        add(&mut digest, source.path(), source.text().as_bytes());
    }
    digest
}

fn add_pictures(digest: &mut Sha256, project: &Project) {
    for (path, bytes) in &project.pictures {
        add(digest, path, bytes);
    }
}

fn add(digest: &mut Sha256, path: &str, bytes: &[u8]) {
    digest.update(Sha256::digest(path));
    digest.update(Sha256::digest(bytes));
}
