//! 索引号 — the permanent number of every published document, 组织机构代码/年-流水 (`005253525/2016-00023`): given once by
//! `hongtou number`, kept in `data/index-numbers.yaml`, never changed and never given to another document
//! (《政府信息公开条例》第十二条: the 目录 names each document's 索引).

use std::collections::BTreeMap;

use super::Project;
use crate::calendar::{Day, Year};
use crate::diag::{Code, Diagnostic, Report};
use crate::document::{Disclosure, Status};
use crate::draft::Notice;
use crate::yaml::{Located, scalar};

/// The file that keeps them, below the workspace.
pub const INDEX_NUMBERS: &str = "data/index-numbers.yaml";

const HEAD: &str = "# 索引号：由 hongtou number 编写。一经编定不改动，文件删去了也不留给别的公文。\n";

/// The numbers given so far, by the name of the document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IndexNumbers(BTreeMap<String, Located<String>>);

/// Numbers that were given now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbering {
    /// Name and number of each document that had none.
    pub given: Vec<(String, String)>,
    /// The whole file as it stands afterwards: all that it held before, then the new ones.
    pub text: String,
}

/// Whether a document is to have a number: it is issued, public, and one for all.
fn is_numbered(notice: &Notice) -> bool {
    let head = &notice.head;
    let open = head.disclosure() == Disclosure::Open;
    head.status != Status::Draft && head.secrecy.is_none() && open && !head.for_each
}

impl IndexNumbers {
    /// Takes what the file holds; a number that stands twice is an error.
    pub(super) fn new(numbers: BTreeMap<String, Located<String>>) -> (Self, Report) {
        let mut report = Report::default();
        let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
        let mut in_order: Vec<_> = numbers.iter().collect();
        in_order.sort_by_key(|(_, number)| number.place.start);
        for (slug, number) in in_order {
            if let Some(first) = owners.insert(&number.value, slug) {
                report.push(
                    Diagnostic::error(Code::IndexNumber, format!("索引号 {} 已是“{first}”的", number.value))
                        .at(number.place)
                        .help("删去这一行，再用 hongtou number 编一个新的"),
                );
            }
        }
        (Self(numbers), report)
    }

    /// Gives each document the number that is kept for it; one that its own head writes otherwise is an error.
    pub(super) fn hand_out(&self, notices: &mut BTreeMap<String, Notice>, report: &mut Report) {
        for (slug, notice) in notices {
            let Some(kept) = self.0.get(slug) else { continue };
            match &notice.head.index_number {
                Some(own) if *own != kept.value => report.push(
                    Diagnostic::error(Code::IndexNumber, format!("公文写的索引号是 {own}，编定的是 {}", kept.value))
                        .at(notice.head.title.place)
                        .help(format!("索引号编定后不改动：删去公文里的“索引号”，以 {INDEX_NUMBERS} 为准")),
                ),
                _ => notice.head.index_number = Some(kept.value.clone()),
            }
        }
    }
}

impl Project {
    /// The documents that are published without a 索引号.
    pub fn without_index_number(&self) -> impl Iterator<Item = (&str, &Notice)> {
        let notices = self.notices.iter().filter(|(_, notice)| notice.head.index_number.is_none());
        notices.filter(|(_, notice)| is_numbered(notice)).map(|(slug, notice)| (slug.as_str(), notice))
    }

    /// The next free 索引号 of a year.
    #[must_use]
    pub fn next_index_number(&self, code: &str, year: Year) -> String {
        let last = self.last_index_numbers(code).get(&year).copied().unwrap_or_default();
        format!("{code}/{year}-{:05}", last.saturating_add(1))
    }

    /// The last serial number of each year.
    fn last_index_numbers(&self, code: &str) -> BTreeMap<Year, u32> {
        let own = self.notices.values().filter_map(|notice| notice.head.index_number.as_deref());
        let issued = self.record.registry.entries().filter_map(|entry| entry.index_number.as_deref());
        let kept = self.index_numbers.0.values().map(|number| number.value.as_str());
        let mut last: BTreeMap<Year, u32> = BTreeMap::new();
        for number in kept.chain(own).chain(issued) {
            let parts = number.strip_prefix(code).and_then(|rest| rest.strip_prefix('/')?.split_once('-'));
            if let Some((Ok(year), Ok(serial))) = parts.map(|(year, serial)| (year.parse(), serial.parse::<u32>())) {
                let most = last.entry(year).or_default();
                *most = serial.max(*most);
            }
        }
        last
    }

    /// Numbers all documents that have none, in the order of their days: after the last number of each year, which is the one of
    /// 发布日期, else of 成文日期, else of `on`. `code` is the office's 组织机构代码.
    #[must_use]
    pub fn number(&self, code: &str, on: Day) -> Numbering {
        let mut missing: Vec<(Day, &str)> = self
            .without_index_number()
            .map(|(slug, notice)| (notice.head.published.or(notice.head.dated).unwrap_or(on), slug))
            .collect();
        missing.sort_unstable();
        let mut last = self.last_index_numbers(code);
        let mut given: Vec<(String, String)> = Vec::new();
        for (day, slug) in missing {
            if given.iter().any(|(known, _)| known == slug) {
                continue;
            }
            let serial = last.entry(day.year()).or_default();
            *serial = serial.saturating_add(1);
            given.push((slug.to_owned(), format!("{code}/{}-{serial:05}", day.year())));
        }
        let before = self.sources.at(INDEX_NUMBERS);
        let mut text = before.map_or_else(|| HEAD.to_owned(), |source| source.text().to_owned());
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        for (slug, number) in &given {
            text.push_str(&format!("{}: {}\n", scalar(slug), scalar(number)));
        }
        Numbering { given, text }
    }
}
