//! 表格 — enterprises, declarations, catalogues and the ledger as grids: the sheets that `hongtou export` writes, and what was changed in them as
//! the sheet that `hongtou import` reads. A row that another changed in the meantime keeps both changes, cell by cell.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::calendar::{Day, Year};
use crate::exchange::form::REMOVED;
use crate::exchange::kinds::{catalogues, declarations, enterprises, ledger};
use crate::exchange::value::EMPTIED;
use crate::grid::{Column, Datum, Grid, Shape, workbook};
use crate::project::Project;

/// Which table it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Which {
    /// 企业, 申报, 目录 or 台账.
    pub(super) kind: String,
    /// Of which year.
    #[serde(default)]
    pub(super) year: Option<i16>,
    /// Of which batch, where a year has several.
    #[serde(default)]
    pub(super) batch: Option<u16>,
    /// Of which catalogue.
    #[serde(default)]
    pub(super) of: Option<String>,
}

impl Which {
    /// What it is called.
    pub(super) fn name(&self, project: &Project) -> String {
        match (self.kind.as_str(), self.year, &self.of) {
            ("申报", Some(year), _) => match self.batch {
                Some(batch) => format!("{year}年度申报（第{batch}批）"),
                None => format!("{year}年度申报"),
            },
            ("目录", _, Some(of)) => project
                .register
                .catalogues
                .get(of)
                .map_or_else(|| of.clone(), |one| format!("{}（{}）", one.name.value, one.edition)),
            (kind, ..) => kind.to_owned(),
        }
    }

    /// The options by which `hongtou import` knows it.
    pub(super) fn options(&self) -> BTreeMap<String, String> {
        let mut options = BTreeMap::from([("kind".to_owned(), self.kind.clone())]);
        options.extend(self.year.map(|year| ("year".to_owned(), year.to_string())));
        options.extend(self.batch.map(|batch| ("batch".to_owned(), batch.to_string())));
        options.extend(self.of.clone().map(|of| ("of".to_owned(), of)));
        options
    }

    /// Its sheets; `None` where there is no such table.
    pub(super) fn sheets(&self, project: &Project) -> Option<Vec<Grid>> {
        let register = &project.register;
        match self.kind.as_str() {
            "企业" => Some(vec![enterprises::sheet(register)]),
            "申报" => {
                let year = Year(self.year?);
                let batch = self.batch.unwrap_or(1);
                let all: Vec<_> = register.declarations.get(&year)?.iter().filter(|one| one.batch == batch).collect();
                Some(declarations::sheets(register, year, &all))
            }
            "目录" => register.catalogues.get(self.of.as_ref()?).map(|one| vec![catalogues::sheet(one)]),
            "台账" => {
                let years = register.ledger.iter().filter(|(year, _)| self.year.is_none_or(|asked| asked == year.0));
                let entries = years.flat_map(|(year, entries)| entries.iter().map(|entry| (*year, entry)));
                Some(vec![ledger::sheet(register, entries)])
            }
            _ => None,
        }
    }
}

/// A sheet as a browser shows it.
#[derive(Debug, Serialize)]
pub(super) struct SheetShown {
    name: String,
    columns: Vec<ColumnShown>,
    rows: Vec<Vec<String>>,
}

#[derive(Debug, Serialize)]
struct ColumnShown {
    head: String,
    note: String,
    choices: Vec<String>,
    free: bool,
    number: bool,
}

impl SheetShown {
    pub(super) fn of(grid: &Grid) -> Self {
        let column = |column: &Column| ColumnShown {
            head: column.head.clone(),
            note: column.note.clone(),
            choices: column.choices.clone(),
            free: column.free,
            number: matches!(column.shape, Shape::Amount | Shape::Count),
        };
        Self {
            name: grid.name.clone(),
            columns: grid.columns.iter().map(column).collect(),
            rows: grid.rows.iter().map(|row| row.iter().map(Datum::shown).collect()).collect(),
        }
    }
}

/// A row that was changed in a browser.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct RowChanged {
    /// The sheet.
    pub(super) sheet: usize,
    /// Its number in the browser.
    pub(super) number: usize,
    /// What it was; empty for a new one.
    pub(super) was: Vec<String>,
    /// What it is to be.
    pub(super) now: Vec<String>,
    /// Whether it is struck out.
    #[serde(default)]
    pub(super) gone: bool,
}

/// A cell that two changed to different things.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Clash {
    sheet: usize,
    number: usize,
    column: usize,
    theirs: String,
}

/// The changed rows as they are to stand, and the cells that two changed.
pub(super) fn settled(sheets: &[Grid], changed: &[RowChanged]) -> (Vec<RowChanged>, Vec<Clash>) {
    let mut clashes = Vec::new();
    let mut rows = changed.to_vec();
    for row in &mut rows {
        let Some(theirs) = sheets.get(row.sheet).and_then(|grid| standing(grid, row)) else { continue };
        for (column, cell) in row.now.iter_mut().enumerate() {
            let was = row.was.get(column).map(String::as_str).unwrap_or_default();
            let Some(stands) = theirs.get(column).filter(|stands| *stands != was) else { continue };
            if row.gone {
                // What another wrote into it in the meantime has not been seen.
                clashes.push(Clash { sheet: row.sheet, number: row.number, column, theirs: stands.clone() });
            } else if cell == was {
                cell.clone_from(stands);
            } else if cell != stands {
                clashes.push(Clash { sheet: row.sheet, number: row.number, column, theirs: stands.clone() });
            }
        }
    }
    (rows, clashes)
}

/// The row as it stands now: by all its cells, or by the two that name it.
fn standing(grid: &Grid, row: &RowChanged) -> Option<Vec<String>> {
    if row.was.is_empty() {
        return None;
    }
    let shown = |row: &Vec<Datum>| row.iter().map(Datum::shown).collect::<Vec<_>>();
    let same = grid.rows.iter().map(shown).find(|cells| *cells == row.was);
    let named = || grid.rows.iter().map(shown).find(|cells| cells.get(..2) == row.was.get(..2));
    same.or_else(named)
}

/// The changed rows as a workbook that `hongtou import` reads, and which row of it is which.
pub(super) fn handed_in(sheets: &[Grid], changed: &[RowChanged]) -> Option<(Vec<u8>, Places)> {
    let mut grids = Vec::new();
    let mut places = Places::default();
    for (number, sheet) in sheets.iter().enumerate() {
        let own: Vec<&RowChanged> = changed.iter().filter(|row| row.sheet == number).collect();
        if own.is_empty() {
            continue;
        }
        let mut grid = Grid { title: String::new(), rows: Vec::new(), summed: false, form: None, ..sheet.clone() };
        if own.iter().any(|row| row.gone) {
            grid.columns.push(Column::new(REMOVED, Shape::Text));
        }
        for row in own {
            let cells = sheet.columns.iter().enumerate();
            let cells = cells.map(|(at, column)| match row.now.get(at).map_or("", String::as_str) {
                _ if row.gone => datum(row.was.get(at).map_or("", String::as_str), column.shape),
                now if now.trim().is_empty() && row.was.get(at).is_some_and(|was| !was.is_empty()) => {
                    Datum::text(EMPTIED)
                }
                now => datum(now, column.shape),
            });
            let struck = row.gone.then(|| Datum::text("是"));
            grid.rows.push(cells.chain(struck).collect());
            places.0.push((sheet.name.clone(), grid.rows.len() + 1, number, row.number));
        }
        grids.push(grid);
    }
    Some((workbook(&grids).ok()?, places))
}

/// What a cell that was typed holds; what it cannot hold is text, and is told as that.
fn datum(typed: &str, shape: Shape) -> Datum {
    let typed = typed.trim();
    let number = || Some(Datum::Number(Decimal::from_str_exact(&typed.replace([',', '，'], "")).ok()?));
    let day = || Some(Datum::Day(typed.parse::<Day>().ok()?));
    let held = match shape {
        Shape::Amount | Shape::Count => number(),
        Shape::Day => day(),
        Shape::Text | Shape::Long => None,
    };
    held.unwrap_or_else(|| Datum::text(typed))
}

/// Which row of a workbook is which row of the browser: sheet, row from 1, sheet and number there.
#[derive(Debug, Default)]
pub(super) struct Places(Vec<(String, usize, usize, usize)>);

/// A finding in a cell.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct InCell {
    sheet: Option<usize>,
    number: Option<usize>,
    column: Option<usize>,
    level: String,
    message: String,
    help: Option<String>,
}

/// A finding as `hongtou import --format json` tells it.
#[derive(Debug, Deserialize)]
struct Told {
    #[serde(rename = "级别")]
    level: String,
    #[serde(rename = "问题")]
    message: String,
    #[serde(rename = "格", default)]
    cell: Option<String>,
    #[serde(rename = "办法", default)]
    help: Option<String>,
}

impl Places {
    /// What `hongtou import` found, in the cells of the browser.
    pub(super) fn findings(&self, told: &str) -> Vec<InCell> {
        let told: Vec<Told> = serde_json::from_str(told).unwrap_or_default();
        told.into_iter()
            .map(|one| {
                let at = one.cell.as_deref().and_then(|cell| self.at(cell));
                InCell {
                    sheet: at.map(|at| at.0),
                    number: at.map(|at| at.1),
                    column: at.map(|at| at.2),
                    level: one.level,
                    message: if at.is_none() { with_cell(one.cell.as_deref(), &one.message) } else { one.message },
                    help: one.help,
                }
            })
            .collect()
    }

    /// `企业!G17` as sheet, number and column of the browser.
    fn at(&self, cell: &str) -> Option<(usize, usize, usize)> {
        let (sheet, at) = cell.rsplit_once('!')?;
        let split = at.find(|c: char| c.is_ascii_digit())?;
        let (letters, digits) = at.split_at(split);
        let row: usize = digits.parse().ok()?;
        let column = letters.bytes().try_fold(0_usize, |sum, letter| {
            letter.is_ascii_uppercase().then(|| sum * 26 + usize::from(letter - b'A') + 1)
        })?;
        let sheet = sheet.trim_matches('\'');
        let found = self.0.iter().find(|(name, of, ..)| name == sheet && *of == row)?;
        Some((found.2, found.3, column.checked_sub(1)?))
    }
}

fn with_cell(cell: Option<&str>, message: &str) -> String {
    cell.map_or_else(|| message.to_owned(), |cell| format!("{cell}：{message}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[[&str; 3]]) -> Grid {
        Grid {
            name: "企业".to_owned(),
            columns: vec![
                Column::new("名称", Shape::Text),
                Column::new("代码", Shape::Text),
                Column::new("金额", Shape::Amount),
            ],
            rows: rows.iter().map(|row| row.iter().map(|cell| Datum::text(*cell)).collect()).collect(),
            ..Grid::default()
        }
    }

    fn row(was: &[&str], now: &[&str]) -> RowChanged {
        let cells = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        RowChanged { sheet: 0, number: 7, was: cells(was), now: cells(now), gone: false }
    }

    #[test]
    fn two_changes_of_one_row_stand_together_and_of_one_cell_are_told() {
        let now = [grid(&[["甲", "1", "5"], ["乙", "2", "6"]])];
        let (rows, clashes) = settled(&now, &[row(&["乙", "2", "9"], &["乙", "2乙", "9"])]);
        assert_eq!((rows[0].now.as_slice(), clashes.len()), (&["乙", "2乙", "6"].map(str::to_owned)[..], 0));
        let (_, clashes) = settled(&now, &[row(&["乙", "2", "9"], &["乙", "2", "8"])]);
        assert_eq!(clashes, [Clash { sheet: 0, number: 7, column: 2, theirs: "6".to_owned() }]);
        let struck = |was: &[&str]| RowChanged { gone: true, ..row(was, was) };
        assert_eq!(settled(&now, &[struck(&["乙", "2", "6"])]).1, []);
        assert_eq!(settled(&now, &[struck(&["乙", "2", "9"])]).1.len(), 1);
        let (rows, clashes) = settled(&now, &[row(&[], &["丙", "3", ""])]);
        assert_eq!((rows[0].now[0].as_str(), clashes.len()), ("丙", 0));
    }

    #[test]
    fn findings_come_back_to_the_cells_that_were_typed() {
        let sheets = [grid(&[])];
        let (bytes, places) = handed_in(&sheets, &[row(&[], &["丙", "=1+1", "1,234.5"])]).unwrap();
        assert!(bytes.starts_with(b"PK"));
        let told = r#"[{"级别":"错误","类别":"值","问题":"甲","格":"企业!B2","办法":"改"},{"级别":"提醒","问题":"乙","格":"别的!B2"}]"#;
        let found = places.findings(told);
        assert_eq!((found[0].sheet, found[0].number, found[0].column), (Some(0), Some(7), Some(1)));
        assert_eq!((found[1].sheet, found[1].message.as_str()), (None, "别的!B2：乙"));
        assert_eq!(datum("1,234.5", Shape::Amount), Datum::Number(Decimal::new(12_345, 1)));
        assert_eq!(datum("=1+1", Shape::Amount), Datum::text("=1+1"));
    }
}
