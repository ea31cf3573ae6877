//! 外来的表和稿子 — Excel and Word files, as offices have them, become changes of `data/`, and the other way round. They are never the
//! truth: what is read, diffed and kept are the files of `data/`.

pub mod compared;
pub mod form;
pub mod head;
pub mod intake;
pub mod kinds;
pub mod marked;
pub mod merge;
mod package;
mod relations;
pub mod repair;
pub mod table;
mod tags;
mod unreadable;
pub mod value;
pub mod word;
pub mod workbook;
mod written;

pub use unreadable::Unreadable;
