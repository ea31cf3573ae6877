//! 量版 — the laid-out pages under a ruler: clause by clause what GB/T 9704—2012 wants, what stands on the page, and whether it
//! holds. Everything is read from the frames, nothing from a setting; where the office's settings declare another figure,
//! the measurement says so and is held against that one.

mod closing;
mod colophon;
mod masthead;
mod page;
mod ruler;
mod text;

use serde::Serialize;

use crate::diag::{Code, Diagnostic};
use crate::document::Document;

use super::faces::Faces;
use super::press::Print;
use super::settings::Settings;
use ruler::Ruler;

/// One measurement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measurement {
    /// The clause of GB/T 9704—2012.
    #[serde(rename(serialize = "条款"))]
    pub clause: &'static str,
    /// What was measured.
    #[serde(rename(serialize = "项目"))]
    pub item: String,
    /// What the clause wants.
    #[serde(rename(serialize = "应为"))]
    pub wanted: String,
    /// What stands on the page.
    #[serde(rename(serialize = "实测"))]
    pub measured: String,
    /// 毫米, 磅, 行, 字; empty for what is no length.
    #[serde(rename(serialize = "单位"))]
    pub unit: &'static str,
    /// The office's setting by which it departs from the clause.
    #[serde(rename(serialize = "设定"), skip_serializing_if = "Option::is_none")]
    pub setting: Option<String>,
    /// Whether it is as the clause wants it, or as the setting declares.
    #[serde(rename(serialize = "符合"))]
    pub holds: bool,
}

impl Measurement {
    /// What falls short, as a finding.
    #[must_use]
    pub fn finding(&self) -> Diagnostic {
        let Self { clause, item, wanted, measured, unit, .. } = self;
        Diagnostic::warning(
            Code::PageFormat,
            format!("{item}：应为{wanted}{unit}，量得{measured}{unit}（GB/T 9704—2012，{clause}）"),
        )
        .help("用 hongtou measure 看全部量度；本单位的做法写进 data/layout.yaml")
    }
}

/// How much further left the type area of an even page lies where pages are mirrored, in millimetres: the binding edge, 28,
/// less the fore edge, 26 (5.2.1).
const MIRRORED_SHIFT: f64 = 2.0;

/// Measures a printed document.
pub(super) fn measure(document: &Document, print: &Print, settings: &Settings, faces: &Faces) -> Vec<Measurement> {
    // Where pages are mirrored, even ones are measured from their own binding edge.
    let mirrored = (settings.mirrored == Some(true)).then(|| print.layout.bound_left(MIRRORED_SHIFT));
    let mut ruler = Ruler::new(document, print, mirrored.as_ref().unwrap_or(&print.layout), settings, faces);
    page::measure(&mut ruler);
    masthead::measure(&mut ruler);
    text::measure(&mut ruler);
    closing::measure(&mut ruler);
    colophon::measure(&mut ruler);
    ruler.measurements
}
