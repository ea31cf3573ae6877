//! 值 — a cell as the data files write it: `38400` under 销售额（万元） is `38400万元`. What cannot be read is said, never guessed.

use std::borrow::Cow;
use std::rc::Rc;

use rust_decimal::Decimal;

use super::form::{REMOVED, Reads};
use super::head::{Head, folded};
use super::workbook::{At, Cell, Content};
use crate::calendar::{Day, Year};
use crate::credit_code::CreditCode;
use crate::money::Money;

/// A value of a record, and the cell that it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// What it is.
    pub kind: Kind,
    /// The cell; `None` where several made it.
    pub at: Option<At>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Text, as the file will say it.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Nothing: what stands there is taken out.
    Gone,
    /// Keys with values, in order; of a hundred thousand records all have the same few keys.
    Map(Vec<(Rc<str>, Value)>),
}

impl Value {
    /// A text from a cell.
    pub fn text(text: impl Into<String>, at: Option<At>) -> Self {
        Self { kind: Kind::Text(text.into()), at }
    }

    /// Itself without what is to be taken out, a copy only where there is such; `None` where nothing is left of it.
    #[must_use]
    pub fn present(&self) -> Option<Cow<'_, Self>> {
        if self.is_whole() {
            return Some(Cow::Borrowed(self));
        }
        if self.removes() {
            return None;
        }
        let owned = |value: &Self| value.present().map(Cow::into_owned);
        let kind = match &self.kind {
            Kind::Text(_) | Kind::Gone => return None,
            Kind::List(items) => {
                let kept: Vec<_> = items.iter().filter_map(owned).collect();
                if kept.is_empty() {
                    return None;
                }
                Kind::List(kept)
            }
            Kind::Map(pairs) => {
                let kept: Vec<_> =
                    pairs.iter().filter_map(|(key, value)| Some((Rc::clone(key), owned(value)?))).collect();
                if kept.is_empty() {
                    return None;
                }
                Kind::Map(kept)
            }
        };
        Some(Cow::Owned(Self { kind, at: self.at.clone() }))
    }

    /// Whether nothing in it is to be taken out.
    fn is_whole(&self) -> bool {
        match &self.kind {
            Kind::Text(_) => true,
            Kind::Gone => false,
            Kind::List(items) => items.iter().all(Self::is_whole),
            Kind::Map(pairs) => pairs.iter().all(|(_, value)| value.is_whole()),
        }
    }

    /// An empty map.
    #[must_use]
    pub fn map(at: Option<At>) -> Self {
        Self { kind: Kind::Map(Vec::new()), at }
    }

    /// Its text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Kind::Text(text) = &self.kind { Some(text) } else { None }
    }

    /// The value under a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Kind::Map(pairs) = &self.kind else { return None };
        pairs.iter().find(|(known, _)| **known == *key).map(|(_, value)| value)
    }

    /// The value under a key, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        let Kind::Map(pairs) = &mut self.kind else { return None };
        pairs.iter_mut().find(|(known, _)| **known == *key).map(|(_, value)| value)
    }

    /// Puts a value under a key of a map.
    pub fn put(&mut self, key: impl Into<Rc<str>>, value: Self) {
        let key = key.into();
        if let Some(known) = self.get_mut(&key) {
            *known = value;
        } else if let Kind::Map(pairs) = &mut self.kind {
            // A record has few keys and stays as it is: no room for more.
            pairs.reserve_exact(1);
            pairs.push((key, value));
        }
    }

    /// Says that what is known by these keys is to be taken out whole.
    pub fn remove(&mut self, at: Option<At>) {
        self.put(REMOVED, Self { kind: Kind::Gone, at });
    }

    /// Whether what is known by its keys is to be taken out whole.
    #[must_use]
    pub fn removes(&self) -> bool {
        self.get(REMOVED).is_some()
    }

    /// The items of a list that are to be taken out whole.
    pub fn struck(&self) -> impl Iterator<Item = &Self> {
        let items: &[Self] = if let Kind::List(items) = &self.kind { items } else { &[] };
        items.iter().filter(|item| item.removes())
    }

    /// Its keys with what stands under them; none where it is no map.
    #[must_use]
    pub fn pairs(&self) -> &[(Rc<str>, Self)] {
        if let Kind::Map(pairs) = &self.kind { pairs } else { &[] }
    }

    /// The items of a list, to be added to; none where it is no list.
    pub fn items_mut(&mut self) -> Option<&mut Vec<Self>> {
        if let Kind::List(items) = &mut self.kind { Some(items) } else { None }
    }

    /// The cells that it and what is in it came from.
    pub fn cells(&self) -> Vec<&At> {
        let mut cells: Vec<&At> = self.at.iter().collect();
        match &self.kind {
            Kind::Text(_) | Kind::Gone => {}
            Kind::List(items) => cells.extend(items.iter().flat_map(Self::cells)),
            Kind::Map(pairs) => cells.extend(pairs.iter().flat_map(|(_, value)| value.cells())),
        }
        cells
    }
}

/// What became of a cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// The value; `None` where nothing was filled in or nothing could be read.
    pub value: Option<Value>,
    /// Why it could not be read.
    pub problem: Option<(String, &'static str)>,
    /// What a person should know of how it was read.
    pub remark: Option<String>,
}

impl Outcome {
    fn of(text: impl Into<String>, at: &At) -> Self {
        Self { value: Some(Value::text(text, Some(at.clone()))), ..Self::default() }
    }

    fn wrong(message: impl Into<String>, help: &'static str) -> Self {
        Self { problem: Some((message.into(), help)), ..Self::default() }
    }

    fn told(mut self, remark: impl Into<String>) -> Self {
        self.remark = Some(remark.into());
        self
    }
}

/// What a cell says that takes out what the data file says there: an empty cell leaves it, as a table may hold a part.
pub const EMPTIED: &str = "（清空）";

/// What people write where there is nothing to write.
const NOTHING: [&str; 11] = ["无", "没有", "—", "——", "-", "--", "/", "\\", "暂无", "n/a", "na"];

/// Whether a text says that there is nothing.
#[must_use]
pub fn is_nothing(text: &str) -> bool {
    let text = folded(text).to_lowercase();
    text.is_empty() || NOTHING.contains(&text.as_str())
}

/// Text without the blanks around it and without its line breaks; Latin words of two lines stay two.
#[must_use]
pub fn tidy(text: &str) -> String {
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}');
    let mut joined = String::new();
    for line in text.replace("_x000D_", "").split(['\n', '\r', '\t']).map(|line| line.trim_matches(blank)) {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(joined.chars().last()) && latin(line.chars().next()) {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    joined.replace(['\u{a0}', '\u{200b}', '\u{feff}'], " ").trim_matches(blank).to_owned()
}

/// What stands around a cell and says how it is meant.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// The head of its column.
    pub head: &'a Head,
    /// The unit of its column, or of its sheet.
    pub unit: Option<&'a str>,
    /// Whether its workbook counts days from 1904 and not from 1900.
    pub from_1904: bool,
}

/// Reads a cell as an item asks.
#[must_use]
pub fn read(cell: &Cell, reads: &Reads, around: Around<'_>, at: &At) -> Outcome {
    let Around { head, unit, from_1904 } = around;
    match &cell.content {
        Content::Text(text) if folded(text) == folded(EMPTIED) => {
            if matches!(reads, Reads::Code | Reads::Id) {
                return Outcome::wrong("代码、编号不能清空", "填上它；整行不要的，加一列“删去”，填“是”");
            }
            return Outcome { value: Some(Value { kind: Kind::Gone, at: Some(at.clone()) }), ..Outcome::default() };
        }
        Content::Error(word) => {
            return Outcome::wrong(format!("格子里是错误值“{word}”"), "改正它的公式，或填上数字");
        }
        Content::NoResult => {
            return Outcome::wrong("公式没有结果", "在 Excel 或 WPS 里打开，保存一次，再导入");
        }
        Content::Long(_) if *reads != Reads::Code => {
            return Outcome::wrong("数字太长，Excel 只留下前15位", "把格子设成文本，照原件重填");
        }
        _ => {}
    }
    let outcome = match reads {
        Reads::Code => code(cell, at),
        Reads::Amount => amount(cell, unit, at),
        Reads::Measure(of) => measure(cell, unit.unwrap_or(of), at),
        Reads::Flag => flag(cell, head, at),
        Reads::Day => day(cell, from_1904, at),
        Reads::Stars => stars(cell, at),
        Reads::Grade => grade(cell, at),
        Reads::Words | Reads::Entries => words(cell, reads, at),
        Reads::Id | Reads::Text => text(cell, reads, at),
    };
    if cell.formula && outcome.value.is_some() && outcome.remark.is_none() {
        return outcome.told(format!("公式，取它的值{}", cell.shown()));
    }
    outcome
}

fn code(cell: &Cell, at: &At) -> Outcome {
    const HELP: &str = "把这一列设成文本，照营业执照重填";
    let written = match &cell.content {
        Content::Text(written) => written,
        Content::Number(_) | Content::Long(_) => {
            return Outcome::wrong("代码是数字，Excel 只存15位，后几位已经丢了", HELP);
        }
        _ => return Outcome::wrong(format!("“{}”不是代码", cell.shown()), HELP),
    };
    if is_nothing(written) {
        return Outcome::default();
    }
    let plain = folded(written).to_uppercase();
    match plain.parse::<CreditCode>() {
        Err(error) => Outcome::wrong(error.to_string(), "照营业执照改正"),
        Ok(_) if plain == *written => Outcome::of(plain, at),
        Ok(_) => Outcome::of(plain, at).told("全角字母、小写、空格、换行已改正或去掉"),
    }
}

/// The parts of a text that is meant as a number: digits without separators, and its own unit.
fn number_of(text: &str) -> Option<(String, String, bool)> {
    let plain = folded(text).replace(['¥', '￥'], "");
    let at = plain.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '，'))).unwrap_or(plain.len());
    let (digits, unit) = plain.split_at(at);
    let mut groups = digits.split('.').next().unwrap_or_default().split([',', '，']);
    let first = groups.next().unwrap_or_default().trim_start_matches('-').len();
    let rest: Vec<&str> = groups.collect();
    let grouped = !rest.is_empty();
    if grouped && (first == 0 || first > 3 || rest.iter().any(|group| group.len() != 3)) {
        return None;
    }
    let bare = digits.replace([',', '，'], "");
    bare.parse::<Decimal>().ok()?;
    Some((bare, unit.to_owned(), grouped))
}

/// So many of a unit as the data files write it; they know 元, 万元, 亿元.
fn in_unit(number: &str, unit: &str) -> String {
    let (factor, unit) = match unit {
        "千元" => (1000, "元"),
        "百万元" | "百万" => (100, "万元"),
        "万" => (1, "万元"),
        "亿" => (1, "亿元"),
        other => (1, other),
    };
    let times = number.parse::<Decimal>().ok().and_then(|number| number.checked_mul(Decimal::from(factor)));
    times.map_or_else(|| format!("{number}{unit}"), |number| format!("{}{unit}", number.normalize()))
}

fn amount(cell: &Cell, unit: Option<&str>, at: &At) -> Outcome {
    let checked = |text: String| match text.parse::<Money>() {
        Ok(_) => Outcome::of(text, at),
        Err(error) => Outcome::wrong(error.to_string(), "改正数字，或核对表头的单位"),
    };
    if let Some(foreign) = unit.filter(|unit| unit.contains("美元")) {
        return Outcome::wrong(format!("“{foreign}”不是人民币的单位"), "折成人民币再填");
    }
    match &cell.content {
        Content::Number(number) if cell.percent => Outcome::wrong(
            format!("“{}%”是百分数，不是金额", (number * Decimal::ONE_HUNDRED).normalize()),
            "把格子改成数字格式，重填",
        ),
        Content::Number(number) => checked(in_unit(&number.normalize().to_string(), unit.unwrap_or_default())),
        Content::Text(text) if is_nothing(text) => nothing(text),
        Content::Text(text) => {
            let not = || Outcome::wrong(format!("“{}”不是金额", tidy(text)), "只填数字，单位写在表头里");
            match number_of(text) {
                Some((digits, own, grouped)) if own.is_empty() => {
                    let read = checked(in_unit(&digits, unit.unwrap_or_default()));
                    let wide = folded(text) != tidy(text);
                    read.told(if grouped {
                        format!("“{}”是文字，去掉千分位逗号", tidy(text))
                    } else if wide {
                        format!("全角数字，读作{digits}")
                    } else {
                        "文字形式的数字".to_owned()
                    })
                }
                Some((digits, own, _))
                    if ["元", "万", "万元", "亿", "亿元", "千元", "百万", "百万元"].contains(&own.as_str()) =>
                {
                    let amount = in_unit(&digits, &own);
                    checked(amount.clone()).told(format!("“{}”自带单位，读作{amount}", tidy(text)))
                }
                Some((_, own, _))
                    if own.contains("美元") || own.contains("欧元") || own.contains("港") || own.contains("日元") =>
                {
                    Outcome::wrong(format!("“{own}”不是人民币的单位"), "折成人民币再填")
                }
                Some((digits, own, _)) if own == "%" => {
                    Outcome::wrong(format!("“{digits}%”是百分数，不是金额"), "填金额")
                }
                _ => not(),
            }
        }
        Content::Day(_) | Content::Time(_) => {
            Outcome::wrong(format!("“{}”是日期，不是金额", cell.shown()), "把格子改成数字格式，重填")
        }
        _ => Outcome::wrong(format!("“{}”不是金额", cell.shown()), "只填数字，单位写在表头里"),
    }
}

/// What says that there is nothing.
fn nothing(text: &str) -> Outcome {
    let words = tidy(text);
    if words.is_empty() {
        Outcome::default()
    } else {
        Outcome::default().told(format!("“{words}”当作没有填写"))
    }
}

fn measure(cell: &Cell, unit: &str, at: &At) -> Outcome {
    match &cell.content {
        Content::Number(number) => Outcome::of(format!("{}{unit}", number.normalize()), at),
        Content::Text(text) if is_nothing(text) => nothing(text),
        Content::Text(text) => match number_of(text) {
            Some((digits, own, _)) if own.is_empty() || own == unit => Outcome::of(format!("{digits}{unit}"), at),
            _ => Outcome::wrong(format!("“{}”不是数字", tidy(text)), "只填数字，单位写在表头里"),
        },
        _ => Outcome::wrong(format!("“{}”不是数字", cell.shown()), "只填数字，单位写在表头里"),
    }
}

fn flag(cell: &Cell, head: &Head, at: &At) -> Outcome {
    let written = tidy(&cell.shown());
    match folded(&written).to_lowercase().as_str() {
        "√" | "✓" | "✔" | "☑" | "是" | "y" | "yes" | "有" | "1" | "true" | "对" | "规上" => {
            let read = Outcome::of("是", at);
            if written == "是" { read } else { read.told(format!("“{written}”读作“是”")) }
        }
        "×" | "✗" | "✘" | "☐" | "否" | "n" | "no" | "0" | "false" | "不是" | "无" | "规下" => {
            let read = Outcome::of("否", at);
            if written == "否" { read } else { read.told(format!("“{written}”读作“否”")) }
        }
        "" if head.ticked => empty_flag(at),
        "" => Outcome::default(),
        _ => Outcome::wrong(format!("“{written}”不是“是”或“否”"), "填“是”或“否”"),
    }
}

/// What an empty cell means where a tick is set for yes.
#[must_use]
pub fn empty_flag(at: &At) -> Outcome {
    Outcome::of("否", at).told("空着的当作否：表头说是的打√")
}

/// A day as people write it: 2025年3月10日, 2025/3/10, 2025.3.10, 20250310.
#[must_use]
pub fn day_of(text: &str) -> Option<Day> {
    let plain = folded(text);
    let digits = plain.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = if digits && plain.len() == 8 {
        vec![plain.get(..4)?, plain.get(4..6)?, plain.get(6..)?]
    } else {
        plain.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect()
    };
    let framed = plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '号' | '-' | '/' | '.'));
    match parts.as_slice() {
        [year, month, day] if framed && year.len() == 4 => {
            Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        }
        _ => None,
    }
}

fn day(cell: &Cell, from_1904: bool, at: &At) -> Outcome {
    const HELP: &str = "写作 2025-03-10 这样的日期";
    match &cell.content {
        Content::Day(day) => Outcome::of(day.iso(), at),
        Content::Text(text) if is_nothing(text) => nothing(text),
        Content::Text(text) => match day_of(text) {
            Some(day) if day.iso() == tidy(text) => Outcome::of(day.iso(), at),
            Some(day) => Outcome::of(day.iso(), at).told(format!("文字写的日期，读作{}", day.iso())),
            None => Outcome::wrong(format!("“{}”不是日期", tidy(text)), HELP),
        },
        // A serial number whose format was lost.
        Content::Number(number) if number.is_integer() => match serial(*number, from_1904) {
            Some(day) => {
                let system = if from_1904 { "1904日期系统" } else { "日期" };
                Outcome::of(day.iso(), at).told(format!("数字{number}按{system}读作{}", day.iso()))
            }
            None => Outcome::wrong(format!("“{number}”不是日期"), HELP),
        },
        _ => Outcome::wrong(format!("“{}”不是整日的日期", cell.shown()), HELP),
    }
}

/// The day of a serial number of Excel, where it is one of this century's.
fn serial(number: Decimal, from_1904: bool) -> Option<Day> {
    // 1 is the first day of 1904, or of 1900 with a 29th of February that was none.
    let first = if from_1904 { Day::new(1904, 1, 1) } else { Day::new(1899, 12, 30) };
    let day = first?.plus_days(number.try_into().ok()?)?;
    (2000..2100).contains(&day.year().0).then_some(day)
}

fn stars(cell: &Cell, at: &At) -> Outcome {
    let written = tidy(&cell.shown());
    let plain = folded(&written);
    let filled = plain.chars().filter(|c| matches!(c, '★' | '⭐' | '✩' | '✭' | '✮' | '✪' | '🌟')).count();
    let only_stars =
        filled > 0 && plain.chars().all(|c| matches!(c, '★' | '☆' | '⭐' | '✩' | '✭' | '✮' | '✪' | '🌟' | '\u{fe0f}'));
    let digit = plain.trim_end_matches(['星', '级']);
    let count = match digit {
        _ if only_stars => filled,
        "一" => 1,
        "二" | "两" => 2,
        "三" => 3,
        "四" => 4,
        "五" => 5,
        _ => digit.parse().unwrap_or(0),
    };
    match count {
        _ if is_nothing(&written) => nothing(&written),
        1..=5 if matches!(cell.content, Content::Number(_)) => Outcome::of(count.to_string(), at),
        1..=5 => Outcome::of(count.to_string(), at).told(format!("“{written}”读作{count}")),
        _ => Outcome::wrong(format!("“{written}”不是一到五星"), "写 1 到 5，或★★★★★、五星"),
    }
}

fn grade(cell: &Cell, at: &At) -> Outcome {
    let written = tidy(&cell.shown());
    if is_nothing(&written) {
        return nothing(&written);
    }
    let plain = folded(&written).to_uppercase();
    let plain = plain.trim_end_matches(['类', '级', '等']);
    let read = Outcome::of(plain, at);
    if plain == written { read } else { read.told(format!("“{written}”读作“{plain}”")) }
}

fn words(cell: &Cell, reads: &Reads, at: &At) -> Outcome {
    let written = cell.shown();
    if is_nothing(&written) {
        return nothing(&written);
    }
    let parted = |c: char| matches!(c, '、' | '，' | ',' | '；' | ';' | '\n' | '\r' | '/' | '|') || c.is_whitespace();
    let parts = written.split(parted).map(tidy).filter(|part| !part.is_empty());
    let mut items: Vec<Value> = Vec::new();
    let mut changed = false;
    for part in parts {
        let word = if *reads == Reads::Entries {
            // “LJG-003 高强高韧航空7系铝合金板”: the number stands before the name.
            if !part.contains(|c: char| c.is_ascii_digit()) || !items.is_empty() && !folded(&part).is_ascii() {
                continue;
            }
            let plain = folded(&part).to_uppercase();
            changed |= plain != part;
            plain
        } else {
            part
        };
        items.push(Value::text(word, Some(at.clone())));
    }
    let value = match items.len() {
        0 => Value::text(tidy(&written), Some(at.clone())),
        1 if *reads == Reads::Entries => items.remove(0),
        _ => Value { kind: Kind::List(items), at: Some(at.clone()) },
    };
    let shown = value.as_text().map(str::to_owned);
    let outcome = Outcome { value: Some(value), ..Outcome::default() };
    match shown {
        Some(word) if changed => outcome.told(format!("“{}”读作{word}", tidy(&written))),
        _ => outcome,
    }
}

fn text(cell: &Cell, reads: &Reads, at: &At) -> Outcome {
    let written = cell.shown();
    if cell.percent || matches!(cell.content, Content::Flag(_)) {
        return Outcome::wrong(format!("“{written}”不是文字"), "把格子设成文本，重填");
    }
    let words = if *reads == Reads::Id { folded(&written) } else { tidy(&written) };
    if is_nothing(&words) {
        return nothing(&written);
    }
    let read = Outcome::of(words.clone(), at);
    if matches!(cell.content, Content::Text(_)) && words != written {
        let why = if written.contains(['\n', '\r']) || written.contains("_x000D_") {
            "换行已去掉"
        } else {
            "前后的空格已去掉"
        };
        return read.told(why);
    }
    read
}

/// The year of a head, where a table's item has a value for each year.
#[must_use]
pub fn year_of(head: &Head, year: Option<Year>) -> Option<Year> {
    match (head.year, year) {
        (Some(word), Some(of)) => Some(word.of(of)),
        (Some(word), None) => matches!(word, super::head::YearWord::Named(_)).then(|| word.of(Year(0))),
        (None, of) => of,
    }
}
