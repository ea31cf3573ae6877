//! 网站标识 — who publishes: what the head and the foot of every page must say (国办发〔2017〕47号, 附件《网页设计规范》).
//!
//! It is the part `网站` of `data/office.yaml`; the site only prints it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::column::Column;
use super::link::{Target, encode_path};

/// The identity of the site.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// 网站名称, `SiteName`.
    #[serde(rename(deserialize = "网站名称"))]
    pub name: String,
    /// 域名, `SiteDomain`; every absolute address begins with it.
    #[serde(rename(deserialize = "域名"))]
    pub domain: Domain,
    /// 网站标识码, `SiteIDCode`.
    #[serde(rename(deserialize = "网站标识码"))]
    pub code: SiteCode,
    /// 组织机构代码, with which every 索引号 begins.
    #[serde(rename(deserialize = "组织机构代码"), default)]
    pub organisation: Option<OrganisationCode>,
    /// 主办单位.
    #[serde(rename(deserialize = "主办单位"))]
    pub host: String,
    /// 承办单位.
    #[serde(rename(deserialize = "承办单位"), default)]
    pub operator: Option<String>,
    /// 地址.
    #[serde(rename(deserialize = "地址"), default)]
    pub address: Option<String>,
    /// 邮编.
    #[serde(rename(deserialize = "邮编"), default)]
    pub postcode: Option<String>,
    /// 电话.
    #[serde(rename(deserialize = "电话"), default)]
    pub telephone: Option<String>,
    /// ICP备案号.
    #[serde(rename(deserialize = "ICP备案号"), default)]
    pub icp: Option<String>,
    /// 公安备案号.
    #[serde(rename(deserialize = "公安备案号"), default)]
    pub police: Option<String>,
    /// 党政机关网站标识: the address of its certificate.
    #[serde(rename(deserialize = "党政机关网站标识"), default)]
    pub badge: Option<String>,
    /// 数据许可: under which terms open data may be used.
    #[serde(rename(deserialize = "数据许可"), default)]
    pub license: Option<License>,
    /// 内容概述 of the whole site.
    #[serde(rename(deserialize = "简介"), default)]
    pub summary: String,
    /// 栏目, in the order of the navigation.
    #[serde(rename(deserialize = "栏目"), default = "super::column::usual")]
    pub columns: Vec<Column>,
}

/// The terms under which something may be used.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct License {
    /// `知识共享 署名 4.0 国际`.
    #[serde(rename(deserialize = "名称"))]
    pub name: String,
    /// Its address.
    #[serde(rename(deserialize = "网址"), deserialize_with = "web")]
    pub address: String,
}

fn web<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    match Target::parse(&text) {
        Some(Target::Outside(address)) if address.starts_with("http") => Ok(address),
        _ => Err(de::Error::custom(format!("“{text}”不是网址，应以 https:// 开头"))),
    }
}

impl Identity {
    /// The absolute address of a file of the site; a folder's `index.html` is called by the folder, as servers do.
    pub(super) fn address(&self, path: &str) -> String {
        let folder = path.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/'));
        format!("https://{}/{}", self.domain, encode_path(folder.unwrap_or(path)))
    }
}

/// A host name without scheme, port or path: `www.example.gov.cn`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain(String);

impl Domain {
    /// In small letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Domain {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        if text.len() <= 253 && text.contains('.') && text.split('.').all(label) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(format!("“{text}”不是域名，应写作 www.example.gov.cn（不写 https:// 和路径）"))
        }
    }
}

/// 政府网站标识码: ten digits (six of the division, four of the site), or `bm` and eight digits for a ministry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteCode(String);

impl SiteCode {
    /// As it is printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SiteCode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.strip_prefix("bm").unwrap_or(text);
        if text.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(format!("“{text}”不是网站标识码，应为10位数字，部门网站为 bm 加8位数字"))
        }
    }
}

/// 组织机构代码: eight digits or capitals and a check character (GB 11714—1997), without the hyphen before the last one; the ninth
/// to seventeenth characters of a 统一社会信用代码.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationCode(String);

impl OrganisationCode {
    /// Nine characters, without the hyphen.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for OrganisationCode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
        let plain: String = text.chars().filter(|c| *c != '-').collect();
        let value = |c: char| c.to_digit(36).filter(|_| c.is_ascii_digit() || c.is_ascii_uppercase());
        let sum: Option<u32> = plain.chars().zip(WEIGHTS).map(|(c, weight)| value(c).map(|value| value * weight)).sum();
        let check = sum.map(|sum| match 11 - sum % 11 {
            10 => 'X',
            11 => '0',
            digit => char::from_digit(digit, 10).unwrap_or('0'),
        });
        if plain.chars().count() == 9 && check.is_some() && plain.chars().last() == check {
            Ok(Self(plain))
        } else {
            Err(format!("“{text}”不是组织机构代码，应为9位，末位是校验码（统一社会信用代码的第9至17位）"))
        }
    }
}

macro_rules! travels_as_text {
    ($type:ty) => {
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    };
}

travels_as_text!(Domain);
travels_as_text!(SiteCode);
travels_as_text!(OrganisationCode);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_domains_are_checked_when_they_are_read() {
        for text in ["4101000012", "bm14000002"] {
            assert_eq!(text.parse::<SiteCode>().unwrap().as_str(), text);
        }
        for text in ["410100001", "bm1400000", "41010000123", "BM14000002", "四一〇一"] {
            assert!(text.parse::<SiteCode>().is_err(), "{text}");
        }
        // The two are those of real 索引号: 国务院办公厅 and 郑州市上街区.
        for text in ["000014349", "00525352-5", "000000000"] {
            assert!(text.parse::<OrganisationCode>().is_ok(), "{text}");
        }
        for text in ["000014348", "00001434", "0000143490", "00001434九", "00001434x"] {
            assert!(text.parse::<OrganisationCode>().is_err(), "{text}");
        }
        assert_eq!("WWW.Example.gov.cn".parse::<Domain>().unwrap().as_str(), "www.example.gov.cn");
        for text in ["https://www.example.gov.cn", "www.example.gov.cn/a", "localhost", "a..cn", "-a.cn", "示例.cn"] {
            assert!(text.parse::<Domain>().is_err(), "{text}");
        }
    }
}
