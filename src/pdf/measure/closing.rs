//! 附件说明、署名、成文日期、印章、附注、附件 — how the text ends, and what is attached (7.3.4 to 7.3.7).

use crate::document::{Attachment, ClosingStyle};

use super::super::grid::{LEFT, POINT, RIGHT, SIZE, STEP, TOP};
use super::ruler::{Extent, Ruler, extent, lines, number, within};

pub(super) fn measure(ruler: &mut Ruler<'_>) {
    attachment_note(ruler);
    match ruler.document.closing.style {
        ClosingStyle::Unsealed => unsealed(ruler),
        ClosingStyle::Sealed => sealed(ruler),
        ClosingStyle::Stamped => stamped(ruler),
    }
    beside_text(ruler);
    note(ruler);
    attachments(ruler);
}

/// The last line of the text or of the 附件说明.
fn text_end(ruler: &Ruler<'_>) -> Option<Extent> {
    let inks = || ruler.body().chain(ruler.pages.element("attachment-note"));
    let page = inks().map(|ink| ink.page).max()?;
    extent(inks().filter(|ink| ink.page == page))
}

/// 7.3.4: one empty line below the text, two characters in; names under each other; no mark at the end.
fn attachment_note(ruler: &mut Ruler<'_>) {
    let Some(note) = ruler.extent("attachment-note") else { return };
    let body = ruler.body().filter(|ink| ink.page == note.page);
    if let Some(bottom) = body.map(|ink| ink.bottom).reduce(f64::max) {
        let gap = ruler.lines_below_text(bottom, note.top);
        ruler.count("7.3.4", "正文与附件说明之间", 1.0, gap, "行");
    }
    ruler.count("7.3.4", "附件说明左空", 2.0, (note.left - LEFT) / STEP, "字");
    let labelled = ruler.document.attachments.iter().filter(|one| !one.is_issued());
    let titles: Vec<String> = labelled.map(|one| one.title.clone()).collect();
    let ends = titles.iter().filter(|title| title.ends_with(['。', '；', '，', '、', '.', ';'])).count();
    ruler.fact("7.3.4", "附件名称后的标点", "不加", if ends == 0 { "没有" } else { "有" }, ends == 0);
    // The first word of each line behind 附件： and its number; an opening mark gives up the white half of its box.
    let number = |text: &str| text.strip_suffix('.').is_some_and(|number| number.parse::<u32>().is_ok());
    let lefts: Vec<f64> = lines(ruler.ink("attachment-note"))
        .into_iter()
        .filter_map(|line| line.inks.into_iter().find(|ink| ink.text != "附件：" && !number(&ink.text)))
        .filter(|ink| !ink.text.starts_with(['（', '《', '“', '〔', '【', '「', '『', '〈']))
        .map(|ink| ink.left)
        .collect();
    if let (Some(least), Some(most)) = (lefts.iter().copied().reduce(f64::min), lefts.iter().copied().reduce(f64::max))
    {
        ruler.length("7.3.4", "附件名称首字对齐", least, most);
    }
}

/// 7.3.5.2.
fn unsealed(ruler: &mut Ruler<'_>) {
    let names: Vec<Extent> = each(ruler, "signature");
    let date = ruler.extent("date");
    if let (Some(first), Some(text)) = (names.first(), text_end(ruler))
        && first.page == text.page
    {
        let gap = ruler.lines_below_text(text.bottom, first.top);
        ruler.count("7.3.5.2", "正文与署名之间", 1.0, gap, "行");
    }
    let longest = names.iter().copied().reduce(|a, b| if b.right - b.left > a.right - a.left { b } else { a });
    match (longest, date) {
        (Some(name), Some(date)) => {
            ruler.count("7.3.5.2", "成文日期首字比署名首字右移", 2.0, (date.left - name.left) / STEP, "字");
            let (item, right) = if date.right - date.left > name.right - name.left {
                ("成文日期右空", date.right)
            } else {
                ("署名右空", name.right)
            };
            ruler.count("7.3.5.2", item, 2.0, (RIGHT - right) / STEP, "字");
            if let Some(last) = names.last() {
                let gap = ruler.lines_below_text(last.bottom, date.top);
                ruler.count("7.3.5.2", "署名与成文日期之间", 0.0, gap, "行");
            }
        }
        (None, Some(date)) => ruler.count("7.3.5.1", "成文日期右空", 4.0, (RIGHT - date.right) / STEP, "字"),
        _ => {}
    }
}

/// 7.3.5.1.
fn sealed(ruler: &mut Ruler<'_>) {
    let (names, seals) = (each(ruler, "signature"), each(ruler, "seal"));
    let (Some(date), Some(last)) = (ruler.extent("date"), names.last().copied()) else { return };
    let right = (RIGHT - date.right) / STEP;
    ruler.fact("7.3.5.1", "成文日期右空", "4字", format!("{}字", number(right)), right > 3.97);
    ruler.length("7.3.5.1", "署名以成文日期为准居中", date.middle(), last.middle());
    let gap = ruler.lines_below_text(last.bottom, date.top);
    ruler.count("7.3.5.1", "署名与成文日期之间", 0.0, gap, "行");
    let Some(first) = seals.first().copied() else {
        ruler.fact("7.3.5.1", "印章", "加盖印章", "没有印章图片", true);
        return;
    };
    if let Some(text) = text_end(ruler).filter(|text| text.page == first.page) {
        let gap = first.top - text.bottom;
        let holds = within(gap, 0.0, ruler.pitch);
        ruler.fact(
            "7.3.5.1",
            "印章顶端上距正文",
            format!("一行（{}毫米）之内", number(ruler.pitch)),
            format!("{}毫米", number(gap)),
            holds,
        );
    }
    for (index, (seal, signature)) in seals.iter().zip(&ruler.document.closing.signatures).enumerate() {
        let width = signature.seal.as_ref().map(|seal| f64::from(seal.width) / 10.0);
        let Some(width) = width else { continue };
        ruler.length("7.3.5.1", format!("第{}枚印章宽", index + 1), width, seal.right - seal.left);
    }
    for (index, (seal, name)) in seals.iter().zip(&names).enumerate() {
        ruler.length("7.3.5.1", format!("第{}枚印章居署名之中", index + 1), name.middle(), seal.middle());
        let presses = seal.top < name.top && seal.bottom > name.bottom;
        ruler.fact(
            "7.3.5.1",
            format!("第{}枚印章下压署名", index + 1),
            "压住",
            if presses { "压住" } else { "没有压住" },
            presses,
        );
    }
    if let Some(seal) = seals.last() {
        let presses = seal.top < date.top && seal.bottom > date.bottom;
        ruler.fact("7.3.5.1", "印章下压成文日期", "压住", if presses { "压住" } else { "没有压住" }, presses);
    }
    if seals.len() > 1 {
        let apart = |a: &Extent, b: &Extent| {
            let radius = |one: &Extent| (one.right - one.left).max(one.bottom - one.top) / 2.0;
            (a.middle() - b.middle()).hypot(a.height() - b.height()) - radius(a) - radius(b)
        };
        let pairs = seals.iter().enumerate().flat_map(|(index, a)| seals.iter().skip(index + 1).map(move |b| (a, b)));
        let nearest = pairs.filter(|(a, b)| a.page == b.page).map(|(a, b)| apart(a, b)).fold(f64::MAX, f64::min);
        ruler.fact("7.3.5.1", "印章互不相交或相切", ">0毫米", format!("{}毫米", number(nearest)), nearest > 0.0);
    }
    let (left, right) = (
        seals.iter().map(|seal| seal.left).fold(f64::MAX, f64::min),
        seals.iter().map(|seal| seal.right).fold(0.0, f64::max),
    );
    let holds = left > LEFT - 0.1 && right < RIGHT + 0.1;
    ruler.fact(
        "7.3.5.1",
        "印章不出版心",
        format!("{LEFT}～{RIGHT}毫米"),
        format!("{}～{}毫米", number(left), number(right)),
        holds,
    );
}

/// 7.3.5.3.
fn stamped(ruler: &mut Ruler<'_>) {
    let (posts, stamps) = (each(ruler, "signature"), each(ruler, "stamp"));
    // A post of two lines is higher than its stamp.
    let top = posts.first().zip(stamps.first()).map(|(post, stamp)| (stamp.page, stamp.top.min(post.top)));
    if let (Some((page, top)), Some(text)) = (top, text_end(ruler))
        && page == text.page
        && ruler.document.closing.signatures.iter().all(|one| one.seal.is_none())
    {
        let gap = ruler.lines_below_text(text.bottom, top);
        ruler.count("7.3.5.3", "正文与签名章之间", 2.0, gap, "行");
    }
    // Of joint issuers' stamps the widest counts; they stand under each other.
    if let Some(right) = stamps.iter().map(|stamp| stamp.right).reduce(f64::max) {
        ruler.count("7.3.5.3", "签名章右空", 4.0, (RIGHT - right) / STEP, "字");
    }
    for (post, stamp) in posts.iter().zip(&stamps) {
        ruler.count("7.3.5.3", "职务与签名章之间", 2.0, (stamp.left - post.right) / STEP, "字");
        ruler.length("7.3.5.3", "职务与签名章上下居中", stamp.height(), post.height());
    }
    if let (Some(first), Some(furthest)) =
        (stamps.first(), stamps.iter().skip(1).map(|stamp| stamp.left).reduce(f64::max))
    {
        ruler.length("7.3.5.3", "各签名章上下对齐", first.left, furthest);
    }
    let bottom = posts.last().zip(stamps.last()).map(|(post, stamp)| stamp.bottom.max(post.bottom));
    if let (Some(bottom), Some(date)) = (bottom, ruler.extent("date")) {
        let gap = ruler.lines_below_text(bottom, date.top);
        ruler.count("7.3.5.3", "签名章与成文日期之间", 1.0, gap, "行");
        ruler.count("7.3.5.3", "成文日期右空", 4.0, (RIGHT - date.right) / STEP, "字");
    }
}

/// 7.3.5.5: signature, seal and date never stand on a page without text; of more signatures than a page holds, the first ones.
fn beside_text(ruler: &mut Ruler<'_>) {
    let pages = |names: &[&'static str]| -> Vec<usize> {
        names.iter().flat_map(|name| ruler.ink(name)).map(|ink| ink.page).collect()
    };
    let signed = pages(&["signature", "date", "stamp"]);
    let first = signed.iter().min().copied();
    let closing =
        if first < signed.iter().max().copied() { first } else { first.max(pages(&["note"]).into_iter().max()) };
    if let Some((page, text)) = closing.zip(text_end(ruler)) {
        let holds = page <= text.page;
        ruler.fact("7.3.5.5", "署名、成文日期与正文同面", format!("第{}页", text.page), format!("第{page}页"), holds);
    }
}

/// 7.3.6.
fn note(ruler: &mut Ruler<'_>) {
    let Some(note) = ruler.extent("note") else { return };
    // The opening bracket gives up the white half of its box at the beginning of a line.
    let left = ruler.ink("note").next().map_or(note.left, |ink| ink.left);
    let left = (left - LEFT) / STEP;
    ruler.fact("7.3.6", "附注左空", "2字", format!("{}字", number(left)), within(left, 1.5, 2.5));
    if let Some(date) = ruler.extent("date").filter(|date| date.page == note.page) {
        let gap = ruler.lines_below_text(date.bottom, note.top);
        // Of several seals one stands where the 附注 would: it goes down by as many lines as keep it clear (7.3.6).
        let seals: Vec<f64> = ruler
            .ink("seal")
            .filter(|ink| ink.page == date.page && ink.text.is_empty())
            .map(|ink| ink.bottom)
            .collect();
        let foot = seals.iter().copied().fold(date.bottom, f64::max);
        let wanted = if seals.len() > 1 { ((foot - date.bottom) / ruler.pitch).ceil() } else { 0.0 };
        ruler.count("7.3.6", "成文日期与附注之间", wanted, gap, "行");
    }
    let words: String = ruler.ink("note").map(|ink| ink.text.as_str()).collect();
    let holds = words.starts_with('（') && words.ends_with('）');
    ruler.fact("7.3.6", "附注", "加圆括号", if holds { "加圆括号" } else { "没有圆括号" }, holds);
}

/// 7.3.7: each attachment on a page of its own, its label at the top left, its title on the third line; what a document issues has no
/// label, and its title stands on the first line.
fn attachments(ruler: &mut Ruler<'_>) {
    let (labels, titles) = (each(ruler, "attachment-label"), each(ruler, "attachment-title"));
    let mut labels = labels.into_iter();
    let mut first = None;
    for (attachment, title) in ruler.document.attachments.iter().zip(&titles) {
        let label = if attachment.is_issued() { None } else { labels.next() };
        first = first.or(Some(title.page));
        one_attachment(ruler, attachment, label, *title);
    }
    if let Some(before) = first {
        let end = ["date", "note"]
            .into_iter()
            .filter_map(|name| ruler.extent(name))
            .map(|extent| extent.page)
            .max()
            .unwrap_or(0);
        ruler.fact("7.3.7", "附件另面编排", format!("第{end}页之后"), format!("第{before}页"), before > end);
    }
}

fn one_attachment(ruler: &mut Ruler<'_>, attachment: &Attachment, label: Option<Extent>, title: Extent) {
    // What brings a closing to its text (7.3.5.5) changes no attachment.
    let pitch = ruler.settings.line_pitch() * POINT;
    let name = if attachment.is_issued() { "印发件" } else { attachment.label.as_str() };
    // On a turned page the sheet's left edge is on top and its foot at the left (8).
    let turned = ruler.pages.sheets.get(title.page - 1).is_some_and(|(width, height)| width > height);
    let (top, left, right) = if turned { (LEFT, 35.0, 260.0) } else { (TOP, LEFT, RIGHT) };
    if let Some(label) = label {
        ruler.length("7.3.7", format!("{name}字样上边在第一行"), top, label.top);
        ruler.length("7.3.7", format!("{name}字样顶格"), left, label.left);
    }
    let line = if attachment.is_issued() { 1.0 } else { 3.0 };
    ruler.count("7.3.7", format!("{name}标题在第"), line, 1.0 + (title.top - top) / pitch, "行");
    ruler.length("7.3.7", format!("{name}标题居中"), f64::midpoint(left, right), title.middle());
    // Text or the first rule of a table.
    let inks = ruler.pages.ink.iter().filter(|ink| ink.page == title.page && !ink.of("furniture"));
    let below = inks.map(|ink| ink.top).filter(|top| *top > title.bottom).reduce(f64::min);
    if let Some(below) = below {
        let gap = (below - title.bottom - (pitch - SIZE)) / pitch;
        ruler.count("7.3.7", format!("{name}标题与正文之间"), 1.0, gap, "行");
    }
}

/// The boxes of each occurrence of an element.
fn each(ruler: &Ruler<'_>, element: &'static str) -> Vec<Extent> {
    ruler.pages.each(element).filter_map(extent).collect()
}
