//! 照旧的告知书 — a letter that says what it said is not put together again to be looked at: what it says is known as soon as its template
//! is filled, and its document, what was found in that and its pages follow.

use super::office::{Kept, Printed};
use super::said::around_letters;
use super::{Job, Prints, Workshop};
use crate::diag::Report;
use crate::digest::sha256;
use crate::doing::doing;
use crate::review::secrecy::Secrets;

/// The letters that were printed before.
pub(super) struct LettersAgain<'w> {
    prints: &'w Prints,
    /// What all of them rest on beside what each says.
    around: String,
}

impl Workshop<'_> {
    /// The letters that were printed before; `None` where none is remembered, or where there are secrets that each is to be asked for.
    pub(super) fn letters_again(&self, secrets: &Secrets) -> Option<LettersAgain<'_>> {
        let prints = self.prints.as_ref().filter(|_| secrets.is_empty())?;
        let around = sha256(format!("{} {}", self.on, around_letters(self.project)).as_bytes());
        Some(LettersAgain { prints, around })
    }
}

impl LettersAgain<'_> {
    /// A document's print: a letter's as it was, where it says the same; else as `make` makes it.
    pub(super) fn print(&self, workshop: &Workshop<'_>, job: &Job<'_>, make: impl FnOnce() -> Printed) -> Printed {
        let key = self.key(workshop, job);
        if let Some(sheets) = key.as_ref().and_then(|key| self.prints.letter(key)) {
            return (Some((Kept::File, sheets)), Report::default());
        }
        let printed = make();
        if let (Some(key), (Some((Kept::File, sheets)), found)) = (key, &printed)
            && found.is_empty()
        {
            // A cache that cannot be written costs time, and nothing else.
            let _ = self.prints.remember_letter(&key, sheets);
        }
        printed
    }

    fn key(&self, workshop: &Workshop<'_>, job: &Job<'_>) -> Option<String> {
        let _doing = doing(format!("起草 {} ", job.named(workshop.sources)));
        let wording = job.wording(&workshop.known(), &workshop.setting())?;
        self.prints.letter_key(&job.name(), &wording, &self.around)
    }
}
