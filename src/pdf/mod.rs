//! 印制 — a [`Document`] becomes pages and a PDF (GB/T 9704—2012; PDF/A-2a and PDF/UA-1).
//!
//! ```text
//! Document ─ values ──▶ document.json ┐
//! Settings ───────────▶ settings.json ├─ world ─▶ typst ─▶ frames ─ fit ─▶ export ─▶ bytes
//! templates/layout/*.typ, fonts ──────┘
//! ```
//!
//! The document is data that the layouts read as one virtual file; no text is ever pasted into typst source, and a
//! layout reaches nothing but what the [`Press`] holds: no file, no package, no network, no clock.

mod export;
mod faces;
mod findings;
mod fit;
mod flow;
mod fonts;
mod frames;
mod glyphs;
mod grid;
mod measure;
mod memory;
mod picture;
mod press;
#[cfg(test)]
mod samples;
mod settings;
mod strip;
mod table;
#[cfg(test)]
mod tests;
mod values;
mod world;
mod wrap;

pub use faces::{Faces, Preference, Role};
pub use fonts::{Face, Fonts};
pub use frames::{Anchor, Ink, Pages, Sign};
pub use measure::Measurement;
pub use memory::forgetting;
pub use picture::picture;
pub use press::{Layouts, Press, Print};
pub use settings::Settings;

#[cfg(doc)]
use crate::document::Document;
