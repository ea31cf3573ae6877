//! 放假安排 — `data/calendar/<year>.yaml` as people write it, checked against itself: on these days depends when a 公示 is over.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::files::Reader;
use crate::calendar::{Calendar, Day, HolidayYear, SpecialDay, Year};
use crate::diag::{Code, Diagnostic, Report};
use crate::yaml::Located;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayFile {
    #[serde(rename = "年度")]
    year: Located<Year>,
    #[serde(rename = "放假")]
    off: Vec<Located<SpecialDay>>,
    #[serde(rename = "调休上班")]
    worked: Vec<Located<SpecialDay>>,
}

/// No festival of the yearly notice is as long: 国庆 and 中秋 together had eight days, the long 春节 of 2020 ten.
const LONGEST: usize = 12;

/// What no yearly notice is without.
const NEVER_MISSING: [&str; 2] = ["春节", "国庆"];

/// Reads the calendar.
pub(super) fn read(reader: &mut Reader<'_>) -> Calendar {
    let files: Vec<(String, HolidayFile)> = reader.yaml_folder("data/calendar");
    let mut years = Vec::new();
    let mut known = Vec::new();
    for (stem, file) in files {
        let year = file.year.value;
        if stem != year.to_string() {
            reader.report.push(super::misnamed(&stem, &file.year, "就是年度，如 2024.yaml"));
        } else if !known.contains(&year) {
            known.push(year);
        }
        reader.report.absorb(check(&file));
        let days = |days: Vec<Located<SpecialDay>>| days.into_iter().map(|day| day.value).collect();
        years.push(HolidayYear { year, off: days(file.off), worked: days(file.worked) });
    }
    Calendar::new(years)
}

fn check(file: &HolidayFile) -> Report {
    let mut report = Report::default();
    let mut wrong = |day: &Located<SpecialDay>, message: String, help: &str| {
        report.push(Diagnostic::error(Code::Date, message).at(day.place).help(help));
    };
    let year = file.year.value;
    let mut said: BTreeMap<Day, &str> = BTreeMap::new();
    let all = file.off.iter().map(|day| ("放假", day)).chain(file.worked.iter().map(|day| ("调休上班", day)));
    for (what, special) in all {
        let day = special.value.day;
        // 元旦's days off may begin in the old year.
        let eve = day.year().0 + 1 == year.0 && day.month() == 12 && day.day() >= 25;
        if day.year() != year && !eve {
            wrong(special, format!("{day}不是{year}年的"), "核对日期，或把它移到那一年的文件里");
        }
        match said.insert(day, what) {
            Some(before) if before == what => wrong(special, format!("{day}写了两次"), "删去一处"),
            Some(_) => wrong(special, format!("{day}既放假又调休上班"), "照国务院办公厅的通知留一处"),
            None if what == "调休上班" && !day.is_weekend() => {
                wrong(special, format!("{day}本来就是工作日，不用调休"), "调休上班的都是周末：核对日期");
            }
            None => {}
        }
    }
    let mut lengths: BTreeMap<&str, Vec<&Located<SpecialDay>>> = BTreeMap::new();
    for day in &file.off {
        lengths.entry(&day.value.festival).or_default().push(day);
    }
    for (festival, days) in lengths.iter().filter(|(_, days)| days.len() > LONGEST) {
        if let Some(day) = days.get(LONGEST) {
            let message = format!("“{festival}”放了{}天假", days.len());
            wrong(day, message, "没有一个节日放这样长的假：核对日期和节日");
        }
    }
    for festival in NEVER_MISSING {
        if !file.off.iter().any(|day| day.value.festival.contains(festival)) {
            let message = format!("{year}年没有{festival}的放假");
            report.push(
                Diagnostic::error(Code::Missing, message)
                    .at(file.year.place)
                    .help("照国务院办公厅的通知把全年的都写上；“节日”写全名"),
            );
        }
    }
    report
}
