//! 文字 — the pieces of a run of text, as the layouts set them one after the other.

use std::ops::Range;

use serde::Serialize;

use crate::document::{Inline, lowered, plain, raised};

use super::super::faces::Fonts;
use super::super::stops::CLOSING;
use super::shifted::{Group, groups, signs};
use super::squeezed;
use super::whole::{names, wholes};
use super::wrap::{parts, words};

/// A piece of a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Piece {
    Text {
        text: String,
    },
    /// Quotes and the marks beside them.
    Marks {
        text: String,
    },
    /// A quantity, a date, a name, a word with its exponent: it stays on one line.
    Whole {
        text: Vec<Piece>,
        #[serde(flatten)]
        wide: Wide,
    },
    /// A long word, or a part of one: no line's end parts it.
    Word {
        text: String,
        #[serde(flatten)]
        wide: Wide,
    },
    /// A place where a line may end, inside a word that is longer than its line.
    Joint,
    Strong {
        text: Vec<Piece>,
    },
    Emphasis {
        text: Vec<Piece>,
    },
    /// Raised characters as Unicode has them: what is copied from the page is `10⁷` and not `107`.
    Raised {
        text: String,
    },
    /// Lowered characters as Unicode has them.
    Lowered {
        text: String,
    },
    /// Ordinary characters that are raised: Unicode has no raised ones of theirs.
    Super {
        text: String,
    },
    /// Ordinary characters that are lowered.
    Sub {
        text: String,
    },
    Link {
        text: Vec<Piece>,
    },
    Break,
}

/// What lines may have to heed, once the pages show it: what is so wide, with the marks behind it, that the line before would be
/// stretched too far where it does not fit, and what has a mark behind it that would begin the next line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Wide {
    /// In ems.
    #[serde(skip)]
    width: f64,
    /// Its number among all that are, from 1; 0 where it is neither.
    #[serde(rename = "id", skip_serializing_if = "is_none")]
    number: u32,
}

/// The marks before which typst lets a line end where they follow what stays whole (UAX 14, LB20 before LB21); no line begins with
/// one (GB/T 15834—2011, 5.1).
const LOOSE: [char; 2] = ['；', '：'];

/// From this width on, in ems, a piece counts as wide: what 28 characters can be stretched by.
const WIDE: f64 = 3.2;

/// How large shifted characters are, at most, in their line's size.
const SHIFTED: f64 = 0.65;

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with the field's address")]
fn is_none(number: &u32) -> bool {
    *number == 0
}

impl Wide {
    fn of(text: &str, fonts: &Fonts) -> Self {
        Self { width: fonts.text_width(text), number: 0 }
    }
}

impl Piece {
    /// Gives the pieces of a run that its lines may have to heed their numbers, from the one after the last.
    pub(super) fn number(run: &mut [Self], last: &mut u32) {
        Self::number_before(run, String::new(), last);
    }

    /// The same of a run with that text behind it.
    fn number_before(run: &mut [Self], mut after: String, last: &mut u32) {
        for piece in run.iter_mut().rev() {
            let begin = piece.begin().map(str::to_owned);
            let marks = after.chars().take_while(|mark| CLOSING.contains(*mark)).count();
            let is_wide = |wide: &Wide| wide.width + f64::from(u32::try_from(marks).unwrap_or(0)) > WIDE;
            match piece {
                Self::Whole { wide, .. } if is_wide(wide) || after.starts_with(LOOSE) => wide.number = next(last),
                Self::Word { wide, .. } if is_wide(wide) => wide.number = next(last),
                Self::Strong { text } | Self::Emphasis { text } | Self::Link { text } => {
                    Self::number_before(text, after.clone(), last);
                }
                _ => {}
            }
            after = begin.unwrap_or(after);
        }
    }

    /// The text that it begins with.
    fn begin(&self) -> Option<&str> {
        match self {
            Self::Text { text }
            | Self::Marks { text }
            | Self::Word { text, .. }
            | Self::Raised { text }
            | Self::Lowered { text }
            | Self::Super { text }
            | Self::Sub { text } => Some(text),
            Self::Whole { text, .. } | Self::Strong { text } | Self::Emphasis { text } | Self::Link { text } => {
                text.iter().find_map(Self::begin)
            }
            Self::Joint | Self::Break => None,
        }
    }

    /// What stays whole at the end of something stressed, with one of those marks behind that, is stressed by itself: the two can stay
    /// together.
    fn lifted(pieces: Vec<Self>) -> Vec<Self> {
        let mut lifted = Vec::with_capacity(pieces.len());
        let mut rest = pieces.into_iter().peekable();
        while let Some(mut piece) = rest.next() {
            let followed = rest.peek().and_then(Self::begin).is_some_and(|after| after.starts_with(LOOSE));
            let last = Some(&mut piece).filter(|_| followed).and_then(Self::last_whole);
            lifted.push(piece);
            lifted.extend(last);
        }
        lifted
    }

    /// Takes what stays whole from the end of something stressed.
    fn last_whole(&mut self) -> Option<Self> {
        let (text, stressed): (_, fn(Vec<Self>) -> Self) = match self {
            Self::Strong { text } => (text, |text| Self::Strong { text }),
            Self::Emphasis { text } => (text, |text| Self::Emphasis { text }),
            Self::Link { text } => (text, |text| Self::Link { text }),
            _ => return None,
        };
        match text.pop()? {
            Self::Whole { text, wide } => Some(Self::Whole { text: vec![stressed(text)], wide }),
            other => {
                text.push(other);
                None
            }
        }
    }

    /// The pieces of a run whose lines hold `room` ems.
    pub(super) fn run(run: &[Inline], room: f64, fonts: &Fonts) -> Vec<Self> {
        let mut pieces = Vec::with_capacity(run.len());
        for group in groups(run) {
            match group {
                Group::Text(text) => Self::put(text, room, fonts, &mut pieces),
                Group::One(inline) => Self::put_one(inline, room, fonts, &mut pieces),
                Group::Bound(parts) => {
                    let width = parts.iter().map(|part| width(part, fonts)).sum();
                    if width > room {
                        for part in &parts {
                            Self::put_one(part, room, fonts, &mut pieces);
                        }
                        continue;
                    }
                    let mut text = Vec::with_capacity(parts.len());
                    for part in &parts {
                        match part {
                            Inline::Text { text: plain } => Self::put_marks(plain, &mut text),
                            part => Self::put_one(part, room, fonts, &mut text),
                        }
                    }
                    pieces.push(Self::Whole { text, wide: Wide { width, number: 0 } });
                }
            }
        }
        Self::lifted(pieces)
    }

    fn put_one(inline: &Inline, room: f64, fonts: &Fonts, pieces: &mut Vec<Self>) {
        match inline {
            Inline::Text { text } => Self::put(text, room, fonts, pieces),
            Inline::Super { text } => pieces.extend(
                signs(text, raised).into_iter().map(
                    |(own, text)| {
                        if own { Self::Raised { text } } else { Self::Super { text } }
                    },
                ),
            ),
            Inline::Sub { text } => pieces.extend(
                signs(text, lowered).into_iter().map(
                    |(own, text)| {
                        if own { Self::Lowered { text } } else { Self::Sub { text } }
                    },
                ),
            ),
            Inline::Strong { text } => pieces.push(Self::Strong { text: Self::run(text, room, fonts) }),
            Inline::Emphasis { text } => pieces.push(Self::Emphasis { text: Self::run(text, room, fonts) }),
            Inline::Link { text, .. } => pieces.push(Self::Link { text: Self::run(text, room, fonts) }),
            Inline::Break => pieces.push(Self::Break),
        }
    }

    /// The run without what keeps parts of it together: for what surely stands on one line.
    pub(super) fn loose(run: Vec<Self>) -> Vec<Self> {
        let mut loose = Vec::with_capacity(run.len());
        for piece in run {
            match piece {
                Self::Whole { text, .. } => Self::loose(text).into_iter().for_each(|piece| piece.join(&mut loose)),
                Self::Word { text, .. } => Self::Text { text }.join(&mut loose),
                Self::Joint => {}
                Self::Strong { text } => loose.push(Self::Strong { text: Self::loose(text) }),
                Self::Emphasis { text } => loose.push(Self::Emphasis { text: Self::loose(text) }),
                Self::Link { text } => loose.push(Self::Link { text: Self::loose(text) }),
                other => other.join(&mut loose),
            }
        }
        loose
    }

    /// Puts it behind others; text behind text is one with it.
    fn join(self, pieces: &mut Vec<Self>) {
        match (pieces.last_mut(), self) {
            (Some(Self::Text { text }), Self::Text { text: more }) => text.push_str(&more),
            (_, piece) => pieces.push(piece),
        }
    }

    /// The pieces of a list of persons: no name is parted.
    pub(super) fn names(run: &[Inline], room: f64, fonts: &Fonts) -> Vec<Self> {
        let mut pieces = Vec::new();
        for inline in run {
            match inline {
                Inline::Text { text } => Self::put_between(text, names(text), room, fonts, &mut pieces),
                other => pieces.extend(Self::run(std::slice::from_ref(other), room, fonts)),
            }
        }
        pieces
    }

    /// The pieces of a text without marks.
    pub(super) fn words(text: &str, room: f64, fonts: &Fonts) -> Vec<Self> {
        let mut pieces = Vec::new();
        Self::put(text, room, fonts, &mut pieces);
        pieces
    }

    /// Adds a stretch of plain text; what stays whole is a piece of its own.
    fn put(text: &str, room: f64, fonts: &Fonts, pieces: &mut Vec<Self>) {
        Self::put_between(text, wholes(text), room, fonts, pieces);
    }

    /// Adds a stretch of plain text with those ranges whole.
    fn put_between(text: &str, whole: Vec<Range<usize>>, room: f64, fonts: &Fonts, pieces: &mut Vec<Self>) {
        let mut end = 0;
        for range in whole {
            let Some(part) = text.get(range.clone()) else { continue };
            if fonts.text_width(part) > room {
                continue;
            }
            Self::put_parts(text.get(end..range.start).unwrap_or_default(), room, fonts, pieces);
            let mut text = Vec::new();
            Self::put_marks(part, &mut text);
            pieces.push(Self::Whole { text, wide: Wide::of(part, fonts) });
            end = range.end;
        }
        Self::put_parts(text.get(end..).unwrap_or_default(), room, fonts, pieces);
    }

    fn put_parts(text: &str, room: f64, fonts: &Fonts, pieces: &mut Vec<Self>) {
        for (index, part) in parts(text, room, fonts).into_iter().filter(|part| !part.is_empty()).enumerate() {
            if index > 0 {
                pieces.push(Self::Joint);
            }
            let mut end = 0;
            for range in
                words(part).filter(|range| fonts.text_width(part.get(range.clone()).unwrap_or_default()) > WIDE)
            {
                Self::put_marks(part.get(end..range.start).unwrap_or_default(), pieces);
                pieces.extend(
                    part.get(range.clone())
                        .map(|word| Self::Word { text: word.to_owned(), wide: Wide::of(word, fonts) }),
                );
                end = range.end;
            }
            Self::put_marks(part.get(end..).unwrap_or_default(), pieces);
        }
    }

    /// Adds plain text; marks beside quotes are pieces of their own.
    fn put_marks(text: &str, pieces: &mut Vec<Self>) {
        pieces.extend(squeezed::stretches(text).into_iter().map(|(marks, text)| {
            let text = text.to_owned();
            if marks { Self::Marks { text } } else { Self::Text { text } }
        }));
    }
}

/// The number after the last.
fn next(last: &mut u32) -> u32 {
    *last += 1;
    *last
}

/// The width of a text or a shifted one, in ems.
fn width(inline: &Inline, fonts: &Fonts) -> f64 {
    match inline {
        Inline::Super { text } | Inline::Sub { text } => SHIFTED * fonts.text_width(text),
        inline => fonts.text_width(&plain(std::slice::from_ref(inline))),
    }
}
