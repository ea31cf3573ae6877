//! 空白申报表 — the workbook that a notice which calls for declarations hands out on its page: nothing in it of any enterprise.

use super::Workshop;
use crate::calendar::Year;
use crate::document::{Document, Validity};
use crate::draft::Notice;
use crate::draft::facts::argument;
use crate::draft::followup::GUIDE;
use crate::exchange::kinds::declarations;
use crate::grid::workbook;

/// What it is called beside a frozen document.
pub(super) const FORM: &str = "form.xlsx";

/// The parameter that says for which year declarations are called for.
const YEAR: &str = "申报年度";

impl Workshop<'_> {
    /// The form of a notice; nothing where it calls for no declarations.
    pub(super) fn form(&self, notice: &Notice) -> Option<Vec<u8>> {
        let policy = argument(notice, GUIDE)?;
        let policy = self.project.policies.iter().find(|known| known.slug == policy)?;
        let year: Year = argument(notice, YEAR)?.parse().ok()?;
        let asks = self.project.asks(&[policy]);
        workbook(&declarations::blank(&self.project.register, year, &[], &asks)).ok()
    }

    /// The form of a document as the office has it: as it was issued, or as it would be today.
    pub(super) fn form_today(&self, document: &Document) -> Option<Vec<u8>> {
        if document.record.validity == Validity::Corrected || !document.shows_text() {
            return None;
        }
        match self.project.record.registry.of(&document.slug) {
            Some(issued) => self.project.issued_file(issued.latest, FORM),
            None => self.form(self.project.notices.get(&document.slug)?),
        }
    }
}
