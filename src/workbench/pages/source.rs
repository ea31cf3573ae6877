//! 源文件 — the texts of `data/`: a list, an editor with what would be wrong, and saving any of them.

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::Response;
use axum::{Extension, Json};
use maud::html;
use serde::Deserialize;
use serde_json::json;

use super::super::door::Person;
use super::super::door::accounts::Role;
use super::super::files::findings;
use super::super::frame::coded;
use super::super::requests::{Problem, Shared, allowed, data};
use super::super::saved::{Draft, is_editable};
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
    let title = path.clone();
    office
        .page(&person, &title, move |view| {
            let source = view.project.sources.at(&path);
            let fixed = !is_editable(&path);
            if source.is_none() && fixed {
                return Err(Problem::missing(format!("没有文件“{path}”")));
            }
            let text = source.map(Source::text).unwrap_or_default();
            Ok(html! {
                p class="toolbar" {
                    @if fixed { "这个文件不在这里改。" }
                    @else {
                        @if source.is_none() { "还没有这个文件，保存以后就有了。写法见 data/README.md。" }
                        button type="button" id="save" class="main" { "保存" }
                        span id="saved" role="status" {}
                    }
                }
                div class="source" id="editor" data-path=(path) data-line=[line] data-round=(view.round) data-fresh[source.is_none()] {
                    label for="text" { "文字" }
                    textarea id="text" spellcheck="false" wrap="off" autocomplete="off" readonly[fixed] { "\n" (text) }
                    section class="beside" aria-labelledby="wrong" {
                        h2 id="wrong" { "检查" }
                        p id="count" role="status" {}
                        ul id="findings" class="findings" {}
                    }
                    div id="clash" class="clash" role="alertdialog" aria-label="别人也改了" hidden {}
                }
                script src="/bench/editor.js" type="module" {}
            })
        })
        .await
}

#[derive(Deserialize)]
pub(super) struct Typing {
    path: String,
    text: String,
}

pub(super) async fn typed(
    State(office): State<Shared>,
    Json(Typing { path, text }): Json<Typing>,
) -> Result<Response<Body>, Problem> {
    if !is_editable(&path) {
        return Err(Problem::forbidden(format!("“{path}”不能在这里改")));
    }
    let found = office.desk.ask(move |view| findings(view, &path, &text)).await?;
    Ok(data(&json!({ "findings": found })))
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
    let saved = tokio::task::spawn_blocking(move || {
        Draft { path: &path, was: was.as_deref(), text: &text, who: &person.name, now: &now }.save(&root)
    })
    .await
    .map_err(|_| Problem::busy("程序出了差错，没有保存；再试一次"))?;
    let saved = saved.map_err(|error| Problem::busy(error.to_string()))?;
    office.desk.refreshed().await;
    Ok(data(&saved))
}
