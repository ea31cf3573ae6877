//! 办公室 — the room that nobody outside sees: all documents as they stand today, those not issued yet among them, the letters, the
//! awards whole with declared figures, steps and refusals.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::artifact::{Sheets, digest_of};
use super::explained::{Explanations, OfYear};
use super::filling::Filling;
use super::public::named;
use super::said::facts;
use super::{Artifact, Job, Room, Spool, Workshop, binding, plan};
use crate::award::{AwardRecord, Selection, csv, examine, write_json};
use crate::calendar::{Day, Year};
use crate::diag::{Diagnostic, Report};
use crate::document::{Article, Dataset, Disclosure, Document, Status, Validity};
use crate::draft::Notice;
use crate::draft::comparison;
use crate::draft::explanation::Detail;
use crate::draft::facts::{argument, selection_of};
use crate::draft::lists::{self, AwardList, Columns};
use crate::draft::years;
use crate::followup::Openness;
use crate::parallel::{both, parallel, threads};
use crate::project::Project;
use crate::review::secrecy::Secrets;
use crate::review::{Origin, privacy};
use crate::site;

/// What is kept of a document once it is printed: a thousand letters are kept as files, not as documents.
pub(super) enum Kept {
    /// The document, for its page.
    Page(Box<Document>),
    /// Only its PDF.
    File,
    /// Nothing: it must not lie about.
    Nothing,
}

/// Writes a file of awards.
type Text<'a> = Box<dyn Fn(&mut dyn Write) -> io::Result<()> + Sync + 'a>;

/// A document with what was printed of it, and what was found.
pub(super) type Printed = (Option<(Kept, Sheets)>, Report);

impl Workshop<'_> {
    /// What is kept of a document. A letter is looked at here for what it tells of secret documents; those with a page are when all
    /// of them are there.
    pub(super) fn keep(&self, job: &Job<'_>, document: Document, secrets: &Secrets, report: &mut Report) -> Kept {
        if job.path().is_none() {
            return Kept::Page(Box::new(document));
        }
        if document.masthead.secrecy.is_some() {
            return Kept::Nothing;
        }
        let told = secrets
            .document(&document, job.origin(self.sources))
            .map(|finding| job.locate(finding, self.project, self.sources));
        if clean(told, report) { Kept::File } else { Kept::Nothing }
    }

    /// The files of the office's room, of these documents with their PDFs.
    pub(super) fn office(
        &self,
        jobs: &[Job<'_>],
        made: Vec<Printed>,
        secrets: &Secrets,
        spool: &Spool,
        report: &mut Report,
    ) -> Vec<Artifact> {
        let Project { register, policies, cases, record, .. } = self.project;
        let awards = |year: Year| Some((year, self.awards.get(&Selection::year(year))?.assessments.as_slice()));
        report.absorb(examine(register, policies, cases, self.project.years().filter_map(awards)));
        let mut room = Filling::new(Room::Office, spool);
        let mut notices: Vec<Document> = Vec::new();
        let mut makers: Vec<&Job<'_>> = Vec::new();
        let mut printed: Vec<Sheets> = Vec::new();
        let mut letters: BTreeMap<&str, Vec<binding::Leaf>> = BTreeMap::new();
        for (job, (made, found)) in jobs.iter().zip(made) {
            report.absorb(found);
            let Some((kept, sheets)) = made else { continue };
            match (kept, job.path()) {
                (Kept::Page(document), _) => {
                    notices.push(*document);
                    makers.push(job);
                    printed.push(sheets);
                }
                (Kept::File, Some(path)) => match job {
                    Job::Letter { slug, .. } => {
                        letters.entry(slug).or_default().push((sheets, job.sources(self.project), path));
                    }
                    _ => room.add_print(path, sheets, job.sources(self.project)),
                },
                _ => {}
            }
        }
        for letters in letters.into_values() {
            binding::add(&mut room, letters, self.prints.as_ref(), report);
        }
        let told = self.keep_secrets(secrets, &mut notices, &makers, report);
        let mut sources: Vec<Vec<String>> = makers.iter().map(|job| job.sources(self.project)).collect();
        for (entry, frozen, document) in record.shown(self.on) {
            let slug = &entry.slug;
            let Some(pdf) = self.project.issued_file(entry, &format!("{slug}.pdf")) else { continue };
            self.issued_pictures(entry, frozen, &document, &mut room);
            notices.push(document);
            printed.push(Sheets::new(pdf, None, spool));
            sources.push(vec![crate::record::version_folder(slug, entry.version)]);
        }
        // Inside, whatever is not classified is shown, unless it tells of what is.
        for (number, notice) in notices.iter_mut().enumerate().filter(|(_, one)| one.masthead.secrecy.is_none()) {
            let disclosure = if told.contains(&number) { Disclosure::Withheld } else { Disclosure::Open };
            notice.record.publication.disclosure = Some(disclosure);
        }
        let classified: Vec<String> =
            notices.iter().filter(|one| one.masthead.secrecy.is_some()).map(|one| one.slug.clone()).collect();
        for notice in &mut notices {
            notice.record.publication.relations.retain(|relation| !classified.contains(&relation.to));
        }
        let folders = site::folders(&notices);
        for (((document, folder), sheets), sources) in notices.iter().zip(folders).zip(printed).zip(sources) {
            if let Some(folder) = folder {
                if let Some(form) = self.form_today(document) {
                    room.add(site::form_path(&folder, &document.slug), form, sources.clone());
                }
                room.add_print(format!("{folder}/{}.pdf", document.slug), sheets, sources);
            }
        }
        for (path, bytes) in &self.project.pictures {
            if notices.iter().any(|notice| notice.shows_text() && notice.pictures().contains(&path.as_str())) {
                room.add(site::figure_path(path), bytes.clone(), vec![path.clone()]);
            }
        }
        let years = self.years_told();
        let (datasets, explanations) = self.lists(&years, secrets, &notices, &mut room, report);
        let mut articles = self.comparisons(&notices);
        articles.extend(self.followed_up(&notices, Openness::Progress, self.project.years().last(), true));
        articles.extend(self.guides(&notices, |_, _| true));
        self.draw(&articles, &mut room);
        let of_year = |mut number: usize| {
            explanations.iter().find_map(|of_year| match number.checked_sub(of_year.count()) {
                Some(rest) => {
                    number = rest;
                    None
                }
                None => Some((of_year, number)),
            })
        };
        let make = |number: usize| of_year(number).and_then(|(of_year, number)| of_year.make(number));
        let of = |number: usize| of_year(number).and_then(|(of_year, number)| of_year.of(number));
        let many = explanations.iter().map(Explanations::count).sum();
        let shown = room.shelves(&notices, &datasets, site::Articles { many, make: &make, of: &of, few: &articles });
        let pages = self.page_files(Room::Office, &shown, spool, report);
        room.add_pages(pages);
        room.finish(report)
    }

    /// Catalogues and awards as lists, with their data files; and the explanations.
    fn lists<'y>(
        &'y self,
        years: &'y [OfYear<'y>],
        secrets: &Secrets,
        notices: &[Document],
        room: &mut Filling<'_>,
        report: &mut Report,
    ) -> (Vec<Dataset>, Vec<Explanations<'y>>) {
        let mut datasets: Vec<Dataset> = Vec::new();
        let mut explanations: Vec<Explanations<'_>> = Vec::new();
        let mut found_on_pages: Vec<Diagnostic> = Vec::new();
        let origin = |file| Origin { file, sources: &self.project.sources };
        for (slug, catalogue) in &self.project.register.catalogues {
            let published = self.published(|notice| argument(notice, "目录") == Some(slug));
            let issued_by = self.publishers(|notice| argument(notice, "目录") == Some(slug));
            let dataset = Dataset { issued_by, ..lists::catalogue_dataset(slug, catalogue, published) };
            let origin = origin(Some(catalogue.name.place.file));
            if clean(privacy::dataset(&dataset, origin).into_iter().chain(secrets.dataset(&dataset, origin)), report) {
                datasets.push(dataset);
            }
        }
        for dataset in self.kept_lists() {
            let origin = origin(None);
            if clean(privacy::dataset(&dataset, origin).into_iter().chain(secrets.dataset(&dataset, origin)), report) {
                datasets.push(dataset);
            }
        }
        let mut told_lists: Vec<AwardList<'_>> = Vec::new();
        let mut files: Vec<(String, Text<'_>)> = Vec::new();
        for OfYear { year, short, awards, given, order } in years {
            let year = *year;
            let selection = Selection::year(year);
            let letters = self.project.notices.values().any(|notice| {
                notice.head.for_each && selection_of(notice).is_some_and(|of| of.is_ok_and(|of| of == selection))
            });
            let list = AwardList {
                year,
                short,
                awards: given,
                order,
                columns: Columns::ALL,
                detail: Detail::Everything,
                status: self.status_of(year),
                published: self.published(|notice| is_of(notice, year)),
                letters,
            };
            let issued_by = self.publishers(|notice| is_of(notice, year) && !notice.head.for_each);
            let dataset = Dataset { issued_by, ..list.dataset() };
            let mut explained = Explanations::new(list.explaining(), awards, &self.project.sources);
            let (told, on_pages) = explained.look(&dataset.title, secrets, self.prints.as_ref());
            let found = privacy::dataset(&dataset, origin(None)).into_iter().chain(told);
            if !clean(found.chain(secrets.dataset(&dataset, origin(None))), report) {
                continue;
            }
            datasets.push(dataset);
            explanations.push(explained);
            found_on_pages.extend(on_pages);
            told_lists.push(list);
            let rows = || csv(awards.assessments.iter().map(AwardRecord::without_steps));
            let json: Text<'_> = Box::new(|out| write_json(&awards.assessments, &self.project.sources, out));
            let csv: Text<'_> = Box::new(move |out| out.write_all(rows().as_bytes()));
            files.push((format!("awards/{year}/awards.json"), json));
            files.push((format!("awards/{year}/awards.csv"), csv));
        }
        // The files are of a hundred megabytes, the pages over the years as many as there are enterprises.
        let filled = &*room;
        let (of_years, sheets) = both(
            || years::pages(&told_lists, &named(&self.project.policies, notices)),
            || parallel(&files, threads(), |(path, text)| self.of_facts(path, text, filled)),
        );
        datasets.extend(of_years);
        let sources = plan::award_sources(self.project);
        for ((path, _), sheets) in files.into_iter().zip(sheets) {
            room.add_print(path, sheets, sources.clone());
        }
        report.extend(found_on_pages);
        (datasets, explanations)
    }

    /// A file that is made of the facts and the rules: as it was made before, where none of them is another.
    fn of_facts(&self, path: &str, text: &Text<'_>, room: &Filling<'_>) -> Sheets {
        if !room.keeps() {
            return room.lay_aside(Vec::new());
        }
        let of = [facts(self.project), digest_of(path.as_bytes())];
        let kept = self.prints.as_ref().and_then(|prints| prints.written_of(&of, text).ok());
        kept.unwrap_or_else(|| {
            let mut bytes = Vec::new();
            // Memory takes all that is written.
            let _ = text(&mut bytes);
            room.lay_aside(bytes)
        })
    }

    /// The pages that show policies' clauses beside their rules.
    fn comparisons(&self, notices: &[Document]) -> Vec<Article> {
        let of = |document: &Document| {
            let policy = self.project.policies.iter().find(|policy| policy.slug == document.slug)?;
            comparison::article(document, &site::notice_folder(&document.slug), comparison::blocks(policy))
        };
        let current = |document: &&Document| document.shows_text() && document.record.validity != Validity::Corrected;
        notices.iter().filter(current).filter_map(of).collect()
    }

    /// The day of the last open notice of those that publish a list.
    fn published(&self, publishes: impl Fn(&Notice) -> bool) -> Option<Day> {
        let notices = self.project.notices.values().filter(|notice| publishes(notice) && !notice.head.is_secret());
        notices.filter_map(|notice| notice.head.published.or(notice.head.dated)).max()
    }

    /// The open notices that publish a list, by their names.
    fn publishers(&self, publishes: impl Fn(&Notice) -> bool) -> Vec<String> {
        let notices = self.project.notices.iter().filter(|(_, notice)| publishes(notice) && !notice.head.is_secret());
        notices.map(|(slug, _)| slug.clone()).collect()
    }

    /// How final the lists of a year are: as final as the least final notice that publishes them.
    fn status_of(&self, year: Year) -> Status {
        let notices = self.project.notices.values();
        let of_year = notices.filter(|notice| is_of(notice, year)).map(|notice| notice.head.status);
        let rank = |status: &Status| match status {
            Status::Final => 0,
            Status::Draft => 1,
            Status::Sample => 2,
        };
        of_year.max_by_key(rank).unwrap_or_else(|| {
            let all = self.project.notices.values().map(|notice| notice.head.status);
            all.max_by_key(rank).unwrap_or_default()
        })
    }
}

fn is_of(notice: &Notice, year: Year) -> bool {
    selection_of(notice).is_some_and(|selection| selection.is_ok_and(|selection| selection.year == year))
}

/// Whether a check found nothing; what it found goes into the report.
fn clean(found: impl IntoIterator<Item = Diagnostic>, report: &mut Report) -> bool {
    let mut clean = true;
    for finding in found {
        report.push(finding);
        clean = false;
    }
    clean
}
