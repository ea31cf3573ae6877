//! 设置 — the office, its site, the page and its faces: where each is written, and a look at what comes of it.

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use maud::html;

use super::super::door::Person;
use super::super::frame::{act, coded};
use super::super::requests::{Problem, Shared};

/// What can be set, where, and what it is.
const FILES: [(&str, &str, &str); 5] = [
    ("data/office.yaml", "机关和网站", "名称、代字、电话、域名、标识码、公开范围、词表、双人办理"),
    ("data/layout.yaml", "版面", "字体、行距、颜色等和国标不同的地方；不写就照 GB/T 9704—2012"),
    ("data/facts.yaml", "申报可以写什么", "各类对象的数额和属性"),
    ("data/indicators.yaml", "监测指标", "各项指标、单位、目标"),
    ("data/chains.yaml", "产业链", "链长、盟会长"),
];

pub(super) async fn page(
    State(office): State<Shared>,
    Extension(person): Extension<Person>,
) -> Result<Response<Body>, Problem> {
    office
        .page(&person, "设置", |view| {
            let project = view.project;
            let placeholders = project.placeholders();
            let next = view.on.year().next();
            let year = if project.calendar.knows(view.on.year()) { next } else { view.on.year() };
            Ok(html! {
                @if !placeholders.is_empty() {
                    p class="note" { "还是样例的：" (placeholders.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>().join("、")) "。换成自己的以后才能印发。" }
                }
                table {
                    thead { tr { @for head in ["文件", "写什么", "说明"] { th scope="col" { (head) } } } }
                    tbody { @for (path, name, about) in FILES { tr {
                        td { a href={ "/source?path=" (coded(path)) } { (path) } @if project.sources.at(path).is_none() { "（还没有）" } }
                        td { (name) } td { (about) }
                    } } }
                }
                p class="toolbar" {
                    (act("fonts", &[("proof", "样张.pdf")], "字体和样张"))
                    a class="button" href={ "/source?path=" (coded(&format!("data/calendar/{year}.yaml"))) } { (year) "年的放假安排" }
                    (act("import", &[("kind", "放假"), ("year", &year.to_string())], "从 Excel 导入放假安排"))
                    (act("cache", &[], "印过的留了多少"))
                }
            })
        })
        .await
}
