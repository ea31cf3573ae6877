//! 编辑 — a document: its elements as a form, its text, and beside them the pages as the press sets them, following the typing.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::Response;
use axum::{Extension, Json};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use super::super::desk::View;
use super::super::door::Person;
use super::super::fields::head::{fields, filled, values};
use super::super::fields::{Field, shown};
use super::super::frame::{act, coded, place};
use super::super::requests::{Problem, Shared, data};
use super::super::typed::Text;
use crate::draft::Notice;
use crate::project::Project;
use crate::register::Office;
use crate::source::{FileId, Source};

/// The file of a document: read or not, it can be typed in.
fn file_of<'p>(project: &'p Project, slug: &str) -> Option<(FileId, &'p Source)> {
    let known = project.notices.get(slug).map(|notice| notice.file);
    let path = format!("data/notices/{slug}.md");
    let named = || project.sources.ids().find(|(_, source)| source.path() == path).map(|(file, _)| file);
    let file = known.or_else(named)?;
    Some((file, project.sources.get(file)?))
}

pub(super) async fn page(
    State(office): State<Shared>,
    Extension(person): Extension<Person>,
    Path(slug): Path<String>,
) -> Result<Response<Body>, Problem> {
    let title = {
        let slug = slug.clone();
        office.desk.ask(move |view| view.project.papers().into_iter().find(|paper| paper.slug == slug)).await?
    };
    let title = title.map_or_else(|| slug.clone(), |paper| paper.title);
    office
        .page(&person, &title, move |view| {
            let paper = view.project.papers().into_iter().find(|paper| paper.slug == slug);
            let Some((_, source)) = file_of(view.project, &slug) else {
                let paper = paper.ok_or_else(|| Problem::missing(format!("没有公文“{slug}”")))?;
                return Ok(without_source(view.project, &slug, paper.state));
            };
            let notice = view.project.notices.get(&slug);
            let state = paper.as_ref().map_or("读不出来", |paper| paper.state);
            Ok(editor(view, &slug, source, notice, state))
        })
        .await
}

/// What can be done with a document whose source is no notice: a catalogue, or one that was issued and whose source is gone.
fn without_source(project: &Project, slug: &str, state: &str) -> Markup {
    html! {
        p { span class="state" { (state) } }
        p class="toolbar" {
            (act("render", &[("notice", slug), ("format", "pdf")], "PDF"))
            @if project.register.catalogues.contains_key(slug) {
                a class="button" href={ "/table?kind=" (coded("目录")) "&of=" (coded(slug)) } { "改条目" }
                a class="button" href={ "/source?path=" (coded(&format!("data/catalogues/{slug}.yaml"))) } { "改名称、版本、状态" }
                (act("export", &[("kind", "目录"), ("of", slug)], "导出 Excel"))
                (act("import", &[("kind", "目录"), ("of", slug)], "新的一版"))
                (act("issue", &[("notice", slug)], "印发"))
            }
        }
    }
}

fn editor(view: &View<'_>, slug: &str, source: &Source, notice: Option<&Notice>, state: &str) -> Markup {
    let issued = matches!(state, "已印发" | "已更正" | "已撤回");
    let text = source.text();
    let value = values(text);
    let next = next_number(view, notice);
    let one = |field: Field| {
        let value = value(field.key);
        let fill = field.key == "发文字号" && !issued && value.as_ref().is_some_and(|value| *value != next);
        let fill = fill.then(|| html! { button type="button" class="fill" data-fill=(next) { "用下一个号：" (next) } });
        shown(field.key, field.key, field.entry, field.help, value, fill)
    };
    let genre = notice.map(|notice| notice.head.genre);
    html! {
        p class="toolbar" {
            span class="state" { (state) }
            button type="button" id="save" class="main" { "保存" }
            span id="saved" role="status" {}
            (act("render", &[("notice", slug), ("format", "pdf")], "PDF"))
            (act("render", &[("notice", slug), ("format", "docx")], "Word"))
            (act("import", &[("into", slug)], "收领导改稿"))
            (act("measure", &[("notice", slug)], "量版面"))
            @if issued {
                @if state != "已撤回" {
                    (act("issue", &[("notice", slug), ("correct", "")], "更正"))
                    (act("withdraw", &[("notice", slug)], "撤回"))
                }
                (act("compare", &[], "比较两版"))
            } @else { (act("issue", &[("notice", slug), ("dry_run", "on")], "印发")) }
        }
        @if issued { p class="note" { "这件公文印发过，定本不会再变：这里改的是源文件，更正以后才成为新的一版。" } }
        div class="editor" id="editor" data-slug=(slug) data-path=(source.path()) data-round=(view.round) {
            section class="writing" aria-label="要素和正文" {
                details class="head" open {
                    summary { "要素" }
                    div class="fields" { @for field in fields(genre).filter(|field| field.usual) { (one(field)) } }
                    details { summary { "不常用的" } div class="fields" { @for field in fields(genre).filter(|field| !field.usual) { (one(field)) } } }
                }
                label for="text" { "文字（三横线之间是要素，下面是正文）" }
                textarea id="text" spellcheck="false" wrap="soft" autocomplete="off" { "\n" (text) }
                section class="beside" aria-labelledby="wrong" {
                    h2 id="wrong" { "检查" }
                    p id="count" role="status" {}
                    ul id="findings" class="findings" {}
                }
                div id="clash" class="clash" role="alertdialog" aria-label="别人也改了" hidden {}
            }
            section class="pages" id="pages" aria-label="版面" tabindex="0" { p class="quiet" { "正在排版……" } }
        }
        svg id="glyphs" width="0" height="0" aria-hidden="true" { defs {} }
        script src="/bench/editor.js" type="module" {}
        p class="quiet" { "源文件：" (place(&format!("{}:1:1", source.path()))) }
    }
}

/// The number that comes next of those that are given and drafted.
fn next_number(view: &View<'_>, notice: Option<&Notice>) -> String {
    let year = notice.and_then(|notice| notice.head.dated).unwrap_or(view.on).year();
    let Office { code, .. } = &view.project.office;
    format!("{code}〔{year}〕{}号", view.project.last_serial(year) + 1)
}

/// What an editor sends: its text as it is.
#[derive(Deserialize)]
pub(super) struct Typing {
    /// Which editor it is.
    editor: String,
    text: String,
    /// Whether it holds nothing yet.
    #[serde(default)]
    fresh: bool,
    /// Whether the typing rests, and a whole look is wanted.
    #[serde(default)]
    thorough: bool,
}

pub(super) async fn typed(
    State(office): State<Shared>,
    Path(slug): Path<String>,
    Json(typing): Json<Typing>,
) -> Result<Response<Body>, Problem> {
    let own = Arc::clone(&office);
    let set = office
        .desk
        .ask(move |view| {
            let (file, _) = file_of(view.project, &slug)?;
            let Typing { editor, text, fresh, thorough } = typing;
            Some(Text { slug: &slug, file, words: &text }.set(view, &own.given, &editor, fresh, thorough))
        })
        .await?;
    set.map(|set| data(&set)).ok_or_else(|| Problem::missing("这件公文的源文件不在了"))
}

/// A field that was filled in.
#[derive(Deserialize)]
pub(super) struct FieldFilled {
    text: String,
    key: String,
    value: String,
}

pub(super) async fn field(
    State(_office): State<Shared>,
    Path(_slug): Path<String>,
    Json(FieldFilled { text, key, value }): Json<FieldFilled>,
) -> Response<Body> {
    match filled(&text, &key, &value) {
        Ok(text) => data(&json!({ "text": text })),
        Err(why) => data(&json!({ "why": why })),
    }
}
