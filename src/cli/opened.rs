//! 打开的工作区 — what every command begins with: the workspace read, on the day of the work.

use std::path::Path;

use super::arguments::{Common, FindingFormat};
use super::{Failure, findings};
use crate::build::Workshop;
use crate::calendar::Day;
use crate::diag::Report;
use crate::disk::{Busy, Lock, sweep};
use crate::policy::readings::Reading;
use crate::project::Project;

/// A workspace that was read.
pub(super) struct Opened {
    /// What it says.
    pub(super) project: Project,
    /// What is wrong with it.
    pub(super) report: Report,
    /// The day of the work.
    pub(super) on: Day,
}

impl Common {
    /// Reads the workspace.
    pub(super) fn open(&self, readings: &[Reading]) -> Result<Opened, Failure> {
        let (project, report) = Project::load(&self.root()?, readings);
        super::guard::keep_to(project.bounds);
        Ok(Opened { project, report, on: self.day() })
    }

    /// Reads the workspace as its only writer, until the lock is dropped. Whoever comes second is told what is being done.
    pub(super) fn open_to_write(&self, what: &str) -> Result<(Opened, Lock), Failure> {
        let root = self.root()?;
        let lock = lock(&root, what)?;
        sweep(&root)?;
        Ok((self.open(&[])?, lock))
    }

    /// Becomes the only writer of the workspace without reading it.
    pub(super) fn lock_workspace(&self, what: &str) -> Result<Lock, Failure> {
        lock(&self.root()?, what)
    }

    /// Opens the workspace for an act that goes into the register: not where the register is lost or was changed.
    pub(super) fn open_to_register(&self, what: &str) -> Result<(Opened, Lock), Failure> {
        let (opened, lock) = self.open_to_write(what)?;
        if !opened.project.record.damaged {
            return Ok((opened, lock));
        }
        Err(Failure::Other(format!("发文登记簿不是写入时的样子，不能{what}：hongtou check 说明是哪一处")))
    }
}

/// Becomes the only writer of a workspace.
fn lock(root: &Path, what: &str) -> Result<Lock, Failure> {
    let who = format!("{what}，{}开始", super::now());
    Lock::take(root, &who).map_err(|busy| match busy {
        Busy::Io(error) => Failure::Io(error),
        held @ Busy::Held(_) => Failure::Other(held.to_string()),
    })
}

impl Opened {
    /// What documents are made with, and all that was found so far.
    pub(super) fn workshop(&self) -> (Workshop<'_>, Report) {
        let (workshop, found) = Workshop::new(&self.project, &self.report, self.on);
        let mut report = self.report.clone();
        report.absorb(found);
        (workshop, report)
    }

    /// Shows what is wrong with the workspace.
    pub(super) fn show(&mut self) {
        findings::show(&mut self.report, &self.project.sources, FindingFormat::Text);
    }
}
