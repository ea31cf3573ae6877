//! 日志 — who did what and when in the workbench: a line for each change, added and never rewritten.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::digest::sha256;
use crate::disk::append;
use crate::project::read_text;

/// Where it lies.
const FILE: &str = ".hongtou/journal.jsonl";

/// The journal of a workspace.
#[derive(Debug, Clone)]
pub struct Journal(PathBuf);

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    #[serde(rename = "时间")]
    pub at: String,
    /// Who.
    #[serde(rename = "谁")]
    pub who: String,
    /// What: 保存, or the command.
    #[serde(rename = "做了什么")]
    pub what: String,
    /// The file that was changed.
    #[serde(rename = "文件", default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// SHA-256 of what stood there before.
    #[serde(rename = "原来", default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// SHA-256 of what stands there now.
    #[serde(rename = "现在", default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// How the command ended: 0, 1 or 2.
    #[serde(rename = "结果", default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<i32>,
}

impl Entry {
    /// That somebody saved a file.
    #[must_use]
    pub fn saved(at: &str, who: &str, file: &str, before: Option<&str>, after: &str) -> Self {
        Self {
            at: at.to_owned(),
            who: who.to_owned(),
            what: "保存".to_owned(),
            file: Some(file.to_owned()),
            before: before.map(|text| sha256(text.as_bytes())),
            after: Some(sha256(after.as_bytes())),
            ending: None,
        }
    }

    /// That somebody gave a command, which may have changed a file.
    #[must_use]
    pub fn given(at: &str, who: &str, line: &str, file: Option<String>, ending: i32) -> Self {
        Self {
            at: at.to_owned(),
            who: who.to_owned(),
            what: line.to_owned(),
            file,
            before: None,
            after: None,
            ending: Some(ending),
        }
    }

    /// How a command ended, where it did not end well.
    #[must_use]
    pub fn ended(&self) -> &'static str {
        match self.ending {
            None | Some(0) => "",
            Some(1) => "有问题",
            Some(_) => "没有做成",
        }
    }
}

impl Journal {
    /// The journal of the workspace at `root`.
    #[must_use]
    pub fn of(root: &Path) -> Self {
        Self(root.join(FILE))
    }

    /// Adds a line, on the disk before anyone is told.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn add(&self, entry: &Entry) -> std::io::Result<()> {
        append(&self.0, &serde_json::to_string(entry)?)
    }

    /// All of it, the oldest first; a line that a power cut left half is passed over.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        let text = read_text(&self.0).unwrap_or_default();
        text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
    }

    /// Who saved a file last.
    #[must_use]
    pub fn last_hand(&self, file: &str) -> Option<String> {
        self.entries().into_iter().rfind(|entry| entry.file.as_deref() == Some(file)).map(|entry| entry.who)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_added_and_a_torn_one_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::of(folder.path());
        assert_eq!((journal.entries(), journal.last_hand("data/a.md")), (Vec::new(), None));
        let saved = |who: &str| Entry::saved("2024-06-13 09:00", who, "data/a.md", None, "字");
        journal.add(&saved("甲")).unwrap();
        let path = folder.path().join(FILE);
        let torn = format!("{}{{\"时间\":\"20", std::fs::read_to_string(&path).unwrap());
        std::fs::write(&path, torn).unwrap();
        journal.add(&saved("乙\n丙")).unwrap();
        journal.add(&Entry::given("2024-06-13 09:00", "丁", "hongtou build", None, 0)).unwrap();
        let whose: Vec<String> = journal.entries().into_iter().map(|entry| entry.who).collect();
        assert_eq!(whose, ["甲", "乙\n丙", "丁"]);
        assert_eq!(journal.last_hand("data/a.md").as_deref(), Some("乙\n丙"));
    }
}
