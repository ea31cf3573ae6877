//! 附件 — on a new page before the colophon, label at the top left, title on the third line (GB/T 9704—2012, 7.3.7).

use serde::{Deserialize, Serialize};

use super::Block;

/// One attachment.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Attachment {
    /// `附件`, or `附件1` where there are several; empty for a text that the document issues, which is none of its attachments.
    pub label: String,
    /// Its name, as the 附件说明 has it and as its title prints it.
    pub title: String,
    /// The title broken by meaning, line by line.
    pub title_lines: Vec<String>,
    /// Its text.
    pub body: Vec<Block>,
}

impl Attachment {
    /// Whether it is a text that the document issues, publishes or passes on (印发、公布、转发): it follows without a label and without a
    /// line in the 附件说明.
    #[must_use]
    pub fn is_issued(&self) -> bool {
        self.label.is_empty()
    }
}
