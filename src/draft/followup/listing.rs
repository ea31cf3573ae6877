//! 名单 — a list for the template of the notice that publishes it: who is on it on the day, who came and who left since the last edition.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::calendar::Day;
use crate::register::{Listed, Listing, Register};

/// What a template sees of a list on a day, with what changed since the day of the last edition.
pub(super) fn facts(listing: &Listing, register: &Register, on: Day, since: Option<Day>) -> Value {
    let row = |entry: &Listed| {
        let enterprise = register.enterprise(entry.enterprise.value);
        let name = enterprise.map(|enterprise| enterprise.name.value.clone());
        let district = enterprise.map(|enterprise| enterprise.district.value.clone());
        json!({
            "企业": name.unwrap_or_default(),
            "统一社会信用代码": entry.enterprise.value.as_str(),
            "区县": district.unwrap_or_default(),
            "列入": entry.from.value.iso(),
            "文件": entry.document.value,
            "有效期至": entry.until.map(|day| day.value.iso()).unwrap_or_default(),
            "等级": entry.grade.as_ref().map(|grade| grade.value.clone()).unwrap_or_default(),
            "退出": left(entry, on).map(Day::iso).unwrap_or_default(),
            "原因": reason(entry, on),
        })
    };
    let came = listing.on(on).filter(|entry| since.is_some_and(|since| entry.from.value > since));
    let gone = listing.entries.iter().filter(|entry| {
        since.is_some_and(|since| entry.holds(since) && left(entry, on).is_some_and(|left| left > since))
    });
    let mut districts: BTreeMap<String, usize> = BTreeMap::new();
    for entry in listing.on(on) {
        if let Some(enterprise) = register.enterprise(entry.enterprise.value) {
            *districts.entry(enterprise.district.value.clone()).or_default() += 1;
        }
    }
    let came: Vec<Value> = came.map(row).collect();
    let gone: Vec<Value> = gone.map(row).collect();
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

/// The first day on which an entry no longer held, if that is over on a day.
fn left(entry: &Listed, on: Day) -> Option<Day> {
    entry.last().filter(|last| *last < on).map(Day::tomorrow)
}

fn reason(entry: &Listed, on: Day) -> String {
    let over = left(entry, on).is_some();
    match (&entry.reason, over) {
        (Some(reason), _) => reason.clone(),
        (None, true) => "有效期满".to_owned(),
        (None, false) => String::new(),
    }
}
