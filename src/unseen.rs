//! 看不见的字 — characters of which nothing is to be seen on paper, and some of which turn round what comes after: no text that
//! is printed, published or compared may hold one.

use std::ops::Range;

/// How many marks may stand over one letter. Vietnamese has two; more are a prank.
const MARKS: usize = 2;

/// Control characters and what Unicode calls default-ignorable (UCD, `DerivedCoreProperties.txt`).
#[must_use]
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// What of a text must not be there: its bytes, and what it is. Line ends and tabs are what a text is laid out with.
pub fn unseen(text: &str) -> impl Iterator<Item = (Range<usize>, String)> + '_ {
    let mut marks = 0;
    text.char_indices().filter_map(move |(at, c)| {
        marks = if is_mark(c) { marks + 1 } else { 0 };
        let range = at..at + c.len_utf8();
        if marks == MARKS + 1 {
            return Some((range, "一个字上叠了许多符号".to_owned()));
        }
        (is_unseen(c) && !matches!(c, '\n' | '\r' | '\t')).then(|| (range, named(c)))
    })
}

/// What a person calls it: `零宽空格（U+200B）`.
fn named(c: char) -> String {
    let name = match c {
        '\u{200b}' => "零宽空格",
        '\u{200c}' | '\u{200d}' => "零宽连接符",
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "改变文字方向的符号",
        '\u{feff}' => "字节顺序标记",
        '\u{ad}' => "软连字符",
        '\u{2028}' | '\u{2029}' => "特殊的换行符",
        '\u{fe00}'..='\u{fe0f}' => "异体选择符",
        c if c.is_control() => "控制字符",
        _ => "看不见的字符",
    };
    format!("{name}（U+{:04X}）", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_named_at_its_place() {
        let found = |text: &str| unseen(text).map(|(range, what)| (range.start, what)).collect::<Vec<_>>();
        assert!(found("石墨烯粉体\r\n\t10⁷ Pa·m³，café，Ⅰ型　（试行）").is_empty());
        assert_eq!(found("石墨\u{200b}烯"), [(6, "零宽空格（U+200B）".to_owned())]);
        assert_eq!(found("示例\u{202e}铝业")[0].1, "改变文字方向的符号（U+202E）");
        assert_eq!(found("a\u{301}\u{302}").len(), 0);
        assert_eq!(found(&format!("a{}", "\u{301}".repeat(50))).len(), 1);
        assert_eq!(found("\u{1b}[31m")[0].1, "控制字符（U+001B）");
    }
}
