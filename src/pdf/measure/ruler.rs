//! The ruler: lengths on the page, and how near is near enough.

use crate::diag::Severity;
use crate::document::Document;

use super::super::faces::{Faces, Fonts, Role};
use super::super::grid::{POINT, SIZE};
use super::super::print::Print;
use super::super::settings::Settings;
use super::super::sheet::{Ink, Pages};
use super::measurement::Measurement;
use super::script::visible;

/// Two lengths are the same when a good ruler cannot tell them apart.
const NEAR: f64 = 0.1;

/// What is measured, with what.
pub(super) struct Ruler<'a> {
    pub(super) document: &'a Document,
    pub(super) print: &'a Print,
    pub(super) pages: &'a Pages,
    pub(super) settings: &'a Settings,
    pub(super) faces: &'a Faces,
    pub(super) fonts: &'a Fonts,
    /// The lines of the text.
    pub(super) lines: Vec<Line<'a>>,
    /// From one line of text to the next, in millimetres.
    pub(super) pitch: f64,
    pub(super) measurements: Vec<Measurement>,
}

/// A line of the text.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    pub(super) page: usize,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) inks: Vec<&'a Ink>,
}

impl<'a> Ruler<'a> {
    pub(super) fn new(
        document: &'a Document,
        print: &'a Print,
        pages: &'a Pages,
        settings: &'a Settings,
        faces: &'a Faces,
        fonts: &'a Fonts,
    ) -> Self {
        let lines = lines(
            pages
                .between("body", "body-end")
                .filter(|ink| !ink.of("table") && !ink.of("caption") && !ink.text.is_empty()),
        );
        // A text of a single line shows no pitch: then the one that was asked for counts.
        let set = || print.pitch.unwrap_or_else(|| settings.line_pitch()) * POINT;
        let pitch = pitch(&lines).unwrap_or_else(set);
        Self { document, print, pages, settings, faces, fonts, lines, pitch, measurements: Vec::new() }
    }

    /// The ink of an element.
    pub(super) fn ink(&self, element: &'static str) -> impl Iterator<Item = &'a Ink> + use<'a> {
        let pages: &'a Pages = self.pages;
        pages.element(element)
    }

    /// The box of all ink of an element on its first page.
    pub(super) fn extent(&self, element: &'static str) -> Option<Extent> {
        let page = self.ink(element).map(|ink| ink.page).min()?;
        extent(self.ink(element).filter(|ink| ink.page == page))
    }

    /// A length that has to be met.
    pub(super) fn length(&mut self, clause: &'static str, item: impl Into<String>, wanted: f64, measured: f64) {
        self.figure(clause, item, wanted, measured, "毫米", NEAR);
    }

    /// A number of lines or characters that has to be met.
    pub(super) fn count(
        &mut self,
        clause: &'static str,
        item: impl Into<String>,
        wanted: f64,
        measured: f64,
        unit: &'static str,
    ) {
        self.figure(clause, item, wanted, measured, unit, 0.03);
    }

    fn figure(
        &mut self,
        clause: &'static str,
        item: impl Into<String>,
        wanted: f64,
        measured: f64,
        unit: &'static str,
        near: f64,
    ) {
        self.fact(clause, item, number(wanted), number(measured), (wanted - measured).abs() <= near);
        self.measurements.last_mut().into_iter().for_each(|last| last.unit = unit);
    }

    /// Something that is so or is not.
    pub(super) fn fact(
        &mut self,
        clause: &'static str,
        item: impl Into<String>,
        wanted: impl Into<String>,
        measured: impl Into<String>,
        holds: bool,
    ) {
        self.measurements.push(Measurement {
            clause,
            item: item.into(),
            wanted: wanted.into(),
            measured: measured.into(),
            unit: "",
            setting: None,
            adjusted: None,
            severity: Severity::Warning,
            holds,
        });
    }

    /// Something without which the page is of no use.
    pub(super) fn must(
        &mut self,
        clause: &'static str,
        item: impl Into<String>,
        wanted: impl Into<String>,
        measured: impl Into<String>,
        holds: bool,
    ) {
        self.fact(clause, item, wanted, measured, holds);
        self.measurements.last_mut().into_iter().for_each(|last| last.severity = Severity::Error);
    }

    /// Says of the last measurement that the program changed it itself, for what counts more (7.3.5.5).
    pub(super) fn adjusted(&mut self, change: String, holds: bool) {
        if let Some(last) = self.measurements.last_mut() {
            last.adjusted = Some(change);
            last.holds = holds;
        }
    }

    /// Says of the last measurement that a setting declares another figure, and holds it against that one.
    pub(super) fn unless<T>(
        &mut self,
        setting: Option<T>,
        name: &str,
        holds: impl Fn(&T) -> bool,
        show: impl Fn(&T) -> String,
    ) {
        if let (Some(value), Some(last)) = (setting, self.measurements.last_mut()) {
            last.setting = Some(format!("{name}：{}", show(&value)));
            last.holds = holds(&value);
        }
    }

    /// Size and face of an element, as far as the clause names them.
    pub(super) fn type_of(
        &mut self,
        clause: &'static str,
        item: &str,
        size: Size,
        face: Option<Role>,
        element: &'static str,
    ) {
        let pages = self.pages;
        let runs = || pages.element(element).filter(|ink| !ink.text.trim().is_empty());
        let (name, least, most) = size.range();
        let wrong = runs().find(|ink| !within(ink.size, least, most));
        let Some(shown) = wrong.or(runs().next()).map(|ink| format!("{}磅", number(ink.size))) else { return };
        let strange = face.and_then(|role| runs().find(|ink| !self.plays(role, ink)).or(runs().next()));
        if let (Some(role), Some(ink)) = (face, strange) {
            self.face(clause, item, role, ink);
        }
        self.fact(clause, format!("{item}字号"), format!("{name}（{least}～{most}磅）"), shown, wrong.is_none());
        if let (Some(set), Size::Two) = (self.settings.title_size, size) {
            let holds = runs().all(|ink| (ink.size - set.value()).abs() < 0.05);
            self.unless(Some(set), "标题字号", |_| holds, ToString::to_string);
        }
    }

    /// The face of a run of text.
    pub(super) fn face(&mut self, clause: &'static str, item: &str, role: Role, ink: &Ink) {
        let holds = self.plays(role, ink);
        self.fact(clause, format!("{item}字体"), role.name(), ink.face.as_str(), holds);
    }

    /// Whether a run of text is set in a face of the role; digits and Latin letters have a face of their own.
    pub(super) fn plays(&self, role: Role, ink: &Ink) -> bool {
        visible(&ink.text).all(|character| self.plays_letter(role, character, &ink.face))
    }

    /// What the text is printed with, but for raised and lowered characters, which reach out of their line.
    pub(super) fn body(&self) -> impl Iterator<Item = &Ink> {
        self.pages.between("body", "body-end").filter(|ink| !self.faces.of(Role::Script).has(&ink.face))
    }

    /// Empty lines between the bottom of a line of text and the top of what follows.
    pub(super) fn lines_below_text(&self, bottom: f64, top: f64) -> f64 {
        (top - bottom - (self.pitch - SIZE)) / self.pitch
    }

    /// Lines between the edge of something that is no line of text and what follows.
    pub(super) fn lines_below(&self, bottom: f64, top: f64) -> f64 {
        (top - bottom) / self.pitch
    }
}

/// A box on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extent {
    pub(super) page: usize,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// The highest and lowest ink.
    pub(super) ink: (f64, f64),
}

impl Extent {
    pub(super) fn middle(&self) -> f64 {
        f64::midpoint(self.left, self.right)
    }

    pub(super) fn height(&self) -> f64 {
        f64::midpoint(self.top, self.bottom)
    }
}

pub(super) fn extent<'a>(inks: impl Iterator<Item = &'a Ink>) -> Option<Extent> {
    inks.filter(|ink| ink.right > ink.left || ink.weight > 0.0)
        .map(|ink| Extent {
            page: ink.page,
            left: ink.left,
            right: ink.right,
            top: ink.top,
            bottom: ink.bottom,
            ink: ink.ink,
        })
        .reduce(|a, b| Extent {
            page: a.page,
            left: a.left.min(b.left),
            right: a.right.max(b.right),
            top: a.top.min(b.top),
            bottom: a.bottom.max(b.bottom),
            ink: (a.ink.0.min(b.ink.0), a.ink.1.max(b.ink.1)),
        })
}

/// Runs of text as lines.
pub(super) fn lines<'a>(inks: impl Iterator<Item = &'a Ink>) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    for ink in inks {
        match lines.last_mut() {
            // Raised and lowered characters belong to the line that they stand in.
            Some(line) if line.page == ink.page && ink.top > line.top - SIZE / 2.0 && ink.top < line.bottom - 0.5 => {
                line.left = line.left.min(ink.left);
                line.right = line.right.max(ink.right);
                line.inks.push(ink);
            }
            _ => lines.push(Line {
                page: ink.page,
                top: ink.top,
                bottom: ink.bottom,
                left: ink.left,
                right: ink.right,
                inks: vec![ink],
            }),
        }
    }
    lines
}

/// The usual distance of two lines that follow each other.
fn pitch(lines: &[Line<'_>]) -> Option<f64> {
    let mut steps: Vec<f64> = lines
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] if a.page == b.page => Some(b.top - a.top),
            _ => None,
        })
        .filter(|step| *step > SIZE && *step < 2.5 * SIZE)
        .collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).copied()
}

/// A size of type by its Chinese name: the standard names no points, so the old and the new series both hold.
#[derive(Debug, Clone, Copy)]
pub(super) enum Size {
    Two,
    Three,
    Four,
}

impl Size {
    fn range(self) -> (&'static str, f64, f64) {
        match self {
            Self::Two => ("2号", 21.0, 22.0),
            Self::Three => ("3号", 15.75, 16.0),
            Self::Four => ("4号", 13.75, 14.0),
        }
    }
}

pub(super) fn within(value: f64, least: f64, most: f64) -> bool {
    value > least - 0.02 && value < most + 0.02
}

/// A figure without needless digits.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Whether a colour is red to the eye.
pub(super) fn is_red(colour: &str) -> bool {
    let part = |range| colour.get(range).and_then(|hex| u8::from_str_radix(hex, 16).ok());
    // Nothing shines through it.
    if colour.len() != 7 {
        return false;
    }
    match (part(1..3), part(3..5), part(5..7)) {
        (Some(red), Some(green), Some(blue)) => red > 180 && green < 100 && blue < 100,
        _ => false,
    }
}
