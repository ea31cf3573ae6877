//! 标题、主送机关、正文 — from the red rule to the end of the text (7.3.1 to 7.3.3).

use crate::document::Format;

use super::super::faces::Role;
use super::super::grid::{LEFT, PITCH, RIGHT, STEP};
use super::ruler::{Line, Ruler, lines, number, within};

pub(super) fn measure(ruler: &mut Ruler<'_>) {
    title(ruler);
    addressee(ruler);
    first_page(ruler);
    if ruler.document.format == Format::Minutes {
        rolls(ruler);
    }
}

/// 7.3.1: 2号小标宋, two lines below the rule, centred, 梯形 or 菱形.
fn title(ruler: &mut Ruler<'_>) {
    let Some(title) = ruler.extent("title") else { return };
    if let Some(rule) = ruler.extent("red-rule") {
        let gap = ruler.lines_below(rule.bottom, title.top);
        ruler.count("7.3.1", "红色分隔线与标题之间", 2.0, gap, "行");
    }
    if ruler.document.format == Format::Letter {
        let above = ["copy-number", "secrecy", "urgency", "number"].into_iter().filter_map(|name| ruler.extent(name));
        if let Some(bottom) = above.map(|extent| extent.bottom).reduce(f64::max) {
            let gap = ruler.lines_below(bottom, title.top);
            ruler.count("10.1", "标题与其上最后一个要素之间", 2.0, gap, "行");
        }
    }
    let rows = lines(ruler.ink("title"));
    for (index, row) in rows.iter().enumerate() {
        ruler.length(
            "7.3.1",
            format!("标题第{}行居中", index + 1),
            f64::midpoint(LEFT, RIGHT),
            f64::midpoint(row.left, row.right),
        );
    }
    let steps = rows.iter().zip(rows.iter().skip(1)).map(|(above, below)| below.top - above.top);
    if let Some(least) = steps.reduce(f64::min) {
        let least_wanted = ruler.pitch.min(PITCH) - 0.1;
        let shown = format!("{}毫米", number(least));
        ruler.fact("7.3.1", "标题行距", format!("≥{}毫米", number(least_wanted)), shown, least > least_wanted);
    }
    // Names of several issuers are as long as they are: what counts is the shape of the lines below them.
    let several = ruler.document.masthead.issuers.len() > 1;
    let about = |row: &Line<'_>| row.inks.first().is_some_and(|ink| ink.text.starts_with("关于"));
    let named = if several { rows.iter().position(about).unwrap_or(0) } else { 0 };
    let widths: Vec<f64> = rows.iter().skip(named).map(|row| row.right - row.left).collect();
    if widths.len() > 1 {
        let shown = widths.iter().map(|width| number(*width)).collect::<Vec<_>>().join("、");
        ruler.fact("7.3.1", "标题各行长（毫米）", "梯形或菱形", shown, is_shaped(&widths));
    }
}

/// 梯形 or 菱形: the lines grow, then shrink; never shrink and grow again.
fn is_shaped(widths: &[f64]) -> bool {
    let mut falling = false;
    for (line, next) in widths.iter().zip(widths.iter().skip(1)) {
        if next < line {
            falling = true;
        } else if falling && next - line > 1.0 {
            return false;
        }
    }
    true
}

/// 7.3.2: one empty line below the title, from the left edge, a full-width colon at the end.
fn addressee(ruler: &mut Ruler<'_>) {
    let Some((title, addressee)) = ruler.extent("title").zip(ruler.extent("addressee")) else {
        untitled_gap(ruler);
        return;
    };
    // Without a head the number stands between them; 题注 may, too.
    let numbered = ruler.extent("number").filter(|_| ruler.document.format == Format::Plain);
    let between = [numbered, ruler.extent("annotation")].into_iter().flatten().map(|one| one.bottom);
    let above = between.fold(title.bottom, f64::max);
    let gap = ruler.lines_below_text(above, addressee.top);
    ruler.count("7.3.2", "标题与主送机关之间", 1.0, gap, "行");
    // An opening mark gives up the white half of its box.
    let lefts = || lines(ruler.ink("addressee")).into_iter().map(|row| row.left);
    let furthest = lefts().max_by(|a, b| (a - LEFT).abs().total_cmp(&(b - LEFT).abs())).unwrap_or(LEFT);
    let holds = within((furthest - LEFT) / STEP, -0.5, 0.02);
    ruler.fact("7.3.2", "主送机关各行顶格", format!("{LEFT}毫米"), format!("{}毫米", number(furthest)), holds);
    let words: String = ruler.ink("addressee").map(|ink| ink.text.as_str()).collect();
    let end: String = words.chars().rev().take(1).collect();
    ruler.fact("7.3.2", "主送机关之后", "全角冒号", end.clone(), end == "：");
    if let Some(first) = ruler.lines.first().map(|line| line.top) {
        let below = ruler.lines_below_text(addressee.bottom, first);
        ruler.count("7.3.3", "主送机关与正文之间", 0.0, below, "行");
    }
}

/// Without an addressee one line stays empty between the title, with what belongs to it, and the text.
fn untitled_gap(ruler: &mut Ruler<'_>) {
    let Some((title, first)) = ruler.extent("title").zip(ruler.lines.first().cloned()) else { return };
    let between =
        [ruler.extent("number").filter(|_| ruler.document.format == Format::Plain), ruler.extent("annotation")];
    let above = between.into_iter().flatten().map(|one| one.bottom).fold(title.bottom, f64::max);
    // A table or a picture may begin the text, with distances of its own.
    let begins = ruler
        .pages
        .between("body", "body-end")
        .next()
        .is_some_and(|ink| first.inks.first().is_some_and(|one| std::ptr::eq(*one, ink)));
    if title.page == first.page && begins {
        let gap = ruler.lines_below_text(above, first.top);
        ruler.count("7.3.2", "标题与正文之间", 1.0, gap, "行");
    }
}

/// 7.3.3: the first page shows some of the text.
fn first_page(ruler: &mut Ruler<'_>) {
    let page = ruler.pages.between("body", "body-end").filter(|ink| !ink.text.is_empty()).map(|ink| ink.page).min();
    if let Some(page) = page {
        ruler.must("7.3.3", "首页显示正文", "第1页", format!("第{page}页"), page == 1);
    }
}

/// 10.3: 出席 one empty line below the text, two characters in, in 黑体; names in 仿宋 under the first one.
fn rolls(ruler: &mut Ruler<'_>) {
    let rows = lines(ruler.ink("roll"));
    let Some(first) = rows.first().cloned() else { return };
    ruler.count("10.3", "出席左空", 2.0, (first.left - LEFT) / STEP, "字");
    if let Some(word) = first.inks.first() {
        ruler.face("10.3", "出席", Role::Hei, word);
    }
    let body = ruler.body().take_while(|ink| !ink.of("roll"));
    if let Some(bottom) = body.filter(|ink| ink.page == first.page).map(|ink| ink.bottom).reduce(f64::max) {
        let gap = ruler.lines_below_text(bottom, first.top);
        ruler.count("10.3", "正文与出席之间", 1.0, gap, "行");
    }
    let hanging: Vec<f64> =
        rows.iter().skip(1).map(|row| (row.left - LEFT) / STEP).filter(|left| *left > 3.0).collect();
    for left in hanging.into_iter().take(1) {
        let colon = (first.left - LEFT) / STEP + 3.0;
        ruler.fact(
            "10.3",
            "回行与冒号后首字对齐",
            format!("{}字", number(colon)),
            format!("{}字", number(left)),
            within(left, colon - 0.5, colon),
        );
    }
}
