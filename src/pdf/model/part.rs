//! 正文各段 — the parts of a body or an attachment, one below the other.

use serde::Serialize;

use crate::document::{Block, Division, Inline, Label, Leads, Outline, printed};

use super::super::grid::COLUMNS;
use super::builder::Builder;
use super::figure::FigurePart;
use super::piece::Piece;
use super::sheets::SheetPart;
use super::table::TablePart;

/// How many ems a line of text surely holds: a first line is moved in by two, and its marks may ask for two more.
pub(super) const ROOM: f64 = COLUMNS - 4.0;

/// One part of a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Part<'a> {
    Heading {
        label: &'a Label,
        text: Vec<Piece>,
        /// Whether it is a chapter of a regulation, which stands in the middle of its line.
        chapter: bool,
        /// Its depth in the outline of the file: 一、 may be followed by 1., but a heading never lies more than one below the one
        /// before it (PDF/UA-1, 7.4.2).
        depth: u8,
    },
    Paragraph {
        /// The level of its number, whose face its head is set in; 0 where it has none.
        level: u8,
        /// Its number, with the sentence that is its heading.
        lead: Vec<Piece>,
        text: Vec<Piece>,
        indent: bool,
        /// The clause that it begins, in the outline of the file.
        #[serde(skip_serializing_if = "Option::is_none")]
        bookmark: Option<Bookmark>,
    },
    List {
        items: Vec<Vec<Part<'a>>>,
    },
    Table(TablePart<'a>),
    Figure(FigurePart<'a>),
    /// The pages of another file, each on one of its own.
    Sheets {
        sheets: Vec<SheetPart<'a>>,
    },
    Roll {
        label: &'a str,
        text: Vec<Piece>,
    },
}

/// A clause in the outline of the file: it has no heading there, its paragraph is it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Bookmark {
    /// Its name: `四（五）7`.
    text: String,
    /// Its depth, one more than that of the heading above it.
    depth: u8,
}

impl<'a> Part<'a> {
    /// The parts of the body of a document, whose clauses are found in the outline of the file.
    pub(super) fn body(blocks: &'a [Block], builder: &mut Builder<'a>) -> Vec<Self> {
        let mut parts = Self::all(blocks, builder);
        let outline = Outline::of(blocks);
        let mut clauses = outline.clauses().iter().peekable();
        let mut above = 0;
        for (at, part) in parts.iter_mut().enumerate() {
            let own = clauses.next_if(|clause| clause.at == at);
            match part {
                Self::Heading { depth, .. } => above = *depth,
                Self::Paragraph { bookmark, .. } => {
                    *bookmark = own.map(|clause| Bookmark { text: clause.id.to_string(), depth: above + 1 });
                }
                _ => {}
            }
        }
        parts
    }

    /// The parts of a text of its own: of the body, of an attachment.
    pub(super) fn all(blocks: &'a [Block], builder: &mut Builder<'a>) -> Vec<Self> {
        Self::below(blocks, builder, &mut 0)
    }

    /// Gives the pieces of its text that lines may have to heed their numbers, from the one after the last.
    pub(super) fn number(&mut self, last: &mut u32) {
        match self {
            Self::Heading { text, .. } | Self::Roll { text, .. } => Piece::number(text, last),
            Self::Paragraph { lead, text, .. } => {
                Piece::number(lead, last);
                Piece::number(text, last);
            }
            Self::List { items } => items.iter_mut().flatten().for_each(|part| part.number(last)),
            Self::Table(table) => table.number(last),
            Self::Figure(_) | Self::Sheets { .. } => {}
        }
    }

    /// Parts that follow a heading of the `depth`, or none.
    fn below(blocks: &'a [Block], builder: &mut Builder<'a>, depth: &mut u8) -> Vec<Self> {
        let leads = Leads::of(blocks);
        blocks.iter().map(|block| Self::of(block, leads, builder, depth)).collect()
    }

    fn of(block: &'a Block, leads: Leads, builder: &mut Builder<'a>, depth: &mut u8) -> Self {
        let fonts = builder.fonts;
        match block {
            Block::Heading { label, text, .. } => {
                *depth = label.level.clamp(1, *depth + 1);
                let chapter = matches!(Division::of(&printed(text)), Some((Division::Chapter, _)));
                Self::Heading { label, text: Piece::run(text, ROOM, fonts), chapter, depth: *depth }
            }
            Block::Paragraph { label, text, indent } => {
                let Head { level, number, sentence, rest } = Head::of(label.as_ref(), text, leads);
                let pieces = |text: &str| Piece::words(text, ROOM, fonts);
                let mut lead = vec![Piece::Text { text: number.to_owned() }];
                lead.retain(|_| !number.is_empty());
                lead.extend(if sentence.is_empty() { Vec::new() } else { pieces(sentence) });
                let text = match rest {
                    Some((first, others)) => {
                        let first = Some(Inline::text(first)).filter(|_| !first.is_empty());
                        let run: Vec<Inline> = first.into_iter().chain(others.iter().cloned()).collect();
                        Piece::run(&run, ROOM, fonts)
                    }
                    None => Piece::run(text, ROOM, fonts),
                };
                Self::Paragraph { level, lead, text, indent: *indent, bookmark: None }
            }
            Block::List { items } => {
                Self::List { items: items.iter().map(|item| Self::below(item, builder, depth)).collect() }
            }
            Block::Table(table) => Self::Table(TablePart::of(table, builder)),
            Block::Figure(figure) => match builder.picture(&figure.path) {
                Some(picture) if !picture.sheets.is_empty() => {
                    Self::Sheets { sheets: SheetPart::all(figure, &picture.sheets) }
                }
                Some(picture) => Self::Figure(FigurePart::of(figure, picture)),
                // The place of the picture stays, with the words that describe it.
                None => {
                    let text = vec![Piece::Text { text: format!("［图：{}］", figure.alt) }];
                    Self::Paragraph { level: 0, lead: Vec::new(), text, indent: false, bookmark: None }
                }
            },
            Block::Roll { label, text } => Self::Roll { label, text: Piece::names(text, ROOM, fonts) },
        }
    }
}

/// What a paragraph begins with: its number, and the sentence that is its heading.
struct Head<'t> {
    level: u8,
    number: &'t str,
    sentence: &'t str,
    /// What is left of its first run of text, and the runs behind it; `None` where nothing of it was taken.
    rest: Option<(&'t str, &'t [Inline])>,
}

impl<'t> Head<'t> {
    fn of(label: Option<&'t Label>, text: &'t [Inline], leads: Leads) -> Self {
        let others = text.get(1..).unwrap_or_default();
        if let Some(label) = label {
            let (sentence, rest) = leads.split(label, text);
            let rest = (!sentence.is_empty()).then_some((rest, others));
            return Self { level: label.level, number: &label.text, sentence, rest };
        }
        // 第三条 of a regulation is set as a heading of the first level.
        if let Some(Inline::Text { text }) = text.first()
            && let Some((Division::Article, number)) = Division::of(text)
        {
            let rest = text.get(number.len()..).unwrap_or_default();
            return Self { level: 1, number, sentence: "", rest: Some((rest, others)) };
        }
        Self { level: 0, number: "", sentence: "", rest: None }
    }
}
