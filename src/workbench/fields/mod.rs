//! 要填的项 — files as forms: the head of a notice, the office, the page, what is cut. The text alone is what counts: a field is read from it, and
//! filled in it changes that one thing of it.

mod catalogue;
mod field;
mod form;
mod forms;
pub(super) mod head;
mod layout;
mod office;
mod reductions;

pub(super) use field::{Field, Keys, filled, shown};
pub(super) use form::Proof;
pub(super) use forms::form_of;
