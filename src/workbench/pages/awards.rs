//! 奖励 — the awards of a year, and of one enterprise each figure with the cell that it comes from.

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::desk::View;
use super::super::door::Person;
use super::super::frame::{act, coded, place};
use super::super::requests::{Problem, Shared};
use super::sums::sums;
use crate::award::{Outcome, Summary, assess};
use crate::calendar::Year;
use crate::diag::Code;
use crate::draft::facts::selection_of;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    year: Option<i16>,
    #[serde(default)]
    all: Option<String>,
}

pub(super) async fn page(
    State(office): State<Shared>,
    Extension(person): Extension<Person>,
    Query(Asked { year, all }): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    office
        .page(&person, "奖励", move |view| {
            let project = view.project;
            let mut years: Vec<Year> = project.years().collect();
            years.sort_unstable();
            let Some(year) = year.map(Year).or_else(|| years.last().copied()) else {
                return Ok(html! { p { "还没有申报。" (act("import", &[("kind", "申报")], "导入申报表")) } });
            };
            if !years.contains(&year) {
                return Err(Problem::missing(format!("没有{year}年度的申报")));
            }
            let text = year.to_string();
            let assessments = assess(&project.register, &project.policies, year);
            let summary = Summary::of(&assessments);
            let of = |year: &Year| Summary::of(&assess(&project.register, &project.policies, *year));
            let all_years: Vec<(Year, Summary)> = years.iter().rev().map(|year| (*year, of(year))).collect();
            let all = all.is_some();
            Ok(html! {
                p class="toolbar" {
                    @for one in years.iter().rev() { a class="button" aria-current=[(*one == year).then_some("page")] href={ "/awards?year=" (one) } { (one) "年度" } }
                    a class="button" href={ "/awards?year=" (year) (if all { "" } else { "&all=1" }) } { (if all { "只看给予的" } else { "连不予的" }) }
                    (act("awards", &[("year", &text), ("format", "xlsx")], "导出 Excel"))
                    (act("statistics", &[("year", &text)], "统计"))
                    (act("awards", &[("year", &text), ("readings", "")], "换一种理解试算"))
                    (act("new", &[("genre", "公示"), ("awards", &text)], "起草公示"))
                    a class="button" href={ "/source?path=" (coded(&format!("data/reductions/{year}.yaml"))) } { "核减" }
                    (act("grant", &[("year", &text)], "兑现"))
                }
                p class="total" { "合计：" (summary.enterprises) "家企业，" (summary.awards) "项，" (summary.total.yuan_text()) "元（" (summary.total.capitals()) "）" }
                (since(view, year))
                (sums(&summary, &all_years))
                h2 { "逐项" }
                div class="scroll" { table {
                    thead { tr { @for head in ["企业", "条款", "事项", "对象", "金额（万元）", "限额或理由"] { th scope="col" { (head) } } } }
                    tbody { @for one in assessments.iter().filter(|one| all || matches!(one.outcome, Outcome::Granted(_))) { tr {
                        td { a href={ "/awards/" (year) "/" (one.enterprise.code.value.as_str()) } { (one.enterprise.name.value) } }
                        td { a href={ "/policies/" (coded(&one.policy.slug)) "#" (one.rule.clause.value.0) } { (one.rule.clause.value) } }
                        td { (one.rule.name) }
                        td { @if one.subject != one.enterprise.name.value { (one.subject) } }
                        td class="number" { (one.amount().wan_text()) }
                        td { (one.reason().or_else(|| one.cut.map(crate::award::Cut::text)).unwrap_or_default()) }
                    } } }
                } }
            })
        })
        .await
}

/// What the issued documents of a year would say otherwise now: the 公示 before an objection, and after it.
fn since(view: &View<'_>, year: Year) -> Markup {
    let project = view.project;
    let of_year = project.notices.iter().filter(|(_, notice)| {
        selection_of(notice).is_some_and(|selection| selection.is_ok_and(|selection| selection.year == year))
    });
    let answers = view.findings().findings().iter().filter(|finding| finding.code == Code::Issued);
    let answers: Vec<_> = answers.filter_map(|finding| Some((finding.place?.file, finding))).collect();
    let changed: Vec<_> = of_year
        .flat_map(|(slug, notice)| {
            answers.iter().filter(|(file, _)| *file == notice.file).map(move |(_, finding)| (slug, notice, finding))
        })
        .collect();
    html! {
        @if !changed.is_empty() {
            section aria-labelledby="since" {
                h2 id="since" { "印发以后变了的" }
                @for (slug, notice, finding) in changed {
                    @let (words, lines) = finding.message.split_once('\n').unwrap_or((&finding.message, ""));
                    p class="warning" { a href={ "/documents/" (coded(slug)) } { (words) } }
                    pre class="said" tabindex="0" aria-label="变了的各行" { (lines) }
                    p class="toolbar" {
                        (act("issue", &[("notice", slug), ("correct", "")], &format!("更正{}", notice.head.genre.name())))
                        span class="quiet" { "已印发的不会变；数据改错了的，改回来。" }
                    }
                }
            }
        }
    }
}

pub(super) async fn explanation(
    State(office): State<Shared>,
    Extension(person): Extension<Person>,
    Path((year, code)): Path<(i16, String)>,
) -> Result<Response<Body>, Problem> {
    let asked = code.clone();
    let name = office
        .desk
        .ask(move |view| view.project.register.find(&asked).map(|one| one.name.value.clone()))
        .await?
        .ok_or_else(|| Problem::missing(format!("企业库里没有“{code}”")))?;
    office
        .page(&person, &format!("{name}{year}年度"), move |view| {
            let project = view.project;
            let mut assessments = assess(&project.register, &project.policies, Year(year));
            assessments.retain(|one| one.enterprise.code.value.as_str() == code);
            let total = Summary::of(&assessments).total;
            Ok(html! {
                p class="toolbar" {
                    (act("explain", &[("enterprise", &code), ("year", &year.to_string()), ("format", "xlsx")], "导出说明"))
                    a class="button" href={ "/awards?year=" (year) } { "全部企业" }
                }
                p class="total" { "合计：" (total.yuan_text()) "元（" (total.capitals()) "）" }
                @if assessments.is_empty() { p { "这一年度没有要核定的。" } }
                @for one in &assessments {
                    article class="award" {
                        h2 { a href={ "/policies/" (coded(&one.policy.slug)) "#" (one.rule.clause.value.0) } { (one.rule.clause.value) } " " (one.rule.name)
                            @if one.subject != one.enterprise.name.value { "：" (one.subject) } }
                        p class="words" { (one.policy.wording(one.rule)) "（" (one.policy.name()) "）" }
                        div class="scroll" { table {
                            thead { tr { @for head in ["步骤", "算式", "结果", "写在"] { th scope="col" { (head) } } } }
                            tbody { @for step in &one.steps {
                                @let words = step.words();
                                tr { td { (words.step) } td { (words.formula) } td { (words.value) } td { @if let Some(at) = step.place { (place(&project.sources.locate(at))) } } }
                            } }
                        } }
                        p { strong { (match one.outcome {
                            Outcome::Granted(amount) => format!("给予{}元（{}）{}", amount.yuan_text(), amount.capitals(), one.cut.map(|cut| format!("，封顶：{}", cut.text())).unwrap_or_default()),
                            Outcome::Listed => one.reason().unwrap_or_default(),
                            Outcome::Refused => format!("不予，{}", one.reason().unwrap_or_default()),
                        }) } }
                    }
                }
            })
        })
        .await
}
