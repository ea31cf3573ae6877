//! 个人信息 — what must not be published of a person: mobile numbers, ID numbers, bank cards and accounts, home addresses
//! (《政府信息公开条例》第十五条; 《个人信息保护法》第二十五条、第二十八条). A 统一社会信用代码 and an office telephone are none of these.

use std::fmt;
use std::ops::Range;

/// A kind of personal information.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 手机号码: eleven digits from 13 to 19.
    Mobile,
    /// 身份证号码 with the check character of GB 11643, or the old one of fifteen digits.
    Identity,
    /// 银行卡号 with the check digit of ISO/IEC 7812, or a number that is called an account.
    Account,
    /// 家庭住址.
    Home,
}

impl Kind {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Mobile => "手机号码",
            Self::Identity => "身份证号码",
            Self::Account => "银行账号",
            Self::Home => "家庭住址",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What takes the place of an address.
const COVERED: &str = "（住址略）";

/// A run of digits: where it stands, and the digits, half-width, with a last `X` if there is one.
struct Group {
    range: Range<usize>,
    digits: String,
}

/// The personal information in a text, with the bytes that it covers, from left to right.
#[must_use]
pub fn find(text: &str) -> Vec<(Kind, Range<usize>)> {
    let mut found = Vec::new();
    for run in runs(text) {
        let mut at = 0;
        while let Some(first) = run.get(at) {
            let hit = (at..run.len()).rev().find_map(|last| {
                let groups = run.get(at..=last)?;
                let range = first.range.start..groups.last()?.range.end;
                kind(text, &range, groups).map(|kind| (last, kind, range))
            });
            if let Some((last, kind, range)) = hit {
                found.push((kind, range));
                at = last;
            }
            at += 1;
        }
    }
    found.extend(homes(text).map(|range| (Kind::Home, range)));
    found.sort_by_key(|(kind, range)| (range.start, *kind));
    found
}

/// The text with all personal information in it covered: `138****5678`, `410101********123X`, `6222********1234`, `（住址略）`.
#[must_use]
pub fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (kind, range) in find(text) {
        if range.start < done {
            continue;
        }
        out.push_str(text.get(done..range.start).unwrap_or(""));
        let whole = text.get(range.clone()).unwrap_or("");
        match kind {
            Kind::Mobile => cover(&mut out, whole, 3, 4),
            Kind::Identity => cover(&mut out, whole, 6, 4),
            Kind::Account => cover(&mut out, whole, 4, 4),
            Kind::Home => out.push_str(COVERED),
        }
        done = range.end;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    out
}

/// The text with a `*` for every byte of personal information in it, and of the stretch `also`: all other bytes stay where they are.
#[must_use]
pub fn blot(text: &str, also: Option<Range<usize>>) -> String {
    let hidden: Vec<Range<usize>> = find(text).into_iter().map(|(_, range)| range).chain(also).collect();
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if hidden.iter().any(|range| range.contains(&at)) {
            out.extend(std::iter::repeat_n('*', c.len_utf8()));
        } else {
            out.push(c);
        }
    }
    out
}

/// A name with all but its first character covered: `张**`.
#[must_use]
pub fn mask_name(name: &str) -> String {
    name.chars().enumerate().map(|(at, c)| if at == 0 { c } else { '*' }).collect()
}

/// Covers all digits but the first `head` and the last `tail`.
fn cover(out: &mut String, text: &str, head: usize, tail: usize) {
    let counts = |c: char| half(c).is_ascii_alphanumeric();
    let all = text.chars().filter(|c| counts(*c)).count();
    let mut seen = 0;
    for c in text.chars() {
        if counts(c) {
            seen += 1;
            out.push(if seen > head && seen + tail <= all { '*' } else { c });
        } else {
            out.push(c);
        }
    }
}

/// Full-width digits and letters as half-width ones.
fn half(c: char) -> char {
    match u32::from(c) {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Runs of digits that one space or hyphen at most separates.
fn runs(text: &str) -> Vec<Vec<Group>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let digit = |at: usize| chars.get(at).map(|(_, c)| half(*c)).filter(char::is_ascii_digit);
    let end = |at: usize| chars.get(at).map_or(text.len(), |(byte, _)| *byte);
    let mut runs: Vec<Vec<Group>> = Vec::new();
    let (mut at, mut behind) = (0, usize::MAX);
    while at < chars.len() {
        if digit(at).is_none() {
            at += 1;
            continue;
        }
        let start = at;
        let mut digits = String::new();
        while let Some(c) = digit(at) {
            digits.push(c);
            at += 1;
        }
        if digits.len() == 17 && chars.get(at).is_some_and(|(_, c)| matches!(half(*c), 'X' | 'x')) {
            digits.push('X');
            at += 1;
        }
        let group = Group { range: end(start)..end(at), digits };
        let joined =
            start == behind.saturating_add(1) && chars.get(behind).is_some_and(|(_, c)| matches!(half(*c), ' ' | '-'));
        match runs.last_mut() {
            Some(run) if joined => run.push(group),
            _ => runs.push(vec![group]),
        }
        behind = at;
    }
    runs
}

fn kind(text: &str, range: &Range<usize>, groups: &[Group]) -> Option<Kind> {
    let before = text.get(..range.start).unwrap_or("");
    let after = text.get(range.end..).unwrap_or("");
    // A part of a longer code (`LJG13812345678`) or of a decimal is none of these.
    let joins = |c: char| half(c).is_ascii_alphanumeric() || c == '.' || c == '．';
    if before.ends_with(joins) || after.starts_with(|c: char| half(c).is_ascii_alphabetic()) {
        return None;
    }
    let digits: String = groups.iter().map(|group| group.digits.as_str()).collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
    let whole = lengths.len() == 1;
    let local = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86")).filter(|rest| rest.len() == 11);
    let number = local.unwrap_or(&digits);
    let set_as = |form: &[usize]| {
        whole || lengths == form || (local.is_some() && lengths.get(1..) == Some(form)) || lengths == [2, 11]
    };
    if mobile(number) && set_as(&[3, 4, 4]) && !amount(after) {
        return Some(Kind::Mobile);
    }
    if (whole || lengths == [6, 8, 4]) && (identity(&digits) || old_identity(&digits)) {
        return Some(Kind::Identity);
    }
    let fours = lengths.split_last().is_some_and(|(last, rest)| rest.iter().all(|length| *length == 4) && *last <= 4);
    if (16..=19).contains(&digits.len())
        && (whole || fours)
        && digits.starts_with(['3', '4', '5', '6'])
        && luhn(&digits)
        && !credit_code(&digits)
    {
        return Some(Kind::Account);
    }
    let named = ["账号", "帐号", "卡号", "账户", "帐户"].iter().any(|word| tail(before, 8).contains(word));
    (named && digits.len() >= 9 && (whole || fours)).then_some(Kind::Account)
}

/// The last so many characters of a text.
fn tail(text: &str, count: usize) -> &str {
    text.char_indices().rev().nth(count.saturating_sub(1)).map_or(text, |(at, _)| text.get(at..).unwrap_or(text))
}

/// Whether what follows a number makes it a figure: `13812345678.00`, `13812345678元`.
fn amount(after: &str) -> bool {
    let mut chars = after.chars().map(half);
    match chars.next() {
        Some('.') => chars.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => matches!(c, '元' | '万' | '亿' | '千' | '百' | '吨' | '件' | '个' | '台' | '套' | '%'),
        None => false,
    }
}

fn mobile(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    bytes.len() == 11 && bytes.first() == Some(&b'1') && bytes.get(1).is_some_and(|digit| (b'3'..=b'9').contains(digit))
}

/// GB 11643—1999: a division, a day of birth, a serial number, a check character by ISO 7064, MOD 11-2.
fn identity(digits: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    if digits.len() != 18 || !birth(digits.get(6..14).unwrap_or("")) {
        return false;
    }
    let sum: u32 =
        digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight).sum();
    let right = CHECKS.get((sum % 11) as usize) == digits.as_bytes().last();
    // Codes of organisations begin with 1, 5 or 9 and may chance to pass; their own check tells them apart.
    right && (division(digits) || digits.starts_with('9')) && !credit_code(digits)
}

fn old_identity(digits: &str) -> bool {
    digits.len() == 15 && division(digits) && birth(&format!("19{}", digits.get(6..12).unwrap_or("")))
}

/// The two digits of a province, as GB/T 2260 has them.
fn division(digits: &str) -> bool {
    digits
        .get(..2)
        .and_then(|code| code.parse::<u8>().ok())
        .is_some_and(|code| matches!(code, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83))
}

fn birth(digits: &str) -> bool {
    let part = |range: Range<usize>| digits.get(range).and_then(|digits| digits.parse::<i16>().ok());
    let (Some(year), Some(month), Some(day)) = (part(0..4), part(4..6), part(6..8)) else { return false };
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else { return false };
    (1900..2100).contains(&year) && crate::calendar::Day::new(year, month, day).is_some()
}

/// ISO/IEC 7812-1, annex B.
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let digit = u32::from(byte.wrapping_sub(b'0'));
            let doubled = if at % 2 == 1 { digit * 2 } else { digit };
            doubled / 10 + doubled % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Whether eighteen digits are a 统一社会信用代码 by the check character of GB 32100—2015.
fn credit_code(digits: &str) -> bool {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    if digits.len() != 18 || !digits.starts_with(['1', '5', '9']) {
        return false;
    }
    let mut weight = 1;
    let mut sum = 0;
    for byte in digits.bytes().take(17) {
        let Some(value) = ALPHABET.iter().position(|known| *known == byte) else { return false };
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    ALPHABET.get((31 - sum % 31) % 31) == digits.as_bytes().last()
}

/// Addresses that are called a home, and flats of a block (`3号楼2单元501室`).
fn homes(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    const CALLED: [&str; 7] = ["家庭住址", "家庭地址", "居住地址", "现住址", "户籍地址", "户籍所在地", "住址"];
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(from..)?;
            let (at, word) = CALLED
                .iter()
                .filter_map(|word| rest.find(word).map(|at| (at, *word)))
                .min_by_key(|(at, word)| (*at, std::cmp::Reverse(word.len())))?;
            let start = from + at + word.len();
            let value = text.get(start..)?;
            let value = value.strip_prefix(['：', ':', '为', '是']).unwrap_or("");
            let begin = text.len() - text.get(start..)?.len() + (text.get(start..)?.len() - value.len());
            let length = value.find(['，', '。', '；', '|', '、', '\n', ',', ';']).unwrap_or(value.len());
            from = start;
            // The word alone (a form, a rule about addresses) tells nothing of anybody.
            if !value.starts_with(COVERED) && value.get(..length).is_some_and(|words| words.chars().count() >= 4) {
                return Some(begin..begin + length);
            }
        }
    })
    .chain(flats(text))
}

fn flats(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices("单元").filter_map(|(at, word)| {
        let before = text
            .get(..at)?
            .trim_end_matches(|c: char| half(c).is_ascii_digit() || "一二三四五六七八九十甲乙".contains(c));
        let block = ["号楼", "栋", "幢"].iter().find(|end| before.ends_with(**end))?;
        let number = before.strip_suffix(*block)?;
        let start =
            number.trim_end_matches(|c: char| half(c).is_ascii_digit() || "一二三四五六七八九十甲乙".contains(c)).len();
        let after = text.get(at + word.len()..)?;
        let room = after.find(|c: char| !half(c).is_ascii_digit())?;
        (room > 0 && after.get(room..)?.starts_with(['室', '号', '户']))
            .then(|| start..at + word.len() + room + "室".len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        find(text).into_iter().map(|(kind, _)| kind).collect()
    }

    /// An invented ID number with the right check character.
    const ID: &str = "110101199003074477";
    /// An invented card number with the right check digit.
    const CARD: &str = "6222020000000000000";

    #[test]
    fn what_belongs_to_a_person_is_found() {
        for text in [
            "13812345678",
            "电话：138-1234-5678。",
            "手机 138 1234 5678",
            "+86 13812345678",
            "１３８１２３４５６７８",
            "（19912345678）",
        ] {
            assert_eq!(kinds(text), [Kind::Mobile], "{text}");
        }
        assert_eq!(kinds(&format!("身份证号{ID}，")), [Kind::Identity]);
        assert_eq!(kinds("110101 19900307 4477"), [Kind::Identity]);
        assert_eq!(kinds("旧号110101900307447"), [Kind::Identity]);
        assert_eq!(kinds(CARD), [Kind::Account]);
        assert_eq!(kinds("6222 0200 0000 0000 000"), [Kind::Account]);
        assert_eq!(kinds("开户行：示例银行，账号：410001234567"), [Kind::Account]);
        assert_eq!(kinds("家庭住址：示例市示例路1号"), [Kind::Home]);
        assert_eq!(kinds("示例小区3号楼2单元501室"), [Kind::Home]);
    }

    #[test]
    fn what_belongs_to_an_office_or_an_enterprise_is_not() {
        for text in [
            "0371-67186253",
            "67186253",
            "400-000-0000",
            "91410181MA0000015M",
            "914101007067000000",
            "000014349/2017-00110",
            "示工信〔2024〕12号",
            "2024-06-13 09:30",
            "13812345678.00元",
            "合计13812345678元",
            "编号LJG13812345678",
            "地址：示例市示例路1号",
            "抗拉强度≥700 MPa，10-6/℃，25～1300℃",
            "住址、电话由申报单位自行填写",
            "20240613093000001",
            "110101199013074477",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn a_mask_covers_the_middle() {
        assert_eq!(mask("联系人138-1234-5678。"), "联系人138-****-5678。");
        assert_eq!(mask(ID), "110101********4477");
        assert_eq!(mask("家庭住址：示例市示例路1号，电话0371-67186253"), "家庭住址：（住址略），电话0371-67186253");
        assert_eq!(mask_name("示例名"), "示**");
        assert_eq!(blot("电话13812345678。", None), "电话***********。");
        assert_eq!(blot("住址 示例路", Some(7..16)), "住址 *********");
        for text in ["13812345678", ID, CARD, "家庭住址：示例市示例路1号"] {
            assert_eq!(find(&mask(text)), [], "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_it(text in "[0-9X 13８号楼单元室住址：账a-]{0,40}") {
            for (_, range) in find(&text) {
                proptest::prop_assert!(text.get(range).is_some());
            }
            proptest::prop_assert!(mask(&text).len() <= text.len() + 15 * text.len());
        }
    }
}
