//! 名单 — lists that are kept of enterprises: titles, the yearly evaluation by output per mu, any other list; who came onto it when and by
//! which document, until when it holds, who left it and why: `data/lists/*.yaml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{CreditCode, Recurrence, Register};
use crate::calendar::{Day, Year};
use crate::diag::{Code, Diagnostic, Report};
use crate::document::{ClauseId, Status};
use crate::yaml::Located;

/// A list: one file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// What it is called.
    #[serde(rename = "名称")]
    pub name: Located<String>,
    /// The title that those on it have, as rules ask for it.
    #[serde(rename = "称号", default)]
    pub title: Option<Located<String>>,
    /// The year of an evaluation whose grades it holds.
    #[serde(rename = "亩均评价", default)]
    pub graded: Option<Located<Year>>,
    /// Who keeps it.
    #[serde(rename = "发布机关", default)]
    pub keeper: Option<String>,
    /// How final it is.
    #[serde(rename = "状态", default)]
    pub status: Status,
    /// How often it is published anew.
    #[serde(rename = "定期", default)]
    pub again: Option<Located<Recurrence>>,
    /// The clause of a policy by which enterprises come onto it.
    #[serde(rename = "依据", default)]
    pub basis: Option<Basis>,
    /// Who is and was on it.
    #[serde(rename = "条目")]
    pub entries: Vec<Listed>,
}

/// The clause that fills a list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// The policy's folder.
    #[serde(rename = "政策")]
    pub policy: Located<String>,
    /// The clause.
    #[serde(rename = "条款")]
    pub clause: Located<ClauseId>,
}

/// An enterprise on a list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// The enterprise.
    #[serde(rename = "企业")]
    pub enterprise: Located<CreditCode>,
    /// The day on which it came onto the list.
    #[serde(rename = "列入")]
    pub from: Located<Day>,
    /// The document that says so.
    #[serde(rename = "文件")]
    pub document: Located<String>,
    /// The last day on which that holds.
    #[serde(rename = "有效期至", default)]
    pub until: Option<Located<Day>>,
    /// The first day on which it is no longer on it.
    #[serde(rename = "退出", default)]
    pub left: Option<Located<Day>>,
    /// Why it left.
    #[serde(rename = "原因", default)]
    pub reason: Option<String>,
    /// Its grade in an evaluation.
    #[serde(rename = "等级", default)]
    pub grade: Option<Located<String>>,
}

impl Listed {
    /// The last day on which it is on the list; `None` where no end is known.
    #[must_use]
    pub fn last(&self) -> Option<Day> {
        let ends = [self.until.map(|day| day.value), self.left.map(|day| day.value.yesterday())];
        ends.into_iter().flatten().min()
    }

    /// The first day on which it no longer held, if that is over on a day.
    #[must_use]
    pub fn left_by(&self, on: Day) -> Option<Day> {
        self.last().filter(|last| *last < on).map(Day::tomorrow)
    }

    /// Why it is no longer on the list on a day; empty while it is.
    #[must_use]
    pub fn why_gone(&self, on: Day) -> &str {
        match (&self.reason, self.left_by(on)) {
            (Some(reason), Some(_)) => reason,
            (None, Some(_)) => "有效期满",
            (_, None) => "",
        }
    }

    /// Whether it is on the list on a day.
    #[must_use]
    pub fn holds(&self, on: Day) -> bool {
        self.from.value <= on && self.last().is_none_or(|last| on <= last)
    }
}

impl Listing {
    /// Those who are on it on a day.
    pub fn on(&self, day: Day) -> impl Iterator<Item = &Listed> {
        self.entries.iter().filter(move |entry| entry.holds(day))
    }

    /// Those who came onto it after a day and are on it on another.
    pub fn came(&self, since: Day, on: Day) -> impl Iterator<Item = &Listed> {
        self.on(on).filter(move |entry| entry.from.value > since)
    }

    /// Those who were on it on a day and no longer are on another.
    pub fn gone(&self, since: Day, on: Day) -> impl Iterator<Item = &Listed> {
        self.entries.iter().filter(move |entry| entry.holds(since) && !entry.holds(on))
    }

    fn check(&self, report: &mut Report) {
        for (at, entry) in self.entries.iter().enumerate() {
            for (key, end) in [("有效期至", entry.until), ("退出", entry.left)] {
                if let Some(end) = end.filter(|end| end.value < entry.from.value) {
                    let message = format!("{key}{}，在列入的{}以前", end.value, entry.from.value);
                    report.push(Diagnostic::error(Code::Date, message).at(end.place).help("核对两个日期"));
                }
            }
            if let (Some(left), None) = (entry.left, &entry.reason) {
                report.push(
                    Diagnostic::error(Code::Missing, "写了退出，没有写原因").at(left.place).help("补上“原因: …”"),
                );
            }
            match (&self.graded, &entry.grade) {
                (Some(_), None) => report.push(
                    Diagnostic::error(Code::Missing, "亩均评价的名单，每家写明等级")
                        .at(entry.enterprise.place)
                        .help("补上“等级: A”"),
                ),
                (None, Some(grade)) => report.push(
                    Diagnostic::error(
                        Code::Contradiction,
                        format!("“{}”不是亩均评价的名单，没有等级", self.name.value),
                    )
                    .at(grade.place)
                    .help("删去“等级”；是亩均评价的，写“亩均评价: 2023”"),
                ),
                _ => {}
            }
            let overlaps = |other: &&Listed| {
                other.enterprise.value == entry.enterprise.value
                    && other.last().is_none_or(|last| entry.from.value <= last)
                    && entry.last().is_none_or(|last| other.from.value <= last)
            };
            if self.entries.iter().take(at).any(|other| overlaps(&other)) {
                let message = format!("{}在“{}”里写了两次，时间重叠", entry.enterprise.value, self.name.value);
                report.push(
                    Diagnostic::error(Code::Duplicate, message)
                        .at(entry.enterprise.place)
                        .help("留下一条；重新列入的，前一条写明退出或有效期"),
                );
            }
        }
    }
}

/// What lists say of an enterprise for a year.
#[derive(Debug, Clone, Default)]
pub(super) struct Attested {
    titles: Option<Located<Vec<String>>>,
    grade: Option<Located<String>>,
}

impl Attested {
    pub(super) fn titles(&self) -> Option<&Located<Vec<String>>> {
        self.titles.as_ref()
    }

    pub(super) fn grade(&self) -> Option<&Located<String>> {
        self.grade.as_ref()
    }
}

impl Register {
    /// Takes in the lists, by the stem of their files. What an enterprise is called by lists in a year is what they say at the end of
    /// that year; a title that a list keeps is no longer asked of the enterprise's own file.
    #[must_use]
    pub fn take_listings(&mut self, listings: BTreeMap<String, Listing>) -> Report {
        let mut report = Report::default();
        let mut kept = BTreeMap::new();
        for (stem, mut listing) in listings {
            listing.check(&mut report);
            listing.entries.retain_mut(|entry| {
                let known = self.enterprise(entry.enterprise.value).is_some();
                entry.enterprise.value = self.today(entry.enterprise.value);
                if !known {
                    let message = format!("企业库里没有统一社会信用代码 {}", entry.enterprise.value);
                    report.push(
                        Diagnostic::error(Code::Reference, message)
                            .at(entry.enterprise.place)
                            .help("改正代码，或先在 data/enterprises 里登记"),
                    );
                }
                known
            });
            kept.insert(stem, listing);
        }
        self.listings = kept;
        report.absorb(self.check_years_graded());
        report.absorb(self.check_own_titles());
        self.attest();
        report
    }

    /// A year has one evaluation.
    fn check_years_graded(&self) -> Report {
        let mut report = Report::default();
        let mut years = Vec::new();
        for graded in self.listings.values().filter_map(|listing| listing.graded) {
            if years.contains(&graded.value) {
                let message = format!("{}年的亩均评价有两份名单", graded.value);
                report.push(Diagnostic::error(Code::Duplicate, message).at(graded.place).help("并成一份，或改正年度"));
            }
            years.push(graded.value);
        }
        report
    }

    /// A title that a list keeps and that an enterprise's own file claims stands on the list.
    fn check_own_titles(&self) -> Report {
        let mut report = Report::default();
        for enterprise in self.enterprises.values() {
            let Some(titles) = &enterprise.titles else { continue };
            for title in &titles.value {
                let mut of_title = self.listings_of(title).peekable();
                let Some(first) = of_title.peek().map(|listing| listing.name.value.as_str()) else { continue };
                let code = enterprise.code.value;
                if !of_title.any(|listing| listing.entries.iter().any(|entry| entry.enterprise.value == code)) {
                    let message = format!("称号“{title}”由名单“{first}”管，名单里没有{}", enterprise.name.value);
                    report.push(
                        Diagnostic::warning(Code::Contradiction, format!("{message}，核定以名单为准"))
                            .at(titles.place)
                            .help("在名单里写明何时、据哪个文件列入；没有列入的，从企业的“称号”里删去"),
                    );
                }
            }
        }
        report
    }

    /// The lists that keep a title.
    fn listings_of<'r>(&'r self, title: &'r str) -> impl Iterator<Item = &'r Listing> {
        let keeps = move |listing: &&Listing| listing.title.as_ref().is_some_and(|own| own.value == title);
        self.listings.values().filter(keeps)
    }

    /// Notes what the lists say of each enterprise for each declared year.
    fn attest(&mut self) {
        let mut attested: BTreeMap<(CreditCode, Year), Attested> = BTreeMap::new();
        for year in self.declarations.keys() {
            for enterprise in self.enterprises.values() {
                let of_year = self.attested_in(enterprise.code.value, *year);
                if of_year.titles.is_some() || of_year.grade.is_some() {
                    attested.insert((enterprise.code.value, *year), of_year);
                }
            }
        }
        self.attested = attested;
    }

    fn attested_in(&self, code: CreditCode, year: Year) -> Attested {
        let Some(end) = Day::new(year.0, 12, 31) else { return Attested::default() };
        let own = self.enterprises.get(&code).and_then(|enterprise| enterprise.titles.as_ref());
        let entry_of = |listing: &'_ Listing| -> Option<Located<()>> {
            let entry = listing.on(end).find(|entry| entry.enterprise.value == code)?;
            Some(Located { value: (), place: entry.enterprise.place })
        };
        let mut place = None;
        let mut titles: Vec<String> = Vec::new();
        // Titles that no list keeps are the enterprise's own word; they come in its order, those of the lists behind them.
        for title in own.iter().flat_map(|titles| &titles.value) {
            let mut kept = self.listings_of(title).peekable();
            let on_list = kept.peek().is_none() || kept.any(|listing| entry_of(listing).is_some());
            titles.extend(on_list.then(|| title.clone()));
        }
        let mut any = false;
        for listing in self.listings.values() {
            let Some(title) = &listing.title else { continue };
            any = true;
            if let Some(entry) = entry_of(listing) {
                place = place.or(Some(entry.place));
                if !titles.contains(&title.value) {
                    titles.push(title.value.clone());
                }
            }
        }
        let place = place.or(own.map(|titles| titles.place));
        let titles = place.filter(|_| any).map(|place| Located { value: titles, place });
        let graded = self.listings.values().find(|listing| listing.graded.is_some_and(|of| of.value == year));
        let graded = graded.and_then(|listing| listing.entries.iter().find(|entry| entry.enterprise.value == code));
        Attested { titles, grade: graded.and_then(|entry| entry.grade.clone()) }
    }
}
