//! 版面 — the elements of a document one below the other, where they stand on its printed pages; the margins of the pages with their numbers. A
//! seal is left out: it belongs on paper.

use super::area::{MM, Page};
use super::block::Writing;
use super::closing::{blank, closing};
use super::colophon::{foot, own_page};
use super::flow::{BELOW, Face, Flow, Look, Paragraph, page_field, run, twips};
use super::head::{floating_head, head, titled};
use super::package::{Margins, Media, Pictures, package, relation};
use super::place::{all_runs, figures, runs, tables};
use super::table;
use crate::document::{Block, Document};
use crate::pdf::{Drawing, grid};

/// A document as a .docx. `drawing` is its printed pages; `picture` finds the workspace's pictures.
#[must_use]
pub fn docx(document: &Document, drawing: &Drawing, picture: Pictures<'_>) -> Vec<u8> {
    let page = Page::of(drawing);
    let mut media = Media::new(picture);
    let own_page = own_page(drawing);
    let silent = own_page.filter(|sheet| !runs(drawing, "page-number").any(|spot| spot.page == *sheet));
    let (margins, references) = margins(document, drawing, &page, silent.is_some());
    let sections = (section(&page, "", &references, false), section(&page, "", &references, true));
    let mut flow = Flow { bottom: page.first_top(), ..Flow::default() };
    let floating = floating_head(document, drawing, &page, &mut media);
    head(&mut flow, document, drawing, &page, &floating);
    let mut writing = Writing {
        step: page.step,
        width: page.width,
        figures: figures(drawing),
        tables: tables(drawing).into(),
        media,
        bound: false,
        sections: sections.clone(),
    };
    body(&mut flow, document, drawing, &page, &mut writing);
    let colophon =
        document.colophon.as_ref().map(|colophon| foot(colophon, document, drawing, &page, writing.media.number()));
    for attachment in &document.attachments {
        let first = runs(drawing, "attachment-title")
            .filter(|spot| attachment.title_lines.concat().starts_with(spot.text.trim()));
        let spot = first.min_by_key(|spot| spot.page);
        // The head of a turned page stands on it, with its table.
        let turned = matches!(attachment.body.first(), Some(Block::Table(table)) if table.landscape);
        if turned && !flow.fresh {
            flow.add(&table::between(&sections.0));
        }
        let mut title = true;
        if !attachment.label.is_empty() {
            let label =
                Paragraph { new_page: true, ..Paragraph::new(run(&attachment.label, Look::of(Face::Hei))).flush() };
            flow.add(&label);
            flow.add(&Paragraph::default().flush());
            title = false;
        }
        titled(&mut flow, &attachment.title_lines, spot.as_ref().map_or(21.0, |spot| spot.size), page.pitch, title);
        flow.add(&Paragraph::default().flush());
        flow.fresh = turned;
        writing.blocks(&mut flow, &attachment.body, false);
    }
    let mut last = sections.0.clone();
    if let Some(anchor) = colophon {
        // On a page of its own it stands on the back of a leaf, wherever the text ends in Word; neither that page nor the blank one before it
        // has a number (7.5).
        if let Some(sheet) = own_page {
            flow.add(&table::between(&sections.0));
            let kind = if sheet % 2 == 1 { "evenPage" } else { "nextPage" };
            let margins = if silent.is_some() { silence() } else { references };
            last = section(&page, kind, &margins, false);
        }
        flow.add(&Paragraph { line: 1.0, ..Paragraph::new(anchor).flush() });
    }
    let xml = flow.xml + &last;
    package(&xml, &margins, &writing.media.files, (page.pitch, page.size, page.step))
}

/// The properties of a section; `kind` says on which page it begins, where not simply on the next.
fn section(page: &Page, kind: &str, references: &str, turned: bool) -> String {
    let (width, height) = (11_906, 16_838);
    let (top, bottom) = (twips(page.first_top()), twips(page.bottom_margin()));
    let (left, right) = (twips(page.left), width - twips(page.left) - twips(page.width));
    // The number stands seven millimetres below the type area, and what it takes there it does not take from the text.
    let below = if turned { right } else { height - twips(grid::BOTTOM * MM) };
    let footer = (below - twips(7.0 * MM) - 120).max(200);
    let (size, margins) = if turned {
        // The head of a turned page lies at the binding edge.
        (
            format!("<w:pgSz w:w=\"{height}\" w:h=\"{width}\" w:orient=\"landscape\"/>"),
            format!("w:top=\"{left}\" w:right=\"{top}\" w:bottom=\"{right}\" w:left=\"{bottom}\""),
        )
    } else {
        (
            format!("<w:pgSz w:w=\"{width}\" w:h=\"{height}\"/>"),
            format!("w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\""),
        )
    };
    let kind = if kind.is_empty() { String::new() } else { format!("<w:type w:val=\"{kind}\"/>") };
    format!(
        "<w:sectPr>{references}{kind}{size}<w:pgMar {margins} w:header=\"851\" w:footer=\"{footer}\" w:gutter=\"0\"/>{}\
         <w:docGrid w:type=\"lines\" w:linePitch=\"{}\"/></w:sectPr>",
        if references.contains("\"first\"") { "<w:titlePg/>" } else { "" },
        // Rounded up, one line less would be in it.
        twips(page.grid_pitch(turned) - 0.05)
    )
}

/// Page numbers as they are printed, at the outer side; the word that marks what is not final. `silent`: some pages have no number.
fn margins(document: &Document, drawing: &Drawing, page: &Page, silent: bool) -> (Margins, String) {
    let numbers: Vec<(usize, String)> = (0..drawing.sheets.len())
        .map(|sheet| {
            (
                sheet,
                runs(drawing, "page-number")
                    .filter(|spot| spot.page == sheet)
                    .map(|spot| spot.text)
                    .collect::<String>(),
            )
        })
        .collect();
    let form = numbers.iter().find(|(_, text)| !text.is_empty());
    let number = |even: bool| {
        let Some((sheet, text)) = form else { return Paragraph { style: "gwfoot", ..Paragraph::default() }.xml() };
        let number = (sheet + 1).to_string();
        let (before, after) = text.split_once(&number).unwrap_or((text, ""));
        let look = Look::sized(Face::Song, 14.0);
        let runs = run(before, look) + &page_field(look) + &run(after, look);
        let (alignment, left, right) = if even { ("left", page.step, 0.0) } else { ("right", 0.0, page.step) };
        Paragraph { style: "gwfoot", alignment, left: Some(left), right, ..Paragraph::new(runs) }.xml()
    };
    let mark = || {
        let word = document.status.mark().unwrap_or_default();
        Paragraph { style: "gwfoot", alignment: "left", ..Paragraph::new(run(word, Look::sized(Face::Hei, 16.0))) }
            .xml()
    };
    let mut parts =
        vec![("footer1", number(false)), ("footer2", number(true)), ("header1", mark()), ("header2", mark())];
    let mut references = vec![
        ("header", "default", "header1"),
        ("header", "even", "header2"),
        ("footer", "default", "footer1"),
        ("footer", "even", "footer2"),
    ];
    if form.is_some() && numbers.first().is_some_and(|(_, text)| text.is_empty()) {
        parts.push(("header3", mark()));
        parts.push(("footer3", Paragraph { style: "gwfoot", ..Paragraph::default() }.xml()));
        references.extend([("header", "first", "header3"), ("footer", "first", "footer3")]);
    }
    if silent {
        parts.push((SILENT, Paragraph { style: "gwfoot", ..Paragraph::default() }.xml()));
    }
    let references = references.iter().map(|(kind, of, part)| reference(kind, of, part));
    (Margins { parts }, references.collect())
}

fn reference(kind: &str, of: &str, part: &str) -> String {
    format!("<w:{kind}Reference w:type=\"{of}\" r:id=\"{}\"/>", relation(part))
}

/// The foot of pages without a number.
const SILENT: &str = "footer4";

fn silence() -> String {
    reference("footer", "default", SILENT) + &reference("footer", "even", SILENT)
}

/// 主送, 正文, 附件说明, 署名, 成文日期, 附注.
fn body(flow: &mut Flow, document: &Document, drawing: &Drawing, page: &Page, writing: &mut Writing<'_>) {
    // The first line below the title stands where it is printed; all others follow it.
    let head = ["title", "mark", "number", "signatory", "copy-number", "secrecy", "urgency", "annotation", "furniture"];
    let below = runs(drawing, "title")
        .chain(runs(drawing, "annotation"))
        .filter(|spot| spot.page == 0)
        .map(|spot| spot.baseline);
    let below = below.fold(0.0, f64::max);
    let first = all_runs(drawing)
        .filter(|(names, spot)| {
            spot.page == 0 && spot.baseline > below + 1.0 && !names.iter().any(|name| head.contains(&name.as_str()))
        })
        .map(|(_, spot)| spot.baseline)
        .min_by(f64::total_cmp);
    let gap = first.map_or(0.0, |baseline| (baseline + BELOW * page.size - page.pitch - flow.bottom).max(0.0));
    if gap > 0.5 {
        flow.add(&Paragraph { line: gap, ..Paragraph::default().flush() });
    }
    if !document.addressee.is_empty() && runs(drawing, "addressee").next().is_some() {
        flow.add(&Paragraph::new(run(&format!("{}：", document.addressee), Look::default())).flush());
    }
    let closed = !document.closing.signatures.is_empty() || document.closing.dated.is_some();
    writing.blocks(flow, &document.body, closed);
    let listed: Vec<&str> =
        document.attachments.iter().filter(|one| !one.is_issued()).map(|one| one.title.as_str()).collect();
    if !listed.is_empty() {
        flow.add(&blank());
        for (index, title) in listed.iter().enumerate() {
            let (number, word) = (format!("{}.", index + 1), if index == 0 { "附件：" } else { "" });
            let hang = if listed.len() == 1 { 3.0 } else { 4.0 } * page.step;
            let tab = "<w:r><w:tab/></w:r>";
            let runs = if listed.len() == 1 {
                run("附件：", Look::default()) + &run(title, Look::default())
            } else {
                run(word, Look::default())
                    + if index == 0 { "" } else { tab }
                    + &run(&number, Look::default())
                    + tab
                    + &run(title, Look::default())
            };
            let left = 2.0 * page.step + hang;
            let tabs = vec![(5.0 * page.step, false), (left, false)];
            flow.add(&Paragraph {
                left: Some(left),
                first: Some(-hang),
                tabs,
                alignment: "left",
                keep_next: closed,
                ..Paragraph::new(runs)
            });
        }
    }
    closing(flow, drawing, page);
    if let Some(note) = &document.note {
        flow.add(&Paragraph::new(run(&format!("（{note}）"), Look::default())));
    }
}
