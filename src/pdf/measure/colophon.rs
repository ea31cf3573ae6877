//! 版记与页码 — the foot of the last page, and the numbers (7.4, 7.5).

use crate::document::Format;

use super::super::faces::Role;
use super::super::grid::{BOTTOM, LEFT, POINT, RIGHT, WIDTH};
use super::ruler::{Ruler, number};
use super::script::visible;

pub(super) fn measure(ruler: &mut Ruler<'_>) {
    colophon(ruler);
    numbers(ruler);
}

fn colophon(ruler: &mut Ruler<'_>) {
    let Some(colophon) = ruler.extent("colophon") else { return };
    let last = ruler.pages.sheets.len();
    ruler.fact(
        "7.4.1",
        "版记在最后一面",
        format!("第{last}页"),
        format!("第{}页", colophon.page),
        colophon.page == last,
    );
    order(ruler);
    if ruler.document.format == Format::Letter {
        let rules = ruler.ink("colophon-rule").count();
        ruler.fact("10.1", "版记分隔线", "不加", if rules == 0 { "没有" } else { "有" }, rules == 0);
        ruler.length("10.1", "版记在版心最下方", BOTTOM, colophon.bottom.max(BOTTOM - 2.0));
        return;
    }
    let even = colophon.page % 2 == 0;
    ruler.fact("7.4.1", "版记在双页（《应用指南》）", "双页", if even { "双页" } else { "单页" }, even);
    ruler.unless(ruler.settings.even_colophon.filter(|set| !set), "版记在双页", |_| true, |_| "否".to_owned());
    let lines: Vec<_> = ruler.ink("colophon-rule").collect();
    let count = lines.len();
    for (index, rule) in lines.iter().enumerate() {
        let (name, wanted) = match index {
            0 => ("首条".to_owned(), 0.35),
            n if n + 1 == count => ("末条".to_owned(), 0.35),
            n => (format!("第{}条", n + 1), 0.25),
        };
        let holds = (rule.weight - wanted).abs() < 0.01;
        ruler.fact(
            "7.4.1",
            format!("{name}分隔线高"),
            format!("{wanted}毫米"),
            format!("{}毫米", number(rule.weight)),
            holds,
        );
        ruler.length("7.4.1", format!("{name}分隔线宽"), WIDTH, rule.right - rule.left);
        ruler.length("7.4.1", format!("{name}分隔线左端"), LEFT, rule.left);
    }
    if let Some(rule) = lines.last() {
        ruler.length("7.4.1", "末条分隔线与版心下边缘重合", BOTTOM, rule.bottom);
    }
    let four = 14.0 * POINT;
    for (element, clause, item) in
        [("main-copies", "7.4.2", "主送"), ("copies", "7.4.2", "抄送"), ("printed-by", "7.4.3", "印发机关")]
    {
        if let Some(found) = ruler.extent(element) {
            ruler.count(clause, format!("{item}左空"), 1.0, (found.left - LEFT) / four, "字");
        }
    }
    if let Some(found) = ruler.extent("copies") {
        let words: String = ruler.ink("copies").map(|ink| ink.text.as_str()).collect();
        ruler.fact(
            "7.4.2",
            "抄送之后",
            "句号",
            if words.ends_with('。') { "句号" } else { "没有句号" },
            words.ends_with('。'),
        );
        let right = (RIGHT - found.right) / four;
        ruler.fact("7.4.2", "抄送右空", "≥1字", format!("{}字", number(right)), right > 0.97);
    }
    if let Some(found) = ruler.extent("printed-on") {
        ruler.count("7.4.3", "印发日期右空", 1.0, (RIGHT - found.right) / four, "字");
        let words: String = ruler.ink("printed-on").map(|ink| ink.text.as_str()).collect();
        ruler.fact("7.4.3", "印发日期", "日期后加“印发”", words.clone(), words.ends_with("印发"));
    }
}

/// 7.4.2, 7.4.3: 主送 above 抄送 above 印发机关; names that go on hang under the first one behind the colon.
fn order(ruler: &mut Ruler<'_>) {
    let parts = [("main-copies", "主送"), ("copies", "抄送"), ("printed-by", "印发机关")];
    let tops: Vec<(f64, &str)> =
        parts.iter().filter_map(|(element, name)| Some((ruler.extent(element)?.top, *name))).collect();
    let names = |tops: &[(f64, &str)]| tops.iter().map(|(_, name)| *name).collect::<Vec<_>>().join("、");
    let mut sorted = tops.clone();
    sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
    if tops.len() > 1 {
        ruler.fact("7.4", "版记各项自上而下", names(&tops), names(&sorted), tops == sorted);
    }
    let four = 14.0 * POINT;
    for (element, name) in parts.into_iter().take(2) {
        let rows = super::ruler::lines(ruler.ink(element));
        let (Some(first), true) = (rows.first(), rows.len() > 1) else { continue };
        let wanted = (first.left - LEFT) / four + 3.0;
        let lefts = rows.iter().skip(1).map(|row| (row.left - LEFT) / four);
        // An opening mark gives up the white half of its box.
        let off = lefts.max_by(|a, b| (a - wanted).abs().total_cmp(&(b - wanted).abs())).unwrap_or(wanted);
        let holds = super::ruler::within(off, wanted - 0.5, wanted);
        ruler.fact(
            "7.4.2",
            format!("{name}回行与冒号后首字对齐"),
            format!("{}字", number(wanted)),
            format!("{}字", number(off)),
            holds,
        );
    }
}

/// 7.5: 4号, dashes 7 mm below the type area, odd pages one character from the right, even pages from the left; none on a
/// blank page before the colophon and on the colophon's own page then.
fn numbers(ruler: &mut Ruler<'_>) {
    let blank = (1..=ruler.pages.sheets.len()).find(|page| ruler.pages.is_empty(*page));
    let four = 14.0 * POINT;
    let mut worst: Option<(f64, f64, usize)> = None;
    let mut missing = Vec::new();
    let (mut wrong_words, mut wrong_height) = (None, None);
    for page in 1..=ruler.pages.sheets.len() {
        let silent = blank.is_some_and(|blank| page >= blank) || (page == 1 && ruler.document.format == Format::Letter);
        // On a turned page it stands where the other pages have it (8).
        let numbers = ruler.pages.on(page).iter().filter(|ink| ink.of("page-number"));
        let inks: Vec<_> = numbers.map(|ink| ruler.pages.upright(ink)).collect();
        if inks.is_empty() != silent {
            missing.push(page);
        }
        let (Some(first), Some(last)) = (inks.first(), inks.last()) else { continue };
        let words: String = inks.iter().map(|ink| ink.text.as_str()).collect();
        let wanted = ruler.settings.number_form.as_ref().map_or("— # —", |set| set.as_str());
        if visible(&words).ne(visible(&wanted.replace('#', &page.to_string()))) {
            wrong_words = wrong_words.or(Some((page, words)));
        }
        let side = if page % 2 == 1 { (RIGHT - last.right) / four } else { (first.left - LEFT) / four };
        // The dash hangs between base line and middle: its own ink is the lowest top of the run.
        let dash = inks.iter().filter(|ink| ink.text.starts_with('—')).map(|ink| ink.ink.0).fold(f64::MIN, f64::max);
        if dash > f64::MIN && (dash - BOTTOM - 7.0).abs() > 0.1 && ruler.settings.number_form.is_none() {
            wrong_height = wrong_height.or(Some((page, dash - BOTTOM)));
        }
        if worst.is_none_or(|(other, _, _)| (side - 1.0).abs() > (other - 1.0).abs()) {
            worst = Some((side, dash, page));
        }
    }
    let shown = missing.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
    let holds = missing.is_empty();
    ruler.fact(
        "7.5",
        "页码的有无",
        "空白页及其后的版记页不编，其余都编",
        if holds { "如此".to_owned() } else { format!("第{shown}页不对") },
        holds,
    );
    let shown = wrong_words.as_ref().map_or("如此".to_owned(), |(page, words)| format!("第{page}页印“{words}”"));
    ruler.fact("7.5", "各页页码", "一页一个，是这一页的", shown, wrong_words.is_none());
    let shown = wrong_height.map_or("如此".to_owned(), |(page, gap)| format!("第{page}页{}毫米", number(gap)));
    ruler.fact("7.5", "各页页码距版心下边缘", "7毫米", shown, wrong_height.is_none());
    let Some((side, dash, page)) = worst else { return };
    ruler.count("7.5", format!("页码空（第{page}页，单页右、双页左）"), 1.0, side, "字");
    let words: String = ruler.ink("page-number").filter(|ink| ink.page == page).map(|ink| ink.text.as_str()).collect();
    let form = words.replace(&page.to_string(), "#");
    ruler.fact("7.5", "页码样式", "— # —", form.clone(), form == "— # —");
    let set = ruler.settings.number_form.as_ref();
    ruler.unless(set, "页码样式", |set| set.as_str() == form, |set| set.as_str().to_owned());
    let digits = ruler.ink("page-number").filter(|ink| ink.text.bytes().any(|byte| byte.is_ascii_digit()));
    if let Some(ink) = digits.max_by_key(|ink| !ruler.faces.of(Role::Song).has(&ink.face)) {
        let holds = ruler.faces.of(Role::Song).has(&ink.face);
        ruler.fact("7.5", "页码数字", "半角宋体", ink.face.as_str(), holds);
    }
    if dash > 0.0 && ruler.settings.number_form.is_none() {
        ruler.length("7.5", "一字线上距版心下边缘", 7.0, dash - BOTTOM);
    }
}
