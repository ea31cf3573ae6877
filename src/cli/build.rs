//! `hongtou build` — the main job: everything into `output/`, at once; a progress bar on a terminal, a summary at the end.

use std::io::IsTerminal;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use super::arguments::{Build, Common, FindingFormat};
use super::{Ending, Failure, findings, print};
use crate::build::publish;
use crate::parallel::threads;

pub(super) fn run(common: &Common, options: &Build) -> Result<Ending, Failure> {
    #[expect(clippy::disallowed_methods, reason = "cli asks the clock")]
    let started = Instant::now();
    let (opened, _lock) = common.open_to_write("生成")?;
    let (workshop, mut report) = opened.workshop();
    let project = &opened.project;
    let threads = options.jobs.map_or_else(threads, std::num::NonZeroUsize::get);
    let bar = bar(common.quiet);
    let (output, found) = workshop.build(threads, &|done, total| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    report.absorb(found);
    let say = |text: &str| {
        if !common.quiet && options.format == FindingFormat::Text {
            print::error(text);
        }
    };
    findings::show(&mut report, &project.sources, options.format);
    if report.has_errors() && !options.partial {
        say(&format!(
            "{}，没有生成：output 里仍是上一次的内容。改正后再试，或用 --partial 只生成没有受影响的部分",
            findings::count(&report)
        ));
        return Ok(Ending::Findings);
    }
    let written = publish(&project.root, &output).map_err(|finding| {
        let help = finding.help.map(|help| format!("\n办法：{help}")).unwrap_or_default();
        Failure::Other(format!("{}{help}", finding.message))
    })?;
    if output.keeps_site {
        say("发文登记簿或定本不是印发时的样子：output/site 没有重新生成，仍是上一次的");
    }
    say(&format!(
        "生成了{}件公文，共{}页；文件{}个：新增{}，改变{}，未变{}，删去{}；用时{:.1}秒；{}",
        output.documents,
        output.pages,
        output.artifacts.len(),
        written.added,
        written.changed,
        written.unchanged,
        written.removed,
        started.elapsed().as_secs_f64(),
        findings::count(&report)
    ));
    if let Some(left) = &written.left {
        say(&format!("原来的内容没有清干净，在 {}；可以删去", left.display()));
    }
    say(&format!(
        "打开 {} 查看全部（只在办公室内）；要发布的在 output/site",
        project.root.join("output/office/index.html").display()
    ));
    Ok(Ending::of(&report))
}

fn bar(quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("印制 [{bar:30}] {pos}/{len} 件") {
        bar.set_style(style);
    }
    bar
}
