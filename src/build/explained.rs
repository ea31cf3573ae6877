//! 说明 — the pages that explain a year's awards, inside: one for each enterprise, as long as a few documents. Each is made when it is
//! looked at and again when it is shown, so that no more than one a thread is ever in memory.

use super::Workshop;
use crate::award::{Explained, Outcome, Selection, json};
use crate::calendar::Year;
use crate::diag::Diagnostic;
use crate::document::Article;
use crate::draft::facts::{SelectedAwards, short_name};
use crate::draft::lists::{AwardList, order};
use crate::parallel::{parallel, threads};
use crate::review::secrecy::Secrets;
use crate::review::{Origin, privacy};
use crate::source::Sources;

/// What a year's awards are told from.
pub(super) struct OfYear<'a> {
    pub(super) year: Year,
    pub(super) short: String,
    pub(super) awards: &'a SelectedAwards<'a>,
    /// The awards that the list shows.
    pub(super) given: Vec<Explained>,
    pub(super) order: Vec<(String, String)>,
}

impl Workshop<'_> {
    /// What the awards of each year are told from.
    pub(super) fn years_told(&self) -> Vec<OfYear<'_>> {
        let of_year = |year: Year| {
            let selection = Selection::year(year);
            let awards = self.awards.get(&selection)?;
            let given = awards.assessments.iter().filter(|one| matches!(one.outcome, Outcome::Granted(_)));
            let given = given.filter(|one| !one.amount().is_zero()).map(Explained::listed).collect();
            let rules = awards.assessments.iter().map(|one| (one.rule.clause.value.0.as_str(), one.rule.name.as_str()));
            let order = order(rules);
            Some(OfYear { year, short: short_name(&selection, &self.project.policies), awards, given, order })
        };
        self.project.years().filter_map(of_year).collect()
    }
}

/// The explanations of a year.
pub(super) struct Explanations<'a> {
    list: AwardList<'a>,
    awards: &'a SelectedAwards<'a>,
    sources: &'a Sources,
    /// The enterprises, in the order of the list.
    codes: Vec<&'a str>,
}

impl<'a> Explanations<'a> {
    /// Those of all enterprises of a list.
    pub(super) fn new(list: AwardList<'a>, awards: &'a SelectedAwards<'a>, sources: &'a Sources) -> Self {
        let codes = awards.summary.by_enterprise.iter().map(|total| total.code.as_str()).collect();
        Self { list, awards, sources, codes }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.codes.len()
    }

    /// The one of a number.
    pub(super) fn make(&self, number: usize) -> Option<Article> {
        let code = self.codes.get(number)?;
        self.list.explanation(code, &self.explained(code))
    }

    fn explained(&self, code: &str) -> Vec<Explained> {
        self.awards.of(code).map(|one| Explained::new(one, self.sources)).collect()
    }

    /// Looks at all of them: what the data of the awards would give away, published under `title`; what the pages would, which are not
    /// made then.
    pub(super) fn look(&mut self, title: &str, secrets: &Secrets) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        let origin = Origin { file: None, sources: self.sources };
        let looked = parallel(&self.codes, threads(), |code| {
            let explained = self.explained(code);
            let data: Vec<Diagnostic> =
                explained.iter().flat_map(|one| privacy::lines(title, json([&one.award]).lines(), origin)).collect();
            let article = self.list.explanation(code, &explained);
            let page = article.iter().flat_map(|article| {
                privacy::article(article, origin).into_iter().chain(secrets.article(article, origin))
            });
            (data, page.collect::<Vec<Diagnostic>>())
        });
        let mut clean = looked.iter().map(|(_, page)| page.is_empty());
        self.codes.retain(|_| clean.next() == Some(true));
        let (data, pages): (Vec<_>, Vec<_>) = looked.into_iter().unzip();
        (data.into_iter().flatten().collect(), pages.into_iter().flatten().collect())
    }
}
