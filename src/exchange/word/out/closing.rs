//! 署名和成文日期 — in the rows and at the places in which they are printed.

use std::fmt::Write;

use super::area::Page;
use super::flow::{Flow, Look, Paragraph, run, twips};
use super::place::{Spot, above, runs};
use crate::pdf::Drawing;

/// An empty line that stays with what follows it.
pub(super) fn blank() -> Paragraph {
    Paragraph { keep_next: true, ..Paragraph::default() }.flush()
}

/// Signatures and date in the rows and at the places in which they are printed.
pub(super) fn closing(flow: &mut Flow, drawing: &Drawing, page: &Page) {
    let own = ["signature", "date", "note", "stamp", "colophon"];
    let mut rows: Vec<Vec<Spot<'_>>> = Vec::new();
    for spot in runs(drawing, "signature").chain(runs(drawing, "date")) {
        match rows.iter_mut().find(|row| {
            row.first().is_some_and(|first| first.page == spot.page && (first.baseline - spot.baseline).abs() < 1.0)
        }) {
            Some(row) => row.push(spot),
            None => rows.push(vec![spot]),
        }
    }
    let rows = beside(rows, page);
    let mut last: Option<f64> = rows.first().and_then(|row| row.first()).and_then(|spot| above(drawing, spot, &own));
    for (index, row) in rows.iter().enumerate() {
        let Some(first) = row.iter().min_by(|one, other| one.baseline.total_cmp(&other.baseline)) else { continue };
        // How many empty lines stand above.
        let blank = last.map_or(0.0, |last| ((first.baseline - last) / page.pitch).round() - 1.0);
        let mut blank = blank;
        while blank > 0.5 {
            flow.add(&self::blank());
            blank -= 1.0;
        }
        last = row.iter().map(|spot| spot.baseline).max_by(f64::total_cmp);
        if row.iter().any(|spot| (spot.baseline - first.baseline).abs() > 1.0) {
            flow.xml.push_str(&seals_beside(row, page));
            continue;
        }
        // Runs that touch are one name.
        let mut words: Vec<(f64, f64, String)> = Vec::new();
        for spot in row {
            match words.last_mut().filter(|(_, right, _)| (spot.left - *right).abs() < page.step / 2.0) {
                Some((_, right, text)) => {
                    text.push_str(spot.text);
                    *right = spot.right;
                }
                None => words.push((spot.left, spot.right, spot.text.to_owned())),
            }
        }
        let mut runs = String::new();
        let mut tabs = Vec::new();
        for (index, (left, _, text)) in words.iter().enumerate() {
            if index > 0 {
                tabs.push((left - page.left, false));
                runs.push_str("<w:r><w:tab/></w:r>");
            }
            runs += &run(text, Look::default());
        }
        let left = words.first().map_or(0.0, |(left, _, _)| left - page.left).max(0.0);
        let keep_next = index + 1 < rows.len();
        flow.add(&Paragraph {
            left: Some(left),
            first: Some(0.0),
            tabs,
            alignment: "left",
            keep_next,
            ..Paragraph::new(runs)
        });
    }
}

/// Rows of names that stand beside each other, some of them on two lines, as one row.
fn beside<'a>(rows: Vec<Vec<Spot<'a>>>, page: &Page) -> Vec<Vec<Spot<'a>>> {
    let mut rows = rows;
    rows.sort_by(|one, other| {
        let at = |row: &[Spot<'_>]| row.first().map_or((0, 0.0), |spot| (spot.page, spot.baseline));
        let (one, other) = (at(one), at(other));
        one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
    });
    let mut out: Vec<Vec<Spot<'a>>> = Vec::new();
    for row in rows {
        // Two lines of a name are a line apart, a name on one line half of it.
        let near = |last: &[Spot<'_>]| {
            last.iter().zip(&row).any(|(one, other)| one.page == other.page)
                && last
                    .iter()
                    .any(|one| row.iter().any(|other| (other.baseline - one.baseline).abs() < page.pitch * 0.75))
        };
        match out.last_mut().filter(|last| near(last)) {
            Some(last) => last.extend(row),
            None => out.push(row),
        }
    }
    out
}

/// Names beside each other, some on two lines, as a row of a table without rules.
fn seals_beside(row: &[Spot<'_>], page: &Page) -> String {
    let mut names: Vec<Vec<&Spot<'_>>> = Vec::new();
    let mut sorted: Vec<&Spot<'_>> = row.iter().collect();
    sorted.sort_by(|one, other| one.left.total_cmp(&other.left));
    for spot in sorted {
        match names.last_mut().filter(|name| name.iter().any(|other| spot.left < other.right - 1.0)) {
            Some(name) => name.push(spot),
            None => names.push(vec![spot]),
        }
    }
    let middle = |name: &[&Spot<'_>]| {
        let (left, right) =
            name.iter().fold((f64::MAX, 0.0_f64), |(left, right), spot| (left.min(spot.left), right.max(spot.right)));
        f64::midpoint(left, right)
    };
    let middles: Vec<f64> = names.iter().map(|name| middle(name)).collect();
    let mut edges = vec![page.left];
    edges.extend(middles.windows(2).map(|pair| pair.iter().sum::<f64>() / 2.0));
    edges.push(page.left + page.width);
    let mut out = String::from(
        "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>",
    );
    let widths: Vec<i64> = edges
        .windows(2)
        .map(|pair| twips(pair.iter().rev().copied().reduce(|right, left| right - left).unwrap_or(0.0)))
        .collect();
    for width in &widths {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid><w:tr>");
    for (width, mut name) in widths.iter().zip(names) {
        name.sort_by(|one, other| one.baseline.total_cmp(&other.baseline).then(one.left.total_cmp(&other.left)));
        let mut lines: Vec<(f64, String)> = Vec::new();
        for spot in name {
            match lines.last_mut().filter(|(baseline, _)| (spot.baseline - *baseline).abs() < 1.0) {
                Some((_, text)) => text.push_str(spot.text),
                None => lines.push((spot.baseline, spot.text.to_owned())),
            }
        }
        let runs: Vec<String> = lines.iter().map(|(_, text)| run(text, Look::default())).collect();
        let paragraph = Paragraph {
            alignment: "center",
            keep_next: true,
            ..Paragraph::new(runs.join("<w:r><w:br/></w:r>")).flush()
        };
        let _ = write!(
            out,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>{}</w:tc>",
            paragraph.xml()
        );
    }
    out + "</w:tr></w:tbl>"
}
