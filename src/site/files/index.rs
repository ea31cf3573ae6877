//! 检索 — an index of all words of the site that a page can search without a server, also when it is opened from a folder.
//!
//! Every run of two characters (and every single one) of the normalised text has a list of the items that hold it, so any
//! piece of a word is found: 铝合, 铝加工, half a company's name. Words of a query need not stand together: `search.js` takes the
//! pairs that an item lacks for the places where one word of the query ends and the next begins (新材料奖励 in an item that holds
//! 新材, 材料 and 奖励). What an item is called by (a 文号, a code, a title, a day) has a list of its own, and so have the
//! characters that follow and precede each, by which a wrong one is put right. The lists lie in small script files (a page opened
//! from a folder may load scripts, but not data), each loaded only when a query needs it.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::calendar::Day;
use crate::document::{Article, Dataset, DatasetKind, Fact, Validity, lines, plain};
use crate::parallel::{both, in_stretches, parallel, threads};
use crate::site::documents::{Listed, keywords};
use crate::site::frame::Rendering;
use crate::site::link;
use crate::site::output::{Page, Put};
use crate::site::records::{column_name, name_of, page_of, place_of};

/// How large a file of lists or of texts shall be, in bytes: a query loads a few of each, ten texts at most in as many files.
const SHARD: usize = 10 * 1024;
const CHUNK: usize = 16 * 1024;
/// How many of the characters that follow or precede one are told.
const NEIGHBOURS: usize = 24;

/// Something that can be found.
#[derive(Serialize, Deserialize)]
pub(in crate::site) struct Item {
    title: String,
    /// Below the output folder, encoded, with its `#`.
    path: String,
    facets: Facets,
    /// The day on which it was published; empty where no notice did.
    date: String,
    words: String,
    /// What it is called by: who asks for just that, finds it first.
    names: Vec<String>,
}

/// What a reader may choose by, in the order in which the page shows it; empty where it does not apply.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Facets {
    /// `公示`, `指导目录`.
    column: String,
    /// `通知`, `名单`, `条目`.
    kind: String,
    year: String,
    /// `有效`, `失效`.
    validity: String,
    district: String,
}

impl Facets {
    fn all(&self) -> [&String; 5] {
        [&self.column, &self.kind, &self.year, &self.validity, &self.district]
    }
}

/// Writes all files of the index.
pub(in crate::site) fn write(rendering: &Rendering, articles: Vec<Item>) {
    let items = items(rendering, articles);
    let each = parallel(&items, threads(), |item| rendering.output.of(item));
    let each = each.into_iter().collect::<Option<Vec<_>>>();
    let of = each.and_then(|each| rendering.output.of(&("检索", each)));
    let make = |put: Put<'_>| {
        put_files(&items, put);
        Ok::<_, Infallible>(())
    };
    let Ok(()) = rendering.output.made_of(of, make);
}

fn put_files(items: &[Item], put: Put<'_>) {
    let chunks = chunks(items, put);
    let (mut lists, (names, (choices, profiles, of))) = both(|| lists(items), || (names(items), profiles(items)));
    lists.extend(names);
    let size: usize = lists.iter().map(|(key, list)| key.len() + list.len() + 6).sum();
    let shards = size.div_ceil(SHARD).max(1);
    let mut files: Vec<BTreeMap<String, &str>> = vec![BTreeMap::new(); shards];
    for (key, list) in &lists {
        if let Some(file) = files.get_mut(shard(key, shards)) {
            file.insert(key.to_string(), list);
        }
    }
    let files: Vec<_> = files.into_iter().enumerate().collect();
    parallel(&files, threads(), |(number, file)| put(script(&format!("s{number}"), file)));
    let meta = json!({
        "items": items.len(), "shards": shards, "chunks": chunks, "choices": choices, "profiles": profiles, "of": of,
    });
    put(script("meta", &meta));
}

/// The values of each facet, the combinations of them that there are, and for each item four digits (base 36): three of its
/// combination, one of the length of its title.
fn profiles(items: &[Item]) -> (Vec<Vec<&str>>, Vec<Vec<usize>>, String) {
    let mut choices: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); 5];
    let mut combinations: BTreeSet<&Facets> = BTreeSet::new();
    for item in items {
        combinations.insert(&item.facets);
        for (values, value) in choices.iter_mut().zip(item.facets.all()) {
            values.insert(value);
        }
    }
    let choices: Vec<Vec<&str>> = choices.into_iter().map(|values| values.into_iter().collect()).collect();
    let place = |values: &[&str], value: &str| values.binary_search(&value).unwrap_or_default();
    let profiles: Vec<Vec<usize>> = combinations
        .iter()
        .map(|facets| choices.iter().zip(facets.all()).map(|(values, value)| place(values, value)).collect())
        .collect();
    let known: Vec<&Facets> = combinations.into_iter().collect();
    let mut of = String::with_capacity(items.len() * 4);
    for item in items {
        let at = u32::try_from(known.binary_search(&&item.facets).unwrap_or_default()).unwrap_or_default();
        let length = u32::try_from(item.title.chars().count() / 2).unwrap_or(u32::MAX).min(35);
        of.extend([digit(at / 1296 % 36), digit(at / 36 % 36), digit(at % 36), digit(length)]);
    }
    (choices, profiles, of)
}

/// What can be found, in the order in which it is shown where nothing else decides: lists and what lies over the years, documents
/// (newest first), explanations, entries of lists.
fn items(rendering: &Rendering, articles: Vec<Item>) -> Vec<Item> {
    let mut items = Vec::new();
    let mut lists: Vec<&Dataset> = rendering.site.datasets.iter().collect();
    // What lies over the years stands for its years; the latest year before earlier ones.
    lists.sort_by(|a, b| {
        (b.kind == DatasetKind::Years, b.published, &a.path).cmp(&(a.kind == DatasetKind::Years, a.published, &b.path))
    });
    items.extend(lists.iter().map(|dataset| of_list(rendering, dataset)));
    items.extend(rendering.documents.iter().map(of_document));
    items.extend(articles);
    for dataset in lists.iter().filter(|dataset| dataset.kind != DatasetKind::Years) {
        items.extend(of_entries(rendering, dataset));
    }
    items
}

/// What is found of a page of text.
pub(in crate::site) fn of_article(article: &Article) -> Item {
    Item {
        title: article.title.clone(),
        path: link::encode_path(&link::page(&article.path)),
        facets: Facets {
            column: article.column.clone(),
            kind: "说明".to_owned(),
            year: article.published.map(|day| day.year().to_string()).unwrap_or_default(),
            validity: String::new(),
            district: article
                .facts
                .iter()
                .find(|fact| fact.label.starts_with("区县"))
                .map(|fact| fact.text.clone())
                .unwrap_or_default(),
        },
        date: article.published.map(Day::iso).unwrap_or_default(),
        words: told(&article.facts).chain(lines(&article.body)).collect::<Vec<_>>().join("\n"),
        names: vec![article.title.clone()],
    }
}

fn of_document(entry: &Listed) -> Item {
    let document = entry.document;
    let record = &document.record;
    let mut words = if document.shows_text() { document.words() } else { vec![document.title.clone()] };
    words.extend(entry.number.clone());
    words.push(record.index_number.clone());
    words.push(keywords(document).join(" "));
    let days = [record.published, record.dated].into_iter().flatten().map(Day::iso);
    let names = [document.title.clone(), record.index_number.clone()].into_iter().chain(entry.number.clone());
    Item {
        title: document.title.clone(),
        path: entry.path.clone(),
        facets: Facets {
            column: entry.column.to_owned(),
            kind: document.genre.name().to_owned(),
            year: entry.day.map(|day| day.year().to_string()).unwrap_or_default(),
            validity: entry.over.unwrap_or(Validity::Valid.name()).to_owned(),
            district: String::new(),
        },
        date: entry.date.clone().unwrap_or_default(),
        words: words.join("\n"),
        names: names.chain(days).collect(),
    }
}

fn of_list(rendering: &Rendering, dataset: &Dataset) -> Item {
    let rows = dataset.records.iter().filter(|_| dataset.kind == DatasetKind::Years);
    let rows = rows.map(|record| record.cells.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(" "));
    let words = told(&dataset.facts).chain(lines(&dataset.intro)).chain(rows).collect::<Vec<_>>();
    Item {
        title: dataset.title.clone(),
        path: link::encode_path(&page_of(dataset)),
        facets: Facets {
            kind: kind_name(dataset.kind).to_owned(),
            district: String::new(),
            ..of_dataset(rendering, dataset)
        },
        date: dataset.published.map(Day::iso).unwrap_or_default(),
        words: words.join("\n"),
        names: dataset.called.iter().cloned().chain([dataset.title.clone()]).collect(),
    }
}

fn of_dataset(rendering: &Rendering, dataset: &Dataset) -> Facets {
    Facets {
        column: column_name(dataset.kind).to_owned(),
        kind: "条目".to_owned(),
        year: dataset.published.map(|day| day.year().to_string()).unwrap_or_default(),
        validity: if rendering.is_over(dataset) { Validity::Expired.name().to_owned() } else { String::new() },
        district: String::new(),
    }
}

fn of_entries<'a>(rendering: &'a Rendering, dataset: &'a Dataset) -> impl Iterator<Item = Item> + 'a {
    let district = dataset.fields.iter().position(|field| field.name.starts_with("区县"));
    let facets = of_dataset(rendering, dataset);
    dataset.records.iter().map(move |record| {
        let cells: Vec<String> = record.cells.iter().map(|cell| plain(cell)).collect();
        let district = district.and_then(|at| cells.get(at)).cloned().unwrap_or_default();
        // An entry of a catalogue is called by its number and its name; a row of awards has no name of its own.
        let names = if dataset.kind == DatasetKind::Catalogue {
            vec![record.id.clone(), name_of(dataset, record)]
        } else {
            Vec::new()
        };
        Item {
            title: format!("{}（{}）", name_of(dataset, record), dataset.title),
            path: place_of(dataset, record),
            facets: Facets { district, ..facets.clone() },
            date: dataset.published.map(Day::iso).unwrap_or_default(),
            words: cells.join("\n"),
            names,
        }
    })
}

fn kind_name(kind: DatasetKind) -> &'static str {
    match kind {
        DatasetKind::Catalogue => "目录",
        DatasetKind::Awards | DatasetKind::Listing => "名单",
        DatasetKind::Years => "历年",
    }
}

fn told(facts: &[Fact]) -> impl Iterator<Item = String> + '_ {
    facts.iter().map(|fact| format!("{}：{}", fact.label, fact.text))
}

/// Writes the texts of the items, as many to a file as fit; gives how many each file holds.
fn chunks(items: &[Item], put: Put<'_>) -> Vec<usize> {
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
    let ends = starts.iter().skip(1).copied().chain([items.len()]);
    let files: Vec<(usize, &[Item])> =
        starts.iter().zip(ends).map(|(start, end)| items.get(*start..end).unwrap_or(&[])).enumerate().collect();
    parallel(&files, threads(), |(number, items)| {
        let texts = items.iter().map(|item| (&item.title, &item.path, &item.facets.column, &item.date, &item.words));
        put(script(&format!("t{number}"), &texts.collect::<Vec<_>>()));
        items.len()
    })
}

/// One or two characters of a normalised text; those of a title count apart and are found first. They are one number, which orders
/// them: a text of ten thousand enterprises has tens of millions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Piece(u64);

impl Piece {
    /// How many bits a character has.
    const CHARACTER: u32 = 21;

    fn new(title: bool, first: char, second: Option<char>) -> Self {
        // A normalised text holds no NUL.
        let second = second.map_or(0, |second| u64::from(u32::from(second)));
        Self((u64::from(title) << Self::CHARACTER | u64::from(u32::from(first))) << Self::CHARACTER | second)
    }

    fn is_of_title(self) -> bool {
        self.0 >> (2 * Self::CHARACTER) != 0
    }

    fn first(self) -> char {
        Self::character(self.0 >> Self::CHARACTER).unwrap_or_default()
    }

    fn second(self) -> Option<char> {
        Self::character(self.0).filter(|second| *second != '\0')
    }

    /// The last character of such a number.
    fn character(bits: u64) -> Option<char> {
        char::from_u32(u32::try_from(bits & ((1 << Self::CHARACTER) - 1)).ok()?)
    }
}

/// What a list is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// A piece of a text.
    Piece(Piece),
    /// All characters of a name.
    Name(String),
    /// The characters that stand behind this one, the most frequent first; or, `before`, in front of it.
    Beside { before: bool, of: char },
}

impl Key {
    fn len(&self) -> usize {
        self.to_string().len()
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Piece(piece) => {
                let mark = if piece.is_of_title() { "^" } else { "" };
                write!(f, "{mark}{}", piece.first())?;
                piece.second().map_or(Ok(()), |second| write!(f, "{second}"))
            }
            Self::Name(name) => write!(f, "={name}"),
            Self::Beside { before, of } => write!(f, "{}{of}", if *before { '-' } else { '+' }),
        }
    }
}

/// The items that are called by each name.
fn names(items: &[Item]) -> Vec<(Key, String)> {
    let mut found: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (number, item) in (0_u32..).zip(items) {
        for name in &item.names {
            let list = found.entry(normal(name).collect()).or_default();
            if list.last() != Some(&number) {
                list.push(number);
            }
        }
    }
    found.remove("");
    found.into_iter().map(|(name, list)| (Key::Name(name), gaps(list.into_iter()))).collect()
}

/// The neighbours of each character, from the lists of pairs: one that stands beside it in more items comes first.
fn neighbours(lists: &[(Piece, Vec<u32>)]) -> Vec<(Key, String)> {
    let mut found: BTreeMap<Key, Vec<(usize, char)>> = BTreeMap::new();
    for (key, list) in lists {
        // A wrong digit or letter is not guessed.
        if let (false, first, Some(second)) = (key.is_of_title(), key.first(), key.second())
            && !first.is_ascii()
            && !second.is_ascii()
        {
            found.entry(Key::Beside { before: false, of: first }).or_default().push((list.len(), second));
            found.entry(Key::Beside { before: true, of: second }).or_default().push((list.len(), first));
        }
    }
    let written = |mut beside: Vec<(usize, char)>| {
        beside.sort_unstable_by(|a, b| b.cmp(a));
        beside.into_iter().take(NEIGHBOURS).map(|(_, c)| c).collect()
    };
    found.into_iter().map(|(key, beside)| (key, written(beside))).collect()
}

/// The items of each key, written as gaps, in the order of the keys.
fn lists(items: &[Item]) -> Vec<(Key, String)> {
    // A stretch of the items for each thread; what the stretches hold follows one another.
    let length = items.len().div_ceil(threads()).max(1);
    let stretches: Vec<(u32, &[Item])> = (0_u32..).step_by(length).zip(items.chunks(length)).collect();
    let mut found: FxHashMap<Piece, Vec<u32>> = FxHashMap::default();
    for of_stretch in parallel(&stretches, threads(), |(first, items)| pieces(*first, items)) {
        for (piece, mut list) in of_stretch {
            found.entry(piece).or_default().append(&mut list);
        }
    }
    let mut lists: Vec<(Piece, Vec<u32>)> = found.into_iter().collect();
    lists.sort_unstable_by_key(|(piece, _)| *piece);
    let neighbours = neighbours(&lists);
    let pieces = |some: &[(Piece, Vec<u32>)]| -> Vec<(Key, String)> {
        some.iter().map(|(piece, list)| (Key::Piece(*piece), gaps(list.iter().copied()))).collect()
    };
    in_stretches(&lists, pieces).into_iter().flatten().chain(neighbours).collect()
}

/// The items of each piece among some that are numbered from `first`.
fn pieces(first: u32, items: &[Item]) -> Vec<(Piece, Vec<u32>)> {
    // The last of a list stands beside it: most pieces come many times in an item, and the list need not be looked up.
    let mut found: FxHashMap<Piece, (u32, Vec<u32>)> = FxHashMap::default();
    for (number, item) in (first..).zip(items) {
        let mut add = |piece| {
            let (last, list) = found.entry(piece).or_insert_with(|| (number, vec![number]));
            if *last != number {
                *last = number;
                list.push(number);
            }
        };
        keys(&item.title, true).for_each(&mut add);
        keys(&item.title, false).for_each(&mut add);
        item.words.split('\n').for_each(|line| keys(line, false).for_each(&mut add));
    }
    found.into_iter().map(|(piece, (_, list))| (piece, list)).collect()
}

/// The characters and the pairs of characters of a line.
fn keys(line: &str, title: bool) -> impl Iterator<Item = Piece> + '_ {
    let mut before = None;
    normal(line).flat_map(move |c| {
        let pair = before.replace(c).map(|first| Piece::new(title, first, Some(c)));
        pair.into_iter().chain([Piece::new(title, c, None)])
    })
}

/// The characters by which a text is found: letters and digits, small, half-width. `search.js` holds the same rules as this and the
/// functions below; `tests/cases/search.json` holds both to them.
fn normal(line: &str) -> impl Iterator<Item = char> + '_ {
    line.chars()
        .map(|c| match u32::from(c) {
            wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        // Most are ideographs: those need not be looked up.
        .filter(|c| matches!(c, '一'..='\u{9FFF}') || c.is_alphanumeric())
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
    let sum = match key {
        Key::Piece(piece) => pair(piece.first(), piece.second()),
        Key::Beside { of, .. } => pair(*of, None),
        // Names begin alike; all their characters decide.
        Key::Name(name) => name.chars().fold(0, |sum: u32, c| (sum ^ u32::from(c)).wrapping_mul(0x9E37_79B1)),
    };
    (sum >> 4) as usize % shards
}

fn pair(first: char, second: Option<char>) -> u32 {
    u32::from(first).wrapping_mul(0x9E37_79B1) ^ second.map_or(0, u32::from).wrapping_mul(0x85EB_CA77)
}

/// A script that hands its data to the page's own.
fn script(name: &str, data: &impl Serialize) -> Page {
    // Strings, numbers and lists of them always have a JSON form.
    let data = serde_json::to_string(data).unwrap_or_default();
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
        home: Vec<(String, usize, usize)>,
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
            let key = Key::Piece(Piece::new(false, first, second.chars().next()));
            assert_eq!(shard(&key, shards), wanted, "{key}");
        }
        for (name, shards, wanted) in cases.home {
            assert_eq!(shard(&Key::Name(name.clone()), shards), wanted, "{name}");
        }
    }
}
