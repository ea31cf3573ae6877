//! 发文字号 — code, year and serial number: `郑政办〔2022〕56号` (GB/T 9704—2012, 7.2.5); or `第3号` of an order (10.2).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// 发文字号 or 令号.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Number {
    /// `郑政办〔2022〕56号`.
    Document {
        /// 发文机关代字; empty where minutes or an announcement are counted without one: 〔2024〕23号.
        code: String,
        /// The year, in full.
        year: i16,
        /// 顺序号, without leading zeros.
        serial: u32,
    },
    /// `第3号`, or `2023年第1号` of an announcement.
    Serial {
        /// The year, where it is named.
        year: Option<i16>,
        /// The number.
        serial: u32,
    },
}

/// Why a text is no 发文字号.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// `[2022]` or `(2022)` instead of `〔2022〕`.
    #[error("发文字号“{0}”的年份应当用六角括号，如 郑政办〔2022〕56号（GB/T 9704—2012，7.2.5）")]
    Brackets(String),
    /// `〔2022〕056号` or `〔2022〕第56号`.
    #[error("发文字号“{0}”的顺序号不加“第”、不编虚位，如 56号（GB/T 9704—2012，7.2.5）")]
    Serial(String),
    /// Anything else.
    #[error("“{0}”不是发文字号，应写作 郑政办〔2022〕56号 或 第3号")]
    Form(String),
}

impl FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let form = || NumberError::Form(text.to_owned());
        let serial = |digits: &str| {
            if digits.starts_with('第') || (digits.starts_with('0') && digits.len() > 1) {
                return Err(NumberError::Serial(text.to_owned()));
            }
            digits_only(digits).and_then(|digits| digits.parse::<u32>().ok()).filter(|n| *n > 0).ok_or_else(form)
        };
        let year = |digits: &str| {
            let four = digits_only(digits).filter(|digits| digits.len() == 4);
            four.and_then(|digits| digits.parse::<i16>().ok()).ok_or_else(form)
        };
        let body = text.trim().strip_suffix('号').ok_or_else(form)?;
        if let Some((code, rest)) = body.split_once('〔') {
            let (digits, number) = rest.split_once('〕').ok_or_else(form)?;
            return Ok(Self::Document { code: code.to_owned(), year: year(digits)?, serial: serial(number)? });
        }
        if body.chars().any(|c| "[【(（［".contains(c)) {
            return Err(NumberError::Brackets(text.to_owned()));
        }
        let (before, number) = body.split_once('第').ok_or_else(form)?;
        let year = match before.strip_suffix('年') {
            Some(digits) => Some(year(digits)?),
            None if before.is_empty() => None,
            None => return Err(form()),
        };
        Ok(Self::Serial { year, serial: serial(number)? })
    }
}

/// Rust's own reading of a number takes a sign: `+5`.
fn digits_only(text: &str) -> Option<&str> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then_some(text)
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document { code, year, serial } => write!(f, "{code}〔{year}〕{serial}号"),
            Self::Serial { year: Some(year), serial } => write!(f, "{year}年第{serial}号"),
            Self::Serial { year: None, serial } => write!(f, "第{serial}号"),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_s_form_alone_is_taken() {
        for text in ["郑政办〔2022〕56号", "第3号", "2023年第1号"] {
            assert_eq!(text.parse::<Number>().unwrap().to_string(), text);
        }
        assert!(matches!("郑政办[2022]56号".parse::<Number>(), Err(NumberError::Brackets(_))));
        assert!(matches!("郑政办〔2022〕056号".parse::<Number>(), Err(NumberError::Serial(_))));
        assert!(matches!("郑政办〔2022〕第56号".parse::<Number>(), Err(NumberError::Serial(_))));
        for text in [
            "郑政办〔22〕56号",
            "郑政办〔2022〕+5号",
            "郑政办〔+022〕5号",
            "第+5号",
            "+022年第5号",
            "郑政办〔2022〕0号",
            "第号",
        ] {
            assert!(matches!(text.parse::<Number>(), Err(NumberError::Form(_))), "{text}");
        }
    }
}
