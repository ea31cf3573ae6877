//! `hongtou import` — a foreign table goes into the data files: what it says is read, checked as the workspace is, shown, and only then
//! written; what is there already stays as it is.

pub(super) mod columns;
mod fitting;
mod into;
pub(super) mod kind;
mod places;
mod shown;
mod trial;
mod word;

use std::collections::BTreeSet;
use std::path::Path;

use super::arguments::{Common, FindingFormat, Import};
use super::destination::write_to;
use super::opened::Opened;
use super::{Ending, Failure, print, unwritten};
use crate::diag::{Code, Severity};
use crate::disk::{make_folders, reason, rewrite};
use crate::exchange::intake::Finding;
use crate::exchange::marked::{Fault, marked};
use crate::exchange::workbook::{self, Workbook};
use crate::project::{Project, read_at_most, real_path};
use crate::source::Source;
use columns::Columns;
use trial::Trial;

/// The largest file that is read (bytes): a hundred thousand rows have some ten million.
const LARGEST: u64 = 64 << 20;

pub(super) fn run(common: &Common, options: &Import) -> Result<Ending, Failure> {
    let name = options.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = read(&options.file, &name)?;
    let is_document = word::is_document(&name, &bytes, options);
    fitting::check(options, &name, is_document)?;
    if is_document {
        return match &options.into {
            Some(notice) => into::run(common, options, notice, &name, &bytes),
            None => word::run(common, options, &name, &bytes),
        };
    }
    let (Opened { mut project, report, on }, _lock) = common.open_to_write("导入")?;
    let mut workbook = workbook::open(&name, &bytes).map_err(|error| Failure::Other(format!("{name}：{error}")))?;
    let original = options.mark.as_ref().map(|_| bytes);
    let columns = Columns::of(&project, &workbook, options, &name)?;
    let mut intake = kind::take(&project, &workbook, columns.kind, &columns.ground(&project), options, &name)?;
    if intake.understood.is_empty() {
        return Err(Failure::Other(format!(
            "{name} 里没有认出{}的表；列名特别的，写 --map 列=项",
            kind::name(columns.kind)
        )));
    }
    columns::check_named(&intake, options)?;
    // A hundred thousand rows need not lie there twice.
    if original.is_none() {
        workbook.sheets = Vec::new();
    }

    let mut trial = trial::run(&mut project, &report, &intake, true, on);
    let findings = together(std::mem::take(&mut intake.findings), std::mem::take(&mut trial.findings));
    let errors = is_wrong(&findings);
    trial::mark_broken(&mut intake, &findings);
    let broken = intake.records().any(|record| record.broken);
    if broken {
        drop(trial);
        trial = trial::run(&mut project, &report, &intake, false, on);
    }
    // What is wrong even without the records that something is wrong with.
    let stays_wrong = if broken { is_wrong(&trial.findings) } else { errors };

    shown::findings(&findings, &intake, &workbook.remarks, options.format);
    if let (Some(path), Some(bytes)) = (&options.mark, &original) {
        mark(&project.root, path, options, (bytes, &workbook), &findings)?;
    }
    if !common.quiet && options.format == FindingFormat::Text {
        shown::understood(&intake, &workbook.remarks);
        shown::changes(&trial, &project);
    }
    if stays_wrong && options.partial {
        print::error("改后的数据仍有错误，什么也没有写");
    } else if errors && !options.partial {
        print::error("有错误，什么也没有写；改正后再导入，或加 --partial 只写没有错误的");
    } else if options.dry_run {
        print::error(
            match trial.changes().count() {
                0 => "只看：和数据里的一样，没有改动".to_owned(),
                count => format!("只看，没有写：有{count}处改动"),
            }
            .as_str(),
        );
    } else {
        write(&project, &trial)?;
        columns.keep(&project, options)?;
        if broken {
            shown::left_behind(&intake);
        }
    }
    Ok(if errors { Ending::Findings } else { Ending::Fine })
}

fn is_wrong(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.diagnostic.severity == Severity::Error)
}

fn write(project: &Project, trial: &Trial) -> Result<(), Failure> {
    for (path, merged) in &trial.files {
        let (read, place) = (project.sources.at(path).map(Source::text), project.root.join(path));
        if let Some(folder) = place.parent() {
            make_folders(folder)?;
        }
        rewrite(&place, read, merged.text.as_bytes()).map_err(|error| unwritten(path, error))?;
        print::error(&format!("写入 {path}：{}处", merged.changes.len()));
    }
    if trial.files.is_empty() {
        print::error("和数据里的一样，没有改动");
    }
    Ok(())
}

/// What was found in cells and by the workspace's checks. What a cell could not say was told there: what follows from it — another finding in
/// the cell, something missing in its row — is no finding of its own.
fn together(own: Vec<Finding>, checked: Vec<Finding>) -> Vec<Finding> {
    let rows: BTreeSet<_> =
        own.iter().filter_map(|finding| finding.at.as_ref()).map(|at| (at.sheet.clone(), at.row)).collect();
    let cells: BTreeSet<_> = own.iter().filter_map(|finding| finding.at.clone()).collect();
    let follows = |finding: &Finding| {
        finding.at.as_ref().is_some_and(|at| {
            cells.contains(at) || finding.diagnostic.code == Code::Missing && rows.contains(&(at.sheet.clone(), at.row))
        })
    };
    let mut all = own;
    all.extend(checked.into_iter().filter(|finding| !follows(finding)));
    all.sort_by(|one, other| one.at.cmp(&other.at));
    all
}

/// The bytes of the file.
pub(super) fn read(path: &Path, name: &str) -> Result<Vec<u8>, Failure> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if matches!(ending.as_str(), "et" | "ett") {
        return Err(Failure::Other(format!("{name} 是 WPS 的 .et 格式，读不了；在 WPS 里另存为 xlsx")));
    }
    let unread = |error| Failure::Other(format!("{} 读不了：{}", path.display(), reason(&error)));
    read_at_most(path, LARGEST)
        .map_err(unread)?
        .ok_or_else(|| Failure::Other(format!("{name} 超过 {} MB，太大；检查是不是放错了文件", LARGEST >> 20)))
}

/// Writes the copy that shows what is wrong in it.
fn mark(
    root: &Path,
    path: &Path,
    options: &Import,
    (bytes, workbook): (&[u8], &Workbook),
    findings: &[Finding],
) -> Result<(), Failure> {
    if path.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("xlsx")) {
        return Err(Failure::Other(format!("标注写成 xlsx：{} 改为以 .xlsx 结尾", path.display())));
    }
    if real_path(path)? == real_path(&options.file)? {
        return Err(Failure::Other("标注不能写在原来的文件上；换一个文件名".to_owned()));
    }
    let words = |finding: &Finding| match &finding.diagnostic.help {
        Some(help) => format!("{}。{help}", finding.diagnostic.message),
        None => finding.diagnostic.message.clone(),
    };
    let fault = |finding: &Finding| Fault {
        at: finding.at.clone(),
        severity: finding.diagnostic.severity,
        words: words(finding),
    };
    let faults: Vec<Fault> = findings.iter().map(fault).collect();
    let marked = marked(bytes, workbook, &faults)
        .map_err(|_| Failure::Other("标注写不出来：表里有 Excel 放不下的内容（一格最多32767个字）".to_owned()))?;
    write_to(root, path, &marked.bytes)?;
    let look = if marked.has_look {
        ""
    } else {
        "；原件不是平常的 xlsx，只抄了格里的内容，样子没有照抄"
    };
    print::error(&format!("写入 {}：标注了{}处{look}", path.display(), faults.len()));
    Ok(())
}
