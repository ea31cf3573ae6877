//! 公文 — the list: by state, number, date, words.

use std::collections::BTreeMap;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::Response;
use maud::html;

use super::super::door::Person;
use super::super::frame::{act, coded};
use super::super::requests::{Problem, Shared};
use crate::calendar::Day;

/// The states that a document may be in.
const STATES: [&str; 6] = ["草稿", "定稿", "已印发", "已更正", "已撤回", "目录"];

pub(super) async fn page(
    State(office): State<Shared>,
    Extension(person): Extension<Person>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response<Body>, Problem> {
    let asked = move |key: &str| query.get(key).map(|text| text.trim().to_owned()).unwrap_or_default();
    let (word, state) = (asked("q"), asked("state"));
    office
        .page(&person, "公文", move |view| {
            let papers = view.project.papers().into_iter();
            let papers: Vec<_> =
                papers.filter(|paper| paper.has(&word) && (state.is_empty() || paper.state == state)).collect();
            Ok(html! {
                p { (act("new", &[], "新建公文")) " " (act("import", &[], "导入 Word 稿")) }
                form class="search" role="search" action="/documents" {
                    label for="q" { "文号、标题、日期里的字" }
                    input id="q" name="q" type="search" value=(word);
                    label for="state" { "状态" }
                    select id="state" name="state" {
                        option value="" { "全部" }
                        @for one in STATES { option selected[one == state] { (one) } }
                    }
                    button { "找" }
                }
                p role="status" { (papers.len()) "件" }
                div class="scroll" {
                    table {
                        thead { tr { @for head in ["状态", "文号", "标题", "日期", "版本"] { th scope="col" { (head) } } } }
                        tbody {
                            @for paper in &papers {
                                tr {
                                    td { span class="state" { (paper.state) } }
                                    td { (paper.number.as_deref().unwrap_or_default()) }
                                    td { a href={ "/documents/" (coded(&paper.slug)) } { (paper.title) } }
                                    td { (paper.day.map(Day::iso).unwrap_or_default()) }
                                    td { (paper.version.map(|version| version.to_string()).unwrap_or_default()) }
                                }
                            }
                        }
                    }
                }
            })
        })
        .await
}
