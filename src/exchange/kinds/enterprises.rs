//! 企业 — a list of enterprises becomes `data/enterprises/`.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Ground, districts, tables};
use crate::credit_code::CreditCode;
use crate::diag::Code;
use crate::exchange::form::{Form, Reads};
use crate::exchange::head::folded;
use crate::exchange::intake::{Finding, Intake, Record, Target};
use crate::exchange::value::Value;
use crate::exchange::workbook::{At, Workbook};
use crate::grid::{Column, Datum, Grid, Shape};
use crate::register::{Enterprise, Register};

/// What a list of enterprises may hold.
#[must_use]
pub fn form(ground: &Ground<'_>) -> Form {
    let mut form = Form::new("企业", ground.heads);
    for (key, reads) in [
        ("名称", Reads::Text),
        (CODE, Reads::Code),
        ("区县", Reads::Text),
        ("行业", Reads::Words),
        ("规模以上", Reads::Flag),
        ("称号", Reads::Words),
        ("亩均评价", Reads::Grade),
        ("有毒有害废弃物处理", Reads::Flag),
        ("曾用名称", Reads::Words),
    ] {
        form.add("", key, reads, false);
    }
    for key in ["名称", CODE, "区县", "行业", "规模以上"] {
        form.require("", key);
    }
    form.add_removal();
    form
}

/// Enterprises as a sheet that [`read`] reads back.
#[must_use]
pub fn sheet(register: &Register) -> Grid {
    let yes_no = ["是", "否"].map(str::to_owned).to_vec();
    let columns = [
        ("名称", Vec::new()),
        (CODE, Vec::new()),
        ("区县", districts(register)),
        ("行业", Vec::new()),
        ("规模以上", yes_no.clone()),
        ("称号", Vec::new()),
        ("亩均评价", ["A", "B", "C", "D"].map(str::to_owned).to_vec()),
        ("有毒有害废弃物处理", yes_no),
        ("曾用名称", Vec::new()),
    ];
    let column = |(head, choices): (&str, Vec<String>)| {
        let note = if ["行业", "称号", "曾用名称"].contains(&head) { "几个的用顿号隔开" } else { "" };
        Column { choices, note: note.to_owned(), ..Column::new(head, Shape::Text) }
    };
    let flag = |flag: bool| Datum::text(if flag { "是" } else { "否" });
    let row = |known: &Enterprise| {
        let titles = known.titles.as_ref().map(|titles| titles.value.join("、"));
        let former: Vec<&str> = known.former_names.iter().map(|name| name.value.as_str()).collect();
        vec![
            Datum::text(&known.name.value),
            Datum::text(known.code.value.as_str()),
            Datum::text(&known.district.value),
            Datum::text(known.industries.value.join("、")),
            flag(known.above_threshold.value),
            Datum::text(titles.unwrap_or_default()),
            Datum::text(known.grade.as_ref().map(|grade| grade.value.as_str()).unwrap_or_default()),
            known.treats_waste.as_ref().map(|treats| flag(treats.value)).unwrap_or_default(),
            Datum::text(former.join("、")),
        ]
    };
    Grid {
        name: "企业".to_owned(),
        title: "企业名单".to_owned(),
        columns: columns.map(column).into(),
        rows: register.enterprises.values().map(row).collect(),
        ..Grid::default()
    }
}

const CODE: &str = "统一社会信用代码";

/// The file that new enterprises go into.
const NEW: &str = "data/enterprises/导入.yaml";

/// Reads the enterprises of a workbook. `files` says in which file the enterprise of a code stands.
#[must_use]
pub fn read(workbook: &Workbook, ground: &Ground<'_>, files: &dyn Fn(CreditCode) -> Option<String>) -> Intake {
    let (mut intake, form) = (Intake::default(), form(ground));
    let mut by_file: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    let mut seen: BTreeMap<String, At> = BTreeMap::new();
    for table in tables(workbook, ground, &form, &mut intake) {
        let sheet = table.sheet;
        intake.understand(&table, &form, None);
        for row in &table.rows {
            let cells = intake.row(&table, &form, *row, None);
            let mut value = Value::map(Some(sheet.at_row(*row)));
            for cell in &cells.cells {
                if let Some(field) = form.fields.get(cell.field) {
                    value.put(Rc::clone(&field.key), cell.value.clone());
                }
            }
            let known = value
                .get(CODE)
                .and_then(Value::as_text)
                .and_then(|code| ground.register.enterprises.get(&code.parse().ok()?));
            let removed = cells.removed.as_ref();
            if let Some(at) = removed {
                let Some(code) = value.get(CODE).cloned() else {
                    let help = "填上统一社会信用代码";
                    intake.found(Finding::error(Code::Missing, at, "没有写代码，不知道删哪一家", help));
                    continue;
                };
                value = Value::map(value.at);
                value.put(CODE, code);
                value.remove(Some(at.clone()));
            }
            // Of an enterprise that is known a table may say a part.
            let mut broken =
                cells.broken || removed.is_none() && known.is_none() && intake.missing(&table, &form, *row, &cells, "");
            let code = value.get(CODE).and_then(Value::as_text).map(str::to_owned);
            let place = value.get(CODE).and_then(|value| value.at.clone()).unwrap_or_else(|| sheet.at_row(*row));
            if let Some(code) = &code {
                if let Some(first) = seen.get(code) {
                    let message = format!("和第{}行是同一个代码", first.row + 1);
                    intake.found(Finding::error(
                        Code::Duplicate,
                        &place,
                        message,
                        "一家企业只写一行；改正代码，或删去一行",
                    ));
                    broken = true;
                }
                seen.entry(code.clone()).or_insert(place);
            }
            broken |= renamed(&value, ground, &mut intake);
            let known = code.as_deref().and_then(|code| code.parse().ok()).and_then(files);
            by_file.entry(known.unwrap_or_else(|| NEW.to_owned())).or_default().push(Record { value, broken });
        }
    }
    intake.targets = by_file
        .into_iter()
        .map(|(path, records)| Target {
            path,
            start: "# 由 Excel 导入的企业。\n[]\n".to_owned(),
            list: None,
            key: Some(CODE.to_owned()),
            records,
            ..Target::default()
        })
        .collect();
    intake
}

/// A code that is another enterprise's: where it is called otherwise now, it says how it was called before.
fn renamed(value: &Value, ground: &Ground<'_>, intake: &mut Intake) -> bool {
    let code = value.get(CODE).and_then(Value::as_text).and_then(|code| code.parse().ok());
    let known = code.and_then(|code| ground.register.enterprises.get(&code));
    let Some((known, name)) = known.zip(value.get("名称")) else { return false };
    let Some(words) = name.as_text().filter(|words| folded(words) != folded(&known.name.value)) else { return false };
    if value.get("曾用名称").is_some() {
        return false;
    }
    let message = format!("代码是企业库里“{}”的，名称却是“{words}”", known.name.value);
    let at = value.get(CODE).and_then(|code| code.at.clone());
    if let Some(at) = at {
        let help = "核对代码和名称；改了名称的，加一列“曾用名称”写上原来的";
        intake.found(Finding::error(Code::Contradiction, &at, message, help));
    }
    true
}
