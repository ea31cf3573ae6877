//! 要素 — what must be on the pages of a format is there, and nothing else; black where the standard wants black (5.2.4), red where
//! it wants red.

use crate::document::{Block, ClosingStyle, Document, Format};

use super::super::grid::{BOTTOM, LEFT, RIGHT, TOP};
use super::super::sheet::{Ink, Odd};
use super::ruler::{Ruler, is_red, number};
use super::script::visible;

pub(super) fn measure(ruler: &mut Ruler<'_>) {
    for (name, clause, element, count) in required(ruler) {
        let found = ruler.pages.all(element).count().min(count);
        let seen = ruler.ink(element).next().is_some();
        let found = if seen { found } else { 0 };
        let unit = if count > 1 { format!("{count}处") } else { "有".to_owned() };
        let shown = match found {
            0 => "没有".to_owned(),
            _ if found == count => unit.clone(),
            _ => format!("{found}处"),
        };
        ruler.must(clause, name, unit, shown, found == count);
    }
    strangers(ruler);
    misplaced(ruler);
    status(ruler);
    colours(ruler);
    oddities(ruler);
    overprinted(ruler);
    shapes_inside(ruler);
    empty_pages(ruler);
}

/// An element that must be there: its name, the clause, its label, how many times.
type Required = (&'static str, &'static str, &'static str, usize);

/// What the pages of a document must show, by its format and by what it declares.
fn required(ruler: &Ruler<'_>) -> Vec<Required> {
    let document = ruler.document;
    let Document { masthead, closing, note, addressee, attachments, colophon, format, body, .. } = document;
    let headed = *format != Format::Plain;
    let ruled = matches!(format, Format::Document | Format::Minutes);
    let letter = *format == Format::Letter;
    let colophon = colophon.as_ref();
    let copies = colophon.is_some_and(|colophon| !colophon.copies_to.is_empty());
    let printed = colophon.is_some_and(|colophon| colophon.printed_by.is_some()) && !letter;
    let printed_on = colophon.is_some_and(|colophon| colophon.printed_on.is_some()) && !letter;
    let once = usize::from;
    let has_colophon = colophon.is_some() || ruler.pages.anchor("main-copies").is_some();
    let below = ruler.pages.anchor("main-copies").is_some();
    let offices = colophon.is_some_and(|colophon| !colophon.offices.is_empty());
    let named = below || copies || colophon.is_some_and(|colophon| colophon.addressee.is_some());
    let parts = once(offices) + once(named) + once(printed || printed_on);
    let names = || closing.signatures.iter().filter(|signature| !signature.name.is_empty());
    let sealed = closing.style == ClosingStyle::Sealed;
    let seals = closing.signatures.iter().filter(|signature| signature.seal.is_some() && sealed).count();
    let stamped = closing.style == ClosingStyle::Stamped;
    let stamps =
        closing.signatures.iter().filter(|one| stamped && (one.seal.is_some() || one.person.is_some())).count();
    let labelled = attachments.iter().filter(|attachment| !attachment.is_issued()).count();
    let blocks = || body.iter().chain(attachments.iter().flat_map(|attachment| &attachment.body));
    let tables = blocks().filter(|block| matches!(block, Block::Table(_))).count();
    let figures = blocks().filter(|block| matches!(block, Block::Figure(figure) if !figure.is_pages())).count();
    let all = [
        ("份号", "7.2.1", "copy-number", once(masthead.copy_number.is_some())),
        ("密级", "7.2.2", "secrecy", once(masthead.secrecy.is_some())),
        ("紧急程度", "7.2.3", "urgency", once(masthead.urgency.is_some())),
        ("发文机关标志", "7.2.4", "mark", once(headed)),
        ("发文字号", "7.2.5", "number", once(masthead.number.is_some())),
        ("签发人", "7.2.6", "signatory", once(ruled && !masthead.signatories.is_empty())),
        ("红色分隔线", "7.2.7", "red-rule", once(ruled)),
        ("信函双线", "10.1", "letter-rule", if letter { 4 } else { 0 }),
        ("标题", "7.3.1", "title", once(*format != Format::Order)),
        ("题注", "7.3.1", "annotation", once(document.annotation.is_some())),
        ("主送机关", "7.3.2", if below { "main-copies" } else { "addressee" }, once(!addressee.is_empty())),
        ("表格", "7.3.3", "table", tables),
        ("插图", "7.3.3", "figure", figures),
        ("附件说明", "7.3.4", "attachment-note", once(labelled > 0)),
        ("署名", "7.3.5", "signature", names().count()),
        ("成文日期", "7.3.5", "date", once(closing.dated.is_some())),
        ("印章", "7.3.5.1", "seal", seals),
        ("签名章", "7.3.5.3", "stamp", stamps),
        ("附注", "7.3.6", "note", once(note.is_some())),
        ("附件字样", "7.3.7", "attachment-label", labelled),
        ("附件标题", "7.3.7", "attachment-title", attachments.len()),
        ("版记", "7.4", "colophon", once(has_colophon)),
        ("版记分隔线", "7.4.1", "colophon-rule", if has_colophon && !letter { parts + 1 } else { 0 }),
        ("抄送机关", "7.4.2", "copies", once(copies)),
        ("印发机关", "7.4.3", "printed-by", once(printed)),
        ("印发日期", "7.4.3", "printed-on", once(printed_on)),
    ];
    all.into_iter().filter(|(.., count)| *count > 0).collect()
}

/// The elements that a page is made of.
const ELEMENTS: [&str; 28] = [
    "copy-number",
    "secrecy",
    "urgency",
    "mark",
    "number",
    "signatory",
    "red-rule",
    "letter-rule",
    "title",
    "addressee",
    "table",
    "caption",
    "figure",
    "sheet",
    "attachment-note",
    "signature",
    "date",
    "seal",
    "stamp",
    "note",
    "attachment-label",
    "attachment-title",
    "colophon",
    "colophon-rule",
    "furniture",
    "roll",
    "page-number",
    "annotation",
];

/// What stands on a page and belongs to nothing: a line across it, a box over it, words that nobody wrote.
fn strangers(ruler: &mut Ruler<'_>) {
    let known = |ink: &Ink| ELEMENTS.iter().any(|name| ink.of(name));
    let pages = ruler.pages;
    let body = pages.index_of("body")..pages.index_of("body-end");
    let attached = pages.first_of(&["attachment-label", "attachment-title"]);
    let stranger = pages.ink.iter().enumerate().find(|(index, ink)| {
        let text = body.contains(index) || *index >= attached;
        let seen = ink.text.is_empty() || !ink.text.trim().is_empty();
        seen && !known(ink) && (ink.text.is_empty() || !text)
    });
    let shown = stranger.map(|(_, ink)| format!("第{}页{}", ink.page, named(ink)));
    let holds = shown.is_none();
    ruler.fact("5.2", "版面上多余的线条、色块、文字", "没有", shown.unwrap_or_else(|| "没有".to_owned()), holds);
}

/// What something is, in words that a clerk knows: its element and its beginning.
fn named(ink: &Ink) -> String {
    let element = NAMES.iter().rev().find(|(name, _)| ink.of(name)).map_or("正文", |(_, word)| *word);
    if ink.text.is_empty() && element != "正文" {
        return format!("{element}（左{}上{}毫米）", number(ink.left), number(ink.top));
    }
    let element = if ink.text.is_empty() { "" } else { element };
    if ink.text.is_empty() {
        format!("左{}上{}毫米处的线条或色块", number(ink.left), number(ink.top))
    } else {
        format!("{element}“{}”", ink.text)
    }
}

/// What another format has and this one has not: a red rule under an order, a title above it.
fn misplaced(ruler: &mut Ruler<'_>) {
    let format = ruler.document.format;
    let ruled = matches!(format, Format::Document | Format::Minutes);
    let foreign = [
        ("红色分隔线", "red-rule", !ruled),
        ("信函双线", "letter-rule", format != Format::Letter),
        ("标题", "title", format == Format::Order),
        ("发文机关标志", "mark", format == Format::Plain),
        ("签发人", "signatory", !ruled),
    ];
    let found = foreign.into_iter().find(|(_, element, is_foreign)| *is_foreign && ruler.ink(element).next().is_some());
    let shown = found.map_or("没有", |(name, ..)| name);
    ruler.fact("10", "这种格式没有的要素", "没有", shown, found.is_none());
    let sealed = ruler.document.closing.style == ClosingStyle::Sealed;
    let seals = ruler.document.closing.signatures.iter().filter(|one| one.seal.is_some() && sealed).count();
    if seals > 0 {
        let pictures = ruler.ink("seal").filter(|ink| ink.text.is_empty()).count();
        ruler.must("7.3.5.1", "印章枚数", format!("{seals}枚"), format!("{pictures}枚"), pictures == seals);
    }
}

/// The word that marks what is not final stands on every page, in grey, and nothing else beside the page number.
fn status(ruler: &mut Ruler<'_>) {
    let wanted = ruler.document.status.mark().unwrap_or_default();
    let words = |page: usize| -> String {
        let inks = ruler.pages.on(page).iter().filter(|ink| ink.of("furniture") && !ink.of("page-number"));
        inks.flat_map(|ink| visible(&ink.text)).collect()
    };
    let wrong = (1..=ruler.pages.sheets.len()).find(|page| words(*page) != wanted);
    let shown = wrong.map_or("如此".to_owned(), |page| format!("第{page}页“{}”", words(page)));
    let item = "页边的状态字样";
    let wanted = if wanted.is_empty() { "没有" } else { wanted };
    ruler.fact("5.2", item, wanted, shown, wrong.is_none());
    let marks = || ruler.ink("furniture").filter(|ink| !ink.of("page-number") && !ink.text.is_empty());
    let loud = marks().find(|ink| ink.colour != GREY || ink.size > 16.0);
    let shown =
        loud.map_or("如此".to_owned(), |ink| format!("第{}页{}，{}磅", ink.page, ink.colour, number(ink.size)));
    ruler.fact("5.2", "状态字样", "灰色，不大于3号", shown, loud.is_none());
}

/// What is not there yet, or not final, is printed in this grey.
const GREY: &str = "#969696";

/// What the elements are called, the inner ones last.
const NAMES: [(&str, &str); 28] = [
    ("colophon", "版记"),
    ("colophon-rule", "版记分隔线"),
    ("main-copies", "版记主送"),
    ("copies", "抄送"),
    ("printed-by", "印发机关"),
    ("printed-on", "印发日期"),
    ("copy-number", "份号"),
    ("secrecy", "密级"),
    ("urgency", "紧急程度"),
    ("mark", "标志"),
    ("number", "发文字号"),
    ("signatory", "签发人"),
    ("red-rule", "红色分隔线"),
    ("letter-rule", "信函双线"),
    ("title", "标题"),
    ("annotation", "题注"),
    ("addressee", "主送机关"),
    ("table", "表格"),
    ("figure", "插图"),
    ("sheet", "附页"),
    ("caption", "表题图题"),
    ("attachment-note", "附件说明"),
    ("signature", "署名"),
    ("date", "成文日期"),
    ("note", "附注"),
    ("attachment-label", "附件字样"),
    ("attachment-title", "附件标题"),
    ("page-number", "页码"),
];

/// Nothing is drawn in an odd way: with a line around its letters, upside down, with dashes.
fn oddities(ruler: &mut Ruler<'_>) {
    // The places of seals that are not there yet are dashed circles.
    let free = |ink: &Ink| (ink.of("seal") || ink.of("stamp")) && ink.odd == Some(Odd::Dashed);
    let odd = ruler.pages.ink.iter().filter(|ink| !free(ink)).find_map(|ink| Some((ink, ink.odd?)));
    let shown = odd.map_or("没有".to_owned(), |(ink, odd)| format!("第{}页{}{}", ink.page, named(ink), odd.name()));
    ruler.fact("5.2", "描边、倒置的文字，虚线", "没有", shown, odd.is_none());
}

/// 5.2.4: the text black; 6.2, 7.2.4, 7.2.7, 10.1: marks and rules of the head red; 7.4.1: those of the foot black.
fn colours(ruler: &mut Ruler<'_>) {
    // Words that mark what is not final, and the places of seals that are not there yet, are grey on purpose.
    let free = |ink: &Ink| (ink.of("furniture") && !ink.of("page-number")) || ink.of("seal") || ink.of("figure");
    // Who signs a draft is printed grey.
    let draft = ruler.document.status.mark().is_some();
    let reds: &[&str] =
        if draft { &["mark", "red-rule", "letter-rule"] } else { &["mark", "red-rule", "letter-rule", "stamp"] };
    let red = |ink: &Ink| reds.iter().any(|name| ink.of(name));
    let stamped = |ink: &Ink| ink.of("stamp") && (draft || ink.text.is_empty());
    let is_black = |ink: &Ink| ink.colour == "#000000";
    let inks = || ruler.pages.ink.iter().filter(|ink| !ink.colour.is_empty() && !free(ink) && !stamped(ink));
    let stamps = ruler.ink("stamp").filter(|ink| draft && !ink.text.is_empty()).find(|ink| ink.colour != GREY);
    let black = inks().filter(|ink| !red(ink)).find(|ink| !is_black(ink)).or(stamps);
    let reds = inks().filter(|ink| red(ink)).find(|ink| !is_red(&ink.colour));
    let shown = |wrong: Option<&Ink>| {
        wrong.map_or_else(|| "如此".to_owned(), |ink| format!("第{}页{}是{}", ink.page, named(ink), ink.colour))
    };
    let (black, reds) = ((shown(black), black.is_none()), (shown(reds), reds.is_none()));
    ruler.fact("5.2.4", "文字和线条颜色", "黑色", black.0, black.1);
    if ruler.document.format != Format::Plain {
        ruler.fact("7.2.4", "标志、版头线条颜色", "红色", reds.0, reds.1);
        let red = reds.1;
        ruler.unless(ruler.settings.red.as_ref(), "红色", |_| red, |set| set.as_str().to_owned());
        ruler.unless(ruler.settings.cmyk, "四色红", |_| red, |set| set.plates().map(number).join("、"));
    }
}

/// Nothing is printed over anything.
fn overprinted(ruler: &mut Ruler<'_>) {
    let found = ruler.pages.overprinted();
    let shown = found.first().map(|(one, other)| format!("第{}页{}印在{}上面", one.page, named(one), named(other)));
    let holds = shown.is_none();
    ruler.must("5.2", "叠印", "没有", shown.unwrap_or_else(|| "没有".to_owned()), holds);
}

/// 5.2.1: pictures, seals and the rules of tables stay in the type area too.
fn shapes_inside(ruler: &mut Ruler<'_>) {
    const INSIDE: [&str; 6] = ["seal", "figure", "sheet", "table", "stamp", "red-rule"];
    let shapes = || ruler.pages.ink.iter().filter(|ink| ink.text.is_empty() && INSIDE.iter().any(|name| ink.of(name)));
    let beyond = |ink: &Ink| {
        let ink = ruler.pages.upright(ink);
        [LEFT - ink.left, ink.right - RIGHT, TOP - ink.top, ink.bottom - BOTTOM].into_iter().fold(f64::MIN, f64::max)
    };
    let furthest = shapes().map(|ink| (beyond(ink), ink)).max_by(|a, b| a.0.total_cmp(&b.0));
    let Some((by, ink)) = furthest else { return };
    // Half of a table's rule lies outside its edge.
    let holds = by < 0.2;
    let shown = if holds { "在版心之内".to_owned() } else { format!("第{}页出{}毫米", ink.page, number(by)) };
    ruler.must("5.2.1", "印章、图、表不出版心", "在版心之内", shown, holds);
}

/// A page that bears nothing is left only before the 版记 that has to stand on an even one (7.4.1, 7.5).
fn empty_pages(ruler: &mut Ruler<'_>) {
    let last = ruler.pages.sheets.len();
    let wanted = ruler.pages.anchor("blank").map(|anchor| anchor.page);
    let empty: Vec<usize> = (1..=last).filter(|page| ruler.pages.is_empty(*page) && Some(*page) != wanted).collect();
    let shown = if empty.is_empty() {
        "没有".to_owned()
    } else {
        format!("第{}页", empty.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"))
    };
    ruler.fact("7.4.1", "多余的空白页", "没有", shown, empty.is_empty());
}
