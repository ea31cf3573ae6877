//! 源文件 — the texts of `data/`: a list, an editor with what would be wrong, and saving any of them.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::Response;
use axum::{Extension, Json};
use maud::html;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::super::desk::View;
use super::super::door::Person;
use super::super::door::accounts::Role;
use super::super::fields::{Proof, filled, form_of};
use super::super::files::{Tried, tried};
use super::super::frame::coded;
use super::super::requests::{Problem, Shared, allowed, data};
use super::super::saved::{Draft, is_editable};
use super::super::typed::Typed;
use crate::source::Source;

pub(super) async fn list(
    State(office): State<Shared>,
    Extension(person): Extension<Person>,
) -> Result<Response<Body>, Problem> {
    office
        .page(&person, "源文件", |view| {
            let mut paths: Vec<&str> = view.project.sources.iter().map(Source::path).collect();
            paths.retain(|path| is_editable(path));
            paths.sort_unstable();
            paths.dedup();
            Ok(html! {
                p { "一切都写在这些文件里：表单和表格改的也是它们。已经印发的在 data/issued，谁也不改。" }
                ul class="paths" { @for path in paths { li { a href={ "/source?path=" (coded(path)) } { (path) } } } }
            })
        })
        .await
}

#[derive(Deserialize)]
pub(super) struct Asked {
    path: String,
    #[serde(default)]
    line: Option<usize>,
}

pub(super) async fn page(
    State(office): State<Shared>,
    Extension(person): Extension<Person>,
    Query(Asked { path, line }): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    let title = form_of(&path).map_or_else(|| path.clone(), |form| (form.title)(&path));
    office
        .page(&person, &title, move |view| {
            let source = view.project.sources.at(&path);
            let fixed = !is_editable(&path);
            if source.is_none() && fixed {
                return Err(Problem::missing(format!("没有文件“{path}”")));
            }
            let form = form_of(&path).filter(|_| !fixed);
            let begun = form.map(|form| (form.begins)(&path)).unwrap_or_default();
            let text = source.map_or(begun.as_str(), Source::text);
            let shown = form.map(|form| (form.shown)(view.project, &path, text));
            let proofs = match form.map_or(Proof::None, |form| form.proof) {
                Proof::None => Vec::new(),
                Proof::Any => proofs(view),
                Proof::Itself(name_of) => name_of(&path).map(|name| (name.to_owned(), "这个目录".to_owned())).into_iter().collect(),
            };
            let words = html! {
                label for="text" { "文字" }
                textarea id="text" spellcheck="false" wrap="off" autocomplete="off" readonly[fixed] { "\n" (text) }
            };
            Ok(html! {
                p class="toolbar" {
                    @if fixed { "这个文件不在这里改。" }
                    @else {
                        @if source.is_none() { "还没有这个文件，保存以后就有了。" @if form.is_none() { "写法见 data/README.md。" } }
                        button type="button" id="save" class="main" { "保存" }
                        span id="saved" role="status" {}
                    }
                    @if !proofs.is_empty() {
                        label for="proof" { "用哪一件看版面" }
                        select id="proof" { @for (slug, title) in &proofs { option value=(slug) { (title) } } }
                    }
                }
                div class=(if proofs.is_empty() { "source" } else { "editor" }) id="editor" data-path=(path) data-line=[line] data-round=(view.round) data-fresh[source.is_none()] {
                    section class="writing" aria-label="内容" {
                        @if let Some(shown) = shown {
                            div id="form" { (shown) }
                            details open[line.is_some()] { summary { "文件里的文字" } (words) }
                        } @else { (words) }
                        section class="beside" aria-labelledby="wrong" {
                            h2 id="wrong" { "检查" }
                            p id="count" role="status" {}
                            ul id="findings" class="findings" {}
                        }
                        div id="clash" class="clash" role="alertdialog" aria-label="别人也改了" hidden {}
                    }
                    @if !proofs.is_empty() { section class="pages" id="pages" aria-label="版面" tabindex="0" { p class="quiet" { "正在排版……" } } }
                }
                @if !proofs.is_empty() { svg id="glyphs" width="0" height="0" aria-hidden="true" { defs {} } }
                script src="/bench/editor.js" type="module" {}
            })
        })
        .await
}

/// The documents on whose pages it is seen what a setting does: the office's own, and those that are still being written, first.
fn proofs(view: &View<'_>) -> Vec<(String, String)> {
    let papers = view.project.papers().into_iter().filter(|paper| view.project.notices.contains_key(&paper.slug));
    let mut papers: Vec<_> = papers.collect();
    let own = |slug: &str| {
        view.project.notices.get(slug).is_some_and(|notice| {
            let issuers = &notice.head.issuers.0;
            issuers.is_empty() || issuers.contains(&view.project.office.name)
        })
    };
    papers.sort_by_key(|paper| (!own(&paper.slug), !matches!(paper.state, "草稿" | "定稿")));
    papers.into_iter().map(|paper| (paper.slug, paper.title)).collect()
}

#[derive(Deserialize)]
pub(super) struct Typing {
    path: String,
    text: String,
    /// Which editor it is.
    editor: String,
    /// Whether it holds nothing yet.
    #[serde(default)]
    fresh: bool,
    /// The document whose pages are looked at.
    #[serde(default)]
    proof: Option<String>,
}

pub(super) async fn typed(
    State(office): State<Shared>,
    Json(Typing { path, text, editor, fresh, proof }): Json<Typing>,
) -> Result<Response<Body>, Problem> {
    if !is_editable(&path) {
        return Err(Problem::forbidden(format!("“{path}”不能在这里改")));
    }
    let own = Arc::clone(&office);
    let (set, form) = office
        .desk
        .ask(move |view| {
            let Tried { findings, form, drawing } = tried(view, &path, &text, proof.as_deref());
            (own.given.typed(drawing.as_ref(), findings, &editor, fresh), form)
        })
        .await?;
    Ok(data(&Shown { set, form }))
}

/// What an editor of a file is told.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    set: Typed,
    /// The form, as the text has it.
    form: Option<String>,
}

/// A field of a form that was filled in.
#[derive(Deserialize)]
pub(super) struct FieldFilled {
    path: String,
    text: String,
    key: String,
    value: String,
}

pub(super) async fn field(
    State(_office): State<Shared>,
    Json(FieldFilled { path, text, key, value }): Json<FieldFilled>,
) -> Response<Body> {
    let form = form_of(&path).ok_or_else(|| format!("“{path}”没有表单"));
    let put = form.and_then(|form| filled(&text, &key, (form.read)(&key, &value)?.as_ref()));
    data(&put.map_or_else(|why| json!({ "why": why }), |text| json!({ "text": text })))
}

/// A text to save.
#[derive(Deserialize)]
pub(super) struct Saving {
    path: String,
    was: Option<String>,
    text: String,
}

pub(super) async fn save(
    State(office): State<Shared>,
    Extension(person): Extension<Person>,
    Json(Saving { path, was, text }): Json<Saving>,
) -> Result<Response<Body>, Problem> {
    allowed(&person, Role::Drafter)?;
    let (root, now) = (office.setting.root.clone(), (office.setting.now)());
    let (file, who) = (path.clone(), person.name.clone());
    let saved = tokio::task::spawn_blocking(move || {
        Draft { path: &path, was: was.as_deref(), text: &text, who: &person.name, now: &now }.save(&root)
    })
    .await
    .map_err(|_| Problem::busy("程序出了差错，没有保存；再试一次"))?;
    let saved = saved.map_err(|error| Problem::busy(error.to_string()))?;
    office.changed(&who, &format!("保存 {file}")).await;
    Ok(data(&saved))
}
