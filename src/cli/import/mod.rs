//! `hongtou import` — a foreign table goes into the data files: what it says is read, checked as the workspace is, shown, and only then
//! written; what is there already stays as it is.

mod shown;
mod trial;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::arguments::{Common, Import, ImportKind};
use super::opened::Opened;
use super::{Ending, Failure, print, unwritten};
use crate::calendar::Year;
use crate::credit_code::CreditCode;
use crate::diag::{Code, Severity};
use crate::disk::rewrite;
use crate::exchange::form::{Form, Heads};
use crate::exchange::intake::{Finding, Intake};
use crate::exchange::kinds::catalogues::{self, Edition};
use crate::exchange::kinds::{Ground, declarations, enterprises};
use crate::exchange::marked::marked;
use crate::exchange::table::Mapping;
use crate::exchange::workbook::{self, Content, Workbook};
use crate::project::{Project, read_at_most, real_path};
use crate::register::Catalogue;
use crate::source::{FileId, Source};
use crate::yaml;
use trial::Trial;

/// The largest file that is read (bytes): a hundred thousand rows have some ten million.
const LARGEST: u64 = 64 << 20;

pub(super) fn run(common: &Common, options: &Import) -> Result<Ending, Failure> {
    let name = options.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (Opened { project, report, .. }, _lock) = common.open_to_write("导入")?;
    let workbook = read(&options.file, &name)?;
    let kind = options.kind.or_else(|| guess(&workbook, &project)).ok_or_else(|| {
        Failure::Other(format!("看不出 {name} 是什么表；写明 --as 申报、企业 或 目录，列名特别的再写 --map 列=项"))
    })?;
    let mapping = mapping(&project, kind, options)?;
    let mut intake = take(&project, &workbook, kind, &mapping, options, &name)?;
    intake.remarks.sort();
    let whole = trial::run(&project, &report, &intake, true);
    let own = intake.findings.clone();
    trial::mark_broken(&mut intake, &own);
    trial::mark_broken(&mut intake, &whole.findings);
    let sound = intake.targets.iter().flat_map(|target| &target.records).all(|record| !record.broken);
    let (whole, findings) = (Trial { files: whole.files, findings: Vec::new() }, together(own, whole.findings));
    let errors = findings.iter().any(|finding| finding.diagnostic.severity == Severity::Error);
    shown::findings(&findings, &intake, options.format);
    if let Some(path) = &options.mark {
        mark(path, options, &workbook, &findings)?;
    }
    // Without the records that something is wrong with, where there are any.
    let last = if sound { whole } else { trial::run(&project, &report, &intake, false) };
    let stays_wrong =
        if sound { errors } else { last.findings.iter().any(|finding| finding.diagnostic.severity == Severity::Error) };
    if !common.quiet {
        shown::understood(&intake);
        shown::changes(&last, &project);
    }
    let refused = (errors && !options.partial) || stays_wrong;
    if refused {
        print::error(if options.partial {
            "改后的数据仍有错误，什么也没有写"
        } else {
            "有错误，什么也没有写；改正后再导入，或加 --partial 只写没有错误的"
        });
        return Ok(Ending::Findings);
    }
    if options.dry_run {
        print::error("只看，没有写");
        return Ok(if errors { Ending::Findings } else { Ending::Fine });
    }
    for (path, merged) in &last.files {
        let read = project.sources.at(path).map(Source::text);
        let place = project.root.join(path);
        if let Some(folder) = place.parent() {
            crate::disk::make_folders(folder)?;
        }
        rewrite(&place, read, merged.text.as_bytes()).map_err(|error| unwritten(path, error))?;
        print::error(&format!("写入 {path}：{}处", merged.changes.len()));
    }
    keep(&project, kind, &mapping, options)?;
    if last.files.is_empty() {
        print::error("和数据里的一样，没有改动");
    }
    if intake.targets.iter().flat_map(|target| &target.records).any(|record| record.broken) {
        shown::left_behind(&intake);
    }
    Ok(if errors { Ending::Findings } else { Ending::Fine })
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

/// The sheets of the file.
fn read(path: &Path, name: &str) -> Result<Workbook, Failure> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if matches!(ending.as_str(), "et" | "ett") {
        return Err(Failure::Other(format!("{name} 是 WPS 的 .et 格式，读不了；在 WPS 里另存为 xlsx")));
    }
    let bytes = read_at_most(path, LARGEST)?
        .ok_or_else(|| Failure::Other(format!("{name} 超过 {} MB，太大；检查是不是放错了文件", LARGEST >> 20)))?;
    workbook::open(name, &bytes).map_err(|error| Failure::Other(format!("{name}：{error}")))
}

/// Writes the copy that shows what is wrong in it.
fn mark(path: &Path, options: &Import, workbook: &Workbook, findings: &[Finding]) -> Result<(), Failure> {
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
    let notes: Vec<_> = findings.iter().map(|finding| (finding.at.clone(), words(finding))).collect();
    let bytes = marked(workbook, &notes).map_err(|error| Failure::Other(format!("标注写不出来：{error}")))?;
    crate::disk::write_file(path, &bytes)?;
    print::error(&format!("写入 {}：标注了{}处", path.display(), notes.len()));
    Ok(())
}

/// The kind whose heads the tables have.
fn guess(workbook: &Workbook, project: &Project) -> Option<ImportKind> {
    let (heads, mapping) = (heads(project), Mapping::new());
    let ground = Ground { register: &project.register, heads: &heads, mapping: &mapping, year: None };
    let score = |form: &Form| {
        let tables = workbook.sheets.iter().filter(|sheet| !sheet.hidden);
        let tables = tables.filter_map(|sheet| crate::exchange::table::find(sheet, form, &mapping, &mut Vec::new()));
        tables.map(|table| table.columns.iter().filter(|column| column.field.is_some()).count()).max().unwrap_or(0)
    };
    let scores = [
        (score(&declarations::form(&ground)), ImportKind::Declarations),
        (score(&enterprises::form(&ground)), ImportKind::Enterprises),
    ];
    let best = scores.iter().map(|(score, _)| *score).max().filter(|best| *best >= 2)?;
    let mut first = scores.iter().filter(|(score, _)| *score == best);
    let kind = first.next()?.1;
    first.next().is_none().then_some(kind)
}

fn heads(project: &Project) -> Heads {
    let file = project.templates.get("imports.yaml").copied();
    let source = file.and_then(|file| project.sources.get(file));
    source.map(|source| Heads::read(FileId(0), source).0).unwrap_or_default()
}

fn take(
    project: &Project,
    workbook: &Workbook,
    kind: ImportKind,
    mapping: &Mapping,
    options: &Import,
    name: &str,
) -> Result<Intake, Failure> {
    let (heads, year) = (heads(project), options.year);
    let ground = Ground { register: &project.register, heads: &heads, mapping, year };
    Ok(match kind {
        ImportKind::Declarations => {
            let year = year
                .or_else(|| year_of(workbook, name))
                .ok_or_else(|| Failure::Other("看不出是哪一年度的申报；写明 --year，如 --year 2025".to_owned()))?;
            declarations::read(workbook, &ground, year)
        }
        ImportKind::Enterprises => {
            let files = |code: CreditCode| {
                let place = project.register.enterprises.get(&code)?.name.place;
                Some(project.sources.get(place.file)?.path().to_owned())
            };
            enterprises::read(workbook, &ground, &files)
        }
        ImportKind::Catalogue => {
            let (of, catalogue) = catalogue(project, options)?;
            let text = project.sources.at(&format!("data/catalogues/{of}.yaml")).map(Source::text).unwrap_or_default();
            let edition = Edition { of, name: options.edition.as_deref(), from: options.from };
            catalogues::read(workbook, &ground, catalogue, edition, text)
        }
    })
}

/// The catalogue that was named; the only one there is, where none was.
fn catalogue<'a>(project: &'a Project, options: &'a Import) -> Result<(&'a str, &'a Catalogue), Failure> {
    let known = || project.register.catalogues.keys().cloned().collect::<Vec<_>>().join("、");
    let of = options.of.as_deref().ok_or_else(|| Failure::Other(format!("写明是哪一个目录：--of {}", known())))?;
    let found = project.register.catalogues.get(of);
    found
        .map(|catalogue| (of, catalogue))
        .ok_or_else(|| Failure::Unknown(format!("没有目录“{of}”；有的是：{}", known())))
}

/// What a table of a kind may hold.
fn form(project: &Project, kind: ImportKind, ground: &Ground<'_>, options: &Import) -> Result<Form, Failure> {
    Ok(match kind {
        ImportKind::Declarations => declarations::form(ground),
        ImportKind::Enterprises => enterprises::form(ground),
        ImportKind::Catalogue => catalogues::form(ground, catalogue(project, options)?.1),
    })
}

/// The year that a title or the file's name gives: 2025年度….
fn year_of(workbook: &Workbook, name: &str) -> Option<Year> {
    let titles = workbook.sheets.iter().filter(|sheet| !sheet.hidden).flat_map(|sheet| {
        let first = sheet.rows.iter().take(3).flat_map(|(_, cells)| cells.values());
        first.filter_map(|cell| if let Content::Text(text) = &cell.content { Some(text.as_str()) } else { None })
    });
    let in_text = |text: &str| {
        let at = text.find("年度")?;
        let digits: String = text.get(..at)?.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
        digits.parse().ok()
    };
    titles.chain([name]).find_map(in_text)
}

/// Where what a person said of columns is kept.
fn kept(kind: ImportKind) -> String {
    let name = match kind {
        ImportKind::Declarations => "申报",
        ImportKind::Enterprises => "企业",
        ImportKind::Catalogue => "目录",
    };
    format!("data/imports/{name}.yaml")
}

/// What was said of columns before, and what is said now.
fn mapping(project: &Project, kind: ImportKind, options: &Import) -> Result<Mapping, Failure> {
    let path = kept(kind);
    let mut mapping = Mapping::new();
    if let Ok(text) = crate::project::read_text(&project.root.join(&path)) {
        let (read, found) = yaml::read::<BTreeMap<String, String>>(FileId(0), &Source::new(&path, text));
        if found.has_errors() {
            return Err(Failure::Other(format!("{path} 读不出来；改正它，或删去它重新写 --map")));
        }
        mapping = read.unwrap_or_default();
    }
    let heads = heads(project);
    let none = Mapping::new();
    let ground = Ground { register: &project.register, heads: &heads, mapping: &none, year: None };
    let form = form(project, kind, &ground, options)?;
    for pair in &options.mapping {
        let (column, item) = pair
            .split_once(['=', '＝'])
            .ok_or_else(|| Failure::Other(format!("--map {pair} 应写作 列=项，如 --map 产品全称=产品.名称")))?;
        if form.named(item.trim()).is_none() {
            let known: Vec<String> = form.fields.iter().map(crate::exchange::form::Field::name).collect();
            return Err(Failure::Other(format!("没有“{}”这一项；可以写：{}", item.trim(), known.join("、"))));
        }
        mapping.insert(column.trim().to_owned(), item.trim().to_owned());
    }
    Ok(mapping)
}

/// Keeps what was said of columns for the next time: by their heads, for their letters change from table to table.
fn keep(project: &Project, kind: ImportKind, mapping: &Mapping, options: &Import) -> Result<(), Failure> {
    let is_letter = |column: &str| column.len() <= 3 && column.bytes().all(|b| b.is_ascii_uppercase());
    let lasting: Vec<_> = mapping.iter().filter(|(column, _)| !is_letter(column)).collect();
    if options.mapping.is_empty() || lasting.is_empty() {
        return Ok(());
    }
    let path = kept(kind);
    let place = project.root.join(&path);
    let mut text = String::from("# 导入时说明过的列：表头写的 → data/ 里的项；由 hongtou import --map 写，可以改。\n");
    for (column, item) in lasting {
        text.push_str(&format!("{}: {}\n", yaml::scalar(column), yaml::scalar(item)));
    }
    if let Some(folder) = place.parent() {
        crate::disk::make_folders(folder)?;
    }
    crate::disk::write_file(&place, text.as_bytes())?;
    Ok(())
}
