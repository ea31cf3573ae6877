//! 本地做法 — what an office does otherwise than the standard's figures, as data: each a named setting of the layouts.

use std::ops::RangeInclusive;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::faces::Faces;
use super::fonts::Fonts;
use super::grid::{PITCH, POINT};

/// The settings of the printed page (`data/layout.yaml`). What is `None` is as the standard has it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// 行距, in points; 5.2.3 asks for 22 lines a page, 28 pt is common practice.
    #[serde(
        rename(deserialize = "行距", serialize = "pitch"),
        skip_serializing_if = "Option::is_none",
        deserialize_with = "pitch"
    )]
    pub pitch: Option<f64>,
    /// 标题字号, in points; 7.3.1 says 二号.
    #[serde(
        rename(deserialize = "标题字号", serialize = "title-size"),
        skip_serializing_if = "Option::is_none",
        deserialize_with = "title_size"
    )]
    pub title_size: Option<f64>,
    /// 发文机关标志字号, in points; 7.2.4 leaves it to the office.
    #[serde(
        rename(deserialize = "标志字号", serialize = "mark-size"),
        skip_serializing_if = "Option::is_none",
        deserialize_with = "mark_size"
    )]
    pub mark_size: Option<f64>,
    /// 发文机关标志上边距, in millimetres from the type area; 7.2.4 says 35.
    #[serde(
        rename(deserialize = "标志上边距", serialize = "mark-top"),
        skip_serializing_if = "Option::is_none",
        deserialize_with = "mark_top"
    )]
    pub mark_top: Option<f64>,
    /// 红色, as `#e60012`; 6.2 says Y80 M80 in print.
    #[serde(
        rename(deserialize = "红色", serialize = "red"),
        skip_serializing_if = "Option::is_none",
        deserialize_with = "red"
    )]
    pub red: Option<String>,
    /// 四色红, in percent of C, M, Y, K: for a printer's plates; such a file is no PDF/A, which wants an output profile.
    #[serde(
        rename(deserialize = "四色红", serialize = "cmyk"),
        skip_serializing_if = "Option::is_none",
        deserialize_with = "cmyk"
    )]
    pub cmyk: Option<[f64; 4]>,
    /// 双页镜像: the binding edge of even pages at the right.
    #[serde(rename(deserialize = "双页镜像", serialize = "mirrored"), skip_serializing_if = "Option::is_none")]
    pub mirrored: Option<bool>,
    /// 版记在双页; 7.4.1 only says the last page.
    #[serde(rename(deserialize = "版记在双页", serialize = "even-colophon"), skip_serializing_if = "Option::is_none")]
    pub even_colophon: Option<bool>,
    /// 页码样式, with `#` for the number; 7.5 says `— # —`.
    #[serde(
        rename(deserialize = "页码样式", serialize = "number-form"),
        skip_serializing_if = "Option::is_none",
        deserialize_with = "number_form"
    )]
    pub number_form: Option<String>,
    /// 表格字号, in points; the standard says nothing.
    #[serde(
        rename(deserialize = "表格字号", serialize = "table-size"),
        skip_serializing_if = "Option::is_none",
        deserialize_with = "table_size"
    )]
    pub table_size: Option<f64>,
    /// 印章宽, in millimetres, where a seal's own width is not given.
    #[serde(
        rename(deserialize = "印章宽", serialize = "seal-width"),
        skip_serializing_if = "Option::is_none",
        deserialize_with = "seal_width"
    )]
    pub seal_width: Option<f64>,
    /// 只用自带字体 (the default): the same bytes on every machine.
    #[serde(rename(deserialize = "只用自带字体", serialize = "pinned"), skip_serializing_if = "Option::is_none")]
    pub pinned: Option<bool>,
}

impl Settings {
    /// As the layouts read them: the settings and the faces to ask for.
    pub(super) fn for_layouts(&self, fonts: &Fonts, faces: &Faces) -> Value {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        if let Value::Object(map) = &mut value {
            map.insert("faces".into(), faces.for_layouts(&fonts.families(), self.pinned()));
        }
        value
    }

    /// The line pitch in points: the office's or the standard's (5.2.3).
    pub(super) fn line_pitch(&self) -> f64 {
        self.pitch.unwrap_or(PITCH / POINT)
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

/// A figure that a page can have, or an error that says which ones can.
fn figure<'de, D: Deserializer<'de>>(
    deserializer: D,
    range: RangeInclusive<f64>,
    unit: &str,
) -> Result<Option<f64>, D::Error> {
    let figure = f64::deserialize(deserializer)?;
    if range.contains(&figure) {
        return Ok(Some(figure));
    }
    Err(D::Error::custom(format!("应在{}到{}{unit}之间", range.start(), range.end())))
}

/// The deserializers of figures, each with its range and unit.
macro_rules! figures {
    ($($name:ident: $range:expr, $unit:literal;)*) => {
        $(fn $name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
            figure(deserializer, $range, $unit)
        })*
    };
}

figures! {
    pitch: 22.0..=40.0, "磅";
    title_size: 18.0..=26.0, "磅";
    mark_size: 20.0..=80.0, "磅";
    mark_top: 0.0..=120.0, "毫米";
    table_size: 7.5..=16.0, "磅";
    seal_width: 20.0..=60.0, "毫米";
}

fn red<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let value = String::deserialize(deserializer)?;
    let digits = value.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Ok(Some(value));
    }
    Err(D::Error::custom("红色写成 \"#e60012\" 的样子：井号和六位十六进制数，加引号"))
}

fn cmyk<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<[f64; 4]>, D::Error> {
    if let Ok(plates) = <[f64; 4]>::try_from(Vec::deserialize(deserializer)?)
        && plates.iter().all(|plate| (0.0..=100.0).contains(plate))
    {
        return Ok(Some(plates));
    }
    Err(D::Error::custom("四色红写成 [青, 品红, 黄, 黑] 四个百分数，各在0到100之间，如 [0, 80, 80, 0]"))
}

fn number_form<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let form = String::deserialize(deserializer)?;
    if form.matches('#').count() == 1 && form.chars().count() <= 16 {
        return Ok(Some(form));
    }
    Err(D::Error::custom("页码样式里用一个 # 代表页码，如 \"— # —\"，不超过16个字"))
}
