//! Word 稿 — a draft as an office writes it, in both directions: what stands in a .docx (its changes, comments, tables, pictures), which element of
//! a 公文 each of its lines is, and the same in our Markdown.

mod content;
mod elements;
mod inline;
mod markdown;
mod numbering;
mod out;
mod revised;
mod styles;
mod symbol;
mod table;
mod xml;

pub use content::{Change, Changes, Comment, Edit, Manuscript, Picture, Piece, open};
pub use elements::Elements;
pub use inline::{Line, Run, Script};
pub use markdown::Sheet;
pub use out::docx;
pub use revised::{Alteration, Altered, Unit, UnitKind, alterations, altered, units};
pub use table::{Cell, Table};
