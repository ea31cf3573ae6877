//! 汉字数字 — the numerals of `一、` and `（一）` (GB/T 9704—2012, 7.3.3), from 1 to 99.

const DIGITS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// The numeral of a number from 1 to 99; any other number in Arabic digits.
#[must_use]
pub fn chinese(n: u32) -> String {
    let digit = |n: u32| n.checked_sub(1).and_then(|at| DIGITS.get(at as usize));
    if !(1..=99).contains(&n) {
        return n.to_string();
    }
    let (tens, ones) = (n / 10, n % 10);
    // Ten is 十, eleven 十一: the 一 before 十 is not written.
    let mut out: String = digit(tens).filter(|_| tens > 1).into_iter().collect();
    if tens > 0 {
        out.push('十');
    }
    out.extend(digit(ones));
    out
}

/// The number of a numeral from 一 to 九十九.
#[must_use]
pub fn parse(numeral: &str) -> Option<u32> {
    // The longest, 九十九, has three characters of three bytes each.
    (numeral.len() <= 9).then(|| (1..=99).find(|n| chinese(*n) == numeral)).flatten()
}

/// Whether a character can stand in a numeral.
#[must_use]
pub fn is_digit(c: char) -> bool {
    c == '十' || DIGITS.contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_written_as_people_write_them() {
        let pairs = [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")];
        for (n, numeral) in pairs {
            assert_eq!(chinese(n), numeral);
        }
        assert_eq!(chinese(100), "100");
        assert_eq!(chinese(0), "0");
    }

    #[test]
    fn every_numeral_is_read_back() {
        for n in 1..=99 {
            assert_eq!(parse(&chinese(n)), Some(n));
        }
        for wrong in ["", "一十", "十十", "一二", "九十九九", "百"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
