//! 印制 — a [`Document`] becomes pages and a PDF (GB/T 9704—2012; PDF/A-2a and PDF/UA-1).
//!
//! ```text
//! Document ─ model ───▶ document.json ┐
//! Settings ───────────▶ settings.json ├─ engine: typst ─▶ sheet: what stands where ─ engine ─▶ PDF
//! templates/layout/*.typ, faces ──────┤                     │
//! pagination ─────────▶ fit.json ─────┘◀─ again if needed ──┤
//!                                                           └▶ measure: the ruler
//! ```
//!
//! The rooms, in the order of the data's way:
//!
//! - `title` breaks titles into lines by meaning;
//! - `settings` is what an office does otherwise than the standard, `faces` which fonts there are and what they play;
//! - `model` is the page as the layouts read it: a [`Document`] with the widths of columns and the places where words may break; one with
//!   lists of thousands of rows is read stretch by stretch;
//! - `engine` is typst: the files it sees, what it says, what it remembers, the PDF it writes; those of stretches are joined to one;
//! - `sheet` is the laid-out pages, read back: every run of text, rule and picture with its place in millimetres;
//! - `pagination` predicts from them which other line pitch would bring text beside the closing;
//! - `measure` holds them against the standard, clause by clause;
//! - `press` joins all of it; a `print` is what comes out; `picture` draws one of its pages.
//!
//! The document is data that the layouts read as one virtual file; no text is ever pasted into typst source, and a
//! layout reaches nothing but what the [`Press`] holds: no file, no package, no network, no clock.

mod codes;
mod engine;
mod faces;
pub mod grid;
mod measure;
mod model;
mod pagination;
mod picture;
mod press;
mod print;
mod settings;
mod sheet;
mod stops;
#[cfg(test)]
mod tests;
mod title;

pub use codes::Codes;
pub use engine::{forgetting, remember};
pub use faces::{Face, Faces, FontFile, Fonts, Preference, Role};
pub use measure::Measurement;
pub use picture::{page_count, picture};
pub use press::{Layouts, Press};
pub use print::Print;
pub use settings::Settings;
pub use sheet::{Anchor, Drawing, GlyphKey, Ink, Item, Letters, Odd, Pages, Sheet, Sign, Stroke, Thing, glyph_name};
pub use title::Titles;

#[cfg(doc)]
use crate::document::Document;
