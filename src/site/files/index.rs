//! 检索 — an index of all words of the site that a page can search without a server, also when it is opened from a folder.
//!
//! Every run of two characters (and every single one) of the normalised text has a list of the items that hold it, so any
//! piece of a word is found: 铝合, 铝加工, half a company's name. The lists lie in small script files (a page opened from a
//! folder may load scripts, but not data), each loaded only when a query needs it. All items that hold a query are among those
//! that its pairs name; the script of the page then reads their texts and drops those where the pairs do not stand together.

use std::collections::{BTreeMap, HashMap};

use serde_json::json;

use crate::calendar::Day;
use crate::document::{Fact, lines, plain};
use crate::site::documents::keywords;
use crate::site::frame::Rendering;
use crate::site::link;
use crate::site::output::Page;
use crate::site::records::{column_name, name_of, page_of, place_of};

/// How large a file of lists or of texts shall be, in bytes: a query loads a few of each, ten texts at most in as many files.
const SHARD: usize = 16 * 1024;
const CHUNK: usize = 16 * 1024;

/// Something that can be found.
struct Item {
    title: String,
    /// Below the output folder, encoded, with its `#`.
    path: String,
    /// `公示`, `指导目录`.
    column: String,
    /// The day on which it was published; empty where no notice did.
    date: String,
    words: String,
}

/// Writes all files of the index.
pub(in crate::site) fn write(rendering: &Rendering, put: &dyn Fn(Page)) {
    let items = items(rendering);
    let chunks = chunks(&items, put);
    let lists = lists(&items);
    let size: usize = lists.iter().map(|(key, list)| key.len() + list.len() + 6).sum();
    let shards = size.div_ceil(SHARD).max(1);
    let mut files: Vec<BTreeMap<String, &str>> = vec![BTreeMap::new(); shards];
    for (key, list) in &lists {
        if let Some(file) = files.get_mut(shard(key, shards)) {
            file.insert(key.to_string(), list);
        }
    }
    for (number, file) in files.iter().enumerate() {
        put(script(&format!("s{number}"), &json!(file)));
    }
    let meta = json!({ "items": items.len(), "shards": shards, "chunks": chunks });
    put(script("meta", &meta));
}

/// What can be found, in the order in which it is shown: documents (newest first), explanations, lists, their entries.
fn items(rendering: &Rendering) -> Vec<Item> {
    let mut items = Vec::new();
    for entry in &rendering.documents {
        let document = entry.document;
        let mut words = if document.shows_text() { document.words() } else { vec![document.title.clone()] };
        words.extend(entry.number.clone());
        words.push(document.record.index_number.clone());
        words.push(keywords(document).join(" "));
        items.push(Item {
            title: document.title.clone(),
            path: entry.path.clone(),
            column: entry.column.to_owned(),
            date: entry.date.clone().unwrap_or_default(),
            words: words.join("\n"),
        });
    }
    for article in rendering.site.articles {
        items.push(Item {
            title: article.title.clone(),
            path: link::encode_path(&link::page(&article.path)),
            column: article.column.clone(),
            date: article.published.map(Day::iso).unwrap_or_default(),
            words: told(&article.facts).chain(lines(&article.body)).collect::<Vec<_>>().join("\n"),
        });
    }
    for dataset in rendering.site.datasets {
        let published = dataset.published.map(Day::iso).unwrap_or_default();
        let column = column_name(dataset.kind).to_owned();
        items.push(Item {
            title: dataset.title.clone(),
            path: link::encode_path(&page_of(dataset)),
            column: column.clone(),
            date: published.clone(),
            words: told(&dataset.facts).chain(lines(&dataset.intro)).collect::<Vec<_>>().join("\n"),
        });
        for record in &dataset.records {
            let cells: Vec<String> = record.cells.iter().map(|cell| plain(cell)).collect();
            items.push(Item {
                title: format!("{}（{}）", name_of(dataset, record), dataset.title),
                path: place_of(dataset, record),
                column: column.clone(),
                date: published.clone(),
                words: cells.join("\n"),
            });
        }
    }
    items
}

fn told(facts: &[Fact]) -> impl Iterator<Item = String> + '_ {
    facts.iter().map(|fact| format!("{}：{}", fact.label, fact.text))
}

/// Writes the texts of the items, as many to a file as fit; gives how many each file holds.
fn chunks(items: &[Item], put: &dyn Fn(Page)) -> Vec<usize> {
    let mut starts = vec![0];
    let mut size = 0;
    for (number, item) in items.iter().enumerate() {
        let more = item.title.len() + item.words.len() + item.path.len() + 40;
        if size > 0 && size + more > CHUNK {
            starts.push(number);
            size = 0;
        }
        size += more;
    }
    let mut counts = Vec::with_capacity(starts.len());
    for (number, start) in starts.iter().enumerate() {
        let end = starts.get(number + 1).copied().unwrap_or(items.len());
        let texts: Vec<_> = items
            .get(*start..end)
            .unwrap_or(&[])
            .iter()
            .map(|item| json!([item.title, item.path, item.column, item.date, item.words]))
            .collect();
        put(script(&format!("t{number}"), &json!(texts)));
        counts.push(texts.len());
    }
    counts
}

/// One or two characters of a normalised text; those of a title count apart and are found first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key {
    title: bool,
    first: char,
    second: Option<char>,
}

impl Key {
    fn len(self) -> usize {
        self.first.len_utf8() + self.second.map_or(0, char::len_utf8) + usize::from(self.title)
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mark = if self.title { "^" } else { "" };
        write!(f, "{mark}{}", self.first)?;
        self.second.map_or(Ok(()), |second| write!(f, "{second}"))
    }
}

/// The items of each key, written as gaps, in the order of the keys.
fn lists(items: &[Item]) -> Vec<(Key, String)> {
    let mut found: HashMap<Key, Vec<u32>> = HashMap::new();
    let mut of_item: Vec<Key> = Vec::new();
    for (number, item) in (0_u32..).zip(items) {
        of_item.clear();
        keys(&item.title, true, &mut of_item);
        keys(&item.title, false, &mut of_item);
        for line in item.words.split('\n') {
            keys(line, false, &mut of_item);
        }
        for key in &of_item {
            let list = found.entry(*key).or_default();
            if list.last() != Some(&number) {
                list.push(number);
            }
        }
    }
    let mut lists: Vec<(Key, Vec<u32>)> = found.into_iter().collect();
    lists.sort_unstable_by_key(|(key, _)| *key);
    lists.into_iter().map(|(key, list)| (key, gaps(list.into_iter()))).collect()
}

fn keys(line: &str, title: bool, out: &mut Vec<Key>) {
    let mut before = None;
    for c in normal(line) {
        if let Some(first) = before {
            out.push(Key { title, first, second: Some(c) });
        }
        out.push(Key { title, first: c, second: None });
        before = Some(c);
    }
}

/// The characters by which a text is found: letters and digits, small, half-width. `search.js` holds the same rules as this and the
/// functions below; `tests/cases/search.json` holds both to them.
fn normal(line: &str) -> impl Iterator<Item = char> + '_ {
    line.chars()
        .map(|c| match u32::from(c) {
            wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .filter(|c| c.is_alphanumeric())
        .map(|c| c.to_ascii_lowercase())
}

/// Numbers in rising order as the gaps between them less one, in base 36: `0` to `z` for a gap of up to 35, `.` and the digits
/// and `.` for a larger one, `*` and the digits and `.` for a run of zeros.
fn gaps(numbers: impl Iterator<Item = u32>) -> String {
    let mut out = String::new();
    let (mut next, mut run) = (0, 0);
    for number in numbers {
        let gap = number - next;
        next = number + 1;
        if gap == 0 {
            run += 1;
            continue;
        }
        zeros(&mut out, run);
        run = 0;
        if gap < 36 {
            out.push(digit(gap));
        } else {
            out.push('.');
            base36(&mut out, gap);
            out.push('.');
        }
    }
    zeros(&mut out, run);
    out
}

fn zeros(out: &mut String, run: u32) {
    if run < 4 {
        (0..run).for_each(|_| out.push('0'));
    } else {
        out.push('*');
        base36(out, run);
        out.push('.');
    }
}

fn base36(out: &mut String, number: u32) {
    if number >= 36 {
        base36(out, number / 36);
    }
    out.push(digit(number % 36));
}

fn digit(number: u32) -> char {
    char::from_digit(number, 36).unwrap_or('0')
}

/// The file in which a key stands; `search.js` computes the same.
fn shard(key: &Key, shards: usize) -> usize {
    let first = u32::from(key.first).wrapping_mul(0x9E37_79B1);
    let second = key.second.map_or(0, u32::from).wrapping_mul(0x85EB_CA77);
    ((first ^ second) >> 4) as usize % shards
}

/// A script that hands its data to the page's own.
fn script(name: &str, data: &serde_json::Value) -> Page {
    Page::text(format!("assets/search/{name}.js"), format!("hongtou({name:?},{data})\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the script of the page must do alike; the browser test reads the same table.
    #[derive(serde::Deserialize)]
    struct Cases {
        normal: Vec<(String, String)>,
        gaps: Vec<(Vec<u32>, String)>,
        shard: Vec<(char, String, usize, usize)>,
    }

    #[test]
    fn the_index_is_written_as_the_script_reads_it() {
        let cases: Cases =
            serde_json::from_str(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/search.json")))
                .unwrap();
        for (text, wanted) in cases.normal {
            assert_eq!(normal(&text).collect::<String>(), wanted, "{text:?}");
        }
        for (numbers, wanted) in cases.gaps {
            assert_eq!(gaps(numbers.iter().copied()), wanted, "{numbers:?}");
        }
        for (first, second, shards, wanted) in cases.shard {
            let key = Key { title: false, first, second: second.chars().next() };
            assert_eq!(shard(&key, shards), wanted, "{key}");
        }
    }
}
