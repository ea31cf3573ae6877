//! 公开的公文 — the public documents as a reader meets them: one address for all versions of a document, in the order of lists,
//! each with what later documents say of it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::calendar::Day;
use crate::diag::{Code, Diagnostic, Report};
use crate::document::{Document, PublicPeriod, RelationKind, Validity};

use super::column::Column;
use super::contents::Words;
use super::identity::Identity;
use super::link;

/// A document as lists show it, with its earlier versions.
#[derive(Serialize)]
pub(super) struct Listed<'a> {
    /// The latest version.
    #[serde(skip)]
    pub(super) document: &'a Document,
    /// The versions before it that are still shown, latest first.
    #[serde(skip)]
    pub(super) earlier: Vec<&'a Document>,
    #[serde(skip)]
    pub(super) relations: Vec<Related<'a>>,
    #[serde(skip)]
    pub(super) day: Option<Day>,
    /// The day on which anything last happened to it: published, corrected, withdrawn, repealed, its time over.
    #[serde(skip)]
    pub(super) changed: Option<Day>,
    /// The day on which its first version that is still shown was published.
    #[serde(skip)]
    pub(super) first: Option<Day>,
    /// The number of its version, where there were others before.
    pub(super) version: Option<u16>,
    pub(super) title: &'a str,
    /// The title as HTML, broken between its words alone.
    pub(super) broken: String,
    /// Its page, encoded.
    pub(super) path: String,
    #[serde(skip)]
    pub(super) column: &'a str,
    pub(super) number: Option<String>,
    pub(super) date: Option<String>,
    pub(super) mark: Option<&'static str>,
    /// The days of a 公示, with how it stands on the day of the build; the script of the page brings that up to the day of
    /// reading.
    pub(super) period: Option<Running>,
    /// The word of its 有效性 where it is no longer in force, or 已撤回.
    pub(super) over: Option<&'static str>,
}

/// A 公示 whose last day is known.
#[derive(Serialize)]
pub(super) struct Running {
    from: String,
    last: String,
    state: &'static str,
}

/// How a 公示 stands on a day; it is open on its last day, too.
pub(super) fn state(period: &PublicPeriod, on: Day) -> &'static str {
    match period.last {
        _ if on < period.from => "未开始",
        Some(last) if on > last => "已结束",
        Some(_) => "公示中",
        None => "公示期未定",
    }
}

impl Running {
    fn of(document: &Document, on: Day) -> Option<Self> {
        let period = document.record.publication.period.as_ref().filter(|_| document.shows_text())?;
        Some(Self { from: period.from.iso(), last: period.last?.iso(), state: state(period, on) })
    }
}

/// Another document that this one has to do with.
pub(super) struct Related<'a> {
    /// What it is to this one: `公示结果`, `被废止`.
    pub(super) words: &'static str,
    pub(super) document: &'a Document,
}

/// What a document is about, in a sentence. A withdrawn one says only that it is, and why.
pub(super) fn summary(document: &Document) -> Cow<'_, str> {
    match &document.record.publication.withdrawn {
        Some(withdrawal) => Cow::Owned(format!("本文已于{}撤回：{}", withdrawal.on, withdrawal.reason)),
        None => Cow::Borrowed(&document.record.summary),
    }
}

/// The keywords of a document whose text is shown.
pub(super) fn keywords(document: &Document) -> &[String] {
    if document.shows_text() { &document.record.keywords } else { &[] }
}

/// The folder of the latest version of a document, below the output folder.
#[must_use]
pub fn notice_folder(slug: &str) -> String {
    format!("notices/{slug}")
}

/// Where the form lies that a document hands out, in the document's folder.
#[must_use]
pub fn form_path(folder: &str, slug: &str) -> String {
    format!("{folder}/{slug}-form.xlsx")
}

/// The address of the page of a document's latest version.
#[must_use]
pub fn notice_address(identity: &Identity, slug: &str) -> String {
    identity.address(&notice_page(slug))
}

/// The page of the latest version of a document, below the output folder.
pub(super) fn notice_page(slug: &str) -> String {
    link::page(&notice_folder(slug))
}

/// The path of the PDF of a document's latest version, below the output folder.
#[must_use]
pub fn notice_pdf(slug: &str) -> String {
    format!("notices/{slug}/{slug}.pdf")
}

/// The file with the days of a 公示 for calendars, below the output folder.
pub(super) fn calendar_path(slug: &str) -> String {
    format!("notices/{slug}/{slug}.ics")
}

/// The folder of a version that was replaced.
pub(super) fn version_folder(document: &Document) -> String {
    format!("notices/{}/v{}", document.slug, document.record.publication.version)
}

/// The folder in which each document's files (its PDF, called `<slug>.pdf`) belong, in the order of `notices`; `None` for
/// those of which no file may be published: classified, not open, withdrawn, or a version of a withdrawn one.
#[must_use]
pub fn folders(notices: &[Document]) -> Vec<Option<String>> {
    let latest = latest(notices);
    notices
        .iter()
        .map(|document| {
            let current = latest.get(document.slug.as_str())?;
            if !document.shows_text() || !current.shows_text() {
                None
            } else if std::ptr::eq(*current, document) {
                Some(notice_folder(&document.slug))
            } else {
                Some(version_folder(document))
            }
        })
        .collect()
}

/// The latest public version of each slug.
fn latest(notices: &[Document]) -> BTreeMap<&str, &Document> {
    let mut latest: BTreeMap<&str, &Document> = BTreeMap::new();
    for document in notices.iter().filter(|document| document.is_public()) {
        let slot = latest.entry(&document.slug).or_insert(document);
        if document.record.publication.version > slot.record.publication.version {
            *slot = document;
        }
    }
    latest
}

/// All documents that may be published, newest first.
pub(super) fn listed<'a>(
    notices: &'a [Document],
    elsewhere: &BTreeSet<String>,
    (on, words): (Day, Words<'_>),
    report: &mut Report,
) -> Vec<Listed<'a>> {
    let latest = latest(notices);
    let mut versions: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
    for document in notices.iter().filter(|document| document.is_public()) {
        versions.entry(&document.slug).or_default().push(document);
    }
    let mut backward: BTreeMap<&str, Vec<(RelationKind, &Document)>> = BTreeMap::new();
    for document in latest.values() {
        for relation in &document.record.publication.relations {
            backward.entry(&relation.to).or_default().push((relation.kind, document));
        }
    }
    let mut listed: Vec<Listed> = latest
        .values()
        .map(|document| {
            let mut earlier = versions.remove(document.slug.as_str()).unwrap_or_default();
            earlier.retain(|version| !std::ptr::eq(*version, *document) && version.shows_text());
            earlier.sort_by_key(|version| std::cmp::Reverse(version.record.publication.version));
            if !document.shows_text() {
                earlier.clear();
            }
            let back = backward.get(document.slug.as_str()).map_or(&[][..], Vec::as_slice);
            Listed::new(document, (on, words), earlier, related(document, back, &latest, notices, elsewhere, report))
        })
        .collect();
    listed.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.path.cmp(&b.path)));
    listed
}

fn related<'a>(
    document: &'a Document,
    back: &[(RelationKind, &'a Document)],
    latest: &BTreeMap<&str, &'a Document>,
    notices: &[Document],
    elsewhere: &BTreeSet<String>,
    report: &mut Report,
) -> Vec<Related<'a>> {
    let mut found = Vec::new();
    for relation in &document.record.publication.relations {
        if let Some(other) = latest.get(relation.to.as_str()) {
            found.push(Related { words: relation.kind.forward(), document: other });
        } else if !notices.iter().any(|other| other.slug == relation.to) && !elsewhere.contains(&relation.to) {
            report.push(
                Diagnostic::error(Code::Reference, format!("《{}》关联的文件“{}”不存在", document.title, relation.to))
                    .help("“文件”写公文的文件名，不带扩展名"),
            );
        }
    }
    found.extend(back.iter().map(|(kind, other)| Related { words: kind.backward(), document: other }));
    found
}

impl<'a> Listed<'a> {
    fn new(
        document: &'a Document,
        (on, words): (Day, Words<'_>),
        earlier: Vec<&'a Document>,
        relations: Vec<Related<'a>>,
    ) -> Self {
        let record = &document.record;
        let day = record.published.or(record.dated);
        let over = if record.publication.withdrawn.is_some() {
            Some("已撤回")
        } else {
            (record.validity != Validity::Valid).then(|| record.validity.name())
        };
        Self {
            document,
            relations,
            day,
            changed: [day, record.publication.withdrawn.as_ref().map(|withdrawal| withdrawal.on), ended(document)]
                .into_iter()
                .flatten()
                .max(),
            first: earlier
                .iter()
                .filter_map(|version| version.record.published.or(version.record.dated))
                .chain(day)
                .min(),
            version: (!earlier.is_empty()).then(|| record.publication.version.number()),
            title: &document.title,
            broken: words.broken(&document.title),
            path: link::encode_path(&notice_page(&document.slug)),
            column: Column::of(document),
            number: document.masthead.number.as_ref().map(ToString::to_string),
            date: day.map(Day::iso),
            mark: document.status.mark(),
            period: Running::of(document, on),
            over,
            earlier,
        }
    }
}

/// The first day on which a document is no longer in force.
fn ended(document: &Document) -> Option<Day> {
    let publication = &document.record.publication;
    match document.record.validity {
        Validity::Expired => publication.expires.map(Day::tomorrow),
        Validity::Repealed => publication.repealed,
        _ => None,
    }
}

/// The last day on which it was, or will be, in force, where that is known.
pub(super) fn last_day(document: &Document) -> Option<Day> {
    let publication = &document.record.publication;
    let withdrawn = publication.withdrawn.as_ref().map(|withdrawal| withdrawal.on);
    withdrawn.or(publication.repealed).map(Day::yesterday).or(publication.expires)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_publicity_is_open_from_its_first_day_to_its_last() {
        let mut period: PublicPeriod =
            serde_json::from_value(serde_json::json!({ "起": "2024-06-13", "工作日": 5 })).unwrap();
        assert_eq!(state(&period, day("2024-06-13")), "公示期未定");
        period.last = Some(day("2024-06-19"));
        for (on, expected) in
            [("2024-06-12", "未开始"), ("2024-06-13", "公示中"), ("2024-06-19", "公示中"), ("2024-06-20", "已结束")]
        {
            assert_eq!(state(&period, day(on)), expected, "{on}");
        }
    }
}
