//! 文字 — the words of every element but the text itself are those that the document declares, all of them and in order.

use std::collections::BTreeMap;

use crate::document::{Block, ClosingStyle, Document, Format, Table, plain};

use super::super::sheet::on;
use super::ruler::{Ruler, lines};
use super::script::visible;

pub(super) fn measure(ruler: &mut Ruler<'_>) {
    for (item, clause, element, wanted) in elements(ruler) {
        if ruler.ink(element).next().is_none() {
            continue;
        }
        let wanted: String = visible(&wanted).collect();
        let shown: String = ruler.ink(element).flat_map(|ink| visible(&ink.text)).collect();
        let holds = shown == wanted;
        ruler.must(clause, format!("{item}文字"), short(&wanted), short(&shown), holds);
    }
    title(ruler);
    captions(ruler);
    tables(ruler);
}

/// The beginning and the end of words that are long.
fn short(words: &str) -> String {
    let count = words.chars().count();
    if count <= 24 {
        return words.to_owned();
    }
    let start: String = words.chars().take(10).collect();
    let end: String = words.chars().skip(count - 10).collect();
    format!("{start}…{end}（{count}字）")
}

/// An element: its name, the clause, its label, its words.
type Element = (&'static str, &'static str, &'static str, String);

fn elements(ruler: &Ruler<'_>) -> Vec<Element> {
    let document = ruler.document;
    let Document { masthead, closing, colophon, attachments, format, .. } = document;
    let letter = *format == Format::Letter;
    let host = ruler.print.host || letter;
    let issuers: String = masthead.issuers.iter().take(if host { 1 } else { usize::MAX }).map(String::as_str).collect();
    let secrecy = masthead.secrecy.as_ref().map(|secrecy| {
        let period = secrecy.period.as_ref().map(|period| format!("★{period}")).unwrap_or_default();
        format!("{}{period}", named(&secrecy.level))
    });
    let signatories = masthead.signatories.iter().map(|one| one.name.as_str());
    let labelled: Vec<_> = attachments.iter().filter(|one| !one.is_issued()).collect();
    let note: String = match labelled.as_slice() {
        [only] => only.title.clone(),
        many => many.iter().zip(1..).fold(String::new(), |all, (one, number)| all + &format!("{number}.{}", one.title)),
    };
    let posts = closing.signatures.iter().map(|one| one.name.as_str()).collect();
    let below = ruler.pages.element("main-copies").next().is_some();
    let moved = Some(&document.addressee).filter(|words| below && !words.is_empty()).cloned();
    let addressee = moved.or_else(|| colophon.as_ref()?.addressee.clone());
    let main = addressee.map(|words| format!("主送：{words}。")).unwrap_or_default();
    let copies = colophon.as_ref().filter(|colophon| !colophon.copies_to.is_empty());
    let copies = copies.map(|colophon| format!("抄送：{}。", colophon.copies_to.concat())).unwrap_or_default();
    let offices = colophon.iter().flat_map(|colophon| &colophon.offices).map(String::as_str).collect::<String>();
    let printed = colophon.as_ref().filter(|_| !letter).map(|colophon| {
        let on = colophon.printed_on.map(|day| format!("{day}印发")).unwrap_or_default();
        format!("{}{on}", colophon.printed_by.as_deref().unwrap_or_default())
    });
    let all = format!("{offices}{main}{copies}{}", printed.unwrap_or_default());
    vec![
        ("份号", "7.2.1", "copy-number", masthead.copy_number.clone().unwrap_or_default()),
        ("密级", "7.2.2", "secrecy", secrecy.unwrap_or_default()),
        ("紧急程度", "7.2.3", "urgency", masthead.urgency.as_ref().map(named).unwrap_or_default()),
        ("标志", "7.2.4", "mark", format!("{issuers}{}", masthead.suffix.as_deref().unwrap_or_default())),
        ("发文字号", "7.2.5", "number", masthead.number.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("签发人", "7.2.6", "signatory", format!("签发人：{}", signatories.collect::<String>())),
        ("题注", "7.3.1", "annotation", format!("（{}）", document.annotation.as_deref().unwrap_or_default())),
        ("主送机关", "7.3.2", "addressee", format!("{}：", document.addressee)),
        ("附件说明", "7.3.4", "attachment-note", format!("附件：{note}")),
        ("署名", "7.3.5", "signature", posts),
        ("成文日期", "7.3.5", "date", closing.dated.map(|day| day.to_string()).unwrap_or_default()),
        ("附注", "7.3.6", "note", format!("（{}）", document.note.as_deref().unwrap_or_default())),
        ("附件字样", "7.3.7", "attachment-label", labelled.iter().map(|one| one.label.as_str()).collect()),
        ("附件标题", "7.3.7", "attachment-title", attachments.iter().map(|one| one.title_lines.concat()).collect()),
        ("版记", "7.4", "colophon", all),
        ("签名章", "7.3.5.3", "stamp", stamps(document)),
    ]
}

/// The names of stamped signatures that are set in letters, because their pictures are not there.
fn stamps(document: &Document) -> String {
    let stamped = document.closing.style == ClosingStyle::Stamped;
    let signatures = document.closing.signatures.iter().filter(|one| stamped && one.seal.is_none());
    signatures.filter_map(|one| one.person.as_deref()).collect()
}

/// What a value is called in the front matter, which is what the page prints.
fn named(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// 7.3.1: the lines of the title, where they were meant to end.
fn title(ruler: &mut Ruler<'_>) {
    let rows = lines(ruler.ink("title"));
    if rows.is_empty() {
        return;
    }
    let shown: Vec<String> =
        rows.iter().map(|row| row.inks.iter().flat_map(|ink| visible(&ink.text)).collect::<String>()).collect();
    let wanted: Vec<String> = ruler.document.title_lines.iter().map(|line| visible(line).collect()).collect();
    let holds = shown == wanted;
    ruler.must("7.3.1", "标题文字", short(&wanted.join("／")), short(&shown.join("／")), holds);
}

fn blocks(document: &Document) -> impl Iterator<Item = &Block> {
    document.body.iter().chain(document.attachments.iter().flat_map(|attachment| &attachment.body))
}

/// The captions and units of tables, the captions of pictures.
fn captions(ruler: &mut Ruler<'_>) {
    let words = blocks(ruler.document).flat_map(|block| match block {
        Block::Table(table) => [table.caption.as_deref(), table.unit.as_deref()],
        Block::Figure(figure) => [figure.caption.as_deref(), None],
        _ => [None, None],
    });
    let wanted: String = words.flatten().flat_map(visible).collect();
    if wanted.is_empty() {
        return;
    }
    let shown: String = ruler.ink("caption").flat_map(|ink| visible(&ink.text)).collect();
    let holds = shown == wanted;
    ruler.must("7.3.3", "表题、单位、图题", short(&wanted), short(&shown), holds);
}

/// Every character of a table is there, its head on each of its pages (7.3.3); a wide one lies on its side (8).
fn tables(ruler: &mut Ruler<'_>) {
    let tables: Vec<&Table> = blocks(ruler.document)
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .collect();
    let starts: Vec<usize> = ruler.pages.all("table").map(|anchor| anchor.index).collect();
    // A table that ends the text may stand in two parts, the second one with the closing.
    let parted = starts.len() > tables.len();
    let of_body = ruler.document.body.iter().filter(|block| matches!(block, Block::Table(_))).count();
    for (number, table) in tables.iter().enumerate() {
        let first = number + usize::from(parted && number >= of_body);
        let next = first + 1 + usize::from(parted && number + 1 == of_body);
        let Some(start) = starts.get(first) else { continue };
        let end = starts.get(next).copied().unwrap_or(ruler.pages.ink.len());
        let inks: Vec<_> =
            ruler.pages.ink.get(*start..end).unwrap_or_default().iter().filter(|ink| ink.of("table")).collect();
        let mut pages: Vec<usize> = inks.iter().map(|ink| ink.page).collect();
        pages.dedup();
        let mut counts: BTreeMap<char, i64> = BTreeMap::new();
        let mut count = |words: &str, by: i64| visible(words).for_each(|c| *counts.entry(c).or_default() += by);
        let times = i64::try_from(pages.len()).unwrap_or(i64::MAX);
        table.columns.iter().for_each(|column| count(&plain(&column.name), times));
        for row in &table.rows {
            let times = if row.head { times } else { 1 };
            row.cells.iter().for_each(|cell| count(&plain(&cell.text), times));
        }
        for ink in &inks {
            count(&ink.text, -1);
        }
        let missing: String = counts.iter().filter(|(_, count)| **count > 0).map(|(c, _)| *c).take(10).collect();
        let more: String = counts.iter().filter(|(_, count)| **count < 0).map(|(c, _)| *c).take(10).collect();
        let shown = match (missing.as_str(), more.as_str()) {
            ("", "") => "相同".to_owned(),
            ("", more) => format!("多出“{more}”等"),
            (missing, _) => format!("少了“{missing}”等"),
        };
        let holds = missing.is_empty() && more.is_empty();
        ruler.must("7.3.3", format!("表格{}与原稿（表头每面都有）", number + 1), "逐字相同", shown, holds);
        if table.landscape {
            let turned = pages.iter().all(|page| ruler.pages.is_turned(*page));
            let shown = if turned { "横排" } else { "竖排" };
            ruler.fact("8", format!("表格{}横排", number + 1), "横排", shown, turned);
        }
        ruled(ruler, number, &pages, (*start, end));
    }
}

/// A table has its rules: they enclose its words.
fn ruled(ruler: &mut Ruler<'_>, number: usize, pages: &[usize], (start, end): (usize, usize)) {
    let bare = pages.iter().find(|page| {
        let inks = ruler.pages.ink.get(start..end).unwrap_or_default();
        let here = || on(inks, **page).iter().filter(|ink| ink.of("table"));
        let rules = || here().filter(|ink| ink.text.is_empty() && ink.weight > 0.0);
        let lowest = here().filter(|ink| !ink.text.is_empty()).map(|ink| ink.bottom).fold(f64::MIN, f64::max);
        let highest = here().filter(|ink| !ink.text.is_empty()).map(|ink| ink.top).fold(f64::MAX, f64::min);
        let below = rules().map(|ink| ink.bottom).fold(f64::MIN, f64::max);
        let above = rules().map(|ink| ink.top).fold(f64::MAX, f64::min);
        lowest > f64::MIN && (below < lowest - 1.0 || above > highest + 1.0)
    });
    let shown = bare.map_or("有".to_owned(), |page| format!("第{page}页没有"));
    ruler.fact("7.3.3", format!("表格{}的线", number + 1), "有", shown, bare.is_none());
}
