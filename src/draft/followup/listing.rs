//! 名单 — a list for the template of the notice that publishes it, and as a page: who is on it on the day, who came and who left since the
//! last edition.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::plan::table;
use crate::calendar::Day;
use crate::document::{Block, DataRecord, Dataset, DatasetKind, Fact, Field, FieldKind, Held, inlines};
use crate::register::{Listed, Listing, Register};

/// What a template sees of a list on a day, with what changed since the day of the last edition.
pub(super) fn facts(listing: &Listing, register: &Register, on: Day, since: Option<Day>) -> Value {
    let row = |entry: &Listed| {
        json!({
            "企业": name(register, entry),
            "统一社会信用代码": entry.enterprise.value.as_str(),
            "区县": district(register, entry),
            "列入": entry.from.value.iso(),
            "文件": entry.document.value,
            "有效期至": entry.until.map(|day| day.value.iso()).unwrap_or_default(),
            "等级": entry.grade.as_ref().map(|grade| grade.value.clone()).unwrap_or_default(),
            "退出": entry.left_by(on).map(Day::iso).unwrap_or_default(),
            "原因": entry.why_gone(on),
        })
    };
    let mut districts: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in listing.on(on) {
        if let Some(enterprise) = register.enterprise(entry.enterprise.value) {
            *districts.entry(&enterprise.district.value).or_default() += 1;
        }
    }
    let came: Vec<Value> = since.into_iter().flat_map(|since| listing.came(since, on)).map(row).collect();
    let gone: Vec<Value> = since.into_iter().flat_map(|since| listing.gone(since, on)).map(row).collect();
    json!({
        "名称": listing.name.value,
        "发布机关": listing.keeper.clone().unwrap_or_default(),
        "条款": listing.basis.as_ref().map(|basis| basis.clause.value.0.clone()).unwrap_or_default(),
        "评价": listing.graded.is_some(),
        "合计": {
            "在册": listing.on(on).count().to_string(),
            "新列入": came.len().to_string(),
            "退出": gone.len().to_string(),
            "区县数": districts.len().to_string(),
        },
        "在册": listing.on(on).map(row).collect::<Vec<_>>(),
        "新列入": came,
        "退出": gone,
    })
}

fn name(register: &Register, entry: &Listed) -> String {
    register.enterprise(entry.enterprise.value).map(|enterprise| enterprise.name.value.clone()).unwrap_or_default()
}

fn district(register: &Register, entry: &Listed) -> String {
    register.enterprise(entry.enterprise.value).map(|enterprise| enterprise.district.value.clone()).unwrap_or_default()
}

/// A list as it stands on a day, as a list of the site. `since` is the day of the edition before, with which it is compared.
#[must_use]
pub fn dataset(stem: &str, listing: &Listing, register: &Register, on: Day, since: Option<Day>) -> Dataset {
    let graded = listing.graded.is_some();
    let text = |name: &str, filter| Field { name: name.to_owned(), kind: FieldKind::Text, filter, options: Vec::new() };
    let mut fields = vec![
        text("企业名称", false),
        Field { kind: FieldKind::Code, ..text("统一社会信用代码", false) },
        text("区县（市）", true),
    ];
    fields.extend(graded.then(|| text("等级", true)));
    let day = |name: &str| Field { kind: FieldKind::Day, ..text(name, false) };
    fields.extend([day("列入"), day("有效期至"), day("退出"), Field { kind: FieldKind::Long, ..text("原因", false) }]);
    fields.extend([text("文件", false), text("现状", true)]);
    let known = || listing.entries.iter().filter(|entry| entry.from.value <= on);
    let record = |entry: &Listed| {
        let written = |day: Option<Day>| day.map(Day::iso).unwrap_or_default();
        let grade = entry.grade.as_ref().map(|grade| grade.value.clone()).filter(|_| graded);
        let state = match (entry.holds(on), entry.left) {
            (true, _) => "在册",
            (false, Some(_)) => "已退出",
            (false, None) => "期满",
        };
        let cells = [name(register, entry), entry.enterprise.value.to_string(), district(register, entry)];
        let cells = cells.into_iter().chain(grade).chain([
            entry.from.value.iso(),
            written(entry.until.map(|day| day.value)),
            written(entry.left.map(|day| day.value).filter(|left| *left <= on)),
            entry.why_gone(on).to_owned(),
            entry.document.value.clone(),
            state.to_owned(),
        ]);
        let again = known().filter(|other| other.enterprise.value == entry.enterprise.value);
        let id = match again.take_while(|other| other.enterprise.place != entry.enterprise.place).count() {
            0 => entry.enterprise.value.to_string(),
            before => format!("{}-{}", entry.enterprise.value, before + 1),
        };
        let held = Some(Held { from: entry.from.value, until: entry.last() });
        DataRecord { id, cells: cells.map(|text| inlines(&text)).collect(), link: None, held }
    };
    let records: Vec<DataRecord> = known().map(record).collect();
    let fact = |label: &str, text: String| Fact { label: label.to_owned(), text };
    let keeper = listing.keeper.clone().map(|keeper| fact("发布机关", keeper));
    let basis = listing.basis.as_ref().map(|basis| fact("依据条款", basis.clause.value.0.clone()));
    let stands = fact("在册", format!("{}家（{on}）", listing.on(on).count()));
    let mut dataset = Dataset {
        path: format!("lists/{stem}"),
        kind: DatasetKind::Listing,
        status: listing.status,
        published: None,
        title: listing.name.value.clone(),
        facts: keeper.into_iter().chain(basis).chain([stands]).collect(),
        intro: since.map(|since| changes(listing, register, on, since)).unwrap_or_default(),
        records,
        fields,
        total: None,
        downloads: Vec::new(),
        edition: None,
        charts: Vec::new(),
        grants: Vec::new(),
        called: listing.title.iter().map(|title| title.value.clone()).collect(),
        issued_by: Vec::new(),
        expires: None,
    };
    drop_empty(&mut dataset);
    dataset
}

/// Leaves out the columns in which nothing stands: a list that nobody leaves says nothing of it.
fn drop_empty(dataset: &mut Dataset) {
    let holds =
        |at: usize| dataset.records.iter().any(|record| record.cells.get(at).is_some_and(|cell| !cell.is_empty()));
    let kept: Vec<bool> = (0..dataset.fields.len()).map(|at| dataset.records.is_empty() || holds(at)).collect();
    let mut of_fields = kept.iter().copied();
    dataset.fields.retain(|_| of_fields.next().unwrap_or(true));
    for record in &mut dataset.records {
        let mut of_cells = kept.iter().copied();
        record.cells.retain(|_| of_cells.next().unwrap_or(true));
    }
}

/// What changed since the last edition, in a sentence and a table.
fn changes(listing: &Listing, register: &Register, on: Day, since: Day) -> Vec<Block> {
    let row = |what: &str, entry: &Listed, day: Day| {
        vec![
            what.to_owned(),
            name(register, entry),
            district(register, entry),
            day.iso(),
            entry.why_gone(on).to_owned(),
        ]
    };
    let came = listing.came(since, on).map(|entry| row("新列入", entry, entry.from.value));
    let gone = listing.gone(since, on).map(|entry| row("退出", entry, entry.left_by(on).unwrap_or(on)));
    let rows: Vec<Vec<String>> = came.chain(gone).collect();
    let counts = (listing.came(since, on).count(), listing.gone(since, on).count());
    let said = match counts {
        (0, 0) => format!("与{since}公布的相同。"),
        (came, gone) => format!("与{since}公布的相比，新列入{came}家，退出{gone}家。"),
    };
    let told = Block::Paragraph { label: None, text: inlines(&said), indent: true };
    let changed = (!rows.is_empty()).then(|| table(&["变动", "企业", "区县（市）", "日期", "原因"], rows.into_iter()));
    std::iter::once(told).chain(changed).collect()
}
