//! 台账更正 — a table of 补发, 追回, 撤销 and 说明 becomes entries at the end of `data/ledger/<year>.yaml`. What an entry is about is taken from
//! the one that it corrects; what the ledger holds already is never changed.

use std::collections::BTreeMap;

use super::{Ground, tables};
use crate::calendar::Year;
use crate::diag::Code;
use crate::exchange::form::{Form, Reads};
use crate::exchange::head::folded;
use crate::exchange::intake::{Finding, Intake, Read, Record, Row, Target};
use crate::exchange::merge::{is_same, shown};
use crate::exchange::table::{LeftOut, Table};
use crate::exchange::value::Value;
use crate::exchange::workbook::Workbook;
use crate::grid::{Column, Datum, Grid, Shape};
use crate::register::{EntryKind, LedgerEntry, Register, entry_id, next_serial};

/// The entry that is corrected; it is not written.
const ORIGINAL: &str = "原编号";
const ID: &str = "编号";
const KIND: &str = "种类";
const CODE: &str = "企业";
const NAME: &str = "企业名称";
const YEAR: &str = "年度";

/// What a table of entries may hold, in the order in which the ledger writes it; the words of an entry in it.
const FIELDS: [(&str, Reads); 15] = [
    (ORIGINAL, Reads::Id),
    (YEAR, Reads::Id),
    (ID, Reads::Id),
    (KIND, Reads::Text),
    (CODE, Reads::Code),
    (NAME, Reads::Text),
    ("政策", Reads::Text),
    ("条款", Reads::Text),
    ("事项", Reads::Text),
    ("对象", Reads::Text),
    ("批次", Reads::Text),
    ("金额", Reads::Amount),
    ("档", Reads::Amount),
    ("日期", Reads::Day),
    ("文号", Reads::Text),
];
const NOTE: &str = "备注";

/// What a table of entries may hold.
#[must_use]
pub fn form(ground: &Ground<'_>) -> Form {
    let mut form = Form::new("台账", ground.heads);
    for (key, reads) in FIELDS {
        form.add("", key, reads, false);
    }
    form.add("", NOTE, Reads::Text, false);
    for key in [KIND, "金额", "日期", NOTE] {
        form.require("", key);
    }
    form.add_removal();
    form
}

/// What an entry says under the keys of a table.
#[must_use]
pub fn words(entry: &LedgerEntry, key: &str) -> Option<String> {
    match key {
        ID => entry.id.as_ref().map(|id| id.value.clone()),
        KIND => Some(entry.kind().name().to_owned()),
        CODE => Some(entry.enterprise.value.as_str().to_owned()),
        "政策" => entry.policy.as_ref().map(|policy| policy.value.clone()),
        "条款" => Some(entry.clause.value.to_string()),
        "事项" => entry.rule.as_ref().map(|rule| rule.value.clone()),
        "对象" => entry.subject.as_ref().map(|subject| subject.value.clone()),
        "批次" => entry.batch.map(|batch| batch.to_string()),
        "金额" => Some(entry.amount.value.to_string()),
        "档" => entry.tier.as_ref().map(|tier| tier.value.to_string()),
        "日期" => entry.on.as_ref().map(|on| on.value.iso()),
        "文号" => entry.number.as_ref().map(|number| number.value.clone()),
        NOTE => entry.note.clone(),
        _ => None,
    }
}

/// The ledger of some years as a sheet: what [`read`] reads back, and what corrections are made from.
#[must_use]
pub fn sheet<'a>(register: &Register, entries: impl Iterator<Item = (Year, &'a LedgerEntry)>) -> Grid {
    let heads = FIELDS.iter().filter(|(key, _)| *key != ORIGINAL);
    let column = |(key, reads): &(&str, Reads)| {
        let (head, shape) = match *reads {
            Reads::Amount => (format!("{key}（万元）"), Shape::Amount),
            Reads::Day => ((*key).to_owned(), Shape::Day),
            _ if *key == CODE => ("统一社会信用代码".to_owned(), Shape::Text),
            _ => ((*key).to_owned(), Shape::Text),
        };
        let choices: Vec<String> =
            if *key == KIND { BY_HAND.map(|kind| kind.name().to_owned()).to_vec() } else { Vec::new() };
        Column { choices, free: true, ..Column::new(head, shape) }
    };
    let row = |(year, entry): (Year, &LedgerEntry)| {
        let cell = |key: &str| match key {
            YEAR => Datum::text(year.to_string()),
            NAME => {
                let known = register.enterprise(entry.enterprise.value);
                known.map(|known| Datum::text(&known.name.value)).unwrap_or_default()
            }
            "金额" => Datum::wan(entry.amount.value),
            "档" => entry.tier.as_ref().map(|tier| Datum::wan(tier.value)).unwrap_or_default(),
            "日期" => entry.on.as_ref().map(|on| Datum::Day(on.value)).unwrap_or_default(),
            key => Datum::text(words(entry, key).unwrap_or_default()),
        };
        let keys = FIELDS.iter().map(|(key, _)| *key).filter(|key| *key != ORIGINAL).chain([NOTE]);
        keys.map(cell).collect()
    };
    Grid {
        name: "台账".to_owned(),
        title: "奖励台账".to_owned(),
        columns: heads.map(column).chain([Column::new(NOTE, Shape::Long)]).collect(),
        rows: entries.map(row).collect(),
        ..Grid::default()
    }
}

/// Keys that a correction takes from the entry that it corrects.
const TAKEN: [&str; 6] = [CODE, "政策", "条款", "事项", "对象", "批次"];

/// Reads the entries of a workbook; `year` is that of entries that name none.
#[must_use]
pub fn read(workbook: &Workbook, ground: &Ground<'_>, year: Option<Year>) -> Intake {
    let form = form(ground);
    let mut gathering = Gathering { ground: *ground, form, intake: Intake::default(), by_year: BTreeMap::new(), year };
    for table in tables(workbook, ground, &gathering.form, &mut gathering.intake) {
        gathering.intake.understand(&table, &gathering.form, None);
        for row in &table.rows {
            gathering.row(&table, *row);
        }
    }
    let Gathering { mut intake, by_year, .. } = gathering;
    let target = |(year, records)| Target {
        path: format!("data/ledger/{year}.yaml"),
        start: format!("# {year}年度的奖励台账。\n年度: {year}\n已兑现: []\n"),
        list: Some("已兑现"),
        key: Some(ID.to_owned()),
        records,
        ..Target::default()
    };
    intake.targets = by_year.into_iter().map(target).collect();
    intake
}

struct Gathering<'a> {
    ground: Ground<'a>,
    form: Form,
    intake: Intake,
    by_year: BTreeMap<Year, Vec<Record>>,
    year: Option<Year>,
}

impl Gathering<'_> {
    fn value<'r>(&self, cells: &'r Row, key: &str) -> Option<&'r Read> {
        cells.value(self.form.fields.iter().position(|field| *field.key == *key))
    }

    fn text<'r>(&self, cells: &'r Row, key: &str) -> Option<&'r str> {
        self.value(cells, key)?.value.as_text()
    }

    /// The entry of a number.
    fn entry(&self, id: &str) -> Option<(Year, &LedgerEntry)> {
        let known = |entry: &&LedgerEntry| entry.id.as_ref().is_some_and(|known| folded(&known.value) == id);
        let mut years = self.ground.register.ledger.iter();
        years.find_map(|(year, entries)| Some((*year, entries.iter().find(known)?)))
    }

    fn row(&mut self, table: &Table<'_>, row: u32) {
        let before = self.intake.findings.len();
        let cells = self.intake.row(table, &self.form, row, None);
        if let Some(at) = &cells.removed {
            let help = "要更正，另加一行，种类写追回或撤销，写原编号";
            self.intake.found(Finding::error(Code::Contradiction, at, "台账已有的各条不删", help));
            return;
        }
        if let Some((_, entry)) = self.text(&cells, ID).and_then(|id| self.entry(id)) {
            let wrong = self.kept(&cells, &entry.clone());
            if wrong.is_empty() {
                self.leave_out(table, row);
            }
            self.intake.findings.extend(wrong);
            return;
        }
        let original = match self.value(&cells, ORIGINAL) {
            None => None,
            Some(read) => {
                let id = read.value.as_text().unwrap_or_default();
                let found = self.entry(id).map(|(year, entry)| (year, entry.clone()));
                if found.is_none() {
                    let finding =
                        Finding::error(Code::Unknown, &read.at, format!("台账里没有编号“{id}”"), "照台账核对编号");
                    self.intake.found(finding);
                    return;
                }
                found
            }
        };
        self.intake.missing(table, &self.form, row, &cells, "");
        if let Some(read) = self.value(&cells, KIND)
            && let Some(kind) = read.value.as_text().filter(|kind| !BY_HAND.iter().any(|one| one.name() == *kind))
        {
            let (message, help) = match kind {
                "兑现" | "核减" => {
                    (format!("{kind}由 hongtou grant 写，不能导入"), "已印发通知的，用 hongtou grant 兑现")
                }
                _ => (format!("“{kind}”不是更正的种类"), "写补发、追回、撤销或说明"),
            };
            self.intake.found(Finding::error(Code::Value, &read.at, message, help));
        }
        let contradicted = self.contradictions(&cells, original.as_ref().map(|(_, entry)| entry));
        self.intake.findings.extend(contradicted);
        let named =
            self.text(&cells, YEAR).and_then(|text| text.trim_end_matches("年度").trim_end_matches('年').parse().ok());
        let Some(year) = original.as_ref().map(|(year, _)| *year).or(named.map(Year)).or(self.year) else {
            let help = "加一列原编号或年度，或写明 --year";
            self.intake.found(Finding::error(
                Code::Missing,
                &table.sheet.at_row(row),
                "看不出更正哪一年度的台账",
                help,
            ));
            return;
        };
        let mut value = Value::map(Some(table.sheet.at_row(row)));
        for key in
            FIELDS.iter().map(|(key, _)| *key).chain([NOTE]).filter(|key| ![ORIGINAL, YEAR, NAME, ID].contains(key))
        {
            let own = self.value(&cells, key).map(|read| read.value.clone());
            let taken = || {
                let (_, entry) = original.as_ref().filter(|_| TAKEN.contains(&key))?;
                Some(Value::text(words(entry, key)?, None))
            };
            if let Some(word) = own.or_else(taken) {
                value.put(key, word);
            }
        }
        if value.get(CODE).is_none() || value.get("条款").is_none() {
            let help = "加一列原编号，写明更正哪一条；或写企业代码和条款";
            self.intake.found(Finding::error(Code::Missing, &table.sheet.at_row(row), "看不出更正的是哪一条", help));
            return;
        }
        let entries = self.ground.register.ledger.get(&year).map_or(&[][..], Vec::as_slice);
        if entries.iter().any(|entry| is_entry(entry, &value)) {
            self.leave_out(table, row);
            return;
        }
        let records = self.by_year.entry(year).or_default();
        let id = entry_id(year, next_serial(entries) + records.len());
        let mut whole = Value::map(value.at.clone());
        whole.put(ID, Value::text(id, None));
        if let crate::exchange::value::Kind::Map(pairs) = value.kind {
            for (key, value) in pairs {
                whole.put(key, value);
            }
        }
        let broken = cells.broken || self.intake.findings.len() > before;
        records.push(Record { value: whole, broken });
    }

    fn leave_out(&mut self, table: &Table<'_>, row: u32) {
        self.intake
            .left_out
            .push(LeftOut { at: table.sheet.at_row(row).to_string(), why: "台账里已有".to_owned() });
    }

    /// What a row says otherwise of an entry that the ledger holds.
    fn kept(&self, cells: &Row, entry: &LedgerEntry) -> Vec<Finding> {
        let differs = cells.cells.iter().filter_map(|read| {
            let key = self.form.fields.get(read.field).map(|field| &*field.key)?;
            if [ORIGINAL, YEAR, NAME].contains(&key) {
                return None;
            }
            let (there, said) = (words(entry, key).unwrap_or_default(), shown(&read.value));
            (!is_same(&there, &said) && folded(&there) != folded(&said)).then(|| {
                let message = format!("台账里这一条的{key}是“{there}”，表里是“{said}”");
                Finding::error(Code::Contradiction, &read.at, message, "台账已有的各条不改；要更正，另加一行，写原编号")
            })
        });
        differs.collect()
    }

    /// What a row says otherwise of what it corrects.
    fn contradictions(&self, cells: &Row, original: Option<&LedgerEntry>) -> Vec<Finding> {
        let mut wrong = Vec::new();
        for key in TAKEN {
            let Some((read, entry)) = self.value(cells, key).zip(original) else { continue };
            let (there, said) = (words(entry, key).unwrap_or_default(), shown(&read.value));
            if folded(&there) != folded(&said) {
                let message = format!("和原编号那一条的{key}“{there}”不符");
                wrong.push(Finding::error(Code::Contradiction, &read.at, message, "核对原编号，或改成和它一样"));
            }
        }
        let code = original
            .map(|entry| entry.enterprise.value)
            .or_else(|| self.text(cells, CODE).and_then(|code| code.parse().ok()));
        let known = code.and_then(|code| self.ground.register.enterprise(code));
        if let Some((read, known)) = self.value(cells, NAME).zip(known)
            && let Some(name) = read.value.as_text().filter(|name| !known.is_called(name))
        {
            let message = format!("企业是“{}”，表里写的是“{name}”", known.name.value);
            wrong.push(Finding::error(Code::Contradiction, &read.at, message, "核对企业名称和代码、原编号"));
        }
        wrong
    }
}

/// What a person adds to the ledger.
const BY_HAND: [EntryKind; 4] = [EntryKind::Supplement, EntryKind::Recovered, EntryKind::Revoked, EntryKind::Remark];

/// Whether an entry of the ledger says what a record says, and no more.
fn is_entry(entry: &LedgerEntry, value: &Value) -> bool {
    let keys = FIELDS.iter().map(|(key, _)| *key).chain([NOTE]);
    keys.filter(|key| ![ORIGINAL, YEAR, NAME, ID].contains(key)).all(|key| {
        let (there, said) = (words(entry, key).unwrap_or_default(), value.get(key).map(shown).unwrap_or_default());
        is_same(&there, &said) || folded(&there) == folded(&said)
    })
}
