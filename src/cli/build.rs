//! `hongtou build` — the main job: everything into `output/`, at once; a progress bar on a terminal, a summary at the end.

use std::io::IsTerminal;
use std::path::Path;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use super::arguments::{Build, Common, FindingFormat};
use super::opened::Opened;
use super::{Ending, Failure, findings, print, render};
use crate::build::shard::{Shard, Signature, signed};
use crate::build::{Job, Output, Told, Whole, Workshop, Written, publish};
use crate::diag::Report;
use crate::disk::{Cache, write_file};
use crate::parallel::threads;

/// How many bytes of prints are kept where nobody says otherwise; of a larger output twice what it holds.
const CACHE: u64 = 4 << 30;

/// How many bytes of prints are kept.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum Most {
    /// As many as there are.
    #[default]
    All,
    /// As many as are of use.
    Usual,
    /// As many as were asked for.
    Said(u64),
}

impl Most {
    fn of(self, output: &Output) -> Option<u64> {
        match self {
            Self::All => None,
            Self::Usual => {
                let held: u64 = output.artifacts.iter().map(|artifact| artifact.content.size() as u64).sum();
                Some(CACHE.max(2 * held))
            }
            Self::Said(bytes) => Some(bytes),
        }
    }
}

/// How the output is made.
#[derive(Default)]
pub(super) struct Making {
    /// How many documents are printed at a time; as many as there are cores where nothing is said.
    pub(super) jobs: Option<std::num::NonZeroUsize>,
    /// Where prints are kept.
    pub(super) cache: Option<Cache>,
    /// How many bytes of them.
    pub(super) most: Most,
    /// Whether what is sound is made although something is wrong.
    pub(super) partial: bool,
    /// How findings are shown.
    pub(super) format: FindingFormat,
}

pub(super) fn run(common: &Common, options: &Build) -> Result<Ending, Failure> {
    if let Some((shard, store)) = options.shard.zip(options.store.as_deref()) {
        return part(common, options, shard, store);
    }
    if let Some(asked) = &options.explain {
        return explain(common, asked);
    }
    let (opened, _lock) = common.open_to_write("生成")?;
    let making = Making {
        jobs: options.jobs,
        cache: if options.no_cache { None } else { Some(common.cache()?) },
        most: options.cache_size.map_or(Most::Usual, |size| Most::Said(size.0)),
        partial: options.partial,
        format: options.format,
    };
    make(common, &opened, &making)
}

/// Makes the output of an opened workspace.
pub(super) fn make(common: &Common, opened: &Opened, making: &Making) -> Result<Ending, Failure> {
    #[expect(clippy::disallowed_methods, reason = "cli asks the clock")]
    let started = Instant::now();
    let project = &opened.project;
    let say = |text: &str| {
        if !common.quiet && making.format == FindingFormat::Text {
            print::error(text);
        }
    };
    let told = |told: Told, kept: usize, written: Written, report: &Report| {
        let again = if kept > 0 { format!("（{kept}件没有变，用上次印好的）") } else { String::new() };
        say(&format!(
            "生成了{}件公文，共{}页{again}；文件{}个：新增{}，改变{}，未变{}，删去{}；用时{:.1}秒；{}",
            told.documents,
            told.pages,
            told.files,
            written.added,
            written.changed,
            written.unchanged,
            written.removed,
            started.elapsed().as_secs_f64(),
            findings::count(report)
        ));
        let index = project.root.join("output/office/index.html");
        say(&format!("打开 {} 查看全部（只在办公室内）；要发布的在 output/site", index.display()));
        Ending::of(report)
    };
    let kept = making.cache.as_ref().filter(|_| !project.record.touched);
    let whole = kept.map(|cache| Whole::of(project, opened.on, cache.clone()));
    if let Some((same, mut report)) = whole.as_ref().and_then(|whole| whole.standing(&project.root, &opened.report)) {
        findings::show(&mut report, &project.sources, making.format);
        return Ok(told(same, same.documents, Written { unchanged: same.files, ..Written::default() }, &report));
    }
    let (workshop, mut report) = opened.workshop();
    let workshop = match &making.cache {
        Some(cache) => workshop.keeping(cache.clone()),
        None => workshop,
    };
    let bar = bar(common.quiet);
    let (output, found) =
        workshop.build(making.jobs.map_or_else(threads, std::num::NonZeroUsize::get), &|done, total| {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        });
    bar.finish_and_clear();
    report.absorb(found);
    findings::show(&mut report, &project.sources, making.format);
    if !output.left_out.is_empty() {
        say(&format!("没有印成{}件：{}", output.left_out.len(), shortened(&output.left_out)));
    }
    if report.has_errors() && !making.partial {
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
    if let Some(whole) = whole.filter(|_| !report.has_errors()) {
        // What cannot be remembered is done again: that costs time, and nothing else.
        let _ = whole.remember(&project.root, &output, &opened.report, &report);
    }
    if let Some((cache, most)) = making.cache.as_ref().zip(making.most.of(&output)) {
        // What cannot be let go of is only in the way of the next build's trimming.
        let _ = cache.trim(most, output.artifacts.iter().map(|artifact| &artifact.digest));
    }
    if output.keeps_site {
        say("发文登记簿或定本不是印发时的样子：output/site 没有重新生成，仍是上一次的");
    }
    Ok(told(Told::of(&output), output.kept, written, &report))
}

/// Prints a part of the documents into a store, and signs for it last.
fn part(common: &Common, options: &Build, shard: Shard, named: &Path) -> Result<Ending, Failure> {
    let store = common.store(named)?;
    let opened = common.open(&[])?;
    let (workshop, mut report) = opened.workshop();
    let workshop = workshop.keeping(store.cache());
    let bar = bar(common.quiet);
    let threads = options.jobs.map_or_else(threads, std::num::NonZeroUsize::get);
    let (printed, found) = workshop.print_part(shard, threads, &|done, total| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    report.absorb(found);
    findings::show(&mut report, &opened.project.sources, options.format);
    if report.has_errors() {
        print::error(&format!("{}，第{shard}片没有完成", findings::count(&report)));
        return Ok(Ending::Findings);
    }
    let (path, bytes) = signed(&Signature::of(&opened.project, opened.on, shard, printed), store.folder());
    write_file(&path, &bytes)?;
    store.send(&path)?;
    if !common.quiet {
        print::error(&format!("第{shard}片：{printed}件，写入 {}", named.display()));
    }
    Ok(Ending::Fine)
}

/// Says of a document why it would be printed again.
fn explain(common: &Common, asked: &str) -> Result<Ending, Failure> {
    let opened = common.open(&[])?;
    let (workshop, _) = opened.workshop();
    let workshop = workshop.keeping(common.cache()?);
    let slug = super::documents::named(&opened.project, asked)?;
    let letters = opened.project.notices.get_key_value(&slug).filter(|(_, notice)| notice.head.for_each);
    let jobs = match letters {
        Some((slug, notice)) => workshop.letters(slug, notice),
        None => render::job(&opened.project, &workshop, asked, None)?.into_iter().collect(),
    };
    for job in jobs {
        print::out(&format!("{}：{}", job.name(), told(&workshop, &job)));
    }
    Ok(Ending::Fine)
}

fn told(workshop: &Workshop<'_>, job: &Job<'_>) -> String {
    workshop.why(job).unwrap_or_else(|| "有错误，印不成；hongtou check 列出".to_owned())
}

/// The first of many names.
fn shortened(names: &[String]) -> String {
    let shown: Vec<&str> = names.iter().take(10).map(String::as_str).collect();
    let more = if names.len() > 10 { "等" } else { "" };
    format!("{}{more}", shown.join("、"))
}

fn bar(quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("印制 [{bar:30}] {pos}/{len} 件，每秒{per_sec}，还要{eta}")
    {
        bar.set_style(style.with_key("per_sec", |state: &indicatif::ProgressState, out: &mut dyn std::fmt::Write| {
            let _ = write!(out, "{:.1}件", state.per_sec());
        }));
    }
    bar
}
