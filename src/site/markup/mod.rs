//! 网页标记 — the HTML that follows from the model itself: texts and the tables of lists. All else that a page shows stands in
//! `templates/site/`.

mod rows;
mod text;

pub use text::figure_path;

pub(super) use rows::rows;
pub(super) use text::TextWriter;
