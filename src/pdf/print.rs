//! 印件 — a printed document.

use super::sheet::Pages;

/// A printed document.
#[derive(Debug, Clone, PartialEq)]
pub struct Print {
    /// How many pages it has.
    pub pages: usize,
    /// The file.
    pub pdf: Vec<u8>,
    /// What stands where.
    pub layout: Pages,
    /// The line pitch in points, where it was changed so that the closing has text beside it (7.3.5.5).
    pub pitch: Option<f64>,
    /// The step of its characters in points, where that was changed too.
    pub step: Option<f64>,
    /// Whether the host's mark stands for those of all issuers.
    pub host: bool,
    /// Whether a page was ended early for the same reason.
    pub ended_early: bool,
}
