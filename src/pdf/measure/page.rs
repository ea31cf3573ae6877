//! 幅面、版心、行数字数 — the sheet and its grid (5.1, 5.2), and that nothing leaves the type area.

use super::ruler::{BOTTOM, LEFT, POINT, RIGHT, Role, Ruler, SIZE, STEP, TOP, is_han, number, within};

pub(super) fn measure(ruler: &mut Ruler<'_>) {
    sheet(ruler);
    type_area(ruler);
    grid(ruler);
}

/// 5.1: A4; a landscape table lies on the same sheet, turned.
fn sheet(ruler: &mut Ruler<'_>) {
    let a4 = |(width, height): &(f64, f64)| {
        let (short, long) = if width < height { (width, height) } else { (height, width) };
        (short - 210.0).abs() < 0.1 && (long - 297.0).abs() < 0.1
    };
    let Some((width, height)) = ruler.pages.sheets.first().copied() else { return };
    let holds = ruler.pages.sheets.iter().all(a4);
    ruler.fact("5.1", "幅面", "210×297毫米", format!("{}×{}毫米", number(width), number(height)), holds);
}

/// 5.2.1: all text of all upright pages between the edges; the outermost of each side is shown.
fn type_area(ruler: &mut Ruler<'_>) {
    let upright = |page: usize| ruler.pages.sheets.get(page - 1).is_some_and(|(width, height)| width < height);
    let outside = ["furniture", "mark", "letter-rule", "colophon-rule", "seal"];
    let inks: Vec<_> = ruler
        .pages
        .ink
        .iter()
        .filter(|ink| upright(ink.page) && !ink.text.trim().is_empty() && !outside.iter().any(|name| ink.of(name)))
        .collect();
    let mirrored = ruler.settings.mirrored == Some(true);
    // With mirrored pages an even page's type area lies 2 mm further left.
    let shift = |page: usize| if mirrored && page.is_multiple_of(2) { 2.0 } else { 0.0 };
    let left = inks.iter().map(|ink| ink.left + shift(ink.page)).fold(f64::MAX, f64::min);
    let top = inks.iter().map(|ink| ink.top).fold(f64::MAX, f64::min);
    // Justified lines end with white behind the last character: its ink counts.
    let right = inks.iter().map(|ink| ink.reach.1 + shift(ink.page)).fold(0.0, f64::max);
    let bottom = inks.iter().map(|ink| ink.bottom).fold(0.0, f64::max);
    if inks.is_empty() {
        return;
    }
    let edge = |ruler: &mut Ruler<'_>, item: &str, wanted: String, measured: f64, holds: bool| {
        ruler.fact("5.2.1", item, wanted, format!("{}毫米", number(measured)), holds);
    };
    edge(ruler, "最左的文字距订口边", format!("≥{LEFT}毫米"), left, left > LEFT - 0.1);
    edge(ruler, "最右的文字距订口边", format!("≤{RIGHT}毫米"), right, right < RIGHT + 0.1);
    let letter = ruler.document.format == crate::document::Format::Letter;
    edge(ruler, "最高的文字距天头边", format!("≥{TOP}毫米"), top, top > TOP - 0.1 || letter);
    edge(ruler, "最低的文字距天头边", format!("≤{BOTTOM}毫米"), bottom, bottom < BOTTOM + 0.1);
}

/// 5.2.2, 5.2.3: 3号仿宋, 22 lines of 28 characters.
fn grid(ruler: &mut Ruler<'_>) {
    let body = ruler.lines.iter().flat_map(|line| line.inks.iter().copied());
    let Some(first) = body.clone().find(|ink| Role::Fang.has(&ink.face) && ink.text.chars().any(is_han)) else {
        return;
    };
    ruler.fact(
        "5.2.2",
        "正文字号",
        "3号（15.75～16磅）",
        format!("{}磅", number(first.size)),
        within(first.size, 15.75, 16.0),
    );
    ruler.face("5.2.2", "正文", Role::Fang, first);
    let rows = ((225.0 - SIZE) / ruler.pitch + 1.0 + 0.01).floor();
    let (pitch, tightened) = (ruler.pitch, ruler.print.tightened);
    ruler.count("5.2.3", "每面行数", 22.0, rows, "行");
    ruler.unless(ruler.settings.pitch, "行距", |set| (set * POINT - pitch).abs() < 0.02, |set| format!("{set}磅"));
    ruler.unless(tightened, "7.3.5.5 调整行距", |_| true, |(points, _)| format!("{}磅", number(*points)));
    ruler.count("5.2.3", "行距（一个汉字加7/8）", (225.0 - SIZE) / 21.0, pitch, "毫米");
    ruler.unless(ruler.settings.pitch, "行距", |set| (set * POINT - pitch).abs() < 0.02, |set| format!("{set}磅"));
    ruler.unless(tightened, "7.3.5.5 调整行距", |_| true, |(points, _)| format!("{}磅", number(*points)));
    // The step of runs of plain characters; lines with Latin words or marks are justified and differ a little.
    let mut steps: Vec<f64> = ruler
        .lines
        .iter()
        .flat_map(|line| &line.inks)
        .filter(|ink| ink.text.chars().count() >= 6 && ink.text.chars().all(is_han))
        .map(|ink| (ink.right - ink.left) / count(&ink.text))
        .collect();
    steps.sort_by(f64::total_cmp);
    if let Some(step) = steps.first() {
        ruler.count("5.2.3", "每行字数", 28.0, (156.0 / step + 0.01).floor().min(156.0 / STEP), "字");
        ruler.unless(tightened, "7.3.5.5 调整字距", |_| true, |(_, points)| format!("{}磅", number(*points)));
    }
}

#[expect(clippy::cast_precision_loss, reason = "a line has few characters")]
fn count(text: &str) -> f64 {
    text.chars().count() as f64
}
