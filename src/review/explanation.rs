//! 解读 — it says which document it explains, so that the pages of both lead to each other (国办发〔2016〕61号: 政策解读与政策文件关联发布).

use crate::diag::{Code, Diagnostic};
use crate::document::{Document, Genre, RelationKind};

pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let relations = &document.record.publication.relations;
    let explains = relations.iter().any(|relation| relation.kind == RelationKind::Explains);
    if document.genre != Genre::Explanation || explains {
        return Vec::new();
    }
    vec![
        Diagnostic::error(Code::Missing, "解读没有写解读的是哪一件")
            .help("在文件头写“公开: { 关联: [{ 关系: 解读, 文件: 政策的名称 }] }”"),
    ]
}
