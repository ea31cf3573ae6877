//! 成 Word 稿 — a document as an editable .docx that looks like its printed page: what stands in it is the document's, where it stands is read of the
//! pages as they are laid out, so that no measure of the standard is written down twice.

mod area;
mod block;
mod closing;
mod colophon;
mod flow;
mod head;
mod package;
mod page;
mod place;
mod table;
mod text;

pub use page::docx;
