//! 已印发的 — what was issued is taken from the record: its own pictures, its letters once more, and the site as it last stood
//! where the record itself cannot be trusted.

use std::collections::BTreeSet;

use super::filling::Filling;
use super::{Job, Made, Workshop};
use crate::diag::Report;
use crate::digest::sha256;
use crate::document::Document;
use crate::draft::Notice;
use crate::pdf::page_count;
use crate::picture::bare;
use crate::record::{Frozen, Listed, Manifest, Registration, picture_file};
use crate::site;

/// A letter that was printed once more.
pub struct Reprint {
    /// The enterprise's code.
    pub code: String,
    /// Its PDF; `None` where it could not be printed.
    pub pdf: Option<Vec<u8>>,
    /// Whether it is, byte for byte, the one that was issued.
    pub same: bool,
}

impl<'p> Workshop<'p> {
    /// A document as it was issued: the very file, whatever the layouts, faces and pictures of today would make of it. `None` where
    /// it was not issued, or where the record is not what was written.
    #[must_use]
    pub fn as_issued(&self, job: &Job<'p>) -> Option<Made> {
        let Job::Notice { slug, .. } = job else { return None };
        let entry = self.project.record.registry.of(slug)?.latest;
        let document = self.project.record.version(slug, entry.version)?.document.clone()?;
        let pdf = self.project.issued_file(entry, &format!("{slug}.pdf"))?;
        Some(Made { document, pages: page_count(&pdf)?, pdf, measurements: Vec::new() })
    }

    /// The pictures of an issued version, where its page shows them.
    pub(super) fn issued_pictures(
        &self,
        entry: &Registration,
        frozen: &Frozen,
        shown: &Document,
        room: &mut Filling<'_>,
    ) {
        if !shown.shows_text() {
            return;
        }
        let paths: BTreeSet<&str> = frozen.document.iter().flat_map(Document::pictures).collect();
        for path in paths {
            if let Some(bytes) = self.project.issued_file(entry, &picture_file(path)) {
                room.add(site::figure_path(&entry.picture(path)), bare(bytes), Vec::new());
            }
        }
    }

    /// Prints the letters of an issued version (每户一份) once more and holds each against its sum.
    #[must_use]
    pub fn reprint(&self, slug: &'p str, notice: &'p Notice, frozen: &'p Frozen) -> (Vec<Reprint>, Report) {
        let mut report = Report::default();
        let mut reprints = Vec::new();
        for (job, letter) in Job::issued_letters(self.project, slug, notice, frozen).iter().zip(&frozen.letters) {
            let (made, found) = self.print(job, letter.document.clone());
            report.absorb(found);
            let pdf = made.map(|made| made.pdf);
            let same = pdf.as_ref().is_some_and(|pdf| sha256(pdf) == letter.digest);
            reprints.push(Reprint { code: letter.code.clone(), pdf, same });
        }
        (reprints, report)
    }

    /// What a version was printed with that is not the same today: layouts, settings, faces, the program. What a text was made
    /// from is not among it.
    #[must_use]
    pub fn printed_otherwise(&self, issued: &Manifest) -> Vec<String> {
        let prints = |listed: &&Listed| {
            let path = listed.path.as_str();
            path == "data/layout.yaml" || path.starts_with("templates/layout/") || path.starts_with("fonts/")
        };
        let now = self.made_from(&[]);
        let mut changed: Vec<String> = issued
            .sources
            .iter()
            .filter(prints)
            .filter(|listed| !now.contains(listed))
            .chain(now.iter().filter(prints).filter(|listed| issued.sources.iter().all(|one| one.path != listed.path)))
            .map(|listed| listed.path.clone())
            .collect();
        if issued.program != Manifest::PROGRAM {
            changed.push(issued.program.clone());
        }
        changed.sort();
        changed.dedup();
        changed
    }
}
