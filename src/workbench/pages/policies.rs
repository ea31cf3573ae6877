//! 政策 — the words of a policy and its rules, side by side.

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::Response;
use maud::html;

use super::super::door::Person;
use super::super::frame::{act, coded, place};
use super::super::requests::{Problem, Shared};

pub(super) async fn list(
    State(office): State<Shared>,
    Extension(person): Extension<Person>,
) -> Result<Response<Body>, Problem> {
    office
        .page(&person, "政策", |view| {
            Ok(html! {
                p { (act("policy new", &[], "从条文起草规则")) }
                ul { @for policy in &view.project.policies {
                    li { a href={ "/policies/" (coded(&policy.slug)) } { (policy.title.replace('\n', "")) } " " (policy.number) "，有效至" (policy.last_day()) }
                } }
            })
        })
        .await
}

pub(super) async fn page(
    State(office): State<Shared>,
    Extension(person): Extension<Person>,
    Path(slug): Path<String>,
) -> Result<Response<Body>, Problem> {
    let asked = slug.clone();
    let title = office
        .desk
        .ask(move |view| {
            let policy = view.project.policies.iter().find(|policy| policy.slug == asked)?;
            Some(policy.title.replace('\n', ""))
        })
        .await?
        .ok_or_else(|| Problem::missing(format!("没有政策“{slug}”")))?;
    office
        .page(&person, &title, move |view| {
            let policy = view.project.policies.iter().find(|policy| policy.slug == slug);
            let policy = policy.ok_or_else(|| Problem::missing("没有这项政策"))?;
            let (first, last) = policy.first_and_last_year();
            Ok(html! {
                p class="toolbar" {
                    a class="button" href={ "/documents/" (coded(&slug)) } { "改条文" }
                    a class="button" href={ "/source?path=" (coded(&format!("data/policies/{slug}/rules.yaml"))) } { "改规则" }
                    a class="button" href={ "/source?path=" (coded(&format!("data/policies/{slug}/cases.yaml"))) } { "改例子" }
                }
                p { (policy.name()) "，施行：" (policy.rules.from) "，有效至：" (policy.last_day()) "，适用年度：" (first) "至" (last) }
                @for carried in policy.carried() {
                    article class="sides" id=(carried.clause.id.0) {
                        section { h2 { (carried.clause.id) } @for line in carried.clause.words.lines() { p { (line) } } }
                        section {
                            @for rule in &carried.rules {
                                h3 { (rule.name) "（" (rule.subject) "）" }
                                dl {
                                    @for one in &rule.conditions { dt { "条件" } dd { (one) } }
                                    @for one in &rule.gives { dt { "标准" } dd { (one) } }
                                    @for one in &rule.limits { dt { "限额" } dd { (one) } }
                                }
                            }
                            @for rule in policy.rules.rules.iter().filter(|rule| rule.clause.value == carried.clause.id) {
                                p { (place(&view.project.sources.locate(rule.clause.place))) }
                            }
                        }
                    }
                }
            })
        })
        .await
}
