//! 本地做法 — what an office does otherwise than the standard's figures, as data: each a named setting of the layouts.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::fonts::Fonts;

/// The settings of the printed page (`data/layout.yaml`). What is `None` is as the standard has it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// 行距, in points; 5.2.3 asks for 22 lines a page, 28 pt is common practice.
    #[serde(rename(deserialize = "行距", serialize = "pitch"), skip_serializing_if = "Option::is_none")]
    pub pitch: Option<f64>,
    /// 标题字号, in points; 7.3.1 says 二号.
    #[serde(rename(deserialize = "标题字号", serialize = "title-size"), skip_serializing_if = "Option::is_none")]
    pub title_size: Option<f64>,
    /// 发文机关标志字号, in points; 7.2.4 leaves it to the office.
    #[serde(rename(deserialize = "标志字号", serialize = "mark-size"), skip_serializing_if = "Option::is_none")]
    pub mark_size: Option<f64>,
    /// 发文机关标志上边距, in millimetres from the type area; 7.2.4 says 35.
    #[serde(rename(deserialize = "标志上边距", serialize = "mark-top"), skip_serializing_if = "Option::is_none")]
    pub mark_top: Option<f64>,
    /// 红色, as `#e60012`; 6.2 says Y80 M80 in print.
    #[serde(rename(deserialize = "红色", serialize = "red"), skip_serializing_if = "Option::is_none")]
    pub red: Option<String>,
    /// 四色红, in percent of C, M, Y, K: for a printer's plates; such a file is no PDF/A, which wants an output profile.
    #[serde(rename(deserialize = "四色红", serialize = "cmyk"), skip_serializing_if = "Option::is_none")]
    pub cmyk: Option<[f64; 4]>,
    /// 双页镜像: the binding edge of even pages at the right.
    #[serde(rename(deserialize = "双页镜像", serialize = "mirrored"), skip_serializing_if = "Option::is_none")]
    pub mirrored: Option<bool>,
    /// 版记在双页; 7.4.1 only says the last page.
    #[serde(rename(deserialize = "版记在双页", serialize = "even-colophon"), skip_serializing_if = "Option::is_none")]
    pub even_colophon: Option<bool>,
    /// 页码样式, with `#` for the number; 7.5 says `— # —`.
    #[serde(rename(deserialize = "页码样式", serialize = "number-form"), skip_serializing_if = "Option::is_none")]
    pub number_form: Option<String>,
    /// 表格字号, in points; the standard says nothing.
    #[serde(rename(deserialize = "表格字号", serialize = "table-size"), skip_serializing_if = "Option::is_none")]
    pub table_size: Option<f64>,
    /// 印章宽, in millimetres, where a seal's own width is not given.
    #[serde(rename(deserialize = "印章宽", serialize = "seal-width"), skip_serializing_if = "Option::is_none")]
    pub seal_width: Option<f64>,
    /// 只用自带字体 (the default): the same bytes on every machine.
    #[serde(rename(deserialize = "只用自带字体", serialize = "pinned"), skip_serializing_if = "Option::is_none")]
    pub pinned: Option<bool>,
}

impl Settings {
    /// As the layouts read them: the settings and the families at hand.
    pub(super) fn for_layouts(&self, fonts: &Fonts) -> Value {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        if let Value::Object(map) = &mut value {
            map.insert("families".into(), json!(fonts.families()));
        }
        value
    }

    /// Whether the file can be PDF/A.
    pub(super) fn archival(&self) -> bool {
        self.cmyk.is_none()
    }
}
