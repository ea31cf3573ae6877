//! 合计 — the sums of a year by clause, district and year, each with its bar: in whole numbers, as a figure never passes through a float.

use maud::{Markup, html};
use rust_decimal::Decimal;

use crate::award::Summary;
use crate::calendar::Year;
use crate::money::Money;

/// How wide the longest bar is, in hundredths.
const WIDTH: i64 = 100;

/// A row: what it is called, how many enterprises and awards, how much.
struct Row {
    name: Markup,
    enterprises: usize,
    awards: Option<usize>,
    amount: Money,
}

/// The sums of a year, and the years side by side.
pub(super) fn sums(summary: &Summary, years: &[(Year, Summary)]) -> Markup {
    let clauses = summary.clauses.iter().map(|one| Row {
        name: html! { (one.clause) " " (one.name) },
        enterprises: one.enterprises,
        awards: Some(one.awards),
        amount: one.amount,
    });
    let districts = summary.districts.iter().map(|one| Row {
        name: html! { (one.district) },
        enterprises: one.enterprises,
        awards: None,
        amount: one.amount,
    });
    let years = years.iter().map(|(year, summary)| Row {
        name: html! { a href={ "/awards?year=" (year) } { (year) "年度" } },
        enterprises: summary.enterprises,
        awards: Some(summary.awards),
        amount: summary.total,
    });
    html! {
        (table("按条款", "条款和事项", &clauses.collect::<Vec<_>>()))
        div class="columns" {
            (table("按区县", "区县", &districts.collect::<Vec<_>>()))
            (table("各年度", "年度", &years.collect::<Vec<_>>()))
        }
    }
}

fn table(title: &str, head: &str, rows: &[Row]) -> Markup {
    let longest = rows.iter().map(|row| row.amount).max().unwrap_or_default();
    let counts = rows.iter().any(|row| row.awards.is_some());
    // One alone is as long as itself.
    let bars = rows.len() > 1;
    html! {
        section {
            h2 { (title) }
            div class="scroll" tabindex="0" role="group" aria-label=(title) { table {
                thead { tr {
                    th scope="col" { (head) }
                    th scope="col" { "企业数" }
                    @if counts { th scope="col" { "项数" } }
                    th scope="col" { "金额（万元）" }
                    @if bars { th class="bar" aria-hidden="true" {} }
                } }
                tbody { @for row in rows { tr {
                    td { (row.name) }
                    td class="number" { (row.enterprises) }
                    @if let Some(awards) = row.awards { td class="number" { (awards) } }
                    td class="number" { (row.amount.wan_text()) }
                    @if bars { td class="bar" aria-hidden="true" { (bar(row.amount, longest)) } }
                } } }
            } }
        }
    }
}

/// As long as its share of the longest one.
fn bar(amount: Money, longest: Money) -> Markup {
    let share = amount.decimal().checked_div(longest.decimal()).unwrap_or_default();
    let width = share.saturating_mul(Decimal::from(WIDTH)).round();
    html! {
        svg class="bar" viewBox={ "0 0 " (WIDTH) " 10" } preserveAspectRatio="none" width=(WIDTH) height="10" {
            rect width=(width) height="10" {}
        }
    }
}
