//! 执行 — the pages of what becomes of the policies, each below the page of its policy: all of it inside, outside what the office opens.

use super::Workshop;
use crate::document::{Article, Document, Validity};
use crate::draft::followup::{plan_article, progress_article};
use crate::followup::{Openness, Round};
use crate::site;

impl Workshop<'_> {
    /// The pages beside these documents, as far as they may be told.
    pub(super) fn followed_up(&self, notices: &[Document], open: Openness) -> Vec<Article> {
        let current = |document: &&Document| document.shows_text() && document.record.validity != Validity::Corrected;
        let followup = &self.project.followup;
        let mut articles = Vec::new();
        for document in notices.iter().filter(current) {
            let Some(plan) = followup.plan(&document.slug) else { continue };
            let folder = site::notice_folder(&document.slug);
            if open >= Openness::Plan {
                articles.push(plan_article(plan, document, &folder));
            }
            if open >= Openness::Progress {
                let rounds: Vec<&Round> = followup.rounds(&document.slug).collect();
                articles.extend(progress_article(plan, &rounds, document, &folder));
            }
        }
        articles
    }
}
