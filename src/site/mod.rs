//! 公开 — the published web site: documents, lists and articles as pages that any server, or no server at all, can serve
//! (《政府信息公开条例》; 国办发〔2017〕47号; `WCAG 2.2`).
//!
//! [`render`] is a pure function: what is published and the day of the build come in, pages go out. It reads no file and
//! no clock, computes no amount, and chooses no word of a document. Its rooms, each seeing only what stands above it:
//!
//! ```text
//! link, column, identity    who publishes, under which columns, at which addresses
//! contents, documents,      what is published, and how readers meet it: one address for all versions of a document,
//! records, changes          a name for each entry of a list, what a version changed
//! leads                     where words lead
//! structured, markup        content as JSON-LD, texts and rows as HTML
//! templates, output, frame  the office's templates; a page in its frame; files as they leave
//! files                     what lies beside the pages: texts, open data, feeds, sitemap, search index
//! pages                     the pages, a file for each kind
//! checks                    what is wrong with the whole
//! ```

mod changes;
mod checks;
mod column;
mod contents;
mod documents;
mod files;
mod frame;
mod identity;
mod leads;
mod link;
mod markup;
mod output;
mod pages;
mod records;
mod structured;
mod templates;

use std::convert::Infallible;
use std::iter;

use crate::calendar::Day;
use crate::diag::{Code, Report};
use crate::parallel::{both, parallel, threads};

pub use column::Column;
pub use contents::{Articles, FileFacts, Site, Sums, Words};
pub use documents::{folders, form_path, notice_address, notice_folder, notice_pdf};
pub use identity::{Domain, Identity, SiteCode};
pub use link::encode_path;
pub use markup::figure_path;
pub use output::{Page, Sink};
pub use templates::{TemplateFile, Templates};

use files::{bundle, feed, index, notice_schema, opendata, sitemap, texts};
use frame::Rendering;
use output::{Output, Rendered};
use pages::{article, editions, home, list, map, missing, notice, objection, search, versions, years};

/// Makes all pages as they stand on the day `on` and hands each over as soon as it is made, on any thread and in any order: ten
/// thousand of them need not be in memory at once. What was made of the same before is not made again.
#[must_use]
pub fn render(site: &Site, templates: &Templates, on: Day, sink: &dyn Sink) -> Report {
    let mut report = Report::default();
    let output = Output::new(sink);
    let rendering = Rendering::new(site, templates, on, &output, &mut report);
    checks::withheld(site, &mut report);
    let Rest { rendered, data, explained } = pages(&rendering, &mut report);
    checks::columns(site, &rendering.documents, &mut report);
    for (name, text) in templates.assets() {
        output.put(Page::new(format!("assets/{name}"), text.as_bytes().to_vec()));
    }
    // Nothing can be wrong with the bundle nor with the index: who only looks needs none.
    if site.kept {
        let bundled = || {
            let data = data.as_deref();
            let Ok(()) = output.made_of(data.and_then(|data| output.of(&(bundle::PATH, data))), |put| {
                bundle::page(site, &output, data).into_iter().for_each(put);
                Ok::<_, Infallible>(())
            });
        };
        both(bundled, || index::write(&rendering, explained));
    }
    feed::all(&rendering)
        .into_iter()
        .chain([sitemap::sitemap(site.identity, &rendered), sitemap::robots(site.identity), notice_schema::page()])
        .for_each(|page| output.put(page));
    drop(rendering);
    let paths = output.into_paths();
    // Where a template is wrong pages lack: that they are linked to says nothing more.
    if !report.findings().iter().any(|finding| finding.code == Code::SiteTemplate) {
        checks::links(site, &rendered, &paths, &mut report);
    }
    checks::paths(&paths, &mut report);
    report
}

/// What is left of the pages when they have gone.
struct Rest {
    rendered: Vec<Rendered>,
    /// By what the data of each list are known again.
    data: Option<Vec<String>>,
    /// What the search finds of pages of text.
    explained: Vec<index::Item>,
}

/// Renders every page and the files beside it, and hands them over.
fn pages(rendering: &Rendering, report: &mut Report) -> Rest {
    let output = rendering.output;
    let documents = parallel(&rendering.documents, threads(), |entry| {
        for page in texts::pages(entry, rendering.on) {
            output.put(page);
        }
        let earlier = entry.earlier.iter().map(|document| notice::earlier(rendering, entry, document));
        let versions = (!entry.earlier.is_empty()).then(|| versions::page(rendering, entry));
        let objection = objection::page(rendering, entry);
        let pages = iter::once(notice::latest(rendering, entry)).chain(earlier).chain(versions).chain(objection);
        pages.collect::<Vec<_>>()
    });
    let datasets = parallel(rendering.site.datasets, threads(), |dataset| {
        let data = opendata::write(rendering.site, dataset, output);
        let pages =
            iter::once(list::page(rendering, dataset, data.as_deref())).chain(editions::page(rendering, dataset));
        (pages.collect::<Vec<_>>(), data)
    });
    let (datasets, data): (Vec<_>, Vec<_>) = datasets.into_iter().unzip();
    let numbers = rendering.site.articles.numbers();
    let articles = parallel(&numbers, threads(), |number| article::of_number(rendering, *number));
    let mut explained = Vec::new();
    let mut page = |told: article::Told| {
        explained.extend(told.item);
        told.page
    };
    let articles: Vec<_> = articles.into_iter().flatten().map(|told| told.map(&mut page)).collect();
    let columns = rendering.site.identity.columns.iter().flat_map(|column| {
        let years = years::of_column(rendering, column);
        let own = pages::column::page(rendering, column, &years);
        iter::once(own).chain(years.iter().map(|year| years::page(rendering, year))).collect::<Vec<_>>()
    });
    let others = [
        home::page(rendering),
        map::page(rendering),
        missing::page(rendering),
        search::page(rendering),
        pages::opendata::page(rendering),
    ];
    let results = documents.into_iter().flatten().chain(datasets.into_iter().flatten()).chain(articles);
    let mut rendered = Vec::new();
    for result in results.chain(columns).chain(others) {
        match result {
            Ok(page) => rendered.push(page),
            Err(finding) => report.push(finding),
        }
    }
    Rest { rendered, data: data.into_iter().collect(), explained }
}

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
