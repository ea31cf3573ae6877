//! 版面 — the elements of a document where they stand on its printed pages: red head, number, rule, title, text, attachments, signatures, 版记,
//! page numbers. A seal is left out: it belongs on paper.

use std::fmt::Write;

use super::super::inline::{COLOPHON, MARK};
use super::block::Writing;
use super::flow::{BELOW, Face, Flow, Look, Paragraph, page_field, run, twips};
use super::package::{Margins, Media, Pictures, anchored, package, relation};
use super::place::{Bar, Spot, above, all_runs, bars, runs};
use super::table;
use crate::document::{Block, Colophon, Document, Format};
use crate::pdf::{Drawing, Thing, grid};

/// Millimetres in points.
const MM: f64 = 72.0 / 25.4;

/// Where the text's lines lie, in points.
struct Page {
    left: f64,
    width: f64,
    top: f64,
    pitch: f64,
    size: f64,
    step: f64,
    height: f64,
}

impl Page {
    /// As the pages of a document are laid out: the pitch is read of its lines, for an office may have its own.
    fn of(drawing: &Drawing) -> Self {
        let size = grid::SIZE * MM;
        let mut steps: Vec<f64> = Vec::new();
        let lines: Vec<(usize, f64)> = all_runs(drawing)
            .filter(|(names, spot)| names.is_empty() && (spot.size - size).abs() < 0.1)
            .map(|(_, spot)| (spot.page, spot.baseline))
            .collect();
        for pair in lines.windows(2) {
            if let [(page, one), (next, other)] = pair
                && page == next
                && *other - *one > size * 1.2
                && *other - *one < size * 2.5
            {
                steps.push(other - one);
            }
        }
        steps.sort_by(f64::total_cmp);
        let pitch = steps.get(steps.len() / 2).copied().unwrap_or(grid::PITCH * MM);
        let height = drawing.sheets.first().map_or(297.0 * MM, |sheet| sheet.height);
        Self {
            left: grid::LEFT * MM,
            width: grid::WIDTH * MM,
            top: grid::TOP * MM,
            pitch,
            size,
            step: grid::STEP * MM,
            height,
        }
    }

    /// Where the first line's box begins, so that its characters stand at the top of the type area: a line of Word has its characters at its
    /// foot.
    fn first_top(&self) -> f64 {
        self.top + 0.88 * self.size + BELOW * self.size - self.pitch
    }

    /// The last line's characters end at the foot of the type area; its box reaches as far below it as that of a face that stands in may.
    fn bottom_margin(&self) -> f64 {
        self.height - grid::BOTTOM * MM - (DEEPEST - DESCENT) * self.size
    }
}

/// How far below its base line a character reaches, in its size (`standard.typ`).
const DESCENT: f64 = 0.12;

/// How far below it the box of a line reaches in the faces that office programs put in the place of one that is not installed.
const DEEPEST: f64 = 0.38;

/// A document as a .docx. `drawing` is its printed pages; `picture` finds the workspace's pictures.
#[must_use]
pub fn docx(document: &Document, drawing: &Drawing, picture: Pictures<'_>) -> Vec<u8> {
    let page = Page::of(drawing);
    let mut media = Media::new(picture);
    let (margins, references) = margins(document, drawing, &page);
    let sections = (section(&page, &references, false), section(&page, &references, true));
    let mut flow = Flow { bottom: page.first_top(), ..Flow::default() };
    let floating = floating_head(document, drawing, &page, &mut media);
    head(&mut flow, document, drawing, &page, &floating);
    let mut writing = Writing {
        step: page.step,
        width: page.width,
        figures: figures(drawing),
        tables: table_sizes(drawing),
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
    if let Some((anchor, pages)) = colophon {
        // A page that stays blank before it (7.5).
        for _ in 1..pages {
            flow.add(&Paragraph { new_page: true, ..Paragraph::default() });
        }
        flow.add(&Paragraph { line: 1.0, new_page: pages > 0, ..Paragraph::new(anchor).flush() });
    }
    let xml = flow.xml + &sections.0;
    package(&xml, &margins, &writing.media.files, (page.pitch, page.size, page.step))
}

fn section(page: &Page, references: &str, turned: bool) -> String {
    let (width, height) = (11_906, 16_838);
    let (top, bottom) = (twips(page.first_top()), twips(page.bottom_margin()));
    let (left, right) = (twips(page.left), width - twips(page.left) - twips(page.width));
    let footer = twips(grid::BOTTOM * MM).max(0);
    let footer = (height - footer - twips(7.0 * MM) - 120).max(200);
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
    format!(
        "<w:sectPr>{references}{size}<w:pgMar {margins} w:header=\"851\" w:footer=\"{footer}\" w:gutter=\"0\"/>{}\
         <w:docGrid w:type=\"lines\" w:linePitch=\"{}\"/></w:sectPr>",
        if references.contains("\"first\"") { "<w:titlePg/>" } else { "" },
        twips(page.pitch)
    )
}

/// Page numbers as they are printed, at the outer side; the word that marks what is not final.
fn margins(document: &Document, drawing: &Drawing, page: &Page) -> (Margins, String) {
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
        Paragraph { style: "gwfoot", alignment: "right", ..Paragraph::new(run(word, Look::sized(Face::Hei, 14.0))) }
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
    let references = references
        .iter()
        .map(|(kind, of, part)| format!("<w:{kind}Reference w:type=\"{of}\" r:id=\"{}\"/>", relation(part)));
    (Margins { parts }, references.collect())
}

/// What stands at its own place on the first page: the mark and the double rules of a letter.
fn floating_head(document: &Document, drawing: &Drawing, page: &Page, media: &mut Media<'_>) -> String {
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

fn head(flow: &mut Flow, document: &Document, drawing: &Drawing, page: &Page, floating: &str) {
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

fn titled(flow: &mut Flow, lines: &[String], size: f64, pitch: f64, new_page: bool) {
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
    let mut gap = first.map_or(0.0, |baseline| (baseline + BELOW * page.size - page.pitch - flow.bottom).max(0.0));
    if gap > 0.5 {
        flow.add(&Paragraph { line: gap.min(1500.0), ..Paragraph::default().flush() });
        gap = 0.0;
    }
    let _ = gap;
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

/// An empty line that stays with what follows it.
fn blank() -> Paragraph {
    Paragraph { keep_next: true, ..Paragraph::default() }.flush()
}

/// Signatures and date in the rows and at the places in which they are printed.
fn closing(flow: &mut Flow, drawing: &Drawing, page: &Page) {
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

/// 版记 at the foot of its page: its anchor, and how many pages behind the text it stands.
fn foot(colophon: &Colophon, document: &Document, drawing: &Drawing, page: &Page, id: usize) -> (String, usize) {
    let rules: Vec<Bar> = bars(drawing, "colophon-rule").collect();
    let spots: Vec<Spot<'_>> = runs(drawing, "colophon").collect();
    let size = spots.first().map_or(14.0, |spot| spot.size);
    let sheet = spots.first().map_or(0, |spot| spot.page);
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
    let own = |name: &String| name == "colophon" || name == "furniture" || name == "page-number";
    let text_ends = all_runs(drawing).filter(|(names, _)| !names.iter().any(own)).map(|(_, spot)| spot.page).max();
    let pages = sheet.saturating_sub(text_ends.unwrap_or(sheet));
    #[expect(clippy::cast_precision_loss, reason = "few rows")]
    let high = (bottom - top).max(count as f64 * line + 8.0);
    (anchored(id, COLOPHON, (page.left, bottom - high), (page.width, high + 6.0), None, &text), pages)
}

/// How large pictures are printed, in their order.
fn figures(drawing: &Drawing) -> Vec<(f64, f64)> {
    let items = drawing.sheets.iter().flat_map(|sheet| &sheet.items);
    items
        .filter(|item| item.elements.iter().any(|name| name == "figure"))
        .filter_map(|item| {
            if let Thing::Picture { size, .. } = item.what {
                Some((size.0 * item.at[0], size.1 * item.at[3]))
            } else {
                None
            }
        })
        .collect()
}

/// In which size each table is printed: where a table begins is told by its rows beginning anew.
fn table_sizes(drawing: &Drawing) -> Vec<f64> {
    let mut sizes: Vec<f64> = Vec::new();
    let mut within = false;
    for (names, spot) in all_runs(drawing) {
        let is_table = names.iter().any(|name| name == "table");
        if is_table && !within {
            sizes.push(spot.size);
        }
        within = is_table || (within && names.iter().any(|name| name == "furniture"));
    }
    sizes
}
