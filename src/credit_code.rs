//! 统一社会信用代码 — eighteen characters, the last one a check character (GB 32100—2015).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, de};

/// The 31 characters of the code in the order of their values (GB 32100—2015, table 3): no I, O, S, V, Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A code whose check character is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode([u8; 18]);

/// Why a text is no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreditCodeError {
    /// Not eighteen characters.
    #[error("统一社会信用代码“{0}”有{1}位，应为18位")]
    Length(String, usize),
    /// A character that the code does not use.
    #[error("统一社会信用代码“{0}”第{1}位是“{2}”，代码只用数字和除 I、O、S、V、Z 以外的大写字母")]
    Character(String, usize, char),
    /// A wrong check character.
    #[error("统一社会信用代码校验位不符：“{0}”最后一位应为“{1}”，请核对营业执照")]
    Check(String, char),
}

impl CreditCode {
    /// The code of its first seventeen characters.
    ///
    /// # Errors
    ///
    /// What is wrong with them.
    pub fn complete(body: &str) -> Result<Self, CreditCodeError> {
        match format!("{body}0").parse() {
            Err(CreditCodeError::Check(_, check)) => format!("{body}{check}").parse(),
            found => found,
        }
    }

    /// Its characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for CreditCode {
    type Err = CreditCodeError;

    fn from_str(text: &str) -> Result<Self, CreditCodeError> {
        let text = text.trim();
        let length = text.chars().count();
        if length != 18 {
            return Err(CreditCodeError::Length(text.to_owned(), length));
        }
        let mut code = [0; 18];
        let mut sum = 0;
        let mut weight = 1;
        for (index, (slot, character)) in code.iter_mut().zip(text.chars()).enumerate() {
            let value = u8::try_from(character).ok().and_then(|byte| ALPHABET.iter().position(|known| *known == byte));
            let Some(value) = value else {
                return Err(CreditCodeError::Character(text.to_owned(), index + 1, character));
            };
            *slot = ALPHABET.get(value).copied().unwrap_or_default();
            if index < 17 {
                sum += value * weight;
                weight = weight * 3 % 31;
            }
        }
        let check = ALPHABET.get((31 - sum % 31) % 31).copied().unwrap_or_default();
        if code.last() != Some(&check) {
            return Err(CreditCodeError::Check(text.to_owned(), char::from(check)));
        }
        Ok(Self(code))
    }
}

/// Whether a number is the code of an organisation: those begin with 1, 5 or 9.
pub fn is_credit_code(digits: &str) -> bool {
    digits.starts_with(['1', '5', '9']) && digits.parse::<CreditCode>().is_ok()
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CreditCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_character_is_verified() {
        assert_eq!("91350100M000100Y43".parse::<CreditCode>().unwrap().as_str(), "91350100M000100Y43");
        assert!("91410181MA0000015M".parse::<CreditCode>().is_ok());
        assert_eq!(
            "91410181MA0000015N".parse::<CreditCode>(),
            Err(CreditCodeError::Check("91410181MA0000015N".into(), 'M'))
        );
        assert!(matches!("91410181MA000001".parse::<CreditCode>(), Err(CreditCodeError::Length(_, 16))));
        assert!(matches!("91410181MAO000015M".parse::<CreditCode>(), Err(CreditCodeError::Character(_, 11, 'O'))));
        assert!(matches!("９1410181MA0000015M".parse::<CreditCode>(), Err(CreditCodeError::Character(_, 1, '９'))));
    }
}
