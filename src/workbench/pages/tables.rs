//! 表格 — which tables there are, one of them as a grid, what would be wrong with what was typed in it, and saving that.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::Response;
use axum::{Extension, Json};
use maud::html;
use serde::Deserialize;
use serde_json::json;

use super::super::acts::{Filled, Outcome};
use super::super::door::Person;
use super::super::frame::{act, coded};
use super::super::journal::Entry;
use super::super::requests::{Office, Problem, Shared, allowed, data};
use super::super::tables::{Clash, Places, RowChanged, SheetShown, Which, handed_in, settled};
use crate::grid::Grid;

pub(super) async fn list(
    State(office): State<Shared>,
    Extension(person): Extension<Person>,
) -> Result<Response<Body>, Problem> {
    office
        .page(&person, "表格", |view| {
            let project = view.project;
            let link = |kind: &str, more: &str, words: &str| html! {
                li { a href={ "/table?kind=" (coded(kind)) (more) } { (words) } }
            };
            Ok(html! {
                p { (act("import", &[], "导入 Excel")) " " (act("form", &[], "空白申报表")) " " (act("compare", &[], "比较目录的两版")) }
                ul {
                    (link("企业", "", &format!("企业：{}家", project.register.enterprises.len())))
                    @for (year, declared) in project.register.declarations.iter().rev() {
                        (link("申报", &format!("&year={year}"), &format!("{year}年度申报")))
                        @for batch in declared.iter().map(|one| one.batch).filter(|batch| *batch > 1).collect::<BTreeSet<_>>() {
                            (link("申报", &format!("&year={year}&batch={batch}"), &format!("{year}年度申报（第{batch}批）")))
                        }
                    }
                    @for (slug, one) in &project.register.catalogues {
                        (link("目录", &format!("&of={}", coded(slug)), &format!("{}（{}）", one.name.value, one.edition)))
                    }
                    (link("台账", "", "台账：兑现过的，更正写新的一行"))
                }
            })
        })
        .await
}

pub(super) async fn page(
    State(office): State<Shared>,
    Extension(person): Extension<Person>,
    Query(which): Query<Which>,
) -> Result<Response<Body>, Problem> {
    let asked = which.clone();
    let title = office.desk.ask(move |view| asked.sheets(view.project).map(|_| asked.name(view.project))).await?;
    let title = title.ok_or_else(|| Problem::missing("没有这张表"))?;
    office
        .page(&person, &title, move |_| {
            let year = which.year.map(|year| year.to_string()).unwrap_or_default();
            let of = which.of.clone().unwrap_or_default();
            let mut export = vec![("kind", which.kind.as_str())];
            export.extend((!year.is_empty()).then_some(("year", year.as_str())));
            let batch = which.batch.map(|batch| batch.to_string()).unwrap_or_default();
            export.extend((!batch.is_empty()).then_some(("batch", batch.as_str())));
            export.extend((!of.is_empty()).then_some(("of", of.as_str())));
            Ok(html! {
                p class="toolbar" {
                    button type="button" id="save" class="main" disabled { "保存" }
                    span id="saved" role="status" {}
                    button type="button" id="undo" disabled { "撤消" }
                    button type="button" id="redo" disabled { "重做" }
                    button type="button" id="add" { "加一行" }
                    // What was paid is corrected, never struck out.
                    @if which.kind != "台账" { button type="button" id="strike" { "删去所选行" } }
                    (act("export", &export, "导出 Excel"))
                    (act("import", &export, "导入 Excel"))
                }
                p class="quiet" {
                    "可以从 Excel 复制一块贴进来（Ctrl+V）；向下填充 Ctrl+D，撤消 Ctrl+Z；方向键移动，回车或打字就改，Esc 放弃。点列名排序。"
                    "删空一格，保存时文件里的那一项也删去"
                    @if which.kind != "台账" { "；整行不要的，选中它，点“删去所选行”（Ctrl+Delete）" }
                    "。"
                }
                div class="tabs" id="tabs" role="tablist" aria-label="表" {}
                p { label for="filter" { "只看含有这些字的行" } " " input id="filter" type="search"; " " span id="shown" role="status" {} }
                div class="grid" id="grid" data-kind=(which.kind) data-year=(year) data-batch=(batch) data-of=(of) {}
                section class="beside" aria-labelledby="wrong" {
                    h2 id="wrong" { "检查" }
                    p id="count" role="status" {}
                    ul id="findings" class="findings" {}
                }
                script src="/bench/grid.js" type="module" {}
            })
        })
        .await
}

pub(super) async fn sheets(
    State(office): State<Shared>,
    Query(which): Query<Which>,
) -> Result<Response<Body>, Problem> {
    let shown = office
        .desk
        .ask(move |view| {
            let sheets = which.sheets(view.project)?;
            let sheets: Vec<SheetShown> = sheets.iter().map(SheetShown::of).collect();
            Some(json!({ "round": view.round, "sheets": sheets }))
        })
        .await?;
    shown.map(|shown| data(&shown)).ok_or_else(|| Problem::missing("没有这张表"))
}

/// What was changed in a grid.
#[derive(Deserialize)]
pub(super) struct Changed {
    which: Which,
    rows: Vec<RowChanged>,
}

/// What came of giving it to `hongtou import`.
struct Tried {
    outcome: Outcome,
    clashes: Vec<Clash>,
    places: Places,
    rows: Vec<RowChanged>,
}

async fn give(office: &Office, changed: Changed, write: bool) -> Result<Tried, Problem> {
    let Changed { which, rows } = changed;
    let (mut texts, kind) = (which.options(), which.kind.clone());
    let sheets: Option<Vec<Grid>> = office.desk.ask(move |view| which.sheets(view.project)).await?;
    let sheets = sheets.ok_or_else(|| Problem::missing("没有这张表"))?;
    let (rows, clashes) = settled(&sheets, &rows);
    let (bytes, places) = handed_in(&sheets, &rows).ok_or_else(|| Problem::wrong("表太大，或格子里的字太多"))?;
    texts.insert("format".to_owned(), "json".to_owned());
    if !write || !clashes.is_empty() {
        texts.insert("dry_run".to_owned(), "on".to_owned());
    }
    let files = BTreeMap::from([("file".to_owned(), (format!("{kind}.xlsx"), bytes))]);
    let act = office.act("import")?;
    let outcome = office.hand.give(act, &Filled { texts, files }).await;
    let outcome = outcome.map_err(|error| Problem::wrong(error.to_string()))?;
    Ok(Tried { outcome, clashes, places, rows })
}

/// What a browser is told of it.
fn told(tried: &Tried, saved: bool) -> Response<Body> {
    // What could not be done at all is told in words alone.
    let failed = (tried.outcome.ending == 2).then(|| tried.outcome.said.trim());
    data(&json!({
        "saved": saved,
        "failed": failed,
        "clashes": tried.clashes,
        "findings": tried.places.findings(&tried.outcome.out),
        "rows": if saved { tried.rows.iter().map(|row| json!({ "sheet": row.sheet, "number": row.number, "now": row.now })).collect() } else { Vec::new() },
    }))
}

pub(super) async fn tried(
    State(office): State<Shared>,
    Json(changed): Json<Changed>,
) -> Result<Response<Body>, Problem> {
    let tried = give(&office, changed, false).await?;
    Ok(told(&tried, false))
}

pub(super) async fn save(
    State(office): State<Shared>,
    Extension(person): Extension<Person>,
    Json(changed): Json<Changed>,
) -> Result<Response<Body>, Problem> {
    let act = office.act("import")?;
    act.role.map_or(Ok(()), |role| allowed(&person, role))?;
    let tried = give(&office, changed, true).await?;
    let saved = tried.outcome.ending == 0 && tried.clashes.is_empty();
    if saved {
        let Outcome { line, ending, .. } = &tried.outcome;
        office.journal.add(&Entry::given(&(office.setting.now)(), &person.name, line, None, *ending))?;
        office.changed(&person.name, line).await;
    }
    Ok(told(&tried, saved))
}
