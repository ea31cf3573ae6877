//! 量度 — one measurement: what a clause wants, what stands on the page, whether it holds.

use serde::Serialize;

use crate::diag::{Code, Diagnostic, Severity};

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
    /// What the program changed itself, so that the document holds what counts more (7.3.5.5).
    #[serde(rename(serialize = "调整"), skip_serializing_if = "Option::is_none")]
    pub adjusted: Option<String>,
    /// How bad it is where it does not hold: an error is never printed for good.
    #[serde(rename(serialize = "级别"), serialize_with = "named")]
    pub severity: Severity,
    /// Whether it is as the clause wants it, or as the setting declares.
    #[serde(rename(serialize = "符合"))]
    pub holds: bool,
}

impl Measurement {
    /// What falls short, as a finding.
    #[must_use]
    pub fn finding(&self) -> Diagnostic {
        let Self { clause, item, wanted, measured, unit, .. } = self;
        let message = format!("{item}：应为{wanted}{unit}，量得{measured}{unit}（GB/T 9704—2012，{clause}）");
        match self.severity {
            Severity::Error => Diagnostic::error(Code::Layout, message).help(self.remedy()),
            Severity::Warning => Diagnostic::warning(Code::PageFormat, message)
                .help("用 hongtou measure 看全部量度；本单位的做法写进 data/layout.yaml"),
        }
    }

    /// What to do about an error.
    fn remedy(&self) -> &'static str {
        match self.clause {
            "7.3.3" if self.item.starts_with("首页") => "缩短标题或主送，首页至少要有一行正文",
            _ if self.measured == "没有" => "这种格式没有它的位置：改“格式”，或从文件头里删去；改过的版式照原样改回",
            _ => "增减几个字再试；改过的版式（templates/layout）照原样改回。这样的页面不能用",
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with the field's address")]
fn named<S: serde::Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match severity {
        Severity::Error => "错误",
        Severity::Warning => "提醒",
    })
}
