//! 单元格 — a cell of a table on the page. Most stand on one line for sure; those need nothing that keeps words together, and a row of
//! them has a height that is known before it is set.

use serde::Serialize;

use crate::document::Inline;

use super::super::faces::Fonts;
use super::piece::Piece;

/// A cell is its text: plain characters where it has nothing else, as nearly all have, a run where it does. A table may have tens of
/// thousands.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum CellPart {
    Plain(String),
    Run(Vec<Piece>),
}

impl CellPart {
    /// The cell of a text whose lines hold `room` ems, and whether it surely stands on one of them.
    pub(super) fn of(text: &[Inline], room: f64, face: Face, fonts: &Fonts) -> (Self, bool) {
        let (mut run, line) = cell_run(text, room, face, fonts);
        let cell = match run.as_mut_slice() {
            [Piece::Text { text } | Piece::Word { text, .. }] => Self::Plain(std::mem::take(text)),
            _ => Self::Run(run),
        };
        (cell, line)
    }
}

/// The face that a cell is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// 宋体, with digits and letters of the Latin face.
    Song,
    /// 黑体, with its own.
    Hei,
}

/// The pieces of a cell, and whether it surely stands on one line; then nothing is kept together in it.
pub(super) fn cell_run(text: &[Inline], room: f64, face: Face, fonts: &Fonts) -> (Vec<Piece>, bool) {
    let run = Piece::run(text, room, fonts);
    let line = most(text, face, fonts).is_some_and(|width| width + SPARE <= room);
    (if line { Piece::loose(run) } else { run }, line)
}

/// What a line has to spare before it is sure, in ems.
const SPARE: f64 = 0.1;
/// What kerning may add to a letter, in ems.
const KERNING: f64 = 0.03;
/// Signs above ASCII that are not Chinese and that no face has wider than an em.
const SIGNS: &str = "·×÷±°²³—…‘’“”‰℃→−≤≥≈①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ";

/// The width of a text on one line at the most, in ems; none where that is not known, or where its line is higher than others.
fn most(text: &[Inline], face: Face, fonts: &Fonts) -> Option<f64> {
    let of = |inline: &Inline| match inline {
        Inline::Text { text } => text.chars().map(|character| widest(character, face, fonts)).sum(),
        Inline::Strong { text } => most(text, Face::Hei, fonts),
        Inline::Emphasis { text } | Inline::Link { text, .. } => most(text, face, fonts),
        Inline::Super { .. } | Inline::Sub { .. } | Inline::Break => None,
    };
    text.iter().map(of).sum()
}

/// The width of a character at the most, in ems.
fn widest(character: char, face: Face, fonts: &Fonts) -> Option<f64> {
    match character {
        ' '..='~' if face == Face::Hei => Some(1.0),
        ' '..='~' => Some(fonts.width(character) + if character.is_ascii_alphabetic() { KERNING } else { 0.0 }),
        // Ideographs, their marks, full-width forms: each fills its box.
        '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}' => {
            Some(1.0)
        }
        _ => SIGNS.contains(character).then_some(1.0),
    }
}

#[cfg(test)]
mod tests {
    use typst::layout::{Abs, Em};
    use typst::text::{FontVariant, FontVariations};

    use super::*;
    use crate::pdf::Role;
    use crate::pdf::tests::samples::{faces, fonts};

    /// No face that a cell is set in has a character wider than it is said to be at the most.
    #[test]
    fn no_character_is_wider_than_said() {
        let (all, _) = Fonts::new(fonts(), &faces(), true);
        let mut tried = 0;
        for (role, face) in [
            (Role::Latin, Face::Song),
            (Role::Song, Face::Song),
            (Role::Kai, Face::Song),
            (Role::Latin, Face::Hei),
            (Role::Hei, Face::Hei),
        ] {
            let family = faces().of(role).families(&[], true)[0].to_lowercase();
            let index = all.book().select(&family, FontVariant::default()).unwrap();
            let font = all.font(index).unwrap();
            let font = font.instantiate(FontVariant::default(), Abs::pt(12.0), &FontVariations::default());
            let asked = |one: &char| !one.is_ascii() || matches!(role, Role::Latin | Role::Hei);
            for character in (' '..=char::MAX).filter(asked) {
                let Some(most) = widest(character, face, &all) else { continue };
                let Some(glyph) = font.ttf().glyph_index(character) else { continue };
                let width = font.x_advance(glyph.0).map_or(0.0, Em::get);
                assert!(width <= most + 1e-9, "{family} {character}: {width} > {most}");
                tried += 1;
            }
        }
        assert!(tried > 30_000, "{tried}");
    }
}
