//! 数字 — the figures in the words of a clause, in every writing: `5000万元`, `五千万元`, `1.5亿`, `100万美元`, `20%`, `百分之二十`, `3‰`,
//! `三成`, `10个百分点`, `2倍`, `1:1`, `三年`, `6个月`, `50人`; `10-20%` and `100、200万元` are two each.

use std::fmt;

use rust_decimal::Decimal;

use crate::money::Money;

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
    /// One to another: 1:1.
    Ratio(Decimal, Decimal),
    /// So many of something else: 美元, 倍, 个月, 人.
    Counted(Decimal, &'static str),
}

impl Figure {
    /// The figure that a value of a rule states, if it states one and nothing else.
    pub fn of_value(text: &str) -> Option<Self> {
        let chars = characters(text);
        match scan(&chars).as_slice() {
            [(figure, 0, end)] if *end == chars.len() => Some(*figure),
            _ => None,
        }
    }
}

impl Figure {
    /// Whether it is nothing: 0元 says nothing of a clause.
    pub fn is_nothing(self) -> bool {
        match self {
            Self::Money(money) => money.is_zero(),
            Self::Percent(number) | Self::Points(number) | Self::Counted(number, _) => number.is_zero(),
            Self::Years(years) => years == 0,
            Self::Ratio(..) => false,
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Money(money) => money.fmt(f),
            Self::Percent(percent) => write!(f, "{percent}%"),
            Self::Points(points) => write!(f, "{points}个百分点"),
            Self::Years(years) => write!(f, "{years}年"),
            Self::Ratio(one, other) => write!(f, "{one}:{other}"),
            Self::Counted(number, unit) => {
                for (size, name) in [(100_000_000, "亿"), (10_000, "万")] {
                    let many = (number / Decimal::from(size)).normalize();
                    if many >= Decimal::ONE && many.scale() <= 2 {
                        return write!(f, "{many}{name}{unit}");
                    }
                }
                write!(f, "{number}{unit}")
            }
        }
    }
}

/// All figures with a unit in a text, in order. Numbers before a shared unit (`100、200、500万元`) each take it; calendar
/// years and numbers without a unit are not figures.
pub fn figures(words: &str) -> Vec<Figure> {
    scan(&characters(words)).into_iter().map(|(figure, ..)| figure).collect()
}

/// A text as it is compared: without blanks, digits and signs in their narrow form.
fn characters(text: &str) -> Vec<char> {
    let narrow = |c: char| match c {
        '０'..='９' | '．' | '％' | '－' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '：' | '∶' => ':',
        _ => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
}

/// What stands between numbers that share the unit of the last one.
const BETWEEN: [char; 13] = ['、', '，', '～', '~', '—', '–', '-', '和', '或', '至', '到', '及', '与'];

/// The figures of a text, each with the characters where it begins and ends.
fn scan(chars: &[char]) -> Vec<(Figure, usize, usize)> {
    let mut found = Vec::new();
    let mut waiting: Vec<(Decimal, usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(&here) = chars.get(at) {
        let rest = chars.get(at..).unwrap_or_default();
        if let Some((figure, length)) =
            fraction(rest).or_else(|| ratio(rest, at.checked_sub(1).and_then(|before| chars.get(before).copied())))
        {
            waiting.clear();
            found.push((figure, at, at + length));
            at += length;
            continue;
        }
        let (number, length) = number(rest);
        let Some(number) = number else {
            if !BETWEEN.contains(&here) {
                waiting.clear();
            }
            // A number that nothing can hold is passed over whole: its tail is no figure either.
            at += length.max(1);
            continue;
        };
        let end = at + length;
        waiting.push((number, at, end));
        at = end;
        if let Some((unit, length)) = unit(here.is_ascii_digit(), chars.get(end..).unwrap_or_default()) {
            at += length;
            if let Some(last) = waiting.last_mut() {
                last.2 = at;
            }
            let figures = waiting.drain(..).filter_map(|(number, from, to)| Some((unit.figure(number)?, from, to)));
            found.extend(figures);
        }
    }
    found
}

/// `百分之二十`, `千分之三`, `万分之五`.
fn fraction(rest: &[char]) -> Option<(Figure, usize)> {
    let of = match rest {
        ['百', '分', '之', ..] => 1,
        ['千', '分', '之', ..] => 10,
        ['万', '分', '之', ..] => 100,
        _ => return None,
    };
    let (number, length) = number(rest.get(3..)?);
    Some((Figure::Percent((number? / Decimal::from(of)).normalize()), 3 + length))
}

/// `1:1`; an hour and its minutes are none.
fn ratio(rest: &[char], before: Option<char>) -> Option<(Figure, usize)> {
    if before.is_some_and(|before| "午晚晨日时至-—".contains(before)) || !rest.first()?.is_ascii_digit() {
        return None;
    }
    let (one, length) = number(rest);
    let other = rest.get(length..)?.strip_prefix(&[':'])?;
    let (other, more) = number(other.first().filter(|c| c.is_ascii_digit()).map(|_| other)?);
    Some((Figure::Ratio(one?.normalize(), other?.normalize()), length + 1 + more))
}

#[derive(Clone, Copy)]
enum Unit {
    Yuan(u32),
    Parts(i64),
    Tenths,
    Points,
    Years,
    Counted(u32, &'static str),
}

impl Unit {
    fn figure(self, number: Decimal) -> Option<Figure> {
        let zeros = |zeros: u32| number.checked_mul(Decimal::from(10_u64.pow(zeros)));
        Some(match self {
            Self::Yuan(many) => Figure::Money(Money::yuan(zeros(many)?)),
            Self::Parts(of) => Figure::Percent((number / Decimal::from(of)).normalize()),
            Self::Tenths => Figure::Percent(zeros(1)?.normalize()),
            Self::Points => Figure::Points(number.normalize()),
            // Four digits before 年 are a calendar year.
            Self::Years => Figure::Years(i16::try_from(number).ok().filter(|years| *years < 1000)?),
            Self::Counted(many, unit) => Figure::Counted(zeros(many)?.normalize(), unit),
        })
    }
}

/// Units that are one whichever way the number is written.
const UNITS: [(&str, Unit); 13] = [
    ("亿元", Unit::Yuan(8)),
    ("万元", Unit::Yuan(4)),
    ("元", Unit::Yuan(0)),
    ("个百分点", Unit::Points),
    ("百分点", Unit::Points),
    ("%", Unit::Parts(1)),
    ("‰", Unit::Parts(10)),
    ("‱", Unit::Parts(100)),
    ("周年", Unit::Years),
    ("年", Unit::Years),
    ("个月", Unit::Counted(0, "个月")),
    ("倍", Unit::Counted(0, "倍")),
    ("成", Unit::Tenths),
];

/// Units behind digits; behind a written-out number they are parts of words: 一人一策.
const BEHIND_DIGITS: [&str; 13] =
    ["美元", "欧元", "英镑", "日元", "港元", "港币", "人", "平方米", "千瓦时", "亩", "吨", "台", "克拉"];

/// What may follow 万 or 亿 that stand for 万元 and 亿元.
const AFTER_AMOUNT: &str = "、，。；:（）()～~—–-至到和或及与以的并”";

/// Words that begin with 成 and are no share.
const NOT_TENTHS: &str = "立果为本功员长交品效绩分年型熟套就";

fn unit(digits: bool, rest: &[char]) -> Option<(Unit, usize)> {
    let begins = |name: &str, rest: &[char]| name.chars().eq(rest.iter().copied().take(name.chars().count()));
    if let Some((name, unit)) = UNITS.iter().find(|(name, _)| begins(name, rest)) {
        let length = name.chars().count();
        let is_word = matches!(unit, Unit::Tenths) && rest.get(1).is_some_and(|next| NOT_TENTHS.contains(*next));
        return (!is_word).then_some((*unit, length));
    }
    if !digits {
        return None;
    }
    let (zeros, behind) = match rest {
        ['亿', behind @ ..] => (8, behind),
        ['万', behind @ ..] => (4, behind),
        _ => (0, rest),
    };
    let length = rest.len() - behind.len();
    if let Some(name) = BEHIND_DIGITS.iter().find(|name| begins(name, behind)) {
        return Some((Unit::Counted(zeros, name), length + name.chars().count()));
    }
    let ends = behind.first().is_none_or(|next| AFTER_AMOUNT.contains(*next));
    (zeros > 0 && ends).then_some((Unit::Yuan(zeros), length))
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
        assert_eq!(texts("其中一百分之二十，三百分点"), ["20%", "3个百分点"]);
        assert_eq!(texts("分别给予100、200、500万元"), ["100万元", "200万元", "500万元"]);
        assert_eq!(texts("2022年6月2日，单个产品一次性给予，创建一批，第7条，百万千瓦"), [""; 0]);
    }

    #[test]
    fn figures_in_every_writing() {
        assert_eq!(
            texts("高于行业均值3‰，千分之五，万分之六，三成、2倍，1:1配套"),
            ["0.3%", "0.5%", "0.06%", "30%", "2倍", "1:1"]
        );
        assert_eq!(
            texts("按10-20%，500万-1000万元，超过1.5亿的，2000万（含）以上"),
            ["10%", "20%", "500万元", "1000万元", "1.5亿元", "2000万元"]
        );
        assert_eq!(
            texts("实际到账100万美元、６个月，５０００万元，２０％，1：0.5"),
            ["100万美元", "6个月", "5000万元", "20%", "1:0.5"]
        );
        assert_eq!(
            texts("最高50人，3-5年，6至8个月，3.5万平方米，两倍"),
            ["50人", "3年", "5年", "6个月", "8个月", "3.5万平方米", "2倍"]
        );
        assert_eq!(
            texts("上午9:00至11:30，一人一策，3成立，1.5亿吨，2020-2022年，前3名，三成果，3亿立方米"),
            ["1.5亿吨"; 1]
        );
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
        assert_eq!(Figure::of_value("三成"), Figure::of_value("30%"));
        assert_eq!(Figure::of_value("千分之三"), figures("３‰").first().copied());
        for other in ["最高档", "3年内", "100、200万元", "第3年", "", "3"] {
            assert_eq!(Figure::of_value(other), None, "{other}");
        }
    }
}
