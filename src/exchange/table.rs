//! 表 — a sheet as a table: where its head is, which column is which item, which rows are records; what else stands there (titles, sums,
//! notes, hidden rows) is left out and named.

use std::collections::{BTreeMap, BTreeSet};

use super::form::Form;
use super::head::{Head, folded};
use super::workbook::{At, Cell, Content, Sheet, letters};

/// How far down a head is looked for.
const HEADS_WITHIN: usize = 30;

/// The most rows that a head has.
const DEEPEST: usize = 3;

/// A table.
#[derive(Debug)]
pub struct Table<'a> {
    /// The sheet that it stands on.
    pub sheet: &'a Sheet,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The rows that are records.
    pub rows: Vec<u32>,
    /// The unit that the sheet names for all its amounts.
    pub unit: Option<String>,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Which, from 0.
    pub index: u32,
    /// Its head.
    pub head: Head,
    /// The item that it holds; `None` where there is none.
    pub field: Option<usize>,
}

/// What was not read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it stands: cells, rows, columns or a sheet as people name them.
    pub at: String,
    /// Why.
    pub why: String,
}

/// Which column holds which item, as a person said: by head or by letter.
pub type Mapping = BTreeMap<String, String>;

fn text_at(sheet: &Sheet, row: u32, column: u32) -> String {
    sheet
        .cell(row, column)
        .map(|cell| if let Content::Text(text) = &cell.content { text.clone() } else { cell.shown() })
        .unwrap_or_default()
}

/// The text over a column in a row of a head: of the cells that are merged with it, or of the cell to the left that reaches over it.
fn over(sheet: &Sheet, row: u32, column: u32, below: &BTreeSet<u32>) -> String {
    let own = text_at(sheet, row, column);
    if !own.trim().is_empty() {
        return own;
    }
    if let Some(merged) = sheet.merged_at(row, column) {
        return if merged.first.0 == row { text_at(sheet, row, merged.first.1) } else { String::new() };
    }
    // Where nothing is told of merged cells, a head reaches over the empty cells to its right that have something below them.
    let to_the_left = (0..column).rev().find(|left| !text_at(sheet, row, *left).trim().is_empty());
    match to_the_left {
        Some(left) if sheet.merged.is_empty() && (left..=column).all(|one| below.contains(&one)) => {
            text_at(sheet, row, left)
        }
        _ => String::new(),
    }
}

/// The heads of all columns, where the head begins at `row` and has `depth` rows.
fn heads(sheet: &Sheet, rows: &[u32]) -> Vec<(u32, Head)> {
    let columns: BTreeSet<u32> =
        rows.iter().filter_map(|row| sheet.rows.get(row)).flat_map(|cells| cells.keys().copied()).collect();
    let below: BTreeSet<u32> = rows
        .last()
        .and_then(|row| sheet.rows.get(row))
        .map(|cells| cells.keys().copied().collect())
        .unwrap_or_default();
    let head = |column: u32| {
        let Some((last, upper)) = rows.split_last() else { return Head::default() };
        let above: Vec<String> =
            upper.iter().map(|row| over(sheet, *row, column, &below)).filter(|text| !text.trim().is_empty()).collect();
        Head::below(&text_at(sheet, *last, column), &above.concat())
    };
    columns.into_iter().map(|column| (column, head(column))).filter(|(_, head)| !head.shown.is_empty()).collect()
}

/// Finds the table of a sheet; `None` where no row looks like its head.
pub fn find<'a>(sheet: &'a Sheet, form: &Form, mapping: &Mapping, left_out: &mut Vec<LeftOut>) -> Option<Table<'a>> {
    let rows: Vec<u32> = sheet
        .rows
        .iter()
        .filter(|(_, cells)| cells.values().any(|cell| !cell.is_blank()))
        .map(|(row, _)| *row)
        .collect();
    let field = |head: &Head, column: u32| {
        let said =
            mapping.get(&head.shown).or_else(|| mapping.get(&head.words)).or_else(|| mapping.get(&letters(column)));
        match said {
            Some(name) => form.named(name),
            None => form.field(head, &sheet.name),
        }
    };
    let mut best: Option<(usize, usize, usize)> = None;
    for start in 0..rows.len().min(HEADS_WITHIN) {
        for depth in 1..=DEEPEST.min(rows.len() - start) {
            let span = rows.get(start..start + depth).unwrap_or_default();
            if span
                .last()
                .zip(span.first())
                .is_some_and(|(last, first)| last - first >= u32::try_from(depth).unwrap_or(1))
            {
                continue;
            }
            let found: BTreeSet<(usize, Option<super::head::YearWord>)> = heads(sheet, span)
                .iter()
                .filter_map(|(column, head)| Some((field(head, *column)?, head.year)))
                .collect();
            if found.len() >= 2 && best.is_none_or(|(score, _, _)| found.len() > score) {
                best = Some((found.len(), start, depth));
            }
        }
    }
    let (_, start, depth) = best?;
    let span = rows.get(start..start + depth)?;
    let unit = rows.get(..start)?.iter().find_map(|row| unit_in(sheet, *row));
    for row in rows.get(..start)? {
        left_out
            .push(LeftOut {
                at: sheet.at(*row, first_column(sheet, *row)).to_string(), why: "标题、说明".to_owned()
            });
    }
    let columns: Vec<Column> = heads(sheet, span)
        .into_iter()
        .map(|(index, head)| Column {
            field: field(&head, index).filter(|_| !sheet.hidden_columns.contains(&index)),
            index,
            head,
        })
        .collect();
    let head_texts: BTreeMap<u32, String> = span.last().map(|row| texts(sheet, *row)).unwrap_or_default();
    let mut table = Table { sheet, columns, rows: Vec::new(), unit };
    for row in rows.get(start + depth..)? {
        match aside(&table, form, *row, &head_texts) {
            Some(why) => left_out.push(LeftOut { at: sheet.at_row(*row).to_string(), why }),
            None => table.rows.push(*row),
        }
    }
    for column in &table.columns {
        let name = format!("{}!{}列", sheet.name, letters(column.index));
        if sheet.hidden_columns.contains(&column.index) {
            left_out.push(LeftOut { at: name, why: format!("隐藏列（{}）", column.head.shown) });
        } else if column.field.is_none()
            && table.rows.iter().any(|row| sheet.cell(*row, column.index).is_some_and(|cell| !cell.is_blank()))
        {
            let why = if form.passes_over(&column.head) { "不读的列" } else { "没有对应的项" };
            left_out.push(LeftOut { at: name, why: format!("{}：{why}", column.head.shown) });
        }
    }
    let headed: BTreeSet<u32> = table.columns.iter().map(|column| column.index).collect();
    for row in &table.rows {
        for (column, cell) in sheet
            .rows
            .get(row)
            .into_iter()
            .flatten()
            .filter(|(column, cell)| !headed.contains(column) && !cell.is_blank())
        {
            left_out.push(LeftOut {
                at: sheet.at(*row, *column).to_string(),
                why: format!("没有表头的格（{}）", cell.shown()),
            });
        }
    }
    Some(table)
}

fn texts(sheet: &Sheet, row: u32) -> BTreeMap<u32, String> {
    let cells = sheet.rows.get(&row).into_iter().flatten();
    cells.map(|(column, cell)| (*column, folded(&cell.shown()))).filter(|(_, text)| !text.is_empty()).collect()
}

fn first_column(sheet: &Sheet, row: u32) -> u32 {
    sheet.rows.get(&row).and_then(|cells| cells.keys().next()).copied().unwrap_or(0)
}

/// “单位：万元” above a table.
fn unit_in(sheet: &Sheet, row: u32) -> Option<String> {
    let texts = texts(sheet, row);
    texts.values().find_map(|text| {
        let rest = text.split_once("单位:").map(|(_, rest)| rest)?;
        let unit = rest.trim_end_matches([')', ']']);
        ["万元", "元", "亿元", "千元", "百万元"].into_iter().find(|known| unit == *known).map(str::to_owned)
    })
}

/// What sums begin or end with.
const SUMS: [&str; 6] = ["小计", "合计", "总计", "共计", "累计", "汇总"];

/// What notes below a table begin with.
const NOTES: [&str; 14] = [
    "注:",
    "注1",
    "备注:",
    "说明:",
    "填报人",
    "填表人",
    "制表",
    "审核",
    "联系人",
    "联系电话",
    "单位负责人",
    "填报单位",
    "填报日期",
    "日期:",
];

/// Why a row below the head is no record; `None` where it is one.
fn aside(table: &Table<'_>, form: &Form, row: u32, head: &BTreeMap<u32, String>) -> Option<String> {
    let sheet = table.sheet;
    if sheet.hidden_rows.contains(&row) {
        return Some("隐藏行".to_owned());
    }
    let texts = texts(sheet, row);
    if texts == *head {
        return Some("重复的表头".to_owned());
    }
    let mut mapped = table.columns.iter().filter(|column| column.field.is_some());
    if mapped.clone().all(|column| !texts.contains_key(&column.index)) {
        return Some("没有可读的项".to_owned());
    }
    // What bears a code is no sum and no note, whatever it is called.
    let is_code = |text: &str| text.bytes().filter(u8::is_ascii_digit).count() > 2;
    let codes = table.columns.iter().filter(|column| form.identifies(column.field));
    if codes.filter_map(|column| texts.get(&column.index)).any(|text| is_code(text)) {
        return None;
    }
    let (first, text) = texts.iter().next()?;
    let is_sum =
        |text: &str| SUMS.iter().any(|sum| text.ends_with(sum) || text.starts_with(sum) && text.chars().count() < 6);
    let leading = mapped.next().map_or(0, |column| column.index).max(*first) + 1;
    if let Some((_, text)) = texts.range(..=leading).find(|(_, text)| is_sum(text)) {
        return SUMS.iter().find(|sum| text.contains(**sum)).map(|sum| (*sum).to_owned());
    }
    let words = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    if NOTES.iter().any(|note| words.starts_with(note)) && texts.len() <= 4 {
        return Some("注、填报人".to_owned());
    }
    // A sentence across the table.
    let merged = sheet.merged_at(row, *first).filter(|merged| merged.first == (row, *first) && merged.last.0 == row);
    (texts.len() == 1 && merged.is_some_and(|merged| merged.last.1 - merged.first.1 >= 2))
        .then(|| "跨列的文字".to_owned())
}

impl Table<'_> {
    /// The columns of an item.
    pub fn columns_of(&self, field: usize) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(move |column| column.field == Some(field))
    }

    /// The cell of a row and column; of merged cells in one column, the cell that holds what is shown in all of them.
    #[must_use]
    pub fn cell(&self, row: u32, column: u32) -> Option<(&Cell, At)> {
        let shown = match self.sheet.merged_at(row, column) {
            Some(merged) if merged.first.1 == column => merged.first.0,
            _ => row,
        };
        let cell = self.sheet.cell(shown, column).filter(|cell| !cell.is_blank())?;
        Some((cell, self.sheet.at(shown, column)))
    }
}
