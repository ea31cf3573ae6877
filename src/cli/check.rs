//! `hongtou check` — everything that is wrong, with its place, as far as it can be seen without printing; writes nothing.

use super::arguments::{Check, Common, FindingFormat};
use super::{Ending, Failure, findings, print};
use crate::build::Workshop;
use crate::parallel::threads;

pub(super) fn run(common: &Common, options: &Check) -> Result<Ending, Failure> {
    let (project, mut report) = common.load(&[])?;
    let (workshop, found) = Workshop::new(&project, common.day());
    report.absorb(found);
    report.absorb(workshop.inspect(threads()));
    findings::show(&mut report, &project.sources, options.format);
    if !common.quiet && options.format == FindingFormat::Text {
        let files = project.sources.iter().filter(|source| source.path().starts_with("data/")).count();
        print::error(&format!("检查了{files}个文件：{}", findings::count(&report)));
    }
    Ok(Ending::of(&report))
}
