//! 说明页 — a page of text that belongs to a list: why one enterprise gets what it gets.

use serde::{Deserialize, Serialize};

use crate::diag::Diagnostic;
use crate::document::Article;
use crate::site::column::Column;
use crate::site::files::index;
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

/// What is kept of a page of text.
#[derive(Serialize, Deserialize)]
pub(in crate::site) struct Told {
    pub(in crate::site) page: Rendered,
    /// What the search finds of it.
    pub(in crate::site) item: Option<index::Item>,
    /// The files that it names, each with what it says of it.
    named: Vec<(String, Option<String>)>,
}

/// The page of the text of a number; `None` where there is nothing to tell. One that says what it said is not made again.
pub(in crate::site) fn of_number(rendering: &Rendering, number: usize) -> Option<Result<Told, Diagnostic>> {
    let articles = rendering.site.articles;
    let of = articles.of_number(number).and_then(|text| rendering.of_told(&text));
    if let Some(told) = of.as_ref().and_then(|of| again(rendering, of)) {
        return Some(Ok(told));
    }
    let made = made(rendering, articles.get(number)?.as_ref());
    if let Some((of, told)) = of.zip(made.as_ref().ok()) {
        rendering.output.tell(&of, told);
    }
    Some(made)
}

/// What was told of a text by which it is known, if its page is what it was.
fn again(rendering: &Rendering, of: &str) -> Option<Told> {
    let told: Told = rendering.output.told(of)?;
    let same = told.named.iter().all(|(path, said)| rendering.says_of(path) == *said);
    (same && rendering.output.again(told.page.of.as_ref()?)).then_some(told)
}

fn made(rendering: &Rendering, article: &Article) -> Result<Told, Diagnostic> {
    let paths = article.downloads.iter().filter_map(|download| link::join(&article.path, &download.href));
    Ok(Told {
        page: page(rendering, article)?,
        item: rendering.site.kept.then(|| index::of_article(article)),
        named: paths
            .map(|path| {
                let said = rendering.says_of(&path);
                (path, said)
            })
            .collect(),
    })
}

fn page(rendering: &Rendering, article: &Article) -> Result<Rendered, Diagnostic> {
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
