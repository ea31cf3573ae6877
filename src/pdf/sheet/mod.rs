//! 印面 — the laid-out pages, read back: which text, rule and picture of which element stands where, in millimetres.

mod drawing;
mod ink;
mod overlap;
mod pages;
mod reader;
mod signs;
mod svg;
mod walk;

pub use drawing::{Drawing, GlyphKey, Item, Sheet, Stroke, Thing};
pub(in crate::pdf) use ink::is_han;
pub use ink::{Ink, Odd};
pub(in crate::pdf) use pages::on;
pub use pages::{Anchor, Pages};
pub use signs::Sign;
pub use svg::{Letters, glyph_name};
