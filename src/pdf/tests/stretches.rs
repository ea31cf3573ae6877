//! Lists of thousands of rows are set in stretches: no page shows where, and the file is one as if there were none.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use lopdf::{Dictionary, Object, ObjectId};
use proptest::prelude::*;

use crate::document::{Attachment, Block, Document, Merge, Table};

use super::samples::*;
use crate::pdf::{Press, Print, Settings};

/// Shorter ones than documents have, so that many are joined in little time.
const STRETCH: usize = 60;

fn print(document: &Document, rows: usize) -> Print {
    static PRESSES: LazyLock<[Press; 2]> = LazyLock::new(|| {
        [STRETCH, usize::MAX].map(|rows| press_with(Settings::default(), BTreeMap::new()).with_stretches(rows))
    });
    let press = &PRESSES[usize::from(rows != STRETCH)];
    let (print, report) = press.print(document, day());
    assert!(report.is_empty(), "{:?}", report.findings().first());
    let print = print.unwrap();
    let wrong = press.measure(document, &print).into_iter().find(|one| !one.holds);
    assert!(wrong.is_none(), "{wrong:?}");
    print
}

/// A list some of whose rows take several lines, with its sum.
fn list(count: usize, seed: usize) -> Table {
    let row = |at: usize| {
        let lines = 1 + (at * 7 + seed) % 11 / 4;
        vec![(at + 1).to_string(), "示例铝业有限公司".repeat(lines), format!("{}.00", at * 37 % 9_999)]
    };
    let sum = ["合计", "", "123456.00"].map(str::to_owned);
    let mut list = table(&["序号", "企业名称", "金额"], &(0..count).map(row).collect::<Vec<_>>(), Some(&sum));
    list.rows[count].cells[1].merge = Merge::Left;
    list
}

fn attached(title: &str, label: &str, body: Vec<Block>) -> Attachment {
    Attachment { label: label.into(), title: title.into(), title_lines: vec![title.into()], body }
}

/// An entry of the outline: its depth and its title.
type Entry = (usize, Vec<u8>);

/// What a reader of the file finds: the outline, and the kinds of the tags.
fn contents(pdf: &[u8]) -> (Vec<Entry>, Vec<Vec<u8>>) {
    let file = lopdf::Document::load_mem(pdf).unwrap();
    let catalog = file.catalog().unwrap();
    let of = |key: &[u8]| file.get_dictionary(catalog.get(key).unwrap().as_reference().unwrap()).unwrap();
    let mut outline = Vec::new();
    entries(&file, of(b"Outlines"), 0, &mut outline);
    let mut kinds = Vec::new();
    let mut parents = BTreeMap::new();
    tags(&file, of(b"StructTreeRoot"), &mut kinds, &mut parents);
    // Each mark on a page belongs to the element that names it.
    let of_marks = of(b"StructTreeRoot").get(b"ParentTree").unwrap().as_dict().unwrap().get(b"Nums").unwrap();
    let of_marks: Vec<&Object> = of_marks.as_array().unwrap().iter().skip(1).step_by(2).collect();
    let pages = file.get_pages();
    // A page that is left blank has no marks.
    let numbered = pages.values().filter_map(|id| {
        let number = file.get_dictionary(*id).unwrap().get(b"StructParents").ok()?.as_i64().unwrap();
        Some((*id, usize::try_from(number).unwrap()))
    });
    let numbered: Vec<(ObjectId, usize)> = numbered.collect();
    assert!(numbered.iter().map(|(_, number)| *number).eq(0..of_marks.len()));
    for (page, number) in numbered {
        let marks = file.dereference(of_marks[number]).unwrap().1.as_array().unwrap();
        for (mark, parent) in marks.iter().enumerate() {
            let named = parents.get(&(page, i64::try_from(mark).unwrap()));
            assert_eq!(named, Some(&parent.as_reference().unwrap()), "{page:?}, mark {mark}");
        }
    }
    // Each cell finds the heads of its columns.
    let heads = of(b"StructTreeRoot").get(b"IDTree").unwrap().as_dict().unwrap().get(b"Names").unwrap();
    let heads = heads.as_array().unwrap().iter().step_by(2).map(|name| name.as_str().unwrap());
    let heads: Vec<&[u8]> = heads.collect();
    assert!(heads.is_sorted());
    assert_eq!(heads.len(), kinds.iter().filter(|kind| *kind == b"TH").count());
    for object in file.objects.values().filter_map(|object| object.as_dict().ok()) {
        let called = object.get(b"A").and_then(Object::as_dict).and_then(|of| of.get(b"Headers")?.as_array());
        assert!(called.into_iter().flatten().all(|name| heads.contains(&name.as_str().unwrap())));
    }
    // Nothing is left that nothing leads to, and the file says how many pages it has.
    let mut whole = file.clone();
    assert_eq!(whole.prune_objects(), Vec::new());
    let told = file.get_object(catalog.get(b"Metadata").unwrap().as_reference().unwrap()).unwrap();
    let told = String::from_utf8(told.as_stream().unwrap().content.clone()).unwrap();
    assert!(told.contains(&format!("NPages>{}<", pages.len())), "{told}");
    let id = file.trailer.get(b"ID").unwrap().as_array().unwrap()[1].as_str().unwrap();
    assert!(told.contains(std::str::from_utf8(id).unwrap()));
    (outline, kinds)
}

fn entries(file: &lopdf::Document, above: &Dictionary, depth: usize, found: &mut Vec<Entry>) {
    let count = above.get(b"Count").and_then(Object::as_i64).unwrap_or(0).unsigned_abs();
    let (mut next, mut before, mut seen) = (above.get(b"First").and_then(Object::as_reference).ok(), None, 0);
    while let Some(id) = next {
        let entry = file.get_dictionary(id).unwrap();
        found.push((depth, entry.get(b"Title").unwrap().as_str().unwrap().to_vec()));
        assert_eq!(entry.get(b"Prev").and_then(Object::as_reference).ok(), before);
        assert!(std::ptr::eq(
            file.get_dictionary(entry.get(b"Parent").unwrap().as_reference().unwrap()).unwrap(),
            above
        ));
        entries(file, entry, depth + 1, found);
        (next, before, seen) = (entry.get(b"Next").and_then(Object::as_reference).ok(), Some(id), seen + 1);
    }
    assert_eq!(above.get(b"Last").and_then(Object::as_reference).ok(), before);
    assert_eq!(count, seen);
}

/// The kinds of the elements; what each mark of a page belongs to.
fn tags(
    file: &lopdf::Document,
    of: &Dictionary,
    kinds: &mut Vec<Vec<u8>>,
    parents: &mut BTreeMap<(ObjectId, i64), ObjectId>,
) {
    let below = of.get(b"K").and_then(Object::as_array).cloned().unwrap_or_default();
    for id in below.iter().filter_map(|one| one.as_reference().ok()) {
        let element = file.get_dictionary(id).unwrap();
        kinds.push(element.get(b"S").unwrap().as_name().unwrap().to_vec());
        for mark in element.get(b"K").and_then(Object::as_array).into_iter().flatten() {
            let (page, mark) = match mark {
                Object::Integer(mark) => (element.get(b"Pg").unwrap(), *mark),
                Object::Dictionary(of) if of.has(b"MCID") => (
                    of.get(b"Pg").unwrap_or_else(|_| element.get(b"Pg").unwrap()),
                    of.get(b"MCID").unwrap().as_i64().unwrap(),
                ),
                _ => continue,
            };
            parents.insert((page.as_reference().unwrap(), mark), id);
        }
        tags(file, element, kinds, parents);
    }
}

/// Prints a document in stretches and whole, and compares all that is seen.
fn assert_no_seam(document: &Document) -> (Print, Print) {
    let (joined, whole) = (print(document, STRETCH), print(document, usize::MAX));
    let other = joined.layout.ink.iter().zip(&whole.layout.ink).find(|(one, other)| one != other);
    assert_eq!(other, None);
    assert!(joined.layout == whole.layout);
    assert_ne!(joined.pdf, whole.pdf, "not set in stretches");
    let ((outline, kinds), (outline_of_whole, kinds_of_whole)) = (contents(&joined.pdf), contents(&whole.pdf));
    assert_eq!(outline, outline_of_whole);
    // Each stretch is a table of its own, with its head.
    let without = |kinds: Vec<Vec<u8>>| -> Vec<Vec<u8>> {
        // A caption is inside of its table where that is all on one page, beside it where not.
        let tables = [&b"Table"[..], b"TBody", b"THead", b"TH", b"Div"];
        let mut head = false;
        kinds
            .into_iter()
            .filter(|kind| {
                head = kind == b"THead" || head && kind != b"TBody";
                !head && !tables.contains(&kind.as_slice())
            })
            .collect()
    };
    assert!(without(kinds) == without(kinds_of_whole));
    (joined, whole)
}

/// As shipped, a list of eight hundred rows is set in two; with layouts of an office's own that do not know that a page may be a part
/// of its document, whole.
#[test]
fn layouts_that_know_of_no_stretches_get_the_whole_list() {
    let mut document = notice();
    document.attachments = vec![
        attached("名单", "附件1", vec![Block::Table(list(800, 1))]),
        attached("说明", "附件2", vec![paragraph("完。")]),
    ];
    let own = |name: &str, changes: &[(&str, &str)]| {
        let mut own = layouts();
        let (text, _) = own.get_mut(name).unwrap();
        for (from, to) in changes {
            assert!(text.contains(from), "{from}");
            *text = text.replace(from, to);
        }
        Press::new(own, fonts(), BTreeMap::new(), Settings::default(), faces()).0.unwrap()
    };
    let main = own(
        "main.typ",
        &[
            ("it.stretch.before", "0"),
            ("it.stretch.last", "true"),
            ("it.noted", "it.attachments.filter(one => one.label != \"\")"),
        ],
    );
    let attachment = own("attachment.typ", &[("  if it.at(\"continued\", default: false)", "  if false")]);
    let numbers = own("pagenumber.typ", &[(", before: 0)", ")"), (" + before", "")]);
    for (press, tables) in [(press(), 2), (&main, 1), (&attachment, 1), (&numbers, 1)] {
        let print = press.print(&document, day()).0.unwrap();
        let (_, kinds) = contents(&print.pdf);
        assert_eq!(kinds.iter().filter(|kind| *kind == b"Table").count(), tables);
        assert_eq!(kinds.iter().filter(|kind| *kind == b"TR").count(), 801 + tables);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Of lists of any length, upright or turned, in any attachment, behind and before anything, on mirrored pages or not.
    #[test]
    fn no_seam_is_seen(
        lists in prop::collection::vec((1..400usize, 0..11usize, any::<bool>(), any::<bool>(), any::<bool>()), 1..4),
        long in 91..400usize,
        at in 0..4usize,
        issued in any::<bool>(),
        labelled in any::<bool>(),
    ) {
        let mut document = if issued { order() } else { notice() };
        let at = at % lists.len();
        let body = |number: usize, (count, seed, turned, captioned, more): (usize, usize, bool, bool, bool)| {
            let mut table = list(if number == at { long } else { count }, seed);
            table.landscape = turned;
            table.caption = captioned.then(|| "名单".into());
            let before = more.then(|| paragraph("名单按金额排列，金额相同的，按名称排列。"));
            before.into_iter().chain([Block::Table(table)]).chain([paragraph("完。")]).collect()
        };
        document.attachments = lists.iter().enumerate().map(|(number, of)| {
            let label = if labelled { format!("附件{}", number + 1) } else { String::new() };
            attached(&format!("第{}批名单", number + 1), &label, body(number, *of))
        }).collect();
        assert_no_seam(&document);
    }
}
