//! Findings: what is wrong, where it stands, and what to do about it.
//!
//! A stage never stops at the first mistake: it returns what it could make and a [`Report`] of all it found.
//! Low layers say *what*; the caller who holds the place says *where*.

mod code;

use std::collections::HashSet;

use crate::source::{Edit, Place};

pub use code::Code;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The result would be wrong or incomplete.
    Error,
    /// The result stands, but a careful reader should look.
    Warning,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What kind of finding it is.
    pub code: Code,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where it stands.
    pub place: Option<Place>,
    /// What to write beside the caret, where that says more than the message.
    pub label: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// How it is done, where a program can.
    pub remedy: Option<Box<Remedy>>,
}

/// How what is wrong is put right.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Remedy {
    /// What it is called where the document will say something else, which nobody but a person decides.
    pub asks: Option<&'static str>,
    /// All of these together.
    pub edits: Vec<Edit>,
}

impl Diagnostic {
    /// An error of the given kind.
    #[must_use]
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message: message.into(),
            place: None,
            label: None,
            help: None,
            remedy: None,
        }
    }

    /// A warning of the given kind.
    #[must_use]
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// The same finding at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same finding with a word beside the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// The same finding with what a program can write so that it goes away, and the document stays what it was.
    #[must_use]
    pub fn remedy(mut self, edits: Vec<Edit>) -> Self {
        self.remedy = (!edits.is_empty()).then(|| Box::new(Remedy { asks: None, edits }));
        self
    }

    /// The same finding with what a person may decide to do.
    #[must_use]
    pub fn offer(mut self, words: &'static str, edits: Vec<Edit>) -> Self {
        self.remedy = Some(Box::new(Remedy { asks: Some(words), edits }));
        self
    }

    /// What a program writes without asking.
    #[must_use]
    pub fn slips(&self) -> &[Edit] {
        self.remedy.as_deref().filter(|remedy| remedy.asks.is_none()).map_or(&[], |remedy| &remedy.edits)
    }

    /// The same finding with a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// All that a stage found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    findings: Vec<Diagnostic>,
}

impl Report {
    /// Adds several findings.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        self.findings.extend(findings);
    }

    /// Adds a finding.
    pub fn push(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Takes over the findings of another stage.
    pub fn absorb(&mut self, other: Self) {
        self.findings.extend(other.findings);
    }

    /// Gives every finding that has a place another one.
    pub fn relocate(&mut self, place: impl Fn(Place) -> Place) {
        for finding in &mut self.findings {
            finding.place = finding.place.map(&place);
        }
    }

    /// All findings, in the order in which they were made.
    #[must_use]
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// Whether any finding is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Errors and warnings, counted.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        let errors = self.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        (errors, self.findings.len() - errors)
    }

    /// By file and place, each finding once: the order in which a person mends them.
    pub fn sort(&mut self) {
        self.findings.sort_by_key(|finding| finding.place.map(|place| (place.file, place.start)));
        // A large table may have tens of thousands.
        let mut seen = HashSet::with_capacity(self.findings.len());
        self.findings.retain(|finding| seen.insert(finding.clone()));
    }
}

/// The known word nearest to a mistyped one, if it is near enough to be meant.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // 主送机关 means 主送, however few letters 发文机关 differs in.
    let begins = |candidate: &str| candidate.chars().count() > 1 && word.starts_with(candidate);
    let distance = |candidate| if begins(candidate) { 1 } else { strsim::damerau_levenshtein(word, candidate) };
    known
        .into_iter()
        .map(|candidate| (distance(candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1.max(candidate.chars().count().max(word.chars().count()) / 2))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_near() {
        let known = ["名称", "统一社会信用代码", "区县"];
        assert_eq!(nearest("统一社会信用代马", known), Some("统一社会信用代码"));
        assert_eq!(nearest("完全不同的词", known), None);
        assert_eq!(nearest("主送机关", ["发文机关", "主送"]), Some("主送"));
    }
}
