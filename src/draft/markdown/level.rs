//! 层次序数 — `一、` `（一）` `1.` `（1）` (GB/T 9704—2012, 7.3.3; GB/T 15834—2011, B.3): read where they are written, counted where
//! they are not.

use crate::document::Label;
use crate::draft::numeral;

/// A number at the beginning of a paragraph.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// 1 to 4.
    pub(super) level: u8,
    /// The number.
    pub(super) number: u32,
    /// How many bytes it takes, with the blanks behind it.
    pub(super) length: usize,
    /// What is wrong with its form.
    pub(super) flaw: Option<&'static str>,
}

/// The number that a text begins with, if it begins with one.
pub(super) fn read(text: &str) -> Option<Written> {
    let (level, number, mut rest, mut flaw) = if let Some(inner) = text.strip_prefix(['（', '(']) {
        let (inside, rest) = inner.split_once(['）', ')'])?;
        let half = text.starts_with('(') || inner.get(inside.len()..)?.starts_with(')');
        let flaw = half.then_some("序号用全角括号，如（一）（1）");
        match (numeral::parse(inside), arabic(inside)) {
            (Some(number), _) => (2, number, rest, flaw),
            (None, Some(number)) => (4, number, rest, flaw),
            (None, None) => return None,
        }
    } else if text.starts_with(numeral::is_digit) {
        let after = text.trim_start_matches(numeral::is_digit);
        let number = numeral::parse(text.strip_suffix(after)?)?;
        let rest = after.strip_prefix(['、', '.', '．'])?;
        (1, number, rest, (!after.starts_with('、')).then_some("“一”“二”后面用顿号，如“一、”"))
    } else {
        let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = arabic(text.strip_suffix(after)?)?;
        let rest = after.strip_prefix(['.', '、', '．'])?;
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        (3, number, rest, (!after.starts_with('.')).then_some("“1”“2”后面用下脚点，如“1.”"))
    };
    if level % 2 == 0
        && let Some(shorter) = rest.strip_prefix(['、', '.', '．'])
    {
        rest = shorter;
        flaw = Some("带括号的序号后面不加标点");
    }
    Some(Written { level, number, length: text.len() - rest.trim_start().len(), flaw })
}

/// A number of at most two digits: `（2022）` is a year, not a number of the text.
fn arabic(digits: &str) -> Option<u32> {
    let fits = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| digits.parse().ok()).flatten().filter(|n| *n > 0)
}

/// The number of a level as it is printed.
pub(super) fn label(level: u8, number: u32) -> Label {
    let text = match level {
        1 => format!("{}、", numeral::chinese(number)),
        2 => format!("（{}）", numeral::chinese(number)),
        3 => format!("{number}."),
        4 => format!("（{number}）"),
        _ => String::new(),
    };
    Label { level, text }
}

/// Where the count stands, level by level.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    levels: [Level; 4],
}

#[derive(Debug, Default)]
struct Level {
    last: u32,
    /// Whether a higher level has come since.
    fresh: bool,
    way: Option<Way>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Written,
    Counted,
}

impl Numbering {
    /// Takes a number that the author wrote; says what is odd about it.
    pub(super) fn written(&mut self, level: u8, number: u32) -> Option<String> {
        let (last, fresh, other) = self.step(level, Way::Written, |_| number);
        let printed = label(level, number).text;
        let before = label(level, last).text;
        // `1.` may go on through the sections of a part or begin anew in each; and a second list may follow in the same section.
        let restarts = number == 1 && (fresh || (level > 2 && last > 1));
        if last > 0 && number == last && !(fresh && number == 1) {
            return Some(format!("序号“{printed}”重复"));
        }
        if number != last + 1 && !restarts {
            let after = if last == 0 { "前面没有编号".to_owned() } else { format!("前一个是“{before}”") };
            return Some(format!("序号“{printed}”不连续，{after}"));
        }
        other.then(|| "同一层次有的写了序号，有的没有写".to_owned())
    }

    /// The next number of a level; and whether the author wrote other numbers of that level.
    pub(super) fn counted(&mut self, level: u8) -> (u32, bool) {
        let (_, _, other) = self.step(level, Way::Counted, |now| if now.fresh { 1 } else { now.last + 1 });
        (self.levels.get(usize::from(level) - 1).map_or(1, |now| now.last), other)
    }

    fn step(&mut self, level: u8, way: Way, number: impl Fn(&Level) -> u32) -> (u32, bool, bool) {
        let at = usize::from(level).saturating_sub(1);
        for lower in self.levels.iter_mut().skip(at + 1) {
            lower.fresh = true;
        }
        let Some(now) = self.levels.get_mut(at) else { return (0, true, false) };
        let before = (now.last, now.fresh, now.way.is_some_and(|past| past != way));
        now.last = number(now);
        now.fresh = false;
        now.way = now.way.or(Some(way));
        before
    }

    /// The numbers down to a level, for names of places: `2-1`.
    pub(super) fn path(&self, level: u8) -> String {
        let numbers = self.levels.iter().take(usize::from(level)).enumerate();
        let kept: Vec<String> = numbers
            .filter(|(at, now)| now.last > 0 && (!now.fresh || at + 1 == usize::from(level)))
            .map(|(_, now)| now.last.to_string())
            .collect();
        kept.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_forms_are_read() {
        let forms = [
            ("一、基本情况", 1, 1, "一、"),
            ("（十二）指导思想", 2, 12, "（十二）"),
            ("7. 引导", 3, 7, "7. "),
            ("7.引导", 3, 7, "7."),
            ("（3）其他", 4, 3, "（3）"),
        ];
        for (text, level, number, taken) in forms {
            assert_eq!(read(text), Some(Written { level, number, length: taken.len(), flaw: None }), "{text}");
        }
    }

    #[test]
    fn slips_are_read_and_named() {
        for text in ["(一)甲", "（1)甲", "1、甲", "一.甲", "（一）、甲", "1．甲"] {
            assert!(read(text).unwrap().flaw.is_some(), "{text}");
        }
    }

    #[test]
    fn other_beginnings_are_no_numbers() {
        for text in [
            "1.5亿元",
            "2023.6",
            "（2022）年",
            "一是",
            "十分",
            "（甲）",
            "1、2号线",
            "3家企业",
            "",
            "（",
            "（一",
            "100.甲",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_go_on_or_begin_anew() {
        let mut on = Numbering::default();
        assert_eq!(on.written(1, 1), None);
        assert_eq!(on.written(2, 1), None);
        assert_eq!(on.written(3, 1), None);
        assert_eq!(on.written(2, 2), None);
        assert_eq!(on.written(3, 2), None, "goes on");
        assert_eq!(on.written(1, 2), None);
        assert_eq!(on.written(2, 1), None);
        assert_eq!(on.written(3, 1), None, "begins anew");
        assert!(on.written(3, 3).unwrap().contains("不连续"));
        assert!(on.written(3, 3).unwrap().contains("重复"));
    }

    #[test]
    fn the_count_begins_anew_under_a_new_heading() {
        let mut on = Numbering::default();
        assert_eq!(on.counted(1).0, 1);
        assert_eq!(on.counted(2).0, 1);
        assert_eq!(on.counted(2).0, 2);
        assert_eq!(on.path(2), "1-2");
        assert_eq!(on.counted(1).0, 2);
        assert_eq!(on.counted(2).0, 1);
        assert!(on.written(2, 2).unwrap().contains("有的没有写"));
    }
}
