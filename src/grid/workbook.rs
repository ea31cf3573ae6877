//! 工作簿 — sheets as .xlsx: A4, the head on every page and always in sight, filters, columns as wide as what stands in them, codes as text,
//! amounts as numbers, lists to choose from, sums whose value is written beside their formula. The same sheets make the same bytes.

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Formula, Note, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use super::{Column, Datum, Grid, Shape};

/// More rows or characters than a spreadsheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("表太大，一张表最多1048576行，一格最多32767个字")]
pub struct TooLarge;

impl From<XlsxError> for TooLarge {
    fn from(_: XlsxError) -> Self {
        Self
    }
}

/// A4, as Excel numbers papers.
const A4: u8 = 9;

/// How wide a column is made at least and at most (in digits).
const WIDTHS: std::ops::RangeInclusive<usize> = 6..=42;

/// A list longer than this (characters) has to stand in cells.
const INLINE: usize = 250;

/// Where lists stand that are too long for a cell's own rule.
const LISTS: &str = "选项";

/// How many digits a cell keeps.
const DIGITS: usize = 15;

/// Rows below the last one that may be filled in beside those of a form.
const SPARE: u32 = 500;

/// The sheets as a workbook.
///
/// # Errors
///
/// [`TooLarge`].
pub fn workbook(grids: &[Grid]) -> Result<Vec<u8>, TooLarge> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let mut lists = Lists::default();
    let mut names: Vec<String> = Vec::new();
    for grid in grids {
        let name = named(&grid.name, &names);
        lay(workbook.add_worksheet().set_name(&name)?, grid, &mut lists)?;
        names.push(name);
    }
    if !lists.columns.is_empty() {
        let page = workbook.add_worksheet().set_name(LISTS)?;
        for (column, words) in (0..).zip(&lists.columns) {
            for (row, word) in (0..).zip(words) {
                page.write_string(row, column, word)?;
            }
        }
        page.set_hidden(true);
    }
    Ok(workbook.save_to_buffer()?)
}

/// A name that a sheet may have and that no other has.
fn named(name: &str, taken: &[String]) -> String {
    const LONGEST: usize = 28;
    let plain: String = name.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control()).take(LONGEST).collect();
    let plain = if plain.is_empty() { "表".to_owned() } else { plain };
    let names = std::iter::once(plain.clone()).chain((2..).map(|number| format!("{plain}{number}")));
    names.into_iter().find(|name| !taken.contains(name) && name != LISTS).unwrap_or_default()
}

/// Lists to choose from that stand on a sheet of their own, each once.
#[derive(Default)]
struct Lists {
    columns: Vec<Vec<String>>,
}

impl Lists {
    /// The rule that a cell holds one of some words.
    fn rule(&mut self, column: &Column) -> Result<DataValidation, XlsxError> {
        let words = &column.choices;
        let (rule, say) = if column.free {
            (DataValidation::new().set_error_style(DataValidationErrorStyle::Warning), "列表里没有，核对后再用")
        } else {
            (DataValidation::new(), "从下拉列表里选一个")
        };
        let length: usize = words.iter().map(|word| word.chars().count() + 1).sum();
        let rule = if length < INLINE && !words.iter().any(|word| word.contains([',', '，', '"'])) {
            rule.allow_list_strings(words)?
        } else {
            let known = self.columns.iter().position(|column| *column == *words);
            let column = known.unwrap_or_else(|| {
                self.columns.push(words.clone());
                self.columns.len() - 1
            });
            let letters = letters(number(column));
            rule.allow_list_formula(Formula::new(format!("={LISTS}!${letters}$1:${letters}${}", words.len())))
        };
        rule.set_error_title("不在可选的范围里")?.set_error_message(say)
    }
}

/// A column as Excel names it: A, Z, AA.
#[must_use]
pub fn letters(column: u32) -> String {
    let mut left = column + 1;
    let mut name = Vec::new();
    while left > 0 {
        let digit = (left - 1) % 26;
        name.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        left = (left - 1) / 26;
    }
    name.iter().rev().collect()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn place(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// What every cell is set in.
fn plain() -> Format {
    Format::new().set_font_name("宋体").set_font_size(11)
}

/// The looks of the cells of a column.
struct Looks {
    kept: Format,
    open: Format,
}

impl Looks {
    fn of(column: &Column, is_form: bool) -> Self {
        let base = plain().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
        let base = match column.shape {
            Shape::Text => base.set_num_format("@"),
            Shape::Long => base.set_num_format("@").set_text_wrap(),
            Shape::Amount => base.set_num_format("#,##0.######"),
            Shape::Count => base.set_num_format("#,##0"),
            Shape::Day => base.set_num_format("yyyy-mm-dd"),
        };
        let kept = if is_form { base.clone().set_background_color(Color::RGB(0x00F2_F2F2)) } else { base.clone() };
        Self { kept, open: base.set_unlocked() }
    }
}

fn lay(page: &mut Worksheet, grid: &Grid, lists: &mut Lists) -> Result<(), XlsxError> {
    let last = place(grid.columns.len().saturating_sub(1));
    let head = u32::from(!grid.title.is_empty());
    if head > 0 {
        let title = plain().set_bold().set_font_size(14).set_align(FormatAlign::Center);
        if last > 0 {
            page.merge_range(0, 0, 0, last, &grid.title, &title)?;
        } else {
            page.write_string_with_format(0, 0, &grid.title, &title)?;
        }
    }
    let heads = plain()
        .set_bold()
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0x00D9_E1F2))
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    let first = head + 1;
    let rows = number(grid.rows.len());
    let spare = grid.form.map_or(0, number);
    let widths: Vec<usize> = grid.columns.iter().enumerate().map(|(index, column)| wide(grid, index, column)).collect();
    let lines = |text: &str, width: usize| -> usize {
        text.lines().map(|line| self::width(line).div_ceil(width.max(1)).max(1)).sum::<usize>().max(1)
    };
    let in_head = grid.columns.iter().zip(&widths).map(|(column, width)| lines(&column.head, *width)).max();
    page.set_row_height(head, height(in_head.unwrap_or(1)))?;
    for (row, cells) in (first..).zip(&grid.rows) {
        let long = grid.columns.iter().zip(&widths).zip(cells).filter(|((column, _), _)| column.shape == Shape::Long);
        let most = long.map(|((_, width), cell)| lines(&cell.shown(), *width)).max().unwrap_or(1);
        if most > 1 {
            page.set_row_height(row, height(most))?;
        }
    }
    for (index, column) in grid.columns.iter().enumerate() {
        let at = place(index);
        page.write_string_with_format(head, at, &column.head, &heads)?;
        if !column.note.is_empty() {
            page.insert_note(head, at, &Note::new(&column.note).add_author_prefix(false))?;
        }
        let looks = Looks::of(column, grid.form.is_some());
        for (row, cell) in (first..).zip(grid.rows.iter().filter_map(|row| row.get(index))) {
            let empty = *cell == Datum::Blank;
            put(page, row, at, cell, if empty || column.open { &looks.open } else { &looks.kept })?;
        }
        for row in first + rows..first + rows + spare {
            page.write_blank(row, at, &looks.open)?;
        }
        page.set_column_width(at, number(widths.get(index).copied().unwrap_or_default() + 2))?;
        if !column.choices.is_empty() {
            let end = first + rows + spare.max(SPARE);
            page.add_data_validation(first, at, end, at, &lists.rule(column)?)?;
        }
    }
    if grid.summed && rows > 0 {
        sums(page, grid, first)?;
    }
    if rows + spare > 0 && !grid.columns.is_empty() {
        page.autofilter(head, 0, first + (rows + spare).max(1) - 1, last)?;
    }
    page.set_freeze_panes(first, 0)?;
    page.set_repeat_rows(head, head)?;
    page.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_footer("&C— &P —");
    if grid.form.is_some() {
        page.protect_with_options(&ProtectionOptions {
            insert_rows: true,
            format_columns: true,
            format_rows: true,
            sort: true,
            use_autofilter: true,
            ..ProtectionOptions::default()
        });
    }
    Ok(())
}

/// How wide a column is (in digits): as its widest cell, its head in two lines.
fn wide(grid: &Grid, index: usize, column: &Column) -> usize {
    let cells = grid.rows.iter().filter_map(|row| row.get(index));
    let separators = if column.shape == Shape::Amount { 3 } else { 0 };
    let widest = cells.map(|cell| width(&cell.shown()) + separators).max().unwrap_or(0);
    let sum = if grid.is_summed(index) { width(&grid.sum(index).normalize().to_string()) + separators } else { 0 };
    widest.max(sum).max(width(&column.head).div_ceil(2)).clamp(*WIDTHS.start(), *WIDTHS.end())
}

/// How high so many lines are (pt), up to what a row can be.
fn height(lines: usize) -> u32 {
    const HIGHEST: u32 = 400;
    (number(lines) * 15 + 3).min(HIGHEST)
}

/// The sums below the last row: a formula of ours with its value, which is the exact one.
fn sums(page: &mut Worksheet, grid: &Grid, first: u32) -> Result<(), XlsxError> {
    let row = first + number(grid.rows.len());
    for (index, column) in grid.columns.iter().enumerate() {
        let at = place(index);
        let look = Looks::of(column, false).kept.set_bold();
        if grid.is_summed(index) {
            let letters = letters(number(index));
            let formula = Formula::new(format!("=SUM({letters}{}:{letters}{row})", first + 1));
            let value = grid.sum(index).normalize().to_string();
            page.write_formula_with_format(row, at, formula.set_result(value), &look)?;
        } else if index == 0 {
            page.write_string_with_format(row, at, "合计", &look)?;
        } else {
            page.write_blank(row, at, &look)?;
        }
    }
    Ok(())
}

fn put(page: &mut Worksheet, row: u32, column: u16, cell: &Datum, look: &Format) -> Result<(), XlsxError> {
    match cell {
        Datum::Blank => page.write_blank(row, column, look)?,
        Datum::Text(text) => page.write_string_with_format(row, column, text, look)?,
        Datum::Number(number) => {
            let digits = number.normalize().to_string().bytes().filter(u8::is_ascii_digit).count();
            match number.to_f64().filter(|_| digits <= DIGITS) {
                Some(number) => page.write_number_with_format(row, column, number, look)?,
                // A number that a cell would round stays as it is, as text.
                None => page.write_string_with_format(row, column, cell.shown(), look)?,
            }
        }
        Datum::Day(day) => {
            let at = ExcelDateTime::from_ymd(
                u16::try_from(day.year().0).unwrap_or(1900),
                u8::try_from(day.month()).unwrap_or(1),
                u8::try_from(day.day()).unwrap_or(1),
            )?;
            page.write_datetime_with_format(row, column, &at, look)?
        }
    };
    Ok(())
}

/// How many digits wide a text is; of several lines the widest.
fn width(text: &str) -> usize {
    let of = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    text.lines().map(of).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::grid::Column;

    #[test]
    fn columns_are_called_as_excel_calls_them() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn sheets_have_names_that_excel_takes() {
        let taken = ["四（五）7".to_owned()];
        assert_eq!(named("四（五）7", &taken), "四（五）72");
        assert_eq!(named("a/b:c[d]", &[]), "abcd");
        assert_eq!(named("选项", &[]), "选项2");
        assert_eq!(named("", &[]), "表");
    }

    /// The same bytes each time; text that looks like a formula, a number beyond what a cell keeps and a day are what they are.
    #[test]
    fn a_workbook_is_made_of_what_it_was_given() {
        let day = crate::calendar::Day::new(2025, 3, 10).unwrap();
        let cells = [
            Datum::text("=1+1"),
            Datum::Number(Decimal::new(4_999_999_999, 6)),
            Datum::Number("12345678901234567.5".parse().unwrap()),
            Datum::Day(day),
            Datum::Blank,
        ];
        let shapes = [Shape::Text, Shape::Amount, Shape::Amount, Shape::Day, Shape::Long];
        let columns = shapes.iter().enumerate().map(|(index, shape)| Column::new(format!("列{index}"), *shape));
        let grid = Grid {
            name: "表".to_owned(),
            columns: columns.collect(),
            rows: vec![cells.to_vec()],
            summed: true,
            ..Grid::default()
        };
        let bytes = workbook(std::slice::from_ref(&grid)).unwrap();
        assert_eq!(workbook(&[grid]).unwrap(), bytes);
        assert!(bytes.starts_with(b"PK"));
    }
}
