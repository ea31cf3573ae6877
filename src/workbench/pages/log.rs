//! 日志 — who did what, when.

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use maud::html;

use super::super::door::Person;
use super::super::frame;
use super::super::requests::{Problem, Shared, page as response};

/// The most that is shown.
const MOST: usize = 300;

pub(super) async fn page(
    State(office): State<Shared>,
    Extension(person): Extension<Person>,
) -> Result<Response<Body>, Problem> {
    let entries = office.journal.entries();
    let content = html! {
        p { "每一次保存和办理都记在 .hongtou/journal.jsonl，只加不改；全部用 hongtou log 列出。" }
        div class="scroll" { table {
            thead { tr { @for head in ["时间", "谁", "做了什么", "文件", "结果"] { th scope="col" { (head) } } } }
            tbody { @for entry in entries.iter().rev().take(MOST) { tr {
                td { (entry.at) } td { (entry.who) } td { (entry.what) } td { (entry.file.as_deref().unwrap_or_default()) }
                td { (entry.ended()) }
            } } }
        } }
    };
    Ok(response(StatusCode::OK, &frame::page("日志", Some(&person), office.shared, &content)))
}
