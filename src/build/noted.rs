//! 记下的问题 — findings as they are kept beside what they were found in, to be told again.

use serde::{Deserialize, Serialize};

use crate::diag::{Code, Diagnostic, Severity};
use crate::source::{FileId, Place};

/// A finding without what a program could do about it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NotedFinding {
    error: bool,
    code: String,
    message: String,
    /// The number of the file, the first byte and the one behind the last: known again only where the same files were read.
    place: Option<(u32, u32, u32)>,
    label: Option<String>,
    help: Option<String>,
}

impl NotedFinding {
    pub(super) fn of(finding: &Diagnostic) -> Self {
        Self {
            error: finding.severity == Severity::Error,
            code: finding.code.name().to_owned(),
            message: finding.message.clone(),
            place: finding.place.map(|place| (place.file.0, place.start, place.end)),
            label: finding.label.clone(),
            help: finding.help.clone(),
        }
    }

    pub(super) fn finding(&self) -> Option<Diagnostic> {
        let code = Code::named(&self.code)?;
        let message = self.message.as_str();
        let bare = if self.error { Diagnostic::error(code, message) } else { Diagnostic::warning(code, message) };
        let place = self.place.map(|(file, start, end)| Place { file: FileId(file), start, end });
        Some(Diagnostic { place, label: self.label.clone(), help: self.help.clone(), ..bare })
    }
}
