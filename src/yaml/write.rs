//! Text as a YAML value: as it stands where that is read back as the same text, in quotes where it is not.

/// A text as a value of a YAML file.
#[must_use]
pub fn scalar(text: &str) -> String {
    // Han characters, letters and digits, and what stands between them in names: anything else goes into quotes.
    let plain = |c: char| {
        c.is_alphanumeric() || matches!(c, '（' | '）' | '〔' | '〕' | '、' | '，' | '.' | '-' | '/' | '·' | '“' | '”')
    };
    let word = |text: &str| matches!(text, "null" | "true" | "false" | "是" | "否");
    let framed = text.starts_with(char::is_alphanumeric)
        && text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '）' | '〕' | '”'));
    if framed && text.chars().all(plain) && !word(text) {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                quoted.extend(["\\u".to_owned(), format!("{:04X}", u32::from(c))]);
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::{Source, Sources};

    fn read_back(text: &str) -> Option<Vec<String>> {
        let mut sources = Sources::default();
        let file = sources.add(Source::new("a.yaml", text));
        super::super::read(file, sources.get(file)?).0
    }

    #[test]
    fn names_stay_plain_and_odd_ones_are_quoted() {
        assert_eq!(scalar("示例铝业有限公司"), "示例铝业有限公司");
        assert_eq!(scalar("项目（二期）"), "项目（二期）");
        assert_eq!(scalar("a: b # c"), "\"a: b # c\"");
        assert_eq!(scalar("*b*"), "\"*b*\"");
    }

    proptest! {
        #[test]
        fn every_text_is_read_back_as_it_was(text in "\\PC{0,20}|[ -~]{0,20}|[\\s#:&*!|>'\"%@`-]{1,8}") {
            prop_assert_eq!(read_back(&format!("- {}\n", scalar(&text))), Some(vec![text]));
        }
    }
}
