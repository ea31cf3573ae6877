//! 版头 — the head of the first page (7.2; of letters, orders and minutes 10.1 to 10.3).

use crate::document::Format;

use super::super::faces::Role;
use super::super::grid::{LEFT, POINT, RIGHT, SIZE, STEP, TOP, WIDTH};
use super::super::settings::Points;
use super::super::sheet::Ink;
use super::ruler::{Extent, Ruler, number};
use super::script::visible;

/// The middle of the type area.
const MIDDLE: f64 = f64::midpoint(LEFT, RIGHT);

pub(super) fn measure(ruler: &mut Ruler<'_>) {
    if ruler.document.format == Format::Plain {
        below_title(ruler);
        return;
    }
    corner(ruler);
    mark(ruler);
    match ruler.document.format {
        Format::Letter => letter(ruler),
        Format::Order => order(ruler),
        _ => number_and_rule(ruler),
    }
}

/// The number of what has no head: in the middle of the line below the title (practice of 公告 and 通告).
fn below_title(ruler: &mut Ruler<'_>) {
    let Some((title, number)) = ruler.extent("title").zip(ruler.extent("number")) else { return };
    ruler.length("7.2.5", "发文字号居中", MIDDLE, number.middle());
    let gap = ruler.lines_below_text(title.bottom, number.top);
    ruler.count("7.2.5", "标题与发文字号之间", 0.0, gap, "行");
}

/// 份号, 密级和保密期限, 紧急程度 from the first line of the type area downwards (7.2.1 to 7.2.3).
fn corner(ruler: &mut Ruler<'_>) {
    let top = if ruler.document.format == Format::Letter { letter_first_line(ruler) } else { Some(TOP) };
    let Some(mut top) = top else { return };
    let elements =
        [("copy-number", "7.2.1", "份号"), ("secrecy", "7.2.2", "密级和保密期限"), ("urgency", "7.2.3", "紧急程度")];
    for (element, clause, item) in elements {
        let Some(found) = ruler.extent(element) else { continue };
        ruler.length(clause, format!("{item}顶格"), LEFT, found.left);
        ruler.length(clause, format!("{item}上边"), top, found.top);
        top += ruler.pitch;
    }
    if let Some(copy) = ruler.document.masthead.copy_number.clone() {
        let holds = copy.len() == 6 && copy.bytes().all(|digit| digit.is_ascii_digit());
        ruler.fact("7.2.1", "份号", "6位阿拉伯数字", copy, holds);
    }
}

/// Where a letter's first element stands: 7/8 of a character below the double rule (10.1).
fn letter_first_line(ruler: &Ruler<'_>) -> Option<f64> {
    upper_rule(ruler).map(|rule| rule.bottom + SIZE * 7.0 / 8.0)
}

fn mark(ruler: &mut Ruler<'_>) {
    let Some(mark) = ruler.extent("mark") else { return };
    let (clause, item, wanted, measured) = match ruler.document.format {
        Format::Letter => ("10.1", "标志上边缘距上页边", 30.0, mark.ink.0),
        Format::Order => ("10.2", "标志上边缘距版心上边缘", 20.0, mark.ink.0 - TOP),
        Format::Minutes => ("10.3", "标志上边缘距版心上边缘", 35.0, mark.ink.0 - TOP),
        _ => ("7.2.4", "标志上边缘距版心上边缘", 35.0, mark.ink.0 - TOP),
    };
    ruler.length(clause, item, wanted, measured);
    if matches!(ruler.document.format, Format::Document | Format::Minutes) {
        let set = ruler.settings.mark_top;
        ruler.unless(set, "标志上边距", |set| (set.value() - measured).abs() < 0.1, ToString::to_string);
    }
    ruler.length(clause, "标志居中", MIDDLE, mark.middle());
    let width = mark.right - mark.left;
    ruler.fact("7.2.4", "标志不出版心", "≤156毫米", format!("{}毫米", number(width)), width < 156.1);
    joint_marks(ruler);
    let runs = || ruler.ink("mark").filter(|ink| !ink.text.is_empty());
    let strange = runs().find(|ink| !ruler.plays(Role::XiaoBiaoSong, ink));
    if let Some(ink) = strange.or(runs().next()) {
        ruler.face("7.2.4", "标志", Role::XiaoBiaoSong, ink);
    }
}

/// 7.2.4: the marks of joint issuers are as wide as each other, one below the other; what follows them stands beside their middle.
fn joint_marks(ruler: &mut Ruler<'_>) {
    let count = ruler.document.masthead.marks(ruler.document.format);
    if count < 2 || ruler.print.host {
        let mut heights: Vec<f64> =
            ruler.ink("mark").filter(|ink| !ink.text.is_empty()).map(|ink| ink.baseline).collect();
        heights.sort_by(f64::total_cmp);
        heights.dedup_by(|one, other| (*one - *other).abs() < 0.5);
        let rows = heights.len();
        ruler.fact("7.2.4", "标志排成", "一行", format!("{rows}行"), rows == 1);
        return;
    }
    let letters: usize = ruler.document.masthead.issuers.iter().map(|name| visible(name).count()).sum();
    let inks: Vec<_> = ruler.ink("mark").filter(|ink| !ink.text.is_empty()).collect();
    let mut seen = 0;
    let (mut names, mut suffix) = (Vec::new(), Vec::new());
    for ink in inks {
        if seen < letters {
            names.push(ink);
        } else {
            suffix.push(ink);
        }
        seen += visible(&ink.text).count();
    }
    let rows = super::ruler::lines(names.iter().copied());
    let widths = || rows.iter().map(|row| row.right - row.left);
    let (least, most) = (widths().fold(f64::MAX, f64::min), widths().fold(0.0, f64::max));
    ruler.length("7.2.4", "联合行文各标志同宽", most, least);
    ruler.fact("7.2.4", "联合行文标志各占一行", format!("{count}行"), format!("{}行", rows.len()), rows.len() == count);
    if let (Some(names), Some(suffix)) =
        (super::ruler::extent(names.into_iter()), super::ruler::extent(suffix.into_iter()))
    {
        let middle = |one: Extent| f64::midpoint(one.ink.0, one.ink.1);
        let off = (middle(names) - middle(suffix)).abs();
        ruler.fact("7.2.4", "“文件”居联合标志上下之中", "居中", format!("偏{}毫米", number(off)), off < 1.5);
    }
}

/// 发文字号, 签发人 and the red rule of the 文件 format (7.2.5 to 7.2.7).
fn number_and_rule(ruler: &mut Ruler<'_>) {
    let (mark, number) = (ruler.extent("mark"), ruler.extent("number"));
    if let Some((mark, number)) = mark.zip(number) {
        let upwards = ruler.extent("signatory");
        match upwards {
            None => {
                let lines = ruler.lines_below(mark.ink.1, number.top);
                ruler.count("7.2.5", "标志与发文字号之间", 2.0, lines, "行");
                ruler.length("7.2.5", "发文字号居中", MIDDLE, number.middle());
            }
            Some(signatory) => {
                let lines = ruler.lines_below(mark.ink.1, signatory.top);
                ruler.count("7.2.6", "标志与签发人之间", 2.0, lines, "行");
                ruler.count("7.2.5", "发文字号左空", 1.0, (number.left - LEFT) / STEP, "字");
                ruler.length("7.2.5", "发文字号与最后一个签发人同行", number.bottom, signatory.bottom);
                signatories(ruler);
            }
        }
    }
    let rule = ruler.extent("red-rule");
    if let Some((number, rule)) = number.zip(rule) {
        ruler.length("7.2.7", "发文字号与红色分隔线", 4.0, rule.top - number.bottom);
        ruler.length("7.2.7", "红色分隔线宽", WIDTH, rule.right - rule.left);
        ruler.length("7.2.7", "红色分隔线左端", LEFT, rule.left);
        rule_weight(ruler);
    }
}

/// The weight of the red rule is the office's; one point where it says nothing.
fn rule_weight(ruler: &mut Ruler<'_>) {
    let weight = ruler.ink("red-rule").map(|ink| ink.weight).fold(0.0, f64::max) / POINT;
    let set = ruler.settings.rule_weight.map_or(1.0, Points::value);
    let holds = (weight - set).abs() < 0.05;
    ruler.fact("7.2.7", "红色分隔线粗", format!("{}磅", number(set)), format!("{}磅", number(weight)), holds);
}

/// 7.2.6: 签发人 in 仿宋, names in 楷体, two a line, one character from the right.
fn signatories(ruler: &mut Ruler<'_>) {
    let names: Vec<String> = ruler.document.masthead.signatories.iter().map(|one| one.name.clone()).collect();
    let runs: Vec<_> = ruler.ink("signatory").filter(|ink| names.contains(&ink.text)).collect();
    let Some(first) = runs.first().copied() else { return };
    let strange = runs.iter().find(|ink| !ruler.plays(Role::Kai, ink)).copied().unwrap_or(first);
    ruler.face("7.2.6", "签发人姓名", Role::Kai, strange);
    let labels: Vec<_> = ruler.ink("signatory").filter(|ink| !names.contains(&ink.text)).collect();
    if let Some(ink) = labels.iter().find(|ink| !ruler.plays(Role::Fang, ink)).or(labels.first()).copied() {
        ruler.face("7.2.6", "签发人三字", Role::Fang, ink);
    }
    let right = runs.iter().map(|ink| ink.right).fold(0.0, f64::max);
    ruler.count("7.2.6", "签发人右空", 1.0, (RIGHT - right) / STEP, "字");
    if let Some(third) = runs.get(2) {
        ruler.length("7.2.6", "回行签发人与首行第一个姓名对齐", first.left, third.left);
    }
}

/// 10.1: the double rules, and what stands below the first one.
fn letter(ruler: &mut Ruler<'_>) {
    let Some(first_rule) = upper_rule(ruler) else { return };
    if let Some(mark) = ruler.extent("mark") {
        ruler.length("10.1", "标志与第一条双线", 4.0, first_rule.top - mark.ink.1);
    }
    ruler.length("10.1", "第一条双线长", 170.0, first_rule.right - first_rule.left);
    ruler.length("10.1", "第一条双线居中", 105.0, first_rule.middle());
    let lines: Vec<_> = ruler.ink("letter-rule").collect();
    if let [first, second, third, fourth] = lines.as_slice() {
        let (a, b, c, d) = (first.weight, second.weight, third.weight, fourth.weight);
        let show = |a: f64, b: f64| format!("{}、{}磅", number(a / POINT), number(b / POINT));
        ruler.fact("10.1", "第一条双线", "上粗下细", show(a, b), a > b);
        ruler.fact("10.1", "第二条双线", "上细下粗", show(c, d), c < d);
        let (foot, width) = (297.0 - fourth.bottom, fourth.right - fourth.left);
        ruler.length("10.1", "第二条双线距下页边", 20.0, foot);
        ruler.length("10.1", "第二条双线长", 170.0, width);
        let off = |ink: &Ink| (ink.right - ink.left - 170.0).abs() + (f64::midpoint(ink.left, ink.right) - 105.0).abs();
        let worst = lines.iter().map(|ink| off(ink)).fold(0.0, f64::max);
        ruler.fact("10.1", "双线各条长和居中", "170毫米，居中", format!("差{}毫米", number(worst)), worst < 0.2);
        let thick = lines.iter().map(|ink| ink.weight / POINT).fold(0.0, f64::max);
        ruler.fact("10.1", "双线粗线", "≤3磅", format!("{}磅", number(thick)), thick < 3.0);
    }
    if let Some(number) = ruler.extent("number") {
        ruler.length("10.1", "发文字号顶格居版心右边缘", RIGHT, number.right);
        ruler.length("10.1", "发文字号距第一条双线（3号字高的7/8）", SIZE * 7.0 / 8.0, number.top - first_rule.bottom);
    }
    let numbered = ruler.ink("page-number").any(|ink| ink.page == 1);
    ruler.fact("10.1", "首页页码", "不显示", if numbered { "显示" } else { "不显示" }, !numbered);
}

/// The double rule below the mark.
fn upper_rule(ruler: &Ruler<'_>) -> Option<Extent> {
    super::ruler::extent(ruler.ink("letter-rule").take(2))
}

/// 10.2: 令号 two lines below the mark, the text two lines below that.
fn order(ruler: &mut Ruler<'_>) {
    let Some((mark, number)) = ruler.extent("mark").zip(ruler.extent("number")) else { return };
    let lines = ruler.lines_below(mark.ink.1, number.top);
    ruler.count("10.2", "标志与令号之间", 2.0, lines, "行");
    ruler.length("10.2", "令号居中", MIDDLE, number.middle());
    if let Some(first) = ruler.lines.first().map(|line| line.top) {
        let lines = ruler.lines_below_text(number.bottom, first);
        ruler.count("10.2", "令号与正文之间", 2.0, lines, "行");
    }
}
