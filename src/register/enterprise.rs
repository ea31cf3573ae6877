//! 企业 — who may declare: `data/enterprises/*.yaml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::spelling::normal;
use super::{CreditCode, Several};
use crate::trace::Terms;
use crate::yaml::Located;

/// An enterprise of the register.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enterprise {
    /// Its registered name.
    #[serde(rename = "名称")]
    pub name: Located<String>,
    /// Its code.
    #[serde(rename = "统一社会信用代码")]
    pub code: Located<CreditCode>,
    /// What it was called before.
    #[serde(rename = "曾用名称", default)]
    pub former_names: Several,
    /// The codes that it had before: what was declared or paid under them is its own.
    #[serde(rename = "曾用代码", default)]
    pub former_codes: Vec<Located<CreditCode>>,
    /// Enterprises that are called almost like it, by name or code, and are not the same.
    #[serde(rename = "不是同一", default)]
    pub unlike: Several,
    /// The district that it belongs to.
    #[serde(rename = "区县")]
    pub district: Located<String>,
    /// Its industries, from the wide to the narrow: 新材料, 铝基新材料, 铝加工.
    #[serde(rename = "行业")]
    pub industries: Located<Vec<String>>,
    /// Whether it is above the statistical threshold.
    #[serde(rename = "规模以上")]
    pub above_threshold: Located<bool>,
    /// Its titles: 国家专精特新小巨人, 省专精特新, 绿色工厂.
    #[serde(rename = "称号", default)]
    pub titles: Option<Located<Vec<String>>>,
    /// Its grade in the evaluation by output per mu: A, B, C, D.
    #[serde(rename = "亩均评价", default)]
    pub grade: Option<Located<String>>,
    /// Whether it treats toxic or harmful waste.
    #[serde(rename = "有毒有害废弃物处理", default)]
    pub treats_waste: Option<Located<bool>>,
    /// What another policy asks about, by the name that its rules use.
    #[serde(rename = "其他属性", default)]
    pub others: BTreeMap<String, Located<String>>,
}

impl Enterprise {
    /// An enterprise above the threshold of which nothing else is written.
    pub fn new(
        name: Located<String>,
        code: Located<CreditCode>,
        district: Located<String>,
        industries: Located<Vec<String>>,
    ) -> Self {
        Self {
            above_threshold: Located { value: true, place: name.place },
            name,
            code,
            former_names: Several::default(),
            former_codes: Vec::new(),
            unlike: Several::default(),
            district,
            industries,
            titles: None,
            grade: None,
            treats_waste: None,
            others: BTreeMap::new(),
        }
    }

    /// The attributes that every enterprise can have.
    pub const ATTRIBUTES: [&'static str; 6] = ["区县", "行业", "规模以上", "称号", "亩均评价", "有毒有害废弃物处理"];

    /// Whether a name, in whatever letters and blanks, is or was its own.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        let name = normal(name);
        normal(&self.name.value) == name || self.was_called(&name)
    }

    /// Whether a name, in normal form, was its own.
    pub(super) fn was_called(&self, name: &str) -> bool {
        self.former_names.iter().any(|former| normal(&former.value) == name)
    }

    /// What stands under an attribute, and where; `None` where nothing is written.
    pub fn attribute(&self, name: &str) -> Option<Located<Terms<'_>>> {
        fn word(value: &Located<String>) -> Located<Terms<'_>> {
            Located { value: Terms::One(&value.value), place: value.place }
        }
        fn words(values: &Located<Vec<String>>) -> Located<Terms<'_>> {
            Located { value: Terms::Many(&values.value), place: values.place }
        }
        fn flag(value: &Located<bool>) -> Located<Terms<'_>> {
            Located { value: Terms::One(if value.value { "是" } else { "否" }), place: value.place }
        }
        match name {
            "区县" => Some(word(&self.district)),
            "行业" => Some(words(&self.industries)),
            "规模以上" => Some(flag(&self.above_threshold)),
            "称号" => self.titles.as_ref().map(words),
            "亩均评价" => self.grade.as_ref().map(word),
            "有毒有害废弃物处理" => self.treats_waste.as_ref().map(flag),
            other => self.others.get(other).map(word),
        }
    }
}
