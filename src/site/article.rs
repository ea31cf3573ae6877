//! 说明页 — a page of text that belongs to a list: why one enterprise gets what it gets.

use serde::Serialize;
use serde_json::json;

use crate::diag::Diagnostic;
use crate::document::Article;

use super::column::AWARDS;
use super::html::Writer;
use super::shell::{ArticleTags, DownloadView, Draft, Link, Mark, Press, facts, pub_date};
use super::{Made, link, opendata};

#[derive(Serialize)]
struct ArticleView<'a> {
    title: &'a str,
    mark: Option<Mark>,
    facts: Vec<(&'a str, &'a str)>,
    body: String,
    downloads: Vec<DownloadView>,
}

pub(super) fn page(press: &Press, article: &Article) -> Result<Made, Diagnostic> {
    let path = format!("{}/index.html", article.path);
    let root = link::root(&path);
    let mut writer = Writer::new(&root, &article.title);
    writer.blocks(&article.body);
    let body = writer.take();
    let column = press.column(AWARDS);
    let mut crumbs: Vec<Link> = column.map(super::Column::link).into_iter().collect();
    for crumb in &article.crumbs {
        let target = format!("{}/index.html", crumb.path);
        crumbs.push(Link { title: crumb.title.clone(), path: link::encode_path(&target) });
        writer.targets.insert(target);
    }
    let downloads = press.declared(&article.path, &article.downloads);
    let identity = press.site.identity;
    let content = ArticleView {
        title: &article.title,
        mark: Mark::of(article.status),
        facts: facts(&article.facts),
        body,
        downloads,
    };
    let mut draft = Draft::new("article", path, &article.title, content);
    draft.column = column;
    draft.article = Some(ArticleTags {
        day: article.published,
        title: article.title.clone(),
        published: article.published.map(|day| pub_date(day, None)),
        source: identity.host.clone(),
        keywords: String::new(),
        author: identity.host.clone(),
    });
    draft.crumbs = crumbs;
    if !article.grants.is_empty() {
        let grants: Vec<_> = article.grants.iter().map(|grant| opendata::monetary_grant(press, grant)).collect();
        draft.data = Some(json!({ "@context": "https://schema.org", "@graph": grants }));
    }
    press.print(&draft, writer)
}
