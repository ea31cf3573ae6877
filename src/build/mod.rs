//! 生成 — the main job: assess, compose, review, print and publish the whole workspace, in parallel, and put it into `output/` at
//! once: `output/site/`, which the public may see, from the record alone; `output/office/`, which stays inside, from today's data.

mod announcement;
mod artifact;
mod binding;
mod content;
mod explained;
mod filling;
mod followup;
mod form;
mod freeze;
mod issued;
mod letters;
mod manifest;
mod noted;
mod office;
mod pages;
mod plan;
mod prints;
mod public;
mod publish;
mod room;
mod said;
mod secrets;
pub mod shard;
mod whole;
mod workshop;
mod write;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::diag::{Diagnostic, Report};
use crate::draft::comparison;
use crate::parallel::parallel;
use crate::pdf::forgetting;
use crate::record::{difference, ledger};
use crate::review::secrecy::Secrets;

use artifact::Sheets;
use shard::Shard;

pub use artifact::{Artifact, Output};
pub use content::{Content, Spool};
pub use freeze::{Freezing, Order};
pub use issued::Reprint;
pub use manifest::Manifest;
pub use plan::Job;
pub use prints::{PROGRAM, Prints};
pub use publish::{Changes, PublishError, Release, WebRoot};
pub use room::Room;
pub use whole::{Told, Whole};
pub use workshop::{Made, Shelves, Workshop};
pub use write::{Written, commit_version, replace};

/// Where the output lies in a workspace.
const OUTPUT: &str = "output";

/// Where the output before lies, from which the next one is put together.
pub const SPARE: &str = ".hongtou/output";

impl Workshop<'_> {
    /// Everything that the workspace makes, calling `progress` as each document is done.
    pub fn build(&self, threads: usize, progress: &(dyn Fn(usize, usize) + Sync)) -> (Output, Report) {
        let jobs = Job::all(self.project, &self.awards);
        let secrets = self.secrets(&jobs);
        let spool = Spool::beside(&self.project.root);
        let made = self.print_all(&jobs, &secrets, &spool, threads, progress);
        let mut output = Output::default();
        for (job, (printed, _)) in jobs.iter().zip(&made) {
            let Some((_, sheets)) = printed else {
                output.left_out.push(job.name());
                continue;
            };
            output.documents += 1;
            output.pages += sheets.pages.unwrap_or_default();
            output.kept += usize::from(sheets.kept);
        }
        let mut report = self.answers();
        let mut artifacts = self.office(&jobs, made, &secrets, &spool, &mut report);
        output.keeps_site = self.project.record.touched;
        if !output.keeps_site {
            artifacts.extend(self.site(&spool, &mut report));
        }
        output.artifacts = artifacts;
        self.titles_are_set();
        (output, report)
    }

    /// Prints what belongs to a part into the store of the workshop's prints; how many documents those are.
    pub fn print_part(
        &self,
        shard: Shard,
        threads: usize,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> (usize, Report) {
        let all = Job::all(self.project, &self.awards);
        let secrets = self.secrets(&all);
        let jobs: Vec<Job<'_>> = all.into_iter().filter(|job| shard.takes(&job.name())).collect();
        let mut report = Report::default();
        for (_, found) in self.print_all(&jobs, &secrets, &Spool::nowhere(), threads, progress) {
            report.absorb(found);
        }
        (jobs.len(), report)
    }

    /// Prints documents, several at a time.
    fn print_all(
        &self,
        jobs: &[Job<'_>],
        secrets: &Secrets,
        spool: &Spool,
        threads: usize,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Vec<office::Printed> {
        let total = jobs.len();
        let done = AtomicUsize::new(0);
        let letters = self.letters_again(secrets);
        let make = |job: &Job<'_>| {
            let printed = if self.rests_on_faults(job) {
                (None, Report::default())
            } else {
                let make = || self.print_one(job, secrets, spool);
                match &letters {
                    Some(letters) => letters.print(self, job, make),
                    None => make(),
                }
            };
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            printed
        };
        forgetting(|| parallel(jobs, threads, make))
    }

    /// Makes and prints one document.
    fn print_one(&self, job: &Job<'_>, secrets: &Secrets, spool: &Spool) -> office::Printed {
        let (document, mut found) = self.worded(job);
        let printed = document.and_then(|document| {
            let (printed, more) = self.sheets(job, document, spool);
            found.absorb(more);
            let (document, sheets) = printed?;
            Some((self.keep(job, document, secrets, &mut found), sheets))
        });
        (printed, found)
    }

    /// Looks at everything that the workspace makes, and prints nothing.
    #[must_use]
    pub fn inspect(&self, threads: usize) -> Report {
        let jobs = Job::all(self.project, &self.awards);
        let secrets = self.secrets(&jobs);
        let spool = Spool::nowhere();
        // Whether a layout of the office's own works is seen only where something is set with it.
        let own_layouts = self.project.has_own_layouts();
        let composed = parallel(&jobs, threads, |job| {
            if self.rests_on_faults(job) {
                return (None, Report::default());
            }
            let (document, mut found) = self.worded(job);
            if let Some((document, press)) = document.as_ref().zip(self.press()) {
                let mut looks = Report::default();
                if own_layouts {
                    looks = self.print(job, document.clone()).1;
                } else {
                    looks.absorb(press.missing_glyphs(document));
                    looks.absorb(press.unprintable(document));
                }
                for finding in looks.findings() {
                    found.push(job.locate(finding.clone(), self.project, self.sources));
                }
                // What will not be printed will have no page either.
                if looks.has_errors() {
                    return (None, found);
                }
            }
            let none = Sheets::new(Vec::new(), None, &spool);
            (document.map(|document| (self.keep(job, document, &secrets, &mut found), none)), found)
        });
        let mut report = self.answers();
        self.office(&jobs, composed, &secrets, &spool, &mut report);
        self.site(&spool, &mut report);
        report
    }

    /// What the record answers for: issued documents that would read otherwise now, and payments that are not what is due.
    #[must_use]
    pub fn answers(&self) -> Report {
        let project = self.project;
        let mut report = ledger::audit(&project.register, &project.policies, self.on);
        for (year, entries) in &project.register.ledger {
            if let Some(awards) = self.awards.get(&crate::award::Selection::year(*year)) {
                report.absorb(ledger::compare(&awards.assessments, entries, &project.policies));
            }
        }
        for (slug, issued) in project.record.registry.documents() {
            let Some((slug, notice)) = project.notices.get_key_value(slug) else { continue };
            let frozen = project.record.version(slug, issued.latest.version);
            let Some(before) = frozen.and_then(|frozen| frozen.document.as_ref()) else { continue };
            let job = Job::Notice { slug, notice };
            if issued.withdrawn.is_some() || project.record.is_concluded(slug) || self.rests_on_faults(&job) {
                continue;
            }
            let rules = frozen.map_or(&[][..], |frozen| &frozen.comparison);
            // A policy that was issued without its rules is not asked for them.
            let policy = project.policies.iter().find(|policy| policy.slug == *slug && !rules.is_empty());
            let rules_now = policy.map(comparison::blocks).unwrap_or_default();
            if let Some(now) = self.compose(&job).0
                && let Some(finding) = difference::finding(before, rules, (&now, &rules_now))
            {
                report.push(finding.at(notice.head.title.place));
            }
        }
        report
    }
}

/// Writes what was made into the workspace's `output/`, at once.
///
/// # Errors
///
/// What stands in the way of writing, in words; the last good output stays whole then.
pub fn publish(root: &Path, output: &Output) -> Result<Written, Diagnostic> {
    let (folder, spare) = (root.join(OUTPUT), root.join(SPARE));
    if !output.keeps_site {
        return replace(&folder, &spare, &output.artifacts);
    }
    let mut artifacts = output.artifacts.clone();
    artifacts.extend(write::standing(&folder, Room::Site.folder())?);
    replace(&folder, &spare, &artifacts)
}
