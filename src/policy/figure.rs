//! 数字 — the figures in the words of a clause: `5000万元`, `五千万元`, `20%`, `百分之二十`, `10个百分点`, `三年`.

use std::fmt;

use rust_decimal::Decimal;

use super::Term;
use crate::money::{Money, Points, Share};

/// A figure with its unit: what rules and words are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// An amount.
    Money(Money),
    /// A share, in per cent.
    Percent(Decimal),
    /// Points.
    Points(Decimal),
    /// A number of years.
    Years(i16),
}

impl Figure {
    /// The figure that a value of a rule states, if it states one.
    pub fn of_value(text: &str) -> Option<Self> {
        let money = text.parse::<Money>().ok().map(Self::Money);
        let share = || text.parse::<Share>().ok().map(|share| Self::Percent(share.in_percent()));
        let points = || text.parse::<Points>().ok().map(|points| Self::Points(points.decimal()));
        let years = || text.parse::<Term>().ok().map(|term| Self::Years(term.0));
        money.or_else(share).or_else(points).or_else(years)
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Money(money) => money.fmt(f),
            Self::Percent(percent) => write!(f, "{percent}%"),
            Self::Points(points) => write!(f, "{points}个百分点"),
            Self::Years(years) => write!(f, "{years}年"),
        }
    }
}

/// All figures with a unit in a text, in order. Numbers before a shared unit (`100、200、500万元`) each take it; calendar
/// years and numbers without a unit that money, shares or terms have are not figures.
pub fn figures(words: &str) -> Vec<Figure> {
    let chars: Vec<char> = words.chars().filter(|c| !c.is_whitespace()).collect();
    let mut found = Vec::new();
    let mut waiting: Vec<Decimal> = Vec::new();
    let mut at = 0;
    while let Some(&here) = chars.get(at) {
        let rest = chars.get(at..).unwrap_or_default();
        let hundredths = rest.starts_with(&['百', '分', '之']);
        let (number, length) = number(if hundredths { rest.get(3..).unwrap_or_default() } else { rest });
        let Some(number) = number else {
            if !matches!(here, '、' | '，' | '～' | '—' | '和' | '至') {
                waiting.clear();
            }
            // A number that nothing can hold is passed over whole: its tail is no figure either.
            at += length.max(1);
            continue;
        };
        if hundredths {
            found.push(Figure::Percent(number.normalize()));
            at += 3 + length;
            continue;
        }
        at += length;
        match unit(chars.get(at..).unwrap_or_default()) {
            Some((unit, length)) => {
                found.extend(waiting.drain(..).chain([number]).filter_map(|number| unit.figure(number)));
                at += length;
            }
            None => waiting.push(number),
        }
    }
    found
}

#[derive(Clone, Copy)]
enum Unit {
    Yuan(u32),
    Percent,
    Points,
    Years,
}

impl Unit {
    fn figure(self, number: Decimal) -> Option<Figure> {
        Some(match self {
            Self::Yuan(zeros) => Figure::Money(Money::yuan(number.checked_mul(Decimal::from(10_u64.pow(zeros)))?)),
            Self::Percent => Figure::Percent(number.normalize()),
            Self::Points => Figure::Points(number.normalize()),
            // Four digits before 年 are a calendar year.
            Self::Years => Figure::Years(i16::try_from(number).ok().filter(|years| *years < 1000)?),
        })
    }
}

fn unit(rest: &[char]) -> Option<(Unit, usize)> {
    const UNITS: [(&str, Unit); 9] = [
        ("亿元", Unit::Yuan(8)),
        ("万元", Unit::Yuan(4)),
        ("元", Unit::Yuan(0)),
        ("个百分点", Unit::Points),
        ("百分点", Unit::Points),
        ("%", Unit::Percent),
        ("％", Unit::Percent),
        ("周年", Unit::Years),
        ("年", Unit::Years),
    ];
    UNITS
        .iter()
        .find(|(name, _)| name.chars().eq(rest.iter().copied().take(name.chars().count())))
        .map(|(name, unit)| (*unit, name.chars().count()))
}

/// The number that a text begins with, and how many characters it takes.
fn number(rest: &[char]) -> (Option<Decimal>, usize) {
    let digits = rest.iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
    if digits > 0 {
        let text: String = rest.iter().take(digits).collect();
        return (text.trim_end_matches('.').parse().ok(), digits);
    }
    let length = rest.iter().take_while(|c| "〇零一二两三四五六七八九十百千万亿".contains(**c)).count();
    // “百分之…” and “百分点” begin like a number but are none.
    let length = if rest.get(length.wrapping_sub(1)) == Some(&'百') && rest.get(length) == Some(&'分') {
        length - 1
    } else {
        length
    };
    (chinese(rest.get(..length).unwrap_or_default()), length)
}

/// `五千万` is 50,000,000; `二十` is 20.
fn chinese(numerals: &[char]) -> Option<Decimal> {
    let mut total: i64 = 0;
    let mut section: i64 = 0;
    let mut digit: Option<i64> = None;
    // Beyond what a whole number holds, it is no figure that anybody gives.
    for numeral in numerals {
        let value =
            "零一二三四五六七八九".chars().position(|c| c == *numeral).and_then(|value| i64::try_from(value).ok());
        let value = value.or(match numeral {
            '〇' => Some(0),
            '两' => Some(2),
            _ => None,
        });
        if let Some(value) = value {
            digit = Some(value);
            continue;
        }
        match numeral {
            '十' => section = section.checked_add(digit.take().unwrap_or(1) * 10)?,
            '百' => section = section.checked_add(digit.take()? * 100)?,
            '千' => section = section.checked_add(digit.take()? * 1000)?,
            '万' => {
                let part = section.checked_add(digit.take().unwrap_or(0))?.checked_mul(10_000)?;
                total = total.checked_add(part)?;
                section = 0;
            }
            '亿' => {
                let part = section.checked_add(digit.take().unwrap_or(0))?;
                total = total.checked_add(part)?.checked_mul(100_000_000)?;
                section = 0;
            }
            _ => return None,
        }
    }
    let whole = total.checked_add(section)?.checked_add(digit.unwrap_or(0))?;
    (!numerals.is_empty()).then(|| Decimal::from(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(words: &str) -> Vec<String> {
        figures(words).iter().map(Figure::to_string).collect()
    }

    #[test]
    fn figures_of_words() {
        assert_eq!(
            texts("年销售额首次达到5000万元、1亿元、3亿元的，分别给予100万元的奖励；每增长10个百分点，奖励5万元"),
            ["5000万元", "1亿元", "3亿元", "100万元", "10个百分点", "5万元"]
        );
        assert_eq!(texts("项目三年内投资额的20%，分三年给予总数不超过1000万元"), ["3年", "20%", "3年", "1000万元"]);
        assert_eq!(texts("五千万元、百分之二十、0.5亿元、十个百分点"), ["5000万元", "20%", "5000万元", "10个百分点"]);
        assert_eq!(texts("其中一百分之二十，三百分点"), ["20%", "1个百分点", "3个百分点"]);
        assert_eq!(texts("分别给予100、200、500万元"), ["100万元", "200万元", "500万元"]);
        assert_eq!(texts("2022年6月2日，单个产品一次性给予，创建一批，第7条，百万千瓦"), [""; 0]);
    }

    #[test]
    fn a_number_beyond_all_amounts_is_no_figure() {
        assert_eq!(texts("给予一亿亿亿亿元、5万元"), ["5万元"]);
        assert_eq!(texts("给予九亿亿亿万元，另给3万元"), ["3万元"]);
        assert_eq!(texts("给予99999999999999999999999999999999元，另给3万元"), ["3万元"]);
        assert_eq!(texts(&format!("给予一{}元", "千".repeat(100))), [""; 0]);
        assert_eq!(texts(&format!("给予{}元", "十".repeat(100))), ["1000元"]);
    }

    #[test]
    fn the_same_figure_is_the_same_however_it_is_written() {
        assert_eq!(figures("五千万元"), figures("0.5亿元"));
        assert_eq!(Figure::of_value("5000万元"), figures("五千万元").first().copied());
        assert_eq!(Figure::of_value("10个百分点"), figures("十个百分点").first().copied());
        assert_eq!(Figure::of_value("最高档"), None);
    }
}
