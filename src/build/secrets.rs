//! 保密 — before anything is put into the site: what is classified or kept back leaves no trace in what is public.

use super::{Job, Workshop};
use crate::diag::Report;
use crate::document::{Disclosure, Document};
use crate::review::secrecy::{self, Secrets};

impl Workshop<'_> {
    /// The documents that nobody outside may learn of, told before anything is printed: a letter is not kept to be looked at later.
    pub(super) fn secrets(&self, jobs: &[Job<'_>]) -> Secrets {
        let secret = |job: &&Job<'_>| matches!(job, Job::Notice { notice, .. } if notice.head.is_secret());
        let documents = jobs.iter().filter(secret).filter_map(|job| job.compose(&self.known(), &self.setting()).0);
        // What was issued is no job any more, and no less secret.
        let record = &self.project.record;
        let issued = record.registry.documents().into_keys().filter_map(|slug| record.latest(slug)?.document.clone());
        let issued = issued.filter(|document| {
            document.masthead.secrecy.is_some() || document.record.publication.disclosure == Some(Disclosure::Withheld)
        });
        Secrets::of(&documents.chain(issued).collect::<Vec<_>>())
    }

    /// Judges the openness of these documents, each made by the job of the same number. Links from public ones to others are cut; a
    /// public one that tells of a secret one is itself to be kept back, also where the rest of a faulty build is kept: their numbers.
    pub(super) fn keep_secrets(
        &self,
        secrets: &Secrets,
        notices: &mut [Document],
        jobs: &[&Job<'_>],
        report: &mut Report,
    ) -> Vec<usize> {
        let mut told = Vec::new();
        for (number, finding) in secrecy::documents(notices) {
            report.push(
                jobs.get(number)
                    .map_or_else(|| finding.clone(), |job| job.locate(finding.clone(), self.project, self.sources)),
            );
        }
        let hidden: Vec<String> =
            notices.iter().filter(|notice| !notice.is_public()).map(|notice| notice.slug.clone()).collect();
        for (number, (notice, job)) in notices.iter_mut().zip(jobs).enumerate() {
            let publication = &mut notice.record.publication;
            publication.relations.retain(|relation| !hidden.contains(&relation.to));
            if !notice.is_public() {
                continue;
            }
            if let Some(finding) = secrets.document(notice, job.origin(self.sources)) {
                report.push(job.locate(finding, self.project, self.sources));
                told.push(number);
            }
        }
        told
    }
}
