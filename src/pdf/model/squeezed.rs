//! 标点挤压 — quotes beside other marks. Two full-width marks in a row give up the white half between them (GB/T 15834—2011, 5.1;
//! clreq 3.1.6.1). typst knows a quote for a full-width one by its advance of exactly one em, and the tracking that puts 28 characters
//! into a line changes that; so such marks are set without it.

/// Quotes: the marks that share their code points with narrow ones.
const QUOTES: &str = "“”‘’";
/// What a quote may stand beside, with half of its box white.
const MARKS: &str = "“”‘’，。、；：？！（）《》〈〉【】「」『』〔〕";

/// A text in stretches; those of two marks and more with a quote among them are true.
pub(super) fn stretches(text: &str) -> Vec<(bool, &str)> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut rest = text;
    let mut at = 0;
    while let Some(first) = rest.find(|c| MARKS.contains(c)) {
        let tail = rest.get(first..).unwrap_or_default();
        let length = tail.find(|c| !MARKS.contains(c)).unwrap_or(tail.len());
        let marks = tail.get(..length).unwrap_or_default();
        let (from, to) = (at + first, at + first + length);
        if marks.chars().nth(1).is_some() && marks.contains(|c| QUOTES.contains(c)) {
            out.extend(text.get(start..from).filter(|plain| !plain.is_empty()).map(|plain| (false, plain)));
            out.push((true, marks));
            start = to;
        }
        at = to;
        rest = text.get(to..).unwrap_or_default();
    }
    out.extend(text.get(start..).filter(|plain| !plain.is_empty()).map(|plain| (false, plain)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_a_row_with_a_quote_are_stretches() {
        assert_eq!(
            stretches("他说：“好。”然（“甲”）"),
            [
                (false, "他说"),
                (true, "：“"),
                (false, "好"),
                (true, "。”"),
                (false, "然"),
                (true, "（“"),
                (false, "甲"),
                (true, "”）")
            ]
        );
        assert_eq!(stretches("“十四五”规划（试行）、"), [(false, "“十四五”规划（试行）、")]);
        assert_eq!(stretches(""), []);
        assert_eq!(stretches("”“"), [(true, "”“")]);
    }
}
