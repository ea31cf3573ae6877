//! 计划 — which documents a workspace makes: one for each notice, one for each enterprise where a notice says so, one for each
//! catalogue.

use std::collections::BTreeMap;

use crate::calendar::Year;
use crate::diag::{Diagnostic, Report};
use crate::document::Document;
use crate::draft::facts::{Known, YearAwards, enterprise_facts, facts, year_of};
use crate::draft::{Notice, Setting, compose, lists};
use crate::project::Project;
use crate::register::Catalogue;
use crate::review::Origin;
use crate::source::{Place, Sources};

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
        /// The notice that it is made from.
        notice: &'p Notice,
        /// The year.
        year: Year,
        /// The enterprise's code.
        code: String,
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
    pub fn all(project: &'p Project, awards: &BTreeMap<Year, YearAwards<'p>>) -> Vec<Self> {
        let (mut jobs, mut letters) = (Vec::new(), Vec::new());
        for (slug, notice) in &project.notices {
            if !notice.head.for_each {
                jobs.push(Self::Notice { slug, notice });
            } else if let Some(Ok(year)) = year_of(notice)
                && let Some(awards) = awards.get(&year)
            {
                // Who declared gets an answer; who did not, gets none.
                let declared = awards.summary.by_enterprise.iter().filter(|total| {
                    total.code.parse().is_ok_and(|code| project.register.declaration(code, year).is_some())
                });
                letters.extend(declared.map(|total| Self::Letter { notice, year, code: total.code.clone() }));
            }
        }
        jobs.extend(project.register.catalogues.iter().map(|(slug, catalogue)| Self::Catalogue { slug, catalogue }));
        jobs.append(&mut letters);
        jobs
    }

    /// Where its PDF goes, below `output/`; a notice's goes where the site has its page, if it may have one.
    pub fn path(&self) -> Option<String> {
        match self {
            Self::Notice { .. } => None,
            Self::Letter { year, code, .. } => Some(format!("awards/{year}/letters/{code}.pdf")),
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
                // `gongshi@1.md` is an earlier version of `gongshi.md`: one address for both.
                let slug = slug.split_once('@').map_or(*slug, |(slug, _)| slug);
                let (document, found) = compose(notice, slug, setting, facts);
                report.absorb(found);
                (document, report)
            }
            Self::Letter { notice, year, code } => {
                let (mut facts, mut report) = facts(notice, known, setting.templates);
                if let (Some(map), Some(enterprise)) =
                    (facts.as_object_mut(), enterprise_facts(code, *year, known, true))
                {
                    map.insert("企业".to_owned(), enterprise);
                }
                let (document, found) = compose(notice, &format!("gaozhishu-{year}-{code}"), setting, facts);
                report.absorb(found);
                (document, report)
            }
            Self::Catalogue { slug, catalogue } => {
                (Some(lists::catalogue_document(slug, catalogue)), Report::default())
            }
        }
    }

    /// A finding with its place; one without, at the words of the file that it quotes or, where it quotes none, at the head of
    /// what the document was made from.
    pub fn locate(&self, finding: Diagnostic, sources: &Sources) -> Diagnostic {
        if finding.place.is_some() {
            return finding;
        }
        let head = match self {
            Self::Notice { notice, .. } | Self::Letter { notice, .. } => notice.head.title.place,
            Self::Catalogue { catalogue, .. } => catalogue.name.place,
        };
        let place = sources.get(head.file).and_then(|source| {
            let quoted = finding.message.split('“').skip(1).filter_map(|rest| Some(rest.split_once('”')?.0.trim()));
            let mut found = quoted.filter(|words| !words.is_empty()).filter_map(|words| {
                let start = source.text().find(words)?;
                Some(Place::new(head.file, start..start + words.len()))
            });
            found.next()
        });
        finding.at(place.unwrap_or(head))
    }

    /// Where its words come from.
    pub fn origin(&self, project: &'p Project) -> Origin<'p> {
        let file = match self {
            Self::Notice { notice, .. } | Self::Letter { notice, .. } => notice.file,
            Self::Catalogue { catalogue, .. } => catalogue.name.place.file,
        };
        Origin { file: Some(file), sources: &project.sources }
    }

    /// The files of the workspace that it is made from.
    pub fn sources(&self, project: &Project) -> Vec<String> {
        let file = |notice: &Notice| project.sources.get(notice.file).map(|source| source.path().to_owned());
        match self {
            Self::Notice { notice, .. } => {
                let awards =
                    year_of(notice).and_then(Result::ok).map(|year| award_sources(project, year)).unwrap_or_default();
                file(notice).into_iter().chain(awards).collect()
            }
            Self::Letter { notice, year, .. } => {
                file(notice).into_iter().chain(award_sources(project, *year)).collect()
            }
            Self::Catalogue { slug, .. } => vec![format!("data/catalogues/{slug}.yaml")],
        }
    }
}

/// The files from which the awards of a year are computed.
pub(super) fn award_sources(project: &Project, year: Year) -> Vec<String> {
    let of_year = format!("data/declarations/{year}.yaml");
    let concerned = |path: &str| {
        path == of_year
            || ["data/enterprises/", "data/ledger/", "data/policies/"].iter().any(|folder| path.starts_with(folder))
    };
    project.sources.iter().map(|source| source.path().to_owned()).filter(|path| concerned(path)).collect()
}
