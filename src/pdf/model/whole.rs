//! 不拆 — what a line's end never parts where a line can hold it: an amount with its unit, a range, a date, a 文号, the code of a
//! standard, a telephone number, the name behind 联系人：.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A number with what belongs to it: sign, range, product, unit. Units of one or more Chinese characters, or in letters.
const QUANTITY: &str = concat!(
    r"第?[≥≤＞＜>±+−]?\d[\d.,]*(?:余|多)?[万亿]?(?:[%‰℃°％]|个百分点)?",
    r"(?:(?:[～×/:∶—–-]|——)[−]?\d[\d.,]*[⁻⁰¹²³⁴-⁹]*[万亿]?[%‰℃°％]?)*",
    r"(?:多|余)?",
    r"(?:",
    r"(?:万|亿|百万|千万)?(?:美元|欧元|日元|港元|元|吨标准煤|吨|公斤|千克|克|公里|千米|平方公里|平方米|立方米|厘米|毫米|微米|米|",
    r"千瓦时|千瓦|兆瓦|亩|公顷|升|家次|家|户|人次|人|名|个工作日|个自然日|个交易日|个月|个季度|个|项|件|套|台|批次|批|种|类|条|款|",
    r"章|节|级|层|页|份|册|期|届|号|次|倍|成|分|位|所|座|栋|处|篇|场|辆|架|艘|岁|周年|年度|年|季度|月|日|天|小时|时|分钟|秒|周)",
    r"| ?[A-Za-zμΩ℃°][A-Za-zμΩ℃°²³⁻¹·/]*(?:\([A-Za-zμΩ℃°²³⁻¹·]+\))?",
    r")?",
);
/// 2024年6月13日, 6月13日, 2024年第3季度.
const DATE: &str = r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?(?:\d{1,2}[时:：]\d{0,2}分?)?|\d{4}年(?:第?[一二三四1-4]季度|[上下]半年|度|底|初|末)?";
/// 郑政办〔2022〕56号, 〔2024〕3号. The letters before the bracket are few; a verb among them does no harm.
const NUMBER: &str = r"\p{Han}{0,6}(?:发|函|字|办|令)?〔\d{4}〕第?\d+号";
/// GB/T 9704—2012, DB41/T 1234-2020.
const STANDARD: &str = r"[A-Z]{2,5}\d{0,3}(?:/[A-Z])? ?\d+(?:\.\d+)*(?:[—–-]\d{2,4})?";
/// 0371-12345678, 010—1234567转8.
const TELEPHONE: &str = r"\d{3,4}[-—–]{1,2}\d{7,8}(?:(?:转|[-—–])\d{1,5})?";
/// 三百万元, 一千二百家: figures in Chinese characters with 元 or 家.
const CHINESE: &str = concat!(
    r"[〇零一二两三四五六七八九十百千]{1,6}(?:个工作日|个月|周年)|",
    r"[〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]{2,20}(?:元整|元)",
);
/// The name behind a word that asks for one.
const NAME: &str =
    r"(?:联系人|负责人|经办人|签发人|承办人|咨询人|收件人)[：:]?(\p{Han}{2,4}(?:·\p{Han}{2,6})?)(?:[，、；。（ 　]|$)";

#[expect(clippy::expect_used, reason = "literal patterns; every test of a page reads them")]
static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
    let all = [NUMBER, TELEPHONE, DATE, STANDARD, CHINESE, QUANTITY].map(|pattern| format!("(?:{pattern})"));
    Regex::new(&all.join("|")).expect("a pattern")
});

#[expect(clippy::expect_used, reason = "a literal pattern; every test of a page reads it")]
static NAMED: LazyLock<Regex> = LazyLock::new(|| Regex::new(NAME).expect("a pattern"));

/// The widest thing that stays whole, in ems: a date with its time.
const WIDEST: f64 = 12.0;

/// The widest figure in Chinese characters that stays whole, in ems: 叁佰万元整. A longer one is a text, and the few words before it would be
/// drawn far apart for its sake.
const WIDEST_CHINESE: f64 = 6.0;

/// About how wide a text is, in ems.
fn text_width(text: &str) -> f64 {
    text.chars().map(|character| if character.is_ascii() { 0.5 } else { 1.0 }).sum()
}

/// The names of a list, between blanks and commas.
pub(in crate::pdf) fn names(text: &str) -> Vec<Range<usize>> {
    let mut names = Vec::new();
    let mut start = 0;
    for (at, character) in text.char_indices().chain([(text.len(), '，')]) {
        if character.is_whitespace() || "，、；。".contains(character) {
            let name = text.get(start..at).unwrap_or_default();
            if name.chars().nth(1).is_some() && text_width(name) <= WIDEST {
                names.push(start..at);
            }
            start = at + character.len_utf8();
        }
    }
    names
}

/// Where in a text things begin and end that stay whole, in order; what a single character is, is none.
pub(in crate::pdf) fn wholes(text: &str) -> Vec<Range<usize>> {
    // Most sentences hold none of them.
    let digits = text.bytes().any(|byte| byte.is_ascii_digit());
    if !digits && !text.contains(['元', '月', '日', '人', '年']) {
        return Vec::new();
    }
    let inside_word = |start: usize| {
        text.get(..start)
            .and_then(|before| before.chars().next_back())
            .is_some_and(|before| before.is_ascii_alphanumeric() || matches!(before, '.' | '-' | '/' | '_' | ':' | '='))
    };
    let found = WHOLE.find_iter(text).map(|found| found.range()).filter(|range| !inside_word(range.start));
    let names = NAMED.captures_iter(text).filter_map(|captures| captures.get(1)).map(|found| found.range());
    // What is longer has to give way itself.
    let short = |range: &Range<usize>| {
        text.get(range.clone()).is_some_and(|part| {
            let chinese = part.contains('元') && !part.contains(|c: char| c.is_ascii_digit());
            text_width(part) <= if chinese { WIDEST_CHINESE } else { WIDEST }
        })
    };
    let many = |range: &Range<usize>| text.get(range.clone()).is_some_and(|part| part.chars().nth(1).is_some());
    // What is all digits and letters has no place where a line may end.
    let plain = |range: &Range<usize>| {
        text.get(range.clone()).is_some_and(|part| part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.'))
    };
    let mut all: Vec<Range<usize>> =
        found.chain(names).filter(|range| short(range) && many(range) && !plain(range)).collect();
    all.sort_by_key(|range| range.start);
    let mut end = 0;
    all.retain(|range| {
        let free = range.start >= end;
        end = if free { range.end } else { end };
        free
    });
    all
}

#[cfg(test)]
mod tests {
    use super::wholes;

    fn found(text: &str) -> Vec<&str> {
        wholes(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn a_long_amount_in_capitals_gives_way() {
        assert_eq!(found("大写：人民币叁佰万元整"), ["叁佰万元整"]);
        assert!(found("大写：人民币贰拾柒万肆仟元整").is_empty());
        assert_eq!(found("共三百万元"), ["三百万元"]);
    }

    #[test]
    fn quantities_stay_whole() {
        let cases: [(&str, &[&str]); 8] = [
            (
                "屈服强度90～130 MPa，灰分≤0.25 mg/m²，热导率≥200 W/(m·K)；",
                &["90～130 MPa", "≤0.25 mg/m²", "≥200 W/(m·K)"],
            ),
            ("线膨胀系数（6.5～9.0）×10⁻⁶/℃", &["6.5～9.0"]),
            ("幅面190.5×138 mm，−55～150℃，占10%～15%", &["190.5×138 mm", "−55～150℃", "10%～15%"]),
            (
                "产值达372.08亿元，突破1000亿元；给予100万元、500万—1000万元奖励",
                &["372.08亿元", "1000亿元", "100万元", "500万—1000万元"],
            ),
            (
                "在20个工作日内，2023年度80家企业、3.5万余人，第12条",
                &["20个工作日", "2023年度", "80家", "3.5万余人", "第12条"],
            ),
            ("提高2.5个百分点，占比1/3，比例1:1", &["2.5个百分点", "1/3", "1:1"]),
            ("奖励三百万元，五个工作日", &["三百万元", "五个工作日"]),
            ("约5000多家，2～3倍，10余项", &["5000多家", "2～3倍", "10余项"]),
        ];
        for (text, wanted) in cases {
            assert_eq!(found(text), wanted, "{text}");
        }
    }

    #[test]
    fn dates_and_numbers_stay_whole() {
        let cases: [(&str, &[&str]); 6] = [
            ("自2024年12月31日起至2025年6月，6月13日", &["2024年12月31日", "2025年6月", "6月13日"]),
            ("（郑政办〔2022〕56号）", &["郑政办〔2022〕56号"]),
            ("按照示工信〔2024〕3号执行", &["按照示工信〔2024〕3号"]),
            ("符合GB/T 9704—2012和GB/T 3190的", &["GB/T 9704—2012", "GB/T 3190"]),
            ("电话：0000-00000000，联系人：张示例，", &["0000-00000000", "张示例"]),
            ("2023—2025年，2024年第一季度，2024年底", &["2023—2025年", "2024年第一季度", "2024年底"]),
        ];
        for (text, wanted) in cases {
            assert_eq!(found(text), wanted, "{text}");
        }
    }

    #[test]
    fn words_and_addresses_are_none() {
        for text in ["T651状态", "https://a.example/1/2", "A80 mm", "第一条规定", "国家", "2024", "一元化管理"]
        {
            assert_eq!(found(text), [] as [&str; 0], "{text}");
        }
    }
}
