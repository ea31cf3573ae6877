//! 保存 — a text goes into its file as its writer saw it; where another changed the file in the meantime nothing is written, and the
//! writer is shown both and, where they do not touch, what they are together.

use std::path::Path;

use serde::Serialize;

use super::journal::{Entry, Journal};
use super::merge::merged;
use crate::disk::{Busy, Lock, NotWritten, reason, rewrite};
use crate::project::{is_within, read_text};

/// What came of it.
#[derive(Debug, Serialize, PartialEq, Eq)]
#[serde(tag = "state", rename_all = "lowercase")]
pub(super) enum Saved {
    /// It stands in the file.
    Written,
    /// Another changed the file.
    Changed {
        /// What stands there now.
        theirs: String,
        /// Who wrote it, as far as the workbench knows.
        who: Option<String>,
        /// Both together, where they do not touch.
        merged: Option<String>,
    },
}

/// Why a text is not saved.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unsaved {
    /// The file is none that is edited here.
    #[error("“{0}”不能在这里改")]
    Place(String),
    /// Somebody else writes.
    #[error("{0}")]
    Busy(#[from] Busy),
    /// The system refused.
    #[error("没有保存：{}", reason(.0))]
    Io(#[from] std::io::Error),
}

/// A text that is to be saved.
pub(super) struct Draft<'t> {
    /// The file, below the workspace.
    pub(super) path: &'t str,
    /// What its writer began with; `None` where there was no file.
    pub(super) was: Option<&'t str>,
    /// What it is to say.
    pub(super) text: &'t str,
    /// Who writes.
    pub(super) who: &'t str,
    /// The time, for people.
    pub(super) now: &'t str,
}

impl Draft<'_> {
    /// Saves it.
    pub(super) fn save(&self, root: &Path) -> Result<Saved, Unsaved> {
        let place = || Unsaved::Place(self.path.to_owned());
        if !is_editable(self.path) || !is_within(root, self.path) {
            return Err(place());
        }
        let _lock = Lock::take(root, &format!("{}保存{}，{}开始", self.who, self.path, self.now))?;
        let file = root.join(self.path);
        let theirs = match read_text(&file) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(error.into()),
        };
        // What begins a file that Windows wrote is no part of its text.
        let seen = theirs.as_deref().map(|text| text.strip_prefix('\u{feff}').unwrap_or(text));
        // A save that arrives twice was made once.
        if seen == Some(self.text) {
            return Ok(Saved::Written);
        }
        if seen != self.was {
            let theirs = seen.unwrap_or_default();
            let merged = self.was.and_then(|was| merged(was, self.text, theirs));
            let who = Journal::of(root).last_hand(self.path);
            return Ok(Saved::Changed { theirs: theirs.to_owned(), who, merged });
        }
        match rewrite(&file, seen, self.text.as_bytes()) {
            Ok(()) => {}
            Err(NotWritten::Io(error)) => return Err(error.into()),
            // Between the look and the writing a program wrote that takes no lock.
            Err(NotWritten::Changed) => return self.save_again(root),
        }
        Journal::of(root).add(&Entry::saved(self.now, self.who, self.path, seen, self.text))?;
        Ok(Saved::Written)
    }

    fn save_again(&self, root: &Path) -> Result<Saved, Unsaved> {
        let theirs = read_text(&root.join(self.path))?;
        let merged = self.was.and_then(|was| merged(was, self.text, &theirs));
        Ok(Saved::Changed { theirs, who: None, merged })
    }
}

/// Texts of `data/` are edited here; what was issued is changed by nobody.
pub(super) fn is_editable(path: &str) -> bool {
    let names: Vec<&str> = path.split('/').collect();
    let plain = |name: &&str| !name.is_empty() && !name.starts_with('.') && !name.contains(['\\', ':', '\0']);
    let ending = path.rsplit('.').next().unwrap_or_default();
    names.first() == Some(&"data")
        && names.len() > 1
        && names.get(1) != Some(&"issued")
        && names.iter().all(plain)
        && matches!(ending, "md" | "yaml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_written_once_and_nobody_s_change_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let save = |was: Option<&str>, text: &str, who: &str| {
            Draft { path: "data/notices/a.md", was, text, who, now: "2024-06-13 09:00" }.save(root).unwrap()
        };
        let now = || std::fs::read_to_string(root.join("data/notices/a.md")).unwrap();
        std::fs::create_dir_all(root.join("data/notices")).unwrap();
        assert_eq!(save(None, "一\n二\n三\n", "甲"), Saved::Written);
        assert_eq!(save(Some("一\n二\n三\n"), "一甲\n二\n三\n", "甲"), Saved::Written);
        assert_eq!(save(Some("一\n二\n三\n"), "一甲\n二\n三\n", "甲"), Saved::Written, "the same save again");
        let second = save(Some("一\n二\n三\n"), "一\n二\n三乙\n", "乙");
        let together = "一甲\n二\n三乙\n".to_owned();
        assert_eq!(
            second,
            Saved::Changed { theirs: "一甲\n二\n三\n".into(), who: Some("甲".into()), merged: Some(together) }
        );
        assert_eq!(now(), "一甲\n二\n三\n");
        assert!(matches!(save(Some("一\n二\n三\n"), "一乙\n二\n三\n", "乙"), Saved::Changed { merged: None, .. }));
        assert!(matches!(save(None, "新", "乙"), Saved::Changed { merged: None, .. }));
        assert_eq!(Journal::of(root).entries().len(), 2);
    }

    #[test]
    fn nothing_is_written_outside_of_data() {
        for path in ["data/a.yaml", "data/notices/公示.md", "data/policies/x/rules.yaml"] {
            assert!(is_editable(path), "{path}");
        }
        for path in [
            "data",
            "a.md",
            "../a.md",
            "data/../a.md",
            "data/./a.md",
            "data//a.md",
            "/data/a.md",
            "data/issued/a.yaml",
            "data/a.sh",
            "data/.a.yaml",
            "data\\a.yaml",
            "templates/a.md",
            "data/a:b.md",
        ] {
            assert!(!is_editable(path), "{path}");
        }
        let folder = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("data")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(outside.path(), folder.path().join("data/notices")).unwrap();
        let draft = Draft { path: "data/notices/a.md", was: None, text: "x", who: "甲", now: "" };
        #[cfg(unix)]
        assert!(matches!(draft.save(folder.path()), Err(Unsaved::Place(_))));
        assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
    }
}
