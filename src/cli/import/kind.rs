//! 种类 — what the tables of a file are tables of, and what each kind is read with.

use clap::ValueEnum;

use super::super::Failure;
use super::super::arguments::{Import, ImportKind};
use crate::calendar::Year;
use crate::credit_code::CreditCode;
use crate::exchange::form::{Form, Heads};
use crate::exchange::intake::Intake;
use crate::exchange::kinds::catalogues::{self, Edition};
use crate::exchange::kinds::{Ground, declarations, enterprises, holidays, ledger};
use crate::exchange::table::{self, Mapping};
use crate::exchange::workbook::{Content, Workbook};
use crate::project::Project;
use crate::register::Catalogue;
use crate::source::Source;

/// The word for a kind.
pub(super) fn name(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Declarations => "申报",
        ImportKind::Enterprises => "企业",
        ImportKind::Catalogue => "目录",
        ImportKind::Ledger => "台账",
        ImportKind::Holidays => "放假",
    }
}

/// The kind that was named.
pub(super) fn named(options: &Import) -> Result<Option<ImportKind>, Failure> {
    let Some(asked) = &options.kind else { return Ok(None) };
    let found = ImportKind::from_str(asked, false);
    found
        .map(Some)
        .map_err(|_| Failure::Unknown(format!("表格没有“{asked}”这一种；--as 可以写申报、企业、目录、台账、放假")))
}

/// The kind whose heads the tables of a workbook have; a catalogue is named.
pub(super) fn guess(workbook: &Workbook, project: &Project, heads: &Heads) -> Option<ImportKind> {
    let mapping = Mapping::new();
    let ground = Ground { register: &project.register, heads, mapping: &mapping };
    let score = |form: &Form| {
        let sheets = workbook.sheets.iter().filter(|sheet| !sheet.hidden);
        let tables = sheets.filter_map(|sheet| table::find(sheet, form, &mapping, &mut Vec::new()));
        tables.map(|table| table.columns.iter().filter(|column| column.field.is_some()).count()).max().unwrap_or(0)
    };
    let mut scores = [
        (ImportKind::Declarations, declarations::form(&ground)),
        (ImportKind::Enterprises, enterprises::form(&ground)),
        (ImportKind::Ledger, ledger::form(&ground)),
        (ImportKind::Holidays, holidays::form(&ground)),
    ]
    .map(|(kind, form)| (score(&form), kind));
    scores.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    match scores.as_slice() {
        [(first, kind), (second, _), ..] if first > second => Some(*kind),
        _ => None,
    }
}

/// What a table of a kind may hold.
pub(super) fn form(
    project: &Project,
    kind: ImportKind,
    ground: &Ground<'_>,
    options: &Import,
) -> Result<Form, Failure> {
    Ok(match kind {
        ImportKind::Declarations => declarations::form(ground),
        ImportKind::Enterprises => enterprises::form(ground),
        ImportKind::Catalogue => catalogues::form(ground, catalogue(project, options)?.1),
        ImportKind::Ledger => ledger::form(ground),
        ImportKind::Holidays => holidays::form(ground),
    })
}

/// Reads the tables of a workbook.
pub(super) fn take(
    project: &Project,
    workbook: &Workbook,
    kind: ImportKind,
    ground: &Ground<'_>,
    options: &Import,
    file: &str,
) -> Result<Intake, Failure> {
    let year = |which: &str| {
        options
            .year
            .or_else(|| year_of(workbook, file))
            .ok_or_else(|| Failure::Other(format!("看不出是{which}；写明 --year，如 --year 2025")))
    };
    Ok(match kind {
        ImportKind::Declarations => {
            declarations::read(workbook, ground, year("哪一年度的申报")?, options.batch.filter(|batch| *batch > 1))
        }
        ImportKind::Ledger => ledger::read(workbook, ground, options.year),
        ImportKind::Holidays => holidays::read(workbook, ground, year("哪一年的放假")?),
        ImportKind::Enterprises => {
            let files = |code: CreditCode| {
                let place = project.register.enterprises.get(&code)?.name.place;
                Some(project.sources.get(place.file)?.path().to_owned())
            };
            enterprises::read(workbook, ground, &files)
        }
        ImportKind::Catalogue => {
            let (of, catalogue) = catalogue(project, options)?;
            let text = project.sources.at(&format!("data/catalogues/{of}.yaml")).map(Source::text).unwrap_or_default();
            let edition = Edition { of, name: options.edition.as_deref(), from: options.from, repair: options.repair };
            catalogues::read(workbook, ground, catalogue, edition, text)
        }
    })
}

/// The catalogue of a name, which is the stem of its file.
pub(in crate::cli) fn named_catalogue<'a>(
    project: &'a Project,
    of: Option<&'a str>,
) -> Result<(&'a str, &'a Catalogue), Failure> {
    let known = || project.register.catalogues.keys().cloned().collect::<Vec<_>>().join("、");
    let of = of.ok_or_else(|| Failure::Other(format!("写明是哪一个目录，--of 后面写：{}", known())))?;
    let found = project.register.catalogues.get(of);
    found
        .map(|catalogue| (of, catalogue))
        .ok_or_else(|| Failure::Unknown(format!("没有目录“{of}”；有的是：{}", known())))
}

/// The catalogue that was named.
fn catalogue<'a>(project: &'a Project, options: &'a Import) -> Result<(&'a str, &'a Catalogue), Failure> {
    named_catalogue(project, options.of.as_deref())
}

/// The year that a title or the file's name gives: 2025年度….
fn year_of(workbook: &Workbook, file: &str) -> Option<Year> {
    let titles = workbook.sheets.iter().filter(|sheet| !sheet.hidden).flat_map(|sheet| {
        let first = sheet.rows.iter().take(3).flat_map(|(_, cells)| cells.values());
        first.filter_map(|cell| if let Content::Text(text) = &cell.content { Some(text.as_str()) } else { None })
    });
    let in_text = |text: &str| {
        let before = text.get(..text.find("年度")?)?;
        before.get(before.len().checked_sub(4)?..)?.parse().ok()
    };
    titles.chain([file]).find_map(in_text)
}
