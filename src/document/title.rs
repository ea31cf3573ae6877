//! 标题回行 — where a title is broken into lines: 词意完整、排列对称、长短适宜、间距恰当, as a 梯形 or a 菱形 (GB/T 9704—2012, 7.3.1).
//!
//! Word segmentation decides where a line may end; meaning, shape and balance decide among what is left. A break that the
//! author set (a line break in the title) is kept.

use std::sync::{Arc, Mutex, PoisonError};

use jieba_rs::Jieba;
use unicode_width::UnicodeWidthChar;

use super::Document;

/// The widest line, in characters: 21 of 二号 fill the type area, and a title stands free of its edges.
const WIDEST: f64 = 20.0;
/// Titles are set in up to four lines.
const MOST_LINES: usize = 4;

/// Breaks titles. The dictionary takes a tenth of a second to load and is loaded when the first long title comes.
#[derive(Default)]
pub struct Titles {
    /// The dictionary, once a title has asked for it.
    jieba: Mutex<Option<Arc<Jieba>>>,
    words: Vec<String>,
}

/// A place between two words where a line may end.
#[derive(Debug, Clone, Copy)]
struct Joint {
    /// Bytes before it.
    at: usize,
    /// Width before it, in characters.
    width: f64,
    /// Words before it.
    words: usize,
    /// What it costs to end a line here; less than nothing where it is a good place.
    cost: f64,
}

impl Titles {
    /// With the words that a dictionary does not know: 专精特新, 创新券, names of offices and enterprises.
    #[must_use]
    pub fn new(words: impl IntoIterator<Item = String>) -> Self {
        let mut words: Vec<String> = words.into_iter().filter(|word| word.chars().count() > 1).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.dedup();
        Self { jieba: Mutex::default(), words }
    }

    /// The lines of a title. `names` (the issuers) stay whole wherever a line can hold them.
    #[must_use]
    pub fn lines(&self, title: &str, names: &[String]) -> Vec<String> {
        let set: Vec<&str> = title.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if set.len() > 1 {
            return set.into_iter().map(str::to_owned).collect();
        }
        let title = title.trim();
        if width(title) <= WIDEST {
            return vec![title.to_owned()];
        }
        let joints = self.joints(title, names);
        best(title, &joints)
            .or_else(|| best(title, &every_joint(title)))
            .or_else(|| filled(title, &joints))
            .unwrap_or_else(|| vec![title.to_owned()])
    }

    /// Breaks the titles of a document and of its attachments. Lines that its author set stay, as far as a page can hold them.
    pub fn set(&self, document: &mut Document) {
        let names: Vec<String> = document.record.issuer.split('、').map(str::to_owned).collect();
        let attached = document.attachments.iter_mut().map(|attachment| &mut attachment.title_lines);
        for lines in [&mut document.title_lines].into_iter().chain(attached) {
            *lines = lines.iter().flat_map(|line| self.lines(line, &names)).collect();
        }
    }

    /// Lets go of the dictionary, which fills eighty megabytes, until the next title asks for it.
    pub fn rest(&self) {
        *self.jieba.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn dictionary(&self) -> Arc<Jieba> {
        let mut jieba = self.jieba.lock().unwrap_or_else(PoisonError::into_inner);
        let dictionary = jieba.get_or_insert_with(|| {
            let mut dictionary = Jieba::new();
            for word in WORDS.iter().copied().chain(self.words.iter().map(String::as_str)) {
                dictionary.add_word(word, Some(100_000), Some("nz"));
            }
            Arc::new(dictionary)
        });
        Arc::clone(dictionary)
    }

    /// The places between words, each with its cost; those where no line may end are left out.
    fn joints(&self, title: &str, names: &[String]) -> Vec<Joint> {
        let jieba = self.dictionary();
        let whole = whole_spans(title, names.iter().chain(&self.words).map(String::as_str));
        let tags = jieba.tag(title, false);
        let mut joints = Vec::new();
        let (mut at, mut words) = (0, 0);
        for pair in tags.windows(2) {
            let [left, right] = pair else { continue };
            at += left.word.len();
            words += usize::from(!left.word.chars().all(is_mark));
            if whole.iter().any(|span| span.start < at && at < span.end) || !may_part(left.word, right.word) {
                continue;
            }
            let before = title.get(..at).unwrap_or_default();
            let issuer = names.iter().any(|name| !name.is_empty() && before.ends_with(name.as_str()));
            let cost = cost(left.word, left.tag, right.word, right.tag, issuer) + inside(before);
            joints.push(Joint { at, width: width(before), words, cost });
        }
        joints
    }
}

/// Words of the trade that the dictionary splits.
const WORDS: [&str; 24] = [
    "专精特新",
    "创新券",
    "小巨人",
    "首批次",
    "首台套",
    "新材料",
    "铝加工",
    "高质量发展",
    "实施意见",
    "实施方案",
    "管理办法",
    "若干政策",
    "若干措施",
    "示范应用",
    "指导目录",
    "工作方案",
    "行动计划",
    "征求意见稿",
    "办公厅",
    "办公室",
    "开发区",
    "规模以上",
    "高层次人才",
    "拟支持",
];

/// Spans that stay whole: names and quoted titles that a line can hold.
fn whole_spans<'a>(title: &str, names: impl Iterator<Item = &'a str>) -> Vec<std::ops::Range<usize>> {
    let mut spans = Vec::new();
    for name in names.filter(|name| !name.is_empty() && width(name) <= WIDEST) {
        spans.extend(title.match_indices(name).map(|(at, _)| at..at + name.len()));
    }
    for (open, close, longest) in [('《', '》', QUOTED), ('“', '”', 8.0), ('（', '）', 8.0), ('〔', '〕', WIDEST)]
    {
        let mut start = None;
        for (at, character) in title.char_indices() {
            if character == open {
                start.get_or_insert(at);
            } else if character == close
                && let Some(start) = start.take()
            {
                let end = at + close.len_utf8();
                if title.get(start..end).is_some_and(|words| width(words) <= longest) {
                    spans.push(start..end);
                }
            }
        }
    }
    spans
}

/// A quoted title stays whole up to this width; a longer one would drive 的通知 onto a line of its own.
const QUOTED: f64 = 16.0;
/// What never begins a line: what belongs to the word before it.
const NO_START: &str = "的地得之等和与及或并暨了着过者们、，。；：？！）》〉”’〕…—·％%℃年月日号";
/// What never ends a line: what belongs to the word behind it.
const NO_END: &str = "（《〈“‘〔第";
/// Words that lead on to the next one.
const LEADING: [&str; 23] = [
    "关于",
    "对",
    "在",
    "为",
    "向",
    "从",
    "以",
    "将",
    "把",
    "被",
    "由",
    "于",
    "和",
    "与",
    "及",
    "或",
    "并",
    "暨",
    "拟",
    "给予",
    "不",
    "进一步",
    "按",
];

/// Whether a line may end between two words.
fn may_part(left: &str, right: &str) -> bool {
    let (Some(end), Some(start)) = (left.chars().next_back(), right.chars().next()) else { return false };
    if NO_START.contains(start) || NO_END.contains(end) || LEADING.contains(&left) {
        return false;
    }
    let latin = |c: char| c.width() == Some(1);
    // A number keeps its unit, a code its parts.
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百千万亿两".contains(c);
    let counted = left.chars().all(number) && !"、，".contains(end) && right.chars().count() == 1;
    let unit = matches!(right, "年度" | "万元" | "亿元" | "批次" | "人次" | "周年");
    !(latin(end) && latin(start) || counted || (number(end) && unit))
}

/// What it costs to part two words.
fn cost(left: &str, left_tag: &str, right: &str, right_tag: &str, issuer: bool) -> f64 {
    let noun = |tag: &str| tag.starts_with('n') || tag == "vn" || tag == "j" || tag == "l";
    if issuer && right == "关于" {
        return -8.0;
    }
    if right == "关于" {
        return -5.0;
    }
    if left.ends_with(['、', '，', '》', '）']) {
        return -1.0;
    }
    if right.starts_with(['（', '“']) || left.ends_with('”') {
        return 1.0;
    }
    if matches!(left, "的" | "等") {
        return -0.5;
    }
    // A word of one character mostly belongs to one of its neighbours.
    let lone = |word: &str| word.chars().count() == 1;
    let clings = if lone(right) { 3.0 } else { 0.0 } + if lone(left) { 3.0 } else { 0.0 };
    let verb = right_tag.starts_with('v') && right_tag != "vn";
    clings
        + match (noun(left_tag), noun(right_tag)) {
            (true, true) => 2.5,
            (true, false) if verb => 1.5,
            (false, _) if verb => 0.5,
            // A verb and what it acts on, an adjective and its noun.
            _ if left_tag.starts_with(['v', 'a', 'm', 'd', 'q', 'b']) => 3.0,
            _ => 1.5,
        }
}

/// The extra cost of a place inside brackets or quotes that could not stay whole.
fn inside(before: &str) -> f64 {
    let open = before.chars().filter(|c| "（《“〔".contains(*c)).count();
    let close = before.chars().filter(|c| "）》”〕".contains(*c)).count();
    if open > close { 6.0 } else { 0.0 }
}

/// Every place between two characters: for a title that is one endless word.
fn every_joint(title: &str) -> Vec<Joint> {
    let joint = |(index, (at, _)): (usize, (usize, char))| Joint {
        at,
        width: title.get(..at).map_or(0.0, width),
        words: 2 * index,
        cost: 0.0,
    };
    title.char_indices().enumerate().skip(1).map(joint).collect()
}

/// The cheapest way to break a title at the joints, if there is one.
fn best(title: &str, joints: &[Joint]) -> Option<Vec<String>> {
    let whole = Joint { at: title.len(), width: width(title), words: usize::MAX, cost: 0.0 };
    let start = Joint { at: 0, width: 0.0, words: 0, cost: 0.0 };
    let mut found: Option<(f64, Vec<Joint>)> = None;
    let mut chosen = vec![start];
    search(joints, whole, &mut chosen, &mut found);
    let (_, joints) = found?;
    let cut = |pair: &[Joint]| match pair {
        [one, two] => title.get(one.at..two.at).map(|line| line.trim().to_owned()),
        _ => None,
    };
    joints.windows(2).map(cut).collect()
}

/// A title that four lines do not hold: each line as full as its words allow, if there is a joint in each.
fn filled(title: &str, joints: &[Joint]) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    let (mut at, mut done) = (0, 0.0);
    while width(title) - done > WIDEST {
        let last = joints.iter().rev().find(|joint| joint.at > at && joint.width - done <= WIDEST)?;
        lines.push(title.get(at..last.at)?.trim().to_owned());
        (at, done) = (last.at, last.width);
    }
    lines.push(title.get(at..)?.trim().to_owned());
    Some(lines)
}

/// Tries every set of joints; lines that are too wide end a branch early.
fn search(joints: &[Joint], end: Joint, chosen: &mut Vec<Joint>, found: &mut Option<(f64, Vec<Joint>)>) {
    let Some(&last) = chosen.last() else { return };
    if end.width - last.width <= WIDEST {
        chosen.push(end);
        let cost = judge(chosen);
        if found.as_ref().is_none_or(|(least, _)| cost < *least) {
            *found = Some((cost, chosen.clone()));
        }
        chosen.pop();
    }
    if chosen.len() >= MOST_LINES {
        return;
    }
    for (index, &joint) in joints.iter().enumerate() {
        if joint.width - last.width > WIDEST {
            break;
        }
        chosen.push(joint);
        search(joints.get(index + 1..).unwrap_or_default(), end, chosen, found);
        chosen.pop();
    }
}

/// What a set of lines costs: its joints, its shape, its balance, the number of its lines.
fn judge(chosen: &[Joint]) -> f64 {
    let parted: f64 = chosen.iter().map(|joint| joint.cost).sum();
    let mut cost = parted;
    let mut widths = Vec::with_capacity(MOST_LINES);
    for pair in chosen.windows(2) {
        let [one, two] = pair else { continue };
        widths.push(two.width - one.width);
        // No line of one word.
        if two.words.saturating_sub(one.words) < 2 {
            cost += 12.0;
        }
    }
    let widest = widths.iter().copied().fold(0.0, f64::max);
    for line in &widths {
        let short = (widest - line) / widest.max(1.0);
        cost += 15.0 * (short - 0.25).max(0.0).powi(2) + if *line < 5.0 { 6.0 } else { 0.0 };
    }
    #[expect(clippy::cast_precision_loss, reason = "four lines at most")]
    let count = widths.len() as f64;
    cost + shape(&widths) + 3.0 * count
}

/// 梯形 or 菱形: the lines grow, or shrink, or grow and then shrink. Anything else is wrong, lines of equal length are dull.
fn shape(widths: &[f64]) -> f64 {
    let mut falling = false;
    let mut cost = 0.0;
    for (line, next) in widths.iter().zip(widths.iter().skip(1)) {
        let step = next - line;
        if step < -0.25 {
            falling = true;
        } else if step > 0.25 && falling {
            // An hourglass.
            cost += 20.0;
        } else if step.abs() <= 0.75 {
            cost += 2.0;
        }
    }
    cost
}

fn is_mark(character: char) -> bool {
    !character.is_alphanumeric()
}

/// The width of a text in characters; digits and Latin letters are half as wide.
fn width(text: &str) -> f64 {
    text.chars().map(|c| if c.width() == Some(1) && u32::from(c) < 0x2000 { 0.5 } else { 1.0 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_that_the_author_set_is_kept() {
        let lines = Titles::default().lines("示例市人民政府办公厅\n关于印发目录的通知", &[]);
        assert_eq!(lines, ["示例市人民政府办公厅", "关于印发目录的通知"]);
    }

    /// A title of seven lines, as notices that pass on two others have them: still no word is cut.
    #[test]
    fn a_title_that_four_lines_do_not_hold_keeps_its_words() {
        let title = "示例市工业和信息化局关于转发《示例省工业和信息化厅关于印发〈示例省2024年制造业高质量发展专项资金（新材料首批次应用保险补贴方向）项目申报指南〉的通知》并做好我市2024年度项目申报工作的补充通知";
        let lines = Titles::default().lines(title, &[]);
        assert_eq!(lines.concat(), title);
        assert!(lines.len() > MOST_LINES && lines.iter().all(|line| width(line) <= WIDEST), "{lines:#?}");
        for word in ["高质量发展", "工业和信息化", "方向", "2024年度", "首批次"] {
            assert!(lines.iter().any(|line| line.contains(word)), "{word}: {lines:#?}");
        }
    }

    #[test]
    fn titles_are_broken_by_meaning() {
        let titles = Titles::new([]);
        let cases = include_str!("title_cases.txt");
        let mut shown = String::new();
        for case in cases.split("\n\n").filter(|case| !case.trim().is_empty()) {
            let title: String = case.lines().collect();
            let names = [title.split("关于").next().unwrap_or_default().to_owned()];
            let lines = titles.lines(&title, &names);
            shown += &lines.join("\n");
            shown += "\n\n";
            assert_eq!(lines.concat(), title);
            assert!(lines.len() <= MOST_LINES && lines.iter().all(|line| width(line) <= WIDEST), "{lines:?}");
            for line in lines.iter().skip(1) {
                assert!(!line.starts_with(['的', '和', '、', '》']), "{lines:?}");
            }
        }
        assert_eq!(shown.trim_end(), cases.trim_end());
    }
}
