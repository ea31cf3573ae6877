//! 本地做法 — what an office does otherwise than the standard's figures, as data (`data/layout.yaml`): each a named setting of the
//! layouts.

mod colour;
mod length;
mod number_form;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use colour::{Cmyk, Rgb};
pub use length::{Millimetres, Points};
pub use number_form::NumberForm;

use super::faces::{Faces, Fonts};
use super::grid::{PITCH, POINT};

/// The settings of the printed page. What is `None` is as the standard has it; beside each key stands its name in `standard.typ`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// 行距; 5.2.3 asks for 22 lines a page, 28 pt is common practice.
    #[serde(rename(deserialize = "行距", serialize = "pitch"))]
    pub pitch: Option<Points<220, 400>>,
    /// 标题字号; 7.3.1 says 二号.
    #[serde(rename(deserialize = "标题字号", serialize = "title-size"))]
    pub title_size: Option<Points<180, 260>>,
    /// 发文机关标志字号; 7.2.4 leaves it to the office.
    #[serde(rename(deserialize = "标志字号", serialize = "mark-size"))]
    pub mark_size: Option<Points<200, 800>>,
    /// 发文机关标志上边距, from the type area; 7.2.4 says 35 mm.
    #[serde(rename(deserialize = "标志上边距", serialize = "mark-top"))]
    pub mark_top: Option<Millimetres<0, 1200>>,
    /// 红色分隔线粗; 7.2.7 leaves it to the office.
    #[serde(rename(deserialize = "红线粗", serialize = "rule-weight"))]
    pub rule_weight: Option<Points<5, 40>>,
    /// 红色; 6.2 says Y80 M80 in print.
    #[serde(rename(deserialize = "红色", serialize = "red"))]
    pub red: Option<Rgb>,
    /// 四色红, for a printer's plates; such a file is no PDF/A, which wants an output profile.
    #[serde(rename(deserialize = "四色红", serialize = "cmyk"))]
    pub cmyk: Option<Cmyk>,
    /// 双页镜像: the binding edge of even pages at the right.
    #[serde(rename(deserialize = "双页镜像", serialize = "mirrored"))]
    pub mirrored: Option<bool>,
    /// 版记在双页; 7.4.1 only says the last page.
    #[serde(rename(deserialize = "版记在双页", serialize = "even-colophon"))]
    pub even_colophon: Option<bool>,
    /// 页码样式; 7.5 says `— # —`.
    #[serde(rename(deserialize = "页码样式", serialize = "number-form"))]
    pub number_form: Option<NumberForm>,
    /// 表格字号; the standard says nothing. The layouts read it of each table, which may be set smaller.
    #[serde(rename(deserialize = "表格字号"), skip_serializing)]
    pub table_size: Option<Points<75, 160>>,
    /// 自动横排: a table that cannot be upright is turned by itself (8).
    #[serde(rename(deserialize = "自动横排"), skip_serializing)]
    pub turns_tables: Option<bool>,
    /// 长表小字: a long list is set in 五号 (10.5 pt).
    #[serde(rename(deserialize = "长表小字"), skip_serializing)]
    pub small_lists: Option<bool>,
    /// 印章宽, where a seal's own width is not given.
    #[serde(rename(deserialize = "印章宽", serialize = "seal-width"))]
    pub seal_width: Option<Millimetres<200, 600>>,
    /// 只用自带字体 (the default): the same bytes on every machine. The layouts read the faces that are left.
    #[serde(rename(deserialize = "只用自带字体"), skip_serializing)]
    pub pinned: Option<bool>,
}

impl Settings {
    /// As the layouts read them: what the office has set, and the faces to ask for.
    pub(super) fn for_layouts(&self, fonts: &Fonts, faces: &Faces) -> Value {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        if let Value::Object(map) = &mut value {
            map.retain(|_, value| !value.is_null());
            map.insert("faces".into(), faces.for_layouts(&fonts.families(), self.pinned()));
        }
        value
    }

    /// The line pitch in points: the office's or the standard's (5.2.3).
    pub(super) fn line_pitch(&self) -> f64 {
        self.pitch.map_or(PITCH / POINT, Points::value)
    }

    /// Whether only the shipped faces are used.
    pub(super) fn pinned(&self) -> bool {
        self.pinned.unwrap_or(true)
    }

    /// Whether the file can be PDF/A.
    pub(super) fn archival(&self) -> bool {
        self.cmyk.is_none()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::Settings;

    /// Each setting that the layouts ask for can be set, and each that can be set is asked for: by the layouts or by the program.
    #[test]
    fn the_layouts_ask_for_what_can_be_set() {
        let layout = include_str!("../../../templates/layout/standard.typ");
        let asked = regex::Regex::new(r#"(?:setting|points|millimetres)\("([a-z-]+)"|"(cmyk)" in local"#).unwrap();
        let asked: BTreeSet<String> = asked
            .captures_iter(layout)
            .filter_map(|found| found.get(1).or_else(|| found.get(2)))
            .map(|name| name.as_str().to_owned())
            .collect();
        let Value::Object(settings) = serde_json::to_value(Settings::default()).unwrap() else { panic!("no map") };
        assert_eq!(asked, settings.keys().cloned().collect::<BTreeSet<_>>());
    }
}
