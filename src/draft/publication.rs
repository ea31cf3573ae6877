//! 公开 — the key of a notice's head that says whether and how the document is public. What becomes of it later (版本, 更正, 撤回)
//! is no word of the file: those are acts, and the record alone has them.
//!
//! ```yaml
//! 公开:
//!   属性: 主动公开          # 依申请公开, 不予公开: never reaches the site; usual for 请示, 报告, 议案, 函, 纪要
//!   时间: 09:30             # of the day of 发布日期
//!   施行日期: 2022-06-02
//!   失效日期: 2025-06-01      # the last day on which it is in force
//!   关联: [{ 关系: 结果, 文件: gongshi-2023 }]
//!   公示期: { 起: 2024-06-13, 工作日: 5, 首日: 计入, 异议: 书面实名向市工信局反映，电话 0371-60000000 }
//! ```

use serde::Deserialize;

use crate::calendar::Day;
use crate::document::{Disclosure, PublicPeriod, Publication, Relation, TimeOfDay};

/// What a file may say of its publication.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PublicationEntry {
    /// 公开属性; where it is not written, what is usual for the 文种.
    #[serde(rename = "属性")]
    pub disclosure: Option<Disclosure>,
    /// The time of day at which it is published.
    #[serde(rename = "时间")]
    pub time: Option<TimeOfDay>,
    /// 施行日期.
    #[serde(rename = "施行日期")]
    pub effective: Option<Day>,
    /// 失效日期: the last day on which it is in force.
    #[serde(rename = "失效日期")]
    pub expires: Option<Day>,
    /// What it has to do with other documents.
    #[serde(rename = "关联")]
    pub relations: Vec<Relation>,
    /// The days of a 公示.
    #[serde(rename = "公示期")]
    pub period: Option<PublicPeriod>,
}

impl PublicationEntry {
    /// 公开情况 of a document of which nothing has become yet.
    #[must_use]
    pub fn publication(&self) -> Publication {
        let Self { disclosure, time, effective, expires, relations, period } = self.clone();
        Publication { disclosure, time, effective, expires, relations, period, ..Publication::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_an_act_is_no_word_of_the_file() {
        let read = |json: serde_json::Value| serde_json::from_value::<PublicationEntry>(json);
        let written = read(serde_json::json!({ "属性": "不予公开", "时间": "09:30" })).unwrap().publication();
        assert_eq!(written.disclosure, Some(Disclosure::Withheld));
        assert_eq!((written.version.number(), written.withdrawn), (1, None));
        for act in ["版本", "版本说明", "撤回"] {
            assert!(read(serde_json::json!({ act: "2" })).is_err(), "{act}");
        }
    }
}
