//! 公开情况 — whether and how a document is public, and what became of it since: versions, corrections, withdrawal, the days
//! of a 公示 (《政府信息公开条例》第十三条至第十七条; 国办发〔2017〕47号: 修改、废止、失效应明确标注).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::calendar::{Calendar, Day, FirstDay, MissingYear};

use super::Document;

/// What the site says of a document beside its text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Publication {
    /// 公开属性; where it is not written, what is usual for the 文种.
    #[serde(rename = "属性")]
    pub disclosure: Option<Disclosure>,
    /// The time of day at which it was published.
    #[serde(rename = "时间")]
    pub time: Option<TimeOfDay>,
    /// 施行日期.
    #[serde(rename = "施行日期")]
    pub effective: Option<Day>,
    /// 失效日期: the last day on which it is in force.
    #[serde(rename = "失效日期")]
    pub expires: Option<Day>,
    /// Which published version it is, from 1.
    #[serde(rename = "版本")]
    pub version: Version,
    /// What this version changes and why.
    #[serde(rename = "版本说明")]
    pub change: Option<String>,
    /// 撤回: its text is no longer shown.
    #[serde(rename = "撤回")]
    pub withdrawn: Option<Withdrawal>,
    /// The day on which another document repealed it, where the record knows.
    #[serde(skip)]
    pub repealed: Option<Day>,
    /// What it has to do with other documents.
    #[serde(rename = "关联")]
    pub relations: Vec<Relation>,
    /// The days of a 公示.
    #[serde(rename = "公示期")]
    pub period: Option<PublicPeriod>,
}

/// 公开属性.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
pub enum Disclosure {
    /// On the site.
    #[default]
    #[serde(rename = "主动公开")]
    Open,
    /// To whoever asks; not on the site.
    #[serde(rename = "依申请公开")]
    OnRequest,
    /// To nobody.
    #[serde(rename = "不予公开")]
    Withheld,
}

impl Disclosure {
    /// The word that a file writes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "主动公开",
            Self::OnRequest => "依申请公开",
            Self::Withheld => "不予公开",
        }
    }
}

/// The number of a published version, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Version(u16);

impl Version {
    /// The number.
    #[must_use]
    pub fn number(self) -> u16 {
        self.0
    }
}

impl Default for Version {
    fn default() -> Self {
        Self(1)
    }
}

impl From<u16> for Version {
    fn from(number: u16) -> Self {
        Self(number.max(1))
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u16::deserialize(deserializer)? {
            0 => Err(de::Error::custom("版本从1起编")),
            number => Ok(Self(number)),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A time of day, `09:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    hour: u8,
    minute: u8,
}

impl FromStr for TimeOfDay {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{text}”不是时间，应写作 09:30");
        let (hour, minute) = text.trim().split_once(':').ok_or_else(wrong)?;
        let number = |digits: &str, below: u8| {
            let plain = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse::<u8>().ok().filter(|number| plain && *number < below).ok_or_else(wrong)
        };
        Ok(Self { hour: number(hour, 24)?, minute: number(minute, 60)? })
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// 撤回.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// When.
    #[serde(rename = "日期")]
    pub on: Day,
    /// Why.
    #[serde(rename = "理由")]
    pub reason: String,
}

/// What a document has to do with another one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// What.
    #[serde(rename = "关系")]
    pub kind: RelationKind,
    /// The other one, by its slug.
    #[serde(rename = "文件")]
    pub to: String,
}

/// 关系, as the later document states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum RelationKind {
    /// This one corrects the other.
    #[serde(rename = "更正")]
    Corrects,
    /// This one amends the other.
    #[serde(rename = "修改")]
    Amends,
    /// This one repeals the other.
    #[serde(rename = "废止")]
    Repeals,
    /// This one announces what the other gave notice of (公告 after 公示).
    #[serde(rename = "结果")]
    Concludes,
    /// This one rests on the other.
    #[serde(rename = "依据")]
    RestsOn,
    /// This one explains the other.
    #[serde(rename = "解读")]
    Explains,
}

impl RelationKind {
    /// What the page of the later document writes before the link to the other.
    #[must_use]
    pub fn forward(self) -> &'static str {
        match self {
            Self::Corrects => "更正的文件",
            Self::Amends => "修改的文件",
            Self::Repeals => "废止的文件",
            Self::Concludes => "此前的公示",
            Self::RestsOn => "依据",
            Self::Explains => "解读的文件",
        }
    }

    /// What the page of the other writes before the link back.
    #[must_use]
    pub fn backward(self) -> &'static str {
        match self {
            Self::Corrects => "更正",
            Self::Amends => "修改",
            Self::Repeals => "被废止",
            Self::Concludes => "公示结果",
            Self::RestsOn => "后续文件",
            Self::Explains => "解读",
        }
    }
}

/// 公示期.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PublicPeriod {
    /// The day on which it begins.
    #[serde(rename = "起")]
    pub from: Day,
    /// How many working days it runs.
    #[serde(rename = "工作日")]
    pub workdays: u32,
    /// Whether the first day counts; said on the page.
    #[serde(rename = "首日", default = "counted")]
    pub first: FirstDay,
    /// The last day, once the calendar was asked.
    #[serde(rename = "止", default)]
    pub last: Option<Day>,
    /// How to object.
    #[serde(rename = "异议", default)]
    pub objection: Option<String>,
}

/// The published practice of most offices counts the first day; see [`FirstDay`].
fn counted() -> FirstDay {
    FirstDay::Counts
}

impl PublicPeriod {
    /// Finds the last day.
    pub fn settle(&mut self, calendar: &Calendar) -> Result<Day, MissingYear> {
        let last = calendar.last_day(self.from, self.workdays, self.first)?;
        self.last = Some(last);
        Ok(last)
    }

    /// `2024年6月13日至2024年6月19日（5个工作日，含首日）`.
    #[must_use]
    pub fn words(&self) -> String {
        let first = match self.first {
            FirstDay::Counts => "含首日",
            FirstDay::DoesNotCount => "首日不计入",
        };
        match self.last {
            Some(last) => format!("{}至{last}（{}个工作日，{first}）", self.from, self.workdays),
            None => format!("{}起{}个工作日（{first}）", self.from, self.workdays),
        }
    }
}

impl Document {
    /// 公开属性: as written, or as usual for its 文种.
    #[must_use]
    pub fn disclosure(&self) -> Disclosure {
        self.record.publication.disclosure.unwrap_or_else(|| self.genre.usual_disclosure())
    }

    /// Whether it may reach the site at all: neither classified nor kept back. Nothing of any other document, not even its
    /// title, is ever published.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.masthead.secrecy.is_none() && self.disclosure() == Disclosure::Open
    }

    /// Whether its text is still shown: a withdrawn document keeps its page, its title and the reason, nothing more.
    #[must_use]
    pub fn shows_text(&self) -> bool {
        self.is_public() && self.record.publication.withdrawn.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_of_the_front_matter_holds_it_all() {
        let read = |json: serde_json::Value| serde_json::from_value::<Publication>(json);
        let publication = read(serde_json::json!({
            "属性": "主动公开", "时间": "09:30", "版本": 2, "版本说明": "更正金额",
            "关联": [{ "关系": "结果", "文件": "a" }],
            "公示期": { "起": "2024-06-13", "工作日": 5, "首日": "不计入" },
        }))
        .unwrap();
        assert_eq!(publication.version.number(), 2);
        assert_eq!(publication.time.unwrap().to_string(), "09:30");
        assert_eq!(publication.period.unwrap().words(), "2024年6月13日起5个工作日（首日不计入）");
        assert_eq!(read(serde_json::json!({})).unwrap(), Publication::default());
        for wrong in [r#"{"时间":"9:30"}"#, r#"{"时间":"24:00"}"#, r#"{"版本":0}"#, r#"{"属性":"公开"}"#, r#"{"x":1}"#]
        {
            assert!(serde_json::from_str::<Publication>(wrong).is_err(), "{wrong}");
        }
    }
}
