//! 首页 — what waits: what is due, drafts, what is wrong, how far each year is; and finding anything.

use std::collections::BTreeMap;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::Response;
use maud::{Markup, html};

use super::super::desk::View;
use super::super::door::Person;
use super::super::frame::{act, coded, place};
use super::super::requests::{Problem, Shared};
use crate::award::Summary;
use crate::calendar::{Day, Year};
use crate::document::Genre;
use crate::draft::facts::selection_of;

/// How far ahead is looked (days).
const AHEAD: i64 = 45;

/// The most that is listed of anything.
const MOST: usize = 30;

pub(super) async fn page(
    State(office): State<Shared>,
    Extension(person): Extension<Person>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response<Body>, Problem> {
    let word = query.get("q").map(|word| word.trim().to_owned()).unwrap_or_default();
    office
        .page(&person, "首页", move |view| {
            Ok(html! {
                form class="search" role="search" action="/" {
                    label for="q" { "找公文、企业、目录条目" }
                    input id="q" name="q" type="search" value=(word);
                    button { "找" }
                }
                @if !word.is_empty() { (found(view, &word)) }
                (years(view))
                div class="columns" {
                    (due(view))
                    (drafts(view))
                }
                (findings(view))
            })
        })
        .await
}

/// Documents, enterprises and catalogue entries that bear a word.
fn found(view: &View<'_>, word: &str) -> Markup {
    let project = view.project;
    let papers: Vec<_> = project.papers().into_iter().filter(|paper| paper.has(word)).take(MOST).collect();
    let enterprises = project.register.enterprises.values();
    let enterprises: Vec<_> = enterprises
        .filter(|one| one.name.value.contains(word) || one.code.value.as_str().contains(word))
        .take(MOST)
        .collect();
    let year = project.years().max();
    let entries: Vec<(String, String)> = project
        .register
        .catalogues
        .iter()
        .flat_map(|(slug, catalogue)| {
            let ids = catalogue.ids().filter(|id| {
                let cells = catalogue.entry(id).into_iter().flat_map(|entry| entry.values());
                id.contains(word) || cells.into_iter().any(|cell| cell.value.0.contains(word))
            });
            ids.map(|id| (slug.clone(), id.to_owned())).collect::<Vec<_>>()
        })
        .take(MOST)
        .collect();
    html! {
        section aria-labelledby="found" {
            h2 id="found" { "找到的" }
            @if papers.is_empty() && enterprises.is_empty() && entries.is_empty() {
                p { "没有公文、企业或目录条目含有“" (word) "”。少写几个字试试；办理里的命令按名称找。" }
            }
            ul {
                @for paper in &papers {
                    li { a href={ "/documents/" (coded(&paper.slug)) } { (paper.title) } " " span class="state" { (paper.state) } " " (paper.number.as_deref().unwrap_or_default()) }
                }
                @for one in &enterprises {
                    li {
                        @match year {
                            Some(year) => { a href={ "/awards/" (year) "/" (one.code.value.as_str()) } { (one.name.value) } }
                            None => { (one.name.value) }
                        }
                        " " (one.code.value.as_str()) " " (one.district.value)
                    }
                }
                @for (slug, id) in &entries { li { a href={ "/table?kind=" (coded("目录")) "&of=" (coded(slug)) } { (slug) " " (id) } } }
            }
        }
    }
}

/// 申报 → 核定 → 公示 → 通知 → 兑现 of each year, with the next step.
fn years(view: &View<'_>) -> Markup {
    let mut years: Vec<Year> = view.project.years().collect();
    years.sort_unstable();
    html! {
        section aria-labelledby="years" {
            h2 id="years" { "各年度办到哪一步" }
            @if years.is_empty() { p { "还没有申报。" (act("import", &[("kind", "申报")], "导入申报表")) } }
            @for year in years.into_iter().rev().take(4) { (one_year(view, year)) }
        }
    }
}

fn one_year(view: &View<'_>, year: Year) -> Markup {
    let project = view.project;
    let declared = project.register.declarations.get(&year).map_or(0, Vec::len);
    let assessments = crate::award::assess(&project.register, &project.policies, year);
    let summary = Summary::of(&assessments);
    let of_year = |genre: Genre| {
        let mut papers = project.notices.iter().filter(move |(_, notice)| {
            notice.head.genre == genre
                && !notice.head.for_each
                && selection_of(notice).is_some_and(|of| of.is_ok_and(|of| of.year == year))
        });
        papers.next().map(|(slug, _)| (slug.clone(), project.record.registry.of(slug).is_some()))
    };
    let (announced, noticed) = (of_year(Genre::Publicity), of_year(Genre::Notice));
    let paid = project.register.ledger.get(&year).is_some_and(|entries| !entries.is_empty());
    let text = year.to_string();
    let step = |name: &str, done: bool, words: Markup| {
        html! { li class=[done.then_some("done")] { strong { (name) } " " (words) @if done { span class="quiet" { "（已办）" } } } }
    };
    let paper = |known: &Option<(String, bool)>, genre: &str| match known {
        Some((slug, issued)) => html! {
            a href={ "/documents/" (coded(slug)) } { (if *issued { "已印发" } else { "在起草" }) }
        },
        None => act("new", &[("genre", genre), ("awards", &text)], &format!("起草{genre}")),
    };
    html! {
        article class="year" {
            h3 { (year) "年度" }
            ol class="steps" {
                (step("申报", declared > 0, html! { a href={ "/table?kind=" (coded("申报")) "&year=" (year) } { (declared) "家" } }))
                (step("核定", summary.awards > 0, html! { a href={ "/awards?year=" (year) } { (summary.enterprises) "家" (summary.awards) "项，" (summary.total.wan_text()) "万元" } }))
                (step("公示", announced.as_ref().is_some_and(|known| known.1), paper(&announced, "公示")))
                (step("通知", noticed.as_ref().is_some_and(|known| known.1), paper(&noticed, "通知")))
                (step("兑现", paid, match (&noticed, paid) {
                    (_, true) => html! { a href={ "/table?kind=" (coded("台账")) "&year=" (year) } { "台账" } },
                    (Some((slug, true)), false) => act("grant", &[("year", &text), ("notice", slug)], "兑现"),
                    _ => html! { "通知印发以后" },
                }))
            }
        }
    }
}

/// What is due, the most pressing first.
fn due(view: &View<'_>) -> Markup {
    let until = view.on.plus_days(AHEAD).unwrap_or_else(Day::last);
    let due = view.project.agenda(view.on, until);
    html! {
        section aria-labelledby="due" {
            h2 id="due" { "待办" }
            @if due.is_empty() { p { (AHEAD) "天里没有到期的事。" } }
            ul {
                @for one in due.iter().take(MOST) {
                    li {
                        @match view.on.days_until(one.on) {
                            0 => { strong class="error" { "今天" } }
                            days if days < 0 => { strong class="error" { "逾期" (-days) "天" } }
                            days => { span { "还有" (days) "天" } }
                        }
                        " " (one.kind) "：" (one.what) "。" (one.todo)
                        @if let Some(at) = one.place { " " (place(&view.project.sources.locate(at))) }
                    }
                }
                @if due.len() > MOST { li { (act("agenda", &[], "全部待办")) } }
            }
        }
    }
}

fn drafts(view: &View<'_>) -> Markup {
    let papers: Vec<_> =
        view.project.papers().into_iter().filter(|paper| matches!(paper.state, "草稿" | "定稿")).collect();
    html! {
        section aria-labelledby="drafts" {
            h2 id="drafts" { "没有印发的" }
            p { (act("new", &[], "新建公文")) " " (act("import", &[], "导入 Word 稿或 Excel 表")) }
            ul {
                @for paper in papers.iter().take(MOST) {
                    li { a href={ "/documents/" (coded(&paper.slug)) } { (paper.title) } " " span class="state" { (paper.state) } }
                }
            }
        }
    }
}

/// What `hongtou check` says.
fn findings(view: &View<'_>) -> Markup {
    let report = view.findings();
    let (errors, warnings) = report.count();
    html! {
        section aria-labelledby="findings" {
            h2 id="findings" { "检查" }
            @if errors + warnings == 0 { p class="fine" { "没有问题。" } }
            @else { p class=(if errors > 0 { "error" } else { "warning" }) { (errors) "处错误，" (warnings) "处提醒" } }
            ul class="findings" {
                @for finding in report.findings().iter().take(MOST) {
                    li class=(if finding.severity == crate::diag::Severity::Error { "error" } else { "warning" }) {
                        (finding.message)
                        @if let Some(at) = finding.place { " " (place(&view.project.sources.locate(at))) }
                        @if let Some(help) = &finding.help { span class="help" { (help) } }
                    }
                }
            }
        }
    }
}
