//! 名称的次序 — the order in which an office lists names: numbers by their value, 甲乙丙 and 一二三 as they count, other characters by
//! 拼音 (the order of GB/T 2312, then of GBK and GB 18030).

/// The key by which names are sorted.
pub fn natural(name: &str) -> Vec<u64> {
    let mut key = Vec::new();
    let mut chars = name.chars().peekable();
    while let Some(first) = chars.next() {
        let Some(digit) = first.to_digit(10) else {
            key.push(COUNTS.chars().position(|c| c == first).map_or_else(|| written(first), counted));
            continue;
        };
        let mut number = u64::from(digit);
        while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
            number = number.saturating_mul(10).saturating_add(u64::from(digit));
            chars.next();
        }
        key.push(number.min(NUMBERS - 1));
    }
    key
}

/// What counts like a number, in tens: each of a ten is as much as its place.
const COUNTS: &str = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸";

/// Numbers are below this, what counts is from here on, and all else above.
const NUMBERS: u64 = 1 << 40;

fn counted(at: usize) -> u64 {
    NUMBERS + u64::try_from(at).unwrap_or_default()
}

fn written(c: char) -> u64 {
    let mut text = [0; 4];
    let (bytes, ..) = encoding_rs::GB18030.encode(c.encode_utf8(&mut text));
    // Two bytes come before four: what GBK holds comes before what it lacks.
    let code = bytes.iter().fold(0, |code, byte| (code << 8) | u64::from(*byte));
    2 * NUMBERS + code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_s_order() {
        let mut names =
            ["乙产品", "10号线", "一号线", "甲产品", "铝箔", "2号线", "铝板", "丙产品", "三号线", "二号线", "Al", "㐂"];
        names.sort_by_key(|name| natural(name));
        assert_eq!(
            names,
            ["2号线", "10号线", "一号线", "二号线", "三号线", "甲产品", "乙产品", "丙产品", "Al", "铝板", "铝箔", "㐂"]
        );
        assert!(natural("99999999999999999999号") < natural("甲"));
    }
}
