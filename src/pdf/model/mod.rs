//! 版面模型 — a document as the layouts read it (`document.json`): its words, with what only measuring can tell — how wide the columns
//! of its tables are, where words that are longer than their line may break, which quantities stay on one line, how large its pictures
//! are. Plain structures that serialise; every name in them is read by `templates/layout`.

mod about;
mod builder;
mod cell;
mod columns;
mod figure;
mod page;
mod part;
mod picture;
mod piece;
mod sheets;
mod shifted;
mod squeezed;
mod stretch;
mod table;
mod whole;
mod wrap;

pub(super) use about::describe;
pub(super) use builder::Builder;
pub(super) use figure::printed_size;
pub(super) use page::Page;
pub(super) use picture::Picture;
pub(super) use sheets::{drawn, is_pdf};
pub(super) use whole::{names, wholes};
