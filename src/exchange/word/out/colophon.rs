//! 版记 — who gets a copy, who printed it and when, in a frame at the foot of its page.

use std::fmt::Write;

use super::super::inline::COLOPHON;
use super::area::Page;
use super::flow::{Face, Look, Paragraph, run};
use super::package::anchored;
use super::place::{Bar, Spot, all_runs, bars, runs};
use crate::document::{Colophon, Document, Format};
use crate::pdf::Drawing;

/// The page of 版记, from 0, where it stands behind the text on one of its own.
pub(super) fn own_page(drawing: &Drawing) -> Option<usize> {
    let sheet = runs(drawing, "colophon").next()?.page;
    let own = |name: &String| name == "colophon" || name == "furniture" || name == "page-number";
    let text_ends = all_runs(drawing).filter(|(names, _)| !names.iter().any(own)).map(|(_, spot)| spot.page).max();
    Some(sheet).filter(|sheet| text_ends.is_some_and(|ends| ends < *sheet))
}

/// The anchor of 版记 at the foot of its page.
pub(super) fn foot(colophon: &Colophon, document: &Document, drawing: &Drawing, page: &Page, id: usize) -> String {
    let rules: Vec<Bar> = bars(drawing, "colophon-rule").collect();
    let spots: Vec<Spot<'_>> = runs(drawing, "colophon").collect();
    let size = spots.first().map_or(14.0, |spot| spot.size);
    let line = size * 1.6;
    let mut rows: Vec<Paragraph> = Vec::new();
    let cell = |text: &str| run(text, Look::sized(Face::Fang, size));
    let inset = size;
    for pair in colophon.offices.chunks(2) {
        let runs = pair.iter().map(|office| cell(office)).collect::<Vec<_>>().join("<w:r><w:tab/></w:r>");
        rows.push(Paragraph { tabs: vec![(page.width - inset, true)], ..Paragraph::new(runs) });
    }
    let first_of_names = rows.len();
    let addressee = colophon.addressee.clone().or_else(|| {
        (runs(drawing, "addressee").next().is_none() && !document.addressee.is_empty())
            .then(|| document.addressee.clone())
    });
    for (word, names) in addressee
        .map(|names| ("主送", names))
        .into_iter()
        .chain((!colophon.copies_to.is_empty()).then(|| ("抄送", colophon.copies_to.concat())))
    {
        rows.push(Paragraph {
            left: Some(inset + 3.0 * size),
            first: Some(-3.0 * size),
            ..Paragraph::new(cell(&format!("{word}：{names}。")))
        });
    }
    let first_of_print = rows.len();
    if document.format != Format::Letter && (colophon.printed_by.is_some() || colophon.printed_on.is_some()) {
        let day = colophon.printed_on.map(|day| format!("{day}印发")).unwrap_or_default();
        let runs = cell(colophon.printed_by.as_deref().unwrap_or_default()) + "<w:r><w:tab/></w:r>" + &cell(&day);
        rows.push(Paragraph { tabs: vec![(page.width - inset, true)], ..Paragraph::new(runs) });
    }
    let ruled = document.format != Format::Letter;
    let count = rows.len();
    let mut text = String::new();
    for (index, mut row) in rows.into_iter().enumerate() {
        row.line = line;
        row.alignment = "left";
        row.left = row.left.or(Some(inset));
        row.right = inset;
        row.first = row.first.or(Some(0.0));
        if ruled {
            let starts = index == 0 || index == first_of_names || index == first_of_print;
            let top = if index == 0 { 8 } else { 6 };
            let mut border = String::from("<w:pBdr>");
            if starts {
                let _ = write!(border, "<w:top w:val=\"single\" w:sz=\"{top}\" w:space=\"1\" w:color=\"auto\"/>");
            }
            if index + 1 == count {
                border.push_str("<w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"1\" w:color=\"auto\"/>");
            }
            border.push_str("</w:pBdr>");
            row.border = border;
        }
        text.push_str(&row.xml());
    }
    let top = rules
        .first()
        .map(|bar| bar.top)
        .or_else(|| spots.iter().map(|spot| spot.baseline - spot.size).min_by(f64::total_cmp));
    let bottom =
        rules.last().map(|bar| bar.top).or_else(|| spots.iter().map(|spot| spot.baseline).max_by(f64::total_cmp));
    let (top, bottom) = (top.unwrap_or(page.height * 0.8), bottom.unwrap_or(page.height * 0.88));
    #[expect(clippy::cast_precision_loss, reason = "few rows")]
    let high = (bottom - top).max(count as f64 * line + 8.0);
    anchored(id, COLOPHON, (page.left, bottom - high), (page.width, high + 6.0), None, &text)
}
