//! 核实 — what was found when a condition was asked, and the sentence that says both.

use std::fmt;

use rust_decimal::Decimal;

use crate::calendar::{Day, Year};
use crate::money::Money;

/// What was found when a condition was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found<'a> {
    /// Nothing is written.
    Nothing,
    /// The word or words of an attribute.
    Words(Terms<'a>),
    /// An entry of a catalogue, with what stands in the column that was asked for.
    Entry(&'a str, Option<&'a str>),
    /// An entry of a catalogue that was not in force.
    Expired(&'a str),
    /// A day.
    Day(Day),
    /// A figure.
    Amount(Money),
    /// A share, in per cent.
    Percent(Decimal),
    /// A number of something else.
    Number(Decimal),
    /// Whether an expression holds.
    Held(bool),
    /// A figure that an expression asks for was not declared.
    Missing(&'a str, Year),
    /// Something was to be divided by nothing.
    ByZero,
}

/// The word or words under an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Terms<'a> {
    /// One.
    One(&'a str),
    /// A list.
    Many(&'a [String]),
}

impl<'a> Terms<'a> {
    /// The word, where there is only one.
    pub fn one(self) -> Option<&'a str> {
        match self {
            Self::One(one) => Some(one),
            Self::Many(_) => None,
        }
    }

    /// Whether a word is among them.
    pub fn contains(self, word: &str) -> bool {
        match self {
            Self::One(one) => one == word,
            Self::Many(many) => many.iter().any(|one| one == word),
        }
    }
}

/// A condition and what was found, as an office writes it: `行业含新材料，经核实为新材料、铝加工`.
#[must_use]
pub fn checked(asked: &str, found: Found<'_>) -> String {
    let yes_or_no = ["是", "否"].iter().find_map(|word| Some((asked.strip_suffix(&format!("为“{word}”"))?, *word)));
    let asked = yes_or_no.map_or_else(|| asked.to_owned(), |(item, word)| format!("“{item}”一项应为“{word}”"));
    match found {
        Found::Nothing => format!("{asked}，未填报"),
        Found::Missing(..) | Found::ByZero => format!("{asked}，{found}"),
        Found::Held(_) => format!("{asked}，经核实{found}"),
        _ if yes_or_no.is_some() => format!("{asked}，经核实为“{found}”"),
        _ => format!("{asked}，经核实为{found}"),
    }
}

impl fmt::Display for Terms<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(one) => f.write_str(one),
            Self::Many(many) => f.write_str(&many.join("、")),
        }
    }
}

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("未填写"),
            Self::Words(words) => words.fmt(f),
            Self::Entry(id, None) => write!(f, "目录条目{id}"),
            Self::Entry(id, Some(cell)) => write!(f, "目录条目{id}，{cell}"),
            Self::Expired(id) => write!(f, "目录条目{id}，目录在该年度不在有效期内"),
            Self::Day(day) => day.fmt(f),
            Self::Amount(amount) => amount.fmt(f),
            Self::Percent(percent) => write!(f, "{percent}%"),
            Self::Number(number) => number.fmt(f),
            Self::Missing(name, year) => write!(f, "没有{year}年{name}"),
            Self::ByZero => f.write_str("除数是零"),
            Self::Held(true) => f.write_str("成立"),
            Self::Held(false) => f.write_str("不成立"),
        }
    }
}
