//! 改稿 — what somebody changed in a document's Word file, sentence by sentence, and the same changes in its Markdown: what is not accepted, and
//! all that was not changed, stays as it is written, its comments and templates too.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::elements::Elements;
use super::manuscript::{Cell, Manuscript, Piece};
use crate::draft::pasted::{closed, escaped, level, paragraph};
use crate::yaml::scalar;

/// A part of a document that is compared as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// What it is.
    pub kind: UnitKind,
    /// Its text; the cells of a row parted by tabs.
    pub text: String,
}

/// What a part of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// 标题.
    Title,
    /// 主送.
    Addressee,
    /// A paragraph or heading.
    Paragraph,
    /// A row of a table.
    Row,
    /// The name of an attachment.
    Attachment,
    /// 附注.
    Note,
}

/// The parts of a draft, in order.
#[must_use]
pub fn units(manuscript: &Manuscript) -> Vec<Unit> {
    let elements = Elements::of(manuscript);
    let unit = |kind, text: &str| Unit { kind, text: text.to_owned() };
    let mut units = vec![unit(UnitKind::Title, &elements.title)];
    units.extend(elements.addressee.as_deref().map(|text| unit(UnitKind::Addressee, text)));
    let pieces = |pieces: &[Piece], units: &mut Vec<Unit>| {
        for piece in pieces {
            match piece {
                Piece::Line(line) => {
                    units.push(unit(UnitKind::Paragraph, &closed(line.text().replace('\t', " ").trim())));
                }
                Piece::Table(table) => units.extend(table.rows.iter().map(|row| {
                    let cells: Vec<String> = row.iter().map(Cell::text).collect();
                    unit(UnitKind::Row, &cells.join("\t"))
                })),
                Piece::Picture(_) => {}
            }
        }
    };
    pieces(&elements.body, &mut units);
    for (name, body) in &elements.attachments {
        units.push(unit(UnitKind::Attachment, name));
        pieces(body, &mut units);
    }
    units.extend(elements.note.as_deref().map(|text| unit(UnitKind::Note, text)));
    // A draft may have no title, an attachment no name: there is nothing to compare.
    units.retain(|unit| !unit.text.trim().is_empty());
    units
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alteration {
    /// In which part of the document as it was; `None` where nothing is before it.
    pub unit: Option<usize>,
    /// What is done.
    pub what: Altered,
    /// As it was; empty where something is new.
    pub old: String,
    /// As it is now; empty where something is gone.
    pub new: String,
    /// Who did it, where Word kept that.
    pub author: Option<String>,
}

/// What a change does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Altered {
    /// Words of a part are others: which of its characters, blanks not counted.
    Words(Range<usize>),
    /// The whole part is gone.
    Gone,
    /// A new part stands behind it.
    Fresh(UnitKind),
}

/// Without any blank.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Sentences, each with its stop.
fn sentences(text: &str) -> Vec<String> {
    let mut out: Vec<String> = vec![String::new()];
    for c in text.chars() {
        if let Some(last) = out.last_mut() {
            last.push(c);
        }
        if matches!(c, '。' | '；' | '！' | '？' | '\t') {
            out.push(String::new());
        }
    }
    out.retain(|sentence| !sentence.is_empty());
    out
}

/// How alike two texts are, from 0 to 1.
fn likeness(one: &str, other: &str) -> f64 {
    f64::from(similar::TextDiff::from_chars(one, other).ratio())
}

/// What is different between a document as it was and as somebody changed it.
#[must_use]
pub fn alterations(before: &[Unit], after: &[Unit], manuscript: &Manuscript) -> Vec<Alteration> {
    let texts = |units: &[Unit]| units.iter().map(|unit| bare(&unit.text)).collect::<Vec<_>>();
    let (old, new) = (texts(before), texts(after));
    let mut found = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        match op {
            DiffOp::Equal { .. } => {}
            DiffOp::Delete { old_index, old_len, .. } => {
                found.extend((old_index..old_index + old_len).filter_map(|at| gone(before, at)));
            }
            DiffOp::Insert { old_index, new_index, new_len } => {
                found.extend((new_index..new_index + new_len).filter_map(|at| fresh(after, old_index, at)));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let (olds, news) = (old_index..old_index + old_len, new_index..new_index + new_len);
                replaced(before, after, olds, news, &mut found);
            }
        }
    }
    for alteration in &mut found {
        let about = |text: &str| {
            let text = bare(text);
            text.chars().count() > 1 && (bare(&alteration.new).contains(&text) || bare(&alteration.old).contains(&text))
        };
        alteration.author =
            manuscript.changes.iter().find(|change| about(&change.text)).map(|change| change.author.clone());
    }
    found
}

fn gone(before: &[Unit], at: usize) -> Option<Alteration> {
    let unit = before.get(at)?;
    Some(Alteration { unit: Some(at), what: Altered::Gone, old: unit.text.clone(), new: String::new(), author: None })
}

fn fresh(after: &[Unit], behind: usize, at: usize) -> Option<Alteration> {
    let unit = after.get(at)?;
    let what = Altered::Fresh(unit.kind);
    Some(Alteration { unit: behind.checked_sub(1), what, old: String::new(), new: unit.text.clone(), author: None })
}

/// Parts that became others: each with the one that is most like it, in order; what is like none is gone or new.
fn replaced(before: &[Unit], after: &[Unit], olds: Range<usize>, news: Range<usize>, found: &mut Vec<Alteration>) {
    const ALIKE: f64 = 0.45;
    let mut next = news.start;
    let mut last = olds.start;
    for at in olds.clone() {
        let Some(unit) = before.get(at) else { continue };
        let best = (next..news.end)
            .filter_map(|other| Some((other, likeness(&bare(&unit.text), &bare(&after.get(other)?.text)))))
            .filter(|(_, likeness)| *likeness > ALIKE)
            .max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)));
        match best {
            Some((other, _)) => {
                found.extend((next..other).filter_map(|fresh| self::fresh(after, last, fresh)));
                if let Some(changed) = after.get(other) {
                    words(at, &unit.text, &changed.text, found);
                }
                next = other + 1;
            }
            None => found.extend(gone(before, at)),
        }
        last = at + 1;
    }
    found.extend((next..news.end).filter_map(|fresh| self::fresh(after, last, fresh)));
}

/// The sentences of a part that are others now.
fn words(unit: usize, old: &str, new: &str, found: &mut Vec<Alteration>) {
    let (olds, news) = (sentences(old), sentences(new));
    let plain = |sentences: &[String]| sentences.iter().map(|sentence| bare(sentence)).collect::<Vec<_>>();
    let (old_plain, new_plain) = (plain(&olds), plain(&news));
    let count = |sentences: &[String]| sentences.iter().map(|sentence| sentence.chars().count()).sum::<usize>();
    for op in capture_diff_slices(Algorithm::Myers, &old_plain, &new_plain) {
        let (from, to) = (op.old_range(), op.new_range());
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let start = count(old_plain.get(..from.start).unwrap_or_default());
        let end = start + count(old_plain.get(from.clone()).unwrap_or_default());
        found.push(Alteration {
            unit: Some(unit),
            what: Altered::Words(start..end),
            old: olds.get(from).unwrap_or_default().concat(),
            new: news.get(to).unwrap_or_default().concat(),
            author: None,
        });
    }
}

/// A paragraph, row or key of a source: the characters that are read, each with where it is written.
struct Passage {
    kind: UnitKind,
    range: Range<usize>,
    letters: Vec<(char, Range<usize>)>,
    /// Whether a template or data make a part of it.
    made: bool,
}

impl Passage {
    fn text(&self) -> String {
        self.letters.iter().map(|(c, _)| *c).collect()
    }
}

/// The characters of a stretch of Markdown that are read, without its marks and blanks.
fn letters(source: &str, range: Range<usize>) -> Vec<(char, Range<usize>)> {
    let text = source.get(range.clone()).unwrap_or_default();
    let mut letters = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut at_start = true;
    while let Some((at, c)) = chars.next() {
        let place = range.start + at..range.start + at + c.len_utf8();
        if c == '\\'
            && let Some((next, escaped)) = chars.peek().copied().filter(|(_, next)| next.is_ascii_punctuation())
        {
            chars.next();
            letters.push((escaped, place.start..range.start + next + escaped.len_utf8()));
            at_start = false;
            continue;
        }
        let is_mark = c == '*' || (at_start && c == '#');
        at_start = at_start && (c == '#' || c.is_whitespace());
        if !is_mark && !c.is_whitespace() {
            letters.push((c, place));
        }
    }
    letters
}

/// The passages of a source, in order.
fn passages(source: &str) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut at = 0;
    let mut fences = 0;
    let mut open: Option<Range<usize>> = None;
    let close = |open: &mut Option<Range<usize>>, passages: &mut Vec<Passage>| {
        if let Some(range) = open.take() {
            let text = source.get(range.clone()).unwrap_or_default();
            let head = text.trim_start_matches(['#', ' ']);
            let name = text
                .starts_with('#')
                .then(|| head.strip_prefix("附件"))
                .flatten()
                .and_then(|rest| rest.find(['：', ':']));
            let (kind, from) = match name {
                Some(colon) => {
                    let skip = text.len() - head.len() + "附件".len() + colon;
                    let mark = text.get(skip..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
                    (UnitKind::Attachment, range.start + skip + mark)
                }
                None => (UnitKind::Paragraph, range.start),
            };
            let made = text.contains("{{");
            passages.push(Passage { kind, letters: letters(source, from..range.end), range, made });
        }
    };
    for line in source.split_inclusive('\n') {
        let (start, end) = (at, at + line.trim_end().len());
        at += line.len();
        if line.trim_end() == "---" && fences < 2 {
            fences += 1;
            continue;
        }
        if fences == 1 {
            let kind = [("标题:", UnitKind::Title), ("主送:", UnitKind::Addressee), ("附注:", UnitKind::Note)];
            if let Some((key, kind)) = kind.iter().find(|(key, _)| line.starts_with(key)) {
                let value = line.get(key.len()..).unwrap_or_default();
                let from = start + key.len() + value.len() - value.trim_start().len();
                let quoted = source.get(from..end).is_some_and(|value| value.starts_with('"'));
                let range = if quoted { from + 1..end.saturating_sub(1).max(from + 1) } else { from..end };
                passages.push(Passage {
                    kind: *kind,
                    letters: letters(source, range.clone()),
                    range: from..end,
                    made: line.contains("{{"),
                });
            }
            continue;
        }
        if line.trim().is_empty() {
            close(&mut open, &mut passages);
        } else if line.trim_start().starts_with('|') {
            close(&mut open, &mut passages);
            let rule = line.chars().all(|c| matches!(c, '|' | '-' | ':') || c.is_whitespace());
            if !rule {
                let letters =
                    letters(source, start..end).into_iter().filter(|(c, _)| !matches!(c, '|' | '←' | '↑')).collect();
                passages.push(Passage { kind: UnitKind::Row, range: start..end, letters, made: line.contains("{{") });
            }
        } else {
            open = Some(open.map_or(start..end, |open| open.start..end));
        }
    }
    close(&mut open, &mut passages);
    passages
}

/// A text without the number of its level, which may be set by itself.
fn unnumbered(text: &str) -> &str {
    level(text).and_then(|(_, length)| text.get(length..)).unwrap_or(text)
}

/// The passage that a part of the document is made from, and how many characters of the part stand before it: its number.
fn passage_of<'p>(passages: &'p [Passage], unit: &Unit, from: usize) -> Option<(usize, &'p Passage, usize)> {
    let text = bare(&unit.text);
    let plain = unnumbered(&text);
    let skipped = text.chars().count() - plain.chars().count();
    passages.iter().enumerate().skip(from).find_map(|(at, passage)| {
        if passage.kind != unit.kind || passage.made {
            return None;
        }
        let written = passage.text();
        if written == text {
            return Some((at, passage, 0));
        }
        let own = unnumbered(&written);
        let cut = written.chars().count() - own.chars().count();
        // Its own number may be written otherwise: by so many characters the part's count is off.
        (own == plain && !own.is_empty()).then_some((at, passage, skipped.wrapping_sub(cut)))
    })
}

/// A source with changes in it, and those that have no place in it: what a template or the data make is changed there.
#[must_use]
pub fn altered(source: &str, before: &[Unit], accepted: &[&Alteration]) -> (String, Vec<usize>) {
    let passages = passages(source);
    // Where each part of the document is written, each behind the one before it.
    let mut places: Vec<Option<(usize, usize)>> = Vec::new();
    let mut next = 0;
    for unit in before {
        let found = passage_of(&passages, unit, next).or_else(|| passage_of(&passages, unit, 0));
        if let Some((at, _, _)) = found {
            next = at + 1;
        }
        places.push(found.map(|(at, _, off)| (at, off)));
    }
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut lost = Vec::new();
    for (index, alteration) in accepted.iter().enumerate() {
        let place = alteration.unit.and_then(|unit| places.get(unit).copied().flatten());
        let passage = place.and_then(|(at, off)| Some((passages.get(at)?, off)));
        let edit = match (&alteration.what, passage) {
            (Altered::Words(range), Some((passage, off))) => within(passage, range, off, alteration),
            (Altered::Gone, Some((passage, _))) if matches!(passage.kind, UnitKind::Paragraph | UnitKind::Row) => {
                // With the blank line behind it.
                let rest = source.get(passage.range.end..).unwrap_or_default();
                let breaks = if passage.kind == UnitKind::Row {
                    1
                } else {
                    rest.bytes().take_while(|b| *b == b'\n').count().min(2)
                };
                Some((passage.range.start..passage.range.end + breaks, String::new()))
            }
            (Altered::Fresh(UnitKind::Paragraph), Some((passage, _))) if passage.kind != UnitKind::Title => {
                let at = if matches!(passage.kind, UnitKind::Addressee | UnitKind::Note) {
                    front(source)
                } else {
                    passage.range.end
                };
                let text = paragraph(&alteration.new, &escaped);
                Some(if at == front(source) {
                    (at..at, format!("\n{text}\n"))
                } else {
                    (at..at, format!("\n\n{text}"))
                })
            }
            (Altered::Fresh(UnitKind::Paragraph), None) if alteration.unit == Some(0) => {
                let at = front(source);
                Some((at..at, format!("\n{}\n", paragraph(&alteration.new, &escaped))))
            }
            _ => None,
        };
        match edit {
            Some(edit) => edits.push(edit),
            None => lost.push(index),
        }
    }
    edits.sort_by_key(|(range, _)| std::cmp::Reverse((range.start, range.end)));
    let mut out = source.to_owned();
    for (range, text) in edits {
        if out.is_char_boundary(range.start) && out.is_char_boundary(range.end.min(out.len())) {
            out.replace_range(range.start..range.end.min(out.len()), &text);
        }
    }
    (out, lost)
}

/// Where the text begins, behind the head.
fn front(source: &str) -> usize {
    let mut fences = 0;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        at += line.len();
        fences += usize::from(line.trim_end() == "---");
        if fences == 2 {
            return at;
        }
    }
    0
}

/// Words of a passage as others: from the first character that differs to the last one.
fn within(
    passage: &Passage,
    range: &Range<usize>,
    off: usize,
    alteration: &Alteration,
) -> Option<(Range<usize>, String)> {
    let start = range.start.wrapping_sub(off);
    let end = range.end.wrapping_sub(off);
    let (old, new): (Vec<char>, Vec<char>) =
        (bare(&alteration.old).chars().collect(), alteration.new.trim().chars().collect());
    // A number that the program sets is no part of the passage.
    if end > passage.letters.len() || start > end {
        return None;
    }
    let solid: Vec<usize> = new.iter().enumerate().filter(|(_, c)| !c.is_whitespace()).map(|(at, _)| at).collect();
    let letter = |at: usize| solid.get(at).and_then(|at| new.get(*at)).copied();
    let same = old.iter().enumerate().take_while(|(at, c)| letter(*at) == Some(**c)).count();
    let most = old.len().min(solid.len()) - same;
    let tail = (0..most).take_while(|at| old.get(old.len() - 1 - at).copied() == letter(solid.len() - 1 - at)).count();
    let from = if same < solid.len() { solid.get(same).copied()? } else { new.len() };
    let to = solid
        .len()
        .checked_sub(tail)
        .and_then(|at| at.checked_sub(1))
        .and_then(|at| solid.get(at))
        .map_or(from, |at| at + 1)
        .max(from);
    let words: String = new.get(from..to)?.iter().collect();
    let (first, last) = (start + same, end - tail);
    let place = if first < last {
        passage.letters.get(first)?.1.start..passage.letters.get(last - 1)?.1.end
    } else {
        let at = if first == 0 { passage.letters.first()?.1.start } else { passage.letters.get(first - 1)?.1.end };
        at..at
    };
    let text = match passage.kind {
        UnitKind::Title | UnitKind::Addressee | UnitKind::Note => {
            // In quotes already, or plain words between plain words.
            let quoted = scalar(&words);
            quoted.trim_matches('"').to_owned()
        }
        _ => {
            let escaped = escaped(&words);
            if first == 0 { escaped } else { escaped.trim_start_matches('\\').to_owned() }
        }
    };
    Some((place, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "---\n标题: 关于开会的通知\n文种: 通知\n主送: 各单位\n---\n<!-- 底稿 -->\n\n定于6月10日召开会议。请准时参加。\n\n# 一、地点\n\n在**市政务中心**三楼。\n\n1. 带上身份证。\n\n| 时间 | 议程 |\n|---|---|\n| 9:00 | 介绍 |\n\n{{> 落款}}\n";

    fn unit(kind: UnitKind, text: &str) -> Unit {
        Unit { kind, text: text.to_owned() }
    }

    fn document() -> Vec<Unit> {
        vec![
            unit(UnitKind::Title, "关于开会的通知"),
            unit(UnitKind::Addressee, "各单位"),
            unit(UnitKind::Paragraph, "定于6月10日召开会议。请准时参加。"),
            unit(UnitKind::Paragraph, "一、地点"),
            unit(UnitKind::Paragraph, "在市政务中心三楼。"),
            unit(UnitKind::Paragraph, "1.带上身份证。"),
            unit(UnitKind::Row, "时间\t议程"),
            unit(UnitKind::Row, "9:00\t介绍"),
            unit(UnitKind::Paragraph, "某局办公室值班电话0000"),
        ]
    }

    #[test]
    fn changes_are_found_and_taken_over() {
        let before = document();
        let mut after = before.clone();
        after[0].text = "关于召开会议的通知".to_owned();
        after[2].text = "定于6月12日召开会议。请准时参加。逾期不候。".to_owned();
        after[4].text = "在市政务中心五楼。".to_owned();
        after[7].text = "9:00\t通报".to_owned();
        after.remove(5);
        after.insert(4, unit(UnitKind::Paragraph, "会议室在东侧，请提前十分钟到。"));
        let all = alterations(&before, &after, &Manuscript::default());
        let accepted: Vec<&Alteration> = all.iter().collect();
        let (text, lost) = altered(SOURCE, &before, &accepted);
        assert!(lost.is_empty(), "{lost:?} {all:#?}");
        let wanted = "---\n标题: 关于召开会议的通知\n文种: 通知\n主送: 各单位\n---\n<!-- 底稿 -->\n\n定于6月12日召开会议。请准时参加。逾期不候。\n\n# 一、地点\n\n会议室在东侧，请提前十分钟到。\n\n在**市政务中心**五楼。\n\n| 时间 | 议程 |\n|---|---|\n| 9:00 | 通报 |\n\n{{> 落款}}\n";
        assert_eq!(text, wanted);
        // One alone.
        let one: Vec<&Alteration> = all.iter().filter(|one| one.new.contains("6月12日")).collect();
        assert_eq!(altered(SOURCE, &before, &one).0, SOURCE.replace("6月10日", "6月12日"));
    }

    #[test]
    fn what_a_template_makes_is_not_changed() {
        let before = document();
        let mut after = before.clone();
        after[8].text = "某局办公室值班电话0001".to_owned();
        let all = alterations(&before, &after, &Manuscript::default());
        assert_eq!(all.len(), 1);
        let (text, lost) = altered(SOURCE, &before, &all.iter().collect::<Vec<_>>());
        assert_eq!((text.as_str(), lost), (SOURCE, vec![0]));
    }
}
