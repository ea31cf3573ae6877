//! 内容的校验值 — the SHA-256 of what a workspace says: all of it, or what awards are computed from.

use sha2::{Digest, Sha256};

use crate::digest::hex;
use crate::project::Project;

/// Of all that a workspace says, wherever it lies: texts, pictures and faces.
pub(super) fn everything(project: &Project) -> String {
    let mut digest = texts(project, |_| true);
    for (path, bytes) in &project.pictures {
        add(&mut digest, path, bytes);
    }
    for (name, file) in &project.fonts {
        add(&mut digest, name, file.bytes());
    }
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

fn add(digest: &mut Sha256, path: &str, bytes: &[u8]) {
    digest.update(Sha256::digest(path));
    digest.update(Sha256::digest(bytes));
}
