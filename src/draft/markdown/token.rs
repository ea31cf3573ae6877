//! 行内的记号 — a line of the source in pieces, before it is known which asterisks belong together.

use std::ops::Range;

use crate::document::{Figure, Inline, plain};

/// How a stretch of text is set off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Strong,
    Emphasis,
}

impl Style {
    pub(super) fn asterisks(self) -> usize {
        match self {
            Self::Strong => 2,
            Self::Emphasis => 1,
        }
    }
}

/// A piece of a line, before its styles are known.
#[derive(Debug, Clone)]
pub(super) enum Token {
    /// Characters; `written` where they stand so in the source, and do not come from a character reference.
    Text {
        text: String,
        written: bool,
    },
    /// Asterisks that may begin or end a style.
    Stars {
        count: usize,
        range: Range<usize>,
    },
    /// Asterisks that did not.
    Unpaired {
        count: usize,
        range: Range<usize>,
    },
    Begin(Style),
    End(Style),
    /// What is finished: a link.
    Done(Inline),
    Image {
        figure: Figure,
        range: Range<usize>,
    },
    /// A new line in the source, which is none on paper; the next one begins at this byte.
    Soft {
        next: usize,
    },
    /// A new line that the author asked for.
    Hard,
}

impl Token {
    pub(super) fn first_char(&self) -> Option<char> {
        match self {
            Self::Text { text, .. } => text.chars().next(),
            Self::Done(inline) => plain(std::slice::from_ref(inline)).chars().next(),
            Self::Soft { .. } | Self::Hard => Some(' '),
            _ => None,
        }
    }

    pub(super) fn last_char(&self) -> Option<char> {
        match self {
            Self::Text { text, .. } => text.chars().next_back(),
            Self::Done(inline) => plain(std::slice::from_ref(inline)).chars().next_back(),
            Self::Soft { .. } | Self::Hard => Some(' '),
            _ => None,
        }
    }
}

/// The characters that tokens print, without their styles.
pub(super) fn plain_text(tokens: &[Token]) -> String {
    let words = tokens.iter().map(|token| match token {
        Token::Text { text, .. } => text.clone(),
        Token::Done(inline) => plain(std::slice::from_ref(inline)),
        _ => String::new(),
    });
    words.collect()
}
