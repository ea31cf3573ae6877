//! 执行 — the pages of what becomes of the policies, each below the page of its policy: all of it inside, outside what the office opens.

use super::Workshop;
use super::room::Filling;
use crate::document::{Article, Block, Document, Validity};
use crate::draft::followup::{indicators_article, plan_article, progress_article};
use crate::followup::{Openness, Round};
use crate::site;

impl Workshop<'_> {
    /// The pages beside these documents, as far as they may be told.
    pub(super) fn followed_up(&self, notices: &[Document], open: Openness) -> Vec<Article> {
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
            if inside {
                let measured = self.project.followed().measured(&document.slug, self.on.year());
                articles.extend(indicators_article(&measured, document, &folder));
            }
        }
        articles
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
