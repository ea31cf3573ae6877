//! 网站 — the room that the public sees. All of it comes from the record: documents that were issued and are 主动公开, the
//! catalogues that they issue, and the awards that they publish, with exactly the fields that they show.

use std::collections::{BTreeMap, BTreeSet};

use super::artifact::Sheets;
use super::filling::Filling;
use super::form::FORM;
use super::{Artifact, Room, Spool, Workshop};
use crate::award::{Explained, Verdict, csv, json};
use crate::calendar::{Day, Year};
use crate::diag::Report;
use crate::document::{Dataset, Document, Genre, Status, Validity};
use crate::draft::comparison;
use crate::draft::explanation::Detail;
use crate::draft::facts::short_name;
use crate::draft::lists::{AwardList, Columns, order};
use crate::draft::years;
use crate::policy::Policy;
use crate::record::{Frozen, FrozenCatalogue, Registration};
use crate::site;

/// A version that the public may see.
struct Public<'r> {
    entry: &'r Registration,
    frozen: &'r Frozen,
    document: Document,
}

impl Workshop<'_> {
    /// The files of the site.
    pub(super) fn site(&self, spool: &Spool, report: &mut Report) -> Vec<Artifact> {
        let record = &self.project.record;
        let mut room = Filling::new(Room::Site, spool);
        room.register = record.registry.head();
        let public: Vec<Public<'_>> = record
            .shown(self.on)
            .filter_map(|(entry, frozen, document)| document.is_public().then_some(Public { entry, frozen, document }))
            .collect();
        let mut notices: Vec<Document> = public.iter().map(|version| version.document.clone()).collect();
        // Nothing public points to what is not.
        for notice in &mut notices {
            let relations = &mut notice.record.publication.relations;
            relations.retain(|relation| public.iter().any(|version| version.entry.slug == relation.to));
        }
        for (version, folder) in public.iter().zip(site::folders(&notices)) {
            let slug = &version.entry.slug;
            let Some(folder) = folder else { continue };
            if let Some(pdf) = self.project.issued_file(version.entry, &format!("{slug}.pdf")) {
                let sources = vec![crate::record::version_folder(slug, version.entry.version)];
                let path = format!("{folder}/{slug}.pdf");
                let kept = if spool.keeps() { pdf.clone() } else { Vec::new() };
                room.add_print(path.clone(), Sheets::new(pdf, None, spool), sources);
                room.sum(&path, &kept);
            }
            if let Some(form) = self.project.issued_file(version.entry, FORM).filter(|_| version.document.shows_text())
            {
                room.add(site::form_path(&folder, slug), form, Vec::new());
            }
        }
        for Public { entry, frozen, document } in &public {
            self.issued_pictures(entry, frozen, document, &mut room);
        }
        let mut datasets: Vec<Dataset> = Vec::new();
        let mut articles = Vec::new();
        for (entry, catalogue) in catalogues(&public) {
            let slug = &catalogue.slug;
            if let Some(pdf) = self.project.issued_file(entry, "catalogue.pdf") {
                room.add_print(format!("catalogues/{slug}/{slug}.pdf"), Sheets::new(pdf, None, spool), Vec::new());
            }
            let issued_by = vec![slug_of(entry)];
            datasets.push(Dataset { published: Some(entry.on), issued_by, ..catalogue.dataset.clone() });
        }
        let detail = self.project.disclosure.awards;
        let told: Vec<Told> = by_year(&public)
            .into_iter()
            .map(|(year, published)| Told::of(year, &published, &self.project.policies))
            .collect();
        let lists: Vec<AwardList<'_>> = told.iter().map(|told| told.list(detail)).collect();
        for (list, told) in lists.iter().zip(&told) {
            let year = list.year;
            let shown = told.awards.iter().filter(|award| detail == Detail::Everything || is_given(award));
            let records: Vec<_> = shown.map(|award| list.columns.cut(award, detail)).collect();
            datasets.push(Dataset { issued_by: told.issued_by.clone(), ..list.dataset() });
            articles.extend(list.explanations());
            room.add(format!("awards/{year}/awards.json"), json(&records).into_bytes(), Vec::new());
            room.add(format!("awards/{year}/awards.csv"), csv(&records).into_bytes(), Vec::new());
        }
        datasets.extend(years::pages(&lists, &named(&self.project.policies, &notices)));
        let current = public.iter().filter(|version| !version.frozen.comparison.is_empty());
        for Public { frozen, document, .. } in current.filter(|version| version.document.shows_text()) {
            let folder = site::notice_folder(&document.slug);
            if document.record.validity != Validity::Corrected {
                articles.extend(comparison::article(document, &folder, frozen.comparison.clone()));
            }
        }
        articles.extend(self.followed_up(
            &notices,
            self.project.disclosure.followup,
            told.last().map(|told| told.year),
            false,
        ));
        articles.extend(self.guides(&notices, |document, rules| {
            let own = public.iter().find(|version| version.document.slug == document.slug);
            own.is_some_and(|version| version.frozen.comparison == rules)
        }));
        self.draw(&articles, &mut room);
        let shown = room.shelves(&notices, &datasets, site::Articles::of(&articles));
        let pages = self.page_files(Room::Site, &shown, spool, report);
        room.add_pages(pages);
        room.finish(report)
    }
}

fn slug_of(entry: &Registration) -> String {
    entry.slug.clone()
}

/// The policies as pages over the years name them.
pub(super) fn named(policies: &[Policy], notices: &[Document]) -> Vec<years::Named> {
    let shown = |slug: &str| notices.iter().any(|notice| notice.slug == slug && notice.shows_text());
    let of = |policy: &Policy| years::Named {
        slug: policy.slug.clone(),
        number: policy.name().to_owned(),
        shown: shown(&policy.slug),
    };
    policies.iter().map(of).collect()
}

/// What the documents of a year tell of its awards.
struct Told {
    year: Year,
    short: String,
    awards: Vec<Explained>,
    order: Vec<(String, String)>,
    columns: Columns,
    status: Status,
    published: Option<Day>,
    /// The documents, by their names.
    issued_by: Vec<String>,
}

impl Told {
    fn of(year: Year, published: &[&Public<'_>], policies: &[Policy]) -> Self {
        // What is refused keeps its place: it gives the order of the clauses, and is told where all of it is public.
        let mut awards: Vec<Explained> = Vec::new();
        let mut columns = Columns::ALL;
        for version in published {
            let shown = shown_awards(version);
            columns = columns.both(Columns::shown_by(&version.document, &shown));
            let hidden = |award: &&Explained| is_given(award) && !shown.iter().any(|one| std::ptr::eq(*one, *award));
            awards.extend(version.frozen.awards.iter().filter(|award| !hidden(award)).cloned());
        }
        let selections = published.iter().filter_map(|version| version.entry.awarded.as_ref());
        let mut named: Vec<String> = selections.map(|selection| short_name(selection, policies)).collect();
        named.dedup();
        let statuses = published.iter().map(|version| version.entry.status);
        Self {
            year,
            short: if let [name] = named.as_slice() { name.clone() } else { String::new() },
            order: order(awards.iter().map(|award| (award.award.clause.as_str(), award.award.name.as_str()))),
            awards,
            columns,
            status: statuses.max_by_key(sample_last).unwrap_or_default(),
            published: published.iter().map(|version| version.entry.on).max(),
            issued_by: published.iter().map(|version| slug_of(version.entry)).collect(),
        }
    }

    fn list(&self, detail: Detail) -> AwardList<'_> {
        let Self { year, short, awards, order, columns, status, published, .. } = self;
        AwardList {
            year: *year,
            short,
            awards,
            order,
            columns: *columns,
            detail,
            status: *status,
            published: *published,
            letters: false,
        }
    }
}

/// A sample among final documents makes the list a sample.
fn sample_last(status: &Status) -> u8 {
    u8::from(*status != Status::Final)
}

/// The catalogues and lists that the public may see: each as the last document that issued it has it.
fn catalogues<'r>(public: &[Public<'r>]) -> Vec<(&'r Registration, &'r FrozenCatalogue)> {
    let mut latest: BTreeMap<&str, (&Registration, &FrozenCatalogue)> = BTreeMap::new();
    for version in public.iter().filter(|version| version.document.shows_text()) {
        if let Some(catalogue) = &version.frozen.catalogue {
            latest.insert(&catalogue.dataset.path, (version.entry, catalogue));
        }
    }
    latest.into_values().collect()
}

/// The documents that publish the awards of each year, as they stand: of a 公示 and the document that concluded it, the latter.
fn by_year<'p, 'r>(public: &'p [Public<'r>]) -> BTreeMap<Year, Vec<&'p Public<'r>>> {
    let mut years: BTreeMap<Year, Vec<&Public<'_>>> = BTreeMap::new();
    let current = |version: &&Public<'_>| {
        version.document.shows_text() && version.document.record.validity != Validity::Corrected
    };
    let mut versions: Vec<&Public<'_>> = public.iter().filter(current).collect();
    versions.sort_by_key(|version| (version.entry.genre == Genre::Publicity, std::cmp::Reverse(version.entry.on)));
    for version in versions {
        let Some(selection) = &version.entry.awarded else { continue };
        let of_year = years.entry(selection.year).or_default();
        let meets = |other: &&Public<'_>| other.entry.awarded.as_ref().is_some_and(|other| other.meets(selection));
        if !of_year.iter().any(meets) {
            of_year.push(version);
        }
    }
    years
}

/// The awards of a document that it shows, each as [`Lines::show`] finds it.
fn shown_awards<'v>(version: &'v Public<'_>) -> Vec<&'v Explained> {
    let lines = Lines::of(version.document.words());
    let given = || version.frozen.awards.iter().filter(|award| is_given(award));
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for award in given() {
        *count.entry(&award.award.code).or_default() += 1;
    }
    given().filter(|award| lines.show(award, count.get(award.award.code.as_str()) == Some(&1))).collect()
}

fn is_given(award: &Explained) -> bool {
    award.award.outcome == Verdict::Given && !award.amount().is_zero()
}

/// What a document says: the rows of its tables by the words of their cells, and its other lines.
struct Lines {
    rows: BTreeMap<String, Vec<Vec<String>>>,
    others: Vec<String>,
}

impl Lines {
    fn of(words: Vec<String>) -> Self {
        let mut lines = Self { rows: BTreeMap::new(), others: Vec::new() };
        for line in words {
            let cells: Vec<String> = line.split(" | ").map(str::to_owned).collect();
            if cells.len() == 1 {
                lines.others.push(line);
                continue;
            }
            for cell in BTreeSet::from_iter(&cells) {
                lines.rows.entry(cell.clone()).or_default().push(cells.clone());
            }
        }
        lines
    }

    /// Whether an award is told: a row with the enterprise and the very amount in cells of their own, and with what it is for
    /// unless it is the enterprise's only one; or a sentence that names enterprise and amount.
    fn show(&self, award: &Explained, only: bool) -> bool {
        let record = &award.award;
        let amount = award.amount();
        let figures = [amount.yuan_text(), amount.wan_text(), amount.to_string()];
        let what_for = |cells: &[String]| {
            let own = record.subject == record.enterprise;
            only || cells.iter().any(|cell| cell.contains(&record.name) || !own && *cell == record.subject)
        };
        let rows = self.rows.get(&record.enterprise).map_or(&[][..], Vec::as_slice);
        let in_row = rows.iter().any(|cells| cells.iter().any(|cell| figures.contains(cell)) && what_for(cells));
        let written = amount.to_string();
        let in_sentence = |line: &String| {
            let told = line.match_indices(&written).any(|(at, _)| {
                let before = line.get(..at).and_then(|before| before.chars().next_back());
                !before.is_some_and(|sign| sign.is_ascii_digit() || sign == '.')
            });
            told && line.contains(&record.enterprise)
        };
        in_row || self.others.iter().any(in_sentence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn award(subject: &str, amount: &str) -> Explained {
        serde_json::from_value(serde_json::json!({
            "政策": "", "条文": "", "距下一档": [],
            "结论": {
                "年度": 2023, "政策": "甲", "条款": "一", "事项": "产品奖励", "企业": "示例公司", "统一社会信用代码": "1",
                "区县": "乙", "对象": subject, "结果": "给予", "金额": amount, "封顶": null, "理由": null, "计算": [],
            },
        }))
        .unwrap()
    }

    /// A figure that only stands inside a larger one, or beside another matter, is not shown.
    #[test]
    fn what_a_document_does_not_show_is_not_public() {
        let lines = |words: &[&str]| Lines::of(words.iter().map(|line| (*line).to_owned()).collect());
        let table = lines(&["1 | 示例公司 | 板材 | 1000000", "2 | 别的公司 | 箔材 | 100000"]);
        assert!(table.show(&award("板材", "1000000.00"), false));
        for hidden in [award("箔材", "100000.00"), award("板材", "100000.00"), award("箔材", "1000000.00")] {
            assert!(!table.show(&hidden, false), "{hidden:?}");
        }
        assert!(table.show(&award("示例公司", "1000000.00"), true));
        let prose = lines(&["给予示例公司奖励100万元。"]);
        assert!(prose.show(&award("板材", "1000000.00"), false));
        assert!(!lines(&["给予示例公司奖励2100万元。"]).show(&award("板材", "1000000.00"), false));
    }
}
