//! `hongtou export` — what the workspace holds as tables for Excel; the same tables `hongtou import` reads back.

use std::path::PathBuf;

use super::arguments::{Common, Export, ExportKind};
use super::awards::year;
use super::destination::write_sheets;
use super::import::kind::named_catalogue;
use super::opened::Opened;
use super::{Ending, Failure, print};
use crate::exchange::kinds::{catalogues, declarations, enterprises, ledger};

pub(super) fn run(common: &Common, options: &Export) -> Result<Ending, Failure> {
    let mut opened = common.open(&[])?;
    opened.show();
    let Opened { project, report, .. } = opened;
    let register = &project.register;
    let (name, grids) = match options.kind {
        ExportKind::Declarations => {
            let year = year(&project, options.year)?;
            let batch = options.batch.unwrap_or(1);
            let all = register.declarations.get(&year).map_or(&[][..], Vec::as_slice);
            let (kept, rest): (Vec<_>, Vec<_>) = all.iter().partition(|declaration| declaration.batch == batch);
            if kept.is_empty() {
                return Err(Failure::Unknown(format!("{year}年度没有第{batch}批申报")));
            }
            if !rest.is_empty() {
                print::error(&format!("{year}年度另有别的批次{}份申报，用 --batch 导出", rest.len()));
            }
            (format!("申报-{year}"), declarations::sheets(register, year, &kept))
        }
        ExportKind::Enterprises => ("企业".to_owned(), vec![enterprises::sheet(register)]),
        ExportKind::Catalogue => {
            let (of, catalogue) = named_catalogue(&project, options.of.as_deref())?;
            (of.to_owned(), vec![catalogues::sheet(catalogue)])
        }
        ExportKind::Ledger => {
            if let Some(year) = options.year.filter(|year| !register.ledger.contains_key(year)) {
                return Err(Failure::Unknown(format!("没有{year}年度的台账")));
            }
            let wanted = register.ledger.iter().filter(|(year, _)| options.year.is_none_or(|asked| asked == **year));
            let entries = wanted.flat_map(|(year, entries)| entries.iter().map(|entry| (*year, entry)));
            ("台账".to_owned(), vec![ledger::sheet(register, entries)])
        }
    };
    let path = options.output.clone().unwrap_or_else(|| PathBuf::from(format!("{name}.xlsx")));
    write_sheets(&project.root, &path, &grids)?;
    Ok(Ending::of(&report))
}
