//! 计划 — which documents a workspace makes: one for each notice, one for each enterprise where a notice says so, one for each
//! catalogue.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::award::Selection;
use crate::calendar::Year;
use crate::diag::{Diagnostic, Report};
use crate::document::Document;
use crate::draft::facts::{Known, SelectedAwards, argument, enterprise_facts, facts, selection_of};
use crate::draft::followup::rests_on;
use crate::draft::{Notice, Setting, Wording, compose, lists};
use crate::project::Project;
use crate::record::Frozen;
use crate::register::Catalogue;
use crate::review::Origin;
use crate::source::{FileId, Place, Source, Sources};

/// One document to make.
#[derive(Debug, Clone)]
pub enum Job<'p> {
    /// A notice.
    Notice {
        /// Its name.
        slug: &'p str,
        /// Its file.
        notice: &'p Notice,
    },
    /// A letter to one enterprise.
    Letter {
        /// The name of the notice that it is made from.
        slug: &'p str,
        /// That notice.
        notice: &'p Notice,
        /// The awards that it tells.
        selection: Selection,
        /// The enterprise's code.
        code: String,
        /// Where the letters of the notice lie, below the office's room.
        folder: String,
        /// The letter as it was issued, where it was.
        issued: Option<&'p Document>,
    },
    /// A catalogue as a document.
    Catalogue {
        /// Its name.
        slug: &'p str,
        /// The catalogue.
        catalogue: &'p Catalogue,
    },
}

impl<'p> Job<'p> {
    /// All documents of a workspace: the largest, those of a whole year, before a thousand letters.
    pub fn all(project: &'p Project, awards: &BTreeMap<Selection, SelectedAwards<'p>>) -> Vec<Self> {
        let (mut jobs, mut letters) = (Vec::new(), Vec::new());
        for (slug, notice) in &project.notices {
            if notice.head.for_each {
                letters.append(&mut Self::letters(project, awards, slug, notice));
            } else if project.record.registry.of(slug).is_none() {
                jobs.push(Self::Notice { slug, notice });
            }
        }
        jobs.extend(project.register.catalogues.iter().map(|(slug, catalogue)| Self::Catalogue { slug, catalogue }));
        jobs.append(&mut letters);
        jobs
    }

    /// The letters of a notice (每户一份): as they were issued, or to everyone who declared.
    pub fn letters(
        project: &'p Project,
        awards: &BTreeMap<Selection, SelectedAwards<'p>>,
        slug: &'p str,
        notice: &'p Notice,
    ) -> Vec<Self> {
        let Some(Ok(selection)) = selection_of(notice) else { return Vec::new() };
        if let Some(frozen) = project.record.latest(slug) {
            return Self::issued_letters(project, slug, notice, frozen);
        }
        let folder = Self::letter_folder(project, slug, selection.year);
        let Some(awards) = awards.get(&selection) else { return Vec::new() };
        // Who declared gets an answer; who did not, gets none.
        let declared = awards.summary.by_enterprise.iter().filter(|total| {
            total.code.parse().is_ok_and(|code| project.register.declaration(code, selection.year).is_some())
        });
        declared
            .map(|total| Self::Letter {
                slug,
                notice,
                selection: selection.clone(),
                code: total.code.clone(),
                folder: folder.clone(),
                issued: None,
            })
            .collect()
    }

    /// The letters of a version, as they were issued.
    pub fn issued_letters(project: &'p Project, slug: &'p str, notice: &'p Notice, frozen: &'p Frozen) -> Vec<Self> {
        let Some(Ok(selection)) = selection_of(notice) else { return Vec::new() };
        let folder = Self::letter_folder(project, slug, selection.year);
        let letters = frozen.letters.iter().map(|letter| Self::Letter {
            slug,
            notice,
            selection: selection.clone(),
            code: letter.code.clone(),
            folder: folder.clone(),
            issued: Some(&letter.document),
        });
        letters.collect()
    }

    /// `awards/2023/letters`; of a second notice about the same year, a folder of its own below it.
    fn letter_folder(project: &Project, slug: &str, year: Year) -> String {
        let of_year = |notice: &Notice| {
            notice.head.for_each && selection_of(notice).is_some_and(|of| of.is_ok_and(|of| of.year == year))
        };
        let first = project.notices.iter().find(|(_, notice)| of_year(notice)).is_some_and(|(first, _)| first == slug);
        if first { format!("awards/{year}/letters") } else { format!("awards/{year}/letters/{slug}") }
    }

    /// What it is called: by that name it is told, and given to a part of the work.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Notice { slug, .. } | Self::Catalogue { slug, .. } => (*slug).to_owned(),
            Self::Letter { slug, code, .. } => format!("{slug}-{code}"),
        }
    }

    /// Where it is written, for whoever asks what is being done.
    pub fn named(&self, sources: &Sources) -> String {
        let place = match self {
            Self::Notice { notice, .. } | Self::Letter { notice, .. } => notice.head.title.place,
            Self::Catalogue { catalogue, .. } => catalogue.name.place,
        };
        sources.locate(place)
    }

    /// The document as the record has it, where it was issued.
    pub fn frozen(&self) -> Option<&'p Document> {
        if let Self::Letter { issued, .. } = self { *issued } else { None }
    }

    /// Where its PDF goes, below its room; a notice's goes where the site has its page, if it may have one.
    pub fn path(&self) -> Option<String> {
        match self {
            Self::Notice { .. } => None,
            Self::Letter { folder, code, .. } => Some(format!("{folder}/{code}.pdf")),
            Self::Catalogue { slug, .. } => Some(format!("catalogues/{slug}/{slug}.pdf")),
        }
    }

    /// Makes the document.
    pub fn compose(&self, known: &Known<'_>, setting: &Setting<'_>) -> (Option<Document>, Report) {
        match self {
            Self::Notice { slug, notice } => {
                let (facts, mut report) = facts(notice, known, setting.templates);
                if report.has_errors() {
                    return (None, report);
                }
                let (document, found) = compose(notice, slug, setting, facts);
                report.absorb(found);
                (document, report)
            }
            Self::Letter { notice, selection, code, .. } => {
                let (facts, mut report) = letter_facts(notice, (selection, code), known, setting);
                let (document, found) = compose(notice, &self.name(), setting, facts);
                report.absorb(found);
                (document, report)
            }
            Self::Catalogue { slug, catalogue } => {
                (Some(lists::catalogue_document(slug, catalogue)), Report::default())
            }
        }
    }

    /// What a letter says, where nothing is wrong with it: its document is made of that and of its notice's head.
    pub fn wording(&self, known: &Known<'_>, setting: &Setting<'_>) -> Option<Wording> {
        let Self::Letter { notice, selection, code, issued: None, .. } = self else { return None };
        let (facts, mut report) = letter_facts(notice, (selection, code), known, setting);
        let (wording, found) = Wording::of(notice, setting, facts);
        report.absorb(found);
        wording.filter(|_| report.is_empty())
    }

    /// A finding with its place; one without, at the words that it quotes in the file of the document or in another one that it is
    /// made from; where it quotes none, at the head of the document's file.
    pub fn locate(&self, finding: Diagnostic, project: &Project, sources: &Sources) -> Diagnostic {
        if finding.place.is_some() {
            return finding;
        }
        let head = match self {
            Self::Notice { notice, .. } | Self::Letter { notice, .. } => notice.head.title.place,
            Self::Catalogue { catalogue, .. } => catalogue.name.place,
        };
        let quoted = finding.message.split('“').skip(1).filter_map(|rest| Some(rest.split_once('”')?.0.trim()));
        let quoted: Vec<&str> = quoted.filter(|words| !words.is_empty()).collect();
        let place = quoted_in(&quoted, head.file, sources).or_else(|| {
            let own = self.sources(project);
            let files = sources.ids().filter(|(_, source)| own.iter().any(|path| path == source.path()));
            let mut places = files.filter_map(|(file, _)| quoted_in(&quoted, file, sources));
            places.next()
        });
        finding.at(place.unwrap_or(head))
    }

    /// Where its words come from.
    pub fn origin<'s>(&self, sources: &'s Sources) -> Origin<'s> {
        let file = match self {
            Self::Notice { notice, .. } | Self::Letter { notice, .. } => notice.file,
            Self::Catalogue { catalogue, .. } => catalogue.name.place.file,
        };
        Origin { file: Some(file), sources }
    }

    /// The files of the workspace that it is made from.
    pub fn sources(&self, project: &Project) -> Vec<String> {
        let file = |notice: &Notice| project.sources.get(notice.file).map(|source| source.path().to_owned());
        match self {
            Self::Notice { notice, .. } => {
                let awards = selection_of(notice).map(|_| award_sources(project));
                let catalogue = argument(notice, "目录").map(|slug| format!("data/catalogues/{slug}.yaml"));
                let followed = project.sources.iter().map(Source::path).filter(|path| rests_on(notice, path));
                let followed = followed.map(str::to_owned);
                file(notice).into_iter().chain(awards.unwrap_or_default()).chain(catalogue).chain(followed).collect()
            }
            Self::Letter { notice, .. } => file(notice).into_iter().chain(award_sources(project)).collect(),
            Self::Catalogue { slug, .. } => vec![format!("data/catalogues/{slug}.yaml")],
        }
    }
}

/// The facts for the letter to an enterprise about its awards.
fn letter_facts(
    notice: &Notice,
    (selection, code): (&Selection, &str),
    known: &Known<'_>,
    setting: &Setting<'_>,
) -> (Value, Report) {
    let (mut facts, report) = facts(notice, known, setting.templates);
    let awards = known.awards.get(selection);
    if let (Some(map), Some(enterprise)) =
        (facts.as_object_mut(), awards.and_then(|awards| enterprise_facts(code, awards, known, true)))
    {
        map.insert("企业".to_owned(), enterprise);
    }
    (facts, report)
}

/// Where a file says the first of some words that it says at all.
fn quoted_in(quoted: &[&str], file: FileId, sources: &Sources) -> Option<Place> {
    let source = sources.get(file)?;
    let mut found = quoted.iter().filter_map(|words| Some((source.text().find(words)?, words.len())));
    found.next().map(|(start, length)| Place::new(file, start..start + length))
}

/// The files from which awards are computed: those of other years as well, which state earlier figures and payments.
pub(super) fn award_sources(project: &Project) -> Vec<String> {
    project.sources.iter().map(|source| source.path().to_owned()).filter(|path| is_award_source(path)).collect()
}

/// Whether awards are computed from what lies at a path.
pub(super) fn is_award_source(path: &str) -> bool {
    let folders = ["enterprises", "declarations", "catalogues", "ledger", "lists", "policies", "reductions"];
    let folder = path.strip_prefix("data/").and_then(|rest| rest.split('/').next());
    folder.is_some_and(|folder| folders.contains(&folder))
}
