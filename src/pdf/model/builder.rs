//! What a page is made with: the faces by whose widths words are measured, the pictures, the size of tables; and what was found wrong.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Report};

use super::super::faces::Fonts;
use super::picture::Picture;

/// What one page is made with.
pub(in crate::pdf) struct Builder<'a> {
    pub(in crate::pdf) fonts: &'a Fonts,
    /// The pictures that the press holds, by their paths in the workspace.
    pub(in crate::pdf) pictures: &'a BTreeMap<String, Picture>,
    /// The office's size of tables, in points; `None` for the usual one.
    pub(in crate::pdf) table_size: Option<f64>,
    /// Whether a table that cannot be upright is turned by itself.
    pub(in crate::pdf) turns_tables: bool,
    /// Whether a long list is set smaller.
    pub(in crate::pdf) small_lists: bool,
    pub(in crate::pdf) report: Report,
}

impl<'a> Builder<'a> {
    /// The picture of a path; where there is none, that is found.
    pub(super) fn picture(&mut self, path: &str) -> Option<&'a Picture> {
        let picture = self.pictures.get(path);
        if picture.is_none() {
            self.report.push(
                Diagnostic::error(Code::Picture, format!("没有图片“{path}”")).help(
                    "图片应当放在工作区之内，写它相对于工作区的路径；只能用 PNG、JPEG、SVG 或 PDF，别的格式先另存",
                ),
            );
        }
        picture
    }
}
