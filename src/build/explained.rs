//! 说明 — the pages that explain a year's awards, inside: one for each enterprise, as long as a few documents. Each is made when it is
//! looked at and again when it is shown, so that no more than one a thread is ever in memory.

use std::collections::BTreeSet;

use super::{Prints, Workshop};
use crate::award::{Explained, Outcome, Selection, json};
use crate::calendar::Year;
use crate::diag::Diagnostic;
use crate::digest::digest_of_json;
use crate::document::Article;
use crate::draft::explanation::Explaining;
use crate::draft::facts::{SelectedAwards, short_name};
use crate::draft::lists::order;
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
    explaining: Explaining,
    awards: &'a SelectedAwards<'a>,
    sources: &'a Sources,
    /// The enterprises, in the order of the list; each with the SHA-256 of all that its explanation rests on, where prints are kept.
    codes: Vec<(&'a str, Option<String>)>,
}

/// What was found in an explanation.
struct Looked {
    of: Option<String>,
    /// In the data of its awards.
    data: Vec<Diagnostic>,
    /// On its page.
    page: Vec<Diagnostic>,
}

impl<'a> Explanations<'a> {
    /// Those of all enterprises of a year.
    pub(super) fn new(explaining: Explaining, awards: &'a SelectedAwards<'a>, sources: &'a Sources) -> Self {
        let codes = awards.summary.by_enterprise.iter().map(|total| (total.code.as_str(), None)).collect();
        Self { explaining, awards, sources, codes }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.codes.len()
    }

    /// The one of a number.
    pub(super) fn make(&self, number: usize) -> Option<Article> {
        let (code, _) = self.codes.get(number)?;
        self.explaining.explanation(code, &self.explained(code))
    }

    /// The SHA-256 of all that the one of a number rests on.
    pub(super) fn of(&self, number: usize) -> Option<String> {
        self.codes.get(number)?.1.clone()
    }

    fn explained(&self, code: &str) -> Vec<Explained> {
        self.awards.of(code).map(|one| Explained::new(one, self.sources)).collect()
    }

    /// Looks at all of them: what the data of the awards would give away, published under `title`; what the pages would, which are not
    /// made then. One that says what it said when nothing was found in it is not looked at again, unless there are secrets.
    pub(super) fn look(
        &mut self,
        title: &str,
        secrets: &Secrets,
        prints: Option<&Prints>,
    ) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        let known = prints.filter(|_| secrets.is_empty()).map(|prints| prints.clean(title)).unwrap_or_default();
        let looked = parallel(&self.codes, threads(), |(code, _)| {
            let explained = self.explained(code);
            let of = prints.and_then(|_| digest_of_json(&(title, &self.explaining, code, &explained)));
            if of.as_ref().is_some_and(|of| known.contains(of)) {
                return Looked { of, data: Vec::new(), page: Vec::new() };
            }
            let article = self.explaining.explanation(code, &explained);
            let (data, page) = self.looked(title, secrets, &explained, article.as_ref());
            Looked { of, data, page }
        });
        if let Some(prints) = prints.filter(|_| secrets.is_empty()) {
            let clean = looked.iter().filter(|one| one.data.is_empty() && one.page.is_empty());
            let clean: BTreeSet<&str> = clean.filter_map(|one| one.of.as_deref()).collect();
            // What cannot be remembered is looked at again: that costs time, and nothing else.
            if !clean.iter().copied().eq(&known) {
                let _ = prints.remember_clean(title, &clean);
            }
        }
        let (mut data, mut pages) = (Vec::new(), Vec::new());
        for ((code, _), mut one) in std::mem::take(&mut self.codes).into_iter().zip(looked) {
            if one.page.is_empty() {
                self.codes.push((code, one.of));
            }
            data.append(&mut one.data);
            pages.append(&mut one.page);
        }
        (data, pages)
    }

    /// What the data of an enterprise's awards would give away, and what their page would.
    fn looked(
        &self,
        title: &str,
        secrets: &Secrets,
        explained: &[Explained],
        article: Option<&Article>,
    ) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        let origin = Origin { file: None, sources: self.sources };
        let data = explained.iter().flat_map(|one| privacy::lines(title, json([&one.award]).lines(), origin)).collect();
        let page = article
            .into_iter()
            .flat_map(|article| privacy::article(article, origin).into_iter().chain(secrets.article(article, origin)));
        (data, page.collect())
    }
}
