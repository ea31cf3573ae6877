//! 量度 — one measurement: what a clause wants, what stands on the page, whether it holds.

use serde::Serialize;

use crate::diag::{Code, Diagnostic};

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
