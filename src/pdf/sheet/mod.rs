//! 印面 — the laid-out pages, read back: which text, rule and picture of which element stands where, in millimetres.

mod ink;
mod overlap;
mod pages;
mod reader;
mod signs;

pub use ink::Ink;
pub use pages::{Anchor, Pages};
pub use signs::Sign;
