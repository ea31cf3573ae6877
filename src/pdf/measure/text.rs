//! 标题、主送机关、正文 — from the red rule to the end of the text (7.3.1 to 7.3.3).

use crate::document::{Block, Format, plain};

use super::super::faces::Role;
use super::super::grid::{LEFT, RIGHT, STEP};
use super::ruler::{Line, Ruler, Size, lines, number, within};

pub(super) fn measure(ruler: &mut Ruler<'_>) {
    title(ruler);
    addressee(ruler);
    first_page(ruler);
    indents(ruler);
    headings(ruler);
    if ruler.document.format == Format::Minutes {
        rolls(ruler);
    }
}

/// 7.3.1: 2号小标宋, two lines below the rule, centred, 梯形 or 菱形.
fn title(ruler: &mut Ruler<'_>) {
    let Some(title) = ruler.extent("title") else { return };
    let set = ruler.settings.title_size;
    ruler.type_of("7.3.1", "标题", Size::Two, None, "title");
    ruler.unless(set, "标题字号", |_| true, ToString::to_string);
    if let Some(first) = ruler.ink("title").next() {
        ruler.face("7.3.1", "标题", Role::XiaoBiaoSong, first);
    }
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
    let widths: Vec<f64> = rows.iter().map(|row| row.right - row.left).collect();
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
    let Some((title, addressee)) = ruler.extent("title").zip(ruler.extent("addressee")) else { return };
    // Without a head the number stands between them.
    let number = ruler.extent("number").filter(|_| ruler.document.format == Format::Plain);
    let above = number.map_or(title.bottom, |number| number.bottom);
    let gap = ruler.lines_below_text(above, addressee.top);
    ruler.count("7.3.2", "标题与主送机关之间", 1.0, gap, "行");
    ruler.length("7.3.2", "主送机关顶格", LEFT, addressee.left);
    let words: String = ruler.ink("addressee").map(|ink| ink.text.as_str()).collect();
    let end: String = words.chars().rev().take(1).collect();
    ruler.fact("7.3.2", "主送机关之后", "全角冒号", end.clone(), end == "：");
    if let Some(first) = ruler.lines.first().map(|line| line.top) {
        let below = ruler.lines_below_text(addressee.bottom, first);
        ruler.count("7.3.3", "主送机关与正文之间", 0.0, below, "行");
    }
}

/// 7.3.3: the first page shows some of the text.
fn first_page(ruler: &mut Ruler<'_>) {
    let page = ruler.pages.between("body", "body-end").filter(|ink| !ink.text.is_empty()).map(|ink| ink.page).min();
    if let Some(page) = page {
        ruler.fact("7.3.3", "首页显示正文", "第1页", format!("第{page}页"), page == 1);
    }
}

/// 7.3.3: paragraphs begin two characters in, other lines at the edge.
fn indents(ruler: &mut Ruler<'_>) {
    let plain = |line: &&Line<'_>| line.inks.iter().all(|ink| !ink.of("roll") && !ink.of("figure"));
    let lefts: Vec<f64> = ruler.lines.iter().filter(plain).map(|line| (line.left - LEFT) / STEP).collect();
    let indented: Vec<f64> = lefts.iter().copied().filter(|left| *left > 0.5).collect();
    let full: Vec<f64> = lefts.iter().copied().filter(|left| *left <= 0.5).collect();
    // An opening bracket at the beginning of a line gives up the white half of its box.
    let worst = |list: &[f64], wanted: f64| {
        list.iter().copied().max_by(|a, b| (a - wanted).abs().total_cmp(&(b - wanted).abs()))
    };
    if let Some(left) = worst(&indented, 2.0) {
        let holds = within(left, 1.5, 2.0);
        ruler.fact("7.3.3", "自然段左空", "2字", format!("{}字", number(left)), holds);
    }
    if let Some(left) = worst(&full, 0.0) {
        let holds = within(left, -0.5, 0.0);
        ruler.fact("7.3.3", "回行顶格", "0字", format!("{}字", number(left)), holds);
    }
}

/// 7.3.3: 黑体 for the first level, 楷体 for the second, 仿宋 for the rest, all 3号.
fn headings(ruler: &mut Ruler<'_>) {
    let roles = [(1, Role::Hei), (2, Role::Kai), (3, Role::Fang), (4, Role::Fang)];
    for (level, role) in roles {
        let first = ruler.document.body.iter().find_map(|block| match block {
            Block::Heading { label, text, .. } if label.level == level => {
                Some(format!("{}{}", label.text, plain(text)))
            }
            Block::Paragraph { label: Some(label), text, .. } if label.level == level => {
                Some(format!("{}{}", label.text, plain(text)))
            }
            _ => None,
        });
        let Some(words) = first else { continue };
        // A heading may begin with its number in a face of its own; the first Han run of its line counts.
        let found = ruler.lines.iter().find(|line| {
            let text: String = line.inks.iter().map(|ink| ink.text.as_str()).collect();
            let bare: String = text.chars().filter(|c| *c != '\u{200b}').collect();
            !bare.is_empty() && words.starts_with(bare.trim())
        });
        let Some(ink) =
            found.and_then(|line| line.inks.iter().find(|ink| ink.text.chars().any(super::ruler::is_han))).copied()
        else {
            continue;
        };
        ruler.face("7.3.3", &format!("第{level}层标题"), role, ink);
        ruler.fact(
            "7.3.3",
            format!("第{level}层标题字号"),
            "3号（15.75～16磅）",
            format!("{}磅", number(ink.size)),
            within(ink.size, 15.75, 16.0),
        );
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
    let body = ruler.pages.between("body", "body-end").take_while(|ink| !ink.of("roll"));
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
