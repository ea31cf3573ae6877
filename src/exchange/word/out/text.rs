//! 字 — text with its marks as runs of Word.

use super::flow::{Face, Look, run};
use crate::document::Inline;

/// Text with its marks; `base` is how it looks without them.
pub(super) fn inline(text: &[Inline], base: Look) -> String {
    text.iter()
        .map(|part| match part {
            Inline::Text { text } => run(text, base),
            Inline::Strong { text } => inline(text, Look { face: Face::Hei, ..base }),
            Inline::Emphasis { text } => inline(text, Look { face: Face::Kai, ..base }),
            Inline::Link { text, .. } => inline(text, base),
            Inline::Super { text } => run(text, Look { raised: true, ..base }),
            Inline::Sub { text } => run(text, Look { lowered: true, ..base }),
            Inline::Break => "<w:r><w:br/></w:r>".to_owned(),
        })
        .collect()
}
