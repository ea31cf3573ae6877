//! 排版引擎 — typst, embedded: the files that it sees, what it says of them, what it remembers, the PDF that it writes.

mod cut;
mod export;
mod findings;
mod joined;
mod memory;
mod outline;
mod world;

pub(super) use cut::full_pages;
pub(super) use export::export;
pub(super) use findings::{Origins, absorb, mistakes};
pub(super) use joined::Joined;
pub(super) use memory::Longer;
pub use memory::{forgetting, remember};
pub(super) use world::{DocumentWorld, SharedWorld, file_id};
