//! 打开 — which kind of file it is, by its content and not by its name, and its cells.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::rc::Rc;
use std::str::FromStr;

use calamine::{CellErrorType, Data, DataRef, ExcelDateTime, Ods, Reader, SheetVisible, Xls, Xlsx};
use rust_decimal::Decimal;

use super::super::package::Package;
use super::super::unreadable::Unreadable;
use super::{Cell, Content, Merged, Merges, Sheet, Workbook, delimited, sheet_xml};
use crate::calendar::Day;

/// The sheets of a file; `name` is only held against what it is.
///
/// # Errors
///
/// Why it cannot be read.
pub fn open(name: &str, bytes: &[u8]) -> Result<Workbook, Unreadable> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        let mut workbook = compound(bytes)?;
        if ending == "xlsx" || ending == "xlsm" {
            workbook.remarks.push("内容是旧的 .xls，扩展名写成了别的；照 .xls 读".to_owned());
        }
        return Ok(workbook);
    }
    if bytes.starts_with(b"PK") {
        let mut package = Package::open(bytes)?;
        if package.has("word/document.xml") {
            return Err(Unreadable::Document);
        }
        if package.has("xl/workbook.xml") || package.has("xl/workbook.bin") {
            return workbook(bytes, &mut package);
        }
        if package.text("mimetype").is_some_and(|kind| kind.contains("spreadsheet")) {
            return open_document(bytes);
        }
        return Err(Unreadable::Foreign);
    }
    let is_text = !bytes.contains(&0) || bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    match delimited::decode(bytes).filter(|_| is_text) {
        Some(text) if matches!(ending.as_str(), "csv" | "txt" | "tsv") => {
            let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
            let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
            Ok(Workbook { sheets: vec![delimited::sheet(stem, &text)], remarks: Vec::new() })
        }
        Some(_) => Err(Unreadable::Text),
        None => Err(Unreadable::Foreign),
    }
}

/// An .xlsx or .xlsm.
fn workbook(bytes: &[u8], package: &mut Package<'_>) -> Result<Workbook, Unreadable> {
    let mut remarks = Vec::new();
    if package.names().any(|name| name.ends_with("vbaProject.bin")) {
        remarks.push("文件里有宏，没有运行，也不看".to_owned());
    }
    let hidden = sheet_xml::hidden(package);
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::Cut)?;
    if file.has_1904_epoch() {
        remarks.push("这个工作簿用1904日期系统，日期已照它换算".to_owned());
    }
    let metas: Vec<_> = file.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    for meta in metas {
        let mut sheet = Sheet {
            name: Rc::from(meta.name.as_str()),
            hidden: meta.visible != SheetVisible::Visible,
            from_1904: file.has_1904_epoch(),
            ..Sheet::default()
        };
        let mut formulas = BTreeSet::new();
        if let Ok(mut reader) = file.worksheet_cells_reader(&meta.name) {
            while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|_| Unreadable::Cut)? {
                if cell.formula.is_some() {
                    formulas.insert(cell.pos);
                }
            }
        }
        if let Ok(mut reader) = file.worksheet_cells_reader(&meta.name) {
            let styles = reader.styles().to_vec();
            while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|_| Unreadable::Cut)? {
                let (row, column) = cell.get_position();
                let formula = formulas.contains(&(row, column));
                let format = styles.get(style).and_then(|style| style.number_format.as_ref());
                let percent = format.is_some_and(|format| format.format_code.contains('%'));
                let content = match cell.get_value() {
                    DataRef::Empty if formula => Some(Content::NoResult),
                    DataRef::Empty => None,
                    value => Some(content(&Data::from(value.clone()))),
                };
                if let Some(content) = content {
                    sheet.rows.entry(row).or_default().insert(column, Cell { content, formula, percent });
                }
            }
        }
        let merged = file.merge_cells_by_sheet_name(&meta.name).unwrap_or_default();
        sheet.merged = Merges::of(merged.into_iter().map(|range| Merged { first: range.start, last: range.end }));
        if let Some((rows, columns)) = hidden.get(&meta.name) {
            sheet.hidden_rows.clone_from(rows);
            sheet.hidden_columns.clone_from(columns);
        }
        sheets.push(sheet);
    }
    Ok(Workbook { sheets, remarks })
}

/// A compound file: an old .xls, or what Office makes of a file with a password.
fn compound(bytes: &[u8]) -> Result<Workbook, Unreadable> {
    let holds = |word: &str| {
        let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|part| part == wide)
    };
    if holds("EncryptedPackage") {
        return Err(Unreadable::Locked);
    }
    if holds("WordDocument") {
        return Err(Unreadable::Document);
    }
    let mut file: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsError::Password => Unreadable::Locked,
        _ => Unreadable::Cut,
    })?;
    Ok(Workbook { sheets: ranges(&mut file), remarks: Vec::new() })
}

fn open_document(bytes: &[u8]) -> Result<Workbook, Unreadable> {
    let mut file: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|_| Unreadable::Cut)?;
    Ok(Workbook { sheets: ranges(&mut file), remarks: Vec::new() })
}

/// The sheets of a format of which only the values are told.
fn ranges<'a, R: Reader<Cursor<&'a [u8]>>>(file: &mut R) -> Vec<Sheet> {
    let metas: Vec<_> = file.sheets_metadata().to_vec();
    let sheet = |meta: calamine::Sheet| {
        let mut sheet = Sheet {
            name: Rc::from(meta.name.as_str()),
            hidden: meta.visible != SheetVisible::Visible,
            ..Sheet::default()
        };
        let range = file.worksheet_range(&meta.name).unwrap_or_default();
        let formulas = file.worksheet_formula(&meta.name).unwrap_or_default();
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let place = (top + u32::try_from(row).unwrap_or(0), left + u32::try_from(column).unwrap_or(0));
            let formula = formulas.get_value(place).is_some_and(|text| !text.is_empty());
            let cell = Cell { content: content(value), formula, percent: false };
            sheet.rows.entry(place.0).or_default().insert(place.1, cell);
        }
        sheet
    };
    metas.into_iter().map(sheet).collect()
}

/// What a cell holds, of all formats alike.
fn content(value: &Data) -> Content {
    match value {
        Data::Int(number) => Content::Number(Decimal::from(*number)),
        // The shortest decimal that is this number: what Excel shows.
        Data::Float(number) => decimal(*number),
        Data::String(text) if is_error(text) => Content::Error(text.trim().to_owned()),
        Data::String(text) => Content::Text(text.clone()),
        Data::Bool(flag) => Content::Flag(*flag),
        Data::DateTime(time) => point(time),
        Data::DateTimeIso(text) => iso(text),
        Data::DurationIso(text) => Content::Time(text.clone()),
        Data::Error(error) => Content::Error(error_word(error).to_owned()),
        Data::Empty => Content::Text(String::new()),
    }
}

fn decimal(number: f64) -> Content {
    // Beyond fifteen digits a cell of Excel no longer holds what was typed.
    const KEPT: f64 = 1e15;
    let shown = format!("{number}");
    let kept = Decimal::from_str(&shown).ok().filter(|_| number.abs() < KEPT);
    kept.map_or(Content::Long(shown), Content::Number)
}

fn point(time: &ExcelDateTime) -> Content {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let whole = (hour, minute, second) == (0, 0, 0) && time.is_datetime() && time.as_f64() >= 1.0;
    let day = i16::try_from(year).ok().zip(i8::try_from(month).ok()).zip(i8::try_from(day).ok());
    match day.and_then(|((year, month), day)| Day::new(year, month, day)).filter(|_| whole) {
        Some(day) => Content::Day(day),
        None => Content::Time(format!("{hour:02}:{minute:02}:{second:02}")),
    }
}

fn iso(text: &str) -> Content {
    let (day, time) = text.split_once('T').unwrap_or((text, ""));
    match day.parse::<Day>() {
        Ok(day) if time.chars().all(|c| matches!(c, '0' | ':' | '.')) => Content::Day(day),
        _ => Content::Time(text.to_owned()),
    }
}

/// The words that stand in a cell whose formula failed; .ods has them as text.
const ERRORS: [&str; 8] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!"];

fn is_error(text: &str) -> bool {
    ERRORS.contains(&text.trim())
}

fn error_word(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}
