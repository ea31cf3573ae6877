//! 版头和标题 — mark, number, red rule and title, each where it is printed.

use std::fmt::Write;

use super::super::inline::MARK;
use super::area::Page;
use super::flow::{BELOW, Face, Flow, Look, Paragraph, run, twips};
use super::package::{Media, anchored};
use super::place::{Bar, Spot, bars, runs};
use crate::document::{Document, Format};
use crate::pdf::Drawing;

/// What stands at its own place on the first page: the mark and the double rules of a letter.
pub(super) fn floating_head(document: &Document, drawing: &Drawing, page: &Page, media: &mut Media<'_>) -> String {
    let mut out = String::new();
    if document.format != Format::Letter {
        return out;
    }
    let spots: Vec<Spot<'_>> = runs(drawing, "mark").collect();
    if let (Some(first), Some(name)) = (spots.first(), document.masthead.issuers.first()) {
        let name = format!("{name}{}", document.masthead.suffix.as_deref().unwrap_or_default());
        let line = first.size * 1.2;
        let runs = run(&name, mark_look(&spots));
        let text = Paragraph { line, alignment: "center", ..Paragraph::new(runs).flush() }.xml();
        let top = first.baseline + BELOW * first.size - line;
        out.push_str(&anchored(media.number(), MARK, (page.left, top), (page.width, line + 2.0), None, &text));
    }
    for bar in bars(drawing, "letter-rule").filter(|bar| bar.page == 0) {
        out.push_str(&anchored(media.number(), "红色双线", (bar.left, bar.top), bar.size, Some("E60012"), ""));
    }
    out
}

/// How the mark is set: its size, how far it is narrowed or spread.
fn mark_look(spots: &[Spot<'_>]) -> Look {
    let Some(first) = spots.first() else { return Look::default() };
    let next = spots.get(1).filter(|next| (next.baseline - first.baseline).abs() < 1.0);
    let gap = next.map_or(0.0, |next| next.left - first.left - first.size * first.scale).max(0.0);
    Look { face: Face::Biaosong, size: first.size, scale: first.scale, gap, red: true, ..Look::default() }
}

pub(super) fn head(flow: &mut Flow, document: &Document, drawing: &Drawing, page: &Page, floating: &str) {
    let mut floating = floating.to_owned();
    let masthead = &document.masthead;
    let mut numbered = false;
    for element in ["copy-number", "secrecy", "urgency"] {
        let spots: Vec<Spot<'_>> = runs(drawing, element).collect();
        let Some(first) = spots.first() else { continue };
        let words: String = spots.iter().map(|spot| spot.text).collect();
        let face = if element == "copy-number" { Face::Fang } else { Face::Hei };
        let mut paragraph = Paragraph::new(std::mem::take(&mut floating) + &run(&words, Look::of(face))).flush();
        // In a letter the number stands at the right of the first of them.
        let beside = runs(drawing, "number").next().filter(|number| (number.baseline - first.baseline).abs() < 1.0);
        if let Some(number) = masthead.number.as_ref().filter(|_| beside.is_some()) {
            paragraph.tabs = vec![(page.width, true)];
            paragraph.runs += "<w:r><w:tab/></w:r>";
            paragraph.runs += &run(&number.to_string(), Look::default());
            numbered = true;
        }
        flow.at(paragraph, first.baseline, page.size, page.pitch, 1.0);
    }
    if document.format != Format::Letter {
        mark(flow, document, drawing, page);
    }
    let number: Vec<Spot<'_>> = runs(drawing, "number").collect();
    if let Some(first) = number.first().filter(|_| !numbered) {
        let words: String = masthead.number.as_ref().map(ToString::to_string).unwrap_or_default();
        let mut paragraph = Paragraph::new(std::mem::take(&mut floating) + &run(&words, Look::default())).flush();
        let signatories: Vec<&str> = masthead.signatories.iter().map(|signatory| signatory.name.as_str()).collect();
        if !signatories.is_empty() {
            paragraph.left = Some(page.step);
            paragraph.tabs = vec![(page.width - page.step, true)];
            paragraph.runs += "<w:r><w:tab/></w:r>";
            paragraph.runs += &run("签发人：", Look::default());
            paragraph.runs += &run(&signatories.join("　"), Look::of(Face::Kai));
        } else if document.format == Format::Letter {
            paragraph.alignment = "right";
        } else {
            paragraph.alignment = "center";
        }
        let rule = bars(drawing, "red-rule").find(|bar| bar.page == 0);
        if let Some(rule) = rule {
            paragraph.border = red_rule(rule, first.baseline + BELOW * page.size);
        }
        flow.at(paragraph, first.baseline, page.size, page.pitch, 1.0);
        if let Some(rule) = rule {
            flow.bottom = rule.top + rule.size.1;
        }
    } else if let Some(rule) = bars(drawing, "red-rule").find(|bar| bar.page == 0) {
        let mut paragraph = Paragraph::default().flush();
        paragraph.border = red_rule(rule, rule.top - 1.0);
        flow.at(paragraph, rule.top - 1.0 - BELOW * page.size, page.size, page.size, 1.0);
        flow.bottom = rule.top + rule.size.1;
    }
    let title: Vec<Spot<'_>> = runs(drawing, "title").filter(|spot| spot.page == 0).collect();
    if let Some(first) = title.first() {
        let next = title.iter().find(|spot| spot.baseline > first.baseline + 1.0);
        let line = next.map_or(first.size * 1.4, |next| next.baseline - first.baseline);
        let runs = std::mem::take(&mut floating) + &title_runs(&document.title_lines, first.size);
        #[expect(clippy::cast_precision_loss, reason = "a title has a few lines")]
        let lines = document.title_lines.len() as f64;
        flow.at(Paragraph { style: "gwtitle", ..Paragraph::new(runs) }, first.baseline, first.size, line, lines);
    }
    if let (Some(annotation), Some(spot)) = (&document.annotation, runs(drawing, "annotation").next()) {
        let words = run(&format!("（{annotation}）"), Look::of(Face::Kai));
        flow.at(
            Paragraph { alignment: "center", ..Paragraph::new(words).flush() },
            spot.baseline,
            page.size,
            page.pitch,
            1.0,
        );
    }
    if !floating.is_empty() {
        flow.add(&Paragraph { line: 1.0, ..Paragraph::new(floating).flush() });
    }
}

fn title_runs(lines: &[String], size: f64) -> String {
    let runs: Vec<String> = lines.iter().map(|line| run(line, Look::sized(Face::Biaosong, size))).collect();
    runs.join("<w:r><w:br/></w:r>")
}

pub(super) fn titled(flow: &mut Flow, lines: &[String], size: f64, pitch: f64, new_page: bool) {
    let title = Paragraph {
        style: "gwtitle",
        line: pitch.max(size * 1.4),
        new_page,
        ..Paragraph::new(title_runs(lines, size))
    };
    flow.add(&title);
}

/// The red rule as the border of the paragraph above it, whose line ends at `from`.
fn red_rule(rule: Bar, from: f64) -> String {
    let space = (rule.top - from).clamp(0.0, 31.0).round();
    let weight = (rule.size.1 * 8.0).round().max(4.0);
    format!("<w:pBdr><w:bottom w:val=\"single\" w:sz=\"{weight}\" w:space=\"{space}\" w:color=\"E60012\"/></w:pBdr>")
}

/// 发文机关标志: one line, or joint issuers below each other with 文件 at their right.
fn mark(flow: &mut Flow, document: &Document, drawing: &Drawing, page: &Page) {
    let spots: Vec<Spot<'_>> = runs(drawing, "mark").filter(|spot| spot.page == 0).collect();
    let Some(first) = spots.first() else { return };
    let suffix = document.masthead.suffix.as_deref().unwrap_or_default();
    // The names are printed first, then the word that follows them.
    let behind = suffix.chars().count();
    let (in_names, word) = spots.split_at(spots.len().saturating_sub(behind));
    let mut names: Vec<Vec<Spot<'_>>> = Vec::new();
    for spot in in_names {
        match names
            .last_mut()
            .filter(|line| line.first().is_some_and(|first| (first.baseline - spot.baseline).abs() < 1.0))
        {
            Some(line) => line.push(spot.clone()),
            None => names.push(vec![spot.clone()]),
        }
    }
    if document.masthead.issuers.len() < 2 || names.len() < 2 {
        let name = format!("{}{suffix}", document.masthead.issuers.concat());
        let runs = run(&name, mark_look(&spots));
        flow.at(
            Paragraph { alignment: "center", ..Paragraph::new(runs).flush() },
            first.baseline,
            first.size,
            first.size * 1.2,
            1.0,
        );
        return;
    }
    // The names at the left in rows, the word at the right in the middle of them.
    let word = Some(word).filter(|word| !word.is_empty());
    let top = names.first().and_then(|line| line.first()).map_or(page.top, |spot| spot.baseline - spot.size);
    let pad = top - flow.bottom;
    if pad > 1.0 {
        flow.add(&Paragraph { line: pad, ..Paragraph::default().flush() });
    }
    let wide = names.iter().flatten().map(|spot| spot.right).fold(0.0, f64::max)
        - names.iter().flatten().map(|spot| spot.left).fold(f64::MAX, f64::min);
    let beside = if word.is_some() { (page.width - wide).max(60.0) } else { 0.0 };
    let pitch = names
        .windows(2)
        .next()
        .and_then(|pair| Some(pair.get(1)?.first()?.baseline - pair.first()?.first()?.baseline))
        .unwrap_or(first.size * 1.35);
    let mut out = format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w=\"{}\"/>",
        twips(wide + beside),
        twips(wide)
    );
    if word.is_some() {
        let _ = write!(out, "<w:gridCol w:w=\"{}\"/>", twips(beside));
    }
    out.push_str("</w:tblGrid>");
    for (index, (line, name)) in names.iter().zip(&document.masthead.issuers).enumerate() {
        let mut look = mark_look(line);
        look.gap = 0.0;
        let paragraph = Paragraph { line: pitch, alignment: "distribute", ..Paragraph::new(run(name, look)).flush() };
        let _ = write!(
            out,
            "<w:tr><w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>{}</w:tc>",
            twips(wide),
            paragraph.xml()
        );
        if let Some(word) = word {
            let merge = if index == 0 { "<w:vMerge w:val=\"restart\"/>" } else { "<w:vMerge/>" };
            let runs = if index == 0 { run(suffix, mark_look(word)) } else { String::new() };
            let size = word.first().map_or(first.size, |spot| spot.size);
            let paragraph = Paragraph { line: size * 1.2, alignment: "center", ..Paragraph::new(runs).flush() };
            let _ = write!(
                out,
                "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>{merge}<w:vAlign w:val=\"center\"/></w:tcPr>{}</w:tc>",
                twips(beside),
                paragraph.xml()
            );
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    flow.xml.push_str(&out);
    #[expect(clippy::cast_precision_loss, reason = "few issuers")]
    let high = names.len() as f64 * pitch;
    flow.bottom = flow.bottom + pad.max(0.0) + high;
}
