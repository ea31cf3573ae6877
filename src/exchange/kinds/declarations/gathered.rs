//! 收拢 — rows become declarations: an enterprise a row, or a product a row, on one sheet or on one for each kind of things.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::super::{Ground, tables};
use super::{CODE, DISTRICT, NAME, OTHERS, OTHERS_KEYS, form};
use crate::calendar::Year;
use crate::diag::Code;
use crate::exchange::form::{Form, Reads};
use crate::exchange::intake::{Finding, Intake, Read, Record, Row, Target};
use crate::exchange::merge::shown;
use crate::exchange::table::{Column, LeftOut, Table};
use crate::exchange::value::{self, Around, Kind, Value, year_of};
use crate::exchange::workbook::{At, Workbook, letters};

/// Reads the declarations of a workbook for a year.
#[must_use]
pub fn read(workbook: &Workbook, ground: &Ground<'_>, year: Year, batch: Option<u16>) -> Intake {
    let mut gathering = Gathering {
        ground: *ground,
        form: form(ground),
        intake: Intake::default(),
        records: Vec::new(),
        by_code: BTreeMap::new(),
    };
    for table in tables(workbook, ground, &gathering.form, &mut gathering.intake) {
        gathering.table(&table, year);
    }
    let Gathering { mut intake, records, .. } = gathering;
    let former = ground.register.enterprises.values().flat_map(|known| {
        let today = known.code.value.as_str().to_owned();
        known.former_codes.iter().map(move |code| (code.value.as_str().to_owned(), today.clone()))
    });
    let (file, said) = batch.map_or_else(
        || (year.to_string(), String::new()),
        |batch| (format!("{year}-{batch}"), format!("批次: {batch}\n")),
    );
    intake.targets = vec![Target {
        path: format!("data/declarations/{file}.yaml"),
        start: format!("# {year}年度的申报，由 Excel 导入。\n年度: {year}\n{said}申报: []\n"),
        list: Some("申报"),
        key: Some(CODE.to_owned()),
        aliases: former.collect(),
        records,
    }];
    intake
}

/// What was gathered so far.
struct Gathering<'a> {
    ground: Ground<'a>,
    form: Form,
    intake: Intake,
    records: Vec<Record>,
    by_code: BTreeMap<String, usize>,
}

/// The enterprise that rows are about, until another one is named.
#[derive(Clone)]
struct About {
    record: Option<usize>,
    row: u32,
}

impl Gathering<'_> {
    fn field(&self, group: &str, key: &str) -> Option<usize> {
        self.form.fields.iter().position(|field| field.group == group && *field.key == *key)
    }

    fn table(&mut self, table: &Table<'_>, year: Year) {
        self.intake.understand(table, &self.form, Some(year));
        let (code, name) = (self.field("", CODE), self.field("", NAME));
        let has = |field: Option<usize>| field.is_some_and(|field| table.columns_of(field).next().is_some());
        if !has(code) && !has(name) {
            let at = table.rows.first().map_or_else(|| table.sheet.at_row(0), |row| table.sheet.at_row(*row));
            let help = "表里要有统一社会信用代码（或企业名称）一列；叫别的名称，写 --map 列=企业";
            self.intake.found(Finding::error(Code::Missing, &at, "没有认出企业是哪一列", help));
            return;
        }
        let mut about: Option<About> = None;
        // A row that was passed over and names an enterprise: those below it may be about it.
        let mut passed: Option<u32> = None;
        for row in &table.rows {
            if self.is_unanswered(table, *row, year) && !self.is_removed(table, *row) {
                let names =
                    |field: &usize| table.columns_of(*field).any(|column| table.cell(*row, column.index).is_some());
                if [code, name].iter().flatten().any(names) {
                    passed = Some(*row);
                }
                let why = format!("{year}年的没有填");
                self.intake.left_out.push(LeftOut { at: table.sheet.at_row(*row).to_string(), why });
                continue;
            }
            let cells = self.intake.row(table, &self.form, *row, Some(year));
            let named = cells.value(code).or_else(|| cells.value(name));
            let first = passed.take();
            if named.is_some_and(|read| !read.shared) || cells.unreadable.iter().any(|field| Some(*field) == code) {
                about = Some(About { record: self.enterprise(&cells, code, name), row: *row });
            } else if let Some(first) = first {
                let first_cells = self.intake.row(table, &self.form, first, Some(year));
                about = Some(About { record: self.enterprise(&first_cells, code, name), row: first });
            }
            if let (None, Some(about)) = (named, about.as_ref().filter(|about| about.row != *row)) {
                // In files that do not tell of merged cells the cells below the first one are empty.
                self.intake
                    .remarks
                    .push((table.sheet.at_row(*row), format!("没有写企业，算作第{}行的那一家", about.row + 1)));
            }
            let Some(about) = &about else {
                let at = table.sheet.at_row(*row);
                self.intake.found(Finding::error(Code::Missing, &at, "没有写哪一家企业", "填上统一社会信用代码"));
                continue;
            };
            let Some(record) = about.record else { continue };
            if cells.broken
                && let Some(record) = self.records.get_mut(record)
            {
                record.broken = true;
            }
            self.check_names(&cells, record, code, name);
            match &cells.removed {
                Some(at) => self.remove(&cells, record, at),
                None => self.take(table, &cells, record, about.row, *row),
            }
        }
    }

    /// Whether a row says that what it is about is to be taken out.
    fn is_removed(&self, table: &Table<'_>, row: u32) -> bool {
        let mut columns = self.form.removal.into_iter().flat_map(|field| table.columns_of(field));
        columns.any(|column| {
            let around = Around { head: &column.head, unit: None, from_1904: table.sheet.from_1904 };
            let said = table.cell(row, column.index).map(|(cell, at)| value::read(cell, &Reads::Flag, around, &at));
            said.and_then(|said| said.value).is_some_and(|value| value.as_text() == Some("是"))
        })
    }

    /// Takes out what a row is about: the things that it names, or else the enterprise's declaration.
    fn remove(&mut self, cells: &Row, record: usize, at: &At) {
        let field = |read: &Read| self.form.fields.get(read.field);
        let own = cells
            .cells
            .iter()
            .filter_map(field)
            .any(|field| field.group.is_empty() && ![CODE, NAME, DISTRICT].contains(&&*field.key));
        let mut things: BTreeMap<String, Value> = BTreeMap::new();
        for read in &cells.cells {
            let Some(field) = field(read).filter(|field| !field.group.is_empty()) else { continue };
            let key = self.ground.register.schema.name_key(&field.group);
            let thing = things.entry(field.group.clone()).or_insert_with(|| Value::map(Some(at.clone())));
            if key == Some(&*field.key) || field.group == OTHERS && OTHERS_KEYS.contains(&&*field.key) {
                thing.put(Rc::clone(&field.key), read.value.clone());
            }
        }
        let problem = if own && !things.is_empty() {
            Some("这一行既有企业的数字，又有产品或项目，不知道删哪一样")
        } else if things.values().any(|thing| matches!(&thing.kind, Kind::Map(pairs) if pairs.is_empty())) {
            Some("没有写名称，不知道删哪一个")
        } else {
            None
        };
        let Some(record) = self.records.get_mut(record) else { return };
        if let Some(message) = problem {
            record.broken = true;
            self.intake.found(Finding::error(Code::Missing, at, message, "一行只留要删去的：企业和它的名称"));
            return;
        }
        if things.is_empty() {
            record.value.remove(Some(at.clone()));
        }
        for (group, mut thing) in things {
            thing.remove(Some(at.clone()));
            if let Some(items) = things_of(&mut record.value, &group) {
                items.push(thing);
            }
        }
    }

    /// Whether a row has columns for the year's own figures and none of them is filled in, and says nothing else but earlier ones: a form
    /// that nobody answered.
    fn is_unanswered(&self, table: &Table<'_>, row: u32, year: Year) -> bool {
        let of = |column: &&Column| {
            let field = column.field.and_then(|field| self.form.fields.get(field));
            field.filter(|field| field.yearly).and_then(|_| year_of(&column.head, Some(year)))
        };
        let years: Vec<(u32, Year)> =
            table.columns.iter().filter_map(|column| Some((column.index, of(&column)?))).collect();
        let (own, earlier): (Vec<_>, Vec<_>) = years.into_iter().partition(|(_, of)| *of == year);
        let filled = |(column, _): &(u32, Year)| table.cell(row, *column).is_some();
        let says = |column: &Column| {
            let field = column.field.and_then(|field| self.form.fields.get(field));
            field.is_some_and(|field| ![CODE, NAME, DISTRICT].contains(&&*field.key) || !field.group.is_empty())
                && table.cell(row, column.index).is_some()
        };
        !own.is_empty() && !own.iter().any(filled) && (earlier.iter().any(filled) || !table.columns.iter().any(says))
    }

    /// The record of the enterprise that a row names.
    fn enterprise(&mut self, cells: &Row, code: Option<usize>, name: Option<usize>) -> Option<usize> {
        let written = cells.value(code);
        let (code, at) = match (written, cells.value(name)) {
            (Some(read), _) => (read.value.as_text()?.to_owned(), read.at.clone()),
            (None, Some(read)) if !cells.unreadable.iter().any(|field| Some(*field) == code) => {
                let words = read.value.as_text()?;
                let Some(known) = self.ground.register.find(words) else {
                    let help = "填上统一社会信用代码，或先导入企业名单（--as 企业）";
                    self.intake.found(Finding::error(Code::Unknown, &read.at, format!("企业库里没有“{words}”"), help));
                    return None;
                };
                (known.code.value.as_str().to_owned(), read.at.clone())
            }
            _ => return None,
        };
        if let Some(index) = self.by_code.get(&code) {
            return Some(*index);
        }
        let mut value = Value::map(Some(at.clone()));
        value.put(CODE, Value::text(&code, Some(at)));
        self.records.push(Record { value, broken: false });
        self.by_code.insert(code, self.records.len() - 1);
        Some(self.records.len() - 1)
    }

    /// A name and a district that stand beside a code have to be those of its enterprise.
    fn check_names(&mut self, cells: &Row, record: usize, code: Option<usize>, name: Option<usize>) {
        let Some(written) = cells.value(code).filter(|read| !read.shared) else { return };
        let known = written.value.as_text().and_then(|code| self.ground.register.enterprise(code.parse().ok()?));
        let Some(known) = known else { return };
        let mut wrong = None;
        if let Some(read) = cells.value(name)
            && let Some(words) = read.value.as_text().filter(|words| !known.is_called(words))
        {
            let message = format!("代码是“{}”的，和名称“{words}”不符", known.name.value);
            wrong = Some(Finding::error(
                Code::Contradiction,
                &written.at,
                message,
                "核对代码和名称；改了名称的，先在企业库里写曾用名称",
            ));
        }
        if let Some(read) = cells.value(self.field("", DISTRICT))
            && let Some(words) = read.value.as_text().filter(|words| *words != known.district.value)
            && wrong.is_none()
        {
            let message = format!("区县“{words}”和企业库里的“{}”不符", known.district.value);
            wrong = Some(Finding::error(Code::Contradiction, &read.at, message, "核对区县；企业搬了，先改企业库"));
        }
        if let Some(finding) = wrong {
            self.intake.found(finding);
            if let Some(record) = self.records.get_mut(record) {
                record.broken = true;
            }
        }
    }

    /// Takes what a row says of the enterprise and of its things into the record.
    fn take(&mut self, table: &Table<'_>, cells: &Row, record: usize, since: u32, row: u32) {
        let mut things: BTreeMap<String, Value> = BTreeMap::new();
        // Things whose cells are merged with those of others: what they say is not known.
        let mut unclear: BTreeSet<String> = BTreeSet::new();
        let mut problems = Vec::new();
        for read in &cells.cells {
            let Some(field) = self.form.fields.get(read.field) else { continue };
            if field.group.is_empty() {
                if [CODE, NAME, DISTRICT].contains(&&*field.key) {
                    continue;
                }
                if read.shared && read.at.row < since {
                    problems.push(across(table, read, row));
                    continue;
                }
                if let Some(record) = self.records.get_mut(record)
                    && let Err(old) = put(&mut record.value, &field.key, read)
                {
                    problems.push(contradiction(read, &old));
                }
                continue;
            }
            if read.shared && field.reads != Reads::Text {
                problems.push(across(table, read, row));
                unclear.insert(field.group.clone());
                continue;
            }
            let thing = things.entry(field.group.clone()).or_insert_with(|| Value::map(Some(table.sheet.at_row(row))));
            let _ = put(thing, &field.key, read);
        }
        for (group, thing) in things {
            if unclear.contains(&group) {
                continue;
            }
            if self.intake.missing(table, &self.form, row, cells, &group)
                && let Some(record) = self.records.get_mut(record)
            {
                record.broken = true;
            }
            problems.extend(self.put_thing(record, &group, thing, cells));
        }
        if !problems.is_empty() {
            if let Some(record) = self.records.get_mut(record) {
                record.broken = true;
            }
            self.intake.findings.extend(problems);
        }
    }

    /// Puts a product or project among those of its enterprise; what is wrong with that.
    fn put_thing(&mut self, record: usize, group: &str, thing: Value, cells: &Row) -> Option<Finding> {
        let key = self.ground.register.schema.name_key(group).map(str::to_owned);
        let record = self.records.get_mut(record)?;
        if group == OTHERS {
            let words = |value: &Value| OTHERS_KEYS.map(|key| value.get(key).map(shown));
            let items = things_of(&mut record.value, group)?;
            if let Some(first) = items.iter().find(|item| words(item) == words(&thing)) {
                let line = first.at.as_ref().map_or(0, |at| at.row + 1);
                let message = format!("和第{line}行是同一项其他政策");
                return Some(Finding::error(Code::Duplicate, thing.at.as_ref()?, message, "只留一行"));
            }
            items.push(thing);
            return None;
        }
        let Some(key) = key else {
            let Kind::Map(pairs) = thing.kind else { return None };
            let mut whole = record.value.get(group).cloned().unwrap_or_else(|| Value::map(None));
            for (key, value) in pairs {
                whole.put(key, value);
            }
            record.value.put(group, whole);
            return None;
        };
        let Some(name) = thing.get(&key).and_then(Value::as_text).map(str::to_owned) else {
            // What could not be read has been said.
            let at = thing.at.clone().filter(|_| cells.unreadable.is_empty())?;
            let message = format!("有{group}的数字，没有{group}的名称");
            return Some(Finding::error(
                Code::Missing,
                &at,
                message,
                format!("填上{group}的名称，或清空这一行{group}的格子"),
            ));
        };
        let items = things_of(&mut record.value, group)?;
        let Some(first) = items.iter().find(|item| item.get(&key).and_then(Value::as_text) == Some(name.as_str()))
        else {
            items.push(thing);
            return None;
        };
        let at = thing.get(&key).and_then(|value| value.at.clone()).or(thing.at.clone())?;
        let line = first.at.as_ref().map_or(0, |at| at.row + 1);
        let what = if shown(first) == shown(&thing) { "重复" } else { "是同一个，数字却不同" };
        let help = "只留一行；是两个的，名称写得不一样";
        Some(Finding::error(Code::Duplicate, &at, format!("“{name}”和第{line}行{what}"), help))
    }
}

/// The things of a kind that a record has, to be added to.
fn things_of<'r>(record: &'r mut Value, group: &str) -> Option<&'r mut Vec<Value>> {
    if record.get(group).is_none() {
        record.put(group, Value { kind: Kind::List(Vec::new()), at: None });
    }
    record.get_mut(group).and_then(Value::items_mut)
}

/// Puts a cell under its key, and under its year where it has one; what stood there, where that is something else.
fn put(value: &mut Value, key: &Rc<str>, read: &Read) -> Result<(), String> {
    let slot = match read.year {
        Some(_) if value.get(key).is_none() => {
            value.put(Rc::clone(key), Value::map(None));
            value.get_mut(key)
        }
        Some(_) => value.get_mut(key),
        None => Some(&mut *value),
    };
    let Some(slot) = slot else { return Ok(()) };
    let key = read.year.map_or_else(|| Rc::clone(key), |year| year.to_string().into());
    match slot.get(&key) {
        Some(old) if shown(old) != shown(&read.value) => Err(shown(old)),
        Some(_) => Ok(()),
        None => {
            slot.put(Rc::clone(&key), read.value.clone());
            if let (Some(_), Kind::Map(pairs)) = (read.year, &mut slot.kind) {
                pairs.sort_by(|one, other| one.0.cmp(&other.0));
            }
            Ok(())
        }
    }
}

fn contradiction(read: &Read, old: &str) -> Finding {
    let message = format!("同一家企业的这一项，前面写的是{old}，这里是{}", shown(&read.value));
    Finding::error(Code::Contradiction, &read.at, message, "查明后改正其中一处")
}

/// Cells that are merged over more than one record.
fn across(table: &Table<'_>, read: &Read, row: u32) -> Finding {
    let column = read.at.column.map_or(0, u32::from);
    let range = table.sheet.merged_at(row, column).map_or_else(String::new, |merged| {
        format!("{}{}:{}{}", letters(merged.first.1), merged.first.0 + 1, letters(merged.last.1), merged.last.0 + 1)
    });
    let at = At { column: read.at.column, ..read.at.clone() };
    Finding::error(
        Code::Value,
        &at,
        format!("合并单元格{range}跨了几条记录，不知道数字是谁的"),
        "取消合并，每一行各填各的",
    )
}
