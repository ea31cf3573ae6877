//! Word 稿 — a draft as an office writes it, in both directions: what stands in a .docx (its changes, comments, tables, pictures), which element of
//! a 公文 each of its lines is, and the same in our Markdown.

mod content;
mod elements;
mod inline;
mod manuscript;
mod markdown;
mod numbering;
mod out;
mod reading;
mod revised;
mod styles;
mod symbol;
mod table;
mod xml;

pub use content::open;
pub use elements::Elements;
pub use manuscript::{Cell, Change, Changes, Comment, Edit, Line, Manuscript, Picture, Piece, Run, Script, Table};
pub use markdown::Sheet;
pub use out::docx;
pub use revised::{Alteration, Altered, Unit, UnitKind, alterations, altered, units};
