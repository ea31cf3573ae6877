//! 放假 — a table of days, one a row, becomes `data/calendar/<year>.yaml`.

use std::rc::Rc;

use super::{Ground, tables};
use crate::calendar::Year;
use crate::diag::Code;
use crate::exchange::form::{Form, Reads};
use crate::exchange::head::folded;
use crate::exchange::intake::{Finding, Intake, Record, Target};
use crate::exchange::value::Value;
use crate::exchange::workbook::Workbook;

const DAY: &str = "日期";
const FESTIVAL: &str = "节日";
const WHAT: &str = "安排";

/// What a table of days may hold.
#[must_use]
pub fn form(ground: &Ground<'_>) -> Form {
    let mut form = Form::new("放假", ground.heads);
    for (key, reads) in [(DAY, Reads::Day), (FESTIVAL, Reads::Text), (WHAT, Reads::Text)] {
        form.add("", key, reads, false);
        form.require("", key);
    }
    form
}

/// Reads the days of a year.
#[must_use]
pub fn read(workbook: &Workbook, ground: &Ground<'_>, year: Year) -> Intake {
    let (mut intake, form) = (Intake::default(), form(ground));
    let (mut off, mut worked) = (Vec::new(), Vec::new());
    for table in tables(workbook, ground, &form, &mut intake) {
        if !form.fields.iter().enumerate().all(|(index, _)| table.columns_of(index).next().is_some()) {
            let at = table.sheet.at_row(0);
            let help = "要有日期、节日、安排（放假或上班）三列，一天一行";
            intake.found(Finding::error(Code::Missing, &at, "不是一天一行的放假安排", help));
            continue;
        }
        intake.understand(&table, &form, None);
        for row in &table.rows {
            let cells = intake.row(&table, &form, *row, None);
            let broken = cells.broken | intake.missing(&table, &form, *row, &cells, "");
            let mut value = Value::map(Some(table.sheet.at_row(*row)));
            for (index, field) in form.fields.iter().enumerate().filter(|(_, field)| &*field.key != WHAT) {
                if let Some(read) = cells.value(Some(index)) {
                    value.put(Rc::clone(&field.key), read.value.clone());
                }
            }
            let Some(what) = cells.value(form.named(WHAT)) else { continue };
            let words = folded(what.value.as_text().unwrap_or_default());
            if words.contains('班') {
                worked.push(Record { value, broken });
            } else if words.contains('假') || words.contains('休') {
                off.push(Record { value, broken });
            } else {
                let message = format!("“{words}”不是“放假”或“上班”");
                intake.found(Finding::error(Code::Value, &what.at, message, "写“放假”，调休上班的写“上班”"));
            }
        }
    }
    let path = format!("data/calendar/{year}.yaml");
    let start = format!("# {year}年放假与调休上班，由 Excel 导入。\n年度: {year}\n放假: []\n调休上班: []\n");
    let target = |list, records| Target {
        path: path.clone(),
        start: start.clone(),
        list: Some(list),
        key: Some(DAY.to_owned()),
        records,
        ..Target::default()
    };
    intake.targets = vec![target("放假", off), target("调休上班", worked)];
    intake
}
