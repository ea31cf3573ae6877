//! 执行 — the pages of what becomes of the policies, each below the page of its policy: all of it inside, outside what the office opens.

use super::Workshop;
use super::filling::Filling;
use crate::calendar::Year;
use crate::document::{Article, Block, Dataset, Document, Validity};
use crate::draft::comparison;
use crate::draft::facts::argument;
use crate::draft::followup::{
    LISTING, chains_article, guide_article, indicators_article, plan_article, progress_article,
};
use crate::followup::{Openness, Round};
use crate::site;

impl Workshop<'_> {
    /// The pages beside these documents, as far as they may be told.
    ///
    /// What follows from awards is told until the year `awarded`, whose awards those who read the pages may know; with `each`, also what an
    /// enterprise gets.
    pub(super) fn followed_up(
        &self,
        notices: &[Document],
        open: Openness,
        awarded: Option<Year>,
        each: bool,
    ) -> Vec<Article> {
        let current = |document: &&Document| document.shows_text() && document.record.validity != Validity::Corrected;
        let followup = &self.project.followup;
        let mut articles = Vec::new();
        let inside = open >= Openness::Progress;
        for document in notices.iter().filter(current) {
            let folder = site::notice_folder(&document.slug);
            if let Some(plan) = followup.plan(&document.slug).filter(|_| open >= Openness::Plan) {
                articles.push(plan_article(plan, document, &folder));
                let rounds: Vec<&Round> = followup.rounds(&document.slug).collect();
                articles.extend(progress_article(plan, &rounds, document, &folder).filter(|_| inside));
            }
            if let Some(year) = awarded.filter(|_| inside && followup.plan(&document.slug).is_some()) {
                let along = self.project.followed().along(&document.slug, year);
                articles.extend(chains_article(&along, &self.project.register, (year, each), document, &folder));
            }
            if inside {
                let measured = self.project.followed().measured(&document.slug, self.on.year(), awarded);
                articles.extend(indicators_article(&measured, document, &folder));
            }
        }
        articles
    }

    /// The pages on which an enterprise looks up what of these policies may concern it; `rules` says whether those that a policy has today
    /// are those that its document has.
    pub(super) fn guides(&self, notices: &[Document], rules: impl Fn(&Document, &[Block]) -> bool) -> Vec<Article> {
        let current = |document: &&Document| document.shows_text() && document.record.validity != Validity::Corrected;
        let of = |document: &Document| {
            let policy = self.project.policies.iter().find(|policy| policy.slug == document.slug)?;
            let same = rules(document, &comparison::blocks(policy));
            guide_article(policy, document, &site::notice_folder(&document.slug)).filter(|_| same)
        };
        notices.iter().filter(current).filter_map(of).collect()
    }

    /// The lists that are kept, as they stand today.
    pub(super) fn kept_lists(&self) -> Vec<Dataset> {
        let project = self.project;
        let followed = project.followed();
        let names = project.register.listings.keys();
        let of = |name: &String| {
            let open = || project.notices.iter().filter(|(_, notice)| !notice.head.is_secret());
            let dataset = followed.listing(name, self.on, open().map(|(_, notice)| notice))?;
            let own = open().filter(|(_, notice)| argument(notice, LISTING) == Some(name));
            let issued_by = own.map(|(slug, _)| slug.clone()).collect();
            Some(Dataset { issued_by, ..dataset })
        };
        names.filter_map(of).collect()
    }

    /// The drawings that pages show, beside those of documents.
    pub(super) fn draw(&self, articles: &[Article], room: &mut Filling<'_>) {
        for block in articles.iter().flat_map(|article| &article.body) {
            let Block::Figure(figure) = block else { continue };
            let path = site::figure_path(&figure.path);
            if let Some(bytes) = self.project.pictures.get(&figure.path).filter(|_| !room.files.contains_key(&path)) {
                room.add(path, bytes.clone(), Vec::new());
            }
        }
    }
}
