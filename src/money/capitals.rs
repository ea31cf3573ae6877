//! 大写金额 — an amount as a cheque writes it, so that no digit can be added: `人民币壹佰万元整`.

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// As the practice of 《票据法》 has it: 零 stands for any run of zeros between digits, 整 ends an amount without 分.
pub(super) fn capitals(cents: i128) -> String {
    let cents = cents.unsigned_abs().to_string();
    let digits: Vec<usize> = cents.bytes().map(|b| usize::from(b.wrapping_sub(b'0')).min(9)).collect();
    let split = digits.len().saturating_sub(2);
    let (whole, cents) = digits.split_at(split);
    let whole = whole_part(whole);
    let (jiao, fen) = match cents {
        [jiao, fen] => (*jiao, *fen),
        [fen] => (0, *fen),
        _ => (0, 0),
    };
    let mut out = String::from("人民币");
    if !whole.is_empty() {
        out.push_str(&whole);
        out.push('元');
    }
    match (jiao, fen) {
        (0, 0) if whole.is_empty() => out.push_str("零元整"),
        (0, 0) => out.push('整'),
        (0, fen) => {
            if !whole.is_empty() {
                out.push('零');
            }
            out.push(digit(fen));
            out.push('分');
        }
        (jiao, 0) => out.extend([digit(jiao), '角', '整']),
        (jiao, fen) => out.extend([digit(jiao), '角', digit(fen), '分']),
    }
    out
}

fn digit(value: usize) -> char {
    DIGITS.get(value).copied().unwrap_or('零')
}

fn whole_part(digits: &[usize]) -> String {
    let mut out = String::new();
    let mut zero = false;
    for (index, &value) in digits.iter().enumerate() {
        let power = digits.len() - 1 - index;
        if value == 0 {
            zero = true;
        } else {
            if zero && !out.is_empty() {
                out.push('零');
            }
            zero = false;
            out.push(digit(value));
            out.push_str(["", "拾", "佰", "仟"].get(power % 4).copied().unwrap_or_default());
        }
        if power.is_multiple_of(4) {
            let group = digits.get(index.saturating_sub(3)..=index).unwrap_or_default();
            if power == 4 && group.iter().any(|value| *value != 0) || power == 12 {
                out.push('万');
            } else if power == 8 && !out.is_empty() {
                out.push('亿');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::money::Money;

    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn capitals_as_on_a_cheque() {
        for (text, want) in [
            ("0元", "人民币零元整"),
            ("100万元", "人民币壹佰万元整"),
            ("100500元", "人民币壹拾万零伍佰元整"),
            ("10元", "人民币壹拾元整"),
            ("1005元", "人民币壹仟零伍元整"),
            ("1234.56元", "人民币壹仟贰佰叁拾肆元伍角陆分"),
            ("1234.5元", "人民币壹仟贰佰叁拾肆元伍角整"),
            ("1234.06元", "人民币壹仟贰佰叁拾肆元零陆分"),
            ("0.05元", "人民币伍分"),
            ("0.5元", "人民币伍角整"),
            ("1亿元", "人民币壹亿元整"),
            ("100000100元", "人民币壹亿零壹佰元整"),
            ("100010000元", "人民币壹亿零壹万元整"),
            ("120030元", "人民币壹拾贰万零叁拾元整"),
            ("10亿元", "人民币壹拾亿元整"),
            ("9999亿元", "人民币玖仟玖佰玖拾玖亿元整"),
            ("10000亿元", "人民币壹万亿元整"),
            ("10001亿元", "人民币壹万零壹亿元整"),
        ] {
            assert_eq!(money(text).capitals(), want, "{text}");
        }
    }
}
