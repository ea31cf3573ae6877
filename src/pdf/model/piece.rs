//! 文字 — the pieces of a run of text, as the layouts set them one after the other.

use serde::Serialize;

use crate::document::Inline;

use super::super::faces::Fonts;
use super::wrap::{breakable, parts};

/// A piece of a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Piece {
    Text {
        text: String,
    },
    /// A quantity: it stays on one line.
    Whole {
        text: String,
    },
    Strong {
        text: Vec<Piece>,
    },
    Emphasis {
        text: Vec<Piece>,
    },
    Super {
        text: String,
    },
    Sub {
        text: String,
    },
    Link {
        text: Vec<Piece>,
    },
    Break,
}

impl Piece {
    /// The pieces of a run whose lines hold `room` ems: one for each part of the run, since a heading is looked for in the first.
    pub(super) fn run(run: &[Inline], room: f64, fonts: &Fonts) -> Vec<Self> {
        run.iter().map(|inline| Self::of(inline, room, fonts)).collect()
    }

    /// The same with the quantities that stay on one line as pieces of their own.
    pub(super) fn run_with_quantities(run: &[Inline], room: f64, fonts: &Fonts) -> Vec<Self> {
        let mut pieces = Vec::with_capacity(run.len());
        let mut rest = run.iter().peekable();
        while let Some(inline) = rest.next() {
            let Inline::Text { text } = inline else {
                pieces.push(Self::of(inline, room, fonts));
                continue;
            };
            let text = breakable(text, room, fonts);
            let parts = parts(&text, room, fonts);
            // A quantity would be parted from the exponent behind it.
            let shifted = matches!(rest.peek(), Some(Inline::Super { .. } | Inline::Sub { .. }));
            let last = parts.len().saturating_sub(usize::from(shifted));
            pieces.extend(parts.into_iter().enumerate().map(|(index, (whole, part))| {
                let text = part.to_owned();
                if whole && index < last { Self::Whole { text } } else { Self::Text { text } }
            }));
        }
        pieces
    }

    fn of(inline: &Inline, room: f64, fonts: &Fonts) -> Self {
        match inline {
            Inline::Text { text } => Self::Text { text: breakable(text, room, fonts) },
            Inline::Super { text } => Self::Super { text: breakable(text, room, fonts) },
            Inline::Sub { text } => Self::Sub { text: breakable(text, room, fonts) },
            Inline::Strong { text } => Self::Strong { text: Self::run(text, room, fonts) },
            Inline::Emphasis { text } => Self::Emphasis { text: Self::run(text, room, fonts) },
            Inline::Link { text, .. } => Self::Link { text: Self::run(text, room, fonts) },
            Inline::Break => Self::Break,
        }
    }
}
