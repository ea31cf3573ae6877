//! 表头 — what the head of a column says: which item, of which year, in which unit.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::calendar::Year;

/// The head of a column, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// As it stands, its lines joined.
    pub shown: String,
    /// The words without year, unit and remarks, in one form.
    pub words: String,
    /// The year, as named.
    pub year: Option<YearWord>,
    /// 万元, 元, 人.
    pub unit: Option<String>,
    /// Whether it says that a tick is set where it is so: an empty cell says no then.
    pub ticked: bool,
}

/// How a head names a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum YearWord {
    /// 2024年.
    Named(Year),
    /// 本年, 上年: so many years before the year of the facts.
    Before(i16),
}

impl YearWord {
    /// The year that it means in a table of the year `of`.
    #[must_use]
    pub fn of(self, of: Year) -> Year {
        match self {
            Self::Named(year) => year,
            Self::Before(years) => Year(of.0 - years),
        }
    }
}

/// Full-width letters and digits as half-width ones, without any blank.
#[must_use]
pub fn folded(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}')).collect()
}

#[expect(clippy::expect_used, reason = "the pattern is the program's own")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern")
}

static NAMED_YEAR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[^0-9])((?:19|20)[0-9]{2}(?:年度|年)?)(?:[^0-9]|$)"));
static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[(\[/,](?:单位:)?(亿元|百万元|万元|千元|元|万美元|美元|人|平方米|吨|台|套|个|家|项|%)[)\]]?|单位:(亿元|万元|千元|元)",
    )
});
static REMARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"[(\[][^)\]]*[)\]]"));

/// Words for years that are counted from the year of the facts.
const RELATIVE: [(&str, i16); 8] =
    [("本年度", 0), ("当年度", 0), ("申报年度", 0), ("上年度", 1), ("本年", 0), ("当年", 0), ("上年", 1), ("前年", 2)];

impl Head {
    /// Takes the text of a head apart.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut rest = folded(text);
        let ticked = rest.contains('√') || rest.contains("打勾") || rest.contains("打钩");
        let unit = UNIT
            .captures(&rest)
            .and_then(|found| found.get(1).or_else(|| found.get(2)))
            .map(|unit| unit.as_str().to_owned());
        rest = UNIT.replace(&rest, "").into_owned();
        rest = REMARK
            .replace_all(&rest, |found: &regex::Captures<'_>| {
                // A year in brackets is one.
                NAMED_YEAR.captures(&found[0]).map_or_else(String::new, |year| year[1].to_owned())
            })
            .into_owned();
        let mut year = None;
        if let Some(found) = NAMED_YEAR.captures(&rest).and_then(|found| found.get(1)) {
            year = found
                .as_str()
                .get(..4)
                .and_then(|digits| digits.parse().ok())
                .map(|number| YearWord::Named(Year(number)));
            rest.replace_range(found.range(), "");
        } else if let Some((word, before)) = RELATIVE.iter().find(|(word, _)| rest.contains(word)) {
            year = Some(YearWord::Before(*before));
            rest = rest.replacen(word, "", 1);
        }
        let words = rest.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let shown = text.split_whitespace().collect::<Vec<_>>().join("");
        Self { shown, words, year, unit, ticked }
    }

    /// The same head below another one: 销售额（万元） over 2024年.
    #[must_use]
    pub fn below(text: &str, above: &str) -> Self {
        let (over, own) = (Self::of(above), Self::of(text));
        if above.is_empty() {
            return own;
        }
        let words = if own.words.is_empty() || over.words == own.words { over.words } else { over.words + &own.words };
        let shown = if own.shown.is_empty() { over.shown } else { format!("{} {}", over.shown, own.shown) };
        Self {
            shown,
            words,
            year: own.year.or(over.year),
            unit: own.unit.or(over.unit),
            ticked: own.ticked || over.ticked,
        }
    }

    /// Whether it says nothing but a year or a unit.
    #[must_use]
    pub fn is_qualifier(&self) -> bool {
        self.words.is_empty() && (self.year.is_some() || self.unit.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_taken_apart() {
        let of = |text: &str| {
            let head = Head::of(text);
            (head.words, head.year.map(|year| year.of(Year(2025)).0), head.unit.unwrap_or_default())
        };
        let cases = [
            ("销售额（万元）", ("销售额", None, "万元")),
            ("2023年销售额", ("销售额", Some(2023), "")),
            ("2024年销售额/万元", ("销售额", Some(2024), "万元")),
            ("主营业务收入2024年（万元）", ("主营业务收入", Some(2024), "万元")),
            ("上年度 销售额\n（单位：元）", ("销售额", Some(2024), "元")),
            ("是否规上\n（是的打√）", ("是否规上", None, "")),
            ("类\u{3000}别", ("类别", None, "")),
            ("２０２５年", ("", Some(2025), "")),
            ("销售额(2024)", ("销售额", Some(2024), "")),
            ("2024销售额", ("销售额", Some(2024), "")),
            ("编号20241", ("编号20241", None, "")),
        ];
        for (text, (words, year, unit)) in cases {
            assert_eq!(of(text), (words.to_owned(), year, unit.to_owned()), "{text}");
        }
        assert!(Head::of("是否规上\n（是的打√）").ticked);
        let two = Head::below("2024年", "销售额（万元）");
        assert_eq!(
            (two.words.as_str(), two.unit.as_deref(), two.shown.as_str()),
            ("销售额", Some("万元"), "销售额（万元） 2024年")
        );
    }
}
