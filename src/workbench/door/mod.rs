//! 门 — who may come in: a request must be meant for us, come from our own pages, and from somebody who is known.

pub mod accounts;
mod guests;
mod sessions;
mod tokens;

pub(super) use guests::{Foreign, Hosts, is_ours};
pub(super) use sessions::{Person, Sessions};
