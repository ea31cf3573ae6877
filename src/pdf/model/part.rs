//! 正文各段 — the parts of a body or an attachment, one below the other.

use serde::Serialize;

use crate::document::{Block, Label};

use super::super::grid::COLUMNS;
use super::builder::Builder;
use super::figure::FigurePart;
use super::piece::Piece;
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
        /// Its depth in the outline of the file: 一、 may be followed by 1., but a heading never lies more than one below the one
        /// before it (PDF/UA-1, 7.4.2).
        depth: u8,
    },
    Paragraph {
        label: Option<&'a Label>,
        text: Vec<Piece>,
        indent: bool,
    },
    List {
        items: Vec<Vec<Part<'a>>>,
    },
    Table(TablePart<'a>),
    Figure(FigurePart<'a>),
    Roll {
        label: &'a str,
        text: Vec<Piece>,
    },
}

impl<'a> Part<'a> {
    /// The parts of a text of its own: of the body, of an attachment.
    pub(super) fn all(blocks: &'a [Block], builder: &mut Builder<'a>) -> Vec<Self> {
        Self::below(blocks, builder, &mut 0)
    }

    /// Parts that follow a heading of the `depth`, or none.
    fn below(blocks: &'a [Block], builder: &mut Builder<'a>, depth: &mut u8) -> Vec<Self> {
        blocks.iter().map(|block| Self::of(block, builder, depth)).collect()
    }

    fn of(block: &'a Block, builder: &mut Builder<'a>, depth: &mut u8) -> Self {
        let fonts = builder.fonts;
        match block {
            Block::Heading { label, text, .. } => {
                *depth = label.level.clamp(1, *depth + 1);
                Self::Heading { label, text: Piece::run(text, ROOM, fonts), depth: *depth }
            }
            Block::Paragraph { label, text, indent } => {
                // The first sentence of these may be their heading, which the layouts look for in their first piece.
                let headed = label.as_ref().is_some_and(|label| matches!(label.level, 1 | 2));
                let pieces = if headed { Piece::run } else { Piece::run_with_quantities };
                Self::Paragraph { label: label.as_ref(), text: pieces(text, ROOM, fonts), indent: *indent }
            }
            Block::List { items } => {
                Self::List { items: items.iter().map(|item| Self::below(item, builder, depth)).collect() }
            }
            Block::Table(table) => Self::Table(TablePart::of(table, builder)),
            Block::Figure(figure) => match builder.picture(&figure.path) {
                Some(picture) => Self::Figure(FigurePart::of(figure, picture)),
                // The place of the picture stays, with the words that describe it.
                None => {
                    let text = vec![Piece::Text { text: format!("［图：{}］", figure.alt) }];
                    Self::Paragraph { label: None, text, indent: false }
                }
            },
            Block::Roll { label, text } => Self::Roll { label, text: Piece::run(text, ROOM, fonts) },
        }
    }
}
