//! 正在打的字 — a text as it is being typed becomes its pages, as the press sets them, and what is wrong with it, each finding with its stretch
//! of the text. Nothing is written.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use super::caret::from_byte;
use super::desk::View;
use super::fields::Keys;
use crate::build::Job;
use crate::diag::{Diagnostic, Report, Severity};
use crate::draft::Notice;
use crate::pdf::{Drawing, GlyphKey, Letters, Sheet, Thing, glyph_name, remember};
use crate::source::{Edit, FileId, Sources};

/// So many layouts long typst keeps in mind what it has not come back to: what a writer takes back a minute later is still known.
const REMEMBERED: usize = 30;

/// The most editors whose pages are kept in mind.
const EDITORS: usize = 64;

/// What an editor is told.
#[derive(Debug, Serialize)]
pub(super) struct Typed {
    /// How many pages there are; `None` where there are none for now, and those shown before stay.
    pages: Option<usize>,
    /// The pages that are others than this editor was given before.
    changed: Vec<PageDrawn>,
    /// Outlines of glyphs that this editor was not given before.
    glyphs: Vec<(String, String)>,
    /// What is wrong.
    findings: Vec<Told>,
}

/// A page.
#[derive(Debug, Serialize)]
struct PageDrawn {
    number: usize,
    svg: String,
    /// Its lines of text: left, top, right, bottom in points, and the words.
    lines: Vec<(f64, f64, f64, f64, String)>,
}

/// A finding as an editor shows it.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    error: bool,
    code: &'static str,
    /// The field of the form, if it is about one.
    key: Option<String>,
    message: String,
    help: Option<String>,
    /// Line and column from 1, where it is in this text.
    line: Option<usize>,
    column: Option<usize>,
    /// The stretch of the text, in UTF-16 units.
    start: Option<usize>,
    end: Option<usize>,
    /// Where it is, if elsewhere: a file of the workspace with line and column.
    elsewhere: Option<String>,
    /// What can be done about it at once.
    remedy: Option<Remedy>,
}

/// A button beside a finding.
#[derive(Debug, Serialize)]
struct Remedy {
    words: &'static str,
    edits: Vec<Rewrite>,
}

/// A stretch of the text, in UTF-16 units, and what takes its place.
#[derive(Debug, Serialize)]
struct Rewrite {
    start: usize,
    end: usize,
    text: String,
}

/// What each editor was given.
#[derive(Default)]
pub(super) struct Given {
    state: Mutex<(HashMap<String, Seen>, VecDeque<String>)>,
}

#[derive(Default, Clone)]
struct Seen {
    pages: Vec<u64>,
    glyphs: BTreeSet<GlyphKey>,
}

impl Given {
    /// What one was given so far; it is taken away until it is put back.
    fn take(&self, editor: &str) -> Seen {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).0.remove(editor).unwrap_or_default()
    }

    fn put(&self, editor: &str, seen: Seen) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if !state.1.iter().any(|known| known == editor) {
            state.1.push_back(editor.to_owned());
        }
        state.0.insert(editor.to_owned(), seen);
        if state.1.len() > EDITORS
            && let Some(oldest) = state.1.pop_front()
        {
            state.0.remove(&oldest);
        }
    }

    /// What an editor is told of pages, if there are any for now, beside what is wrong.
    pub(super) fn typed(&self, drawing: Option<&Drawing>, findings: Vec<Told>, editor: &str, fresh: bool) -> Typed {
        let seen = if fresh { Seen::default() } else { self.take(editor) };
        let Some(drawing) = drawing else {
            self.put(editor, seen);
            return Typed { pages: None, changed: Vec::new(), glyphs: Vec::new(), findings };
        };
        let (changed, glyphs, seen) = difference(drawing, seen);
        self.put(editor, seen);
        Typed { pages: Some(drawing.sheets.len()), changed, glyphs, findings }
    }
}

/// A text in a file of the workspace.
pub(super) struct Text<'t> {
    /// The document.
    pub(super) slug: &'t str,
    /// Its file.
    pub(super) file: FileId,
    /// What it is to say.
    pub(super) words: &'t str,
}

impl Text<'_> {
    /// Sets it. What only a whole look finds (the ruler, what is printed) is told where it is `thorough`.
    pub(super) fn set(&self, view: &View<'_>, given: &Given, editor: &str, fresh: bool, thorough: bool) -> Typed {
        let sources = view.project.sources.with(self.file, self.words);
        let mut report = Report::default();
        let mut drawing = None;
        if let Some(source) = sources.get(self.file) {
            let (notice, found) = Notice::read(self.file, source);
            report.absorb(found);
            if let Some(notice) = notice {
                drawing = self.pages(view, &sources, &notice, thorough, &mut report);
            }
        }
        remember(REMEMBERED);
        let mut findings = told_all(report.findings(), self.file, &sources);
        findings.sort_by_key(|one| (!one.error, one.start));
        given.typed(drawing.as_ref(), findings, editor, fresh)
    }

    fn pages(
        &self,
        view: &View<'_>,
        sources: &Sources,
        notice: &Notice,
        thorough: bool,
        report: &mut Report,
    ) -> Option<Drawing> {
        let workshop = view.workshop.over(sources);
        let job = Job::Notice { slug: self.slug, notice };
        let letters = if notice.head.for_each { workshop.letters(self.slug, notice) } else { Vec::new() };
        // Of letters that are alike, the first is looked at.
        let job = letters.first().unwrap_or(&job);
        let (document, found) = workshop.compose(job);
        report.absorb(found);
        let document = document?;
        if thorough {
            let (_, found) = workshop.print(job, document.clone());
            report.absorb(found);
        }
        workshop.drawn(document)
    }
}

/// What of the pages an editor lacks.
fn difference(drawing: &Drawing, mut seen: Seen) -> (Vec<PageDrawn>, Vec<(String, String)>, Seen) {
    let mut changed = Vec::new();
    let mut pages = Vec::new();
    for (number, sheet) in drawing.sheets.iter().enumerate() {
        let svg = drawing.svg(number, Letters::References).unwrap_or_default();
        let mut hasher = DefaultHasher::new();
        svg.hash(&mut hasher);
        let mark = hasher.finish();
        if seen.pages.get(number) != Some(&mark) {
            changed.push(PageDrawn { number, svg, lines: lines(sheet) });
        }
        pages.push(mark);
    }
    let lacking = drawing.outlines.iter().filter(|(key, path)| !path.is_empty() && !seen.glyphs.contains(*key));
    let glyphs: Vec<(String, String)> = lacking.map(|(key, path)| (glyph_name(key), path.clone())).collect();
    seen.glyphs.extend(drawing.outlines.keys().cloned());
    seen.pages = pages;
    (changed, glyphs, seen)
}

/// The lines of text of a page, and where they are.
fn lines(sheet: &Sheet) -> Vec<(f64, f64, f64, f64, String)> {
    let mut lines: Vec<(f64, f64, f64, f64, String)> = Vec::new();
    for item in &sheet.items {
        let Thing::Run { size, text, glyphs, .. } = &item.what else { continue };
        let [.., x, y] = item.at;
        let width = glyphs.last().map_or(0.0, |(_, at, _)| at + size);
        let place = (x, y - 0.88 * size, x + width, y + 0.12 * size);
        // Runs that follow each other on one line are one line.
        match lines.last_mut() {
            Some(line) if (line.3 - place.3).abs() < 0.5 && (place.0 - line.2).abs() < *size => {
                line.2 = place.2;
                line.4.push_str(text);
            }
            _ => lines.push((place.0, place.1, place.2, place.3, text.clone())),
        }
    }
    lines
}

/// Findings, for whoever looks at that file.
pub(super) fn told_all<'f>(
    findings: impl IntoIterator<Item = &'f Diagnostic>,
    file: FileId,
    sources: &Sources,
) -> Vec<Told> {
    let keys = sources.get(file).map(|source| Keys::of(source.path(), source.text()));
    findings.into_iter().map(|finding| told(finding, file, sources, keys.as_ref())).collect()
}

fn told(finding: &Diagnostic, file: FileId, sources: &Sources, keys: Option<&Keys>) -> Told {
    let here = finding.place.filter(|place| place.file == file);
    let text = sources.get(file).map(crate::source::Source::text).unwrap_or_default();
    let at = here.and_then(|place| Some(sources.get(place.file)?.line_column(place.start as usize)));
    let rewrite = |edit: &Edit| Rewrite {
        start: from_byte(text, edit.place.start as usize),
        end: from_byte(text, edit.place.end as usize),
        text: edit.text.clone(),
    };
    let remedy = finding.remedy.as_deref().map(|remedy| Remedy {
        words: remedy.asks.unwrap_or("照此改正"),
        edits: remedy.edits.iter().filter(|edit| edit.place.file == file).map(rewrite).collect(),
    });
    Told {
        error: finding.severity == Severity::Error,
        code: finding.code.name(),
        key: here.and_then(|place| keys?.at(place.start as usize)),
        message: finding.message.clone(),
        help: finding.help.clone(),
        line: at.map(|(line, _)| line),
        column: at.map(|(_, column)| column),
        start: here.map(|place| from_byte(text, place.start as usize)),
        end: here.map(|place| from_byte(text, place.end as usize)),
        elsewhere: finding.place.filter(|place| place.file != file).map(|place| sources.locate(place)),
        remedy: remedy.filter(|remedy| !remedy.edits.is_empty()),
    }
}
