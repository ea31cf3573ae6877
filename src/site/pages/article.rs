//! 说明页 — a page of text that belongs to a list: why one enterprise gets what it gets.

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::document::Article;
use crate::site::column::Column;
use crate::site::frame::{ArticleTags, DownloadView, Mark, PageSpec, Rendering, facts, pub_date};
use crate::site::link::{self, Link};
use crate::site::markup::TextWriter;
use crate::site::output::Rendered;
use crate::site::structured;

#[derive(Serialize)]
struct ArticleView<'a> {
    title: &'a str,
    mark: Option<Mark>,
    facts: Vec<(&'a str, &'a str)>,
    /// HTML.
    body: String,
    downloads: Vec<DownloadView>,
}

pub(in crate::site) fn page(rendering: &Rendering, article: &Article) -> Result<Rendered, Diagnostic> {
    let path = link::page(&article.path);
    let root = link::root(&path);
    let own = path.clone();
    let mut writer = TextWriter::new(&root, &article.title).leading((&rendering.leads, rendering.site.words), &own);
    let content = ArticleView {
        title: &article.title,
        mark: Mark::of(article.status),
        facts: facts(&article.facts),
        body: writer.blocks(&article.body).into_string(),
        downloads: rendering.declared(&article.path, &article.downloads),
    };
    let column = rendering.column(&article.column);
    let identity = rendering.site.identity;
    let length = content.body.len();
    let mut spec = PageSpec::new("article", path, &article.title, content).of_length(length);
    spec.addresses = writer.addresses;
    spec.column = column;
    spec.article = Some(ArticleTags {
        day: article.published,
        title: article.title.clone(),
        published: article.published.map(|day| pub_date(day, None)),
        source: identity.host.clone(),
        keywords: String::new(),
        author: identity.host.clone(),
    });
    spec.crumbs = column.map(Column::link).into_iter().collect();
    for crumb in &article.crumbs {
        let target = link::page(&crumb.path);
        spec.crumbs.push(Link { title: crumb.title.clone(), path: link::encode_path(&target) });
        spec.addresses.targets.insert(target);
    }
    spec.data = structured::grants(identity, &article.grants);
    rendering.page(spec)
}
