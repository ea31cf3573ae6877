//! 网站 — the room that the public sees. All of it comes from the record: documents that were issued and are 主动公开, the
//! catalogues that they issue, and the awards that they publish, with exactly the fields that they show.

use std::collections::BTreeMap;

use super::artifact::Sheets;
use super::room::{Filling, Room};
use super::workshop::Shelves;
use super::{Artifact, Spool, Workshop, shows};
use crate::award::{Explained, Verdict, csv, json};
use crate::calendar::Year;
use crate::diag::Report;
use crate::document::{Dataset, Document, Genre, Status};
use crate::draft::facts::short_name;
use crate::draft::lists::{AwardList, Columns};
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
                room.add_print(format!("{folder}/{slug}.pdf"), Sheets::new(pdf, None, spool), sources);
            }
        }
        for (path, bytes) in &self.project.pictures {
            if notices.iter().any(|notice| notice.shows_text() && shows(notice, path)) {
                room.add(site::figure_path(path), bytes.clone(), vec![path.clone()]);
            }
        }
        let mut datasets: Vec<Dataset> = Vec::new();
        let mut articles = Vec::new();
        for (entry, catalogue) in catalogues(&public) {
            let slug = &catalogue.slug;
            if let Some(pdf) = self.project.issued_file(entry, "catalogue.pdf") {
                room.add_print(format!("catalogues/{slug}/{slug}.pdf"), Sheets::new(pdf, None, spool), Vec::new());
            }
            datasets.push(Dataset { published: Some(entry.on), ..catalogue.dataset.clone() });
        }
        for (year, published) in by_year(&public) {
            let mut awards: Vec<Explained> = Vec::new();
            let mut columns = Columns::ALL;
            for version in &published {
                let shown = shown_awards(version);
                columns = columns.both(Columns::shown_by(&version.document, &shown));
                awards.extend(shown.into_iter().cloned());
            }
            let mut named: Vec<String> = published
                .iter()
                .filter_map(|version| version.entry.awarded.as_ref())
                .map(|selection| short_name(selection, &self.project.policies))
                .collect();
            named.dedup();
            let detail = self.project.disclosure.awards;
            let list = AwardList {
                year,
                short: if let [name] = named.as_slice() { name } else { "" },
                awards: &awards,
                columns,
                detail,
                status: published
                    .iter()
                    .map(|version| version.entry.status)
                    .max_by_key(sample_last)
                    .unwrap_or_default(),
                published: published.iter().map(|version| version.entry.on).max(),
                letters: false,
            };
            let records: Vec<_> = awards.iter().map(|award| columns.cut(award, detail)).collect();
            datasets.push(list.dataset());
            articles.extend(list.explanations());
            room.add(format!("awards/{year}/awards.json"), json(&records).into_bytes(), Vec::new());
            room.add(format!("awards/{year}/awards.csv"), csv(&records).into_bytes(), Vec::new());
        }
        let shown = Shelves { notices: &notices, datasets: &datasets, articles: &articles, files: &room.files };
        let pages = self.page_files(&shown, spool, report);
        room.add_pages(pages);
        room.finish(report)
    }
}

/// A sample among final documents makes the list a sample.
fn sample_last(status: &Status) -> u8 {
    u8::from(*status != Status::Final)
}

/// The catalogues that the public may see: each as the last document that issued it has it.
fn catalogues<'r>(public: &[Public<'r>]) -> Vec<(&'r Registration, &'r FrozenCatalogue)> {
    let mut latest: BTreeMap<&str, (&Registration, &FrozenCatalogue)> = BTreeMap::new();
    for version in public.iter().filter(|version| version.document.shows_text()) {
        if let Some(catalogue) = &version.frozen.catalogue {
            latest.insert(&catalogue.slug, (version.entry, catalogue));
        }
    }
    latest.into_values().collect()
}

/// The documents that publish the awards of each year, as they stand: of a 公示 and the document that concluded it, the latter.
fn by_year<'p, 'r>(public: &'p [Public<'r>]) -> BTreeMap<Year, Vec<&'p Public<'r>>> {
    let mut years: BTreeMap<Year, Vec<&Public<'_>>> = BTreeMap::new();
    let current = |version: &&Public<'_>| {
        version.document.shows_text() && version.document.record.validity != crate::document::Validity::Corrected
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

/// The awards that a document shows: those given, whose enterprise and amount stand in one line of it.
fn shown_awards<'v>(version: &'v Public<'_>) -> Vec<&'v Explained> {
    let lines = version.document.words();
    let shown = version.frozen.awards.iter().filter(|award| {
        let amount = award.amount();
        let figures = [amount.yuan_text(), amount.wan_text(), amount.to_string()];
        let in_line = |line: &String| {
            line.contains(&award.award.enterprise) && figures.iter().any(|figure| line.contains(figure.as_str()))
        };
        award.award.outcome == Verdict::Given && !amount.is_zero() && lines.iter().any(in_line)
    });
    shown.collect()
}
