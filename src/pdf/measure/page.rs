//! 幅面、版心、行数字数 — the sheet and its grid (5.1, 5.2), and that nothing leaves the type area.

use crate::document::Format;

use super::super::faces::Role;
use super::super::grid::{BOTTOM, LEFT, RIGHT, TOP};
use super::super::sheet::Ink;
use super::ruler::{Ruler, number};

pub(super) fn measure(ruler: &mut Ruler<'_>) {
    sheet(ruler);
    type_area(ruler);
    turned(ruler);
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

/// An edge of the type area: its name, where it lies, whether it is the most (or the least), and how far a text reaches.
type Edge<'e> = (&'static str, f64, bool, &'e dyn Fn(&Ink) -> f64);

/// 5.2.1: all text of all pages, turned ones held upright, between the edges; the outermost of each side is shown.
fn type_area(ruler: &mut Ruler<'_>) {
    let outside = ["furniture", "mark", "letter-rule", "colophon-rule", "seal"];
    let inks: Vec<Ink> = ruler
        .pages
        .ink
        .iter()
        .filter(|ink| !ink.text.trim().is_empty() && !outside.iter().any(|name| ink.of(name)))
        .map(|ink| ruler.pages.upright(ink))
        .collect();
    let letter = ruler.document.format == Format::Letter;
    // Justified lines end with white behind the last character: its ink counts.
    let edges: [Edge<'_>; 4] = [
        ("最左的文字距订口边", LEFT, false, &|ink| ink.left),
        ("最右的文字距订口边", RIGHT, true, &|ink| ink.reach.1),
        // What stands beside a letter's mark lies above its type area (10.1).
        ("最高的文字距天头边", TOP, false, &|ink| {
            if letter && ink.page == 1 || is_shifted(ink) { TOP } else { ink.top }
        }),
        ("最低的文字距天头边", BOTTOM, true, &|ink| if is_shifted(ink) { TOP } else { ink.bottom }),
    ];
    for (item, limit, most, edge) in edges {
        let beyond = |ink: &&Ink| if most { edge(ink) } else { -edge(ink) };
        let Some(outermost) = inks.iter().max_by(|a, b| beyond(a).total_cmp(&beyond(b))) else { return };
        let (measured, holds) = (edge(outermost), beyond(&outermost) < (if most { limit } else { -limit }) + 0.1);
        let words = || format!("（第{}页“{}”）", outermost.page, start_of(&outermost.text));
        let shown = format!("{}毫米{}", number(measured), if holds { String::new() } else { words() });
        ruler.must("5.2.1", item, format!("{}{limit}毫米", if most { '≤' } else { '≥' }), shown, holds);
        if item == "最左的文字距订口边" {
            ruler.unless(ruler.settings.mirrored.filter(|set| *set), "双页镜像", |_| holds, |_| "是".to_owned());
        }
    }
}

/// Whether it is a raised or lowered character: the box of m² reaches beyond its line, its ink does not.
fn is_shifted(ink: &Ink) -> bool {
    ink.size < if ink.of("table") || ink.of("caption") { 8.0 } else { 12.0 }
}

/// The first words of a text that is too long to be shown whole.
fn start_of(text: &str) -> String {
    text.chars().filter(|c| *c != '\u{200b}').take(16).collect()
}

/// 8: on a turned page the head of the table lies toward the left edge of the sheet, whether the page is odd or even.
fn turned(ruler: &mut Ruler<'_>) {
    for page in 1..=ruler.pages.sheets.len() {
        if !ruler.pages.is_turned(page) {
            continue;
        }
        let mut inks = ruler.pages.on(page).iter().filter(|ink| ink.of("table") && !ink.text.is_empty());
        let Some(head) = inks.next() else { continue };
        let row = inks.filter(|ink| !ruler.plays(Role::Hei, ink)).map(|ink| ruler.pages.upright(ink).left);
        let (head, row) = (ruler.pages.upright(head).left, row.fold(f64::MAX, f64::min));
        ruler.fact(
            "8",
            format!("第{page}页横排表格的表头"),
            "在左（单页订口边、双页切口边）",
            format!("表头距左边{}毫米，表身{}毫米", number(head), number(row)),
            head < row,
        );
    }
}
