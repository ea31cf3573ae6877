//! 机关 — names of offices in a title, known by their pattern: a place, words, and 局, 厅, 委员会 at the end.

use std::ops::Range;

use super::word::Word;

/// What names of offices end in.
const ENDS: &[&str] = &[
    "政府", "厅", "委", "会", "局", "部", "署", "院", "支队", "总队", "大队", "中心", "小组", "专班", "党组", "大学",
    "公司",
];
const LONG_ENDS: &[&str] = &["办公室", "联合社", "工商联", "指挥部", "管理处", "办事处"];
/// What only offices end in.
const SURE: &[&str] = &["人民政府", "办公厅", "委员会", "常委会", "人民法院", "人民检察院"];
/// What stands between the issuers and the matter.
const STOPS: &[&str] = &["关于", "印发", "转发", "批转", "对", "公告", "通告", "令", "的", "《"];
/// What ends the name of a place.
const PLACES: &str = "省市县区州盟旗";

/// The names of offices: those that the title begins with, and those that follow 转发, 批转 or 《.
pub(super) fn offices(title: &str, words: &[Word<'_>]) -> Vec<Range<usize>> {
    let mut found = issuers(title, words, true);
    for (index, word) in words.iter().enumerate() {
        if word.is(&["转发", "批转", "《"]) {
            found.extend(issuers(title, words.get(index + 1..).unwrap_or_default(), false));
        }
    }
    found
}

/// Where names of offices start that begin as the title does and follow one another without a mark: 青岩市…局青岩市…局.
pub(super) fn repeated(title: &str) -> impl Iterator<Item = usize> {
    let issuers = title.split("关于").next().unwrap_or_default();
    let own = place(issuers).unwrap_or("关于");
    issuers.match_indices(own).map(|(at, _)| at)
}

/// The names at the head of these words, up to what follows issuers; none if what stands there is no office. Only a title may go on
/// in another way: 示例市人民代表大会常务委员会讨论决定重大事项的规定.
fn issuers(title: &str, words: &[Word<'_>], head: bool) -> Vec<Range<usize>> {
    let stop = words.iter().position(|word| word.is(STOPS)).unwrap_or(words.len());
    let words = words.get(..stop).unwrap_or_default();
    let Some((first, last)) = words.first().zip(words.last()) else { return Vec::new() };
    let own = title.get(first.at..).and_then(place);
    let mut found = Vec::new();
    let (mut start, mut end) = (first.at, None);
    for (index, word) in words.iter().enumerate() {
        let between = word.is(&["、", "暨"]) || word.is_space();
        if between || end == Some(word.at) && starts_name(title.get(word.at..).unwrap_or_default(), word, own) {
            found.extend(end.map(|end| start..end));
            (start, end) = (if between { word.end() } else { word.at }, None);
        }
        if word.is(&["等"]) && end == Some(word.at) {
            // 等三部门 belongs to the name before it.
            let several = words.iter().skip(index).find(|word| word.is(&["部门", "单位"]));
            found.extend(several.map(Word::end).or(end).map(|end| start..end));
            return found;
        }
        if word.ends_in(ENDS) || word.ends_in(LONG_ENDS) {
            end = Some(word.end());
        }
    }
    let name = |end: usize| title.get(start..end).unwrap_or_default();
    let sure = |end: &usize| *end == last.end() || head && SURE.iter().any(|ending| name(*end).ends_with(ending));
    found.extend(end.filter(sure).map(|end| start..end));
    found
}

/// Whether the name of another office starts here, right behind one.
fn starts_name(text: &str, word: &Word<'_>, own: Option<&str>) -> bool {
    own.is_some_and(|own| text.starts_with(own))
        || text.starts_with("中共")
        || word.tag == "ns" && word.text.ends_with(|last| PLACES.contains(last))
        || place(text).is_some_and(|place| place.chars().count() <= 4)
}

/// The name of a place at the head of a text: three to eight characters that end in 省, 市, 县.
fn place(text: &str) -> Option<&str> {
    let (at, last) = text.char_indices().take(8).skip(2).find(|(_, character)| PLACES.contains(*character))?;
    text.get(..at + last.len_utf8())
}
