//! 原稿 — what a document says, letter by letter, each with the face that the standard asks for: the pages are read against it.

use std::ops::Range;

use crate::document::{Block, Division, Inline, Label, Leads, lowered, printed, raised};

use super::super::faces::Role;
use super::super::model::{names, wholes};

/// One letter of a text; white space is none.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about a letter")]
pub(super) struct Letter {
    pub(super) character: char,
    /// The face that it is set in.
    pub(super) role: Role,
    /// Whether it is raised or lowered, and therefore smaller.
    pub(super) shifted: bool,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
    /// Whether it stays on the line of the letter before it: inside an amount, a date, a name.
    pub(super) joined: bool,
    /// How its line begins, where it is the first letter of a paragraph.
    pub(super) begins: Option<Start>,
    /// Whether its line ends behind it, however short: the end of a paragraph, a break that the author set.
    pub(super) ends: bool,
}

/// How a paragraph begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// Two characters in.
    Indented,
    /// At the edge.
    Flush,
    /// A heading, two characters in: it goes to the next page with what follows it.
    Heading,
    /// A chapter, in the middle of its line.
    Centred,
    /// 出席, 请假, 列席: names hang under the first one (10.3).
    Roll,
}

/// The letters of a text, without its tables and pictures.
pub(super) fn script(blocks: &[Block]) -> Vec<Letter> {
    let mut letters = Vec::new();
    add_all(blocks, "", &mut letters);
    letters
}

/// Blocks of one list of them, the first one behind a mark.
fn add_all(blocks: &[Block], mark: &str, letters: &mut Vec<Letter>) {
    let leads = Leads::of(blocks);
    for (index, block) in blocks.iter().enumerate() {
        add(block, if index == 0 { mark } else { "" }, leads, letters);
    }
}

fn add(block: &Block, before: &str, leads: Leads, letters: &mut Vec<Letter>) {
    let start = letters.len();
    let begins = match block {
        Block::Heading { label, text, .. } => {
            let chapter = matches!(Division::of(&printed(text)), Some((Division::Chapter, _)));
            let role = if chapter { Role::Hei } else { face_of(label) };
            put(&label.text, role, letters);
            run(text, role, letters);
            if chapter { Start::Centred } else { Start::Heading }
        }
        Block::Paragraph { label, text, indent } => {
            put(before, Role::Fang, letters);
            match label.as_ref().filter(|label| matches!(label.level, 1 | 2)) {
                Some(label) => {
                    put(&label.text, face_of(label), letters);
                    let (lead, rest) = leads.split(label, text);
                    put(lead, face_of(label), letters);
                    put(rest, Role::Fang, letters);
                    let first = usize::from(!lead.is_empty() || !rest.is_empty());
                    run(text.get(first..).unwrap_or_default(), Role::Fang, letters);
                }
                None => {
                    if let Some(label) = label {
                        put(&label.text, Role::Fang, letters);
                    }
                    let start = letters.len();
                    run(text, Role::Fang, letters);
                    // 第三条 of a regulation.
                    if let (None, Some((Division::Article, number))) = (label, Division::of(&printed(text))) {
                        let count = visible(number).count();
                        letters.iter_mut().skip(start).take(count).for_each(|letter| letter.role = Role::Hei);
                    }
                }
            }
            if *indent || !before.is_empty() { Start::Indented } else { Start::Flush }
        }
        Block::List { items } => {
            for item in items {
                add_all(item, "——", letters);
            }
            return;
        }
        Block::Roll { label, text } => {
            put(label, Role::Hei, letters);
            put("：", Role::Fang, letters);
            let first = letters.len();
            run(text, Role::Fang, letters);
            join(&printed(text), names(&printed(text)), first, letters);
            Start::Roll
        }
        Block::Table(_) | Block::Figure(_) => return,
    };
    if let Some(first) = letters.get_mut(start) {
        first.begins = Some(begins);
    }
    if let Some(last) = letters.get_mut(start..).and_then(<[Letter]>::last_mut) {
        last.ends = true;
    }
}

/// 7.3.3: 黑体 for the first level, 楷体 for the second, 仿宋 below.
fn face_of(label: &Label) -> Role {
    match label.level {
        1 => Role::Hei,
        2 => Role::Kai,
        _ => Role::Fang,
    }
}

/// What is longer than a line, in characters, has to be parted somewhere.
const LONGEST: usize = 20;

fn put(text: &str, role: Role, letters: &mut Vec<Letter>) {
    let start = letters.len();
    let mut spaced = false;
    for character in text.chars() {
        if visible(character.encode_utf8(&mut [0; 4])).next().is_none() {
            spaced = true;
            continue;
        }
        letters.push(Letter {
            character,
            role,
            shifted: false,
            spaced: std::mem::take(&mut spaced),
            joined: false,
            begins: None,
            ends: false,
        });
    }

    join(text, wholes(text), start, letters);
}

/// Says of the letters of a text, from a place on, which stay on the line of the one before.
fn join(text: &str, whole: Vec<Range<usize>>, start: usize, letters: &mut [Letter]) {
    let count = |text: &str| visible(text).count();
    for range in whole {
        let before = start + count(text.get(..range.start).unwrap_or_default());
        let inside = count(text.get(range).unwrap_or_default());
        if inside <= LONGEST {
            letters.iter_mut().skip(before + 1).take(inside.saturating_sub(1)).for_each(|letter| letter.joined = true);
        }
    }
}

/// The letters of a run; emphasis has faces of its own.
fn run(run: &[Inline], role: Role, letters: &mut Vec<Letter>) {
    for inline in run {
        match inline {
            Inline::Text { text } => put(text, role, letters),
            Inline::Strong { text } => self::run(text, Role::Hei, letters),
            Inline::Emphasis { text } => self::run(text, Role::Kai, letters),
            Inline::Link { text, .. } => self::run(text, role, letters),
            Inline::Super { text } => shift(&raised(text), role, letters),
            Inline::Sub { text } => shift(&lowered(text), role, letters),
            Inline::Break => letters.last_mut().into_iter().for_each(|letter| letter.ends = true),
        }
    }
}

/// Characters that are set higher or lower, as Unicode has them.
fn shift(text: &str, role: Role, letters: &mut Vec<Letter>) {
    let start = letters.len();
    put(text, role, letters);
    letters.iter_mut().skip(start).for_each(|letter| letter.shifted = true);
}

/// The characters of a text that are seen.
pub(super) fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|character| !character.is_whitespace() && *character != '\u{200b}')
}
