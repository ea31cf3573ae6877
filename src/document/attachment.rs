//! 附件 — on a new page before the colophon, label at the top left, title on the third line (GB/T 9704—2012, 7.3.7).

use serde::{Deserialize, Serialize};

use super::Block;

/// One attachment.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Attachment {
    /// `附件`, or `附件1` where there are several.
    pub label: String,
    /// Its name, as the 附件说明 has it and as its title prints it.
    pub title: String,
    /// The title broken by meaning, line by line.
    pub title_lines: Vec<String>,
    /// Its text.
    pub body: Vec<Block>,
}
