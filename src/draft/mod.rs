//! 起草 — words and facts become a 公文: a notice's Markdown, or a template filled with what the register and the awards say.
//!
//! [`Notice::read`] takes a notice's file apart, [`compose`] makes the document of it; catalogues and tables made elsewhere
//! use [`inlines`] for their cells.

mod argument;
pub mod comparison;
mod compose;
mod escape;
pub mod explanation;
pub mod facts;
pub mod followup;
pub mod front_matter;
mod helpers;
pub mod lists;
pub mod markdown;
mod meant;
pub mod numeral;
pub mod pasted;
mod pieces;
mod publication;
mod roll;
#[cfg(test)]
mod shown;
mod template;
#[cfg(test)]
mod tests;
pub mod years;

pub use crate::document::inlines;
pub use compose::{Setting, Wording, compose};
pub use front_matter::{Head, Notice};
pub use publication::PublicationEntry;
pub use template::Templates;
